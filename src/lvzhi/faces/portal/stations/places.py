"""Finding a station, and one station's page."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.design.shapes import AgendaItem, Column, Figure, Link, Party, Row, State
from lvzhi.faces.design.wording import cn_weekday, near_date, percent, short_date, thousands
from lvzhi.faces.portal.shell import page, said, site
from lvzhi.faces.portal.stations.calendar import ical
from lvzhi.faces.portal.stations.drawing import drawing
from lvzhi.faces.portal.stations.poster import Poster, Size, poster_pdf
from lvzhi.faces.portal.telling import standing, story_url, title_of
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.records.documents.papers import fonts
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.procedures import work_calendar
from lvzhi.work.opinions.queries.stations import Outcome, outcome_of_stations, public_of_station
from lvzhi.work.stations import queries
from lvzhi.work.stations.actions.words import at_end, at_start
from lvzhi.work.stations.models import Closure, Slot, Station
from lvzhi.work.stations.queries.places import deputies_of

HERE = "portal-stations"
DAY = 86_400
WEEKS = 5
IN_FEED = 400


@require_safe
def stations(request: HttpRequest) -> HttpResponse:
    """Every station of the district or of one street: the drawing, and the same as a list. Four statements."""
    congress, today = congress_of(request), clock.today()
    street = request.GET.get("street", "").replace("\x00", "")[:60]
    found = queries.directory(congress.pk, today=today)
    streets = {each.street.slug: each.street.short for each in found}
    shown = [each for each in found if not street or each.street.slug == street]
    chips = [Link(_("全区"), reverse(HERE), current=not street)]
    chips += [Link(name, f"{reverse(HERE)}?street={slug}", current=slug == street) for slug, name in streets.items()]
    context = {
        "drawn": drawing(congress, found, street=street),
        "groups": _grouped(shown),
        "chips": chips,
        "street": streets.get(street, ""),
        "month": queries.running_campaign(congress.pk, today=today),
        "today": today,
    }
    return page(request, "stations/directory", context, current=HERE)


def _grouped(stations: list[Station]) -> list[tuple[str, list[AgendaItem]]]:
    """Stations under their streets, each with its next reception."""
    found: dict[str, list[AgendaItem]] = {}
    for each in stations:
        found.setdefault(each.street.short, []).append(_item(each))
    return list(found.items())


def _item(station: Station) -> AgendaItem:
    soon: list[Slot] = getattr(station, "soon", [])
    following = soon[0] if soon else None
    day, sub = _when(following) if following else (_("没有安排"), "")
    return AgendaItem(
        day, station.body.name, reverse("portal-station", args=[station.body.slug]), sub, station.address,
        _state(station),
    )  # fmt: skip


def _when(slot: Slot) -> tuple[str, str]:
    """The day in a few letters, and below it the weekday with the time it begins."""
    today = clock.today()
    near = (slot.date - today).days <= 1
    weekday = "" if near else f"{cn_weekday(slot.date).split()[-1].replace('星期', '周')} "
    day = near_date(slot.date, today) if near else short_date(slot.date, today)
    return day, f"{weekday}{slot.starts:%H:%M}"


def _state(station: Station) -> State | None:
    """What is unusual about a station today; None for one that is open."""
    shut: list[Closure] = getattr(station, "shut_now", [])
    if not station.is_open:
        return State(_("不再使用"), "closed")
    return State(_("停用中"), "back") if shut else None


def station_or_404(request: HttpRequest, slug: str) -> Station:
    """The station of the congress served here. One statement."""
    found = queries.station_by_slug(congress_of(request).pk, slug)
    if found is None:
        raise Http404
    return found


@require_safe
def station(request: HttpRequest, slug: str) -> HttpResponse:
    """Who receives when, where it is, who belongs here, and what came of what was said. Fourteen statements."""
    congress, today = congress_of(request), clock.today()
    found = station_or_404(request, slug)
    slots = queries.upcoming(congress.pk, station=found.pk, today=today, limit=30)
    closures = queries.closures(found, today=today)
    outcome = outcome_of_stations(
        congress.pk, [found.body_id], first=date(today.year, 1, 1), last=today, today=today, deep=False
    )
    context = {
        "station": found,
        "now": _now(found, slots, closures),
        "closures": [each for each in closures if each.reason],
        "agenda": [_reception(each) for each in slots[:8]],
        "weeks": _weeks(today, slots),
        "drawn": drawing(congress, [found], street=found.street.slug, here=found.body.slug),
        "deputies": _deputies(found),
        "figures": _figures(outcome),
        "columns": [Column(_("什么事")), Column(_("谁在办")), Column(_("到哪了")), Column(_("解决没有"))],
        "rows": [_row(each) for each in public_of_station(congress.pk, found.body_id)],
        "write_url": f"{reverse('portal-new')}?station={found.body.slug}",
        "today": today,
        "crumbs": [
            Link(_("首页"), reverse("portal-front")),
            Link(_("找代表"), reverse(HERE)),
            Link(found.street.short, f"{reverse(HERE)}?street={found.street.slug}"),
            Link(found.body.name),
        ],
    }
    return page(request, "stations/station", context, current=HERE)


def _now(station: Station, slots: list[Slot], closures: list[Closure]) -> State:
    """Whether somebody receives here today."""
    today, at = clock.today(), clock.now()
    if not station.is_open:
        return State(_("这个站不再使用"), "closed")
    shut = next((each for each in closures if each.first_day <= today), None)
    if shut:
        return State(_("停用中：%(reason)s") % {"reason": shut.reason}, "back")
    coming = next((each for each in slots if not each.is_cancelled and at_end(each) > at), None)
    if coming is None:
        return State(_("近期没有安排接待"), "wait")
    if coming.date == today:
        span = {"from": f"{coming.starts:%H:%M}", "to": f"{coming.ends:%H:%M}"}
        return State(_("今天 %(from)s—%(to)s 有代表在") % span, "done")
    words = _("下一场：%(day)s %(at)s")
    return State(words % {"day": near_date(coming.date, today), "at": f"{coming.starts:%H:%M}"}, "doing")


def _reception(slot: Slot) -> dict[str, Any]:
    """One reception of the list: when, who, what about, and whether a place can be booked."""
    seats = getattr(slot, "sitting", [])
    free = queries.free_places(slot)
    bookable = not slot.is_cancelled and bool(slot.places) and at_start(slot) > clock.now()
    day, times = _when(slot)
    return {
        "slot": slot,
        "day": day,
        "times": times,
        "who": _("、").join(_("%(name)s代表") % {"name": seat.person.name} for seat in seats),
        "free": free,
        "book_url": reverse("portal-book", args=[slot.station.body.slug, slot.pk]) if bookable and free else "",
        "is_full": bookable and not free,
        "moved": slot.moved_to,
    }


def _weeks(today: date, slots: list[Slot]) -> list[list[tuple[date, bool, str, list[Slot]]]]:
    """Five weeks from this one: each day, whether people rest, the holiday's name, its receptions."""
    monday = today - timedelta(days=today.weekday())
    by_day = queries.by_day([each for each in slots if not each.is_cancelled])
    calendar = work_calendar()
    return [
        [
            (
                day,
                calendar.is_holiday(day),
                calendar.name(day, lang()) if calendar.is_holiday(day) else "",
                by_day.get(day, []),
            )
            for day in (monday + timedelta(days=7 * week + n) for n in range(7))
        ]
        for week in range(WEEKS)
    ]


