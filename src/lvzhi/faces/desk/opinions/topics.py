"""一周热点: groups of the week's opinions about the same thing, each a page with its places, growth and opinions."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lvzhi.faces.design.shapes import Column, Count, Link, Row
from lvzhi.faces.design.wording import cn_datetime, short_date
from lvzhi.faces.desk.addresses import pages
from lvzhi.faces.desk.context import office_required, page
from lvzhi.faces.desk.shown import state_of_matter
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions import actions, queries
from lvzhi.work.opinions.models import HotTopic, Opinion

MOST_MERGED = 100


@office_required
@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    """The topics of a week, the largest first."""
    congress, today = congress_of(request), clock.today()
    weeks = queries.hot_weeks(congress.pk)
    week = _week(request.GET.get("week", ""), weeks)
    found = queries.hot_topics(congress.pk, week=week) if week else []
    context = {
        "topics": [
            {
                "topic": each,
                "url": reverse("desk-topic", args=[each.pk]),
                "growth": growth(each),
                "places": _("、").join(f"{place['name']} {place['count']}" for place in each.places[:4]),
                "words": _("、").join(each.words),
            }
            for each in found
        ],
        "weeks": [
            Link(_week_name(each, today), f"{reverse('desk-topics')}?week={each.isoformat()}", current=each == week)
            for each in weeks
        ],
        "at": cn_datetime(found[0].reckoned_at) if found else "",
    }
    return page(request, "desk/opinions/topics.html", context, here="desk-topics")


def _week(text: str, weeks: list[date]) -> date | None:
    asked = next((each for each in weeks if each.isoformat() == text), None)
    return asked or (weeks[0] if weeks else None)


def _week_name(monday: date, today: date) -> str:
    return _("%(first)s至%(last)s") % {
        "first": short_date(monday, today),
        "last": short_date(monday + timedelta(days=6), today),
    }


def growth(topic: HotTopic) -> str:
    """How a topic grew against the seven days before."""
    if not topic.last_week:
        return _("前七天没有")
    if topic.size == topic.last_week:
        return _("和前七天一样多")
    return _("前七天 %(n)s 件") % {"n": topic.last_week}


@office_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def topic(request: HttpRequest, key: UUID) -> HttpResponse:
    """GET shows a topic with its opinions; POST merges those that can be into the oldest one."""
    congress, actor = congress_of(request), actor_of(request)
    found = queries.hot_topic(congress.pk, key)
    if found is None:
        raise Http404
    if request.method == "POST":
        _merge_all(request, found, actor)
        return redirect("desk-topic", key=found.pk)
    shown = queries.opinions_of(found, after=request.GET.get("after", ""))
    today = clock.today()
    lead = _lead(shown.rows)
    context = {
        "topic": found,
        "growth": growth(found),
        "words": _("、").join(found.words),
        "places": [Count(str(place["name"]), int(place["count"])) for place in found.places],
        "columns": [Column(_("题目")), Column(_("状态")), Column(_("街道")), Column(_("承办")), Column(_("收到"))],
        "rows": [_row(each, today) for each in shown.rows],
        "lead": lead,
        "open": sum(_can_merge(each, lead) for each in shown.rows) if lead else 0,
        "may_merge": "petition_office" in actor.roles,
        "raise_url": f"{reverse('desk-clue-new')}?topic={found.pk}",
        "crumbs": [Link(_("一周热点"), reverse("desk-topics")), Link(found.title)],
        **pages(request, shown.after),
    }
    return page(request, "desk/opinions/topic.html", context, here="desk-topics")


def _row(opinion: Opinion, today: date) -> Row:
    matter = opinion.matter
    lead = opinion.merged_into
    state = _("并入 %(number)s") % {"number": lead.matter.number} if lead else state_of_matter(matter)
    return Row(
        [
            Link(f"{matter.number} {matter.title}", reverse("desk-matter", args=[matter.pk])),
            state,
            matter.area.short if matter.area else "",
            matter.responsible.short if matter.responsible else "",
            short_date(matter.opened_on, today),
        ]
    )


def _lead(opinions: list[Opinion]) -> Opinion | None:
    """The one the others would be merged into: the oldest that is open and not answered, better one that leads."""
    fit = [
        each
        for each in opinions
        if each.matter.is_open and each.merged_into_id is None and each.matter.state not in actions.ANSWERED_STATES
    ]
    leading = {each.merged_into_id for each in opinions if each.merged_into_id}
    return next((each for each in fit if each.pk in leading), fit[0] if fit else None)


def _can_merge(opinion: Opinion, lead: Opinion) -> bool:
    return opinion.pk != lead.pk and opinion.merged_into_id is None and opinion.matter.state in queries.FRESH


def _merge_all(request: HttpRequest, found: HotTopic, actor: Actor) -> None:
    rows = queries.opinions_of(found, limit=MOST_MERGED).rows
    lead = _lead(rows)
    done = 0
    for each in rows if lead else []:
        if lead is None or not _can_merge(each, lead):
            continue
        try:
            actions.merge(each.matter_id, lead=lead.matter.number, actor=actor, on=clock.today(), at=clock.now())
            done += 1
        except ActRefused as refusal:
            messages.error(request, f"{each.matter.number}：{refusal}")
            break
    if done and lead:
        said = ngettext("%(n)s 件已并入 %(number)s", "%(n)s 件已并入 %(number)s", done)
        messages.success(request, said % {"n": done, "number": lead.matter.number})
    elif not done:
        messages.info(request, _("没有可以并的意见。"))
