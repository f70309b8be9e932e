"""The figures of the year for the front page, as the worker last reckoned them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from lvzhi.work.opinions.queries import YearFigures, kept_figures, year_figures


def this_year(congress: UUID, today: date) -> YearFigures:
    """The figures of the year `today` lies in. One statement; two before the worker has ever run."""
    return kept_figures(congress, year=today.year) or year_figures(congress, year=today.year, today=today)
