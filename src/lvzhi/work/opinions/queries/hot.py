"""The hot topics of a week, and the opinions of one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from lvzhi.records.matters.paging import PAGE, Page
from lvzhi.work.opinions.models import HotTopic, Opinion


def hot_weeks(congress: UUID, *, limit: int = 12) -> list[date]:
    """The weeks for which topics were reckoned, latest first. One statement."""
    rows = HotTopic.objects.of(congress).order_by("-week").values_list("week", flat=True).distinct()
    return list(rows[:limit])


def hot_topics(congress: UUID, *, week: date | None = None) -> list[HotTopic]:
    """The topics of a week (the latest, if none is named), the largest first. Two statements."""
    wanted = week or next(iter(hot_weeks(congress, limit=1)), None)
    return list(HotTopic.objects.of(congress).filter(week=wanted).order_by("rank")) if wanted else []


def hot_topic(congress: UUID, key: UUID) -> HotTopic | None:
    """One topic. One statement."""
    return HotTopic.objects.of(congress).filter(pk=key).first()


def opinions_of(topic: HotTopic, *, after: str = "", limit: int = PAGE) -> Page[Opinion]:
    """The opinions of a topic, oldest first; `matter` with its bodies is loaded. One statement."""
    rows = topic.opinions.select_related(
        "matter__area", "matter__responsible", "matter__congress", "merged_into__matter"
    )
    try:
        place = UUID(after) if after else None
    except ValueError:
        place = None
    if place:
        rows = rows.filter(id__gt=place)
    found = list(rows.order_by("id")[: limit + 1])
    page = found[:limit]
    return Page(page, str(page[-1].pk) if len(found) > limit else None)
