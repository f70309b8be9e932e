"""Files of every kind, good and bad."""

import time
import zipfile
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from lvzhi.core import law
from lvzhi.core.law import refusal
from lvzhi.core.law.readers import LARGEST
from lvzhi.core.law.readers.pdf import Printed, paragraphs
from tests.core.law.samples import RULES, rules
from tests.core.upload.test_inspection import compound

PLAIN = """明川市云麓区河道保洁办法
（2021年3月5日区人民代表大会常务委员会通过）
第一章　总则
第一条　为了保持河道整洁，制定本办法。
第二条　保洁责任人应当做到：
（一）每日巡查；
（二）清理漂浮物。
第三条　本办法自2021年5月1日起施行。
"""
EIDS = [
    "chp_1", "art_1", "art_1__para_1", "art_2", "art_2__para_1", "art_2__para_1__item_1", "art_2__para_1__item_2",
    "art_3", "art_3__para_1",
]  # fmt: skip


def eids(document: law.Document) -> list[str]:
    return [unit.eid for unit in document.units if unit.eid]


def word(text: str, table: bool = False) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    if table:
        cells = document.add_table(rows=2, cols=2).rows
        for row, words in zip(cells, (("河名", "长度"), ("清浅河", "3")), strict=True):
            row.cells[0].text, row.cells[1].text = words
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def printed(text: str) -> bytes:
    from weasyprint import HTML

    body = "".join(f"<p>{line}</p>" for line in text.splitlines())
    style = "p {text-indent: 2em; margin: 0} @page {@bottom-center {content: counter(page)}}"
    return HTML(string=f"<html><style>{style}</style><body>{body}</body></html>").write_pdf()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_plain_text_is_read_in_every_usual_encoding(encoding):
    document = law.read("办法.txt", PLAIN.encode(encoding))

    assert eids(document) == EIDS
    assert document.metadata.title == "明川市云麓区河道保洁办法"


def test_a_word_document_keeps_paragraphs_and_tables():
    document = law.read("办法.docx", word(PLAIN + "附件\n", table=True))

    assert eids(document) == [*EIDS, "annex_1", "annex_1__table_1"]
    assert document.text(document.unit("annex_1__table_1")) == "| 河名 | 长度 |\n| 清浅河 | 3 |"


def test_a_pdf_with_a_text_layer_is_read():
    document = law.read("办法.pdf", printed(PLAIN))

    assert [eid for eid in eids(document) if eid.startswith("art") and "__" not in eid] == ["art_1", "art_2", "art_3"]


def test_lines_of_print_become_paragraphs_again():
    lines = [
        Printed("第一条　为了保持河道整洁，保护水环境和", 110, 500, 12),
        Printed("两岸居民的生活，根据有关法律，结合本区", 86, 500, 12),
        Printed("实际，制定本办法。", 86, 300, 12),
        Printed("本办法适用于本区的河道和沟渠的保洁工作", 110, 500, 12),
        Printed("另起一款。", 110, 180, 12),
    ]

    assert paragraphs(lines) == ["".join(line.words for line in lines[:3]), lines[3].words, lines[4].words]


PAGE = """<!DOCTYPE html><html><head><title>明川市云麓区河道保洁办法_云麓人大</title><style>p{{}}</style>
<script>var a = "第九条 不是条文";</script></head><body><div class="nav"><a>首页</a><p>第九十九期公报</p></div>
<div id="main"><h1>明川市云麓区河道保洁办法</h1><div class="text">{body}</div></div>
<div>版权所有 云麓区人大</div></body></html>"""


def test_a_saved_page_gives_the_law_without_the_menus():
    body = "".join(f"<p>{line}</p>" for line in PLAIN.splitlines()[1:])

    document = law.read("办法.html", PAGE.format(body=body).encode("gb18030"))

    assert eids(document) == EIDS
    assert document.metadata.title == "明川市云麓区河道保洁办法"
    assert "版权所有" not in document.source
    assert "首页" not in document.source


def scanned() -> bytes:
    out = BytesIO()
    Image.new("RGB", (600, 800), "white").save(out, "PDF")
    return out.getvalue()


