"""The thread upwards from its other end: which opinions raised a clue or a suggestion, and what could be raised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, Q

from lvzhi.records.matters.models import Link, Matter, Party
from lvzhi.records.matters.paging import PAGE, Mark, Page, mark
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions.models import PROCEDURE, Clue, HotTopic, Opinion
from lvzhi.work.opinions.queries.upward import FIRST_STEP

MOST_SHOWN = 30
MOST_TOGETHER = 500


@dataclass(frozen=True, slots=True)
class Voices:
    """Which opinions raised a matter: how many, from which streets (name and count, most first), the first of them."""

    count: int
    streets: list[tuple[str, int]]
    shown: list[Matter]


def voices_of(target: Matter, *, actor: Actor) -> Voices:
    """The opinions that raised `target`; `shown` only those the actor may see. Two statements."""
    links = Link.objects.of(target.congress_id).filter(target=target, kind__in=FIRST_STEP, source__procedure=PROCEDURE)
    streets = _by_street(links.values_list("source__area__short").annotate(n=Count("pk")))
    rows = Matter.objects.visible_to(actor).filter(links_out__target=target, links_out__kind__in=FIRST_STEP)
    shown = list(
        rows.filter(procedure=PROCEDURE).select_related("area", "opinion").order_by("opened_at", "id")[:MOST_SHOWN]
    )
    return Voices(sum(count for _name, count in streets), streets, shown)


def _by_street(rows: Iterable[tuple[str | None, int]]) -> list[tuple[str, int]]:
    return sorted(((name or "", count) for name, count in rows), key=lambda row: (-row[1], row[0]))


@dataclass(frozen=True, slots=True)
class ClueRow:
    """A clue in a list, with how many opinions speak of it and where from."""

    clue: Clue
    voices: int
    streets: list[tuple[str, int]]


def clues(
    congress: UUID, *, use: str = "", is_public: bool | None = None, after: str = "", limit: int = PAGE
) -> Page[ClueRow]:
    """Clues, newest first; the matter with its bodies is loaded. Two statements."""
    rows = Clue.objects.of(congress).select_related("matter__responsible", "matter__area")
    if use:
        rows = rows.filter(use=use)
    if is_public is not None:
        rows = rows.filter(matter__is_public=is_public)
    place = Mark.read(after)
    if place and (instant := place.instant()):
        rows = rows.filter(Q(matter__opened_at__lt=instant) | Q(matter__opened_at=instant, matter__lt=place.key))
    found = list(rows.order_by("-matter__opened_at", "-matter__id")[: limit + 1])
    page = found[:limit]
    counted: dict[UUID, list[tuple[str | None, int]]] = {}
    links = Link.objects.of(congress).filter(target__in=[clue.matter_id for clue in page], kind__in=FIRST_STEP)
    for target, street, count in (
        links.filter(source__procedure=PROCEDURE).values_list("target", "source__area__short").annotate(n=Count("pk"))
    ):
        counted.setdefault(target, []).append((street, count))
    made = [_clue_row(clue, counted.get(clue.matter_id, [])) for clue in page]
    return Page(made, mark(page[-1].matter.opened_at, page[-1].matter_id) if len(found) > limit else None)


def _clue_row(clue: Clue, rows: list[tuple[str | None, int]]) -> ClueRow:
    streets = _by_street(rows)
    return ClueRow(clue, sum(count for _name, count in streets), streets)


def public_clue(congress: UUID, number: str) -> Clue | None:
    """One clue that is public, by its number. One statement."""
    rows = Clue.objects.of(congress).filter(matter__number=number, matter__is_public=True)
    return rows.select_related("matter__responsible").first()


def recommended(actor: Actor, *, after: str = "", limit: int = PAGE) -> Page[Matter]:
    """Opinions recommended to a deputy, or received by them, newest first; `opinion` is loaded. One statement."""
    if actor.person is None:
        return Page([], None)
    mine = Party.objects.of(actor.congress).filter(person=actor.person).values("matter")
    rows = Matter.objects.of(actor.congress).filter(procedure=PROCEDURE)
    rows = rows.filter(Q(pk__in=mine) | Q(opinion__deputy=actor.person))
    place = Mark.read(after)
    if place and (instant := place.instant()):
        rows = rows.filter(Q(opened_at__lt=instant) | Q(opened_at=instant, id__lt=place.key))
    found = list(rows.select_related("opinion", "area", "responsible").order_by("-opened_at", "-id")[: limit + 1])
    page = found[:limit]
    return Page(page, mark(page[-1].opened_at, page[-1].pk) if len(found) > limit else None)


def received(actor: Actor, key: UUID) -> Matter | None:
    """An opinion the deputy took in themselves, whether or not it was recommended to them. One statement."""
    if actor.person is None:
        return None
    rows = Matter.objects.of(actor.congress).filter(pk=key, procedure=PROCEDURE, opinion__deputy=actor.person)
    return rows.select_related("congress", "responsible", "area", "opinion__sender").first()


def together(actor: Actor, *, matters: list[UUID], topic: UUID | None = None) -> list[Opinion]:
    """The opinions a clue could be raised from: those named, those of a hot topic, and those tied to them as alike.

    Those named stand first; those merged into one of them come along by themselves and are counted in `with_merged`.
    Two statements; `matter` with its street is loaded.
    """
    rows = Opinion.objects.of(actor.congress).filter(merged_into=None)
    alike = Link.objects.of(actor.congress).filter(kind=Link.Kind.SAME_AS)
    wanted = (
        Q(matter__in=matters)
        | Q(matter__in=alike.filter(source__in=matters).values("target"))
        | Q(matter__in=alike.filter(target__in=matters).values("source"))
        # What is named may itself have been merged: then its lead speaks for it.
        | Q(pk__in=Opinion.objects.of(actor.congress).filter(matter__in=matters).values("merged_into"))
    )
    if topic:
        hot = HotTopic.objects.of(actor.congress).filter(pk=topic)
        wanted |= Q(hot_topics__in=hot)
    found = rows.filter(wanted).annotate(with_merged=Count("merged", distinct=True) + 1).select_related("matter__area")
    place = {key: index for index, key in enumerate(matters)}
    listed = list(found.distinct().order_by(F("matter__opened_at").desc(), "-pk")[:MOST_TOGETHER])
    return sorted(listed, key=lambda opinion: place.get(opinion.matter_id, len(place)))
