"""What may be done now, and what it does to the state and the clocks. Pure functions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lvzhi.core.procedure.errors import Refused
from lvzhi.core.procedure.model import Action, Clock, Field, Procedure, Text
from lvzhi.core.procedure.runs import ClockEvent, ClockRun, EventKind, Folded, apply, fold

__all__ = ["Advance", "Option", "advance", "anchors_after", "apply", "missing_fields", "options", "why_not"]

_ALLOWED = Text("", "")


@dataclass(frozen=True, slots=True)
class Option:
    """An action of the present state, and why it is not open to this actor ("" if it is)."""

    action: Action
    allowed: bool
    why_not: Text


@dataclass(frozen=True, slots=True)
class Advance:
    """What an action does: the new state, and the clock events to store with the entry."""

    action: Action
    from_state: str
    to_state: str
    events: tuple[ClockEvent, ...]


def options(
    procedure: Procedure,
    state: str,
    roles: frozenset[str],
    facts: Mapping[str, object],
    runs: Sequence[ClockRun] = (),
) -> tuple[Option, ...]:
    """Every action of `state` ("" before the matter exists), with the sentence why not.

    `facts` holds the guards that are satisfied, by name; `runs` are the clocks of the matter.
    """
    folded = {run.clock: fold(run) for run in runs}
    found = []
    for action in procedure.actions_from(state):
        why = _why_not(procedure, action, roles, facts, folded)
        found.append(Option(action, not why.zh, why))
    return tuple(found)


def why_not(
    procedure: Procedure,
    state: str,
    action: str,
    roles: frozenset[str],
    facts: Mapping[str, object],
    runs: Sequence[ClockRun] = (),
) -> Text:
    """Why `action` may not be taken now; an empty text if it may."""
    wanted = procedure.action(action)
    if state not in wanted.to:
        return _wrong_state(procedure, wanted, state)
    return _why_not(procedure, wanted, roles, facts, {run.clock: fold(run) for run in runs})


def missing_fields(action: Action, values: Mapping[str, object]) -> tuple[Field, ...]:
    """The required fields that are empty in `values`."""
    return tuple(field for field in action.fields if field.required and values.get(field.name) in (None, ""))


def anchors_after(action: Action, anchors: Mapping[str, date], values: Mapping[str, object]) -> dict[str, date]:
    """The anchors once this action's anchor fields are filled in."""
    found = dict(anchors)
    for field in action.fields:
        value = values.get(field.name)
        if field.anchor and isinstance(value, date):
            found[field.name] = value
    return found


def advance(
    procedure: Procedure,
    state: str,
    runs: Sequence[ClockRun],
    action: str,
    *,
    on: date,
    entry: str,
    anchors: Mapping[str, date] | None = None,
    facts: Mapping[str, object] | None = None,
) -> Advance:
    """Take `action` in `state` ("" to begin a matter) on the day `on`, recorded as entry `entry`.

    `anchors` are the dates in force before the action; its own anchor fields are read from
    `facts`, which also holds the satisfied guards and the other field values. Roles are not asked
    here: see `why_not`. Raises Refused when the state, a guard or a clock forbids the action.
    """
    wanted, given = procedure.action(action), facts or {}
    if state not in wanted.to:
        why = _wrong_state(procedure, wanted, state)
        raise Refused(why.zh, why.en)
    folded = {run.clock: fold(run) for run in runs}
    why = _guarded(procedure, wanted, given) or _clock_forbids(procedure, wanted, folded) or _ALLOWED
    if why.zh:
        raise Refused(why.zh, why.en)
    dates = anchors_after(wanted, anchors or {}, given)
    events: list[ClockEvent] = []
    touched = procedure.clocks_touched.get(action, ())
    for clock in touched:
        kinds = _kinds(clock, action, folded.get(clock.name), given)
        events += [ClockEvent(k, clock.name, on, entry, action, _data(k, clock, wanted, given)) for k in kinds]
    ended = {event.clock for event in events if event.kind in {"met", "waived", "cancelled"}}
    events = _anchored(procedure, dates, folded, ended, ClockEvent("anchored", "", on, entry, action)) + events
    return Advance(wanted, state, wanted.to[state], tuple(events))


def _why_not(
    procedure: Procedure,
    action: Action,
    roles: frozenset[str],
    facts: Mapping[str, object],
    folded: Mapping[str, Folded],
) -> Text:
    if roles.isdisjoint(action.by):
        return _wrong_role(procedure, action)
    return _guarded(procedure, action, facts) or _clock_forbids(procedure, action, folded) or _ALLOWED


