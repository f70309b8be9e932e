"""From a citation to a work, the edition in force, and the unit in it; or to what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from lvzhi.core.law.citations.model import Citation, Form, Path, spell
from lvzhi.core.law.library import Held, Repeal
from lvzhi.core.law.names import normal
from lvzhi.core.law.structure import Basis, Document, Level
from lvzhi.core.law.structure.head import amends
from lvzhi.core.law.structure.model import CONTAINERS

_TOP = (Level.ARTICLE, Level.CLAUSE, Level.ANNEX, Level.PREAMBLE)
_LATEST = timedelta(days=366)
"""Hardly an amendment takes effect later than this after it was made."""
_SENTENCE = 400
"""So many characters of a sentence are looked at: the longest lists of what is repealed have some."""
_LISTED = (Level.ITEM, Level.POINT, Level.SUBPOINT, Level.CLAUSE)


class Catalogue(Protocol):
    """What resolution asks of whatever holds the laws: memory (`Library`) or a database."""

    def find(self, name: str) -> tuple[str, ...]:
        """The works a name may mean, best first; empty when it is unknown."""

    def held(self, work: str, on: date | None, year: int | None = None) -> Held | None:
        """The text in force on a day, or of an edition's year; None when no text is held."""

    def repealed(self, work: str, on: date | None) -> Repeal | None:
        """The repeal in effect on a day."""


class Outcome(StrEnum):
    """What became of a citation. All but FOUND and the two after it are broken, each in its own way."""

    FOUND = "found"
    NOT_CHECKED = "not_checked"
    UNREAD = "unread"
    UNIT_MISSING = "unit_missing"
    LAW_REPEALED = "law_repealed"
    LAW_UNKNOWN = "law_unknown"
    LAW_AMBIGUOUS = "law_ambiguous"
    ABBREVIATION_CIRCLES = "abbreviation_circles"


