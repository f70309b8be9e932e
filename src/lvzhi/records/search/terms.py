"""Where the index terms lie: an FTS5 table on SQLite, a tsvector column with a GIN index on PostgreSQL."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = (
    # Contentless and without positions: a pair of characters is a term of its own, so the index only needs rows.
    "CREATE VIRTUAL TABLE search_terms USING "
    "fts5(terms, content='', detail=none, tokenize='unicode61 remove_diacritics 0')",
)
POSTGRESQL = (
    "ALTER TABLE search_searchtext ADD COLUMN terms tsvector",
    "CREATE INDEX search_terms_gin ON search_searchtext USING gin (terms)",
    "CREATE SEQUENCE search_place",
)


def lay(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Migration step: make the place for the terms."""
    for sql in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(sql)


def lift(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The reverse step."""
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE search_terms")
    else:
        editor.execute("ALTER TABLE search_searchtext DROP COLUMN terms")
        editor.execute("DROP SEQUENCE search_place")
