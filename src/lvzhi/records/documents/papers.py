"""Issuing official papers and giving them out again as they were, as text, .docx or PDF."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from lvzhi.core.paper import Bar, Chart, FontSet, Form, Number, Paper, Paragraph, Style, docx, pdf, text
from lvzhi.records.documents.models import IssuedPaper
from lvzhi.records.matters.models import Entry


def to_json(paper: Paper) -> dict[str, Any]:
    """A paper as plain data, from which it can be laid out again years later."""

    def plain(value: Any) -> Any:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return [plain(item) for item in value]
        return str(value) if isinstance(value, Form | Style) else value

    found: dict[str, Any] = plain(dataclasses.asdict(paper))
    return found


def from_json(data: dict[str, Any]) -> Paper:
    """The paper from `to_json`."""
    given = dict(data)
    given["number"] = Number(**data["number"]) if data.get("number") else None
    given["paragraphs"] = tuple(_block(item) for item in data["paragraphs"])
    given["attachments"], given["copy_to"] = tuple(data["attachments"]), tuple(data["copy_to"])
    for name in ("dated", "printed_on"):
        given[name] = date.fromisoformat(data[name]) if data.get(name) else None
    given["form"] = Form(data["form"])
    return Paper(**given)


def _block(data: dict[str, Any]) -> Paragraph | Chart:
    if "bars" in data:
        return Chart(data["title"], data["unit"], tuple(Bar(**bar) for bar in data["bars"]))
    return Paragraph(Style(data["style"]), data["text"])


def issue(entry: Entry, papers: Sequence[tuple[str, Paper]]) -> list[IssuedPaper]:
    """Keep the papers an entry brought forth. One statement."""
    rows = [
        IssuedPaper(
            congress_id=entry.congress_id,
            matter_id=entry.matter_id,
            entry=entry,
            kind=kind,
            title=paper.title.replace("\n", ""),
            number=str(paper.number or ""),
            text=text(paper),
            content=to_json(paper),
            issued_on=entry.on,
        )
        for kind, paper in papers
    ]
    return IssuedPaper.objects.bulk_create(rows)


def fonts() -> FontSet:
    """The typefaces the deployer supplies (setting `LVZHI_FONT_DIR`), else what the system has."""
    folder = settings.LVZHI_FONT_DIR
    return FontSet.from_folder(Path(folder)) if folder else FontSet()


def as_docx(paper: IssuedPaper) -> bytes:
    """The paper in Word format, laid out by GB/T 9704-2012."""
    return docx(from_json(paper.content))


def as_pdf(paper: IssuedPaper) -> bytes:
    """The paper as PDF."""
    return pdf(from_json(paper.content), fonts())
