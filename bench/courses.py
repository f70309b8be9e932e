"""How a matter went: the ways through the petition procedure that a filled database knows.

Each way is walked once a day of beginning through the real engine (`advance`, `reckon_all`, `standing`), so that
clocks, deadlines and worklists of filled rows are what `perform()` would have written. Entry ids and the body in
charge are placeholders, to be put in for each matter.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from lvzhi.core.procedure import Action, ClockRun, Procedure, advance, apply
from lvzhi.records.matters import standing
from lvzhi.records.matters.models import Deadline, Matter
from lvzhi.records.matters.procedures import registry, work_calendar

BODY = UUID(int=0xB0D1)
"""Stands for the body in charge until a matter has one."""


@dataclass(frozen=True, slots=True)
class Way:
    """Actions with the days between them; `share` is how often it is taken among closed, or among open, matters."""

    name: str
    steps: tuple[tuple[str, int], ...]
    share: int
    publishable: bool = True

    @property
    def days(self) -> int:
        """How long it takes, publishing included."""
        return sum(wait for _name, wait in self.steps) + PUBLISH_AFTER


PUBLISH_AFTER = 2


def _way(name: str, steps: str, share: int, publishable: bool = True) -> Way:
    """A way from its steps as words: action and days since the one before."""
    pairs = (step.split() for step in steps.split(", "))
    return Way(name, tuple((action, int(days)) for action, days in pairs), share, publishable)


CLOSED = (
    _way("transfer", "submit 0, transfer 2, accept 3, answer 20, rate 4", 34),
    _way("transfer slowly", "submit 0, register 1, transfer 5, accept 8, remind 30, answer 15, rate 9", 16),
    _way("assign", "submit 0, register 1, assign 3, answer 12, rate 3", 16),
    _way("assign, filed", "submit 0, register 2, screen 1, assign 4, answer 21, archive 14", 10),
    _way("extended", "submit 0, transfer 6, accept 10, extend 50, answer 25, rate 6", 8),
    _way("filed", "submit 0, transfer 4, accept 4, answer 30, archive 20", 8),
    _way("refused", "submit 0, register 1, not_accept 3", 5, publishable=False),
    _way("withdrawn", "submit 0, withdraw 1", 1, publishable=False),
    _way("topic", "submit 0, register 1, assign 2, answer 10, archive 7, make_topic 11", 2),
)  # fmt: skip
OPEN = (
    _way("new", "submit 0", 14, publishable=False),
    _way("registered", "submit 0, register 1", 10, publishable=False),
    _way("screened", "submit 0, register 1, screen 2", 4, publishable=False),
    _way("passed on", "submit 0, transfer 2", 20, publishable=False),
    _way("under way", "submit 0, transfer 2, accept 3", 26),
    _way("own", "submit 0, register 1, assign 2", 14),
    _way("to rate", "submit 0, transfer 1, accept 2, answer 12", 12),
)  # fmt: skip
PUBLISH = Way("", (("publish", PUBLISH_AFTER),), 0)


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the ledger, without its matter."""

    action: str
    source: str
    target: str
    day: date
    rules: list[dict[str, str | None]]
    rules_json: str
    is_public: bool


@dataclass(frozen=True, slots=True)
class Clock:
    """One row of deadlines, in the order of the columns."""

    name: str
    rule: str
    holder: str
    status: str
    started_on: str | None
    due: str | None
    internal_due: str | None
    met_on: str | None
    is_late: str


@dataclass(frozen=True, slots=True)
class Course:
    """A whole way begun on one day: what was done, and how it stands now."""

    edition: str
    acts: tuple[Act, ...]
    state: str
    is_open: bool
    closed_on: str | None
    clocks: str
    next_due: str | None
    deadlines: tuple[Clock, ...]
    items: tuple[tuple[str, str, str, str, str], ...]


def petition(day: date, region: str) -> Procedure:
    """The edition of the petition procedure in force."""
    return registry().get("petition", day, region)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _act(action: Action, source: str, target: str, day: date) -> Act:
    rules = [{"rule": c.rule, "law": c.law, "article": c.article} for c in action.rules]
    return Act(action.name, source, target, day, rules, json.dumps(rules, ensure_ascii=False), action.public)


@lru_cache(maxsize=100_000)
def course(way: Way, published: bool, begun: date, region: str = "beijing") -> Course:
    """Walk `way` from the day `begun`."""
    procedure = petition(begun, region)
    steps = (*way.steps, *(PUBLISH.steps if published else ()))
    runs: tuple[ClockRun, ...] = ()
    state, day, acts = "", begun, []
    closed: date | None = None
    for number, (name, wait) in enumerate(steps):
        day += timedelta(days=wait)
        step = advance(procedure, state, runs, name, on=day, entry=f"@{number:02d}@", anchors={}, facts={})
        runs = apply(runs, step.events)
        acts.append(_act(procedure.action(name), state, step.to_state, day))
        state = step.to_state
        closed = day if procedure.states[state].final else None
    parties = standing.Parties(BODY if _has_body(steps) else None, {})
    values = standing.reckoned(procedure, list(runs), work_calendar(), {})
    matter = Matter(procedure=procedure.id, state=state, is_open=closed is None)
    deadlines = standing.deadlines(matter, procedure, runs, values, parties)
    items = standing.work_items(matter, procedure, values, parties)
    return Course(
        procedure.key, tuple(acts), state, closed is None, _iso(closed),
        json.dumps([run.to_json() for run in runs], ensure_ascii=False),
        _iso(standing.next_due(procedure, values)),
        tuple(map(_clock, deadlines)),
        tuple((item.holder, str(item.kind), item.verb, item.clock, item.sort_due.isoformat()) for item in items),
    )  # fmt: skip


def _clock(row: Deadline) -> Clock:
    days = (row.started_on, row.due, row.internal_due, row.met_on)
    return Clock(row.clock, row.rule, row.holder, row.status, *map(_iso, days), is_late=str(int(row.is_late)))


def _has_body(steps: tuple[tuple[str, int], ...]) -> bool:
    return any(name in {"transfer", "assign"} for name, _wait in steps)
