"""Word documents as the national law database offers them: paragraphs and tables in their order."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lvzhi.core.law.refusal import LawRefused
from lvzhi.core.upload import in_units

LARGEST_BODY = 30 << 20
"""The longest law has a text of 8 MB as Word writes it; what unpacks to more is no text of law."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def word_text(data: bytes) -> str:
    """The text, a paragraph to a line, a table row as `| a | b |`. The file has been checked before.

    Text that is marked as deleted is left out, text marked as inserted is taken. Raises LawRefused('damaged').
    """
    import docx

    if _body_size(data) > LARGEST_BODY:
        raise LawRefused("too_large", limit=in_units(LARGEST_BODY))
    try:
        lines = list(_lines(docx.Document(BytesIO(data)).element.body))
    except Exception as error:
        # python-docx and lxml let through whatever a broken part provokes: KeyError, XMLSyntaxError and more.
        raise LawRefused("damaged", kind_zh=" Word 文档", kind_en="Word document") from error
    text = "\n".join(lines)
    return text + "\n" if text.strip() else ""


def _body_size(data: bytes) -> int:
    """How large the text of the document is when it is unpacked, in bytes; 0 where that cannot be told."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return package.getinfo("word/document.xml").file_size
    except (zipfile.BadZipFile, KeyError):
        return 0


def _lines(holder: Any) -> Iterator[str]:
    """The lines of a body, or of a content control in it."""
    for child in holder.iterchildren():
        if child.tag == f"{_W}p":
            yield from _words(child).split("\n")
        elif child.tag == f"{_W}tbl":
            yield from map(_row, _outermost(child, f"{_W}tr"))
        elif child.tag == f"{_W}sdt":
            for content in child.iterchildren(f"{_W}sdtContent"):
                yield from _lines(content)


def _outermost(holder: Any, tag: str) -> Iterator[Any]:
    """The elements of a tag below another, not those inside one found: a table in a table is read once."""
    waiting = list(holder.iterchildren(reversed=True))
    while waiting:
        each = waiting.pop()
        if each.tag == tag:
            yield each
        else:
            waiting.extend(each.iterchildren(reversed=True))


def _words(paragraph: Any) -> str:
    found: list[str] = []
    for node in paragraph.iter():
        tag = node.tag
        if tag == f"{_W}t":
            found.append(node.text or "")
        elif tag == f"{_W}tab":
            found.append("\u3000")
        elif tag in (f"{_W}br", f"{_W}cr"):
            found.append("\n")
    return "".join(found)


def _row(row: Any) -> str:
    cells = [
        " ".join("".join(_words(each) for each in _outermost(cell, f"{_W}p")).split())
        for cell in _outermost(row, f"{_W}tc")
    ]
    return "| " + " | ".join(cells) + " |"
