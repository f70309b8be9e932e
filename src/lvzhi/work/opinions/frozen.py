"""Triggers that keep a published list and a draw as they are, on both databases.

Not even the operator at the database's own prompt changes them unnoticed: the draw's worth is that nobody could.
A later migration that rebuilds these tables on SQLite loses the triggers and must lay them again.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from lvzhi.records.base.triggers import Rule, changed, refusing

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
    rules = [
        Rule(ROUND, "UPDATE", f"(OLD.list_published_at IS NOT NULL AND ({changed(vendor, LISTED)}))"
                              f" OR (OLD.drawn_at IS NOT NULL AND ({changed(vendor, DRAWN)}))"),
        Rule(ROUND, "DELETE", "OLD.list_published_at IS NOT NULL"),
        Rule(CASE, "UPDATE", changed(vendor, CHOSEN)),
        Rule(CASE, "DELETE", "1 = 1"),
    ]  # fmt: skip
    return refusing(vendor, rules, refusal=REFUSAL, function="opinions_revisit_refuse")


def lay(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Migration step: from here on what is published and drawn stays."""
    for sql in statements(editor.connection.vendor)[0]:
        editor.execute(sql)


def lift(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The reverse step, for going back to an empty database."""
    for sql in statements(editor.connection.vendor)[1]:
        editor.execute(sql)
