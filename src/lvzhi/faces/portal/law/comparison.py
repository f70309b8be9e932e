"""Two editions compared, kept for a day: a long pair takes a second."""

from __future__ import annotations

from collections import Counter

from django.core.cache import cache

from lvzhi.core.law import Change, Row, compare
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Edition

DAY = 86_400


def rows_of(old: Edition, new: Edition) -> list[Row]:
    """The rows of the comparison, in the order of the new edition. At most two statements."""
    key = f"law-rows:{old.digest}:{new.digest}"
    kept: list[Row] | None = cache.get(key)
    if kept is None:
        kept = compare(queries.document_of(old), queries.document_of(new))
        cache.set(key, kept, DAY)
    return kept


def is_changed(row: Row) -> bool:
    """Whether a row says more than that the article stayed as it was, where it was."""
    return row.change is not Change.SAME or row.moved


def rows_by_new(old: Edition, new: Edition) -> dict[str, Row]:
    """What changed, by the article of the new edition."""
    return {side.eid: row for row in rows_of(old, new) if is_changed(row) for side in row.new}


def row_of(old: Edition, new: Edition, eid: str) -> Row | None:
    """The row in which an article of the new edition stands."""
    return next((row for row in rows_of(old, new) if any(side.eid == eid for side in row.new)), None)


def counted(rows: list[Row]) -> Counter[Change]:
    """How many rows of each kind there are."""
    return Counter(row.change for row in rows)
