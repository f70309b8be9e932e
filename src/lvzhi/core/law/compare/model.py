"""What a comparison of two editions says: rows of articles that belong together, and what happened to them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Change(StrEnum):
    """What happened to the articles of one row."""

    SAME = "same"
    RENUMBERED = "renumbered"
    AMENDED = "amended"
    SPLIT = "split"
    MERGED = "merged"
    ADDED = "added"
    DELETED = "deleted"


class Mark(StrEnum):
    """Whether a piece of text stands in both editions or only in one."""

    SAME = "same"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words with its mark."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Side:
    """One article in one edition: its id, its number as written, its words, and the chapter it stands in."""

    eid: str
    label: str
    text: str
    chapter: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the three-column table. `similarity` is between 0 and 1; `moved` says that the order changed."""

    change: Change
    old: tuple[Side, ...]
    new: tuple[Side, ...]
    note: str
    pieces: tuple[Piece, ...]
    similarity: float
    moved: bool
