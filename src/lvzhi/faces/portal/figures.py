"""The figures of the year for the front page, reckoned at most once in five minutes a process."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.core.cache import cache

from lvzhi.work.opinions.queries import YearFigures, year_figures

KEPT_SECONDS = 300


def this_year(congress: UUID, today: date) -> YearFigures:
    """The figures of the year `today` lies in. One statement, or none while they are kept."""
    key = f"portal.figures:{congress}:{today.isoformat()}"
    found = cache.get(key)
    if not isinstance(found, YearFigures):
        found = year_figures(congress, year=today.year, today=today)
        cache.set(key, found, KEPT_SECONDS)
    return found
