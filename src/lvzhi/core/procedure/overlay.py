"""A regional overlay laid over its national base.

An overlay may add entries under new names, and may amend an action or a clock of the base
where it says on what basis. It may shorten or specify a term, never lengthen it.
"""

from typing import Final

from lvzhi.core.procedure.source import Block

OVERLAY: Final = ("extends", "region", "edition", "effective_from", "effective_until", "amend")
ADDABLE: Final = (
    "citations", "papers", "anchors", "guards", "settings", "fields", "states", "actions", "clocks", "duties",
)  # fmt: skip
EARLIER: Final = ("based_on", "edition", "effective_from", "effective_until", "summary", "replace", "drop")
_APPEND: Final = {
    "actions": ("rules", "fields", "yields", "guards", "by"),
    "clocks": ("also", "met_by", "cancelled_by", "paused_by", "resumed_by"),
}
_REPLACE: Final = {
    "actions": ("text", "hint"),
    "clocks": ("text", "rule", "within", "internal", "extension", "waiver", "holder", "start_field"),
}
_DAYS: Final = {"years": 365, "months": 30, "days": 1, "workdays": 1}


def merge(base: Block, overlay: Block) -> Block:
    """The base with the overlay's additions and amendments. Raises ProcedureError."""
    overlay.allow((*OVERLAY, *ADDABLE), "an overlay file")
    merged = base.copy()
    for section in ADDABLE:
        merged.put(section, _added(merged.block(section), overlay.block(section), section), merged)
    amend = overlay.block("amend")
    amend.allow(tuple(_APPEND), "'amend'")
    for section in amend:
        entries = merged.block(section).copy()
        for name, block in amend.blocks(section):
            if name not in entries:
                amend.block(section).refuse(f"there is no {name!r} among the {section} of the base to amend", name)
            entries.put(name, _amended(entries.block(name), block, section), amend.block(section))
        merged.put(section, entries, merged)
    return merged


def earlier(later: Block, old: Block) -> Block:
    """An earlier edition, written as its differences from a later one.

    `replace` gives whole entries by name, `drop` lists the entries the earlier text did not have.
    """
    old.allow(EARLIER, "an earlier edition")
    merged = later.copy()
    for key in ("edition", "effective_from", "effective_until", "summary"):
        if key in old:
            merged.put(key, old[key], old)
    for section in ADDABLE:
        entries = merged.block(section).copy()
        drops, changed = old.block("drop"), old.block("replace").block(section)
        for name in drops.names(section):
            if name not in entries:
                drops.refuse(f"there is no {name!r} among the {section} to drop", section)
            del entries[name]
        for name in changed:
            entries.put(name, changed[name], changed)
        merged.put(section, entries, merged)
    return merged


def _added(base: Block, extra: Block, section: str) -> Block:
    both = base.copy()
    for name in extra:
        if name in base:
            extra.refuse(f"{name!r} is already among the {section} of the base; put changes under 'amend'", name)
        both.put(name, extra[name], extra)
    return both


def _amended(base: Block, change: Block, section: str) -> Block:
    allowed = ("basis", *_APPEND[section], *_REPLACE[section])
    for key in change:
        if key not in allowed:
            known = ", ".join(allowed)
            change.refuse(f"an overlay may not change {key!r}; it may give {known}", key)
    basis = change.text("basis")
    both = base.copy()
    for key in _APPEND[section]:
        if key in change:
            both.put(key, [*base.names(key), *change.names(key)], change)
    for key in _REPLACE[section]:
        if key in change:
            both.put(key, change[key], change)
    if section == "clocks":
        _check_not_longer(base, change)
        if "within" in change:
            both.pop("no_limit", None)
            if "internal" not in change:
                both.pop("internal", None)  # a target of the house stood in for the missing number
    cites = "rules" if section == "actions" else "also"
    if basis not in (*both.names(cites), both.get("rule")):
        both.put(cites, [*both.names(cites), basis], change)
        both.lines[cites] = change.where("basis")
    return both


def _check_not_longer(base: Block, change: Block) -> None:
    if "within" not in change:
        return
    if "within" not in base and "no_limit" not in base:
        change.refuse("the base does not count a term here, so an overlay cannot give one", "within")
    if "within" in base and _days(change.block("within")) > _days(base.block("within")):
        change.refuse("an overlay may shorten a term, not lengthen it; give a shorter 'within' or none", "within")


def _days(term: Block) -> int:
    return sum(_DAYS[unit] * value for unit, value in term.items() if unit in _DAYS and isinstance(value, int))
