"""Bookings: by their code, of a slot, and whom to call."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare

from lvzhi.records.base.codes import fingerprint
from lvzhi.records.people.actor import Actor
from lvzhi.work.stations.models import Appointment, Message, Slot
from lvzhi.work.stations.rules import KEEPERS

CALLS = 200
CALLED_WITHIN = timedelta(days=30)


def booking_by_code(congress: UUID, number: str, code: str) -> Appointment | None:
    """The booking a number and a code open, with its slot and station, or None. One statement."""
    rows = Appointment.objects.of(congress).select_related("slot__station__body", "slot__station__street")
    found = rows.filter(number=" ".join(number.split())).first()
    if found is None or not constant_time_compare(found.code_hash, fingerprint(found.number, code)):
        return None
    return found


def bookings_of(slot: Slot) -> list[Appointment]:
    """Who booked a slot, in the order of places; the visitor's record is loaded, sealed. One statement."""
    rows = Appointment.objects.of(slot.congress_id).filter(slot=slot).select_related("visitor")
    return list(rows.order_by("place", "booked_at"))


def calls_to_make(actor: Actor, *, now: datetime) -> list[Message]:
    """Messages of the last thirty days nobody has passed on by telephone, oldest first. One statement."""
    rows = Message.objects.of(actor.congress).filter(told_at=None, at__gte=now - CALLED_WITHIN)
    if not actor.roles & KEEPERS:
        rows = rows.filter(appointment__slot__station__committee__in=actor.bodies)
    return list(
        rows.select_related("appointment__visitor", "appointment__slot__station__body").order_by("at", "id")[:CALLS]
    )
