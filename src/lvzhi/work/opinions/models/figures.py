"""Figures reckoned beforehand, so that a page reads a row instead of a million."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lvzhi.records.base.scope import Record, ScopedQuerySet


class YearFigure(Record):
    """A year of opinions in figures, reckoned by the worker: a page reads one row instead of a million."""

    year = models.PositiveSmallIntegerField()
    values = models.JSONField()
    reckoned_at = models.DateTimeField()

    objects = ScopedQuerySet["YearFigure"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "year"], name="a_year_is_reckoned_once_for_a_congress"),
        ]

    def __str__(self) -> str:
        return f"{self.congress_id} {self.year}"


class YearTable(Record):
    """A year of opinions by subject, street, month and responsible body, reckoned by the worker (统计表).

    `values` is {"all": row, "category": {key: row}, "street": {id: row}, "month": {"1": row}, "body": {id: row}}; a row
    is `queries.Tally` as a mapping.
    """

    year = models.PositiveSmallIntegerField()
    values = models.JSONField()
    reckoned_at = models.DateTimeField()

    objects = ScopedQuerySet["YearTable"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "year"], name="a_year_has_one_table_in_a_congress"),
        ]

    def __str__(self) -> str:
        return f"{self.congress_id} {self.year}"
