"""What the entries of one procedure file may refer to, and how a slip is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from lvzhi.core.procedure.model import Citation, Field, Role, Setting, SettingValue, State, Text
from lvzhi.core.procedure.source import Block

T = TypeVar("T")


def lookup(block: Block, key: str, name: str, among: Mapping[str, T], what: str) -> T:
    """The entry called `name`, or a refusal that lists what there is."""
    if name not in among:
        known = ", ".join(among) or "none yet"
        block.refuse(f"unknown {what} {name!r}; use one of: {known}, or add it", key)
    return among[name]


def one_of(block: Block, key: str, among: tuple[str, ...], default: str | None = None) -> str:
    """The word under `key`, which must be one of `among`."""
    if key not in block and default is not None:
        return default
    word = block.text(key)
    if word not in among:
        block.refuse(f"{key!r} is one of {', '.join(among)}, not {word!r}", key)
    return word


def flag(block: Block, key: str) -> bool:
    """true or false under `key`; false without one."""
    value = block.get(key, False)
    if not isinstance(value, bool):
        block.refuse(f"{key!r} is true or false, not {value!r}", key)
    return value


def bilingual(block: Block, key: str) -> Text:
    """A text in both languages, which must be there."""
    entry = block.get(key)
    if not isinstance(entry, Block):
        block.refuse(f"give {key!r} in both languages: {{zh: …, en: …}}", key if key in block else None)
    entry.allow(("zh", "en"), f"{key!r}")
    return Text(entry.text("zh"), entry.text("en"))


def bilingual_if_any(block: Block, key: str) -> Text | None:
    """A text in both languages, or None if the key is absent."""
    return bilingual(block, key) if key in block else None


@dataclass(slots=True)
class Names:
    """The roles, citations and other names of one file, ready to be looked up."""

    roles: Mapping[str, Role]
    citations: Mapping[str, Citation]
    papers: Mapping[str, Text]
    guards: Mapping[str, Text]
    anchors: Mapping[str, Text]
    fields: Mapping[str, Field]
    settings: Mapping[str, Setting]
    values: Mapping[str, SettingValue]
    states: Mapping[str, State]

    def pick(self, block: Block, key: str, among: Mapping[str, T], what: str) -> tuple[T, ...]:
        """The things that `key` lists."""
        return tuple(lookup(block, key, name, among, what) for name in block.names(key))

    def picked_names(self, block: Block, key: str, among: Mapping[str, T], what: str) -> tuple[str, ...]:
        """The names that `key` lists, each of which must exist."""
        self.pick(block, key, among, what)
        return block.names(key)

    def cite(self, block: Block, key: str = "rule") -> Citation:
        """The citation named under `key`, which must be there."""
        return lookup(block, key, block.text(key), self.citations, "rule")

    def who(self, block: Block, key: str = "by") -> tuple[str, ...]:
        """The roles listed under `key`; at least one."""
        roles = self.picked_names(block, key, self.roles, "role")
        if not roles:
            block.refuse(f"say who acts: give {key!r} at least one role", key)
        return roles

    def is_on(self, block: Block) -> bool:
        """Whether the setting named under `when` is on; True without one."""
        if "when" not in block:
            return True
        name = block.text("when")
        if lookup(block, "when", name, self.settings, "setting").type != "bool":
            block.refuse(f"'when' names a setting of type bool, and {name!r} is not one", "when")
        return bool(self.values[name])

    def number(self, block: Block, key: str) -> int:
        """A whole number, or the value of the setting it names: `{setting: years}`."""
        value = block.get(key, 0)
        if isinstance(value, Block):
            value.allow(("setting",), f"{key!r}")
            name = value.text("setting")
            lookup(value, "setting", name, self.settings, "setting")
            value = self.values[name]
        if isinstance(value, bool) or not isinstance(value, int):
            block.refuse(f"{key!r} is a whole number, not {value!r}", key)
        return value