def broken_word() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(word(PLAIN))) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, data[: len(data) // 2] if entry.filename == "word/document.xml" else data)
    return out.getvalue()


BAD = {
    "encrypted": ("法.docx", compound("EncryptionInfo", "EncryptedPackage")),
    "damaged": ("法.docx", broken_word()),
    "scanned_pdf": ("法.pdf", scanned()),
    "old_word": ("法.doc", compound("WordDocument")),
    "empty": ("法.txt", b" \n\n"),
    "not_text": ("法.txt", bytes(range(256)) * 40),
    "not_a_law": ("信.txt", "今天天气很好。\n我们去河边走走。\n".encode()),
    "kind_not_read": ("法.xlsx", None),
    "program": ("法.exe", b"MZ" + b"\x00" * 100),
}


@pytest.mark.parametrize("code", BAD)
def test_a_bad_file_is_refused_with_its_reason(code):
    name, data = BAD[code]
    if data is None:
        import openpyxl

        out = BytesIO()
        openpyxl.Workbook().save(out)
        data = out.getvalue()

    with pytest.raises(law.LawRefused) as refused:
        law.read(name, data)

    assert refused.value.code == code
    assert str(refused.value).endswith("。")


def test_a_file_of_two_hundred_megabytes_is_refused_before_it_is_looked_at():
    data = b"\x00" * (200 << 20)
    begun = time.process_time()

    with pytest.raises(law.LawRefused) as refused:
        law.read("法.txt", data)

    assert (refused.value.code, refused.value.params) == ("too_large", {"limit": f"{LARGEST >> 20} MB"})
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("code", refusal.SENTENCES)
def test_every_refusal_has_a_sentence_in_both_languages(code):
    gaps = {"limit": "1 MB", "kind_zh": "甲", "kind_en": "a"}

    assert refusal.sentence(code, gaps).endswith("。")
    assert refusal.sentence(code, gaps, "en").endswith(".")


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["法.txt", "法.md", "法.docx", "法.pdf", "法.html", "法"]),
    st.one_of(
        st.binary(max_size=2000),
        st.text(max_size=500).map(str.encode),
        st.tuples(st.just(word(PLAIN)), st.integers(0, 4000), st.binary(min_size=1, max_size=20)).map(
            lambda each: each[0][: each[1]] + each[2] + each[0][each[1] + len(each[2]) :]
        ),
        st.lists(
            st.sampled_from(
                ["<p>", "</div>", "<table>", "<tr>", "<td>", "第一条 甲", "<script>", "</body>", "&lt;", "<"]
            )
        )
        .map(lambda pieces: "<html>" + "".join(pieces))
        .map(str.encode),
    ),
)
def test_no_bytes_do_anything_but_be_read_or_refused(name, data):
    try:
        document = law.read(name, data)
    except law.LawRefused:
        return
    assert document.join() == document.source


HARD = {
    "numbers": "第一百二十三条" * 15_000,
    "open titles": "《" * 33_000,
    "nested titles": "《甲〈乙" * 16_000 + "》" * 16_000,
    "items": "（一）甲\n" * 12_000,
    "headings": "第一章 甲\n" * 10_000,
    "shared numbers": "第一、二、三" * 8_000,
    "asides": "《甲法》（以下简称" * 6_000,
    "history": "2020年1月1日通过" * 6_000,
    "annexes": "附件\n" * 16_000,
    "one long line": "甲" * 100_000,
    "before": "前款前条上款" * 8_000,
    "abbreviations": "《甲条例》（以下简称乙规）" + "乙规" * 16_000,
}


@pytest.mark.parametrize("kind", HARD)
def test_a_hundred_kilobytes_of_anything_take_less_than_a_second(kind):
    text = HARD[kind][:100_000]
    begun = time.process_time()

    document = law.parse(text)
    law.cites(document, law.Library([rules()]), frozenset({"刑法"}))

    assert document.join() == text
    assert time.process_time() - begun < 1


def test_comparing_two_long_texts_takes_less_than_a_second():
    long = "\n\n".join(f"第{law.to_chinese(n)}条 " + "应当依法办理并公开。" * 20 for n in range(1, 200))
    old, new = (
        law.parse(f"# 甲办法\n\n<!-- INFO END -->\n\n{text}\n") for text in (long, long.replace("依法", "及时"))
    )
    begun = time.process_time()

    rows = law.compare(old, new)

    assert len(rows) == 199
    assert time.process_time() - begun < 2


def test_the_district_rules_are_read_from_a_file_as_from_a_text():
    assert eids(law.read("办法.md", RULES.encode())) == eids(rules())