SENTENCES = {
    Outcome.FOUND: "已找到所引的条文。",
    Outcome.NOT_CHECKED: "法律已找到；引用时有效的文本不在库中，条文没有核对。",
    Outcome.UNREAD: "法律已知，文本不在库中，条文没有核对。",
    Outcome.UNIT_MISSING: "该版本中没有所引的条款，请核对条号。",
    Outcome.LAW_REPEALED: "所引的法律在引用时已经废止，请改引现行规定。",
    Outcome.LAW_UNKNOWN: "库中没有这部法律，请核对名称或者导入文本。",
    Outcome.LAW_AMBIGUOUS: "这个名称对应几部法律，请写明全称。",
    Outcome.ABBREVIATION_CIRCLES: "简称互相指来指去，无法确定所指的法律。",
}
BROKEN = frozenset({
    Outcome.UNIT_MISSING, Outcome.LAW_REPEALED, Outcome.LAW_UNKNOWN, Outcome.LAW_AMBIGUOUS,
    Outcome.ABBREVIATION_CIRCLES,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resolution:
    """A citation with its target. `work` is a key of the catalogue, empty when unknown and for a document number.

    `eids` holds the unit, or every article of a range; empty for a law as a whole. `edition` is the day of the edition
    looked at; None when none is held.
    """

    citation: Citation
    outcome: Outcome
    work: str = ""
    edition: date | None = None
    eids: tuple[str, ...] = ()

    @property
    def is_broken(self) -> bool:
        """Whether the citation leads nowhere and somebody should look."""
        return self.outcome in BROKEN


def resolve(
    citation: Citation, document: Document, catalogue: Catalogue, on: date | None = None, circles: tuple[str, ...] = ()
) -> Resolution:
    """Resolve one citation of `document` as of a day: by default that of the citing text's own edition.

    `circles` are abbreviations of the text that stand for nothing (`Abbreviations.circles`).
    """
    if citation.form is Form.NUMBER:
        return Resolution(citation, Outcome.UNREAD)
    day = on or _day_of(document)
    if not citation.law:
        own = normal(document.metadata.title) if document.metadata.title else ""
        return _in(citation, own, document, exact=True, edition=document.metadata.edition)
    key = normal(citation.law)
    if key in circles:
        return Resolution(citation, Outcome.ABBREVIATION_CIRCLES)
    works = catalogue.find(citation.law)
    if not works:
        return Resolution(citation, Outcome.LAW_UNKNOWN)
    if len(works) > 1:
        return Resolution(citation, Outcome.LAW_AMBIGUOUS)
    work = works[0]
    if work == normal(document.metadata.title) and _is_repealed(citation, document):
        return Resolution(citation, Outcome.NOT_CHECKED, work)  # the law of the same name that this one replaces
    held = catalogue.held(work, day, citation.year)
    repeal = catalogue.repealed(work, day)
    if repeal and repeal.by != normal(document.metadata.title):  # the law that repeals names what it repeals
        eids = (spell(citation.path),) if citation.path else ()
        return Resolution(citation, Outcome.LAW_REPEALED, work, held.expression.edition if held else None, eids)
    if held is None:
        return Resolution(citation, Outcome.UNREAD, work, None, (spell(citation.path),) if citation.path else ())
    exact = held.exact and not citation.former  # nobody says which of the editions before is meant
    found = _in(citation, work, held.expression.document, exact=exact, edition=held.expression.edition)
    if found.outcome is Outcome.UNIT_MISSING and _may_begin_later(held, day):
        return replace(found, outcome=Outcome.NOT_CHECKED)
    return found


def _is_repealed(citation: Citation, document: Document) -> bool:
    """Whether the sentence says that what is cited no longer holds."""
    rest = document.source[citation.end : citation.end + _SENTENCE]
    return "废止" in re.split("[。\n]", rest, maxsplit=1)[0]


def _may_begin_later(held: Held, day: date | None) -> bool:
    """Whether the edition may not have been in force yet: only the day it was made is known, and that is near."""
    made = held.expression.edition
    guessed = held.expression.document.metadata.basis is Basis.EDITION
    return guessed and day is not None and made is not None and made <= day < made + _LATEST


def _day_of(document: Document) -> date | None:
    """The day as of which a text cites. One that changes others means them as they were before it was made."""
    about = document.metadata
    if amends(about.title) and (days := [each for each in (about.effective, about.edition) if each]):
        return min(days) - timedelta(days=1)
    return about.effective or about.edition


def _in(citation: Citation, work: str, text: Document, *, exact: bool, edition: date | None) -> Resolution:
    if not citation.path:
        return Resolution(citation, Outcome.FOUND if exact else Outcome.NOT_CHECKED, work, edition)
    first = place(text, citation.path, citation.part)
    last = place(text, citation.to, citation.part) if citation.to else first
    if not (first and last) and not citation.law:
        first, last = (
            _beside(text, citation.unit, citation.path),
            _beside(text, citation.unit, citation.to or citation.path),
        )
    if first and last:
        eids = _between(text, first, last) if citation.to else (first,)
        return Resolution(citation, Outcome.FOUND if exact else Outcome.NOT_CHECKED, work, edition, eids)
    asked = (spell(citation.path), *((spell(citation.to),) if citation.to else ()))
    return Resolution(citation, Outcome.UNIT_MISSING if exact else Outcome.NOT_CHECKED, work, edition, asked)


def place(text: Document, path: Path, part: str = "") -> str:
    """The id of the unit a path means in a text, or an empty string when the text has no such unit.

    An item is often named without its 款: it is looked for in the paragraphs of the article. A chapter is often named
    without its 编 or 分编: it is taken where there is only one of that number, or only one below the 编 of the heading
    `part` (分则). A clause may be called 条.
    """
    eid = spell(path)
    if eid in text.by_eid:
        return eid
    if path[0][0] is Level.ARTICLE:
        clause = spell(((Level.CLAUSE, path[0][1]), *path[1:]))
        if clause in text.by_eid:
            return clause
    inside = max((depth for depth, (level, _) in enumerate(path, 1) if level in _TOP), default=0)
    if inside and len(path) > inside and path[inside][0] is Level.ITEM:
        head, tail = spell(path[:inside]), spell(path[inside:])
        for head_ in (head, head.replace("art_", "cl_", 1)):
            for number in range(1, 30):
                paragraph = f"{head_}__para_{number}"
                if paragraph not in text.by_eid:
                    break
                if f"{paragraph}__{tail}" in text.by_eid:
                    return f"{paragraph}__{tail}"
    return "" if inside else _container(text, path, part)


def _container(text: Document, path: Path, part: str) -> str:
    """The one 编, 章 or 节 whose own number and those around it are the ones named, in this order."""
    steps = [f"{level}_{number}" for level, number in path]
    fitting = []
    for eid, at in text.by_eid.items():
        if not eid.endswith(steps[-1]) or text.units[at].level not in CONTAINERS:
            continue
        around = eid.split("__")
        if around[-1] == steps[-1] and _in_order(steps, around):
            fitting.append(at)
    if len(fitting) > 1 and part:
        fitting = [
            at for at in fitting
            if any(each.level is Level.PART and "".join(each.heading.split()) == part for each in text.above(at))
        ]  # fmt: skip
    return text.units[fitting[0]].eid if len(fitting) == 1 else ""


def _in_order(steps: Sequence[str], around: Sequence[str]) -> bool:
    """Whether all the steps stand among others in their order."""
    left = iter(around)
    return all(step in left for step in steps)


def placed(text: Document, eid: str) -> str:
    """The id of the unit that an id spelled from words means, as `place` does; empty when the text has no such unit."""
    if eid in text.by_eid:
        return eid
    try:
        steps = [step.partition("_") for step in eid.split("__")]
        path = tuple((Level(level), number) for level, _, number in steps)
    except ValueError:
        return ""
    return place(text, path)


def _beside(text: Document, unit: str, path: Path) -> str:
    """上述第（三）项 in a list: the item of that number beside the citing one, or beside one that holds it."""
    level, number = path[-1]
    if level is not Level.ITEM:
        return ""
    above = unit.rpartition("__")[0]
    while True:
        for each in _LISTED:
            eid = f"{above}__{each}_{number}" if above else f"{each}_{number}"
            if eid in text.by_eid:
                return eid
        if not above:
            return ""
        above = above.rpartition("__")[0]


def _between(text: Document, first: str, last: str) -> tuple[str, ...]:
    """The ids of a range: units of the same level from the first to the last, in the order of the text."""
    begin, end = text.by_eid[first], text.by_eid[last]
    level = text.units[begin].level
    if begin > end or text.units[end].level is not level:
        return (first, last)
    return tuple(unit.eid for unit in text.units[begin : end + 1] if unit.level is level)
