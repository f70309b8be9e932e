"""Works and their dated editions, in memory: the catalogue against which citations are resolved.

A work is a law through all its changes; an expression is one dated text of it (FRBR, as in Akoma Ntoso). What a history
tells of and no text is held for, stays known: the library says so instead of passing an older text off as valid.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lvzhi.core.law.names import KNOWN_SHORT, is_lawful, normal
from lvzhi.core.law.structure import Act, Document, Kind, Unit
from lvzhi.core.law.structure.assemble import assemble, part_of, together
from lvzhi.core.law.structure.history import DATE, day

_REPEALS = re.compile(r"[^。；\n]*同时废止|[^。；\n]*(?:即行|予以)废止|[^。；\n]*起废止|[^。；\n]*》废止")
_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_NAMED_BARE = ("法", "典", "条例", "办法", "规定", "细则", "规则", "解释")
_FIRST = date.min


class Status(StrEnum):
    """How a work or an edition stands on a day."""

    NOT_YET_IN_FORCE = "not_yet_in_force"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Expression:
    """One dated text. `edition` is the day of its newest change; `effective` the first day it is in force."""

    work: str
    edition: date | None
    effective: date | None
    document: Document


@dataclass(frozen=True, slots=True)
class Repeal:
    """That a work was repealed: by which work, and from which day."""

    by: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Held:
    """The text held for a day. `exact` is False when the histories tell of an edition nearer to that day."""

    expression: Expression
    exact: bool


@dataclass
class Work:
    """A law through its changes; expressions from the oldest to the newest, `changes` every day of change known."""

    key: str
    title: str
    kind: Kind
    expressions: list[Expression] = field(default_factory=list)
    changes: tuple[date, ...] = ()
    repeal: Repeal | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Two files that claim to be the same edition of the same work, with different words."""

    work: str
    edition: date | None
    first: str
    second: str


