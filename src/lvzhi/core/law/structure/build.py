"""From lines to a document: head, contents, preamble, body, annexes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from lvzhi.core.law.structure import head as heads
from lvzhi.core.law.structure.body import fill
from lvzhi.core.law.structure.drafts import Draft, Line, Sheet
from lvzhi.core.law.structure.headings import PREFACE, headings
from lvzhi.core.law.structure.lines import NUM, SPACE, Mark, annex, heading, marker, words_at
from lvzhi.core.law.structure.metadata import metadata
from lvzhi.core.law.structure.model import CONTAINERS, Document, Level
from lvzhi.core.law.structure.sequence import articles
from lvzhi.core.law.structure.tops import Tops, tops

_BREAKS = re.compile("\r\n|\n|\r")
_RUN_ON = re.compile(rf"[。；：][{SPACE}]+(?=第{NUM}条[{SPACE}])")
_SENTENCE = re.compile(rf"(?<=[。；：])[{SPACE}]+(?=\S)")
_CONTENTS = re.compile(rf"目[{SPACE}]*[录次][{SPACE}]*$")


def parse(source: str, name: str = "") -> Document:
    """Read a text into its units. Nothing is refused and nothing is lost; see `Document.oddities` for what is unclear.

    `name` is the file's name without its folder: a date in round brackets at its end is compared with the history.
    """
    sheet = Sheet(source)
    lines = list(_lines(source, sheet))
    start, found = heads.read(sheet, lines)
    body = lines[start:]
    start = heads.again(sheet, body, found)
    start += _contents(sheet, body[start:])
    _sections(sheet, body[start:], found.part, amends=heads.amends(found.title))
    units = sheet.units()
    about = metadata(source, units, found, name, sheet)
    sheet.oddities.sort(key=lambda oddity: oddity.line)
    return Document(name, source, units, about, tuple(sheet.oddities))


def _lines(source: str, sheet: Sheet) -> Sequence[Line]:
    """Lines with words. A line that runs several articles together is cut where its sentences are spaced apart."""
    found: list[Line] = []
    at = 0
    for number, text in enumerate(_BREAKS.split(source), 1):
        if text.strip(SPACE):
            if len(text) > 40 and _RUN_ON.search(text) and text.lstrip(SPACE).startswith("第"):
                pieces = _cut(text)
                sheet.note(number, "articles_run_on", str(len(_RUN_ON.findall(text)) + 1))
                found += [Line(at + start, piece, number) for start, piece in pieces]
            else:
                found.append(Line(at, text, number))
        at += len(text)
        at += 2 if source.startswith("\r\n", at) else 1
    return found


def _cut(text: str) -> list[tuple[int, str]]:
    starts = [0, *(found.end() for found in _SENTENCE.finditer(text))]
    return [(start, text[start:end]) for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _contents(sheet: Sheet, lines: Sequence[Line]) -> int:
    """The table of contents, one unit to a line; how many lines it has. It ends where its first heading comes again."""
    if not lines:
        return 0
    if not _CONTENTS.match(lines[0].text.strip("#" + SPACE)):
        seen = _untitled(lines)
    else:
        first, seen = "", 1
        for line in lines[1:]:
            words = "".join(line.text.split()).strip("#")
            if not first:
                first = words
            elif words == first or line.text.lstrip("#" + SPACE).startswith("第一条"):
                break
            elif words.endswith("。") or len(words) > 60:  # prose: a preface without a chapter before it
                seen -= PREFACE.fullmatch("".join(lines[seen - 1].text.split())) is not None
                break
            seen += 1
    for line in lines[:seen]:
        sheet.add(Level.CONTENTS, line)
    return seen


def _untitled(lines: Sequence[Line]) -> int:
    """A table of contents without 目录 over it: headings at the very beginning, of which the first comes again."""
    count = 0
    while count < len(lines) and heading(lines[count].text, words_at(lines[count].text)):
        count += 1
    first = "".join(lines[0].text.split())
    for at in range(2, count):
        if "".join(lines[at].text.split()) == first:
            return at
    return 0


def _sections(sheet: Sheet, lines: Sequence[Line], part: Draft | None, *, amends: bool) -> None:
    """The main text and its annexes, each numbered by itself."""
    cuts = [at for at, line in enumerate(lines) if _annex(line)]
    kept: list[int] = []
    for at, behind in pairwise([*cuts, len(lines)]):  # before the last article, 附… is a word of a sentence or a list
        if kept or not _article_behind(lines, at, behind):
            kept.append(at)
    bounds = [0, *kept, len(lines)]
    for number, (start, end) in enumerate(pairwise(bounds)):
        if number == 0:
            Body(sheet, None, part, amends=amends).read(lines[start:end])
            continue
        mark = _annex(lines[start])
        owner = sheet.add(Level.ANNEX, lines[start], None, mark)
        if end - start == 1 and "（" in owner.heading:
            sheet.note(lines[start].number, "table_left_out", owner.heading)
        Body(sheet, owner, amends=amends).read(lines[start + 1 : end])


def _annex(line: Line) -> Mark | None:
    return annex(line.text, words_at(line.text))


def _article_behind(lines: Sequence[Line], at: int, end: int) -> bool:
    """Whether the text goes on with articles that are not a first one: then the line opens no annex."""
    for line in lines[at + 1 : end]:
        first = words_at(line.text)
        if line.text.startswith("第", first) and (found := re.match(rf"第({NUM})条[{SPACE}]", line.text[first:])):
            return found[1] not in ("一", "1")
    return False


class Body:
    """The reading of one numbered stretch: the main text, or one annex."""

    def __init__(self, sheet: Sheet, owner: Draft | None, part: Draft | None = None, *, amends: bool) -> None:
        self.sheet = sheet
        self.owner = owner
        self.amends = amends
        self.open: list[Draft] = [part] if part else []
        self.current: Draft | None = owner
        self.waiting: list[Line] = []
        self.tops = Tops()

    def read(self, lines: Sequence[Line]) -> None:
        """Read every line; what begins no unit of its own belongs to the one before."""
        found = articles(self.sheet, lines, amends=self.amends)
        headed = headings(lines, found, amends=self.amends)
        if not found:
            self.tops = tops(lines, headed, plain=self.owner is None)
        for at, line in enumerate(lines):
            first = words_at(line.text)
            if at in found:
                self._article(line, found[at])
            elif at in headed:
                self._heading(line, first)
            else:
                self._perhaps_clause(line, first)
        self._flush(ends=True)

    def _article(self, line: Line, mark: Mark, level: Level = Level.ARTICLE) -> None:
        self._flush()
        self.current = self.sheet.add(level, line, self._above(), mark)
        if line.text[mark.words :].strip(SPACE):
            self.waiting.append(Line(line.start + mark.words, line.text[mark.words :], line.number))

    def _heading(self, line: Line, first: int) -> None:
        mark = heading(line.text, first)
        if mark is not None and mark.level in CONTAINERS:
            self._container(line, mark)
            return
        words = line.text[first:].strip(SPACE)
        if not words:
            self.sheet.note(line.number, "heading_without_words")
        numbered = marker(line.text, first)
        if PREFACE.fullmatch(words):
            self._flush()
            self.current = self.sheet.add(Level.PREAMBLE, line, self.owner)
            self.current.heading = words
            return
        level = Level.CLAUSE if self.tops.headings_are_clauses and numbered else Level.CHAPTER
        label, number = (numbered.label, numbered.number) if numbered else ("", "")
        named = line.text[numbered.words :].strip(SPACE) if numbered else words
        self._container(line, Mark(level, number, label, len(line.text), heading=named))

    def _container(self, line: Line, mark: Mark) -> None:
        self._flush()
        ranks = (*CONTAINERS, Level.CLAUSE)
        while self.open and ranks.index(self.open[-1].level) >= ranks.index(mark.level):
            self.open.pop()
        above = self.open[-1] if self.open else self.owner
        self.current = self.sheet.add(mark.level, line, above, mark)
        self.open.append(self.current)

    def _perhaps_clause(self, line: Line, first: int) -> None:
        if (style := self.tops.style) is not None:
            mark = marker(line.text, first)
            if mark is not None and mark.style is style and mark.number == str(self.tops.last + 1):
                self.tops.last += 1
                self._article(line, mark, Level.CLAUSE)
                return
        self.waiting.append(line)

    def _above(self) -> Draft | None:
        return self.open[-1] if self.open else self.owner

    def _flush(self, *, ends: bool = False) -> None:
        lines, self.waiting = self.waiting, []
        if not lines:
            return
        if self.current is None:
            if all(line.text.strip(SPACE).startswith("<!--") for line in lines):
                for line in lines:
                    self.sheet.add(Level.MARK, line)
                return
            self.current = self.sheet.add(Level.PREAMBLE, lines[0])
        fill(self.sheet, self.current, lines, ends=ends and self.owner is None)