def _deputies(station: Station) -> list[Party]:
    """The deputies who belong here. One statement."""
    return [Party(each.name[:1], _("%(name)s代表") % {"name": each.name}, "", "") for each in deputies_of(station)]


def _figures(outcome: Outcome) -> list[Figure]:
    """What came of this year's opinions: solved stands before satisfied."""
    if not outcome.received:
        return []
    shown = [
        Figure(thousands(outcome.received), _("件今年在这里说的事")),
        Figure(percent(outcome.answered, outcome.received), _("已经答复")),
    ]
    if outcome.rated:
        solved = _("说解决了，%(n)s 人评价") % {"n": outcome.rated}
        shown.append(Figure(percent(outcome.solved, outcome.rated), solved))
        shown.append(Figure(percent(outcome.satisfied, outcome.rated), _("对办理过程满意或者基本满意")))
    if outcome.raised:
        shown.append(Figure(thousands(outcome.raised), _("件引出了代表建议或者监督议题")))
    return shown


def _row(matter: Matter) -> Row:
    opinion = matter.opinion
    rated = opinion.get_result_rating_display() if opinion.result_rating else _("还没有评价")
    return Row(
        [
            Link(title_of(matter), story_url(matter)),
            matter.responsible.short if matter.responsible else "",
            standing(matter),
            rated,
        ]
    )


@require_safe
def feed(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Receptions of one station or of all, as a calendar to subscribe to. Three statements."""
    congress, today = congress_of(request), clock.today()
    found = station_or_404(request, slug) if slug else None
    slots = queries.upcoming(congress.pk, station=found.pk if found else None, today=today, limit=IN_FEED)
    name = found.body.name if found else _("%(place)s代表接待") % {"place": congress.short}
    text = ical(slots, name=name, host=request.get_host().partition(":")[0], now=clock.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'inline; filename="{slug or "receptions"}.ics"'
    answer.headers["Cache-Control"] = "public, max-age=900"
    return answer


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """The station's poster as PDF, A4 or A3; made once a day for each station and address. One statement."""
    found, congress = station_or_404(request, slug), congress_of(request)
    size: Size = "a3" if request.GET.get("size") == "a3" else "a4"
    around = site(congress)
    phone = said(congress, "phone")
    wanted = Poster(
        kicker=_("%(district)s%(kind)s") % {"district": around["district"], "kind": found.get_kind_display()},
        title=(_("有事您说"), _("代表在听")),
        target=request.build_absolute_uri(f"{reverse('portal-new')}?station={slug}"),
        label=_("二维码，打开%(name)s的网页") % {"name": found.body.name},
        how=(_("手机扫一扫，说一件身边的事"), _("可以不留名，办到哪一步都能查")),
        name=found.body.name,
        hours=found.hours,
        address=found.whole_address,
        phone=_("不会用手机？打 %(phone)s") % {"phone": found.phone or phone} if found.phone or phone else "",
        short=request.build_absolute_uri(reverse("portal-station", args=[slug])).partition("//")[2],
    )
    key = f"poster:{size}:{hashlib.sha256(repr(wanted).encode()).hexdigest()}"
    data = cache.get(key)
    if not isinstance(data, bytes):
        data = poster_pdf(wanted, fonts(), size)
        cache.set(key, data, DAY)
    answer = HttpResponse(data, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{slug}-{size}.pdf"'
    return answer
