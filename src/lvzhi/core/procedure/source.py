"""YAML that remembers its lines, so that a refusal can point at what to mend."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NoReturn, cast

import yaml

from lvzhi.core.procedure.errors import ProcedureError

_Loader: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SCALARS: Final = {
    "tag:yaml.org,2002:null": lambda _: None,
    "tag:yaml.org,2002:bool": lambda text: text.lower() in {"true", "yes", "on"},
    "tag:yaml.org,2002:int": lambda text: int(text.replace("_", ""), 10),
}


class Block(dict[str, Any]):
    """A mapping of the file, with the line of each key."""

    __slots__ = ("file", "line", "lines")

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, tuple[str, int]] = {}

    def where(self, key: str | None = None) -> tuple[str, int]:
        """File and line of `key`, or of the block itself."""
        return self.lines.get(key, (self.file, self.line)) if key is not None else (self.file, self.line)

    def copy(self) -> "Block":
        """A copy whose entries can be changed; the entries themselves are shared."""
        twin = Block(self.file, self.line)
        twin.update(self)
        twin.lines = dict(self.lines)
        return twin

    def put(self, key: str, value: Any, source: "Block") -> None:
        """Set `key`, remembering that it came from `source`."""
        self[key] = value
        self.lines[key] = source.where(key)

    def refuse(self, message: str, key: str | None = None) -> NoReturn:
        """Raise a ProcedureError that names the file and line of `key`, or of the block."""
        file, line = self.where(key)
        raise ProcedureError(f"{file}:{line}: {message}")

    def block(self, key: str) -> "Block":
        """The mapping under `key`; an empty one if it is absent."""
        value = self.get(key)
        if value is None:
            return Block(*self.where(key))
        if not isinstance(value, Block):
            self.refuse(f"{key!r} is a mapping; indent its entries below it", key)
        return value

    def blocks(self, key: str) -> Iterable[tuple[str, "Block"]]:
        """Name and mapping of each entry under `key`."""
        parent = self.block(key)
        return [(name, parent.block(name)) for name in parent]

    def names(self, key: str) -> tuple[str, ...]:
        """A list of names; a single name may stand for a list of one."""
        value = self.get(key)
        if value is None:
            return ()
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            self.refuse(f"{key!r} is a list of names, such as [one, two]", key)
        return tuple(items)

    def text(self, key: str) -> str:
        """The text under `key`, which must be there."""
        value = self.get(key)
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"give {key!r} as text", key if key in self else None)
        return value

    def allow(self, keys: Iterable[str], what: str) -> None:
        """Refuse a key that is not one of `keys`."""
        known = tuple(keys)
        for key in self:
            if key not in known:
                self.refuse(f"unknown key {key!r} in {what}; use one of {', '.join(known)}", key)


def read(path: Path, name: str = "") -> Block:
    """Read one YAML file. Raises ProcedureError for what is not a mapping or not YAML."""
    return parse(path.read_text("utf-8"), name or path.name)


def parse(text: str, file: str) -> Block:
    """Read YAML text; `file` is the name used in messages."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        problem = getattr(wrong, "problem", None) or "not YAML"
        raise ProcedureError(
            f"{file}:{line}: not readable as YAML ({problem}); mend the indentation or quotes"
        ) from wrong
    if not isinstance(node, yaml.MappingNode):
        raise ProcedureError(f"{file}:1: a procedure file is a mapping that begins with 'id:' or 'extends:'")
    return _mapping(node, file)


def _convert(node: Any, file: str) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file)
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, file) for item in node.value]
    return _SCALARS.get(node.tag, str)(node.value)


def _mapping(node: Any, file: str) -> Block:
    block = Block(file, node.start_mark.line + 1)
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line + 1
        if key in block:
            first = block.lines[key][1]
            raise ProcedureError(f"{file}:{line}: {key!r} stands twice (first on line {first}); remove one")
        block.lines[key] = (file, line)
        block[key] = _convert(value_node, file)
    return block


def locate(block: Block, path: Iterable[str | int]) -> int:
    """The line of the deepest mapping key along `path`."""
    line = block.line
    here: Any = block
    for part in path:
        if isinstance(here, Block) and isinstance(part, str):
            line = here.where(part)[1]
        here = cast(Any, here)[part] if isinstance(here, list | Mapping) else None
    return line
