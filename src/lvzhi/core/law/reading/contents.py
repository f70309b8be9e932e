"""The table of contents of a text: its parts, chapters and sections, with the articles below each."""

from __future__ import annotations

from lvzhi.core.law.reading.model import Entry
from lvzhi.core.law.structure import Document, Level
from lvzhi.core.law.structure.model import CONTAINERS

_SHOWN = (*CONTAINERS, Level.ANNEX)


def contents(document: Document) -> tuple[Entry, ...]:
    """Every part, chapter, section and annex, one inside the other. Empty for a text without any."""
    below: dict[int, list[int]] = {}
    for place, unit in enumerate(document.units):
        if unit.level in _SHOWN or unit.level is Level.ARTICLE:
            below.setdefault(_shown_above(document, place), []).append(place)
    return tuple(_entry(document, place, below) for place in below.get(-1, []) if document.units[place].level in _SHOWN)


def _shown_above(document: Document, place: int) -> int:
    above = document.units[place].parent
    while above >= 0 and document.units[above].level not in _SHOWN:
        above = document.units[above].parent
    return above


def _entry(document: Document, place: int, below: dict[int, list[int]]) -> Entry:
    unit = document.units[place]
    inside = below.get(place, [])
    entries = tuple(_entry(document, each, below) for each in inside if document.units[each].level in _SHOWN)
    articles = tuple(
        (each.eid, "".join(each.label.split()))
        for each in (document.units[one] for one in inside)
        if each.level is Level.ARTICLE
    )
    named = [label for _, label in articles]
    named += [label for entry in entries for label in (entry.first, entry.last) if label]
    heading = "".join(unit.heading.split()) if len(unit.heading) < 6 else unit.heading  # 总 则
    first, last = (named[0], named[-1]) if named else ("", "")
    return Entry(unit.eid, "".join(unit.label.split()), heading, first, last, entries, articles)
