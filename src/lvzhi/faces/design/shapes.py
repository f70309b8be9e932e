"""What the components are fed with: small frozen records, no queries, no HTML.

Every component also takes a plain mapping with the same keys, or any object with the same
attributes: see `coerce`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

DueTone = Literal["late", "soon", "ok", "met", "paused", "none"]
StateTone = Literal["", "todo", "doing", "wait", "done", "back", "closed"]
BasisKind = Literal["law", "local", "rule", "internal"]
Shape = TypeVar("Shape", bound="DataclassInstance")


def coerce(shape: type[Shape], value: object) -> Shape:
    """Read a mapping, or an object with the same attributes, as `shape`.

    Raises TypeError for a mapping with an unknown key or without a needed one.
    """
    if isinstance(value, shape):
        return value
    if isinstance(value, Mapping):
        return shape(**value)
    names = [each.name for each in fields(shape)]
    return shape(**{name: getattr(value, name) for name in names if hasattr(value, name)})


@dataclass(frozen=True, slots=True)
class Basis:
    """A statutory basis, drawn as a seal; with `paragraphs` it can be opened and read.

    `kind`: law 法, local 规 (a regulation, national or local), rule 制 (the congress's own rule),
    internal 内 (a target without legal force, never vermilion).
    `title` is the full name with its edition; `effective` says since when it is in force.
    """

    text: str
    url: str = ""
    kind: BasisKind = "law"
    title: str = ""
    paragraphs: Sequence[str] = ()
    effective: str = ""


def kind_of(law: str) -> BasisKind:
    """法 for a law, 规 for a 条例, 规定 or 办法, national or local; `law` is a name without its edition."""
    return "law" if law.endswith("法") and not law.endswith("办法") else "local"


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the working-out of a date, with the article that asks for it."""

    text: str
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as shown: a day, how far off it is, and why it is that day.

    `late_days` is positive when overdue, 0 on the day, negative while days are left; `text`
    overrules the words made from it (「17:30 前」「已完成，早 1 天」). With a `rule`, `steps` or
    `started` the chip can be opened. `internal` marks a target without legal force.
    """

    tone: DueTone = "none"
    date: dt.date | None = None
    text: str = ""
    late_days: int | None = None
    rule: str = ""
    citation: Basis | None = None
    started: str = ""
    steps: Sequence[str | Step] = ()
    result: str = ""
    internal: bool = False
    date_text: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Where a matter stands, drawn as a badge."""

    text: str
    tone: StateTone = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `url` empty gives plain words (the last breadcrumb)."""

    label: str
    url: str = ""
    count: int | None = None
    current: bool = False
    icon: str = ""


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of a main navigation. `late` of `count` are overdue; `go` is the letter after G."""

    url: str
    label: str
    icon: str = "list"
    count: int | None = None
    tone: str = ""
    current: bool = False
    late: int = 0
    go: str = ""


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Lines of navigation under one heading; the first group usually has none."""

    items: Sequence[NavItem]
    title: str = ""


@dataclass(frozen=True, slots=True)
class NextAction:
    """What can be done now, or why not yet.

    `why_not` empty: the button works. POST when `method` is "post" (needs `fields` for hidden
    values), else a link to the page with the form.
    """

    title: str
    label: str
    url: str = ""
    note: str = ""
    due: Due | None = None
    basis: Basis | None = None
    why_not: str = ""
    primary: bool = False
    method: Literal["get", "post"] = "get"
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """One line of the worklist: tick, verb, number and title, the other side, basis, deadline."""

    verb: str
    number: str
    title: str
    url: str
    who: str = ""
    basis: Basis | None = None
    due: Due | None = None
    pick: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class WorklistGroup:
    """Rows under one heading such as 已逾期; `tone` is "late" for the overdue ones."""

    title: str
    rows: Sequence[WorklistRow | str]
    tone: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One record of what happened. kind: act done, future to come, fix a correction."""

    when: str
    title: str
    sub: str = ""
    kind: Literal["act", "future", "fix", ""] = "act"
    text: str = ""
    meta: Sequence[str] = ()
    basis: Basis | None = None
    links: Sequence[Link] = ()
    hash: str = ""


@dataclass(frozen=True, slots=True)
class ThreadItem:
    """One link between a citizen's sentence and next year's check; `mark` is two characters."""

    mark: str
    title: str = ""
    state: Literal["done", "now", "later"] = "done"
    on: dt.date | None = None
    said: str = ""
    text: str = ""
    url: str = ""
    note: str = ""
    basis: Basis | None = None
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `sort_url` makes the heading a link; `sort` is how it is sorted now."""

    label: str
    number: bool = False
    sort_url: str = ""
    sort: Literal["", "ascending", "descending"] = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; a cell is words, a number, a Due, a State, a Basis or a Link.

    The first cell is the heading of the row. `pick` gives it a tick box with that value.
    """

    cells: Sequence[object]
    pick: str = ""
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer on a ballot paper."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many votes, days or cases; `tone` "late" draws the bar in crimson."""

    label: str
    value: int | float
    shown: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A number and the part of it that is worth showing, as received and answered in a month."""

    label: str
    value: int
    part: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A number worth a large type, with its unit below."""

    value: str
    label: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A way in: a large link with a sentence. `main` marks the one most people want."""

    url: str
    label: str
    note: str = ""
    icon: str = "right"
    main: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """How far one sentence went: the card that leads to the full story."""

    title: str
    url: str
    lede: str = ""
    items: Sequence[ThreadItem] = ()
    figures: Sequence[Figure] = ()


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A day with something to take part in."""

    day: str
    title: str
    url: str = ""
    sub: str = ""
    note: str = ""
    state: State | None = None
    tags: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do on a deputy's phone."""

    title: str
    url: str
    note: str = ""
    due: Due | None = None
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part; `badge` is one character."""

    badge: str
    name: str
    role: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """An attachment; `kind` is one character: 文 text, 表 table, 图 picture."""

    name: str
    url: str = ""
    kind: str = "文"
    meta: str = ""
    bad: bool = False


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    """One state of a procedure in the stepper."""

    label: str
    note: str = ""
    state: Literal["", "done", "now"] = ""


@dataclass(frozen=True, slots=True)
class DayLoad:
    """How many deadlines fall on one day; `rest` is a day off."""

    day: dt.date
    count: int
    rest: bool = False
