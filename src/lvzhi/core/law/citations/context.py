"""Where in the text a citation stands: what 本条, 前款 and a bare 第一款 mean there."""

from __future__ import annotations

import re
from collections.abc import Collection

from lvzhi.core.law.citations.model import Path, spell
from lvzhi.core.law.numerals import to_int
from lvzhi.core.law.structure import Document, Level
from lvzhi.core.law.structure.head import amends

_KEPT = frozenset({
    Level.ANNEX, Level.PREAMBLE, Level.ARTICLE, Level.CLAUSE, Level.PARAGRAPH, Level.ITEM, Level.POINT, Level.SUBPOINT,
})  # fmt: skip
_CONTAINER = {"编": Level.PART, "章": Level.CHAPTER, "节": Level.SECTION}
_TOP = (Level.ARTICLE, Level.CLAUSE)
_AMENDED = re.compile(r"修(?:改|正|订)[^《“：:]{0,12}《((?:[^《》]|《[^《》]*》)+)》")
_NAMED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_OF_TITLE = re.compile(r"^(.{2,30}?)修正案")


def _own_number(eid: str) -> str:
    """The number in the last piece of an id: also of a part or annex that carries none in the text."""
    return eid.rpartition("__")[2].partition("_")[2]


def _figures(number: str) -> int:
    """The number of an article without what 之 adds; 0 for a clause that a letter counts."""
    whole = number.partition("-")[0]
    return int(whole) if whole.isdecimal() else 0


