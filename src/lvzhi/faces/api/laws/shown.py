"""Works, editions, units and citations as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from lvzhi.core import law
from lvzhi.core.law import exports
from lvzhi.core.law.reading import citation_label
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Citation, Edition, Outcome, Work

FORMS = ("akn", "json", "txt", "md")


def as_work(request: HttpRequest, work: Work, on: date) -> dict[str, Any]:
    """A work as it stands on a day. No statement."""
    return {
        "key": work.key,
        "slug": work.slug,
        "title": work.title,
        "kind": work.kind,
        "level": work.level,
        "region": work.region,
        "organ": work.organ,
        "number": work.number,
        "status": str(queries.status(work, on)),
        "first_day": _day(work.first_day),
        "repealed_since": _day(work.repealed_since),
        "repealed_by": work.repealed_by or None,
        "iri": identity_of(work).work,
        "url": request.build_absolute_uri(reverse("api-law", args=[work.slug])),
        "page": request.build_absolute_uri(str(law.Address(work.slug))),
    }


def as_edition(request: HttpRequest, edition: Edition, on: date) -> dict[str, Any]:
    """An edition as it stands on a day, with the addresses of its text. No statement, `work` loaded."""
    slug, day = edition.work.slug, edition.day.isoformat()
    return {
        "date": day,
        "title": edition.title,
        "effective": _day(edition.effective),
        "effective_basis": edition.basis,
        "closed_on": _day(edition.closed_on),
        "status": str(queries.edition_status(edition, on)),
        "number": edition.number,
        "articles": edition.articles,
        "characters": edition.characters,
        "sha256": edition.digest,
        "published_at": _moment(edition.published_at),
        "iri": identity_of(edition.work, edition.day).expression,
        "url": request.build_absolute_uri(reverse("api-law-edition", args=[slug, day])),
        "page": request.build_absolute_uri(str(law.Address(slug, edition.day))),
        "files": {form: request.build_absolute_uri(reverse("law-file", args=[slug, day, form])) for form in FORMS},
    }


def as_unit(request: HttpRequest, edition: Edition, document: law.Document, place: int) -> dict[str, Any]:
    """A unit of an edition with its whole text, what holds it and what it holds. No statement."""
    unit = document.units[place]
    slug = edition.work.slug

    def link(eid: str) -> str:
        kept = reverse("api-law-unit", args=[slug, eid])
        return request.build_absolute_uri(f"{kept}?edition={edition.day.isoformat()}")

    above = document.units[unit.parent].eid if unit.parent >= 0 else ""
    below = [document.units[each].eid for each in document.children(place)]
    return {
        "eid": unit.eid,
        "level": str(unit.level),
        "number": unit.number,
        "label": unit.label,
        "heading": unit.heading,
        "cited_as": citation_label(document, unit.eid),
        "text": document.text(unit),
        "edition": edition.day.isoformat(),
        "permalink": request.build_absolute_uri(str(law.Address(slug, edition.day, unit.eid))),
        "url": link(unit.eid),
        "parent": {"eid": above, "url": link(above)} if above else None,
        "children": [{"eid": eid, "url": link(eid)} for eid in below if eid],
    }


def as_cited_by(request: HttpRequest, row: Citation) -> dict[str, Any]:
    """A place of another text that cites this. No statement, `edition` and its work loaded."""
    citing = row.edition
    address = law.Address(citing.work.slug, citing.day, row.unit)
    return {
        "work": citing.work.key,
        "title": citing.work.title,
        "edition": citing.day.isoformat(),
        "unit": row.unit,
        "eid": row.eid,
        "outcome": row.outcome,
        "permalink": request.build_absolute_uri(str(address)),
    }


def identity_of(work: Work, edition: date | None = None) -> exports.Identity:
    """What names a work and one of its editions in the world: kind, first day of its history, key."""
    return exports.Identity(work.kind, next(iter(work.change_days), None), work.key, edition)


def references_of(rows: Iterable[Citation]) -> list[exports.Reference]:
    """Stored citations that lead somewhere, as links of an exported text."""
    found: list[exports.Reference] = []
    for (start, end), group in groupby(rows, key=lambda row: (row.start, row.end)):
        units = list(group)
        first = units[0]
        eids = [row.eid for row in units if row.eid]
        if first.outcome == Outcome.FOUND and not first.name:
            if eids:
                found.append(exports.link(start, end, "", eids))
        elif first.outcome == Outcome.FOUND and first.cited and first.cited_edition:
            text = identity_of(first.cited, first.cited_edition.day).expression
            found.append(exports.link(start, end, text, eids))
        elif first.outcome == Outcome.NOT_CHECKED and first.cited:
            found.append(exports.Reference(start, end, identity_of(first.cited).work))
    return found


def cited_of(rows: Iterable[Citation]) -> list[exports.Cited]:
    """Stored citations as they are written out; the units of a range in one."""
    found: list[exports.Cited] = []
    for (start, end), group in groupby(rows, key=lambda row: (row.start, row.end)):
        units = list(group)
        first = units[0]
        found.append(
            exports.Cited(
                start, end, first.unit, first.outcome, first.name, first.number, first.cited.key if first.cited else "",
                first.cited_edition.day if first.cited_edition else None, tuple(row.eid for row in units if row.eid),
            )
        )  # fmt: skip
    return found


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
