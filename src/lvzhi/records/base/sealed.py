"""Personal data at rest: encrypted, with a key that lives outside the database.

The key ring comes from the setting `LVZHI_DATA_KEYS`: base64 keys of 32 bytes, newest first, each with a short
name (``k2:...,k1:...``). New data is sealed with the first; older names stay readable, so a key can be replaced
while the office works. AES-256-GCM; the associated data ties a sealed text to its row, so that ciphertexts
cannot be swapped between people.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class CannotUnseal(ValueError):
    """The text was sealed with a key this installation does not have, or was tampered with."""


@dataclass(frozen=True)
class KeyRing:
    """Named keys, newest first."""

    keys: tuple[tuple[str, bytes], ...]

    @classmethod
    def parse(cls, setting: str) -> KeyRing:
        """Read ``name:base64,name:base64``; raises ValueError with what to mend."""
        keys = []
        for part in filter(None, (piece.strip() for piece in setting.split(","))):
            name, _, value = part.partition(":")
            raw = base64.b64decode(value, validate=True) if value else b""
            if not name or len(raw) != 32:
                raise ValueError("LVZHI_DATA_KEYS: each entry is name:base64 of exactly 32 bytes.")
            keys.append((name, raw))
        if not keys:
            raise ValueError("LVZHI_DATA_KEYS is empty: personal data could not be stored.")
        return cls(tuple(keys))

    def seal(self, text: str, bound_to: str) -> bytes:
        """Encrypt `text` for the row named by `bound_to`."""
        name, key = self.keys[0]
        nonce = os.urandom(NONCE_BYTES)
        body = AESGCM(key).encrypt(nonce, text.encode(), bound_to.encode())
        return name.encode() + b":" + nonce + body

    def unseal(self, sealed: bytes, bound_to: str) -> str:
        """Decrypt what `seal` made for the same row. Raises CannotUnseal."""
        name, _, rest = bytes(sealed).partition(b":")
        for known, key in self.keys:
            if known.encode() == name:
                try:
                    plain = AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], bound_to.encode())
                except InvalidTag as error:
                    raise CannotUnseal("The sealed text does not belong to this row.") from error
                return plain.decode()
        raise CannotUnseal(f"No key named {name.decode(errors='replace')!r} is configured.")

    def fingerprint(self, text: str) -> str:
        """A keyed digest for looking a value up without reading it (uses the oldest key: it must not change)."""
        return hmac.new(self.keys[-1][1], text.encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=4)
def key_ring(setting: str) -> KeyRing:
    """The parsed key ring of a setting, parsed once per process."""
    return KeyRing.parse(setting)
