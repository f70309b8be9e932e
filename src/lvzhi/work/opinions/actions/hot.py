"""一周热点: the week's opinions put into groups about the same thing, reckoned by the worker."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from lvzhi.core.text.events import compare, joined
from lvzhi.core.text.events_report import Report
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions.learning import frequency
from lvzhi.work.opinions.likeness import links, report_of
from lvzhi.work.opinions.models import PROCEDURE, HotTopic, Opinion

SPAN = timedelta(days=7)
LEAST_SIZE = 3
MOST_TOPICS = 20
MOST_READ = 8000
"""So many opinions of two weeks are grouped, the latest; 2 ms each."""
SAME = 0.5
"""A group that shares half of its opinions with one reckoned before is that one: its address stays."""
Pair = Mapping[tuple[UUID, UUID], float]


def reckon_topics(congress: Congress, *, today: date, at: datetime) -> list[HotTopic]:
    """Group what came in within seven days, with the seven before to compare; what was reckoned is renewed.

    Three statements and two a topic.
    """
    rows = _read(congress, since=today - 2 * SPAN + timedelta(days=1), until=today)
    reports = {opinion.pk: report_of(opinion) for opinion in rows}
    likely = links(reports, frequency(congress.pk))
    groups = joined(list(reports), likely)
    border, by_key = today - SPAN, {opinion.pk: opinion for opinion in rows}
    found = []
    for group in groups:
        this = [by_key[key] for key in group if by_key[key].matter.opened_on > border]
        earlier = [by_key[key] for key in group if by_key[key].matter.opened_on <= border]
        if voices(this) >= LEAST_SIZE:
            found.append((this, voices(earlier)))
    found.sort(key=lambda item: (-voices(item[0]), item[0][0].pk))
    return _keep(congress, found[:MOST_TOPICS], reports, likely, today, at)


def voices(opinions: Sequence[Opinion]) -> int:
    """How many different things were written: the same words sent many times count once."""
    return len({opinion.fingerprint or str(opinion.pk) for opinion in opinions})


def _read(congress: Congress, *, since: date, until: date) -> list[Opinion]:
    # By the instant too, which is indexed: two weeks are read, not the whole register.
    instant = datetime.combine(since - timedelta(days=2), time.min, tzinfo=UTC)
    rows = Opinion.objects.of(congress).filter(
        matter__congress=congress,
        matter__procedure=PROCEDURE,
        matter__opened_at__gte=instant,
        matter__opened_on__gte=since,
        matter__opened_on__lte=until,
        is_suspected=False,
    )
    rows = rows.exclude(matter__state__in=["set_aside", "withdrawn"]).select_related("matter__area")
    return list(rows.order_by("-id")[:MOST_READ])


@transaction.atomic
def _keep(
    congress: Congress,
    found: Sequence[tuple[list[Opinion], int]],
    reports: Mapping[UUID, Report],
    likely: Pair,
    today: date,
    at: datetime,
) -> list[HotTopic]:
    """Write the topics down; one that was there keeps its row, and so its page."""
    week = today - timedelta(days=today.weekday())
    before = {
        row: set(row.opinions.values_list("pk", flat=True)) for row in HotTopic.objects.of(congress).filter(week=week)
    }
    # Ranks are given once a week: those of before make room first.
    for place, row in enumerate(before):
        HotTopic.objects.of(congress).filter(pk=row.pk).update(rank=1000 + place)
    kept = []
    for rank, (members, earlier) in enumerate(found, 1):
        keys = {opinion.pk for opinion in members}
        was = next((each for each, old in before.items() if len(old & keys) >= SAME * max(1, len(old))), None)
        topic = was or HotTopic(congress=congress, week=week)
        before.pop(topic, None)
        _fill(topic, rank, members, earlier, reports, likely, congress, at)
        topic.save()
        topic.opinions.set(members)
        kept.append(topic)
    HotTopic.objects.of(congress).filter(pk__in=[row.pk for row in before]).delete()
    return kept


def _fill(
    topic: HotTopic,
    rank: int,
    members: Sequence[Opinion],
    earlier: int,
    reports: Mapping[UUID, Report],
    likely: Pair,
    congress: Congress,
    at: datetime,
) -> None:
    middle = max(members, key=lambda opinion: (_closeness(opinion.pk, members, likely), -opinion.pk.int))
    topic.rank, topic.size, topic.last_week, topic.reckoned_at = rank, voices(members), earlier, at
    topic.title = middle.matter.title[:120]
    topic.words = _words(middle, members, reports, congress)
    topic.places = _places(members)


def _closeness(key: UUID, members: Sequence[Opinion], likely: Pair) -> float:
    """How near an opinion is to all others of its group: the nearest to all gives the group its name."""
    return sum(likely.get((key, each.pk), 0.0) + likely.get((each.pk, key), 0.0) for each in members)


def _words(
    middle: Opinion, members: Sequence[Opinion], reports: Mapping[UUID, Report], congress: Congress
) -> list[str]:
    """The words most members share with the one in the middle."""
    known, shared = frequency(congress.pk), Counter[str]()
    for each in members[:50]:
        if each.pk != middle.pk:
            shared.update(compare(reports[middle.pk], reports[each.pk], known).words)
    return [word for word, _count in shared.most_common(6)]


def _places(members: Sequence[Opinion]) -> list[dict[str, Any]]:
    """How many came from each street, most first."""
    counted = Counter(opinion.matter.area.short for opinion in members if opinion.matter.area)
    return [{"name": name, "count": count} for name, count in counted.most_common()]
