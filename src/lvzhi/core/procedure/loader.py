"""Reading procedure files, and the registry that finds the edition in force on a day."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from lvzhi.core.procedure.build import build, day
from lvzhi.core.procedure.checks import check
from lvzhi.core.procedure.errors import ProcedureError
from lvzhi.core.procedure.model import Procedure, Role, SettingValue
from lvzhi.core.procedure.names import bilingual
from lvzhi.core.procedure.overlay import earlier, merge
from lvzhi.core.procedure.source import Block, locate, read

SHIPPED: Final = Path(__file__).parents[2] / "procedures"
ROLES_FILE: Final = "roles.yaml"
SCHEMA_FILE: Final = "procedure.schema.json"


@dataclass(frozen=True, slots=True)
class _Source:
    """One readable combination of base file and overlay."""

    root: Block
    id: str
    region: str
    overlay: str | None
    since: date
    until: date | None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Registry:
    """Every procedure, edition and overlay of one folder. Immutable."""

    procedures: Mapping[str, Procedure]
    roles: Mapping[str, Role]
    _folder: Path
    _sources: Mapping[str, _Source]

    @classmethod
    def load(cls, folder: Path = SHIPPED, rules: frozenset[str] | None = None, *, schema: bool = False) -> "Registry":
        """Read a folder of procedure files and its overlays in subfolders.

        `rules` is the list of rule ids that exist, if it is at hand; `schema` also holds every file
        against the published JSON Schema. Raises ProcedureError with file, line and what to mend.
        """
        return _load(Path(folder), rules, schema)

    def ids(self) -> tuple[str, ...]:
        """The procedures there are, by id."""
        return tuple(sorted({procedure.id for procedure in self.procedures.values()}))

    def get(
        self,
        procedure_id: str,
        on: date,
        region: str = "national",
        settings: Mapping[str, SettingValue] | None = None,
    ) -> Procedure:
        """The edition in force on `on`, with the region's overlay if it has one.

        Raises ProcedureError if there is none, or if a setting is not configurable.
        """
        for wanted in (region, "national"):
            for key, source in self._sources.items():
                if source.id == procedure_id and source.region == wanted and source.holds(on):
                    return self.by_key(key, settings)
        known = ", ".join(key for key, s in self._sources.items() if s.id == procedure_id)
        raise ProcedureError(
            f"{procedure_id}: no edition is in force on {on}; "
            + (f"there are {known}" if known else f"known procedures: {', '.join(self.ids())}")
        )

    def by_key(self, key: str, settings: Mapping[str, SettingValue] | None = None) -> Procedure:
        """The procedure a matter began under. Raises ProcedureError for an unknown key."""
        if key not in self._sources:
            raise ProcedureError(f"no procedure {key!r}; there are {', '.join(self._sources)}")
        if not settings:
            return self.procedures[key]
        return _with_settings(self._folder, key, tuple(sorted(settings.items())))

    def source(self, key: str) -> _Source:
        """Where the procedure `key` was read from."""
        return self._sources[key]


def load(path: Path, rules: frozenset[str] | None = None) -> Procedure:
    """Read one national procedure file; its folder must hold roles.yaml."""
    root = read(Path(path))
    validate_schema(root)
    procedure = build(root, read_roles(Path(path).parent / ROLES_FILE))
    check(procedure, root, rules)
    return procedure


def read_roles(path: Path) -> Mapping[str, Role]:
    """All roles, from roles.yaml."""
    entries = read(path)
    return MappingProxyType({name: Role(name, bilingual(entries, name)) for name in entries})


def rule_ids(path: Path) -> frozenset[str]:
    """The ids in a rules.toml."""
    with path.open("rb") as file:
        return frozenset(rule["id"] for rule in tomllib.load(file)["rule"])


def validate_schema(root: Block) -> None:
    """Hold one file against the published JSON Schema. Raises ProcedureError."""
    wrong: Any = best_match(_validator().iter_errors(root))
    if wrong is not None:
        place = "/".join(str(part) for part in wrong.absolute_path) or "the file"
        line = locate(root, wrong.absolute_path)
        raise ProcedureError(f"{root.file}:{line}: {place}: {wrong.message}; see {SCHEMA_FILE}")


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads((SHIPPED / SCHEMA_FILE).read_text("utf-8")))


@cache
def _load(folder: Path, rules: frozenset[str] | None, schema: bool) -> Registry:
    roles = read_roles(folder / ROLES_FILE)
    bases = [read(path) for path in sorted(folder.glob("*.yaml")) if path.name != ROLES_FILE]
    overlays = [read(path, f"{path.parent.name}/{path.name}") for path in sorted(folder.glob("*/*.yaml"))]
    if schema:
        for root in (*bases, *overlays):
            validate_schema(root)
    sources: dict[str, _Source] = {}
    procedures: dict[str, Procedure] = {}
    for source in _combinations(bases, overlays):
        procedure = _built(source, roles)
        check(procedure, source.root, rules)
        _refuse_overlap(source, sources)
        sources[procedure.key] = source
        procedures[procedure.key] = procedure
    return Registry(MappingProxyType(procedures), roles, folder, MappingProxyType(sources))


def _combinations(bases: Iterable[Block], overlays: Iterable[Block]) -> Iterable[_Source]:
    """Each base alone, then with every overlay that is in force at some time with it."""
    plain = [_source(root, root, "national", None) for root in _resolved(bases)]
    known = {source.id for source in plain}
    found = list(plain)
    for extra in overlays:
        wanted = extra.text("extends")
        if wanted not in known:
            extra.refuse(f"'extends' names no procedure: {wanted!r}; there are {', '.join(sorted(known))}", "extends")
        for source in plain:
            if source.id == wanted:
                both = _source(merge(source.root, extra), extra, extra.text("region"), extra.text("edition"))
                since, until = max(source.since, both.since), _earlier(source.until, both.until)
                if until is None or since <= until:
                    found.append(_Source(both.root, both.id, both.region, both.overlay, since, until))
    return found


def _resolved(bases: Iterable[Block]) -> Iterable[Block]:
    """The full editions, then the earlier ones written as differences from them."""
    full = {f"{root.text('id')}@{root.text('edition')}": root for root in bases if "based_on" not in root}
    yield from full.values()
    for old in bases:
        if "based_on" in old:
            name = old.text("based_on")
            if name not in full:
                old.refuse(f"'based_on' names no edition: {name!r}; there are {', '.join(full)}", "based_on")
            yield earlier(full[name], old)


def _source(root: Block, dated: Block, region: str, overlay: str | None) -> _Source:
    until = day(dated, "effective_until") if dated.get("effective_until") else None
    since = day(dated, "effective_from")
    if until is not None and until < since:
        dated.refuse("'effective_until' lies before 'effective_from'; mend one of them", "effective_until")
    return _Source(root, root.text("id"), region, overlay, since, until)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _refuse_overlap(source: _Source, others: Mapping[str, _Source]) -> None:
    for key, other in others.items():
        if (other.id, other.region) != (source.id, source.region):
            continue
        if (other.until is None or source.since <= other.until) and (
            source.until is None or other.since <= source.until
        ):
            source.root.refuse(
                f"this edition of {source.id!r} is in force at the same time as {key}; "
                "close the older one with 'effective_until'",
                "effective_from",
            )


@cache
def _with_settings(folder: Path, key: str, settings: tuple[tuple[str, SettingValue], ...]) -> Procedure:
    """The procedure with a congress's choices, built once for each set of choices."""
    registry = _load(folder, None, False)
    source = registry.source(key)
    procedure = _built(source, registry.roles, dict(settings))
    check(procedure, source.root)
    return procedure


def _built(source: _Source, roles: Mapping[str, Role], chosen: Mapping[str, SettingValue] | None = None) -> Procedure:
    """The procedure of a source, in force as long as base and overlay both are."""
    found = build(source.root, roles, overlay=source.overlay, region=source.region, chosen=chosen)
    return replace(found, effective_from=source.since, effective_until=source.until)
