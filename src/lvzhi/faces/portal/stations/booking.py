"""Booking a place, its receipt, and what its holder can do."""

from __future__ import annotations

import uuid
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lvzhi.faces.portal import keys, limits
from lvzhi.faces.portal.forms import FollowForm
from lvzhi.faces.portal.shell import page, visitor
from lvzhi.faces.portal.stations.forms import BookForm
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.work.stations import actions, queries
from lvzhi.work.stations.actions import Booking
from lvzhi.work.stations.actions.booking import KEPT, PREFIX
from lvzhi.work.stations.models import Appointment, Slot

HERE = "portal-stations"


def _slot(request: HttpRequest, slug: str, key: UUID) -> Slot:
    found = queries.slot_at(congress_of(request).pk, key)
    if found is None or found.station.body.slug != slug:
        raise Http404
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """The form of a booking; a good one leads to the receipt, and so does the same form sent twice."""
    slot = _slot(request, slug, key)
    if request.method != "POST":
        return _draw(request, slot, BookForm(initial={"once": uuid.uuid4()}))
    form = BookForm(request.POST)
    if not form.is_valid():
        return _draw(request, slot, form, 400)
    at = clock.now()
    tried = limits.booking(request, at)
    if not tried.allowed:
        words = _("从您这里约得太多了，请过 %(minutes)s 分钟再约。")
        form.add_error(None, words % {"minutes": tried.minutes})
        return _draw(request, slot, form, 429)
    given = form.cleaned_data
    particulars = {name: given[name] for name in ("name", "phone")}
    booking = Booking(given["purpose"], f"web:{form.once_key}", particulars)
    try:
        made = actions.book(slot, booking=booking, actor=visitor(request), on=clock.today(), at=at)
    except actions.ActRefused as refusal:
        form.add_error(None, str(refusal))
        return _draw(request, slot, form, 400)
    slip = keys.sealed(made.appointment.pk, made.number, made.code, at)
    answer = HttpResponseRedirect(f"{reverse('portal-booked')}?{urlencode({'slip': slip})}")
    answer.status_code = 303
    return answer


def _draw(request: HttpRequest, slot: Slot, form: BookForm, status: int = 200) -> HttpResponse:
    names = [seat.person.name for seat in getattr(slot, "sitting", [])]
    context = {
        "slot": slot,
        "who": _("、").join(_("%(name)s代表") % {"name": name} for name in names),
        "free": queries.free_places(slot),
        "form": form,
        "kept_days": KEPT.days,
        "today": clock.today(),
    }
    return page(request, "stations/book", context, current=HERE, status=status)


@never_cache
@require_safe
def booked(request: HttpRequest) -> HttpResponse:
    """The receipt of a booking, for one hour. One statement."""
    slip = keys.unsealed(request.GET.get("slip", ""), clock.now())
    found = None
    if slip is not None:
        rows = Appointment.objects.of(congress_of(request)).select_related(
            "slot__station__body", "slot__station__street"
        )
        found = rows.filter(pk=UUID(slip.matter)).first()
    if slip is None or found is None:
        messages.info(request, _("回执只显示一个小时。请输入抄下的编号和查询码。"))
        return redirect("portal-booking")
    context = {"slip": slip, "booking": found, "at": found.slot.time_of(found.place), "today": clock.today()}
    return page(request, "stations/booked", context, current=HERE)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def booking(request: HttpRequest) -> HttpResponse:
    """Number and code open the booking; with them it can be cancelled. Nothing is remembered in the browser."""
    if request.method != "POST":
        return _ask(request, FollowForm(initial={"number": request.GET.get("number", "")[:30]}))
    form = FollowForm(request.POST)
    if not form.is_valid():
        return _ask(request, form)
    tried = limits.opening(request, clock.now())
    if not tried.allowed:
        form.add_error(None, _("试得太多了，请过 %(minutes)s 分钟再来。") % {"minutes": tried.minutes})
        return _ask(request, form)
    number, code = number_of(form.cleaned_data["number"]), form.cleaned_data["code"]
    found = queries.booking_by_code(congress_of(request).pk, number, code)
    if found is None:
        form.add_error(None, _("编号或者查询码不对，请对照回执再输一次。"))
        return _ask(request, form)
    if "cancel" in request.POST:
        try:
            found.status = actions.cancel_booking(found, at=clock.now()).status
            messages.success(request, _("预约已经取消，位置让给了别人。"))
        except actions.ActRefused as refusal:
            messages.warning(request, str(refusal))
    context = {
        "booking": found,
        "number": number,
        "code": code,
        "at": found.slot.time_of(found.place),
        "said": list(found.messages.order_by("-at", "-id")[:5]),
        "can_cancel": found.status == Appointment.Status.BOOKED,
        "today": clock.today(),
    }
    return page(request, "stations/booking", context, current=HERE)


def _ask(request: HttpRequest, form: FollowForm) -> HttpResponse:
    form.fields["number"].help_text = _("回执上第一行，例如：约 2026-0012")
    return page(request, "stations/ask", {"form": form}, current=HERE, status=400 if form.errors else 200)


def number_of(typed: str) -> str:
    """The number of a booking as it is stored, from what people type: 约2026-12, 2026-0012."""
    plain = "".join(typed.replace(PREFIX, " ").split()).replace("—", "-").replace("－", "-")
    year, _dash, serial = plain.partition("-")
    return f"{PREFIX} {year}-{int(serial):04d}" if serial.isascii() and serial.isdigit() and len(serial) < 9 else typed
