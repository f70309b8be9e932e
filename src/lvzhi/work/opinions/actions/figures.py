"""Figures that pages read, reckoned by the worker."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

from lvzhi.records.people.models import Congress
from lvzhi.work.opinions import queries
from lvzhi.work.opinions.models import Opinion, YearFigure, YearTable

TABLES_FRESH = timedelta(minutes=50)


def reckon_year(congress: Congress, *, today: date, at: datetime) -> None:
    """Write down the figures of the year `today` lies in, for pages to read. Two statements."""
    values = asdict(queries.year_figures(congress.pk, year=today.year, today=today))
    YearFigure.objects.bulk_create(
        [YearFigure(congress=congress, year=today.year, values=values, reckoned_at=at)],
        update_conflicts=True,
        unique_fields=["congress", "year"],
        update_fields=["values", "reckoned_at"],
    )


def reckon_tables(congress: Congress, *, today: date, at: datetime) -> list[int]:
    """Write down the tables of every year that has any, for pages to read; the years that were reckoned.

    This year and the last once an hour, earlier ones once and for all: what was rated then hardly changes any more.
    One statement for the first year, one for each year that is there already, four for each that is reckoned.
    """
    first = Opinion.objects.of(congress).order_by("matter__opened_on").values_list("matter__opened_on", flat=True)[:1]
    done = []
    for year in range(next((day.year for day in first), today.year), today.year + 1):
        row = YearTable.objects.of(congress).filter(year=year).first()
        if row and (year < today.year - 1 or row.reckoned_at > at - TABLES_FRESH):
            continue
        values = queries.as_json(queries.reckoned(congress.pk, year=year, today=today))
        YearTable.objects.of(congress).update_or_create(
            year=year, defaults={"congress": congress, "values": values, "reckoned_at": at}
        )
        done.append(year)
    return done
