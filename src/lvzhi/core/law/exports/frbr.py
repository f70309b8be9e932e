"""Names of works and expressions after the Akoma Ntoso Naming Convention, and citations as links between them.

Convention: Akoma Ntoso Naming Convention Version 1.0, OASIS Standard (2019), sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lvzhi.core.law.address import unbroken
from lvzhi.core.law.citations.resolve import Catalogue, Outcome, Resolution
from lvzhi.core.law.names import normal
from lvzhi.core.law.structure import Act, Metadata

UNDATED = "undated"
_FOLLOWED = (Outcome.FOUND, Outcome.NOT_CHECKED)


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of the text that leads somewhere: offsets in the source, an IRI, and the end of a range in `to`."""

    start: int
    end: int
    href: str
    to: str = ""


@dataclass(frozen=True, slots=True)
class Identity:
    """What names a work and an expression: kind, the day the work was made, its key, the day of the edition.

    By default what the text says of itself; a library that knows better gives its own.
    """

    kind: str
    made: date | None
    key: str
    edition: date | None

    @classmethod
    def of(cls, about: Metadata) -> Identity:
        """As the text says."""
        return cls(str(about.kind), work_day(about), normal(about.title), about.edition)

    @property
    def work(self) -> str:
        """/akn/cn/act/<kind>/<day it was adopted>/<name>: one law through all its changes."""
        day = self.made.isoformat() if self.made else UNDATED
        return f"/akn/cn/act/{self.kind}/{day}/{unbroken(self.key or UNDATED)}"

    @property
    def expression(self) -> str:
        """The work's name with /zho@<edition>: one dated text. Without a date it is `zho@`, the original."""
        return f"{self.work}/zho@{self.edition.isoformat() if self.edition else ''}"


def work_day(about: Metadata) -> date | None:
    """The day that names the work: its adoption, else the earliest day its history knows."""
    made = [event.day for event in about.history if event.day and event.act is Act.ADOPTED]
    known = [event.day for event in about.history if event.day and event.act is not Act.EFFECTIVE]
    return about.adopted or min(made or known, default=None) or about.promulgated or about.edition or about.named


def references(resolutions: Iterable[Resolution], catalogue: Catalogue) -> list[Reference]:
    """Citations that were found, as links. What leads nowhere or to no held text is left as words.

    A unit that could not be checked, for the edition of that day is not held, leads to the work.
    """
    found: list[Reference] = []
    for each in resolutions:
        if each.outcome not in _FOLLOWED:
            continue
        units = each.eids
        if not each.citation.law:
            if units:
                found.append(link(each.citation.start, each.citation.end, "", units))
            continue
        held = catalogue.held(each.work, each.edition)
        if held is None:
            continue
        named = Identity.of(held.expression.document.metadata)
        if each.outcome is Outcome.NOT_CHECKED:
            found.append(Reference(each.citation.start, each.citation.end, named.work))
        else:
            found.append(link(each.citation.start, each.citation.end, named.expression, units))
    return found


def link(start: int, end: int, text: str, units: Sequence[str]) -> Reference:
    """A link to a unit of a text, to both ends of a range, or to the text; `text` is '' for the same file."""
    first = f"{text}#{units[0]}" if units else text
    last = f"{text}#{units[-1]}" if len(units) > 1 else ""
    return Reference(start, end, first, last)
