"""Rounds of re-visits: for the office that asks, and for everybody who wants to check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from lvzhi.core.trust import FORMAT, Interval, share_interval
from lvzhi.records.matters.models import Entry
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions.models import RevisitCase, RevisitRound

MOST_ROUNDS = 200


def rounds(congress: UUID, *, is_published: bool = False) -> list[RevisitRound]:
    """Rounds, newest first, each with `asked` and `reached`; the lists themselves are not loaded. One statement."""
    rows = RevisitRound.objects.of(congress).defer("list_text")
    if is_published:
        rows = rows.filter(list_published_at__isnull=False)
    asked = Count("cases", filter=~Q(cases__result=""))
    reached = Count("cases", filter=Q(cases__result__in=RevisitCase.REACHED))
    return list(rows.annotate(asked=asked, reached=reached).order_by("-made_at", "-id")[:MOST_ROUNDS])


def round_of(congress: UUID, *, key: UUID | None = None, number: str = "") -> RevisitRound | None:
    """One round by its id or its number, with its list. One statement."""
    rows = RevisitRound.objects.of(congress)
    return (rows.filter(pk=key) if key else rows.filter(number=number)).first()


def cases(found: RevisitRound) -> list[RevisitCase]:
    """Who was drawn, in the order of drawing; the matter with its bodies is loaded. One statement."""
    rows = found.cases.select_related("opinion__matter__responsible", "opinion__matter__area", "congress")
    return list(rows.order_by("position"))


def case_of(congress: UUID, key: UUID) -> RevisitCase | None:
    """One who was drawn, with everything the call needs save the sealed particulars. One statement."""
    rows = RevisitCase.objects.of(congress).select_related(
        "congress", "round", "opinion__matter__responsible", "opinion__matter__area"
    )
    return rows.filter(pk=key).defer("round__list_text").first()


def with_a_part(actor: Actor, drawn: Sequence[RevisitCase]) -> set[UUID]:
    """The cases (by id) whose matter the actor had a part in, and so may not ask about. One statement.

    The same as the rule `has_no_part`, for a whole list at once.
    """
    by_opinion: dict[UUID, set[UUID]] = {}
    for case in drawn:
        for key in filter(None, (case.opinion_id, case.opinion.merged_into_id)):
            by_opinion.setdefault(key, set()).add(case.pk)
    acts = Entry.objects.of(actor.congress).filter(
        matter__opinion__in=list(by_opinion), actor_account__isnull=False, actor_account=actor.account
    )
    touched = set(acts.exclude(action="revisit").values_list("matter__opinion", flat=True))
    found = {case for key in touched for case in by_opinion[key]}
    return found | {case.pk for case in drawn if case.opinion.matter.responsible_id in actor.bodies}


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """What a round found; shares are None while nobody was reached."""

    drawn: int
    reached: int
    solved: int
    partly: int
    not_solved: int
    unreachable: int
    reopened: int
    left: int
    solved_share: Interval | None
    """From where to where the share of solved lies among all on the list, with 95 % confidence."""

    said_solved: int
    """How many of those reached had rated it as solved before."""
    confirmed: int
    """How many of them said so again."""
    confirmed_share: Interval | None
    compared: Mapping[tuple[str, str], int]
    """How many by (what the sender had rated, what they said now); both of `Opinion.Result`, the first may be empty."""


def figures(drawn: Iterable[RevisitCase]) -> RoundFigures:
    """The figures of a round from its cases. No statement."""
    every = list(drawn)
    by_result = Counter(case.result for case in every)
    result = RevisitCase.Result
    reached = sum(by_result[each] for each in RevisitCase.REACHED)
    compared = Counter((case.rated, case.result) for case in every if case.result in RevisitCase.REACHED)
    said_solved = sum(count for (rated, _now), count in compared.items() if rated == result.SOLVED)
    confirmed = compared[(result.SOLVED, result.SOLVED)]
    return RoundFigures(
        drawn=len(every),
        reached=reached,
        solved=by_result[result.SOLVED],
        partly=by_result[result.PARTLY],
        not_solved=by_result[result.NOT],
        unreachable=by_result[result.UNREACHABLE],
        reopened=by_result[result.REOPENED],
        left=by_result[""],
        solved_share=share_interval(by_result[result.SOLVED], reached) if reached else None,
        said_solved=said_solved,
        confirmed=confirmed,
        confirmed_share=share_interval(confirmed, said_solved) if said_solved else None,
        compared=dict(compared),
    )


def record_of(found: RevisitRound, drawn: Sequence[RevisitCase]) -> dict[str, Any]:
    """A published round as the file that `verify_draw` and the downloaded checker read. No statement.

    Before the draw it holds the list and its hash, `seed` and `drawn` are empty.
    """
    instants = {
        name: value.astimezone(UTC).isoformat() if value else ""
        for name, value in (("list_published_at", found.list_published_at), ("drawn_at", found.drawn_at))
    }
    return {
        "format": FORMAT,
        "round": found.number,
        "list": found.list_text,
        "list_sha256": found.list_hash,
        **instants,
        "seed_source": found.seed_source,
        "seed_due_on": found.seed_due_on.isoformat() if found.seed_due_on else "",
        "seed": found.seed,
        "size": found.size,
        "stratified_by": found.stratified_by,
        "left_out": found.left_out,
        "drawn": [case.opinion.matter.number for case in drawn],
        "results": {case.opinion.matter.number: case.result for case in drawn if case.result},
    }
