"""Triggers by which the database itself refuses to change or remove rows, on SQLite and PostgreSQL alike.

A later migration that rebuilds such a table on SQLite loses its triggers and must lay them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Rule(NamedTuple):
    """What is refused: a verb (UPDATE or DELETE) on a table, when a condition over OLD and NEW holds."""

    table: str
    verb: str
    when: str


def changed(vendor: str, columns: Sequence[str]) -> str:
    """The condition that any of these columns has another value than before."""
    other = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"
    return " OR ".join(f"NEW.{column} {other} OLD.{column}" for column in columns)


def refusing(vendor: str, rules: Sequence[Rule], *, refusal: str, function: str) -> tuple[list[str], list[str]]:
    """SQL to lay the triggers and to take them away; `function` names what PostgreSQL calls, also for TRUNCATE."""
    if vendor == "sqlite":
        make = [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for table, verb, when in rules
        ]
        return make, [f"DROP TRIGGER {table}_no_{verb.lower()}" for table, verb, _when in rules]
    tables = list(dict.fromkeys(rule.table for rule in rules))
    make = [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ]
    make += [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {function}()"
        for table, verb, when in rules
    ]
    make += [
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        for table in tables
    ]
    drop = [f"DROP TRIGGER {table}_no_{verb.lower()} ON {table}" for table, verb, _when in rules]
    drop += [f"DROP TRIGGER {table}_no_truncate ON {table}" for table in tables]
    return make, [*drop, f"DROP FUNCTION {function}()"]