class Library:
    """Every work known. A `Catalogue` for the resolution of citations."""

    def __init__(self, documents: Iterable[Document] = ()) -> None:
        self.works: dict[str, Work] = {}
        self.clashes: list[Clash] = []
        self._endings: dict[str, list[str]] = defaultdict(list)
        grouped: dict[str, list[Document]] = defaultdict(list)
        for document in documents:
            grouped[normal(document.metadata.title)].append(document)
        for key, found in grouped.items():
            if key:
                self._add(key, found)
        for key in list(self.works):
            self._index(key)
        for work in list(self.works.values()):
            for expression in work.expressions:
                self.note_repeals(expression.document, work.key, expression.effective)

    @classmethod
    def of(cls, works: Iterable[Work]) -> Library:
        """A library of works that are known already, with their expressions, changes and repeals."""
        library = cls()
        for work in works:
            library.works[work.key] = work
            library._index(work.key)
        return library

    def _index(self, key: str) -> None:
        for start in range(1, len(key) - 1):
            self._endings[key[start:]].append(key)

    def _add(self, key: str, documents: Sequence[Document]) -> None:
        # A text that came in one file stays as it was read.
        whole = [assemble(group) if len(group) > 1 or part_of(group[0]) else group[0] for group in together(documents)]
        work = Work(key, whole[-1].metadata.title, whole[-1].metadata.kind)
        for document in whole:
            self._express(work, document)
        work.expressions.sort(key=lambda each: (each.edition or _FIRST, each.document.metadata.named or _FIRST))
        days = {
            event.day for document in whole for event in document.metadata.history
            if event.day and event.act in (Act.ADOPTED, Act.AMENDED, Act.REVISED)
        }  # fmt: skip
        work.changes = tuple(sorted(days))
        self.works[key] = work

    def _express(self, work: Work, document: Document) -> None:
        about = document.metadata
        edition, effective = about.edition, about.effective
        for other in work.expressions:
            if other.edition == edition:
                if other.document.source == document.source:
                    return
                if about.named and about.named != edition:  # the history stops short of what the name claims
                    edition = effective = about.named
                else:
                    self.clashes.append(Clash(work.key, edition, other.document.name, document.name))
                break
        work.expressions.append(Expression(work.key, edition, effective, document))

    def note_repeals(self, document: Document, by: str, effective: date | None) -> None:
        """Read which works a text of the work `by` repeals, by its last articles; `effective` is for want of a day."""
        for place in document.articles[-4:]:
            unit = document.units[place]
            if unit.last - unit.start > 8000 or "废止" not in document.source[unit.start : unit.last]:
                continue
            since = _since(document, unit) or effective
            for sentence in _REPEALS.finditer(document.source, unit.start, unit.last):
                for named in _TITLE.finditer(sentence[0]):
                    self._repeal(normal(named[1]), by, since)

    def _repeal(self, key: str, by: str, since: date | None) -> None:
        if key.startswith("关于"):  # 最高人民法院…发布的《关于…的解释》
            key = next((each for each in self._endings.get(key, ()) if each.startswith(by[:6])), key)
        if key == by or not is_lawful(key):
            return
        known = self.works.get(key)
        if known is None:
            known = self.works[key] = Work(key, key, Kind.NORMATIVE_DOCUMENT)
            self._index(key)
        newest = max((e.edition for e in known.expressions if e.edition), default=None)
        if newest and since and newest > since:
            return  # made anew under the same name after it was repealed
        if known.repeal is None or (since or _FIRST) < (known.repeal.on or date.max):
            known.repeal = Repeal(by, since)

    def find(self, name: str) -> tuple[str, ...]:
        """The works a name may mean, best first: its own, a known short name, or the one work that ends so."""
        key = normal(name)
        if key in self.works:
            return (key,)
        if (full := KNOWN_SHORT.get(key)) and full in self.works:
            return (full,)
        if "《" in key and (plain_key := key.replace("《", "").replace("》", "")) in self.works:
            return (plain_key,)  # 《〈国旗法〉实施办法》 as people write it
        ending = [each for each in self._endings.get(key, ()) if len(key) > 3 and self.works[each].expressions]
        plain = [each for each in ending if key.startswith("关于") or ("关于" not in each and "实施" not in each)]
        if len(plain) > 1 and (made := [e for e in plain if self.works[e].kind in (Kind.LAW, Kind.CONSTITUTION)]):
            plain = made
        return tuple(plain or ending)

    def names(self) -> frozenset[str]:
        """Names that are also written without 《》, of laws in force and repealed ones."""
        known = {*self.works, *KNOWN_SHORT}
        return frozenset(name for name in known if name.endswith(_NAMED_BARE) and 1 < len(name) < 40)

    def held(self, work: str, on: date | None, year: int | None = None) -> Held | None:
        """The text in force on a day (the newest without one), or of an edition named by its year."""
        known = self.works.get(work)
        if known is None or not known.expressions:
            return None
        if year is not None:
            of_year = [each for each in known.expressions if each.edition and each.edition.year == year]
            return Held(of_year[-1], True) if of_year else Held(known.expressions[-1], False)
        if on is None:
            return Held(known.expressions[-1], True)
        begun = [each for each in known.expressions if (each.effective or each.edition or _FIRST) <= on]
        if not begun:
            return Held(known.expressions[0], False)
        best = begun[-1]
        held = {each.edition for each in known.expressions}
        later = [day for day in known.changes if best.edition and best.edition < day <= on and day not in held]
        return Held(best, not later)

    def repealed(self, work: str, on: date | None) -> Repeal | None:
        """The repeal in effect on a day, if any."""
        known = self.works.get(work)
        if known is None or known.repeal is None:
            return None
        return known.repeal if on is None or known.repeal.on is None or known.repeal.on <= on else None

    def status(self, work: str, on: date) -> Status:
        """How a work stands on a day; UNKNOWN for one of which neither text nor repeal is known."""
        known = self.works.get(work)
        if known is None:
            return Status.UNKNOWN
        if self.repealed(work, on):
            return Status.REPEALED
        starts = [start for each in known.expressions if (start := each.effective or each.edition)]
        if not starts:
            return Status.UNKNOWN
        begun = [*(day for day in known.changes if day <= on), *(day for day in starts if day <= on)]
        return Status.IN_FORCE if begun and _begun(known, on) else Status.NOT_YET_IN_FORCE

    def edition_status(self, expression: Expression, on: date) -> Status:
        """How one edition stands on a day: AMENDED once a later edition, held or only known, has taken its place."""
        start = expression.effective or expression.edition
        if start is None:
            return Status.UNKNOWN
        if self.repealed(expression.work, on):
            return Status.REPEALED
        if start > on:
            return Status.NOT_YET_IN_FORCE
        work = self.works[expression.work]
        place = work.expressions.index(expression)
        later = [each.effective or each.edition or _FIRST for each in work.expressions[place + 1 :]]
        held = {each.edition for each in work.expressions}
        later += [day for day in work.changes if day not in held and expression.edition and day > expression.edition]
        return Status.AMENDED if any(day <= on for day in later) else Status.IN_FORCE


def _since(document: Document, unit: Unit) -> date | None:
    """The day an article says from which something takes effect: a later edition repeats the first one's."""
    text = document.source[unit.start : unit.last]
    days = [found for match in DATE.finditer(text) if re.match(r"\s*起", text[match.end() :]) and (found := day(match))]
    return min(days, default=None)


def _begun(work: Work, on: date) -> bool:
    """Whether the first edition has taken effect; where it is not held, its adoption stands in."""
    first = work.expressions[0]
    start = first.effective or first.edition or _FIRST
    earlier = [day for day in work.changes if first.edition and day < first.edition]
    return start <= on or bool(earlier and earlier[0] <= on)
