"""Figures that pages read, reckoned by the worker."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from lvzhi.records.people.models import Congress
from lvzhi.work.opinions import queries
from lvzhi.work.opinions.models import YearFigure


def reckon_year(congress: Congress, *, today: date, at: datetime) -> None:
    """Write down the figures of the year `today` lies in, for pages to read. Two statements."""
    values = asdict(queries.year_figures(congress.pk, year=today.year, today=today))
    YearFigure.objects.bulk_create(
        [YearFigure(congress=congress, year=today.year, values=values, reckoned_at=at)],
        update_conflicts=True,
        unique_fields=["congress", "year"],
        update_fields=["values", "reckoned_at"],
    )
