"""Triggers that keep a published edition and the record of changes as they are, on both databases.

The reader of a permalink must find the words that were there when it was made. A later migration that rebuilds these
tables on SQLite loses the triggers and must lay them again.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "A published edition stays as it is: publish a corrected one."
EDITION, CHANGE = "statutes_edition", "statutes_change"
KEPT = (
    "congress_id", "work_id", "title", "day", "effective", "basis", "number", "file_name", "digest", "parts",
    "articles", "characters", "oddities", "reason", "replaces_id", "made_by_id", "made_by_name", "made_at",
    "published_at", "source",
)  # fmt: skip
"""All of an edition but its state, the day a later one closes it, and whether its citations are stored."""


def statements(vendor: str) -> tuple[list[str], list[str]]:
    """SQL to lay the triggers and to take them away."""
    sqlite = vendor == "sqlite"
    other = "IS NOT" if sqlite else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{column} {other} OLD.{column}" for column in KEPT)
    back = "(OLD.state = 'superseded' AND NEW.state <> 'superseded') OR NEW.state = 'draft'"
    rules = [
        (EDITION, "UPDATE", f"OLD.state <> 'draft' AND ({changed} OR {back})"),
        (EDITION, "DELETE", "OLD.state <> 'draft'"),
        (CHANGE, "UPDATE", "1 = 1"),
        (CHANGE, "DELETE", "1 = 1"),
    ]
    drop = [f"DROP TRIGGER {table}_no_{verb.lower()}" for table, verb, _when in rules]
    if sqlite:
        make = [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for table, verb, when in rules
        ]
        return make, drop
    make = [
        "CREATE OR REPLACE FUNCTION statutes_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ]
    make += [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION statutes_refuse()"
        for table, verb, when in rules
    ]
    make += [
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION statutes_refuse()"
        for table in (EDITION, CHANGE)
    ]
    drop = [f"DROP TRIGGER {table}_no_{verb.lower()} ON {table}" for table, verb, _when in rules]
    drop += [f"DROP TRIGGER {table}_no_truncate ON {table}" for table in (EDITION, CHANGE)]
    return make, [*drop, "DROP FUNCTION statutes_refuse()"]


def lay(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Migration step: from here on what is published stays."""
    for sql in statements(editor.connection.vendor)[0]:
        editor.execute(sql)


def lift(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The reverse step, for going back to an empty database."""
    for sql in statements(editor.connection.vendor)[1]:
        editor.execute(sql)
