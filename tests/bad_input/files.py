"""Files nobody should send, made here so that none of them has to lie in the repository."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from PIL import Image

OFFICE = b"application/vnd.openxmlformats-officedocument."
WORD = b'<Types><Override ContentType="%swordprocessingml.document.main+xml"/></Types>' % OFFICE
SHEET = b'<Types><Override ContentType="%sspreadsheetml.sheet.main+xml"/></Types>' % OFFICE
MACRO = b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
PROGRAM = b"MZ\x90\x00" + b"\x00" * 60 + b"PE\x00\x00" + b"\x00" * 400
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MEGABYTE = 1 << 20


def package(parts: dict[str, bytes]) -> bytes:
    """A zip file of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(**more: bytes) -> bytes:
    """A small .docx; `__` in a name stands for `/`."""
    parts = {"[Content_Types].xml": WORD, "word/document.xml": b"<w:document/>"}
    return package(parts | {name.replace("__", "/"): content for name, content in more.items()})


def bomb(kind: bytes, part: str) -> bytes:
    """Two hundred megabytes of zeros in some two hundred kilobytes."""
    return package({"[Content_Types].xml": kind, part: b"<x/>" + b"0" * (200 * MEGABYTE)})


def picture(kind: str = "JPEG", size: tuple[int, int] = (320, 240)) -> bytes:
    """A picture without anything but pixels."""
    out = BytesIO()
    Image.effect_noise(size, 64).convert("RGB").save(out, kind)
    return out.getvalue()


def photo_with_place(kind: str = "JPEG") -> bytes:
    """A picture as a phone takes it: where, when and by which device."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x9003] = "HUAWEI", "Mate 80 secret", "2026:06:08 21:14:00"
    gps = exif.get_ifd(0x8825)
    gps[0x0000], gps[0x0001], gps[0x0002] = b"\x02\x03\x00\x00", "N", (39.0, 54.0, 30.25)
    gps[0x0003], gps[0x0004], gps[0x001D] = "E", (116.0, 23.0, 51.5), "2026:06:08"
    out = BytesIO()
    Image.new("RGB", (64, 48), "red").save(out, kind, exif=exif)
    return out.getvalue()


def huge_picture() -> bytes:
    """A PNG of a hundred thousand pixels square in a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunks = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(b"\x00" * 999)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def encrypted() -> bytes:
    """A document behind a password: a compound file with an encrypted package."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<II", header, 48, 1, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE, *[0xFFFFFFFF] * 125)
    directory = b""
    for name in ("EncryptionInfo", "EncryptedPackage"):
        entry = bytearray(128)
        encoded = name.encode("utf-16-le") + b"\x00\x00"
        entry[: len(encoded)] = encoded
        struct.pack_into("<HB", entry, 64, len(encoded), 2)
        struct.pack_into("<II", entry, 116, 2, 512)
        directory += bytes(entry)
    return bytes(header) + fat + directory.ljust(512, b"\x00") + b"\x00" * 512


def refused() -> dict[str, tuple[str, bytes]]:
    """What may not come in, by what it is: the name it is sent under, and the bytes."""
    pdf = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>\nendobj\n%%EOF\n"
    return {
        "a program": ("setup.exe", PROGRAM),
        "a renamed program": ("照片.jpg", PROGRAM),
        "a program named twice": ("报告.pdf.exe", PROGRAM),
        "a program turned around": ("报告\u202efdp.exe", PROGRAM),
        "a shell script as text": ("说明.txt", b"#!/bin/sh\nrm -rf /\n"),
        "a bomb in .docx": ("材料.docx", bomb(WORD, "word/document.xml")),
        "a bomb in .xlsx": ("材料.xlsx", bomb(SHEET, "xl/worksheets/sheet1.xml")),
        "an archive": ("材料.zip", package({"a.txt": b"a"})),
        "an archive named .docx": ("材料.docx", package({"a.txt": b"a"})),
        "an archive in .docx": ("材料.docx", word(word__embeddings__x=package({"a.exe": PROGRAM}))),
        "a macro": ("材料.docm", word()),
        "a macro named .docx": ("材料.docx", package({"[Content_Types].xml": MACRO, "word/document.xml": b"<w:d/>"})),
        "a hidden macro": ("材料.docx", package({
            "[Content_Types].xml": WORD, "word/document.xml": b"<w:d/>", "word/vbaProject.bin": b"x",
        })),
        "a way out of the folder": ("材料.docx", package({
            "[Content_Types].xml": WORD, "word/document.xml": b"<w:d/>", "../../etc/cron.d/x": b"x",
        })),
        "an entity": ("材料.docx", package({
            "[Content_Types].xml": WORD, "word/document.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x/>',
        })),
        "a drawing that runs": ("图.svg", SVG),
        "a drawing named .png": ("图.png", SVG),
        "a page": ("页.html", b"<!doctype html><script>alert(1)</script>"),
        "a page as text": ("页.txt", b"\xef\xbb\xbf  <!DOCTYPE html><script>alert(1)</script>"),
        "a picture and an archive": ("图.jpg", picture() + package({"a.exe": PROGRAM})),
        "a picture and a page": ("图.png", _with_comment(b"<script>alert(1)</script>")),
        "a huge picture": ("图.png", huge_picture()),
        "half a picture": ("图.jpg", picture()[:2500]),
        "a script in a PDF": ("文件.pdf", pdf),
        "a PDF cut short": ("文件.pdf", b"%PDF-1.7\n1 0 obj\n"),
        "a document behind a password": ("材料.docx", encrypted()),
        "a PDF behind a password": ("文件.pdf", b"%PDF-1.7\ntrailer<</Encrypt 5 0 R>>\n%%EOF\n"),
        "nothing": ("空.pdf", b""),
        "no extension": ("材料", b"abc"),
        "only an extension": (".pdf", b"%PDF-1.7\n%%EOF"),
        "bytes as text": ("说明.txt", bytes(range(256)) * 8),
        "another kind": ("图.png", picture()),
    }  # fmt: skip


def _with_comment(comment: bytes) -> bytes:
    data = picture("PNG", (8, 8))
    body = b"tEXtComment\x00" + comment
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    return data[:33] + chunk + data[33:]


NAMES = {
    "a path": ("../../../etc/passwd.pdf", "passwd.pdf"),
    "a path of Windows": ("C:\\Windows\\System32\\材料.pdf", "材料.pdf"),
    "three hundred signs": ("长" * 300 + ".pdf", None),
    "signs that turn": ("材料\u202efdp.\u200bpdf", "材料fdp.pdf"),
    "marks of a header": ('材料"; filename="x.exe.pdf', None),
    "markup": ("<img src=x onerror=alert(1)>.pdf", None),
    "a line break": ("材料\r\nX-Evil: 1.pdf", None),
    "a formula": ("=1+1.pdf", None),
    "only dots": ("....pdf", None),
}
"""Names that are sent with a good PDF, and what they become where that is plain."""
GOOD_PDF = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
