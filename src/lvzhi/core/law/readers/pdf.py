"""PDF files with a text layer: lines of print put together again to paragraphs."""

from __future__ import annotations

import re

from lvzhi.core.law.refusal import LawRefused
from lvzhi.core.law.structure.lines import SPACE, annex, article, heading, marker

_PAGE = re.compile(r"[\s—\-–－·•]*(?:第?\s*\d{1,4}\s*页?(?:\s*/\s*\d{1,4})?)[\s—\-–－·•]*$")
_FULL = 0.85
"""A line shorter than this part of the usual width ends its paragraph."""
_FEWEST = 12
"""Fewer characters of text a page than this, on average, are no text layer."""
_MOST_PAGES = 2_000
_ENDS = ("。", "；", "：", "！", "？", "”", "）", "》", ".")


def pdf_text(data: bytes) -> str:
    """The text, a paragraph to a line, page numbers left out. The file has been checked before.

    Raises LawRefused: 'scanned_pdf' when the pages are pictures, 'damaged', 'encrypted', 'too_large'.
    """
    import pypdfium2

    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise LawRefused("damaged", kind_zh=" PDF 文件", kind_en="PDF file") from error
    try:
        count = len(opened)
        if count > _MOST_PAGES:
            raise LawRefused("too_large", limit=f"{_MOST_PAGES} 页")
        pages = [_page(opened, number) for number in range(count)]
    except pypdfium2.PdfiumError as error:
        raise LawRefused("damaged", kind_zh=" PDF 文件", kind_en="PDF file") from error
    finally:
        opened.close()
    if sum(len("".join(line.split())) for page in pages for line in page) < _FEWEST * max(count, 1):
        raise LawRefused("scanned_pdf")
    return "\n".join(paragraphs([line for page in pages for line in page])) + "\n"


def _page(opened: object, number: int) -> list[str]:
    page = opened[number]  # type: ignore[index]
    text = page.get_textpage()
    try:
        lines = str(text.get_text_range()).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    finally:
        text.close()
        page.close()
    return [line for line in lines if line.strip() and not _PAGE.match(line)]


def paragraphs(lines: list[str]) -> list[str]:
    """Lines of print joined: a line goes on in the next when it fills the width and nothing new begins there."""
    lengths = sorted(len(line.strip(SPACE)) for line in lines)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    found: list[str] = []
    goes_on = False
    for line in lines:
        words = line.strip(SPACE)
        if goes_on and not line.startswith(("\u3000\u3000", "    ")) and not _begins(words):
            found[-1] += words
        else:
            found.append(words)
        full = len(words) >= width * _FULL and width >= 15
        goes_on = full and not (words.endswith(_ENDS) and len(words) < width)
    return found


def _begins(words: str) -> bool:
    """Whether a line begins something of its own: an article, a heading, a list item, an annex."""
    return any(look(words, 0) is not None for look in (article, heading, marker, annex))
