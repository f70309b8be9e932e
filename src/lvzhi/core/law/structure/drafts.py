"""Units while they are being found, and how they become a document's: ends, parents, stable ids."""

from __future__ import annotations

from dataclasses import dataclass, field

from lvzhi.core.law.structure.lines import Mark, Style
from lvzhi.core.law.structure.model import CONTAINERS, Level, Oddity, Unit

_ALONE = frozenset({Level.TITLE, Level.HISTORY, Level.NOTE, Level.MARK, Level.CONTENTS})
"""Levels without a stable id: nobody cites them."""
_TOP = frozenset({Level.ARTICLE, Level.CLAUSE})
"""Levels numbered through the whole text, whatever chapter they stand in."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line with words: where it starts in the source, its text without the line end, its number from 1."""

    start: int
    text: str
    number: int


@dataclass(eq=False, slots=True)
class Draft:
    """A unit of which the end is not known yet."""

    level: Level
    start: int
    line: int
    parent: Draft | None = None
    number: str = ""
    label: str = ""
    heading: str = ""
    style: Style | None = None
    place: int = -1
    eid: str = ""
    last: int = 0
    counts: dict[Level, int] = field(default_factory=dict)

    def count(self, level: Level) -> str:
        """The next running number of a child that carries none of its own."""
        self.counts[level] = self.counts.get(level, 0) + 1
        return str(self.counts[level])


class Sheet:
    """The drafts of one text in order, and what was odd about it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.drafts: list[Draft] = []
        self.oddities: list[Oddity] = []

    def add(self, level: Level, line: Line, parent: Draft | None = None, mark: Mark | None = None) -> Draft:
        """One more unit, begun by this line."""
        draft = Draft(level, line.start, line.number, parent)
        if mark is not None:
            draft.number, draft.label, draft.heading, draft.style = mark.number, mark.label, mark.heading, mark.style
            if mark.note:
                self.note(line.number, mark.note, mark.label)
        self.drafts.append(draft)
        return draft

    def note(self, line: int, code: str, detail: str = "") -> None:
        """Write down an oddity."""
        self.oddities.append(Oddity(line, code, detail[:80]))

    def units(self) -> tuple[Unit, ...]:
        """The finished units. The first piece begins with the text, each ends where the next begins."""
        drafts, size = self.drafts, len(self.source)
        if not drafts:
            return (Unit(Level.NOTE, "", "", "", "", 0, size, size, 1, -1),) if size else ()
        drafts[0].start = 0
        ends = [draft.start for draft in drafts[1:]] + [size]
        for place, (draft, end) in enumerate(zip(drafts, ends, strict=True)):
            draft.place, draft.last = place, end
        for draft in reversed(drafts):
            if draft.parent is not None and draft.parent.last < draft.last:
                draft.parent.last = draft.last
        self._name()
        return tuple(
            Unit(
                d.level, d.eid, d.number, d.label, d.heading, d.start, end, d.last, d.line,
                -1 if d.parent is None else d.parent.place,
            )
            for d, end in zip(drafts, ends, strict=True)
        )  # fmt: skip

    def _name(self) -> None:
        taken: dict[str, int] = {}
        bare: dict[Level, int] = {}
        for draft in self.drafts:
            if draft.level in _ALONE:
                continue
            above = draft.parent
            if draft.level in _TOP:  # numbered through: not the chapter but an annex goes before
                while above is not None and above.level is not Level.ANNEX:
                    above = above.parent
            elif draft.level in CONTAINERS:
                while above is not None and above.level not in (*CONTAINERS, Level.ANNEX):
                    above = above.parent
            number = draft.number
            if not number and draft.level is Level.ANNEX:
                bare[Level.ANNEX] = bare.get(Level.ANNEX, 0) + 1
                number = str(bare[Level.ANNEX])
            elif not number and draft.level in CONTAINERS:
                bare[draft.level] = bare.get(draft.level, 0) + 1
                number = f"n{bare[draft.level]}"
            own = f"{draft.level}_{number}" if number else str(draft.level)
            eid = f"{above.eid}__{own}" if above is not None and above.eid else own
            again = taken[eid] = taken.get(eid, 0) + 1
            if again > 1:
                if draft.level in (*_TOP, Level.ANNEX, Level.ITEM):
                    self.note(draft.line, "number_repeated", draft.label or draft.eid)
                eid = f"{eid}_{again}"
            draft.eid = eid
