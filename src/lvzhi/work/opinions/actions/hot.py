"""一周热点: the week's opinions put into groups about the same thing, reckoned by the worker."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
AT_ONCE = 200
"""So many opinions are put under a topic in one transaction."""
SAME = 0.5
"""A group that shares half of its opinions with one reckoned before is that one: its address stays."""
Pair = Mapping[tuple[UUID, UUID], float]


def reckon_topics(congress: Congress, *, today: date, at: datetime) -> list[HotTopic]:
    """Group what came in within seven days, with the seven before to compare; what was reckoned is renewed.

    Three statements, two a topic and four for each `AT_ONCE` of its opinions.
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
    # Everything is reckoned before the first row is written: nobody waits behind it.
    near = _nearness(likely)
    groups_told = [_told(members, earlier, reports, near, congress) for members, earlier in found[:MOST_TOPICS]]
    kept = _keep(congress, groups_told, today, at)
    for topic, told in zip(kept, groups_told, strict=True):
        _enrol(topic, told.members)
    return kept


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of one group."""

    members: list[Opinion]
    earlier: int
    title: str
    words: list[str]
    places: list[dict[str, Any]]


def _told(
    members: list[Opinion],
    earlier: int,
    reports: Mapping[UUID, Report],
    near: Mapping[UUID, float],
    congress: Congress,
) -> _Told:
    """The nearest to all others of its group gives the group its name."""
    middle = max(members, key=lambda opinion: (near.get(opinion.pk, 0.0), -opinion.pk.int))
    words = _words(middle, members, reports, congress)
    return _Told(members, earlier, middle.matter.title[:120], words, _places(members))


def _nearness(likely: Pair) -> dict[UUID, float]:
    """How near each opinion is to all others together; what is likely of two stands within one group."""
    found: dict[UUID, float] = defaultdict(float)
    for (one, other), value in likely.items():
        found[one] += value
        found[other] += value
    return found


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
def _keep(congress: Congress, found: Sequence[_Told], today: date, at: datetime) -> list[HotTopic]:
    """Write the topics down; one that was there keeps its row, and so its page."""
    week = today - timedelta(days=today.weekday())
    before = {
        row: set(row.opinions.values_list("pk", flat=True)) for row in HotTopic.objects.of(congress).filter(week=week)
    }
    # Ranks are given once a week: those of before make room first.
    for place, row in enumerate(before):
        HotTopic.objects.of(congress).filter(pk=row.pk).update(rank=1000 + place)
    kept = []
    for rank, told in enumerate(found, 1):
        keys = {opinion.pk for opinion in told.members}
        was = next((each for each, old in before.items() if len(old & keys) >= SAME * max(1, len(old))), None)
        topic = was or HotTopic(congress=congress, week=week)
        before.pop(topic, None)
        topic.rank, topic.size, topic.last_week, topic.reckoned_at = rank, voices(told.members), told.earlier, at
        topic.title, topic.words, topic.places = told.title, told.words, told.places
        topic.save()
        kept.append(topic)
    HotTopic.objects.of(congress).filter(pk__in=[row.pk for row in before]).delete()
    return kept


def _enrol(topic: HotTopic, members: Sequence[Opinion]) -> None:
    """Put the opinions of a group under its topic, a few at a time: a group of thousands must not hold up anybody."""
    wanted = {opinion.pk: opinion for opinion in members}
    there = {opinion.pk: opinion for opinion in topic.opinions.all()}
    gone = [opinion for key, opinion in there.items() if key not in wanted]
    new = [opinion for key, opinion in wanted.items() if key not in there]
    for start in range(0, len(gone), AT_ONCE):
        topic.opinions.remove(*gone[start : start + AT_ONCE])
    for start in range(0, len(new), AT_ONCE):
        topic.opinions.add(*new[start : start + AT_ONCE])


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
