"""Identifiers of rows that travel between congresses."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """Return a UUIDv7: unique everywhere, and later ids sort after earlier ones."""
    return UUID(bytes=uuid7().bytes)