def _wrong_role(procedure: Procedure, action: Action) -> Text:
    names = [procedure.roles[role].text for role in action.by]
    return Text(
        f"「{action.text.zh}」由{'、'.join(name.zh for name in names)}办理。",
        f"“{action.text.en}” is for: {', '.join(name.en for name in names)}.",
    )


def _wrong_state(procedure: Procedure, action: Action, state: str) -> Text:
    if not state:
        return Text(f"「{action.text.zh}」要在事项提出以后办理。", f"“{action.text.en}” needs a matter that exists.")
    here = procedure.states[state].text
    return Text(
        f"事项现在是「{here.zh}」，不能再「{action.text.zh}」；请刷新页面，看看现在可以做什么。",
        f"The matter now stands at “{here.en}”, so “{action.text.en}” is not open. Reload to see what is.",
    )


def _guarded(procedure: Procedure, action: Action, facts: Mapping[str, object]) -> Text | None:
    for guard in action.guards:
        if not facts.get(guard):
            return procedure.guards[guard]
    return None


def _clock_forbids(procedure: Procedure, action: Action, folded: Mapping[str, Folded]) -> Text | None:
    """A clock in the way, or an extension of one that does not run or was extended before."""
    if not folded:
        return None
    for name in action.unless_running:
        if name in folded and folded[name].active:
            zh, en = procedure.clocks[name].text
            return Text(
                f"「{zh}」已经在计算，不用再次「{action.text.zh}」。",
                f"“{en}” is running already; there is no need for “{action.text.en}” again.",
            )
    clocks = [
        clock
        for clock in procedure.clocks_touched.get(action.name, ())
        if clock.extension is not None and clock.extension.action == action.name
    ]
    if not clocks:
        return None
    running = [folded[clock.name] for clock in clocks if clock.name in folded and folded[clock.name].active]
    what = clocks[0].text
    if not running:
        return Text(f"「{what.zh}」的期限没有在计算，不能延长。", f"The clock “{what.en}” is not running.")
    if all(state.extended is not None for state in running):
        return Text(
            f"「{what.zh}」已经延长过一次，不能再延长。",
            f"“{what.en}” was extended once and cannot be again.",
        )
    return None


def _kinds(clock: Clock, action: str, state: Folded | None, facts: Mapping[str, object]) -> Iterable[EventKind]:
    """What `action` does to one clock, in order: it ends before it begins again."""
    active = state is not None and state.active
    if clock.waiver is not None and clock.waiver.action == action and (state is None or active):
        yield "waived"
        return
    if active and action in clock.met_by:
        yield "met"
        active = False
    elif active and action in clock.cancelled_by:
        yield "cancelled"
        active = False
    if active and state is not None:
        yield from _changes(clock, action, state)
    wanted = clock.starts_if is None or clock.starts_if.holds(facts)
    if action in clock.starts and wanted and not (clock.starts_once and state is not None):
        yield "started"


def _changes(clock: Clock, action: str, state: Folded) -> Iterable[EventKind]:
    if action in clock.paused_by and state.status == "running":
        yield "paused"
    if action in clock.resumed_by and state.status == "paused":
        yield "resumed"
    if clock.extension is not None and clock.extension.action == action and state.extended is None:
        yield "extended"


def _data(kind: EventKind, clock: Clock, action: Action, facts: Mapping[str, object]) -> dict[str, str]:
    """The figures an event must keep."""
    if kind == "started" and clock.start_field is not None:
        day = facts.get(clock.start_field)
        return {"from": day.isoformat()} if isinstance(day, date) else {}
    if kind == "extended":
        until = facts.get("until")
        return {"until": until.isoformat()} if isinstance(until, date) else {}
    if kind == "waived":
        return {"reason": str(facts.get("reason") or action.text.zh)}
    return {}


def _anchored(
    procedure: Procedure,
    dates: Mapping[str, date],
    folded: Mapping[str, Folded],
    ended: set[str],
    like: ClockEvent,
) -> list[ClockEvent]:
    """Start the clocks whose anchor is known for the first time; move those whose anchor moved."""
    events = []
    for clock in procedure.clocks.values():
        name = next((start for start in clock.starts if start in dates), None)
        if name is None:
            continue
        state = folded.get(clock.name)
        if state is not None and (state.anchor_date == dates[name] or not state.active):
            continue
        if state is None and clock.name in ended:
            continue
        kind: EventKind = "started" if state is None else "anchored"
        data = {"anchor": name, "date": dates[name].isoformat()}
        events.append(ClockEvent(kind, clock.name, like.on, like.entry, like.action, data))
    return events
