"""One file to one text, whatever its kind; or a refusal that says what to do."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from io import BytesIO

from lvzhi.core.law.names import is_lawful
from lvzhi.core.law.readers.page import page_text
from lvzhi.core.law.refusal import LawRefused
from lvzhi.core.law.structure import Document, Level, parse
from lvzhi.core.upload import MEDIA_TYPES as UPLOAD_TYPES
from lvzhi.core.upload import Kind, UploadRefused, in_units, inspect, read_text

LARGEST = 30 << 20
"""The largest file that is looked at, in bytes. The longest law of the corpus has 600 kB."""
MEDIA_TYPES = {
    "html": "text/html", "md": "text/markdown", "txt": "text/plain", "docx": UPLOAD_TYPES[Kind.DOCX],
    "pdf": UPLOAD_TYPES[Kind.PDF],
}  # fmt: skip
"""The media type of each `Source.kind`, which is told by the content for all that is no plain text."""
_MARKUP = (".html", ".htm", ".xhtml", ".shtml", ".mht")
_PLAIN = (".md", ".markdown", ".txt")
_NUMBERED = (Level.ARTICLE, Level.CLAUSE, Level.CHAPTER)


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file, line by line as it is to be read as a law, and from what kind of file it came."""

    name: str
    text: str
    kind: str


def read(name: str, data: bytes) -> Document:
    """Read a file as a law. Raises LawRefused, and nothing else whatever the bytes are."""
    return understood(read_text_of(name, data))


def understood(source: Source) -> Document:
    """The text of a file as a law. Raises LawRefused('not_a_law')."""
    document = parse(source.text, source.name)
    numbered = any(unit.level in _NUMBERED for unit in document.units)
    if not numbered and not is_lawful(document.metadata.title):
        raise LawRefused("not_a_law")
    return document


def read_text_of(name: str, data: bytes) -> Source:
    """The text of a file. Raises LawRefused."""
    if len(data) > LARGEST:
        raise LawRefused("too_large", limit=in_units(LARGEST))
    if not data.strip(b"\x00 \t\r\n"):
        raise LawRefused("empty")
    ending = name[name.rfind(".") :].casefold() if "." in name else ""
    try:
        if ending in _MARKUP or (ending not in _PLAIN and _looks_like_page(data)):
            return Source(name, page_text(_decoded_page(data)), "html")
        if ending in _PLAIN or not ending:
            return Source(name, _plain(data), "md" if ending in (".md", ".markdown") else "txt")
        return _packed(name, data)
    except UploadRefused as refused:
        raise LawRefused.of(refused) from refused


def _packed(name: str, data: bytes) -> Source:
    checked = inspect(name, BytesIO(data), LARGEST)
    if checked.kind is Kind.DOCX:
        from lvzhi.core.law.readers.word import word_text

        return Source(name, word_text(data), "docx")
    if checked.kind is Kind.PDF:
        from lvzhi.core.law.readers.pdf import pdf_text

        return Source(name, pdf_text(data), "pdf")
    if checked.kind is Kind.TXT:
        return Source(name, _plain(data), "txt")
    if checked.kind in (Kind.DOC, Kind.WPS):
        raise LawRefused("old_word")
    raise LawRefused("kind_not_read", kind_zh=f" .{checked.extension} 文件", kind_en=f".{checked.extension}")


def _looks_like_page(data: bytes) -> bool:
    head = data[:2048].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def _plain(data: bytes) -> str:
    try:
        return read_text(data)
    except UploadRefused:
        unmarked = _unmarked(data)
        if unmarked is None:
            raise
        return unmarked


def _unmarked(data: bytes) -> str | None:
    """UTF-16 without its mark, as some programs save it: taken when nearly all of it is Chinese or plain text."""
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        fitting = sum(
            "\u4e00" <= char <= "\u9fff" or char in "\r\n\t 　，。、；：（）《》“”" or char.isdigit() for char in text
        )
        if fitting * 10 > len(text) * 8:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    return None


def _decoded_page(data: bytes) -> str:
    """A page's text by its mark, UTF-8 or GB 18030; pages of official sites use no others."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            try:
                text = data.decode("gb18030")
            except UnicodeDecodeError as error:
                raise LawRefused("not_text") from error
    controls = sum(unicodedata.category(char) == "Cc" and char not in "\t\r\n\x0c" for char in text[:100_000])
    if controls * 50 > min(len(text), 100_000):
        raise LawRefused("not_text")
    return text
