"""Names of works and expressions after the Akoma Ntoso Naming Convention, and citations as links between them.

Convention: Akoma Ntoso Naming Convention Version 1.0, OASIS Standard (2019), sections 4 and 5.
"""

from __future__ import annotations

from collections.abc import Iterable
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


def work_day(about: Metadata) -> date | None:
    """The day that names the work: its adoption, else the earliest day its history knows."""
    made = [event.day for event in about.history if event.day and event.act is Act.ADOPTED]
    known = [event.day for event in about.history if event.day and event.act is not Act.EFFECTIVE]
    return about.adopted or min(made or known, default=None) or about.promulgated or about.edition or about.named


def work_iri(about: Metadata) -> str:
    """/akn/cn/act/<kind>/<day it was adopted>/<name>: one law through all its changes."""
    day = work_day(about)
    return f"/akn/cn/act/{about.kind}/{day.isoformat() if day else UNDATED}/{unbroken(normal(about.title) or UNDATED)}"


def expression_iri(about: Metadata) -> str:
    """The work's name with /zho@<edition>: one dated text. An edition without a date is `zho@`, the original."""
    return f"{work_iri(about)}/zho@{about.edition.isoformat() if about.edition else ''}"


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
                found.append(_link(each, "", units))
            continue
        held = catalogue.held(each.work, each.edition)
        if held is None:
            continue
        about = held.expression.document.metadata
        if each.outcome is Outcome.NOT_CHECKED:
            found.append(Reference(each.citation.start, each.citation.end, work_iri(about)))
        else:
            found.append(_link(each, expression_iri(about), units))
    return found


def _link(each: Resolution, text: str, units: tuple[str, ...]) -> Reference:
    first = f"{text}#{units[0]}" if units else text
    last = f"{text}#{units[-1]}" if len(units) > 1 else ""
    return Reference(each.citation.start, each.citation.end, first, last)
