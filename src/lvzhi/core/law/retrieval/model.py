"""What goes into an index of articles and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Article:
    """One article of one edition, or what stands for it in a text without articles.

    `work` is the law's normal name, `label` how the text writes the number (第一千零四十三条, 三, 全文), `number` the
    same in figures (1043, 264-1, empty). `path` are the headings above it, `text` its words without label.
    `since` and `until` bound the days on which the edition is in force.
    """

    work: str
    title: str
    label: str
    text: str
    edition: date | None = None
    eid: str = ""
    number: str = ""
    path: tuple[str, ...] = ()
    kind: str = ""
    level: str = ""
    region: str = ""
    status: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def key(self) -> str:
        """The name of the law and the number: 民法典第五百七十七条. Editions of one article share it."""
        return self.work + self.label


@dataclass(frozen=True, slots=True)
class Filter:
    """What a hit must be. An empty set asks for nothing; `on` is a day on which the edition is in force."""

    kinds: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    works: frozenset[str] = frozenset()
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found. `why` are the words that decided; `exact` says that it was asked for by name or number."""

    key: str
    work: str
    title: str
    edition: str
    eid: str
    label: str
    number: str
    path: str
    text: str
    score: float
    why: tuple[str, ...] = ()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What somebody may be about to type: a law, or an article of it when a number was begun."""

    text: str
    work: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What was built: how much of it, how large (bytes), in how many seconds."""

    articles: int
    works: int
    terms: int
    bytes: int
    seconds: float


class IndexRefused(Exception):
    """There is no index, or not one this version can read; the text says what to do."""
