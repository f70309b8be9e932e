"""Triggers that refuse to change or remove what must stay, on both databases."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "The ledger only grows: correct an entry by a new one."


def statements(vendor: str, table: str) -> tuple[list[str], list[str]]:
    """SQL to lay the triggers of one table and to take them away."""
    if vendor == "sqlite":
        make = [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
        return make, [f"DROP TRIGGER {table}_no_{verb}" for verb in ("update", "delete")]
    make = [
        f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
    ]
    drop = [
        f"DROP TRIGGER {table}_append_only ON {table}",
        f"DROP TRIGGER {table}_no_truncate ON {table}",
        f"DROP FUNCTION {table}_refuse()",
    ]
    return make, drop


def lay(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Migration step: from here on the table of entries only grows."""
    for sql in statements(editor.connection.vendor, "matters_entry")[0]:
        editor.execute(sql)


def lift(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The reverse step, for going back to an empty database."""
    for sql in statements(editor.connection.vendor, "matters_entry")[1]:
        editor.execute(sql)
