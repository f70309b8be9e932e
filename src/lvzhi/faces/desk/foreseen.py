"""What an act will bring: the next state, the papers, and the clocks with their dates. Nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lvzhi.core.procedure import Action, Explanation, Refused, advance, anchors_after, apply, explain
from lvzhi.faces.design.deadlines import due_of
from lvzhi.faces.design.shapes import Due, State
from lvzhi.faces.desk.shown import state_of
from lvzhi.records.matters import queries
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.procedures import procedure_of, words, work_calendar


@dataclass(frozen=True, slots=True)
class Follows:
    """What follows from an act taken today."""

    state: State
    papers: list[str]
    starts: list[tuple[str, str, Due]]
    ends: list[str]


def foresee(matter: Matter, action: Action, today: date, given: Mapping[str, object] | None = None) -> Follows:
    """What follows if `action` is taken on `today`. `starts` are (clock, holder, deadline). No statement."""
    procedure, runs = procedure_of(matter), queries.runs(matter)
    anchors = {name: date.fromisoformat(day) for name, day in matter.anchors.items()}
    facts = {**dict.fromkeys(action.guards, True), **(given or {})}
    papers = [words(procedure.papers[name]) for name in action.yields if name in procedure.papers]
    state = state_of(procedure, action.to.get(matter.state, matter.state))
    try:
        step = advance(procedure, matter.state, runs, action.name, on=today, entry="", anchors=anchors, facts=facts)
    except Refused:
        return Follows(state, papers, [], [])
    after, anchors = apply(runs, step.events), anchors_after(action, anchors, facts)
    known = {run.clock: run for run in after}
    begun = [event.clock for event in step.events if event.kind in {"started", "extended"} and event.clock in known]
    ended = [event.clock for event in step.events if event.kind == "met"]
    starts = []
    for name in dict.fromkeys(begun):
        clock = procedure.clock(name)
        item = explain(procedure, clock, known[name], work_calendar(), anchors, after)
        starts.append((words(clock.text), words(procedure.roles[clock.holder].text), due_of(item, today)))
    return Follows(state, papers, starts, [words(procedure.clock(name).text) for name in ended])


def started_by(entry: Entry) -> Explanation | None:
    """The clock with the earliest day among those an entry has just started. No statement."""
    mine = [
        item
        for item in queries.explanations(entry.matter)
        if item.started_by and item.started_by.entry == str(entry.pk) and item.due and item.value.status == "running"
    ]
    return min((item for item in mine if not item.value.lapses), key=lambda item: item.due or date.max, default=None)
