"""The hash chain of a ledger: each entry carries the hash of everything before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any


class BrokenChain(ValueError):
    """An entry does not follow from the one before it."""


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one way an entry is written before hashing: sorted keys, no spaces, UTF-8.

    Values must be JSON values; dates and instants are passed as ISO text by the caller.
    """
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def chain_hash(previous: str, content: Mapping[str, Any]) -> str:
    """SHA-256 (hex) over the previous hash and the canonical content."""
    return hashlib.sha256(previous.encode() + b"\n" + canonical(content)).hexdigest()


def verify_chain(entries: Iterable[tuple[str, Mapping[str, Any], str]]) -> int:
    """Check (previous hash, content, hash) triples in order; return how many. Raises BrokenChain at the first flaw."""
    last, count = "", 0
    for previous, content, stated in entries:
        if previous != last:
            raise BrokenChain(f"Entry {count + 1} does not follow the entry before it.")
        if chain_hash(previous, content) != stated:
            raise BrokenChain(f"Entry {count + 1} has been changed since it was written.")
        last, count = stated, count + 1
    return count
