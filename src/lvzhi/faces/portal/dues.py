"""Statutory dates as the public reads them: the day, how far off, and why it is that day."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from lvzhi.core.procedure import Citation, Explanation
from lvzhi.faces.design.shapes import Basis, BasisKind, Due
from lvzhi.faces.design.wording import cn_date, due_on
from lvzhi.faces.portal.shell import lang
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.perform import words
from lvzhi.records.matters.queries import explanations

SHORT = {
    "全国人民代表大会和地方各级人民代表大会代表法": "代表法",
    "各级人民代表大会常务委员会监督法": "监督法",
    "地方各级人民代表大会和地方各级人民政府组织法": "地方组织法",
}
_EDITION = re.compile(r"\((\d{4}-\d{2}-\d{2})\)$")


def basis_of(citation: Citation) -> Basis:
    """The seal of a citation: 法 for national texts, 规 for local ones, 制 for what is only practice."""
    law = _EDITION.sub("", citation.law)
    kind: BasisKind = "rule" if citation.kind == "practice" else "law" if citation.level == "national" else "local"
    text = citation.render(lang()) if citation.kind == "practice" else f"{SHORT.get(law, law)} {citation.article}"
    return Basis(text, kind=kind, title=citation.render(lang()))


def due_of(item: Explanation, today: date) -> Due:
    """One clock as a chip that opens; without a statutory day, the target of the house marked as such."""
    value = item.value
    day = value.due or value.internal_due
    started = ""
    if item.started_by:
        started = f"{cn_date(item.started_by.on)} {words(item.started_by.text)}"
    return replace(
        due_on(day, today, met_on=value.met_on, paused=value.status == "paused"),
        rule=words(item.text),
        citation=basis_of(item.citation),
        started=started,
        steps=[step.render(lang()) for step in value.steps],
        internal=value.due is None and day is not None,
    )


def running(matter: Matter, today: date) -> list[tuple[str, Due]]:
    """The clocks that run now, each with its name, soonest first. No statement."""
    found = [
        item for item in explanations(matter) if item.value.status in ("running", "paused") and not item.value.lapses
    ]
    found.sort(key=lambda item: item.due or item.value.internal_due or date.max)
    return [(words(item.text), due_of(item, today)) for item in found if item.due or item.value.internal_due]
