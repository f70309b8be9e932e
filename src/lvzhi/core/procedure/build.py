"""From the entries of a file to a `Procedure`; every name is looked up, every slip refused."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, cast

from lvzhi.core.procedure.build_clocks import build_clocks
from lvzhi.core.procedure.errors import ProcedureError
from lvzhi.core.procedure.model import (
    Action,
    Choice,
    Citation,
    CitationKind,
    Duty,
    DutyKind,
    Field,
    FieldType,
    Level,
    Procedure,
    Role,
    SettingValue,
    State,
    Text,
)
from lvzhi.core.procedure.names import Names, bilingual, bilingual_if_any, flag, lookup, one_of
from lvzhi.core.procedure.settings import effective, read_settings
from lvzhi.core.procedure.source import Block

START: Final = "start"  # the origin written in the file for an action that begins a matter
SAME: Final = "same"  # the target written in the file for an action that stays where it is

TOP: Final = (
    "id", "text", "summary", "number_prefix", "edition", "effective_from", "effective_until", "region",
    "citations", "papers", "anchors", "guards", "settings", "fields", "states", "actions", "clocks", "duties",
)  # fmt: skip
_STATE: Final = ("text", "initial", "final", "public", "task")
ACTION: Final = (
    "text", "from", "to", "by", "fields", "yields", "rules", "public", "hint", "primary", "system", "internal",
    "guards", "unless_running", "when",
)  # fmt: skip
_FIELD: Final = ("name", "text", "type", "choices", "anchor")
_FIELD_TYPES: Final = ("text", "longtext", "date", "bool", "choice", "body", "unit", "person", "rating", "file")
_DUTY: Final = ("rule", "kind", "text", "enforced_by")
_DUTY_KINDS: Final = ("standing", "prohibition", "publication", "permission", "form")
_CITATION: Final = ("law", "article", "level", "kind", "reading")


def build(
    root: Block,
    roles: Mapping[str, Role],
    *,
    overlay: str | None = None,
    region: str = "national",
    chosen: Mapping[str, SettingValue] | None = None,
) -> Procedure:
    """One procedure from its entries, with `chosen` settings. Raises ProcedureError."""
    root.allow(TOP, "a procedure file")
    prefix = root.text("number_prefix")
    if len(prefix) != 1:
        root.refuse(f"'number_prefix' is one character, such as 意, not {prefix!r}", "number_prefix")
    names = _names(root, roles, chosen)
    actions = {name: _action(name, block, names, root) for name, block in root.blocks("actions") if names.is_on(block)}
    clocks = build_clocks(root, names, actions)
    used = {role for action in actions.values() for role in action.by} | {clock.holder for clock in clocks.values()}
    frozen = MappingProxyType
    return Procedure(
        id=root.text("id"),
        text=bilingual(root, "text"),
        summary=bilingual_if_any(root, "summary"),
        number_prefix=prefix,
        edition=root.text("edition"),
        effective_from=day(root, "effective_from"),
        effective_until=day(root, "effective_until") if root.get("effective_until") else None,
        region=region,
        overlay=overlay,
        states=frozen(dict(names.states)),
        actions=frozen(actions),
        clocks=frozen(clocks),
        papers=frozen(dict(names.papers)),
        duties=tuple(_duty(name, block, names) for name, block in root.blocks("duties")),
        roles=frozen({name: role for name, role in roles.items() if name in used}),
        settings=frozen(dict(names.settings)),
        guards=frozen(dict(names.guards)),
        anchors=frozen(dict(names.anchors)),
        citations=frozen(dict(names.citations)),
        values=frozen(dict(names.values)),
    )


def day(block: Block, key: str) -> date:
    """A date written YYYY-MM-DD."""
    try:
        return date.fromisoformat(block.text(key))
    except ProcedureError:
        raise
    except ValueError:
        block.refuse(f"{key!r} is a date written YYYY-MM-DD, not {block[key]!r}", key)


def _names(root: Block, roles: Mapping[str, Role], chosen: Mapping[str, SettingValue] | None) -> Names:
    citations = {name: _citation(name, block) for name, block in root.blocks("citations")}
    settings = read_settings(root, citations)
    return Names(
        roles=roles,
        citations=citations,
        papers=_texts(root, "papers"),
        guards=_texts(root, "guards"),
        anchors=_texts(root, "anchors"),
        fields={name: _field(name, block, root) for name, block in root.blocks("fields")},
        settings=settings,
        values=effective(settings, chosen or {}, root.text("id")),
        states={name: _state(name, block) for name, block in root.blocks("states")},
    )


def _texts(root: Block, key: str) -> dict[str, Text]:
    entries = root.block(key)
    return {name: bilingual(entries, name) for name in entries}


def _citation(name: str, block: Block) -> Citation:
    block.allow(_CITATION, f"citation {name!r}")
    level = cast(Level, one_of(block, "level", ("national", "beijing", "practice"), "national"))
    default = {"national": "law", "beijing": "regulation", "practice": "practice"}[level]
    return Citation(
        name=name,
        rule=name if "." in name else None,
        law=block.text("law"),
        article="" if level == "practice" else block.text("article"),
        level=level,
        kind=cast(CitationKind, one_of(block, "kind", ("law", "regulation", "practice"), default)),
        reading=bilingual_if_any(block, "reading"),
    )


def _state(name: str, block: Block) -> State:
    block.allow(_STATE, f"state {name!r}")
    return State(
        name=name,
        text=bilingual(block, "text"),
        initial=flag(block, "initial"),
        final=flag(block, "final"),
        public=bilingual_if_any(block, "public"),
        task=bilingual_if_any(block, "task"),
    )


def _field(name: str, block: Block, root: Block) -> Field:
    block.allow(_FIELD, f"field {name!r}")
    kind = cast(FieldType, one_of(block, "type", _FIELD_TYPES, "text"))
    entries = block.block("choices")
    choices = tuple(Choice(code, bilingual(entries, code)) for code in entries)
    if (kind in {"choice", "rating"}) != bool(choices):
        block.refuse(f"field {name!r}: 'choices' belong to the types choice and rating, and only there")
    anchor = flag(block, "anchor")
    if anchor and (kind != "date" or name not in root.block("anchors")):
        block.refuse(f"field {name!r} is an anchor, so it is a date and is listed under 'anchors'", "anchor")
    shown = block.text("name") if "name" in block else name
    return Field(name=shown, text=bilingual(block, "text"), type=kind, choices=choices, anchor=anchor)


def _action(name: str, block: Block, names: Names, root: Block) -> Action:
    block.allow(ACTION, f"action {name!r}")
    origins = block.names("from")
    if not origins:
        block.refuse(f"action {name!r} needs 'from': the states it can be taken in, or [{START}]")
    return Action(
        name=name,
        text=bilingual(block, "text"),
        origins=tuple(origin for origin in origins if origin != START),
        to=MappingProxyType(_targets(name, block, names, origins)),
        by=names.who(block),
        fields=_fields(block, names),
        yields=names.picked_names(block, "yields", names.papers, "paper"),
        rules=names.pick(block, "rules", names.citations, "rule"),
        public=flag(block, "public"),
        hint=bilingual_if_any(block, "hint"),
        primary=flag(block, "primary"),
        system=flag(block, "system"),
        internal=flag(block, "internal"),
        guards=names.picked_names(block, "guards", names.guards, "guard"),
        unless_running=names.picked_names(block, "unless_running", root.block("clocks"), "clock"),
    )


def _targets(name: str, block: Block, names: Names, origins: tuple[str, ...]) -> dict[str, str]:
    """Each origin with the state it leads to; START becomes ""."""
    given = block.get("to")
    by_origin = given if isinstance(given, Block) else None
    if by_origin is not None:
        by_origin.allow(origins, f"'to' of action {name!r}")
    found: dict[str, str] = {}
    for origin in origins:
        if origin != START:
            lookup(block, "from", origin, names.states, "state")
        if by_origin is not None and origin not in by_origin:
            block.refuse(f"action {name!r} does not say where it leads from {origin!r}", "to")
        target = block.text("to") if by_origin is None else by_origin.text(origin)
        if target == SAME and origin != START:
            target = origin
        lookup(by_origin if by_origin is not None else block, "to", target, names.states, "state")
        found["" if origin == START else origin] = target
    return found


def _fields(block: Block, names: Names) -> tuple[Field, ...]:
    """The fields of an action; a name that ends in ? is one that may stay empty."""
    found = []
    for written in block.names("fields"):
        field = lookup(block, "fields", written.removesuffix("?"), names.fields, "field")
        required = not written.endswith("?")
        found.append(Field(field.name, field.text, field.type, required, field.choices, field.anchor))
    return tuple(found)


def _duty(name: str, block: Block, names: Names) -> Duty:
    block.allow(_DUTY, f"duty {name!r}")
    return Duty(
        name=name,
        citation=names.cite(block),
        kind=cast(DutyKind, one_of(block, "kind", _DUTY_KINDS, "standing")),
        text=bilingual(block, "text"),
        enforced_by=bilingual(block, "enforced_by"),
    )
