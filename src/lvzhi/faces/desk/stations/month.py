"""The month on the desk: planned, watched while it runs, reported."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lvzhi.core.paper import docx, pdf
from lvzhi.core.upload import clean_name
from lvzhi.faces.design.deadlines import basis_of, running
from lvzhi.faces.design.shapes import Basis, Column, Count, Figure, Link, NextAction, Row
from lvzhi.faces.design.wording import day_range, percent, thousands
from lvzhi.faces.desk.context import page
from lvzhi.faces.desk.files import DOCX, PDF, harmless
from lvzhi.faces.desk.shown import state_of_matter
from lvzhi.faces.desk.stations.around import stations_required
from lvzhi.faces.desk.stations.forms import MonthForm, NoteForm, PartsForm
from lvzhi.faces.desk.stations.report import handling_of, take
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.documents.papers import fonts
from lvzhi.records.matters import standing
from lvzhi.records.matters.procedures import procedure_of, words
from lvzhi.records.matters.queries import next_actions
from lvzhi.records.people.actor import Actor
from lvzhi.work.stations import actions, papers, queries
from lvzhi.work.stations.models import Campaign, Station
from lvzhi.work.stations.papers import Handling
from lvzhi.work.stations.queries.months import MonthFigures, StationFigure, previous, stations_of

HERE = "desk-months"
ON_PAGE = 40
IN_CHART = 13


@stations_required
@require_safe
def months(request: HttpRequest) -> HttpResponse:
    """Every month, newest first. Five statements."""
    actor = actor_of(request)
    rows = [
        Row(
            [
                Link(each.theme, reverse("desk-month", args=[each.pk])),
                each.year,
                day_range(each.first_day, each.last_day, clock.today()),
                state_of_matter(each.matter),
            ]
        )
        for each in queries.campaigns(actor.congress)
    ]
    columns = [Column(_("主题")), Column(_("年份")), Column(_("日期")), Column(_("到哪一步"))]
    context = {"rows": rows, "columns": columns, "may_plan": "deputy_office" in actor.roles}
    return page(request, "desk/stations/months.html", context, here=HERE)


@stations_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Plan a month; every station in use takes part at first."""
    actor, congress = actor_of(request), congress_of(request)
    form = MonthForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        stations = list(Station.objects.of(congress).filter(is_open=True))
        try:
            made = actions.plan_month(
                congress=congress, stations=stations, actor=actor, on=clock.today(), at=clock.now(), **form.cleaned_data
            )
        except actions.ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已策划。请看缺口、排好班，再公告方案。"))
            return redirect("desk-month", key=made.pk)
    crumbs = [Link(_("联系选民月"), reverse("desk-months")), Link(_("策划"))]
    context = {"form": form, "title": _("策划联系选民月"), "crumbs": crumbs, "back": reverse("desk-months")}
    return page(request, "desk/stations/form.html", context, status=422 if form.errors else 200, here=HERE)


def _campaign(request: HttpRequest, key: UUID) -> Campaign:
    found = queries.campaign_of(actor_of(request).congress, key)
    if found is None:
        raise Http404
    return found


@stations_required
@require_safe
def month(request: HttpRequest, key: UUID) -> HttpResponse:
    """The month as it stands: figures, gaps, who receives when, what can be done next."""
    return _draw(request, _campaign(request, key))


def _draw(request: HttpRequest, found: Campaign, *, note: NoteForm | None = None) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    figures = queries.month_figures(found, today=today)
    before = previous(found)
    earlier = queries.month_figures(before, today=today) if before else None
    handling, missing = handling_of(found, today=today), queries.gaps(found, today=today)
    slots = queries.rota(
        actor.congress, first=max(found.first_day, min(today, found.last_day)), last=found.last_day,
        stations=[each.station.pk for each in figures.stations],
    )  # fmt: skip
    runs_it = "deputy_office" in actor.roles
    chosen = {"stations": [each.pk for each in stations_of(found)]}
    context: dict[str, Any] = {
        "campaign": found,
        "state": state_of_matter(found.matter),
        "span": day_range(found.first_day, found.last_day, today),
        "nexts": _nexts(found, actor),
        "dues": running(found.matter, today),
        "figures": _figures(figures, handling),
        "streets": [Count(name, n) for name, n in list(figures.by_street.items())[:IN_CHART]],
        "busiest": next(iter(figures.by_street), ""),
        "visits": figures.visits,
        "subjects": [Count(name, n) for name, n in handling.by_category[:IN_CHART]],
        "compared": _compared(before, figures, earlier, handling),
        "compare_columns": [Column(""), Column(str(before.year) if before else ""), Column(str(found.year))],
        "gaps": missing,
        "floor_basis": _floor_basis(found),
        "counted": procedure_of(found.matter).values.get("month_counts"),
        "station_columns": [
            Column(_("站")), Column(_("街道、镇")), Column(_("场次"), number=True), Column(_("接待"), number=True),
            Column(_("记下来办"), number=True), Column(_("海报")),
        ],
        "station_rows": [_station_row(each) for each in figures.stations],
        "slots": slots[:ON_PAGE],
        "more_slots": max(0, len(slots) - ON_PAGE),
        "parts": PartsForm(campaign=found, initial=chosen) if runs_it and found.matter.is_open else None,
        "note": note or NoteForm(),
        "may_report": _may_report(found, actor),
        "today": today,
        "crumbs": [Link(_("联系选民月"), reverse("desk-months")), Link(found.theme)],
    }  # fmt: skip
    return page(request, "desk/stations/month.html", context, status=422 if note and note.errors else 200, here=HERE)


