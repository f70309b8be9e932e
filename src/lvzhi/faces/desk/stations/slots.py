"""One slot: who sits, who came, who booked; changed, moved, cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lvzhi.faces.design.shapes import Link
from lvzhi.faces.design.wording import cn_weekday
from lvzhi.faces.desk.context import page
from lvzhi.faces.desk.forms import Purpose
from lvzhi.faces.desk.stations.around import slot_or_404, stations_required
from lvzhi.faces.desk.stations.forms import MoveForm, ReasonForm, SlotForm
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.people import door
from lvzhi.records.people.models import Person
from lvzhi.work.stations import actions, queries
from lvzhi.work.stations.actions import Time
from lvzhi.work.stations.actions.words import at_start
from lvzhi.work.stations.models import Appointment, Slot
from lvzhi.work.stations.rules import may_keep, may_read_visitor

HERE = "desk-rota"


@stations_required
@require_safe
def slot(request: HttpRequest, key: UUID) -> HttpResponse:
    """One slot with everything that hangs on it. Nine statements."""
    return draw(request, slot_or_404(request, key))


def draw(
    request: HttpRequest,
    found: Slot,
    *,
    form: django_forms.Form | None = None,
    particulars: Mapping[str, str] | None = None,
    of: UUID | None = None,
) -> HttpResponse:
    """The slot's page, with a form as it was sent, or a visitor's particulars once read."""
    actor, today = actor_of(request), clock.today()
    keeps = may_keep.allows(actor, found.station)
    seats = getattr(found, "sitting", [])
    ahead = found.date >= today and not found.is_cancelled
    change: dict[str, django_forms.Form] = {}
    if keeps and not found.is_cancelled:
        first = {"deputies": [seat.person_id for seat in seats], "topic": found.topic, "places": found.places}
        change["edit"] = SlotForm(congress=congress_of(request), today=found.date, station=found.station, initial=first)
        if ahead:
            times = {"day": found.date, "starts": found.starts, "ends": found.ends}
            change["move"], change["cancel"] = MoveForm(initial=times), ReasonForm()
    for name, each in change.items():
        if form is not None and type(each) is type(form):
            change[name] = form
    context = {
        "slot": found,
        "seats": seats,
        "keeps": keeps,
        "ahead": ahead,
        "has_started": clock.now() >= at_start(found),
        "bookings": [(each, found.time_of(each.place)) for each in queries.bookings_of(found)],
        "change": change,
        "title": _("%(day)s %(from)s—%(to)s") % {
            "day": cn_weekday(found.date), "from": f"{found.starts:%H:%M}", "to": f"{found.ends:%H:%M}",
        },
        "may_read": may_read_visitor.allows(actor, found.station),
        "why_not_read": may_read_visitor.why_not(actor, found.station),
        "particulars": particulars,
        "of": of,
        "purpose": Purpose(initial={"purpose": _("告诉他接待改期或者取消")}),
        "crumbs": [
            Link(_("排班表"), f"{reverse('desk-rota')}?day={found.date.isoformat()}"),
            Link(found.station.body.name, reverse("desk-station", args=[found.station.body.slug])),
        ],
    }  # fmt: skip
    return page(
        request, "desk/stations/slot.html", context, status=422 if form is not None and form.errors else 200, here=HERE
    )


@stations_required
@require_POST
def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """Change deputies, topic and places."""
    found = slot_or_404(request, key, to_keep=True)
    form = SlotForm(request.POST, congress=congress_of(request), today=found.date, station=found.station)
    if not form.is_valid():
        return draw(request, found, form=form)
    given = form.cleaned_data
    time = Time(found.date, found.starts, found.ends, list(given["deputies"]), given["topic"], given["places"])
    try:
        actions.edit_slot(found, time=time, actor=actor_of(request), on=clock.today())
    except actions.ActRefused as refusal:
        form.add_error(None, str(refusal))
        return draw(request, found, form=form)
    messages.success(request, _("已改好"))
    return redirect("desk-slot", key=key)


@stations_required
@require_POST
def move(request: HttpRequest, key: UUID) -> HttpResponse:
    """Move the slot to another time."""
    found, form = slot_or_404(request, key, to_keep=True), MoveForm(request.POST)
    if not form.is_valid():
        return draw(request, found, form=form)
    try:
        moved = actions.move_slot(found, actor=actor_of(request), on=clock.today(), at=clock.now(), **form.cleaned_data)
    except actions.ActRefused as refusal:
        form.add_error(None, str(refusal))
        return draw(request, found, form=form)
    messages.success(request, _("已改期。约好的人列在「要告知的人」里。"))
    return redirect("desk-slot", key=moved.pk)


@stations_required
@require_POST
def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    """Cancel the slot."""
    found, form = slot_or_404(request, key, to_keep=True), ReasonForm(request.POST)
    if not form.is_valid():
        return draw(request, found, form=form)
    reason = form.cleaned_data["reason"]
    try:
        actions.cancel_slot(found, reason=reason, actor=actor_of(request), on=clock.today(), at=clock.now())
    except actions.ActRefused as refusal:
        form.add_error(None, str(refusal))
        return draw(request, found, form=form)
    messages.success(request, _("已取消。约好的人列在「要告知的人」里。"))
    return redirect("desk-slot", key=key)


@stations_required
@require_POST
def attendance(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that a deputy was there, or was not; who noted it stays."""
    found = slot_or_404(request, key, to_keep=True)
    person = _chosen(request, found)
    try:
        actions.note_attendance(
            found, person=person, came=request.POST.get("came") == "yes", actor=actor_of(request), at=clock.now()
        )
    except actions.ActRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已记下%(name)s的到站情况") % {"name": person.name})
    return redirect("desk-slot", key=key)


def _chosen(request: HttpRequest, found: Slot) -> Person:
    for seat in getattr(found, "sitting", []):
        if str(seat.person_id) == request.POST.get("person"):
            person: Person = seat.person
            return person
    raise Http404


def _booking(request: HttpRequest, key: UUID) -> Appointment:
    rows = Appointment.objects.of(actor_of(request).congress).select_related("slot__station", "visitor")
    found = rows.filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@stations_required
@require_POST
def arrival(request: HttpRequest, key: UUID) -> HttpResponse:
    """Note that a visitor came, or did not."""
    found = _booking(request, key)
    try:
        actions.note_arrival(found, came=request.POST.get("came") == "yes", actor=actor_of(request), on=clock.today())
    except actions.ActRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk-slot", key=found.slot_id)


@stations_required
@require_POST
@never_cache
def visitor(request: HttpRequest, key: UUID) -> HttpResponse:
    """Unseal who booked, for a purpose that is written down; shown once, in the answer to this request."""
    actor, found = actor_of(request), _booking(request, key)
    if why := may_read_visitor.why_not(actor, found.slot.station):
        raise PermissionDenied(why)
    form = Purpose(request.POST)
    if found.visitor is None or not form.is_valid():
        messages.error(request, _("请写明查看的用途；没有留姓名和电话的，没有可看的。"))
        return redirect("desk-slot", key=found.slot_id)
    try:
        read = door.read(found.visitor, actor=actor, purpose=form.cleaned_data["purpose"], at=clock.now())
    except door.DoorClosed as closed:
        raise PermissionDenied(str(closed)) from closed
    return draw(request, slot_or_404(request, found.slot_id), particulars=read, of=found.pk)
