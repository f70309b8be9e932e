"""Every reading of opinions, each with its number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Avg, Count, F, Q
from django.utils.crypto import constant_time_compare

from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.paging import Mark, Page, mark
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions.models import PROCEDURE, Opinion, YearFigure
from lvzhi.work.opinions.receipts import fingerprint

BOARD_PAGE = 20


def search_text(matter: Matter) -> str:
    """What of an opinion can be found: its words and its answer, never its sender. One statement."""
    opinion = Opinion.objects.of(matter.congress_id).filter(matter=matter).first()
    return f"{opinion.public_text or opinion.text} {opinion.reply}" if opinion else ""


def by_receipt(congress: UUID, number: str, code: str) -> Opinion | None:
    """The opinion a receipt opens, or None; `matter` with its bodies is loaded. One statement."""
    rows = Opinion.objects.of(congress).select_related("matter__responsible", "matter__congress")
    try:
        found = rows.get(matter__number=" ".join(number.split()))
    except Opinion.DoesNotExist:
        return None
    if not constant_time_compare(found.code_hash, fingerprint(found.matter.number, code)):
        return None
    return found


def of_matter(matter: Matter) -> Opinion | None:
    """The facts of a petition matter. One statement."""
    return Opinion.objects.of(matter.congress_id).filter(matter=matter).first()


def board(congress: UUID, *, category: str = "", after: str = "", limit: int = BOARD_PAGE) -> Page[Matter]:
    """Published opinions, newest first; `opinion` and the bodies are loaded. One statement."""
    rows = Matter.objects.of(congress).published().filter(procedure=PROCEDURE)
    if category:
        rows = rows.filter(category=category)
    place = Mark.read(after)
    if place and (instant := place.instant()):
        rows = rows.filter(
            Q(published_at__lt=instant) | Q(published_at=instant, id__lt=place.key), published_at__lte=instant
        )
    found = list(rows.select_related("opinion", "responsible", "area").order_by("-published_at", "-id")[: limit + 1])
    page = found[:limit]
    last = page[-1] if page else None
    return Page(page, mark(last.published_at, last.pk) if last and last.published_at and len(found) > limit else None)


def published(congress: UUID, number: str) -> Matter | None:
    """One published opinion by its number, with `opinion` loaded. One statement."""
    rows = Matter.objects.of(congress).published().filter(procedure=PROCEDURE, number=number)
    return rows.select_related("opinion", "responsible", "area").first()


@dataclass(frozen=True, slots=True)
class YearFigures:
    """A year of opinions in figures; shares are None while nothing has been rated or answered."""

    received: int
    answered: int
    open: int
    late: int
    solved: int
    partly: int
    not_solved: int
    satisfied: int
    rated: int
    days_to_answer: int | None


def year_figures(congress: UUID, *, year: int, today: date) -> YearFigures:
    """The figures of one year, for the front page and the office. One statement."""
    rows = Opinion.objects.of(congress).filter(matter__opened_on__year=year)
    found = rows.aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=~Q(reply="")),
        open=Count("pk", filter=Q(matter__is_open=True)),
        late=Count("pk", filter=Q(matter__is_open=True, matter__next_due__lt=today)),
        solved=Count("pk", filter=Q(result_rating=Opinion.Result.SOLVED)),
        partly=Count("pk", filter=Q(result_rating=Opinion.Result.PARTLY)),
        not_solved=Count("pk", filter=Q(result_rating=Opinion.Result.NOT)),
        satisfied=Count("pk", filter=Q(process_rating__in=["satisfied", "basically"])),
        rated=Count("pk", filter=~Q(result_rating="")),
        waited=Avg(F("replied_on") - F("matter__opened_on"), filter=Q(replied_on__isnull=False)),
    )
    waited = found.pop("waited")
    days = round(waited.total_seconds() / 86400) if waited is not None else None
    return YearFigures(days_to_answer=days, **found)


def kept_figures(congress: UUID, *, year: int) -> YearFigures | None:
    """The figures of a year as the worker last reckoned them; None before it ever did. One statement."""
    row = YearFigure.objects.of(congress).filter(year=year).first()
    if row is None or row.values.keys() != YearFigures.__dataclass_fields__.keys():
        return None  # none yet, or reckoned by an earlier release: the worker writes it anew within minutes
    return YearFigures(**row.values)


def visible(actor: Actor, pk: UUID) -> Matter | None:
    """One matter the actor may see, with what its page needs. One statement."""
    return (
        Matter.objects.visible_to(actor)
        .filter(pk=pk)
        .select_related("congress", "responsible", "area", "opinion__sender")
        .first()
    )
