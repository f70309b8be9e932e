"""Writing the ledger: every entry carries the hash of all before it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from lvzhi.core.trust import BrokenChain, chain_hash, verify_chain
from lvzhi.records.matters.models import Entry, Matter


def content(entry: Entry) -> dict[str, Any]:
    """What of an entry is hashed: everything a reader could be told, as JSON values."""
    return {
        "matter": str(entry.matter_id),
        "seq": entry.seq,
        "action": entry.action,
        "from": entry.from_state,
        "to": entry.to_state,
        "on": entry.on.isoformat(),
        "at": entry.at.astimezone(UTC).isoformat(),
        "actor": str(entry.actor_account_id or ""),
        "name": entry.actor_name,
        "office": entry.actor_office,
        "rules": entry.rules,
        "data": entry.data,
        "note": entry.note,
    }


def seal_entry(entry: Entry, matter: Matter) -> None:
    """Place an unsaved entry at the end of its matter's chain."""
    entry.previous_hash = matter.last_hash
    entry.hash = chain_hash(matter.last_hash, content(entry))
    matter.last_hash = entry.hash


def verify(matter: Matter) -> int:
    """Check a matter's whole ledger up to the end the matter itself remembers; return the number of entries.

    Raises BrokenChain.
    """
    entries = list(matter.entries.order_by("seq"))
    count = verify_chain((entry.previous_hash, content(entry), entry.hash) for entry in entries)
    if entries and entries[-1].hash != matter.last_hash:
        raise BrokenChain(f"The ledger does not end where the matter says: entry {count} is not the last one written.")
    return count


def jsonable(value: Any) -> Any:
    """Form data as JSON values: dates in ISO form, rows by their id, everything else as it is or as text."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [jsonable(item) for item in value]
    return str(getattr(value, "pk", value))
