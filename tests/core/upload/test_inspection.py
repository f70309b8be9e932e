"""What may come in, what may not, and what the sender is told."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lvzhi.core.upload import Kind, UploadRefused, inspect, packages, sentence
from lvzhi.core.upload.refusal import SENTENCES

LIMIT = 20 << 20
OFFICE = b"application/vnd.openxmlformats-officedocument."
WORD = b'<Types><Override ContentType="%swordprocessingml.document.main+xml"/></Types>' % OFFICE
SHEET = b'<Types><Override ContentType="%sspreadsheetml.sheet.main+xml"/></Types>' % OFFICE
MACRO = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'


def package(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": WORD, "word/document.xml": b"<w:document/>"}
    return package(parts | {name.replace("__", "/"): content for name, content in more.items()})


def word_with(parts: dict[str, bytes]) -> bytes:
    return package({"[Content_Types].xml": WORD, "word/document.xml": b"<w:document/>"} | parts)


def workbook() -> bytes:
    return package({"[Content_Types].xml": SHEET, "xl/workbook.xml": b"<workbook/>"})


def picture(kind: str, size: tuple[int, int] = (8, 6)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "red").save(out, kind)
    return out.getvalue()


def pdf(body: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<</Type/Catalog" + body + b">>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def compound(*streams: str, first_sector: bytes = b"") -> bytes:
    """A compound file with one FAT sector, one directory sector, and one shared data sector."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<II", header, 48, 1, 0)
    struct.pack_into("<I", header, 56, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFF] * 125)
    directory = b""
    for name in streams:
        entry = bytearray(128)
        encoded = name.encode("utf-16-le") + b"\x00\x00"
        entry[: len(encoded)] = encoded
        struct.pack_into("<HB", entry, 64, len(encoded), 2)
        struct.pack_into("<II", entry, 116, 2, 512)
        directory += bytes(entry)
    return bytes(header) + fat + directory.ljust(512, b"\x00") + first_sector.ljust(512, b"\x00")


def refusal(name: str, data: bytes, limit: int = LIMIT) -> UploadRefused:
    with pytest.raises(UploadRefused) as caught:
        inspect(name, BytesIO(data), limit)
    return caught.value


def size_or_refusal(name: str, data: bytes) -> int | str:
    try:
        return inspect(name, BytesIO(data), LIMIT).size
    except UploadRefused:
        return "refused"


ACCEPTED = {
    "报告.pdf": (pdf(), Kind.PDF),
    "现场.JPG": (picture("JPEG"), Kind.JPEG),
    "现场.jpeg": (picture("JPEG"), Kind.JPEG),
    "截图.png": (picture("PNG"), Kind.PNG),
    "截图.webp": (picture("WEBP"), Kind.WEBP),
    "意见.docx": (word(), Kind.DOCX),
    "台账.xlsx": (workbook(), Kind.XLSX),
    "旧文.doc": (compound("WordDocument"), Kind.DOC),
    "旧文.wps": (compound("WordDocument"), Kind.WPS),
    "旧表.xls": (compound("Workbook"), Kind.XLS),
    "版式.ofd": (package({"OFD.xml": b"<ofd:OFD/>"}), Kind.OFD),
    "来信.txt": ("尊敬的代表：".encode("gb18030"), Kind.TXT),
    "来信二.txt": ("MZ 世代的来信".encode(), Kind.TXT),
    "名单.csv": ("姓名,街道\r\n".encode("utf-8-sig"), Kind.CSV),
}

