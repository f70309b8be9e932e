"""The thread upwards: what an opinion raised, and what came of that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lvzhi.records.matters.models import Link, Matter
from lvzhi.records.matters.procedures import procedure_of, words
from lvzhi.work.opinions.models import Opinion

DEEPEST = 4
MOST_RAISED = 40
FIRST_STEP = (Link.Kind.RAISED, Link.Kind.PROMPTED)
UPWARD = (*FIRST_STEP, Link.Kind.LED_TO, Link.Kind.YIELDED, Link.Kind.TRACKED_IN)


@dataclass(frozen=True, slots=True)
class Upward:
    """One step of the thread: `matter` came of what stands before it, `depth` steps from the opinion."""

    matter: Matter
    kind: str
    since: date
    depth: int


def upward(opinion: Opinion, *, deepest: int = DEEPEST) -> list[Upward]:
    """Everything an opinion led to, nearest first, whether public or not: the face decides how much of each is told.

    What was raised by the opinion this one was merged into counts for it as well. One statement
    for each of at most `deepest` steps, one where nothing was raised, and one more for the lead of a merged opinion.
    """
    lead = opinion.merged_into
    before: set[UUID] = {opinion.matter_id} | ({lead.matter_id} if lead else set())
    seen, found = set(before), list[Upward]()
    for depth in range(1, deepest + 1):
        links = _from(opinion.congress_id, before)
        fresh = [link for link in links if link.target_id not in seen]
        found += [Upward(link.target, link.kind, link.since, depth) for link in fresh]
        before = {link.target_id for link in fresh}
        seen |= before
        if not before:
            break
    return found


@dataclass(frozen=True, slots=True)
class Raised:
    """What an opinion raised, in words for whoever follows it.

    `title` is None where only the office and the deputy may read it; `kind` is the procedure's name.
    """

    matter: UUID
    procedure: str
    kind: str
    number: str
    title: str | None
    state: str
    is_at_its_end: bool
    is_public: bool


def raised_by(opinion: Opinion, *, holder: bool = False) -> list[Raised]:
    """What an opinion raised itself, oldest first, and how far each has come. The statements of one step of `upward`.

    The number and the state are told to everyone who may read the opinion; the title only where it is public.
    Whoever holds the receipt (`holder`) also learns of what was withdrawn.
    """
    targets = [each.matter for each in upward(opinion, deepest=1) if each.kind in FIRST_STEP]
    return [_raised(each) for each in targets if holder or each.is_public or each.state != "withdrawn"]


def _raised(target: Matter) -> Raised:
    procedure = procedure_of(target)
    state = procedure.states[target.state]
    return Raised(
        matter=target.pk,
        procedure=target.procedure,
        kind=words(procedure.text),
        number=target.number,
        title=target.title if target.is_public else None,
        state=words(state.public or state.text),
        is_at_its_end=state.final,
        is_public=target.is_public,
    )


def _from(congress: UUID, sources: Iterable[UUID]) -> list[Link]:
    rows = Link.objects.of(congress).filter(source__in=list(sources), kind__in=UPWARD)
    return list(rows.select_related("target__responsible", "target__congress").order_by("since", "id")[:MOST_RAISED])
