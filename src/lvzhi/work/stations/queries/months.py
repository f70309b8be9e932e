"""The month (代表联系选民月): what happened, and where the gaps are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from lvzhi.core.procedure import Procedure
from lvzhi.records.matters.procedures import procedure_of, registry
from lvzhi.records.people.models import Congress, Person
from lvzhi.work.stations.models import PROCEDURE, Campaign, Closure, Seat, Slot, Station, StationDeputy, Visit
from lvzhi.work.stations.queries.places import deputies_now
from lvzhi.work.stations.queries.years import reception_days


def settings_of(congress: Congress, *, on: date) -> Mapping[str, object]:
    """What the procedure in force sets for this congress, as `receptions_a_year` (absent where no law has one)."""
    chosen = congress.settings.get(PROCEDURE) or {}
    procedure: Procedure = registry().get(PROCEDURE, on, congress.region, chosen)
    return procedure.values


def campaigns(congress: UUID, *, limit: int = 20) -> list[Campaign]:
    """Months, newest first, with their matters. One statement."""
    return list(Campaign.objects.of(congress).select_related("matter").order_by("-first_day", "-id")[:limit])


def campaign_of(congress: UUID, key: UUID) -> Campaign | None:
    """One month with its matter and congress. One statement."""
    rows = Campaign.objects.of(congress).select_related("matter__congress", "matter__responsible", "congress")
    return rows.filter(pk=key).first()


def running_campaign(congress: UUID, *, today: date) -> Campaign | None:
    """The month that was announced and is on, or comes next within ninety days. One statement."""
    soon = date.fromordinal(today.toordinal() + 90)
    rows = Campaign.objects.of(congress).filter(last_day__gte=today, first_day__lte=soon)
    return rows.exclude(matter__state__in=["planned", "called_off"]).order_by("first_day").first()


def stations_of(campaign: Campaign) -> list[Station]:
    """The stations that take part, by street. One statement."""
    rows = Station.objects.of(campaign.congress_id).filter(pk__in=campaign.parts.values("station"))
    return list(rows.select_related("body", "street").order_by("street__slug", "kind", "body__slug"))


@dataclass(frozen=True, slots=True)
class StationFigure:
    """One station in a month."""

    station: Station
    slots: int
    visits: int
    carried: int


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A month in figures. `deputies` came, of `expected` deputies in office; `answered` on the spot, `carried` on."""

    stations: Sequence[StationFigure]
    slots: int
    struck: int
    deputies: int
    expected: int
    visits: int
    answered: int
    carried: int
    by_category: Mapping[str, int]

    @property
    def by_street(self) -> dict[str, int]:
        """People received in each street, most first."""
        found: dict[str, int] = {}
        for each in self.stations:
            name = each.station.street.short
            found[name] = found.get(name, 0) + each.visits
        return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def month_figures(campaign: Campaign, *, today: date) -> MonthFigures:
    """A month as it stands on `today`. Six statements however many stations."""
    congress, until = campaign.congress_id, min(today, campaign.last_day)
    stations = stations_of(campaign)
    keys = [each.pk for each in stations]
    slots = Slot.objects.of(congress).between(campaign.first_day, campaign.last_day).filter(station__in=keys)
    per = {
        row["station"]: row
        for row in slots.values("station").annotate(
            standing=Count("pk", filter=Q(is_cancelled=False)), struck=Count("pk", filter=Q(is_cancelled=True))
        )
    }
    visits = Visit.objects.of(congress).filter(on__gte=campaign.first_day, on__lte=campaign.last_day, station__in=keys)
    seen = {
        row["station"]: row
        for row in visits.values("station").annotate(
            n=Count("pk"), carried=Count("pk", filter=Q(outcome=Visit.Outcome.CARRIED))
        )
    }
    came = Seat.objects.of(congress).filter(
        came_at__isnull=False, slot__is_cancelled=False, slot__station__in=keys,
        slot__date__gte=campaign.first_day, slot__date__lte=until,
    )  # fmt: skip
    figures = [
        StationFigure(
            each,
            per[each.pk]["standing"] if each.pk in per else 0,
            seen[each.pk]["n"] if each.pk in seen else 0,
            seen[each.pk]["carried"] if each.pk in seen else 0,
        )
        for each in stations
    ]
    total, carried = sum(each.visits for each in figures), sum(each.carried for each in figures)
    return MonthFigures(
        stations=figures,
        slots=sum(each.slots for each in figures),
        struck=sum(row["struck"] for row in per.values()),
        deputies=came.values("person").distinct().count(),
        expected=len(deputies_now(congress, on=until)),
        visits=total,
        answered=total - carried,
        carried=carried,
        by_category={
            row["category"]: row["n"]
            for row in visits.values("category").annotate(n=Count("pk")).order_by("-n", "category")
        },
    )


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing. `below` are deputies with their reception days, under `floor`; None where no rule sets one."""

    without_slot: Sequence[tuple[Station, str]]
    shut: Sequence[Closure]
    without_station: Sequence[Person]
    floor: int | None
    below: Sequence[tuple[Person, int]]


def gaps(campaign: Campaign, *, today: date) -> Gaps:
    """Stations without a slot in the month (with why, if shut), deputies below the floor or without a station.

    Days are counted up to `today`, or to the end of the month's year once that has passed. Seven statements.
    """
    congress = campaign.congress_id
    stations = stations_of(campaign)
    closed = list(
        Closure.objects.of(congress)
        .between(campaign.first_day, campaign.last_day)
        .filter(station__in=[each.pk for each in stations])
        .select_related("station__body")
        .order_by("first_day")
    )
    reasons = {row.station_id: row.reason for row in closed}
    standing = Slot.objects.of(congress).standing().between(campaign.first_day, campaign.last_day)
    held = set(standing.values_list("station_id", flat=True).distinct())
    deputies = deputies_now(congress, on=min(today, campaign.last_day))
    belong = set(StationDeputy.objects.of(congress).values_list("person_id", flat=True))
    values = procedure_of(campaign.matter).values
    floor, counted = values.get("receptions_a_year"), values.get("month_counts", 1)
    below: list[tuple[Person, int]] = []
    if isinstance(floor, int) and isinstance(counted, int):
        until = min(today, date(campaign.year, 12, 31))
        days = reception_days(congress, year=campaign.year, until=until, month_counts=counted)
        below = [(each, days.get(each.pk, 0)) for each in deputies if days.get(each.pk, 0) < floor]
    return Gaps(
        without_slot=[(each, reasons.get(each.pk, "")) for each in stations if each.pk not in held],
        shut=closed,
        without_station=[each for each in deputies if each.pk not in belong],
        floor=floor if isinstance(floor, int) else None,
        below=sorted(below, key=lambda pair: pair[1]),
    )


def previous(campaign: Campaign) -> Campaign | None:
    """The month before this one that was held. One statement."""
    rows = Campaign.objects.of(campaign.congress_id).select_related("matter").filter(first_day__lt=campaign.first_day)
    return rows.exclude(matter__state__in=["planned", "called_off"]).order_by("-first_day").first()
