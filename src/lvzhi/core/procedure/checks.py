"""Whether a procedure holds together: no dead state, no dead end, no clock without end."""

from collections.abc import Iterable

from lvzhi.core.procedure.model import Clock, Procedure
from lvzhi.core.procedure.source import Block


def check(procedure: Procedure, root: Block, rules: frozenset[str] | None = None) -> None:
    """Refuse, with file and line, a procedure that does not hold together."""
    _check_start(procedure, root)
    _check_states(procedure, root)
    _check_clocks(procedure, root)
    _check_citations(procedure, root, rules)
    _check_unused(procedure, root)


def _check_start(procedure: Procedure, root: Block) -> None:
    initial = [state.name for state in procedure.states.values() if state.initial]
    if not initial:
        root.refuse("no state is the first; mark one 'initial: true'", "states")
    if not procedure.creating:
        root.refuse("nothing begins a matter; give one action 'from: [start]'", "actions")
    for action in procedure.creating:
        if action.to[""] not in initial:
            root.block("actions").refuse(
                f"action {action.name!r} begins a matter; it leads to an initial state: {', '.join(initial)}",
                action.name,
            )


def _check_states(procedure: Procedure, root: Block) -> None:
    states = root.block("states")
    reached, todo = set[str](), [action.to[""] for action in procedure.creating]
    while todo:
        here = todo.pop()
        if here not in reached:
            reached.add(here)
            todo += [action.to[here] for action in procedure.actions_from(here)]
    for name, state in procedure.states.items():
        if name not in reached:
            states.refuse(f"state {name!r} is dead: no action leads to it; add one or remove the state", name)
        leaves = any(action.to[name] != name for action in procedure.actions_from(name))
        if not leaves and not state.final:
            states.refuse(f"state {name!r} has no way out; add an action from it, or mark it 'final: true'", name)
    for name in procedure.states:
        if not _can_end(procedure, name):
            states.refuse(f"from state {name!r} no final state can be reached; add a way to an end", name)


def _can_end(procedure: Procedure, start: str) -> bool:
    seen, todo = set[str](), [start]
    while todo:
        state = todo.pop()
        if procedure.states[state].final:
            return True
        if state not in seen:
            seen.add(state)
            todo += [action.to[state] for action in procedure.actions_from(state)]
    return False


def _check_clocks(procedure: Procedure, root: Block) -> None:
    clocks = root.block("clocks")
    for name, clock in procedure.clocks.items():
        if not clock.starts:
            clocks.refuse(f"nothing starts clock {name!r}; list an action or anchor under 'starts'", name)
        if not clock.met_by:
            clocks.refuse(f"nothing meets clock {name!r}; list an action under 'met_by'", name)
        if bool(clock.paused_by) != bool(clock.resumed_by):
            clocks.refuse(f"clock {name!r} has 'paused_by' or 'resumed_by' without the other", name)
        if clock.paused_by and clock.kind not in {"term", "none"}:
            clocks.refuse(f"clock {name!r} cannot be paused: only a term after an act can", name)
        if clock.extension is not None and clock.kind != "term":
            clocks.refuse(f"clock {name!r} cannot be extended: only a term after an act can", name)
        _check_ceiling(clock, clocks)
        _check_start_field(procedure, clock, clocks)


def _check_ceiling(clock: Clock, clocks: Block) -> None:
    ceiling = clock.extension.ceiling if clock.extension else None
    if ceiling is not None and clock.term is not None and ceiling.longest_days < clock.term.longest_days:
        clocks.refuse(f"clock {clock.name!r}: the ceiling is shorter than the term itself", clock.name)


def _check_start_field(procedure: Procedure, clock: Clock, clocks: Block) -> None:
    if clock.start_field is None:
        return
    starters = [procedure.actions[name] for name in clock.starts if name in procedure.actions]
    if not any(field.name == clock.start_field for action in starters for field in action.fields):
        clocks.block(clock.name).refuse(
            f"no action that starts {clock.name!r} has the field {clock.start_field!r}; add it to one",
            "start_field",
        )


def _check_citations(procedure: Procedure, root: Block, rules: frozenset[str] | None) -> None:
    citations = root.block("citations")
    if rules is not None:
        for name in citations:
            if "." in name and name not in rules:
                citations.refuse(f"rule id {name!r} is not in the list of statutory steps; mend the id", name)
    if not all(procedure.values.get(name) is not False for name in procedure.settings):
        return  # a switched-off action leaves its citations unused, and that is as it should be
    _refuse_unused(citations, {citation.name for citation in procedure.cited()}, "citation", "action, clock or duty")


def _check_unused(procedure: Procedure, root: Block) -> None:
    if not all(procedure.values.get(name) is not False for name in procedure.settings):
        return
    actions = procedure.actions.values()
    fields = {name.removesuffix("?") for _, block in root.blocks("actions") for name in block.names("fields")}
    _refuse_unused(root.block("fields"), fields, "field", "action")
    _refuse_unused(root.block("papers"), {paper for a in actions for paper in a.yields}, "paper", "action")
    _refuse_unused(root.block("guards"), {guard for a in actions for guard in a.guards}, "guard", "action")


def _refuse_unused(section: Block, used: Iterable[str], what: str, where: str) -> None:
    for name in section:
        if name not in used:
            section.refuse(f"no {where} uses {what} {name!r}; use it or remove it", name)
