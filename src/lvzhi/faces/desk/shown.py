"""Records as the desk shows them: a state, a category, the names of procedures."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from lvzhi.core.procedure import Action, Procedure, ProcedureError
from lvzhi.faces.design.shapes import State
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.procedures import procedure_of, registry, words
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions.categories import categories

ELSEWHERE = frozenset({"petition", "deputy_suggestion", "supervision_clue", "deputy_contact"})
"""Procedures that begin on pages of their own: letters and months at the desk, suggestions on a deputy's phone,
clues from the opinions that raise them."""


def state_of(procedure: Procedure, name: str) -> State:
    """Where a matter stands, with its tone."""
    state = procedure.states.get(name)
    if state is None:
        return State(name)
    return State(words(state.text), "closed" if state.final else "todo" if state.initial else "doing")


def state_of_matter(matter: Matter) -> State:
    """Where this matter stands."""
    return state_of(procedure_of(matter), matter.state)


def procedure_names(congress: Congress, today: date) -> dict[str, str]:
    """Every procedure of this congress by id, as the reader calls it."""
    known, found = registry(), {}
    for name in known.ids():
        try:
            found[name] = words(known.get(name, today, congress.region).text)
        except ProcedureError:  # not yet, or no longer, in force: nothing can be filed under it
            continue
    return found


@lru_cache(maxsize=256)
def offered(roles: frozenset[str], region: str, today: date) -> tuple[tuple[Procedure, Action], ...]:
    """The creating actions open to these roles in this region on that day. No statement."""
    known, found = registry(), []
    for name in known.ids():
        if name in ELSEWHERE:
            continue
        try:
            procedure = known.get(name, today, region)
        except ProcedureError:  # not yet, or no longer, in force
            continue
        found += [(procedure, action) for action in procedure.creating if not roles.isdisjoint(action.by)]
    return tuple(found)


def category_names(congress: Congress) -> dict[str, str]:
    """The subjects of a congress by key."""
    return {category.key: str(category) for category in categories(congress)}
