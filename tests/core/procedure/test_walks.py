"""Any way a matter can take through any shipped procedure: no step breaks, every date explains itself."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvzhi.core.calendar import official_calendar
from lvzhi.core.procedure import (
    Action,
    ClockRun,
    Procedure,
    Registry,
    advance,
    anchors_after,
    apply,
    explain,
    options,
    reckon_all,
)

CALENDAR = official_calendar()
REGISTRY = Registry.load()


def facts_for(procedure: Procedure, action: Action, on: date, days: int) -> dict[str, object]:
    """Every guard satisfied, and every date field filled in."""
    facts: dict[str, object] = dict.fromkeys(procedure.guards, True)
    dates = (field for field in action.fields if field.type == "date")
    return facts | {field.name: on + timedelta(days=days) for field in dates}


def assert_sound(procedure: Procedure, runs: tuple[ClockRun, ...], anchors: dict[str, date]) -> None:
    values = reckon_all(procedure, runs, CALENDAR, anchors)
    for run in runs:
        value, found = values[run.clock], explain(procedure, run.clock, run, CALENDAR, anchors, runs)
        said = (*found.sentences("zh"), *found.sentences("en"))
        assert all(sentence and "{" not in sentence for sentence in said)
        assert found.to_json()["due"] == (value.due and value.due.isoformat())
        assert (value.status == "met") == (value.met_on is not None)
        assert value.due is None or value.status in {"running", "met"}
        assert ClockRun.from_json(run.to_json()) == run


@pytest.mark.parametrize("key", REGISTRY.procedures)
@settings(max_examples=40, deadline=None)
@given(picks=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 40)), min_size=1, max_size=25))
def test_every_walk_keeps_states_and_clocks_sound(key: str, picks: list[tuple[int, int]]) -> None:
    procedure = REGISTRY.by_key(key)
    everyone = frozenset(procedure.roles)
    state, on = "", date(2026, 1, 5)
    runs: tuple[ClockRun, ...] = ()
    anchors: dict[str, date] = {}

    for number, (pick, days) in enumerate(picks):
        ready = dict.fromkeys(procedure.guards, True)
        open_now = [o.action for o in options(procedure, state, everyone, ready, runs) if o.allowed]
        if not open_now:
            break
        action, on = open_now[pick % len(open_now)], on + timedelta(days=days)
        facts = facts_for(procedure, action, on, days)
        step = advance(procedure, state, runs, action.name, on=on, entry=f"e{number}", anchors=anchors, facts=facts)
        anchors = anchors_after(action, anchors, facts)
        state, runs = step.to_state, apply(runs, step.events)
        assert state in procedure.states
        assert_sound(procedure, runs, anchors)