def _nexts(found: Campaign, actor: Actor) -> list[NextAction]:
    """What the reader may do now, by the procedure; each opens the ordinary form of the act."""
    matter, roles = found.matter, actor.roles
    options = next_actions(matter, actor=actor, parties=standing.parties_of(matter), facts={})
    return [
        NextAction(
            words(option.action.text),
            words(option.action.text),
            reverse("desk-act", args=[matter.pk, option.action.name]),
            note=words(option.action.hint) if option.action.hint else "",
            basis=basis_of(option.action.rules[0]) if option.action.rules else None,
            why_not=words(option.why_not),
            primary=option.action.primary and option.allowed,
        )
        for option in options
        if not roles.isdisjoint(option.action.by) and option.action.name != "report_street" and actor.is_staff
    ]


def _may_report(found: Campaign, actor: Actor) -> bool:
    action = procedure_of(found.matter).action("report_street")
    return "street_committee" in actor.roles and found.matter.state in action.to


def _floor_basis(found: Campaign) -> Basis | None:
    cited = procedure_of(found.matter).cited()
    return next((basis_of(each) for each in cited if each.name == "deputy_contact.reception-days"), None)


def _figures(figures: MonthFigures, handling: Handling) -> list[Figure]:
    shown = [
        Figure(thousands(figures.slots), _("场接待")),
        Figure(thousands(figures.deputies), _("名代表到站，共 %(n)s 名") % {"n": figures.expected}),
        Figure(thousands(figures.visits), _("人次接待群众")),
        Figure(thousands(figures.carried), _("件记下来办，当场答复 %(n)s 人次") % {"n": figures.answered}),
    ]
    if handling.received:
        answered = _("已经答复，共 %(n)s 件") % {"n": handling.received}
        shown.append(Figure(percent(handling.answered, handling.received), answered))
    if handling.rated:
        solved = _("说解决了，%(n)s 人评价") % {"n": handling.rated}
        shown.append(Figure(percent(handling.solved, handling.rated), solved))
        treated = _("对办理过程满意或者基本满意")
        shown.append(Figure(percent(handling.satisfied, handling.rated), treated))
    return shown


def _compared(
    before: Campaign | None, figures: MonthFigures, earlier: MonthFigures | None, handling: Handling
) -> list[Row]:
    """This month beside the one before: counts, then solved before satisfied."""
    if before is None or earlier is None:
        return []
    then = handling.before or Handling()
    pairs: list[tuple[str, object, object]] = [
        (_("接待场次"), earlier.slots, figures.slots),
        (_("到站代表"), earlier.deputies, figures.deputies),
        (_("接待群众（人次）"), earlier.visits, figures.visits),
        (_("记下来办（件）"), earlier.carried, figures.carried),
        (_("评价的人里说解决了的"), _share(then.solved, then.rated), _share(handling.solved, handling.rated)),
        (
            _("对办理过程满意或者基本满意"),
            _share(then.satisfied, then.rated),
            _share(handling.satisfied, handling.rated),
        ),
    ]
    return [Row([name, old, new]) for name, old, new in pairs]


def _share(part: int, whole: int) -> str:
    return percent(part, whole) if whole else _("还没有评价")


def _station_row(each: StationFigure) -> Row:
    slug = each.station.body.slug
    return Row(
        [
            Link(each.station.body.short, reverse("desk-station", args=[slug])),
            each.station.street.short,
            each.slots,
            each.visits,
            each.carried,
            Link(_("二维码海报"), reverse("portal-poster", args=[slug])),
        ]
    )


@stations_required
@require_POST
def parts(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say which stations take part."""
    found = _campaign(request, key)
    form = PartsForm(request.POST, campaign=found)
    try:
        if form.is_valid():
            actions.set_stations(found, stations=form.chosen, actor=actor_of(request))
            messages.success(request, _("参加的站现在是 %(n)s 个") % {"n": len(form.chosen)})
        else:
            messages.error(request, _("有的站不在名单里，请刷新页面再选。"))
    except actions.ActRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk-month", key=key)


@stations_required
@require_POST
def report_street(request: HttpRequest, key: UUID) -> HttpResponse:
    """A street committee reports how it went with it."""
    found, form = _campaign(request, key), NoteForm(request.POST)
    if not form.is_valid():
        return _draw(request, found, note=form)
    try:
        take(
            found.matter, "report_street", actor=actor_of(request), on=clock.today(), at=clock.now(),
            data=form.cleaned_data, version=None,
        )  # fmt: skip
    except actions.ActRefused as refusal:
        form.add_error(None, str(refusal))
        return _draw(request, found, note=form)
    messages.success(request, _("情况已经报给代表工作机构"))
    return redirect("desk-month", key=key)


@stations_required
@require_safe
def report(request: HttpRequest, key: UUID, form: str) -> HttpResponseBase:
    """The report as it stands now, for Word or as PDF; the one that was issued lies with the month's papers."""
    found, today = _campaign(request, key), clock.today()
    paper = papers.month_report(found, today=today, handling=handling_of(found, today=today))
    name = paper.title.replace("\n", "")
    data, media = (docx(paper), DOCX) if form == "docx" else (pdf(paper, fonts()), PDF)
    answer = FileResponse(BytesIO(data), as_attachment=True, filename=clean_name(f"{name}.{form}"), content_type=media)
    return harmless(answer)
