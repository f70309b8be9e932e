"""A year of opinions in figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Avg, Count, F, Q

from lvzhi.work.opinions.models import Opinion, YearFigure


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
    real = Q(is_synthetic_rating=False)  # what an import made up for a trial is nobody's rating
    found = rows.aggregate(
        received=Count("pk"),
        answered=Count("pk", filter=~Q(reply="")),
        open=Count("pk", filter=Q(matter__is_open=True)),
        late=Count("pk", filter=Q(matter__is_open=True, matter__next_due__lt=today)),
        solved=Count("pk", filter=real & Q(result_rating=Opinion.Result.SOLVED)),
        partly=Count("pk", filter=real & Q(result_rating=Opinion.Result.PARTLY)),
        not_solved=Count("pk", filter=real & Q(result_rating=Opinion.Result.NOT)),
        satisfied=Count("pk", filter=real & Q(process_rating__in=["satisfied", "basically"])),
        rated=Count("pk", filter=real & ~Q(result_rating="")),
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
