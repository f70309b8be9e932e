"""Walking a matter through a shipped procedure, for tests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lvzhi.core.calendar import official_calendar
from lvzhi.core.procedure import (
    ClockRun,
    ClockValue,
    Procedure,
    Registry,
    advance,
    anchors_after,
    apply,
    reckon_all,
)

CALENDAR = official_calendar()
REGISTRY = Registry.load()


@dataclass
class Matter:
    """The least a matter is: its state, its clocks and its anchors."""

    procedure: Procedure
    state: str = ""
    runs: tuple[ClockRun, ...] = ()
    anchors: dict[str, date] = field(default_factory=dict)
    entries: int = 0

    def do(self, action: str, on: date, facts: Mapping[str, object] | None = None) -> "Matter":
        self.entries += 1
        step = advance(
            self.procedure, self.state, self.runs, action,
            on=on, entry=f"e{self.entries}", anchors=self.anchors, facts=facts,
        )  # fmt: skip
        self.anchors = anchors_after(step.action, self.anchors, facts or {})
        self.state, self.runs = step.to_state, apply(self.runs, step.events)
        return self

    def clock(self, name: str) -> ClockValue:
        return reckon_all(self.procedure, self.runs, CALENDAR, self.anchors)[name]

    def run(self, name: str) -> ClockRun:
        return next(run for run in self.runs if run.clock == name)


def petition(on: date = date(2026, 3, 5), region: str = "beijing") -> Matter:
    return Matter(REGISTRY.get("petition", on, region)).do("submit", on)


def suggestion() -> Matter:
    matter = Matter(REGISTRY.get("deputy_suggestion", date(2026, 3, 2), "beijing"))
    matter.do("draft", date(2026, 3, 2)).do("confirm", date(2026, 3, 2), {"cosigners_confirmed": True})
    matter.do("submit", date(2026, 3, 3)).do("register", date(2026, 3, 4))
    return matter.do("assign", date(2026, 3, 5))


def report(meeting: date = date(2026, 7, 30)) -> Matter:
    matter = Matter(REGISTRY.get("special_report", date(2026, 1, 5), "beijing"))
    matter.do("schedule", date(2026, 1, 5), {"meeting_date": meeting})
    return matter.do("plan_work", date(2026, 3, 2)).do("forward_opinions", date(2026, 6, 1))
