"""Records as the desk shows them: a basis, a deadline with its reasons, a state, a category."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lvzhi.core.calendar.steps import Lang
from lvzhi.core.procedure import Citation, ClockValue, Explanation, Procedure, ProcedureError
from lvzhi.faces.design.shapes import Basis, Due, State
from lvzhi.faces.design.wording import due_on, short_date
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.perform import words
from lvzhi.records.matters.procedures import procedure_of, registry
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions.categories import categories

ARTICLE = re.compile(r"第[^条]+条(之[一二三四五六七八九十]+)?")
SHORT_NAMES = (
    ("中华人民共和国", ""),
    ("地方各级人民代表大会和地方各级人民政府组织法", "地方组织法"),
    ("各级人民代表大会常务委员会监督法", "监督法"),
    ("全国人民代表大会和地方各级人民代表大会代表法", "代表法"),
)


def lang() -> Lang:
    """The language of this page."""
    return "en" if (get_language() or "").startswith("en") else "zh"


@lru_cache(maxsize=1024)
def short_law(law: str) -> str:
    """A law's name as the office says it, without its edition: 监督法."""
    name = re.sub(r"[（(][^）)]*[）)]$", "", law)
    for long, short in SHORT_NAMES:
        name = name.replace(long, short)
    return name


def basis_of(citation: Citation) -> Basis:
    """The seal of a citation; a local practice gets the grey mark."""
    return _basis(citation.law, citation.article, citation.kind, citation.render("zh"))


@lru_cache(maxsize=1024)
def _basis(law: str, article: str, kind: str, title: str) -> Basis:
    if kind == "practice":
        return Basis("本会做法", kind="internal", title=title)
    return Basis(f"{short_law(law)} {article}", kind="law" if kind == "law" else "local", title=title)


def brief_basis_of(citation: Citation) -> Basis:
    """The seal for a narrow column: the article without its paragraph; the whole stands in the reasons beside it."""
    whole = citation.render("zh")
    found = ARTICLE.match(citation.article)
    return _basis(citation.law, found[0] if found else citation.article, citation.kind, whole)


def written_basis(rule: dict[str, str]) -> Basis:
    """The seal of a rule as an entry of the ledger keeps it."""
    law = rule.get("law", "")
    kind = "law" if short_law(law).endswith("法") else "regulation"
    return _basis(law, rule.get("article", ""), kind, f"《{law}》{rule.get('article', '')}")


def due_of(item: Explanation, today: date) -> Due:
    """A clock as a chip that opens to the whole chain: rule, article, start, steps, result."""
    value, said = item.value, lang()
    chip = _chip(value, today)
    result = ""
    if value.due is None and value.internal_due is not None:
        result = _("内部目标 %(day)s，不是法定期限") % {"day": short_date(value.internal_due, today)}
    started = ""
    if item.started_by is not None:
        began = value.started_on or item.started_by.on
        started = _("%(day)s「%(act)s」") % {"day": short_date(began, today), "act": words(item.started_by.text)}
    return replace(
        chip,
        rule=words(item.text),
        citation=basis_of(item.citation),
        started=started,
        result=result,
        steps=[step.render(said) for step in value.steps],
        internal=value.internal_due is not None,
    )


def _chip(value: ClockValue, today: date) -> Due:
    if value.status == "waived":
        return Due(text=_("已豁免"))
    if value.status == "cancelled":
        return Due(text=_("不再适用"))
    if value.status == "paused":
        return Due(tone="paused", text=_("停止计时"))
    if value.due is None:
        return Due(tone="met", text=_("已办到")) if value.status == "met" else Due()
    if value.lapses and value.status == "running" and value.due < today:
        return Due(date=value.due, date_text=short_date(value.due, today), text=_("已过，不能再提"))
    return due_on(value.due, today, met_on=value.met_on)


def state_of(procedure: Procedure, name: str) -> State:
    """Where a matter stands, with its tone."""
    state = procedure.states.get(name)
    if state is None:
        return State(name)
    return State(words(state.text), "closed" if state.final else "todo" if state.initial else "doing")


def state_of_matter(matter: Matter) -> State:
    """Where this matter stands."""
    return state_of(procedure_of(matter), matter.state)


def procedure_names(congress: Congress, today: date) -> dict[str, str]:
    """Every procedure of this congress by id, as the reader calls it."""
    known, found = registry(), {}
    for name in known.ids():
        try:
            found[name] = words(known.get(name, today, congress.region).text)
        except ProcedureError:  # not yet, or no longer, in force: nothing can be filed under it
            continue
    return found


def category_names(congress: Congress) -> dict[str, str]:
    """The subjects of a congress by key."""
    return {category.key: str(category) for category in categories(congress)}
