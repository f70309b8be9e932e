"""The thread upwards: what an opinion raised, and what came of that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lvzhi.records.matters.models import Link, Matter
from lvzhi.work.opinions.models import Opinion

DEEPEST = 4
MOST_RAISED = 40
UPWARD = (Link.Kind.RAISED, Link.Kind.PROMPTED, Link.Kind.LED_TO, Link.Kind.YIELDED, Link.Kind.TRACKED_IN)


@dataclass(frozen=True, slots=True)
class Upward:
    """One step of the thread: `matter` came of what stands before it, `depth` steps from the opinion."""

    matter: Matter
    kind: str
    since: date
    depth: int


def upward(opinion: Opinion) -> list[Upward]:
    """Everything an opinion led to, nearest first, whether public or not: the face decides how much of each is told.

    What was raised by the opinion this one was merged into counts for it as well. At most `DEEPEST` statements, one
    where nothing was raised.
    """
    lead = opinion.merged_into
    before: set[UUID] = {opinion.matter_id} | ({lead.matter_id} if lead else set())
    seen, found = set(before), list[Upward]()
    for depth in range(1, DEEPEST + 1):
        links = _from(opinion.congress_id, before)
        fresh = [link for link in links if link.target_id not in seen]
        found += [Upward(link.target, link.kind, link.since, depth) for link in fresh]
        before = {link.target_id for link in fresh}
        seen |= before
        if not before:
            break
    return found


def _from(congress: UUID, sources: Iterable[UUID]) -> list[Link]:
    rows = Link.objects.of(congress).filter(source__in=list(sources), kind__in=UPWARD)
    return list(rows.select_related("target__responsible", "target__congress").order_by("since", "id")[:MOST_RAISED])
