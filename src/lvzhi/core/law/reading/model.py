"""What a reader sees of a text of law: blocks inside blocks, and in their words what can be followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lvzhi.core.law.structure import Level


class Sort(StrEnum):
    """What a stretch of words is for the reader."""

    PLAIN = "plain"
    CITATION = "citation"
    DEFINED = "defined"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Term:
    """A word the text explains. `start` to `end` is the word where it is introduced, in unit `eid`.

    `scope` is the id of the unit outside of which the word has no special meaning; empty for the whole text. `full` is
    what an abbreviation stands for, empty for a definition.
    """

    name: str
    start: int
    end: int
    eid: str
    scope: str = ""
    full: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of words of one sort. `start` counts the characters of the source.

    `cited` is the place of a citation in the list that was laid out with the text, -1 for other words.
    """

    sort: Sort
    text: str
    start: int
    cited: int = -1
    term: Term | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One unit as it is shown: its label, its own words, and the blocks inside. A table has `rows` and no runs."""

    level: Level
    eid: str
    number: str
    label: str
    runs: tuple[Run, ...]
    blocks: tuple[Block, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def words(self) -> str:
        """The block's own words, without its label and what it holds."""
        return "".join(run.text for run in self.runs)

    def walk(self) -> Iterator[Block]:
        """This block and all inside it, in the order of the text."""
        yield self
        for block in self.blocks:
            yield from block.walk()

    def shown(self) -> str:
        """Everything a reader sees of the block, run together."""
        own = self.label + self.words + "".join(cell for row in self.rows for cell in row)
        return own + "".join(block.shown() for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents; `first` and `last` are the labels of the articles below, empty for none."""

    eid: str
    label: str
    heading: str
    first: str
    last: str
    entries: tuple[Entry, ...]
    articles: tuple[tuple[str, str], ...]
    """Id and label of each article directly below."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole text as it is shown. `blocks` are the outermost ones, `terms` every word the text explains."""

    title: str
    edition: date | None
    blocks: tuple[Block, ...]
    terms: tuple[Term, ...]
    contents: tuple[Entry, ...]

    def shown(self) -> str:
        """Everything a reader sees, run together: the source but for white space and marks of layout."""
        return "".join(block.shown() for block in self.blocks)
