"""What has happened to one clock of one matter: a list of events, and nothing beside it.

Everything a clock tells (its due date, whether it rests, whether it was met late) is folded
from these events, so the ledger of a matter is enough to compute every date again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, cast, get_args

from lvzhi.core.procedure.errors import ProcedureError

EventKind = Literal["started", "anchored", "met", "paused", "resumed", "extended", "waived", "cancelled"]
Status = Literal["running", "paused", "met", "waived", "cancelled"]


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One thing that happened to a clock: on which day, by which action and entry.

    `data` holds strings only: "from" (day counted from, if not `on`), "anchor" and "date" of a
    clock that hangs on a meeting, "until" of an extension, "reason" of a waiver.
    """

    kind: EventKind
    clock: str
    on: date
    entry: str
    action: str = ""
    data: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The event as plain data."""
        return {
            "kind": self.kind,
            "clock": self.clock,
            "on": self.on.isoformat(),
            "entry": self.entry,
            "action": self.action,
            "data": dict(self.data),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ClockEvent":
        """The event from `to_json`. Raises ProcedureError for an unknown kind."""
        if data["kind"] not in get_args(EventKind):
            raise ProcedureError(f"unknown clock event {data['kind']!r}; known: {', '.join(get_args(EventKind))}")
        return cls(
            kind=cast(EventKind, data["kind"]),
            clock=str(data["clock"]),
            on=date.fromisoformat(data["on"]),
            entry=str(data["entry"]),
            action=str(data.get("action", "")),
            data={str(key): str(value) for key, value in data.get("data", {}).items()},
        )


@dataclass(frozen=True, slots=True)
class ClockRun:
    """The events of one clock, in the order they happened."""

    clock: str
    events: tuple[ClockEvent, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The run as plain data."""
        return {"clock": self.clock, "events": [event.to_json() for event in self.events]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ClockRun":
        """The run from `to_json`."""
        return cls(str(data["clock"]), tuple(ClockEvent.from_json(event) for event in data["events"]))

    @property
    def status(self) -> Status:
        """Where the clock stands after its last event."""
        return fold(self).status

    def with_event(self, event: ClockEvent) -> "ClockRun":
        """The run with one more event."""
        return ClockRun(self.clock, (*self.events, event))


def apply(runs: Iterable[ClockRun], events: Sequence[ClockEvent]) -> tuple[ClockRun, ...]:
    """The runs with these events added; a clock that starts for the first time gets a run."""
    found = {run.clock: run for run in runs}
    for event in events:
        found[event.clock] = found.get(event.clock, ClockRun(event.clock)).with_event(event)
    return tuple(found.values())


@dataclass(slots=True)
class Folded:
    """Where a run stands. `pauses` are closed; `resting_since` is an open one."""

    status: Status = "running"
    started: ClockEvent | None = None
    counted_from: date | None = None
    anchor: str = ""
    anchor_date: date | None = None
    pauses: list[tuple[date, date]] = field(default_factory=list)
    resting_since: date | None = None
    extended: ClockEvent | None = None
    closed: ClockEvent | None = None

    @property
    def active(self) -> bool:
        """Whether the duty is still open."""
        return self.status in {"running", "paused"}


def fold(run: ClockRun) -> Folded:
    """Read the events of a run from first to last."""
    state = Folded()
    for event in run.events:
        kind = event.kind
        if kind == "started":
            state = _started(event)
        elif kind == "anchored":
            state.anchor = event.data["anchor"]
            state.anchor_date = date.fromisoformat(event.data["date"])
        elif kind == "paused":
            state.status, state.resting_since = "paused", event.on
        elif kind == "resumed":
            if state.resting_since is not None:
                state.pauses.append((state.resting_since, max(event.on, state.resting_since)))
            state.status, state.resting_since = "running", None
        elif kind == "extended":
            state.extended = event
        else:
            state.status = kind
            state.closed = event
            _end_rest(state, event.on)
    return state


def _started(event: ClockEvent) -> Folded:
    given = event.data.get("from")
    anchored = event.data.get("date")
    return Folded(
        started=event,
        counted_from=date.fromisoformat(given) if given else event.on,
        anchor=event.data.get("anchor", ""),
        anchor_date=date.fromisoformat(anchored) if anchored else None,
    )


def _end_rest(state: Folded, on: date) -> None:
    """A clock that closes while it rests was resting until that day."""
    if state.resting_since is not None:
        state.pauses.append((state.resting_since, max(on, state.resting_since)))
        state.resting_since = None
