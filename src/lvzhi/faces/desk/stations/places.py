"""Stations: the list, one station, and what its keeper changes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lvzhi.faces.design.shapes import Column, Link, Row, State
from lvzhi.faces.design.wording import near_date, short_date
from lvzhi.faces.desk.context import page
from lvzhi.faces.desk.stations.around import station_or_404, stations_required
from lvzhi.faces.desk.stations.forms import ClosureForm, DeputiesForm, NewStationForm, StationForm, first_of
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.work.stations import actions, queries
from lvzhi.work.stations.models import Closure, Slot, Station
from lvzhi.work.stations.queries.places import deputies_of
from lvzhi.work.stations.rules import may_add, may_keep

HERE = "desk-stations"


@stations_required
@require_safe
def stations(request: HttpRequest) -> HttpResponse:
    """All stations by street, with the next reception and what is shut. Nine statements."""
    actor, today = actor_of(request), clock.today()
    found = queries.directory(actor.congress, today=today)
    context = {
        "columns": [
            Column(_("站")), Column(_("街道、镇")), Column(_("下一场接待")), Column(_("六十天内"), number=True),
            Column(_("状态")),
        ],
        "rows": [_row(each) for each in found],
        "may_add": may_add.allows(actor, congress_of(request)),
        "calls": len(queries.calls_to_make(actor, now=clock.now())),
    }  # fmt: skip
    return page(request, "desk/stations/list.html", context, here=HERE)


def _row(station: Station) -> Row:
    soon: list[Slot] = getattr(station, "soon", [])
    following = f"{near_date(soon[0].date, clock.today())} {soon[0].starts:%H:%M}" if soon else ""
    return Row(
        [
            Link(station.body.name, reverse("desk-station", args=[station.body.slug])),
            station.street.short,
            following or _("没有排班"),
            len(soon),
            state_of(station),
        ]
    )


def state_of(station: Station) -> State:
    """Whether a station of the directory is open today."""
    shut: list[Closure] = getattr(station, "shut_now", [])
    if not station.is_open:
        return State(_("不再使用"), "closed")
    return State(_("停用中"), "back") if shut else State(_("在用"), "done")


@stations_required
@require_safe
def station(request: HttpRequest, slug: str) -> HttpResponse:
    """One station: facts, deputies, closures, the next receptions, its poster. Eleven statements."""
    return draw(request, station_or_404(request, slug))


def draw(
    request: HttpRequest, found: Station, *, closing: ClosureForm | None = None, belong: DeputiesForm | None = None
) -> HttpResponse:
    """The station's page, with a form as it was sent."""
    actor, today, congress = actor_of(request), clock.today(), congress_of(request)
    keeps, deputies = may_keep.allows(actor, found), deputies_of(found)
    closures = queries.closures(found, today=today)
    slots = queries.upcoming(actor.congress, station=found.pk, today=today, limit=12)
    if keeps:
        closing = closing or ClosureForm(initial={"first_day": today})
        chosen = {"people": [each.pk for each in deputies]}
        belong = belong or DeputiesForm(congress=congress, today=today, initial=chosen)
    context = {
        "station": found,
        "keeps": keeps,
        "facts": _facts(found),
        "deputies": deputies,
        "closures": [(each, _closed(each)) for each in closures],
        "slots": slots,
        "today": today,
        "closing": closing,
        "belong": belong,
        "crumbs": [Link(_("联络站"), reverse("desk-stations")), Link(found.body.name)],
        "public_url": reverse("portal-station", args=[found.body.slug]),
    }
    failed = bool((closing and closing.errors) or (belong and belong.errors))
    return page(request, "desk/stations/station.html", context, status=422 if failed else 200, here=HERE)


def _facts(found: Station) -> list[tuple[str, object]]:
    known: list[tuple[str, object]] = [
        (_("种类"), found.get_kind_display()),
        (_("街道、镇"), found.street.name),
        (_("社区、村"), found.community.name if found.community else ""),
        (_("由谁管理"), found.committee.name if found.committee else _("代表工作机构直接管理")),
        (_("地址"), found.address),
        (_("电话"), found.phone),
        (_("开放时间"), found.hours),
        (_("特点"), found.features),
    ]
    return [(term, value) for term, value in known if value]


