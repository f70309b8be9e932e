"""The rota as a week or a month, and setting slots one by one or in a row."""

from __future__ import annotations

from calendar import Calendar, monthrange
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.design.shapes import Link
from lvzhi.faces.desk.addresses import with_query
from lvzhi.faces.desk.context import page
from lvzhi.faces.desk.stations.around import station_or_404, stations_required
from lvzhi.faces.desk.stations.forms import SlotsForm
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters.procedures import work_calendar
from lvzhi.work.stations import actions, queries
from lvzhi.work.stations.actions import Time
from lvzhi.work.stations.models import Message, Slot, Station
from lvzhi.work.stations.queries.places import deputies_of

HERE = "desk-rota"
MOST_SAID = 6


def day_of(text: str, fallback: date) -> date:
    """A day of the address, within this century; `fallback` for anything else."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return fallback
    return found if 2000 <= found.year <= 2100 else fallback


@stations_required
@require_safe
def rota(request: HttpRequest) -> HttpResponse:
    """Who receives where: a week by station, or a month by day. Eight statements."""
    actor, today = actor_of(request), clock.today()
    day = day_of(request.GET.get("day", ""), today)
    by_month, street = request.GET.get("view") == "month", request.GET.get("street", "").replace("\x00", "")[:60]
    first, last = _month(day) if by_month else _week(day)
    slots = queries.rota(actor.congress, first=first, last=last, street=street, cancelled=True)
    stations = queries.directory(actor.congress, today=today, street=street)
    streets = {each.street.slug: each.street.short for each in queries.stations_kept_by(actor)}
    step = timedelta(days=1)
    context: dict[str, Any] = {
        "first": first,
        "last": last,
        "by_month": by_month,
        "street": street,
        "streets": sorted(streets.items()),
        "day": day,
        "today": today,
        "earlier": with_query(request, day=(first - step).isoformat()),
        "later": with_query(request, day=(last + step).isoformat()),
        "now_url": with_query(request, day=""),
        "tabs": [
            Link(_("按周"), with_query(request, view=""), current=not by_month),
            Link(_("按月"), with_query(request, view="month"), current=by_month),
        ],
    }
    if by_month:
        context |= {"weeks": _weeks(day, slots), "slots": slots}
    else:
        days = [first + timedelta(days=n) for n in range(7)]
        context["days"] = [(each, holiday(each)) for each in days]
        context["lines"] = _lines(stations, slots, days)
    return page(request, "desk/stations/rota.html", context, here=HERE)


def _week(day: date) -> tuple[date, date]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def _month(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def holiday(day: date) -> str:
    """The name of a public holiday, or ""."""
    calendar = work_calendar()
    return calendar.name(day, lang()) if calendar.is_holiday(day) else ""


def _lines(stations: list[Station], slots: list[Slot], days: list[date]) -> list[tuple[Station, list[list[Slot]]]]:
    """Each station with its slots of each day."""
    found: dict[Any, dict[date, list[Slot]]] = {}
    for slot in slots:
        found.setdefault(slot.station_id, {}).setdefault(slot.date, []).append(slot)
    return [(each, [found.get(each.pk, {}).get(day, []) for day in days]) for each in stations]


def _weeks(day: date, slots: list[Slot]) -> list[list[tuple[date, bool, str, list[Slot]]]]:
    """The weeks of the month: each day, whether it belongs to it, the holiday's name, and its slots."""
    by_day = queries.by_day(slots)
    return [
        [(each, each.month == day.month, holiday(each), by_day.get(each, [])) for each in week]
        for week in Calendar().monthdatescalendar(day.year, day.month)
    ]


@stations_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Set one slot, or a row of them as 每周二 9:00—11:00; what was left out is said with its reason."""
    station, today = station_or_404(request, slug, to_keep=True), clock.today()
    first = day_of(request.GET.get("day", ""), today)
    begin = {"first": first, "deputies": [each.pk for each in deputies_of(station)]}
    form = SlotsForm(request.POST or None, congress=congress_of(request), today=today, station=station, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            _set(request, station, form)
        except actions.ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(f"{reverse('desk-rota')}?day={form.cleaned_data['first'].isoformat()}")
    back = reverse("desk-station", args=[slug])
    crumbs = [Link(_("联络站"), reverse("desk-stations")), Link(station.body.name, back), Link(_("排班"))]
    context = {"form": form, "title": _("排班"), "crumbs": crumbs, "back": back, "lede": station.body.name}
    return page(request, "desk/stations/form.html", context, status=422 if form.errors else 200, here=HERE)


def _set(request: HttpRequest, station: Station, form: SlotsForm) -> None:
    given, actor, today = form.cleaned_data, actor_of(request), clock.today()
    people = list(given["deputies"])
    time = Time(given["first"], given["starts"], given["ends"], people, given["topic"], given["places"])
    if not form.is_row:
        actions.set_slot(station, time=time, actor=actor, on=today)
        messages.success(request, _("已排一场"))
        return
    row = actions.set_row(
        station, first=given["first"], last=given["last"], weekdays={int(each) for each in given["weekdays"]},
        time=time, actor=actor, on=today, in_turn=given["in_turn"],
    )  # fmt: skip
    messages.success(request, _("已排 %(n)s 场") % {"n": len(row.made)})
    if row.left_out:
        shown = [why.rstrip("。") for _day, why in row.left_out[:MOST_SAID]]
        more = len(row.left_out) - len(shown)
        said = _("；").join(shown) + (_("；另有 %(n)s 天") % {"n": more} if more else "")
        messages.warning(request, _("没有排的 %(n)s 天：%(why)s。") % {"n": len(row.left_out), "why": said})


@stations_required
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Whom to call: bookings that were moved or cancelled, and reminders. Five statements."""
    found = queries.calls_to_make(actor_of(request), now=clock.now())
    crumbs = [Link(_("联络站"), reverse("desk-stations")), Link(_("要告知的人"))]
    context = {"calls": found, "crumbs": crumbs, "today": clock.today()}
    return page(request, "desk/stations/calls.html", context, here="desk-stations")


@stations_required
@require_POST
def told(request: HttpRequest, key: Any) -> HttpResponse:
    """Tick a call off."""
    actor = actor_of(request)
    rows = Message.objects.of(actor.congress).select_related("appointment__slot__station")
    found = rows.filter(pk=key).first()
    if found is not None:
        try:
            actions.note_told(found, actor=actor, at=clock.now())
        except actions.ActRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("已记下"))
    return redirect("desk-calls")
