"""The front of the library: one box to find an article, lists to narrow the search, the kinds of law to browse."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.core.law import Status
from lvzhi.core.law.reading import short_title
from lvzhi.faces.design.shapes import AgendaItem, Link
from lvzhi.faces.design.wording import cn_date
from lvzhi.faces.portal.law import finding
from lvzhi.faces.portal.law.addresses import HERE, law_url
from lvzhi.faces.portal.law.finding import Asked
from lvzhi.faces.portal.law.words import STATUSES, state_of
from lvzhi.faces.portal.shell import page
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.people.models import Congress
from lvzhi.work.statutes import indexing, queries
from lvzhi.work.statutes.models import Kind, Level, Work

PAGE = 40
_TITLES = 6
_NEWEST = 8
_HELD = 300
_RULES = (Status.IN_FORCE, Status.NOT_YET_IN_FORCE, Status.AMENDED, Status.REPEALED)


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The search and its results; the list of laws where filters are set without words; else the front.

    Six statements or so. A law's name with a number leads straight to the article.
    """
    congress, today = congress_of(request), clock.today()
    asked = finding.read(request.GET)
    if asked.words and not asked.is_filtered and (address := finding.jump(congress, asked.words, today=today)):
        return HttpResponseRedirect(address)
    held = queries.held(congress.pk)
    context: dict[str, Any] = {
        "asked": asked,
        "held": held,
        "here": reverse(HERE),
        "suggest_url": reverse("portal-law-suggest"),
        "selects": _selects(asked, held),
        "open": bool(asked.level or asked.region or asked.status or asked.on),
        "kinds": _kinds(asked, held),
        "conditions": _conditions(asked),
        "office": _for_the_office(request, congress),
    }
    if asked.words:
        found = finding.find(congress, asked, today=today)
        context |= {"found": found, "titles": _titles(congress, asked), "tips": _tips(asked)}
    elif asked.is_filtered:
        context |= _listed(request, congress, asked)
    else:
        context["newest"] = [
            {"day": each.day, "title": short_title(each.title), "url": law_url(each.work.slug, each.day)}
            for each in queries.newest(congress.pk, limit=_NEWEST)
        ]
    return page(request, "law/library", context, current=HERE)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Names and articles that begin as typed, for the box of the search: {"suggestions": [{"text", "url"}]}."""
    typed = request.GET.get("q", "").replace("\x00", "")[:60]
    found = finding.suggestions(congress_of(request), typed, today=clock.today())
    answer = JsonResponse({"suggestions": found}, json_dumps_params={"ensure_ascii": False})
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


def address_of(asked: Asked, **other: str) -> str:
    """The address of a search, with some of it changed."""
    given = {
        "q": asked.words, "kind": asked.kind, "level": asked.level, "region": asked.region, "status": asked.status,
        "on": asked.on.isoformat() if asked.on else "", **other,
    }  # fmt: skip
    kept = {name: value for name, value in given.items() if value}
    return f"{reverse(HERE)}?{urlencode(kept)}" if kept else reverse(HERE)


def _kinds(asked: Asked, held: queries.Held) -> list[Link]:
    """The kinds of which something is held, as chips; with words typed they narrow the search."""
    chips = [Link(_("全部"), address_of(asked, kind=""), held.works, current=not asked.kind)]
    return chips + [
        Link(str(label), address_of(asked, kind=value), held.kinds[value], current=asked.kind == value)
        for value, label in Kind.choices
        if held.kinds.get(value)
    ]


def _selects(asked: Asked, held: queries.Held) -> list[dict[str, Any]]:
    """The drop-down lists: level, region, status."""
    levels = [(value, str(label)) for value, label in Level.choices if held.levels.get(value)]
    regions = [(each, each) for each in held.regions]
    statuses = [(status.value, str(STATUSES[status][0])) for status in _RULES[1:]]
    return [
        _select("level", _("哪一级的"), asked.level, [("", _("不限")), *levels]),
        _select("region", _("哪里的"), asked.region, [("", _("不限")), *regions]),
        _select("status", _("效力"), asked.status, [("", _("现行有效")), *statuses, ("all", _("不限"))]),
    ]


def _select(name: str, label: str, chosen: str, options: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {"name": name, "label": label, "options": [(value, text, value == chosen) for value, text in options]}


def _conditions(asked: Asked) -> list[Link]:
    """What narrows the search, each with the address without it."""
    named = [
        ("level", Level(asked.level).label if asked.level else ""),
        ("region", asked.region),
        ("status", _status_name(asked.status)),
        ("on", _("%(day)s有效") % {"day": cn_date(asked.on)} if asked.on else ""),
    ]
    return [Link(str(label), address_of(asked, **{name: ""}), icon="x") for name, label in named if label]


def _status_name(status: str) -> str:
    if status == "all":
        return _("效力不限")
    return str(STATUSES[Status(status)][0]) if status else ""


def _for_the_office(request: HttpRequest, congress: Congress) -> str:
    """What the office should know of the index; nobody else is told."""
    if not actor_of(request).is_staff:
        return ""
    if indexing.index_of(congress) is None:
        return _("检索索引还没有建，现在是逐篇查找，只能按原文的字找。请运行 lvzhi laws index。")
    if indexing.is_due(congress):
        return _("检索索引比法规库旧，新公布的文本还找不到。过几分钟会自动重建；急用请运行 lvzhi laws index。")
    return ""


def _titles(congress: Congress, asked: Asked) -> list[Link]:
    """Laws whose name holds the words. One statement."""
    status = asked.status if asked.status != "all" else ""
    rows = queries.works(
        congress.pk, on=asked.on or clock.today(), kind=asked.kind, level=asked.level, region=asked.region,
        status="" if status == Status.AMENDED else status, words=asked.words,
    )  # fmt: skip
    return [Link(short_title(work.title), law_url(work.slug)) for work in rows[:_TITLES]]


def _tips(asked: Asked) -> list[Link]:
    """What else to try where nothing was found."""
    tips = []
    if asked.is_filtered:
        tips.append(Link(_("去掉所有条件再找"), address_of(Asked(asked.words))))
    elif not asked.status:
        tips.append(Link(_("连已经废止和被修改的一起找"), address_of(asked, status="all")))
    return tips


def _listed(request: HttpRequest, congress: Congress, asked: Asked) -> dict[str, Any]:
    """The laws that fit the filters, a page at a time. Two statements."""
    on = asked.on or clock.today()
    status = {"": Status.IN_FORCE.value, "all": "", Status.AMENDED.value: ""}.get(asked.status, asked.status)
    rows = queries.works(
        congress.pk, on=on, kind=asked.kind, level=asked.level, region=asked.region, status=status
    )  # fmt: skip
    number = request.GET.get("page", "1")
    at = min(max(int(number), 1), _HELD) if number.isdecimal() and len(number) < 5 else 1
    found = list(rows[(at - 1) * PAGE : at * PAGE + 1])
    return {
        "laws": [_law(work, on) for work in found[:PAGE]],
        "total": rows.count(),
        "all_url": "" if asked.status else address_of(asked, status="all"),
        "older": address_of(asked, page=str(at + 1)) if len(found) > PAGE else "",
        "newer": address_of(asked, page=str(at - 1) if at > 2 else "") if at > 1 else "",
    }


def _law(work: Work, on: date) -> AgendaItem:
    """A line of the list."""
    changed = work.change_days
    said = [work.organ or work.region]
    if changed:
        said.append(_("%(day)s最近一次制定或者修改") % {"day": cn_date(changed[-1])})
    status = queries.status(work, on)
    return AgendaItem(
        "", short_title(work.title), law_url(work.slug), "", _("，").join(each for each in said if each),
        None if status is Status.IN_FORCE else state_of(status), [],
    )  # fmt: skip
