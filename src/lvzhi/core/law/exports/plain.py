"""A text of law as JSON and as plain text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from lvzhi.core.law.address import Address, slug
from lvzhi.core.law.citations.resolve import Resolution
from lvzhi.core.law.exports.frbr import Identity
from lvzhi.core.law.structure import Document, Event, Unit

FORMAT = "lvzhi-law/1"


def text(document: Document) -> str:
    """The text itself, to the letter."""
    return document.join()


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation with its target, as it is written out; see `schema()`."""

    start: int
    end: int
    unit: str
    outcome: str
    law: str
    number: str
    work: str
    edition: date | None
    eids: tuple[str, ...]

    @classmethod
    def of(cls, each: Resolution) -> Cited:
        """A citation that was resolved."""
        said = each.citation
        return cls(
            said.start, said.end, said.unit, str(each.outcome), said.law, said.number, each.work, each.edition,
            each.eids,
        )  # fmt: skip


def as_json(document: Document, citations: Iterable[Cited] = (), identity: Identity | None = None) -> dict[str, Any]:
    """The document as plain values, described by `schema()`.

    The `text` of all units in order is the source, to the letter; offsets count its characters (code points).
    """
    about, named = document.metadata, identity or Identity.of(document.metadata)
    return {
        "format": FORMAT,
        "work": {
            "key": named.key, "title": about.title, "kind": named.kind, "organ": about.organ,
            "region": about.region, "number": about.number, "iri": named.work,
            "address": str(Address(slug(named.key))),
        },
        "edition": {
            "date": _day(named.edition), "effective": _day(about.effective), "effective_basis": str(about.basis),
            "named": _day(about.named), "adopted": _day(about.adopted), "promulgated": _day(about.promulgated),
            "iri": named.expression, "address": str(Address(slug(named.key), named.edition)),
        },
        "history": [_event(each) for each in about.history],
        "units": [_unit(document, each) for each in document.units],
        "citations": [as_values(each) for each in citations],
        "oddities": [
            {"line": each.line, "code": each.code, "sentence": str(each), "sentence_en": each.sentence("en")}
            for each in document.oddities
        ],
    }  # fmt: skip


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


def as_values(each: Cited) -> dict[str, Any]:
    """A citation as plain values."""
    return {
        "start": each.start, "end": each.end, "unit": each.unit, "outcome": each.outcome, "law": each.law,
        "number": each.number, "work": each.work, "edition": _day(each.edition), "eids": list(each.eids),
    }  # fmt: skip
