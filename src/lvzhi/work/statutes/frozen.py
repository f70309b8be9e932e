"""Triggers that keep a published edition and the record of changes as they are, on both databases.

The reader of a permalink must find the words that were there when it was made. A later migration that rebuilds these
tables on SQLite loses the triggers and must lay them again.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from lvzhi.records.base.triggers import Rule, changed, refusing

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
    back = "(OLD.state = 'superseded' AND NEW.state <> 'superseded') OR NEW.state = 'draft'"
    rules = [
        Rule(EDITION, "UPDATE", f"OLD.state <> 'draft' AND ({changed(vendor, KEPT)} OR {back})"),
        Rule(EDITION, "DELETE", "OLD.state <> 'draft'"),
        Rule(CHANGE, "UPDATE", "1 = 1"),
        Rule(CHANGE, "DELETE", "1 = 1"),
    ]
    return refusing(vendor, rules, refusal=REFUSAL, function="statutes_refuse")


def lay(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Migration step: from here on what is published stays."""
    for sql in statements(editor.connection.vendor)[0]:
        editor.execute(sql)


def lift(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The reverse step, for going back to an empty database."""
    for sql in statements(editor.connection.vendor)[1]:
        editor.execute(sql)