class Context:
    """The unit around the place of reading; moves forward only."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.units = document.units
        self.starts = document.starts
        self.place = 0
        self.end = document.units[0].end if document.units else 0
        self.silent = True
        title = document.metadata.title
        self.amends = amends(title)
        self.changed = self._amended(title) if self.amends else ""
        self.about = found[1] if (found := _NAMED.search(title)) else ""
        self.most = max((_figures(self.units[place].number) for place in document.articles), default=0)

    def move(self, offset: int, silent: Collection[Level]) -> bool:
        """Go on to the unit that holds `offset`; False when nothing is cited in units of its level."""
        if offset >= self.end or self.place == 0:
            units, place = self.units, self.place
            while place + 1 < len(units) and self.starts[place + 1] <= offset:
                place += 1
            self.place, self.end = place, units[place].end
            self.silent = units[place].level in silent
        return not self.silent

    @property
    def eid(self) -> str:
        """The id of the citing unit."""
        return self.units[self.place].eid

    def is_label(self, offset: int) -> bool:
        """Whether the number at this offset is the unit's own."""
        unit = self.units[self.place]
        return bool(unit.label) and offset < unit.start + len(unit.label) + 8 and self._label_at(unit.start, offset)

    def _label_at(self, start: int, offset: int) -> bool:
        return not self.document.source[start:offset].strip("# \u3000\t\u2002\u200b")

    def is_quoting(self, offset: int) -> bool:
        """Whether a text that amends another quotes it here: what 前款 means then is a matter of the other."""
        if not self.amends:
            return False
        top = next((unit for unit in self.document.above(self.place) if unit.level in _TOP), self.units[self.place])
        quoted = self.document.source[top.start : offset]
        return quoted.count("“") > quoted.count("”")

    def has(self, unit: str, number: str | None) -> bool:
        """Whether the text has a 编, 章 or 节 of this number."""
        try:
            figures = str(to_int(number or ""))
        except ValueError:
            return False
        level = _CONTAINER.get(unit)
        return any(each.level is level and each.number == figures for each in self.units)

    def path(self) -> Path:
        """The path of the unit around the place of reading."""
        found = [
            (unit.level, _own_number(unit.eid) if unit.level is Level.ANNEX else unit.number)
            for unit in self.document.above(self.place) if unit.level in _KEPT
        ]  # fmt: skip
        found.reverse()
        return tuple(found)

    def this(self, unit: str) -> Path:
        """本条, 本款, 本项."""
        wanted = {"条": _TOP, "款": (Level.PARAGRAPH,), "项": (Level.ITEM,)}[unit]
        path = self.path()
        for depth in range(len(path), 0, -1):
            if path[depth - 1][0] in wanted:
                return path[:depth]
        return ()

    def here(self, unit: str) -> Path:
        """What a bare 第一款 or 第（一）项 stands in: the article around it, or the list when an item names another."""
        path = self.path()
        levels = [level for level, _ in path]
        if unit == "项" and Level.ITEM in levels and Level.PARAGRAPH in levels:
            return path[: levels.index(Level.PARAGRAPH) + 1]
        tops = (*_TOP, Level.ANNEX, Level.PREAMBLE)
        article = max((depth for depth, (level, _) in enumerate(path, 1) if level in tops), default=0)
        return path[:article]

    def container(self, unit: str) -> Path:
        """本章, 本节, 本编 with the ones around it."""
        found = [
            (each.level, _own_number(each.eid)) for each in self.document.above(self.place)
            if each.level in (Level.PART, Level.SUBPART, Level.CHAPTER, Level.SECTION)
        ]  # fmt: skip
        found.reverse()
        levels = [level for level, _ in found]
        wanted = _CONTAINER[unit]
        return tuple(found[: levels.index(wanted) + 1]) if wanted in levels else ()

    def before(self, unit: str, count: int, *, several: bool) -> tuple[Path, Path]:
        """前款, 前条, 前项, 前两款: the first and, for several, the last unit; two empty paths where there is none."""
        if unit == "条":
            return self._articles_before(count, several=several)
        path = self.path()
        wanted = Level.PARAGRAPH if unit == "款" else Level.ITEM
        depth = next((at for at in range(len(path) - 1, -1, -1) if path[at][0] is wanted), -1)
        if depth < 0 and wanted is Level.ITEM:
            return self._items_before(path, count, several=several)
        if depth < 0:
            return (), ()
        number = int(path[depth][1] or 0)
        above = path[:depth]
        first, last = number - count, number - 1
        if number < 2:
            return (*above, (wanted, "0")), ()  # there is none: said so when it is resolved
        if several and count > 1:
            return (*above, (wanted, str(max(first, 1)))), (*above, (wanted, str(last)))
        return (*above, (wanted, str(last))), ()

    def _items_before(self, path: Path, count: int, *, several: bool) -> tuple[Path, Path]:
        """前项, 前两项 behind a list: its last item, its first two; they stand in the paragraph before.

        Two empty paths where that paragraph lists fewer: 按照前五项征收 then counts something else.
        """
        above = next((path[: depth + 1] for depth in range(len(path)) if path[depth][0] is Level.PARAGRAPH), ())
        if not above or int(above[-1][1] or 0) < 2:
            return (), ()
        listed = (*above[:-1], (Level.PARAGRAPH, str(int(above[-1][1]) - 1)))
        have = 0
        while spell((*listed, (Level.ITEM, str(have + 1)))) in self.document.by_eid:
            have += 1
        if have < max(count, 1):
            return (), ()
        if several and count > 1:
            return (*listed, (Level.ITEM, "1")), (*listed, (Level.ITEM, str(count)))
        return (*listed, (Level.ITEM, str(have))), ()

    def _articles_before(self, count: int, *, several: bool) -> tuple[Path, Path]:
        articles = self.document.articles
        start = self.units[self.place].start
        at = next((n for n in range(len(articles) - 1, -1, -1) if self.units[articles[n]].start <= start), -1)
        if at < 1:
            return (), ()
        level = self.units[articles[at]].level
        name = [(level, self.units[place].number) for place in articles[max(0, at - count) : at]]
        if not several or count == 1:
            return (name[-1],), ()
        return (name[0],), (name[-1],)

    def subject(self, number: str | None, last: str) -> str:
        """The law a bare 第…条 belongs to: empty for the text itself."""
        if self.amends:
            if self.document.articles and (clause := self._clause_subject()):
                return clause
            return self.changed
        if not self.most and self.about:  # a text without articles about a law: its 第…条 are those of the law
            return self.about
        if not number or not last or not self.most:
            return last
        try:
            figures = to_int(re.split("[、和及至到]", number)[0])
        except ValueError:
            return ""
        return last if figures > self.most else ""

    def _clause_subject(self) -> str:
        """The law that the clause around says it changes."""
        for unit in self.document.above(self.place):
            if unit.level is Level.CLAUSE:
                found = _AMENDED.search(self.document.source, unit.start, min(unit.last, unit.start + 300))
                return found[1] if found else ""
        return ""

    def _amended(self, title: str) -> str:
        if found := _AMENDED.search(title):
            return found[1]
        found = _OF_TITLE.match(title)
        return found[1] if found else ""
