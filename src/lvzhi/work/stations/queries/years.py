"""How often deputies received in a year: what the law's floor is held against."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Q

from lvzhi.work.stations.models import Campaign, Seat, Visit

DONE_STATES = frozenset({"planned", "called_off"})
"""Months that were only planned, or called off, change nothing in the count."""


def reception_days(
    congress: UUID, *, year: int, until: date, month_counts: int, person: UUID | None = None
) -> dict[UUID, int]:
    """Reception days (选民接待日) of each deputy in a year up to `until`, as they count. Two statements.

    北京市实施代表法办法 第二十二条第二款 asks for two days a year. What counts is a check-in; two slots on one day are
    one day. Days within the year's month (代表联系选民月) count together at most `month_counts` times: the congress's
    own reading, a setting of the procedure. Deputies without any are not in the answer.
    """
    seats = Seat.objects.of(congress).filter(
        came_at__isnull=False, slot__is_cancelled=False, slot__date__year=year, slot__date__lte=until
    )
    if person:
        seats = seats.filter(person=person)
    months = list(
        Campaign.objects.of(congress)
        .filter(Q(first_day__year=year) | Q(last_day__year=year))
        .exclude(matter__state__in=DONE_STATES)
        .values_list("first_day", "last_day")
    )
    inside: dict[UUID, set[date]] = defaultdict(set)
    outside: dict[UUID, set[date]] = defaultdict(set)
    for who, day in seats.values_list("person_id", "slot__date").distinct():
        within = any(first <= day <= last for first, last in months)
        (inside if within else outside)[who].add(day)
    return {
        who: len(outside[who]) + min(len(inside[who]), month_counts)
        for who in sorted(set(inside) | set(outside), key=str)
    }


def visits_today(congress: UUID, deputy: UUID, *, on: date) -> list[Visit]:
    """Whom a deputy received on that day, latest first, with the opinion's matter. One statement."""
    rows = Visit.objects.of(congress).filter(deputy=deputy, on=on).select_related("matter", "station__body")
    return list(rows.order_by("-at", "-id"))
