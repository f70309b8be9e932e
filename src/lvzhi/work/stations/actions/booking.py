"""预约: a citizen books a place in a slot, cancels it with the code, and is reminded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.records.base.codes import code_for, fingerprint
from lvzhi.records.jobs.models import Job
from lvzhi.records.jobs.worker import enqueue
from lvzhi.records.matters.numbering import next_number
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people import door
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress, PersonalRecord
from lvzhi.work.stations.actions.words import at_end, at_start, line, slot_words
from lvzhi.work.stations.models import Appointment, Closure, Message, Slot, Station
from lvzhi.work.stations.rules import may_keep

PREFIX = "约"
BOOKED = "appointment-booked"
"""The job that reminds a visitor the day before."""
KEPT = timedelta(days=90)
"""So long after the slot the visitor's particulars are kept."""
MOST_PURPOSE = 200
AHEAD = timedelta(days=60)
"""So far ahead places can be booked."""


@dataclass(frozen=True, slots=True)
class Booking:
    """What a citizen hands in. `once` is a secret of the form, from which the code is derived; the same form books
    once. `particulars` (name, phone) are sealed; both may be left out."""

    purpose: str
    once: str
    particulars: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Booked:
    """What the citizen takes home; the code is stored nowhere."""

    appointment: Appointment
    number: str
    code: str


@transaction.atomic
def book(slot: Slot, *, booking: Booking, actor: Actor, on: date, at: datetime) -> Booked:
    """Book the first free place of a slot. Raises NotAllowed with what to do instead.

    The slot's row is locked, so that the last place goes to one; the constraint
    `a_place_in_a_slot_is_booked_once` holds even without the lock.
    """
    rows = Slot.objects.of(actor.congress).select_related("station__body", "congress").select_for_update(of=("self",))
    found = rows.filter(pk=slot.pk).first()
    if found is None:
        raise NotAllowed(_("没有这一场接待，请回到联络站的页面重新选。"))
    before = Appointment.objects.of(actor.congress).filter(source_id=booking.once).first()
    if before is not None:
        return Booked(before, before.number, code_for(booking.once))
    _check_bookable(found, on, at)
    purpose = line(booking.purpose, MOST_PURPOSE)
    if len(purpose) < 2:
        raise NotAllowed(_("请用一句话写明想说什么事，代表好有准备。"))
    place = _free_place(found)
    number = next_number(actor.congress, PREFIX, on.year)
    code = code_for(booking.once)
    appointment = Appointment(
        congress=found.congress, slot=found, place=place, number=number, code_hash=fingerprint(number, code),
        purpose=purpose, source_id=booking.once, booked_at=at,
    )  # fmt: skip
    appointment.visitor = _sealed(found.congress, appointment, booking, found.date, at)
    appointment.save(force_insert=True)
    remind_of(appointment, on=on, at=at)
    return Booked(appointment, number, code)


def _sealed(
    congress: Congress, appointment: Appointment, booking: Booking, day: date, at: datetime
) -> PersonalRecord | None:
    kept = {name: value.strip() for name, value in booking.particulars.items() if value.strip()}
    if not kept:
        return None
    return door.keep(
        congress=congress, about=f"appointment:{appointment.pk}", particulars=kept, at=at, until=day + KEPT
    )


def _check_bookable(slot: Slot, on: date, at: datetime) -> None:
    if slot.is_cancelled:
        raise NotAllowed(_("这一场取消了：%(reason)s。请选别的时间。") % {"reason": slot.cancelled_because})
    if at >= at_start(slot):
        raise NotAllowed(_("这一场已经开始，不用预约，直接来就行。") if at < at_end(slot) else _("这一场已经过去了。"))
    if slot.date > on + AHEAD:
        raise NotAllowed(_("现在只能约六十天以内的接待。"))
    station: Station = slot.station
    if not station.is_open or Closure.objects.of(slot.congress_id).on(slot.date).filter(station=station).exists():
        raise NotAllowed(_("那一天本站停用，请选别的时间或者别的站。"))


def _free_place(slot: Slot) -> int:
    taken = set(slot.appointments.exclude(status=Appointment.Status.CANCELLED).values_list("place", flat=True))
    place = next((each for each in range(slot.places) if each not in taken), None)
    if place is None:
        raise NotAllowed(
            _("这一场的位置约满了。不预约也可以来，可能要等一会儿；或者选别的时间。")
            if slot.places
            else _("这一场不用预约，直接来就行。")
        )
    return place


def remind_of(appointment: Appointment, *, on: date, at: datetime) -> None:
    """Leave a job that reminds of the booking at nine in the morning of the day before; none for tomorrow or today."""
    day_before = at_start(appointment.slot) - timedelta(days=1)
    when = day_before.replace(hour=9, minute=0, second=0, microsecond=0)
    if when > at and appointment.slot.date > on + timedelta(days=1):
        enqueue(BOOKED, congress_id=appointment.congress_id, payload={"appointment": str(appointment.pk)}, at=when)


def after_booked(job: Job, at: datetime) -> None:
    """Put the reminder on the booking's page and on the office's list of calls. May run twice."""
    rows = Appointment.objects.of(job.congress_id).select_related("slot__station__body")
    found = rows.filter(pk=job.payload["appointment"], status=Appointment.Status.BOOKED).first()
    if found is None or found.messages.filter(kind=Message.Kind.REMINDER).exists() or at >= at_start(found.slot):
        return
    station = found.slot.station
    text = (
        f"{slot_words(found.slot)}，{station.body.short}，{station.address}。来不了的，请凭查询码取消，把位置让给别人。"
    )
    Message.objects.create(
        congress_id=found.congress_id, appointment=found, kind=Message.Kind.REMINDER, text=text[:300], at=at
    )


@transaction.atomic
def cancel_booking(appointment: Appointment, *, at: datetime) -> Appointment:
    """取消预约: by whoever holds the code; the place is free again. Raises NotAllowed."""
    rows = Appointment.objects.of(appointment.congress_id).select_related("slot").select_for_update(of=("self",))
    found = rows.get(pk=appointment.pk)
    if found.status == Appointment.Status.CANCELLED:
        return found
    if found.status != Appointment.Status.BOOKED or at >= at_end(found.slot):
        raise NotAllowed(_("这一场已经过去了，不用取消。"))
    found.status = Appointment.Status.CANCELLED
    found.save(update_fields=["status"])
    return found


@transaction.atomic
def note_arrival(appointment: Appointment, *, came: bool, actor: Actor, on: date) -> Appointment:
    """到场登记: whether the visitor came. By the keeper of the station, or a deputy who sits there."""
    station = appointment.slot.station
    sits = actor.person is not None and appointment.slot.seats.filter(person=actor.person).exists()
    if not sits and (why := may_keep.why_not(actor, station)):
        raise NotAllowed(why)
    if appointment.status == Appointment.Status.CANCELLED:
        raise NotAllowed(_("这个预约已经取消了。"))
    if appointment.slot.date > on:
        raise NotAllowed(_("还没有到那一天。"))
    appointment.status = Appointment.Status.CAME if came else Appointment.Status.NO_SHOW
    appointment.save(update_fields=["status"])
    return appointment


@transaction.atomic
def note_told(message: Message, *, actor: Actor, at: datetime) -> Message:
    """已告知: tick a message off after the call. Raises NotAllowed."""
    if why := may_keep.why_not(actor, message.appointment.slot.station):
        raise NotAllowed(why)
    if message.told_at is None:
        message.told_at, message.told_by_id = at, actor.account
        message.save(update_fields=["told_at", "told_by"])
    return message
