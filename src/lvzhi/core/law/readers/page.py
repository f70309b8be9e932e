"""Pages saved from official sites: the part that holds the law, without menus and footers."""

from __future__ import annotations

import re

from lvzhi.core.law.names import is_lawful
from lvzhi.core.law.readers.markup import Piece, pieces

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "head", "nav", "footer", "select", "button", "svg", "iframe"}
)
_BLOCKS = frozenset({
    "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "main",
    "header", "td", "th", "center", "blockquote", "pre", "dd", "dt", "dl", "body", "form", "tbody", "hr",
})  # fmt: skip
_BOXES = frozenset({"div", "section", "article", "main", "td", "body", "form", "center"})
_VOID = frozenset({
    "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr",
})  # fmt: skip
_NUMBERED = re.compile(
    r"[\s\u3000]*(?:第[〇零一二三四五六七八九十百千\d]{1,9}[条章节编]|[一二三四五六七八九十]{1,3}、)"
)
_DEEPEST = 150
"""Elements nested deeper than this are read as if they stood at this depth."""


class _Skipped:
    """The elements open inside one whose words are not read."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._first: dict[str, int] = {}

    def __bool__(self) -> bool:
        return bool(self._open)

    def open(self, tag: str) -> None:
        """One more inside."""
        self._first.setdefault(tag, len(self._open))
        self._open.append(tag)

    def close(self, tag: str) -> None:
        """End the outermost of that name with all inside it; nothing where none is open."""
        cut = self._first.get(tag)
        if cut is None:
            return
        for name in self._open[cut:]:
            if self._first.get(name, -1) >= cut:
                del self._first[name]
        del self._open[cut:]


class _Reader:
    """Lines of text, each with the boxes it stands in."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, tuple[int, ...]]] = []
        self.titles: list[str] = []
        self.boxes: tuple[int, ...] = ()
        self._count = 0
        self._words: list[str] = []
        self._open: list[str] = []
        self._skipping = _Skipped()
        self._row: list[str] | None = None
        self._in_title = False

    def read(self, markup: str) -> None:
        """Read a whole page."""
        tell = {Piece.OPEN: self._opens, Piece.CLOSE: self._closes, Piece.WORDS: self._says}
        for piece, words in pieces(markup):
            tell[piece](words)
        if self._row is not None:
            self._end_row()
        self._flush()

    def _opens(self, tag: str) -> None:
        self._in_title = tag == "title"
        if self._skipping or (tag in _SKIPPED and tag != "head"):
            if tag not in _VOID:
                self._skipping.open(tag)
            return
        if tag == "tr":
            self._flush()
            self._row = []
        elif tag in _BLOCKS and not (self._row is not None and tag in ("td", "th", "p", "br", "div")):
            self._flush()
        if tag in _BOXES and len(self._open) < _DEEPEST:
            self._open.append(tag)
            self._count += 1
            self.boxes = (*self.boxes, self._count)

    def _closes(self, tag: str) -> None:
        self._in_title = False
        if self._skipping:
            self._skipping.close(tag)
            return
        if tag in ("td", "th") and self._row is not None:
            self._row.append(" ".join("".join(self._words).split()))
            self._words.clear()
        elif tag == "tr" and self._row is not None:
            self._end_row()
        elif tag in _BLOCKS and self._row is None:
            self._flush()
        if tag in _BOXES and tag in self._open:
            at = len(self._open) - 1 - self._open[::-1].index(tag)
            del self._open[at:]
            self.boxes = self.boxes[:at]

    def _says(self, data: str) -> None:
        if self._in_title:
            self.titles.append(data)
        elif not self._skipping:
            self._words.append(data)

    def _end_row(self) -> None:
        cells, self._row = self._row or [], None
        if len([cell for cell in cells if cell]) > 1:
            self.lines.append(("| " + " | ".join(cells) + " |", self.boxes))
        else:  # a table of one cell is there for the layout
            self._words[:0] = cells
            self._flush()

    def _flush(self) -> None:
        for line in "".join(self._words).split("\n"):
            words = line.replace("\xa0", " ").strip()
            if words:
                self.lines.append((words, self.boxes))
        self._words.clear()


def page_text(markup: str) -> str:
    """The law on a page, line by line, with its title first. An unreadable page gives what text it has."""
    reader = _Reader()
    reader.read(markup)
    lines = _main(reader.lines)
    title = re.split(r"[_|—]|\s-\s", "".join(reader.titles).strip())[0].strip()
    if lines and title and is_lawful(title) and not _holds(lines[:8], title):
        lines.insert(0, title)
    return "\n".join(lines) + ("\n" if lines else "")


def _holds(lines: list[str], title: str) -> bool:
    joined = "".join("".join(lines).split())
    return "".join(title.split()) in joined


def _main(lines: list[tuple[str, tuple[int, ...]]]) -> list[str]:
    """The lines of the innermost box that holds nine tenths of the numbered lines, or of all text."""
    weights: dict[int, int] = {}
    numbered = [_NUMBERED.match(text) is not None for text, _ in lines]
    by_number = sum(numbered) >= 3
    total = 0
    for (text, boxes), is_numbered in zip(lines, numbered, strict=True):
        weight = int(is_numbered) if by_number else len(text)
        total += weight
        for box in boxes:
            weights[box] = weights.get(box, 0) + weight
    fitting = [box for box, weight in weights.items() if weight * 10 >= total * 9]
    if not fitting or not total:
        return [text for text, _ in lines]
    inner = max(fitting)  # boxes are counted in the order they open: the last one is the innermost
    return [text for text, boxes in lines if inner in boxes]
