"""A procedure's clocks and citations as components: the one place where an explanation becomes a chip and a seal.

A date that no law sets is drawn as a target of the house (grey, 内), whatever colour a statutory one would have.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lvzhi.core.calendar.steps import Lang
from lvzhi.core.procedure import Citation, Explanation
from lvzhi.faces.design.articles import article_url
from lvzhi.faces.design.shapes import Basis, Due, kind_of
from lvzhi.faces.design.wording import due_on, short_date
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.procedures import words
from lvzhi.records.matters.queries import explanations, runs

ARTICLE = re.compile(r"第[^条]+条(之[一二三四五六七八九十]+)?")
SHORT_NAMES = (
    ("中华人民共和国", ""),
    ("地方各级人民代表大会和地方各级人民政府组织法", "地方组织法"),
    ("各级人民代表大会常务委员会听取和审议人民政府、人民法院和人民检察院", ""),
    ("各级人民代表大会常务委员会监督法", "监督法"),
    ("全国人民代表大会和地方各级人民代表大会代表法", "代表法"),
    ("北京市人民代表大会代表建议、批评和意见办理条例", "代表建议办理条例"),
)


def lang() -> Lang:
    """The reader's language, as the procedures name it."""
    return "en" if (get_language() or "").startswith("en") else "zh"


@lru_cache(maxsize=1024)
def short_law(law: str) -> str:
    """A law's name as the office says it, without its edition: 监督法."""
    name = re.sub(r"[（(][^）)]*[）)]$", "", law)
    for long, short in SHORT_NAMES:
        name = name.replace(long, short)
    return name


def basis_of(citation: Citation) -> Basis:
    """The seal of a citation, a link to the article in the procedure's edition; a local practice gets the grey mark."""
    return _basis(citation.law, citation.article, "", citation.kind, citation.render(lang()), lang())


def brief_basis_of(citation: Citation) -> Basis:
    """The seal for a narrow column: the article without its paragraph; the whole stands in the reasons beside it."""
    found = ARTICLE.match(citation.article)
    brief = found[0] if found else ""
    return _basis(citation.law, citation.article, brief, citation.kind, citation.render(lang()), lang())


def written_basis(rule: dict[str, str]) -> Basis:
    """The seal of a rule as an entry of the ledger keeps it."""
    law, article = rule.get("law", ""), rule.get("article", "")
    return _basis(law, article, "", "practice" if law == "practice" else "law", f"《{law}》{article}", lang())


@lru_cache(maxsize=2048)
def _basis(law: str, article: str, brief: str, kind: str, title: str, _language: Lang) -> Basis:
    """A seal that leads to the article: the address comes from the citation alone, so no row costs a statement."""
    if kind == "practice":
        return Basis(_("本会做法"), kind="internal", title=title)
    name = short_law(law)
    return Basis(f"{name} {brief or article}", url=article_url(law, article), kind=kind_of(name), title=title)


def is_statutory(item: Explanation) -> bool:
    """Whether a law sets the day: practice and targets of the house do not."""
    return item.value.due is not None and item.citation.kind != "practice"


def due_of(item: Explanation, today: date) -> Due:
    """A clock as a chip that opens to the whole chain: rule, article, start, steps, result."""
    value, internal = item.value, False
    chip = _resting(item, today)
    if chip is None:
        day = value.due or value.internal_due
        internal = day is not None and not is_statutory(item)
        chip = due_on(day, today, met_on=value.met_on)
    started = ""
    if item.started_by is not None:
        began = value.started_on or item.started_by.on
        started = _("%(day)s「%(act)s」") % {"day": short_date(began, today), "act": words(item.started_by.text)}
    result = ""
    if internal:
        result = _("内部目标 %(day)s，不是法定期限") % {"day": short_date(chip.date, today)}
    return replace(
        chip,
        rule=words(item.text),
        citation=basis_of(item.citation),
        started=started,
        result=result,
        steps=[step.render(lang()) for step in value.steps],
        internal=internal,
    )


def _resting(item: Explanation, today: date) -> Due | None:
    """The chip of a clock that asks for no day: waived, cancelled, stopped, over, or met without one."""
    value = item.value
    if value.status == "waived":
        return Due(text=_("已豁免"))
    if value.status == "cancelled":
        return Due(text=_("不再适用"))
    if value.status == "paused":
        return Due(tone="paused", text=_("停止计时"))
    if value.due is None and value.status == "met":
        return Due(tone="met", text=_("已办到"))
    if value.due and value.lapses and value.status == "running" and value.due < today:
        return Due(date=value.due, date_text=short_date(value.due, today), text=_("已过，不能再提"))
    return None


def running(matter: Matter, today: date, *, rights: bool = False) -> list[tuple[str, Due]]:
    """The clocks that run now and have a day, each with its name, soonest first. No statement.

    With `rights`, times to object count too until they are over: nobody is late with those.
    """
    if not runs(matter):
        return []
    found = []
    for item in explanations(matter):
        day = item.due or item.value.internal_due
        over = item.value.lapses and (not rights or (day is not None and day < today))
        if item.value.status in ("running", "paused") and day and not over:
            found.append((day, words(item.text), due_of(item, today)))
    return [(name, due) for _day, name, due in sorted(found, key=lambda each: each[0])]