REFUSED = {
    "empty": ("a.pdf", b""),
    "no_extension": ("报告", pdf()),
    "extension_not_allowed": ("a.pptx", pdf()),
    "program": ("报告.pdf", b"MZ\x90\x00" + b"\x00" * 100),
    "archive": ("资料.docx", package({"a.txt": b"a"})),
    "web_page": ("说明.txt", b"\xef\xbb\xbf \n<!DOCTYPE html><script>alert(1)</script>"),
    "mismatch": ("a.docx", pdf()),
    "unknown_content": ("a.pdf", b"\x00\x01\x02\x03"),
    "damaged": ("a.docx", b"PK\x03\x04" + b"\x00" * 200),
    "polyglot": ("a.png", picture("PNG") + package({"a.class": b"x"})),
    "macros": ("a.docx", package({"[Content_Types].xml": MACRO, "word/document.xml": b""})),
    "encrypted": ("a.docx", compound("EncryptionInfo", "EncryptedPackage")),
    "packed_path": ("a.docx", word_with({"../../evil.xml": b""})),
    "packed_archive": ("a.docx", word_with({"word/inner.zip": package({"a.txt": b"a"})})),
    "embedded_file": ("a.docx", word_with({"word/embeddings/oleObject1.bin": compound("\x01Ole10Native")})),
    "xml_declaration": ("a.docx", word_with({"word/a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'})),
    "remote_template": (
        "a.docx",
        word_with({"word/_rels/settings.xml.rels": b'<R Type="x/attachedTemplate" Target="http://a.example/t.dotm"/>'}),
    ),
    "pdf_script": ("a.pdf", pdf(b"/OpenAction<</S/JavaScript/JS(app.alert)>>")),
    "not_text": ("a.txt", b"\x00\x01\x02\x03"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_file_is_typed_by_its_content_and_keeps_its_name(name):
    data, kind = ACCEPTED[name]

    checked = inspect(name, BytesIO(data), LIMIT)

    assert (checked.kind, checked.size, checked.name) == (kind, len(data), name)
    assert checked.extension == name.rpartition(".")[2].lower()
    assert len(checked.sha256) == 64


@pytest.mark.parametrize("code", REFUSED)
def test_a_refusal_has_a_code_and_a_sentence_in_both_languages(code):
    refused = refusal(*REFUSED[code])

    assert refused.code == code
    assert str(refused).endswith("。")
    assert sentence(refused.code, refused.params, "en").endswith(".")


def test_every_sentence_is_whole_and_has_the_same_gaps_in_both_languages():
    for chinese, english in SENTENCES.values():
        assert chinese.endswith("。")
        assert english.endswith(".")
        assert chinese.count("{") == english.count("{")


def test_a_file_larger_than_the_limit_is_refused_with_the_limit():
    refused = refusal("a.txt", b"a" * 2049, limit=2048)

    assert str(refused) == "文件超过 2 KB，不能上传。请压缩图片或者分成几个文件。"


def test_a_disagreement_names_both_the_extension_and_the_content():
    refused = refusal("报告.pdf", picture("JPEG"))

    assert "扩展名是 .pdf，内容却是JPEG 图片" in str(refused)


@pytest.mark.parametrize("name", ["a.exe", "报告.pdf.exe", "a.zip", "图.svg", "a.docm", "fdp.\u202eexe"])
def test_a_forbidden_extension_is_refused_whatever_it_holds(name):
    assert refusal(name, pdf()).code in {"program", "archive", "web_page", "macros"}


def test_a_path_in_the_name_is_dropped():
    assert inspect("..\\..\\etc/报告\u202e.pdf", BytesIO(pdf()), LIMIT).name == "报告.pdf"


def test_a_part_without_a_name_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", WORD)
        archive.writestr("word/document.xml", b"<w:document/>")
        nameless = zipfile.ZipInfo("a")
        archive.writestr(nameless, b"")
        nameless.filename = ""

    assert refusal("a.docx", out.getvalue()).code == "packed_path"


def test_the_data_is_left_at_its_start_for_whoever_stores_it():
    data = BytesIO(pdf())

    inspect("a.pdf", data, LIMIT)

    assert data.tell() == 0


@pytest.mark.parametrize("stream", ["_VBA_PROJECT_CUR", "Macros", "VBA"])
def test_an_old_document_with_macros_is_refused(stream):
    assert refusal("a.doc", compound("WordDocument", stream)).code == "macros"


def test_an_old_document_with_a_password_is_refused():
    word_flags = struct.pack("<5sxxxxxH", b"\xec\xa5", 0x0100)
    sheet_records = struct.pack("<HHHH", 0x0809, 2, 0, 0x2F) + b"\x00" * 4

    assert refusal("a.doc", compound("WordDocument", first_sector=word_flags)).code == "encrypted"
    assert refusal("a.xls", compound("Workbook", first_sector=sheet_records)).code == "encrypted"


def test_a_chart_may_carry_its_workbook_but_not_a_package_within_that():
    chart = word_with({"word/embeddings/chart.xlsx": workbook()})
    inner = package({"[Content_Types].xml": SHEET, "xl/workbook.xml": b"", "xl/embeddings/b.xlsx": workbook()})

    assert inspect("a.docx", BytesIO(chart), LIMIT).kind is Kind.DOCX
    assert refusal("a.docx", word_with({"word/embeddings/a.xlsx": inner})).code == "packed_archive"


def test_a_web_link_in_a_document_is_not_taken_for_a_remote_template():
    rels = b'<R Type="x/hyperlink" Target="http://a.example/"/><R Type="x/oleObject" Target="a.bin"/>'

    assert inspect("a.docx", BytesIO(word_with({"word/_rels/document.xml.rels": rels})), LIMIT)


def test_a_zip_with_bytes_before_or_behind_it_is_refused():
    assert refusal("a.docx", word() + b"x" * 30).code == "polyglot"
    assert refusal("a.docx", b"PK\x03\x04junk" + word()).code == "polyglot"


def test_too_many_parts_are_refused_before_they_are_listed(monkeypatch):
    monkeypatch.setattr(packages, "MAX_ENTRIES", 10)
    many = word_with({f"word/{n}.xml": b"" for n in range(20)})

    assert refusal("a.docx", many).params == {"limit": 10}


@settings(max_examples=40, deadline=None)
@given(parts=st.integers(1, 6), megabytes=st.integers(5, 40), fill=st.binary(min_size=1, max_size=3))
def test_a_zip_bomb_is_refused_without_unpacking_more_than_the_limit(parts, megabytes, fill):
    block = fill * ((megabytes << 20) // len(fill))
    bomb = word_with({f"word/{n}.xml": block for n in range(parts)})
    budget = packages.Budget()

    with pytest.raises(UploadRefused) as caught:
        packages.package_kind(BytesIO(bomb), budget=budget)

    assert caught.value.code in {"packed_too_tightly", "packed_too_large"}
    assert packages.MAX_UNPACKED - budget.left <= packages.MAX_UNPACKED


def test_a_directory_that_lies_about_sizes_is_found_out():
    bomb = bytearray(word_with({"word/a.xml": b"\x00" * (30 << 20)}))
    for at, field in ((bomb.rfind(b"PK\x01\x02"), 24), (bomb.rfind(b"PK\x03\x04"), 22)):
        struct.pack_into("<I", bomb, at + field, 100)
    budget = packages.Budget()

    with pytest.raises(UploadRefused, match="损坏"):
        packages.package_kind(BytesIO(bytes(bomb)), budget=budget)

    assert packages.MAX_UNPACKED - budget.left < 1 << 20


def test_entries_that_share_their_packed_bytes_are_refused():
    bomb = bytearray(word_with({"word/a.xml": b"a" * 5000, "word/b.xml": b"a" * 5000}))
    first = bomb.find(b"PK\x01\x02", bomb.find(b"PK\x01\x02", bomb.find(b"PK\x01\x02") + 1) + 1)
    last = bomb.rfind(b"PK\x01\x02")
    bomb[last + 42 : last + 46] = bomb[first + 42 : first + 46]

    assert refusal("a.docx", bytes(bomb)).code in {"packed_too_tightly", "damaged"}


@pytest.mark.parametrize(
    "hidden",
    [b"/AA<</S/J#61va#53cript>>", b"/OpenAction<</S/Launch/F(cmd.exe)>>", b"/S /JavaScript "],
)
def test_a_pdf_that_would_run_something_is_refused_however_it_is_written(hidden):
    assert refusal("a.pdf", pdf(hidden)).code == "pdf_script"


def test_a_script_inside_a_packed_object_stream_is_found():
    packed = zlib.compress(b"1 0 <</S/JavaScript/JS(x)>>")
    stream = b">>\nendobj\n2 0 obj\n<</Type/Obj#53tm/Filter/FlateDecode>>stream\n" + packed + b"\nendstream\n<<"

    assert refusal("a.pdf", pdf(stream)).code == "pdf_script"


def test_a_packed_object_stream_is_inflated_no_further_than_its_bound():
    packed = zlib.compress(b" " * (80 << 20))
    stream = b">>\nendobj\n2 0 obj\n<</Type/ObjStm/Filter/FlateDecode>>stream\n" + packed + b"\nendstream\n<<"

    assert refusal("a.pdf", pdf(stream)).code == "packed_too_large"


def test_a_pdf_with_attachments_comes_in_with_a_note():
    assert inspect("a.pdf", BytesIO(pdf(b"/Names<</EmbeddedFiles 3 0 R>>")), LIMIT).notes == ("pdf_attachments",)


def test_a_protected_pdf_is_refused():
    assert refusal("a.pdf", pdf(b"/Encrypt 3 0 R")).code == "encrypted"


def test_a_picture_with_too_many_pixels_is_refused_from_its_header():
    small = bytearray(picture("PNG"))
    struct.pack_into(">II", small, 16, 60_000, 60_000)
    struct.pack_into(">I", small, 29, zlib.crc32(small[12:29]))

    assert "超过 3000 万像素" in str(refusal("a.png", bytes(small)))


STARTS = st.sampled_from([data for data, _ in ACCEPTED.values()])


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from([*ACCEPTED, "a.xyz", "", ".", "a."]),
    start=st.one_of(st.just(b""), STARTS),
    cut=st.integers(0, 600),
    noise=st.binary(max_size=600),
)
def test_random_bytes_raise_nothing_but_a_refusal(name, start, cut, noise):
    data = start[:cut] + noise

    assert size_or_refusal(name, data) in {len(data), "refused"}


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(sorted(ACCEPTED)),
    changes=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_a_damaged_file_raises_nothing_but_a_refusal(name, changes):
    data = bytearray(ACCEPTED[name][0])
    for at, value in changes:
        data[at % len(data)] = value

    assert size_or_refusal(name, bytes(data)) in {len(data), "refused"}
