"""What the public reads: the board of published opinions, by subject, place, standing and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from uuid import UUID

from django.db.models import Count, Q

from lvzhi.records.base.scope import ScopedQuerySet
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.paging import Mark, Page, mark
from lvzhi.work.opinions.models import PROCEDURE, Opinion, Posting

BOARD_PAGE = 20
_HERE = timezone(timedelta(hours=8))
"""Years begin at midnight where the congress is; China has one time and no summer time."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the board is narrowed to; every field stands in the address. `standing` is one of `Posting.Standing`."""

    category: str = ""
    topic: str = ""
    area: UUID | None = None
    community: UUID | None = None
    standing: str = ""
    year: int | None = None
    is_closed: bool | None = None
    """Answered or ended (True), being handled (False)."""
    since: datetime | None = None
    until: datetime | None = None
    """When it was published."""

    def __bool__(self) -> bool:
        return self != Wanted()


def _lines(congress: UUID, wanted: Wanted) -> ScopedQuerySet[Posting]:
    fields: Mapping[str, object] = {
        "category": wanted.category,
        "topic": wanted.topic,
        "area": None if wanted.community else wanted.area,  # a community lies in its street
        "community": wanted.community,
        "standing": wanted.standing,
    }
    rows = Posting.objects.of(congress).filter(**{name: value for name, value in fields.items() if value})
    if wanted.year:
        begin, end = (datetime(wanted.year + more, 1, 1, tzinfo=_HERE) for more in (0, 1))
        rows = rows.filter(published_at__gte=begin, published_at__lt=end)
    if wanted.is_closed is not None:
        open_ones = Q(standing=Posting.Standing.IN_HAND)
        rows = rows.exclude(open_ones) if wanted.is_closed else rows.filter(open_ones)
    if wanted.since:
        rows = rows.filter(published_at__gte=wanted.since)
    return rows.filter(published_at__lte=wanted.until) if wanted.until else rows


def board(congress: UUID, wanted: Wanted | None = None, *, after: str = "", limit: int = BOARD_PAGE) -> Page[Matter]:
    """Published opinions, newest first; `opinion` and the bodies are loaded. Two statements, none of which counts.

    The lines are found along one index of `Posting`, then the rows of the page are read by their keys; what was taken
    off the board a moment ago is left out of the page.
    """
    rows = _lines(congress, wanted or Wanted())
    place = Mark.read(after)
    if place and (instant := place.instant()):
        rows = rows.filter(
            Q(published_at__lt=instant) | Q(published_at=instant, id__lt=place.key), published_at__lte=instant
        )
    found = list(rows.order_by("-published_at", "-id").values_list("matter_key", "published_at", "id")[: limit + 1])
    page = found[:limit]
    more = mark(page[-1][1], page[-1][2]) if len(found) > limit else None
    return Page(_loaded(congress, [key for key, _at, _id in page]), more)


def shown_since(congress: UUID, wanted: Wanted, since: datetime, until: datetime, limit: int) -> list[Matter]:
    """What was published after `since` and not after `until`, newest first, as `board` gives it. Two statements."""
    rows = _lines(congress, wanted).filter(published_at__gt=since, published_at__lte=until)
    return _loaded(congress, list(rows.order_by("-published_at", "-id").values_list("matter_key", flat=True)[:limit]))


def published_among(congress: UUID, numbers: Sequence[str]) -> list[Matter]:
    """The published ones among these numbers, newest first, as `board` gives them. One statement."""
    rows = Matter.objects.of(congress).published().filter(procedure=PROCEDURE, number__in=numbers)
    return list(rows.select_related("opinion__community", "responsible", "area").order_by("-published_at", "-id"))


def _loaded(congress: UUID, keys: Sequence[UUID]) -> list[Matter]:
    if not keys:
        return []
    rows = Matter.objects.of(congress).published().filter(pk__in=keys)
    known = {matter.pk: matter for matter in rows.select_related("opinion__community", "responsible", "area")}
    return [known[key] for key in keys if key in known]


def others(matters: Sequence[Matter]) -> dict[UUID, int]:
    """How many further people spoke of the same thing, by the key of the matter; none are left out. One statement."""
    if not matters:
        return {}
    leads = [matter.opinion.pk for matter in matters]
    rows = Opinion.objects.of(matters[0].congress_id).filter(merged_into__in=leads).order_by()
    counts = dict(rows.values_list("merged_into").annotate(Count("pk")))
    return {matter.pk: counts[matter.opinion.pk] for matter in matters if matter.opinion.pk in counts}


def years(congress: UUID, this_year: int) -> list[int]:
    """The years the board has lines of, newest first. One statement."""
    oldest = Posting.objects.of(congress).order_by("published_at", "id").values_list("published_at", flat=True)[:1]
    first = next((at.astimezone(_HERE).year for at in oldest), this_year)
    return list(range(this_year, min(first, this_year) - 1, -1))


def among(congress: UUID, wanted: Wanted, keys: Sequence[UUID]) -> set[UUID]:
    """Which of these matters the board shows under the filters. One statement."""
    return set(_lines(congress, wanted).filter(matter_key__in=keys).values_list("matter_key", flat=True))


def published(congress: UUID, number: str) -> Matter | None:
    """One published opinion by its number, with `opinion` loaded. One statement."""
    rows = Matter.objects.of(congress).published().filter(procedure=PROCEDURE, number=number)
    return rows.select_related("opinion__community", "opinion__merged_into__matter", "responsible", "area").first()
