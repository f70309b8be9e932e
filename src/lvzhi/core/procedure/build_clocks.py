"""The clocks of a procedure file."""

from collections.abc import Mapping
from typing import Any, Final, cast, get_args

from lvzhi.core.calendar import FixedDate, Frequency, Term, Window
from lvzhi.core.calendar.periods import Per
from lvzhi.core.procedure.errors import ProcedureError
from lvzhi.core.procedure.model import Action, Clock, ClockKind, Condition, Extension, Waiver
from lvzhi.core.procedure.names import Names, bilingual, flag, one_of
from lvzhi.core.procedure.source import Block

LIMITS: Final[dict[str, ClockKind]] = {
    "within": "term",
    "before": "before",
    "due": "fixed",
    "window": "window",
    "frequency": "frequency",
    "at_least": "duration",
    "no_limit": "none",
}
CLOCK: Final = (
    "text", "rule", "also", *LIMITS, "internal", "starts", "starts_if", "start_field", "once", "lapses", "met_by",
    "cancelled_by", "paused_by", "resumed_by", "extension", "waiver", "holder", "earliest_with", "when",
)  # fmt: skip
_UNITS: Final = ("years", "months", "days", "workdays")


def build_clocks(root: Block, names: Names, actions: Mapping[str, Action]) -> dict[str, Clock]:
    """Every clock whose setting is on, with its actions looked up."""
    entries = [(name, block) for name, block in root.blocks("clocks") if names.is_on(block)]
    clocks = {name: _clock(name, block, names, actions) for name, block in entries}
    for name, block in entries:
        other = clocks[name].earliest_with
        if other is not None and other not in clocks:
            block.refuse(f"unknown clock {other!r} in 'earliest_with'; use one of {', '.join(clocks)}", "earliest_with")
    return clocks


def term(block: Block, key: str, names: Names) -> Term:
    """A term such as `{months: 3}`; a number may be a setting."""
    entry = block.block(key)
    entry.allow(_UNITS, f"{key!r}")
    if not entry:
        block.refuse(f"give {key!r} a length, such as {{days: 15}}", key)
    numbers = {unit: names.number(entry, unit) for unit in entry}
    try:
        return Term(**numbers)
    except ValueError as wrong:
        block.refuse(f"{wrong}; mend {key!r}", key)


def _clock(name: str, block: Block, names: Names, actions: Mapping[str, Action]) -> Clock:
    block.allow(CLOCK, f"clock {name!r}")
    given = [key for key in LIMITS if key in block]
    if len(given) != 1:
        known = ", ".join(LIMITS)
        block.refuse(f"clock {name!r} needs exactly one of {known}; it has {', '.join(given) or 'none'}")
    starters: dict[str, object] = {**actions, **names.anchors}
    anchored = LIMITS[given[0]] == "before"
    if anchored and not all(start in names.anchors for start in block.names("starts")):
        block.refuse(f"clock {name!r} counts back, so 'starts' names an anchor such as meeting_date", "starts")
    holder = block.text("holder")
    if holder not in names.roles:
        block.refuse(f"unknown role {holder!r} in 'holder'; use one of {', '.join(names.roles)}", "holder")
    pick = names.picked_names
    return Clock(
        name=name,
        text=bilingual(block, "text"),
        citation=names.cite(block),
        kind=LIMITS[given[0]],
        holder=holder,
        starts=pick(block, "starts", starters, "action or anchor"),
        met_by=pick(block, "met_by", actions, "action"),
        internal=term(block, "internal", names) if "internal" in block else None,
        start_field=_start_field(block, names),
        starts_once=flag(block, "once"),
        starts_if=_starts_if(block, names),
        lapses=flag(block, "lapses") or given[0] == "at_least",
        cancelled_by=pick(block, "cancelled_by", actions, "action"),
        paused_by=pick(block, "paused_by", actions, "action"),
        resumed_by=pick(block, "resumed_by", actions, "action"),
        extension=_extension(block, names, actions),
        waiver=_waiver(block, names, actions),
        earliest_with=block.text("earliest_with") if "earliest_with" in block else None,
        also=names.pick(block, "also", names.citations, "rule"),
        **_limit(block, given[0], names),
    )


def _limit(block: Block, key: str, names: Names) -> dict[str, Any]:
    """The one limit of a clock, as the field of `Clock` that holds it."""
    if key in {"within", "before", "at_least"}:
        return {"term": term(block, key, names)}
    try:
        if key == "due":
            return {"fixed": FixedDate(block.text("due"))}
        entry = block.block(key) if key != "no_limit" else block
        if key == "window":
            entry.allow(("from", "to"), "'window'")
            return {"window": Window(entry.text("from"), entry.text("to"))}
        if key == "frequency":
            entry.allow(("count", "per", "at_least"), "'frequency'")
            per = cast(Per, one_of(entry, "per", get_args(Per)))
            return {"frequency": Frequency(names.number(entry, "count"), per, flag(entry, "at_least"))}
    except ProcedureError:
        raise
    except ValueError as wrong:
        block.refuse(f"{wrong}; mend {key!r}", key)
    if not flag(block, "no_limit"):
        block.refuse("'no_limit' is true, or absent", "no_limit")
    return {}


def _start_field(block: Block, names: Names) -> str | None:
    if "start_field" not in block:
        return None
    name = block.text("start_field")
    if name not in names.fields or names.fields[name].type != "date":
        block.refuse(f"'start_field' names a field of type date, and {name!r} is not one", "start_field")
    return name


def _starts_if(block: Block, names: Names) -> Condition | None:
    if "starts_if" not in block:
        return None
    entry = block.block("starts_if")
    entry.allow(("field", "is", "or_empty"), "'starts_if'")
    name = entry.text("field")
    known = {choice.name for choice in names.fields[name].choices} if name in names.fields else set()
    if not known:
        entry.refuse(f"'field' names a field of type choice, and {name!r} is not one", "field")
    values = entry.names("is")
    if not values or not known.issuperset(values):
        entry.refuse(f"'is' lists choices of {name!r}: {', '.join(sorted(known))}", "is")
    return Condition(name, values, flag(entry, "or_empty"))


def _extension(block: Block, names: Names, actions: Mapping[str, Action]) -> Extension | None:
    if "extension" not in block:
        return None
    entry = block.block("extension")
    entry.allow(("action", "term", "ceiling", "rule"), "'extension'")
    if ("term" in entry) == ("ceiling" in entry):
        entry.refuse("an extension has either 'term' (added) or 'ceiling' (from the same start)")
    action = names.pick(entry, "action", actions, "action")
    if len(action) != 1:
        entry.refuse("an extension names the one action that grants it")
    return Extension(
        action=action[0].name,
        by=action[0].by,
        term=term(entry, "term", names) if "term" in entry else None,
        ceiling=term(entry, "ceiling", names) if "ceiling" in entry else None,
        cite=names.cite(entry),
    )


def _waiver(block: Block, names: Names, actions: Mapping[str, Action]) -> Waiver | None:
    if "waiver" not in block:
        return None
    entry = block.block("waiver")
    entry.allow(("action", "rule"), "'waiver'")
    action = names.pick(entry, "action", actions, "action")
    if len(action) != 1:
        entry.refuse("a waiver names the one action that grants it")
    return Waiver(action=action[0].name, by=action[0].by, basis=names.cite(entry))
