"""Triggers that keep a published list and a draw as they are, on both databases.

Not even the operator at the database's own prompt changes them unnoticed: the draw's worth is that nobody could.
A later migration that rebuilds these tables on SQLite loses the triggers and must lay them again.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "A published list and a draw stay as they are: begin another round."
ROUND, CASE = "opinions_revisitround", "opinions_revisitcase"
LISTED = (
    "number", "answered_from", "answered_until", "size", "stratified_by", "seed_source", "seed_due_on", "list_text",
    "list_hash", "listed", "list_published_at", "congress_id",
)  # fmt: skip
DRAWN = ("seed", "drawn_at", "drawn_by")
CHOSEN = ("round_id", "opinion_id", "position", "stratum", "rated", "congress_id")


def statements(vendor: str) -> tuple[list[str], list[str]]:
    """SQL to lay the triggers and to take them away."""
    other = "IS NOT" if vendor == "sqlite" else "IS DISTINCT FROM"

    def changed(columns: tuple[str, ...]) -> str:
        return " OR ".join(f"NEW.{column} {other} OLD.{column}" for column in columns)

    rules = [
        (ROUND, "UPDATE", f"(OLD.list_published_at IS NOT NULL AND ({changed(LISTED)}))"
                          f" OR (OLD.drawn_at IS NOT NULL AND ({changed(DRAWN)}))"),
        (ROUND, "DELETE", "OLD.list_published_at IS NOT NULL"),
        (CASE, "UPDATE", changed(CHOSEN)),
        (CASE, "DELETE", "1 = 1"),
    ]  # fmt: skip
    if vendor == "sqlite":
        make = [
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} WHEN {when} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for table, verb, when in rules
        ]
        return make, [f"DROP TRIGGER {table}_no_{verb.lower()}" for table, verb, _when in rules]
    make = [
        "CREATE OR REPLACE FUNCTION opinions_revisit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ]
    make += [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION opinions_revisit_refuse()"
        for table, verb, when in rules
    ]
    make += [
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION opinions_revisit_refuse()"
        for table in (ROUND, CASE)
    ]
    drop = [f"DROP TRIGGER {table}_no_{verb.lower()} ON {table}" for table, verb, _when in rules]
    drop += [f"DROP TRIGGER {table}_no_truncate ON {table}" for table in (ROUND, CASE)]
    return make, [*drop, "DROP FUNCTION opinions_revisit_refuse()"]


def lay(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Migration step: from here on what is published and drawn stays."""
    for sql in statements(editor.connection.vendor)[0]:
        editor.execute(sql)


def lift(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The reverse step, for going back to an empty database."""
    for sql in statements(editor.connection.vendor)[1]:
        editor.execute(sql)
