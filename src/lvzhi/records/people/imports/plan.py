"""What an import would do, row by row. All values are immutable."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from django.utils.translation import get_language

from lvzhi.core.table import Table
from lvzhi.core.table.refusal import Language
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress

Kind = Literal["bodies", "people"]
RowAction = Literal["new", "change", "same", "error"]
ACTIONS: tuple[RowAction, ...] = ("new", "change", "same", "error")


@dataclass(frozen=True, slots=True)
class RowError:
    """What stands in the way of a row, or is worth knowing about it. `column` is a name of COLUMNS."""

    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that would be different, both sides as people read them; "" where there is none."""

    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What would happen to one row. `number` is the row's number in the spreadsheet, `key` its 编号."""

    number: int
    action: RowAction
    key: str
    values: Mapping[str, str]
    changes: tuple[Change, ...] = ()
    errors: tuple[RowError, ...] = ()
    notices: tuple[RowError, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """Under what an import is planned. `roles` maps each role's key to its Chinese name."""

    congress: Congress
    actor: Actor
    on: date
    roles: Mapping[str, str]


@dataclass(frozen=True)
class Preview:
    """A whole import, planned and not done. `notices` are about the table, not about a row."""

    kind: Kind
    table: Table = field(repr=False)
    setting: Setting = field(repr=False)
    rows: tuple[RowPlan, ...]
    notices: tuple[str, ...] = ()

    @cached_property
    def counts(self) -> dict[RowAction, int]:
        """How many rows of each action, zeros included."""
        found = Counter(row.action for row in self.rows)
        return {action: found[action] for action in ACTIONS}

    @property
    def ready(self) -> bool:
        """Whether the import could be done: no row has an error."""
        return not self.counts["error"]

    @cached_property
    def fingerprint(self) -> str:
        """64 hex digits of everything the import would do; another plan has another fingerprint.

        Sentences are left out: they follow the reader's language, the plan does not.
        """
        rows = [
            [row.number, row.action, row.key, dict(row.values)]
            + [[change.column, change.old, change.new] for change in row.changes]
            + [error.column for error in row.errors]
            for row in self.rows
        ]
        told = [self.kind, str(self.setting.congress.pk), self.setting.on.isoformat(), rows]
        text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with the writing it stands for. `write` is called once, inside a transaction."""

    rows: tuple[RowPlan, ...]
    write: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What was done: rows by action, and when."""

    counts: Mapping[RowAction, int]
    at: datetime


class ImportRefused(ValueError):
    """An import that may not be done; `str()` gives the sentence people read.

    Codes: not_allowed, columns, errors, changed, missing, expired, applied.
    """

    def __init__(self, code: str, sentence: str) -> None:
        self.code = code
        super().__init__(sentence)


def reader_language() -> Language:
    """The language for sentences of `core`, which knows two."""
    return "en" if (get_language() or "").startswith("en") else "zh"
