"""Keyset pages: a page goes on after the last row seen, however deep, by the index."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Generic, TypeVar
from uuid import UUID

Row = TypeVar("Row")
PAGE = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows, and the mark to go on from (None at the end)."""

    rows: list[Row]
    after: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page ended: the sorted value and the row's id, written into the address as ``value_id``."""

    value: str
    key: UUID

    @classmethod
    def read(cls, text: str) -> Mark | None:
        """The mark in an address; None for anything that is not one, so a mangled link shows the first page."""
        value, _, key = text.rpartition("_")
        try:
            return cls(value, UUID(key)) if value else None
        except ValueError:
            return None

    def instant(self) -> datetime | None:
        """The value as an instant in UTC, if it has a zone and lies within the years there are."""
        try:
            found = datetime.fromisoformat(self.value.replace(" ", "+"))
            return found.astimezone(UTC) if found.tzinfo else None
        except (ValueError, OverflowError):
            return None

    def day(self) -> date | None:
        """The value as a day, if it is one."""
        try:
            return date.fromisoformat(self.value)
        except ValueError:
            return None


def mark(value: date | datetime, key: UUID) -> str:
    """Write a mark."""
    return f"{value.isoformat()}_{key}"
