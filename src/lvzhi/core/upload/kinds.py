"""The closed list of kinds taken in, and how the first bytes of each look.

A closed list of eleven kinds needs no signature library: what decides is the strict look
inside (`packages`, `compound`, `pdf`, `images`), which no signature library offers.
"""

import re
from enum import StrEnum


class Kind(StrEnum):
    """What a file is, by its content. TXT and CSV differ only by their extension."""

    PDF = "pdf"
    OFD = "ofd"
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    DOCX = "docx"
    XLSX = "xlsx"
    DOC = "doc"
    XLS = "xls"
    WPS = "wps"
    TXT = "txt"
    CSV = "csv"


IMAGES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
TEXTS = frozenset({Kind.TXT, Kind.CSV})

MEDIA_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.OFD: "application/ofd",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.WEBP: "image/webp",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.DOC: "application/msword",
    Kind.XLS: "application/vnd.ms-excel",
    Kind.WPS: "application/vnd.ms-works",
    Kind.TXT: "text/plain",
    Kind.CSV: "text/csv",
}

EXTENSIONS = {
    "pdf": Kind.PDF,
    "ofd": Kind.OFD,
    "jpg": Kind.JPEG,
    "jpeg": Kind.JPEG,
    "png": Kind.PNG,
    "webp": Kind.WEBP,
    "docx": Kind.DOCX,
    "xlsx": Kind.XLSX,
    "doc": Kind.DOC,
    "xls": Kind.XLS,
    "wps": Kind.WPS,
    "txt": Kind.TXT,
    "csv": Kind.CSV,
}

MACRO_EXTENSIONS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlam", "xlsb"})
PROGRAM_EXTENSIONS = frozenset(
    {
        "apk",
        "app",
        "bat",
        "cmd",
        "com",
        "cpl",
        "deb",
        "dll",
        "dmg",
        "elf",
        "exe",
        "hta",
        "jar",
        "js",
        "jse",
        "lnk",
        "msi",
        "msp",
        "ps1",
        "reg",
        "rpm",
        "scr",
        "sh",
        "so",
        "sys",
        "vb",
        "vbe",
        "vbs",
        "wsf",
    }
)
ARCHIVE_EXTENSIONS = frozenset({"7z", "arj", "bz2", "cab", "gz", "iso", "lzh", "rar", "tar", "tgz", "xz", "zip", "zst"})
PAGE_EXTENSIONS = frozenset({"htm", "html", "mht", "mhtml", "shtml", "svg", "svgz", "xht", "xhtml", "xml"})

NAMES: dict[Kind, tuple[str, str]] = {
    Kind.PDF: ("PDF 文件", "PDF file"),
    Kind.OFD: ("OFD 文件", "OFD file"),
    Kind.JPEG: ("JPEG 图片", "JPEG picture"),
    Kind.PNG: ("PNG 图片", "PNG picture"),
    Kind.WEBP: ("WebP 图片", "WebP picture"),
    Kind.DOCX: ("Word 文档", "Word document"),
    Kind.XLSX: ("Excel 表格", "Excel workbook"),
    Kind.DOC: ("旧版 Word 文档", "Word 97 document"),
    Kind.XLS: ("旧版 Excel 表格", "Excel 97 workbook"),
    Kind.WPS: ("WPS 文档", "WPS document"),
    Kind.TXT: ("纯文本", "plain text"),
    Kind.CSV: ("CSV 表格", "CSV table"),
}

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_PROGRAMS = (
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"#!",
    b"dex\n",
    b"L\x00\x00\x00\x01\x14\x02\x00",
)
_ARCHIVES = (
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b\x08",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"MSCF\x00\x00\x00\x00",
    b"\x28\xb5\x2f\xfd",
    b"PK\x05\x06",
    b"PK\x07\x08",
)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|script|svg|iframe|\?xml|!--)[\s>/]?", re.IGNORECASE)
_TAG = re.compile(rb"<(?:!doctype\s+html|html|script|svg|iframe)[\s>/]", re.IGNORECASE)


def is_program(head: bytes) -> bool:
    """Whether the first bytes are those of an executable, a script with `#!`, or a shortcut."""
    # A letter may begin with the two letters MZ; a Windows program also has zeros in its header.
    return head.startswith(_PROGRAMS) or (head.startswith(b"MZ") and b"\x00" in head[:64])


def is_archive(head: bytes) -> bool:
    """Whether the first bytes are those of an archive that is never a document."""
    return head.startswith(_ARCHIVES) or head[257:262] == b"ustar"


def is_page(head: bytes) -> bool:
    """Whether the text begins as HTML, SVG or XML does, in any of the usual encodings."""
    squeezed = (
        head.replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    )
    return _PAGE.match(squeezed.lstrip()) is not None


def hides_page(head: bytes) -> bool:
    """Whether a picture or PDF carries markup a browser might run, in its first bytes."""
    return _TAG.search(head) is not None


def simple_kind(head: bytes) -> Kind | None:
    """The kind that the first bytes settle by themselves; None for packages, text and the rest."""
    if head.startswith(b"%PDF-"):
        return Kind.PDF
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind.WEBP
    return None