def _closed(closure: Closure) -> str:
    today = clock.today()
    first = short_date(closure.first_day, today)
    if closure.last_day is None:
        return _("%(first)s起，恢复时间未定：%(reason)s") % {"first": first, "reason": closure.reason}
    last = short_date(closure.last_day, today)
    return _("%(first)s至%(last)s：%(reason)s") % {"first": first, "last": last, "reason": closure.reason}


@stations_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Set up a station."""
    actor, congress = actor_of(request), congress_of(request)
    if why := may_add.why_not(actor, congress):
        raise PermissionDenied(why)
    form = NewStationForm(request.POST or None, congress=congress, initial={"kind": Station.Kind.STATION})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_station(
                congress=congress, slug=form.cleaned_data["slug"], facts=form.facts(), actor=actor
            )
        except actions.ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已设站：%(name)s") % {"name": made.body.name})
            return redirect("desk-station", slug=made.body.slug)
    crumbs = [Link(_("联络站"), reverse("desk-stations")), Link(_("设站"))]
    context = {"form": form, "title": _("设站"), "crumbs": crumbs, "back": reverse("desk-stations")}
    return page(request, "desk/stations/form.html", context, status=422 if form.errors else 200, here=HERE)


@stations_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is said of a station."""
    found, actor = station_or_404(request, slug, to_keep=True), actor_of(request)
    form = StationForm(request.POST or None, congress=congress_of(request), initial=first_of(found))
    back = reverse("desk-station", args=[slug])
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_station(found, facts=form.facts(), actor=actor)
        except actions.ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已改好"))
            return redirect(back)
    crumbs = [Link(_("联络站"), reverse("desk-stations")), Link(found.body.name, back), Link(_("改资料"))]
    context = {"form": form, "title": _("改资料"), "crumbs": crumbs, "back": back}
    return page(request, "desk/stations/form.html", context, status=422 if form.errors else 200, here=HERE)


@stations_required
@require_POST
def deputies(request: HttpRequest, slug: str) -> HttpResponse:
    """Say which deputies belong to the station."""
    found = station_or_404(request, slug, to_keep=True)
    form = DeputiesForm(request.POST, congress=congress_of(request), today=clock.today())
    if not form.is_valid():
        return draw(request, found, belong=form)
    people = list(form.cleaned_data["people"])
    actions.set_deputies(found, people=people, actor=actor_of(request))
    messages.success(request, _("本站代表现在是 %(n)s 位") % {"n": len(people)})
    return redirect("desk-station", slug=slug)


@stations_required
@require_POST
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Shut the station for a time; what was struck out is said, with the calls it leaves."""
    found = station_or_404(request, slug, to_keep=True)
    form = ClosureForm(request.POST)
    if not form.is_valid():
        return draw(request, found, closing=form)
    try:
        struck = actions.close_station(
            found, actor=actor_of(request), on=clock.today(), at=clock.now(), **form.cleaned_data
        )
    except actions.ActRefused as refusal:
        form.add_error(None, str(refusal))
        return draw(request, found, closing=form)
    said = ngettext(
        "已停用。取消了 %(n)s 场接待，约好的人列在「要告知的人」里。",
        "已停用。取消了 %(n)s 场接待，约好的人列在「要告知的人」里。",
        len(struck),
    )
    messages.success(request, said % {"n": len(struck)} if struck else _("已停用。这段时间本来没有排班。"))
    return redirect("desk-station", slug=slug)


@stations_required
@require_POST
def reopen(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """Open the station again."""
    found = station_or_404(request, slug, to_keep=True)
    closure = Closure.objects.of(found.congress_id).select_related("station").filter(station=found, pk=key).first()
    if closure is None:
        raise Http404
    actions.reopen_station(closure, actor=actor_of(request), on=clock.today())
    messages.success(request, _("已恢复。取消的接待不会自己回来，请重新排班。"))
    return redirect("desk-station", slug=slug)
