"""The rota as pages need it: slots with who sits there and how many places are taken."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from lvzhi.work.stations.models import Appointment, Seat, Slot

MOST = 2000
"""So many slots one page of the rota shows: a month of two hundred stations with two slots a week is 1,800."""


def _drawn(rows: QuerySet[Slot], congress: UUID) -> QuerySet[Slot]:
    seats = Seat.objects.of(congress).select_related("person").order_by("id")
    taken = Count("appointments", filter=~Q(appointments__status=Appointment.Status.CANCELLED), distinct=True)
    return (
        rows.select_related("station__body", "station__street", "moved_to")
        .prefetch_related(Prefetch("seats", seats, to_attr="sitting"))
        .annotate(taken=taken)
        .order_by("date", "starts", "station__body__slug")
    )


def rota(
    congress: UUID,
    *,
    first: date,
    last: date,
    street: str = "",
    station: UUID | None = None,
    stations: Iterable[UUID] | None = None,
    cancelled: bool = False,
) -> list[Slot]:
    """Slots of these days in order of time; `sitting` are the seats, `taken` the booked places. Two statements."""
    rows = Slot.objects.of(congress).between(first, last)
    if not cancelled:
        rows = rows.standing()
    if street:
        rows = rows.filter(station__street__slug=street)
    if station:
        rows = rows.filter(station=station)
    if stations is not None:
        rows = rows.filter(station__in=list(stations))
    return list(_drawn(rows, congress)[:MOST])


def upcoming(congress: UUID, *, station: UUID | None, today: date, limit: int = 20) -> list[Slot]:
    """The next slots, of one station or of all, those cancelled in the coming days too. Two statements."""
    rows = Slot.objects.of(congress).filter(date__gte=today)
    if station:
        rows = rows.filter(station=station)
    return list(_drawn(rows, congress)[:limit])


def slot_at(congress: UUID, key: UUID) -> Slot | None:
    """One slot with its station and seats. Two statements."""
    return _drawn(Slot.objects.of(congress).select_related("station__congress").filter(pk=key), congress).first()


def deputy_slots(congress: UUID, person: UUID, *, today: date, limit: int = 10) -> list[Slot]:
    """When a deputy sits next, today included, also what was cancelled. Two statements."""
    rows = Slot.objects.of(congress).filter(
        pk__in=Seat.objects.of(congress).filter(person=person, slot__date__gte=today).values("slot")
    )
    return list(_drawn(rows, congress)[:limit])


def free_places(slot: Slot) -> int:
    """How many places of a drawn slot can still be booked. No statement."""
    return max(0, slot.places - int(getattr(slot, "taken", 0)))


def by_day(slots: Iterable[Slot]) -> dict[date, list[Slot]]:
    """Slots under their days. No statement."""
    found: dict[date, list[Slot]] = {}
    for slot in slots:
        found.setdefault(slot.date, []).append(slot)
    return found
