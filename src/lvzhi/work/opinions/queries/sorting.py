"""The queue of the petition office: what is fresh, what is in danger, what may be spam, what may be the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, Count, Min, Q
from django.db.models.functions import Cast

from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.paging import Mark, Page, mark
from lvzhi.work.opinions.models import PROCEDURE, Apart, Opinion, Triage

FRESH = ("received", "registered", "screened")
"""The states in which an opinion waits to be passed on."""
MARK = re.compile(r"[0-9a-f-]{32,36}")
QUEUE_PAGE = 20
MOST_IN_DANGER = 50


@dataclass(frozen=True, slots=True)
class Likely:
    """An opinion that may be about the same thing, with its score, the words in common and codes of reasons."""

    opinion: Opinion
    score: float
    words: list[str]
    reasons: list[str]


def fresh(congress: UUID, *, after: str = "", limit: int = QUEUE_PAGE) -> Page[Opinion]:
    """Opinions waiting to be passed on, oldest first; `matter` with its area and `triage` are loaded.

    What may be spam and what is in danger wait in queues of their own. Three statements, one a state.
    """
    place = Mark.read(after)
    found: list[Opinion] = []
    for state in FRESH:
        rows = Opinion.objects.of(congress).filter(
            matter__congress=congress, matter__procedure=PROCEDURE, matter__state=state, is_suspected=False
        )
        rows = rows.filter(Q(danger="") | Q(attended_at__isnull=False))
        if place and (instant := place.instant()):
            later = Q(matter__opened_at__gt=instant) | Q(matter__opened_at=instant, matter__id__gt=place.key)
            rows = rows.filter(later, matter__opened_at__gte=instant)
        rows = rows.select_related("matter__area", "matter__responsible", "matter__congress", "triage", "community")
        found += rows.order_by("matter__opened_at", "matter__id")[: limit + 1]
    found.sort(key=lambda each: (each.matter.opened_at, each.matter_id))
    page = found[:limit]
    last = page[-1].matter if page else None
    return Page(page, mark(last.opened_at, last.pk) if last and len(found) > limit else None)


def in_danger(congress: UUID) -> list[Opinion]:
    """Opinions with a sign of danger whom nobody has contacted yet, oldest first. One statement."""
    rows = Opinion.objects.of(congress).filter(~Q(danger=""), attended_at=None, matter__is_open=True)
    rows = rows.select_related("matter__area", "matter__responsible", "matter__congress", "triage", "community")
    return list(rows.order_by("id")[:MOST_IN_DANGER])


def likely(opinions: Iterable[Opinion]) -> Mapping[UUID, list[Likely]]:
    """For each opinion those the worker found alike, without what a person kept apart or merged. Two statements."""
    shown = {opinion.pk: opinion for opinion in opinions}
    kept = {key: _triage(opinion) for key, opinion in shown.items()}
    wanted = {UUID(str(item["opinion"])) for triage in kept.values() if triage for item in triage.alike}
    if not wanted:
        return {}
    congress = next(iter(shown.values())).congress_id
    rows = Opinion.objects.of(congress).filter(pk__in=wanted)
    others = {each.pk: each for each in rows.select_related("matter__area", "matter__responsible", "community")}
    apart = set(Apart.objects.of(congress).filter(opinion__in=shown, other__in=wanted).values_list("opinion", "other"))
    found: dict[UUID, list[Likely]] = {}
    for key, triage in kept.items():
        for item in triage.alike if triage else ():
            other = others.get(UUID(str(item["opinion"])))
            if other is None or (key, other.pk) in apart or shown[key].merged_into_id == other.pk:
                continue
            reasons = [str(code) for code in item.get("reasons", ())]
            found.setdefault(key, []).append(Likely(other, float(item["score"]), list(item["words"]), reasons))
    return found


def _triage(opinion: Opinion) -> Triage | None:
    found = getattr(opinion, "triage", None)
    return found if isinstance(found, Triage) else None


def same_words(opinions: Iterable[Opinion]) -> Mapping[str, int]:
    """How often each of these texts was handed in, where more than once. One statement."""
    prints = {opinion.fingerprint: opinion.congress_id for opinion in opinions if opinion.fingerprint}
    if not prints:
        return {}
    rows = Opinion.objects.of(next(iter(prints.values()))).filter(fingerprint__in=prints)
    counted = rows.values_list("fingerprint").annotate(n=Count("pk")).order_by()
    return {digest: n for digest, n in counted if n > 1}


@dataclass(frozen=True, slots=True)
class Suspects:
    """Suspected submissions with the same words: the first of them, and how many there are."""

    opinion: Opinion
    count: int


def suspected(congress: UUID, *, after: str = "", limit: int = QUEUE_PAGE) -> Page[Suspects]:
    """What may be spam, identical words folded into one line, oldest first. Two statements."""
    rows = Opinion.objects.of(congress).filter(is_suspected=True, matter__state__in=FRESH)
    # As text, since PostgreSQL knows no least of several identifiers; they are ordered alike, being of one kind.
    folded = rows.values("fingerprint").annotate(first=Min(Cast("id", CharField())), n=Count("pk"))
    if MARK.fullmatch(after):
        folded = folded.filter(first__gt=after)
    found = list(folded.order_by("first")[: limit + 1])
    page = found[:limit]
    shown = Opinion.objects.of(congress).filter(pk__in=[UUID(item["first"]) for item in page])
    known = {each.pk: each for each in shown.select_related("matter__area", "matter__congress")}
    lines = [Suspects(known[key], item["n"]) for item in page if (key := UUID(item["first"])) in known]
    return Page(lines, str(page[-1]["first"]) if len(found) > limit else None)


def with_the_words_of(congress: UUID, digest: str) -> list[Matter]:
    """The matters of every suspected submission with these words. One statement."""
    rows = Matter.objects.of(congress).filter(
        opinion__fingerprint=digest, opinion__is_suspected=True, state__in=FRESH, procedure=PROCEDURE
    )
    return list(rows.select_related("congress", "responsible").order_by("id"))


def to_compare(congress: UUID, matter: UUID) -> Opinion | None:
    """One opinion by its matter, with what a comparison needs. One statement."""
    rows = Opinion.objects.of(congress).select_related(
        "matter__area", "matter__responsible", "matter__congress", "community", "triage", "merged_into__matter"
    )
    return rows.filter(matter=matter).first()


def by_number(congress: UUID, number: str) -> Opinion | None:
    """One opinion by the number of its matter, with what a comparison needs. One statement."""
    rows = Opinion.objects.of(congress).select_related(
        "matter__area", "matter__responsible", "matter__congress", "community", "triage", "merged_into__matter"
    )
    return rows.filter(matter__number=" ".join(number.split())).first()


def moderated(congress: UUID, *, since: date) -> Iterator[Entry]:
    """Every decision on what may be no opinion since a day, oldest first. One statement, read in pieces."""
    rows = Entry.objects.of(congress).filter(
        on__gte=since, action__in=["set_aside", "clear", "restore"], matter__procedure=PROCEDURE
    )
    return rows.select_related("matter").order_by("at", "id").iterator(chunk_size=500)
