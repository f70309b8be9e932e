"""A text of law as JSON and as plain text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from lvzhi.core.law.address import Address, slug
from lvzhi.core.law.citations.resolve import Resolution
from lvzhi.core.law.exports.frbr import expression_iri, work_iri
from lvzhi.core.law.structure import Document, Event, Metadata, Unit

FORMAT = "lvzhi-law/1"


def text(document: Document) -> str:
    """The text itself, to the letter."""
    return document.join()


def as_json(document: Document, resolutions: Iterable[Resolution] = ()) -> dict[str, Any]:
    """The document as plain values, described by `schema()`.

    The `text` of all units in order is the source, to the letter; offsets count its characters (code points).
    """
    about = document.metadata
    return {
        "format": FORMAT,
        "work": {
            "key": slug(about.title), "title": about.title, "kind": str(about.kind), "organ": about.organ,
            "region": about.region, "number": about.number, "iri": work_iri(about),
            "address": str(Address(slug(about.title))),
        },
        "edition": {
            "date": _day(about.edition), "effective": _day(about.effective), "effective_basis": str(about.basis),
            "named": _day(about.named), "adopted": _day(about.adopted), "promulgated": _day(about.promulgated),
            "iri": expression_iri(about), "address": str(Address(slug(about.title), about.edition)),
        },
        "history": [_event(each) for each in about.history],
        "units": [_unit(document, each) for each in document.units],
        "citations": [_citation(each) for each in resolutions],
        "oddities": [{"line": each.line, "code": each.code, "sentence": str(each)} for each in document.oddities],
    }  # fmt: skip


def edition_fields(about: Metadata) -> Mapping[str, str | None]:
    """The dates of an edition as plain values."""
    return {"date": _day(about.edition), "effective": _day(about.effective), "effective_basis": str(about.basis)}


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of `as_json`."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("law.schema.json").read_text("utf-8"))
    return found


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _event(each: Event) -> dict[str, Any]:
    return {"act": str(each.act), "date": _day(each.day), "organ": each.organ, "number": each.number, "by": each.by}


def _unit(document: Document, unit: Unit) -> dict[str, Any]:
    return {
        "level": str(unit.level), "eid": unit.eid, "number": unit.number, "label": unit.label, "heading": unit.heading,
        "parent": unit.parent, "line": unit.line, "start": unit.start, "text": document.source[unit.start : unit.end],
    }  # fmt: skip


def _citation(each: Resolution) -> dict[str, Any]:
    citation = each.citation
    return {
        "start": citation.start, "end": citation.end, "unit": citation.unit, "outcome": str(each.outcome),
        "law": citation.law, "number": citation.number, "work": each.work, "edition": _day(each.edition),
        "eids": list(each.eids),
    }  # fmt: skip
