"""What became of the opinions that were said at stations."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from lvzhi.records.matters.models import Link, Matter
from lvzhi.work.opinions.models import PROCEDURE, Opinion

LATEST = 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """Opinions in figures; solved is told before satisfied. `by_category` is (key, count), most first."""

    received: int
    answered: int
    late: int
    rated: int
    solved: int
    partly: int
    not_solved: int
    satisfied: int
    raised: int
    by_category: tuple[tuple[str, int], ...] = ()


def outcome_of_stations(
    congress: UUID, stations: Collection[UUID], *, first: date, last: date, today: date, deep: bool = True
) -> Outcome:
    """Opinions said at these stations (ids of their bodies) on these days. Two statements, one unless `deep`.

    `deep` adds the subjects; `raised` counts opinions from which a suggestion, a topic or a point came.
    """
    rows = Opinion.objects.of(congress).filter(
        station__in=stations, matter__opened_on__gte=first, matter__opened_on__lte=last
    )
    led = [Link.Kind.RAISED, Link.Kind.PROMPTED, Link.Kind.LED_TO]
    onward = Link.objects.of(congress).filter(source=OuterRef("matter"), kind__in=led)
    found = rows.aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=~Q(reply="")),
        late=Count("pk", filter=Q(matter__is_open=True, matter__next_due__lt=today)),
        rated=Count("pk", filter=~Q(result_rating="")),
        solved=Count("pk", filter=Q(result_rating=Opinion.Result.SOLVED)),
        partly=Count("pk", filter=Q(result_rating=Opinion.Result.PARTLY)),
        not_solved=Count("pk", filter=Q(result_rating=Opinion.Result.NOT)),
        satisfied=Count("pk", filter=Q(process_rating__in=["satisfied", "basically"])),
        raised=Count("pk", filter=Exists(onward)),
    )
    subjects: tuple[tuple[str, int], ...] = ()
    if deep and found["received"]:
        counted = rows.values("matter__category").annotate(n=Count("pk")).order_by("-n", "matter__category")
        subjects = tuple((row["matter__category"], row["n"]) for row in counted)
    return Outcome(by_category=subjects, **found)


def public_of_station(congress: UUID, station: UUID, *, limit: int = LATEST) -> list[Matter]:
    """Published opinions that were said at a station, newest first, `opinion` and body loaded. One statement."""
    rows = Matter.objects.of(congress).published().filter(procedure=PROCEDURE, opinion__station=station)
    return list(rows.select_related("opinion", "responsible", "area").order_by("-published_at", "-id")[:limit])
