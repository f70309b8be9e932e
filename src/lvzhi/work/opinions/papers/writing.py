"""What the papers of an opinion share: who signs, how a matter is called, which article is cited."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from lvzhi.core.paper import Form, Number, Paper, Paragraph, body
from lvzhi.core.procedure import Explanation
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.records.matters.queries import explanations

Data = Mapping[str, object]

OF_THE_BODY = ("answer", "pass_answer", "answer_together", "extend")
"""What a supervised body tells the petitioner itself, in its own name and under its own number."""

DATED = re.compile(r"[(（][0-9-]+[)）]$")


def office_of(matter: Matter) -> str:
    """Who signs: the congress's petition office as its settings name it."""
    return str(matter.congress.settings.get("petition_office_name") or f"{matter.congress.name}常务委员会信访办公室")


def code_of(matter: Matter) -> str:
    """机关代字 of the office's letters."""
    return str(matter.congress.settings.get("petition_paper_code") or f"{matter.congress.short[:1]}人信函")


def of_the_body(entry: Entry) -> bool:
    unit = entry.matter.responsible
    return entry.action in OF_THE_BODY and unit is not None and unit.is_supervised


def letter(
    entry: Entry,
    number: Number | None,
    title: str,
    addressee: str,
    paragraphs: list[Paragraph],
) -> Paper:
    unit = entry.matter.responsible
    office = unit.name if unit and of_the_body(entry) else office_of(entry.matter)
    return Paper(
        issuer=office,
        number=number,
        title=title,
        paragraphs=tuple(paragraphs),
        dated=entry.on,
        addressee=addressee,
        signature=office,
        form=Form.LETTER,
    )


def running(matter: Matter, *names: str) -> Explanation | None:
    """The first of these clocks that still runs."""
    known = {item.clock: item for item in explanations(matter) if item.value.status in {"running", "paused"}}
    return next((known[name] for name in names if name in known), None)


def received_on(matter: Matter) -> date:
    """The day the matter reached us, which for a letter is not the day it was entered."""
    days = [item.value.started_on for item in explanations(matter) if item.clock == "notify"]
    return next((day for day in days if day), matter.opened_on)


def kind_of(entry: Entry) -> object:
    """The 事项类别 chosen when the matter was accepted or assigned. One statement."""
    last = entry.matter.entries.filter(action__in=["accept", "assign"]).order_by("-seq").first()
    return last.data.get("kind") if last else None


def cite(matter: Matter, *names: str) -> str:
    """《信访工作条例》第三十四条, for those of `names` the matter's procedure knows; without the date of the text."""
    known = procedure_of(matter).citations
    found = [known[name] for name in names if name in known]
    return "和".join(f"《{DATED.sub('', item.law)}》{item.article.removesuffix('（参照）')}" for item in found)


def titled(matter: Matter) -> str:
    return f"“{matter.title}”信访事项"


def called(matter: Matter) -> str:
    return f"{titled(matter)}（编号：{matter.number}）"


def instructions(data: Data) -> list[Paragraph]:
    parts = [part.strip() for part in str(data.get("note") or "").split("\n") if part.strip()]
    return [body(f"办理要求：{part}" if place == 0 else part) for place, part in enumerate(parts)]
