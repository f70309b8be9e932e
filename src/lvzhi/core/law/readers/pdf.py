"""PDF files with a text layer: lines of print put together again to paragraphs."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from lvzhi.core.law.refusal import LawRefused
from lvzhi.core.law.structure.lines import SPACE, annex, article, heading, marker

_PAGE = re.compile(r"[\s—\-–－·•]*(?:第?\s*\d{1,4}\s*页?(?:\s*/\s*\d{1,4})?)[\s—\-–－·•]*$")
_FEWEST = 12
"""Fewer characters of text a page than this, on average, are no text layer."""
_MOST_PAGES = 2_000
_WHOLE = 100_000
_MOST_UNPACKED = 20 << 20
_MOST_EFFORT, _PAGE_COST, _LETTER_COST = 40_000_000, 4_000, 42
"""For each 100 kB of the file: half a second. A page of print costs some 150,000."""
_STREAM = re.compile(rb"stream\r?\n")
_TELLING = 0.15
"""When more than this part of the lines is set in, setting in tells where paragraphs begin."""


def pdf_text(data: bytes) -> str:
    """The text, a paragraph to a line, page numbers left out. The file has been checked before.

    Raises LawRefused: 'scanned_pdf' when the pages are pictures, 'pdf_too_dense', 'damaged', 'encrypted', 'too_large'.
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
        if _unpacked(data) > _MOST_UNPACKED * max(1, len(data) // _WHOLE):
            raise LawRefused("pdf_too_dense")
        effort = Effort(_MOST_EFFORT * max(1, len(data) // _WHOLE))
        pages = [_page(opened, number, effort) for number in range(count)]
    except pypdfium2.PdfiumError as error:
        raise LawRefused("damaged", kind_zh=" PDF 文件", kind_en="PDF file") from error
    finally:
        opened.close()
    if sum(len("".join(line.words.split())) for page in pages for line in page) < _FEWEST * max(count, 1):
        raise LawRefused("scanned_pdf")
    return "\n".join(paragraphs([line for page in pages for line in page])) + "\n"


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of print: its words, where it begins and ends across the page, how high its letters are, in points."""

    words: str
    left: float = 0.0
    right: float = 0.0
    height: float = 0.0


@dataclass(slots=True)
class Effort:
    """What reading may still cost; a unit is one letter looked at for one box of print, some 12 ns."""

    left: int

    def spend(self, letters: int, boxes: int) -> None:
        """One page of so many letters in so many boxes. Raises LawRefused('pdf_too_dense')."""
        self.left -= _PAGE_COST + letters * (_LETTER_COST + boxes)
        if self.left < 0:
            raise LawRefused("pdf_too_dense")


def _unpacked(data: bytes) -> int:
    """How many bytes the packed streams of a file make, pictures left out; no more is unpacked than is refused."""
    most = _MOST_UNPACKED * max(1, len(data) // _WHOLE)
    total, at = 0, 0
    while total <= most and (found := _STREAM.search(data, at)):
        at = found.end()
        about = data[data.rfind(b"obj", max(0, found.start() - 600), found.start()) : found.start()]
        if b"FlateDecode" not in about or b"/Image" in about:
            continue
        unpacking = zlib.decompressobj()
        end = data.find(b"endstream", at)
        try:
            total += len(unpacking.decompress(data[at : end if end >= 0 else None], most - total + 1))
        except zlib.error:
            continue
    return total


def _page(opened: object, number: int, effort: Effort) -> list[Printed]:
    page = opened[number]  # type: ignore[index]
    text = page.get_textpage()
    try:
        effort.spend(text.count_chars(), text.count_rects())
        lines: list[Printed] = []
        low = high = 0.0
        for place in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(place)
            words = str(text.get_text_bounded(left, bottom, right, top)).replace("\r", "").replace("\n", "")
            if not words.strip():
                continue
            # Brackets and quotation marks of another font have boxes of their own, lower or higher ones.
            shared = min(top, high) - max(bottom, low)
            if lines and shared > min(top - bottom, high - low) * 0.4 and left >= lines[-1].left:
                low, high = min(low, bottom), max(high, top)
                lines[-1] = Printed(lines[-1].words + words, lines[-1].left, max(right, lines[-1].right), high - low)
            else:
                low, high = bottom, top
                lines.append(Printed(words, left, right, top - bottom))
    finally:
        text.close()
        page.close()
    return [line for line in lines if not _PAGE.match(line.words)]


def paragraphs(lines: Sequence[Printed]) -> list[str]:
    """Lines of print joined: a line goes on in the next when it fills the width and nothing new begins there.

    The first line of a paragraph is set in; where hardly a line is, numbers at the head of a line begin one.
    """
    if not lines:
        return []
    ordered = sorted(line.right for line in lines)
    edge = ordered[len(ordered) * 9 // 10]
    begins = sorted(line.left for line in lines)[len(lines) // 10]
    set_in = [line.left - begins > max(line.height, 1.0) * 0.8 for line in lines]
    telling = sum(set_in) > len(lines) * _TELLING
    found: list[str] = []
    goes_on = False
    for line, inner in zip(lines, set_in, strict=True):
        words = line.words.strip(SPACE)
        if goes_on and not inner and (telling or not _begins(words)):
            found[-1] += words
        else:
            found.append(words)
        goes_on = edge - line.right < max(line.height, 1.0) * 2.5
    return found


def _begins(words: str) -> bool:
    """Whether a line begins something of its own: an article, a heading, a list item, an annex."""
    return any(look(words, 0) is not None for look in (article, heading, marker, annex))
