"""Keys of programs. The congress keeps their digests in its setting `open311_keys`: {name: SHA-256 in hex}."""

from __future__ import annotations

import hashlib
import secrets
from hmac import compare_digest

from lvzhi.records.people.models import Congress

SETTING = "open311_keys"


def new_key() -> str:
    """A fresh key of 160 bits; it is shown once and stored nowhere."""
    return secrets.token_hex(20)


def digest(key: str) -> str:
    """What of a key is stored. A random key of this length needs no slow hash."""
    return hashlib.sha256(key.encode()).hexdigest()


def owner_of(congress: Congress, key: str) -> str | None:
    """The name a key was given to; None for one that is not known."""
    known = congress.settings.get(SETTING) or {}
    given = digest(key)
    return next((str(name) for name, kept in known.items() if compare_digest(str(kept), given)), None)
