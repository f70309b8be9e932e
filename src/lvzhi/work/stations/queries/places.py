"""Stations: where they are, who belongs to them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Prefetch

from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Membership, Person
from lvzhi.work.stations.models import Closure, Slot, Station, StationDeputy
from lvzhi.work.stations.models.station import StationQuerySet
from lvzhi.work.stations.rules import HOLDS_A_SEAT, KEEPERS

BODIES = ("body", "street", "community", "committee")


def _with_bodies(congress: UUID) -> StationQuerySet:
    return Station.objects.of(congress).select_related(*BODIES)


def directory(congress: UUID, *, today: date, street: str = "") -> list[Station]:
    """Stations by street and name; `shut_now` holds closures in force today, `soon` slots from today. Three statements.

    `street` is the slug of a street office. Slots of the next sixty days are loaded, which for two hundred stations
    are some thousands of small rows at most.
    """
    rows = _with_bodies(congress)
    if street:
        rows = rows.filter(street__slug=street)
    last = date.fromordinal(today.toordinal() + 60)
    soon = Slot.objects.of(congress).standing().between(today, last).order_by("date", "starts")
    shut = Closure.objects.of(congress).on(today).order_by("first_day")
    return list(
        rows.prefetch_related(
            Prefetch("slots", soon, to_attr="soon"), Prefetch("closures", shut, to_attr="shut_now")
        ).order_by("street__slug", "kind", "body__slug")
    )


def station_by_slug(congress: UUID, slug: str) -> Station | None:
    """One station by its address, with its bodies. One statement."""
    return _with_bodies(congress).select_related(*BODIES, "congress").filter(body__slug=slug).first()


def station_at(congress: UUID, key: UUID) -> Station | None:
    """One station by its id, with its bodies. One statement."""
    return _with_bodies(congress).select_related(*BODIES, "congress").filter(pk=key).first()


def stations_kept_by(actor: Actor) -> list[Station]:
    """The stations the actor keeps, by street and name. One statement."""
    rows = _with_bodies(actor.congress)
    if not actor.roles & KEEPERS:
        rows = rows.filter(committee__in=actor.bodies) if "street_committee" in actor.roles else rows.none()
    return list(rows.order_by("street__slug", "kind", "body__slug"))


def deputies_now(congress: UUID, *, on: date) -> list[Person]:
    """Everyone who is a deputy on that day, by name's key. One statement."""
    held = Membership.objects.of(congress).on(on).filter(HOLDS_A_SEAT)
    return list(Person.objects.of(congress).filter(pk__in=held.values("person")).order_by("slug"))


def deputies_of(station: Station) -> list[Person]:
    """The deputies who belong to a station. One statement."""
    rows = StationDeputy.objects.of(station.congress_id).filter(station=station).select_related("person")
    return [row.person for row in rows.order_by("person__slug")]


def closures(station: Station, *, today: date) -> list[Closure]:
    """Closures in force or to come, soonest first. One statement."""
    rows = Closure.objects.of(station.congress_id).filter(station=station)
    return [row for row in rows.order_by("first_day") if row.last_day is None or row.last_day >= today]
