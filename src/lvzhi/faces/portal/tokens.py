"""The word in a letter that says which subscription it is about; only this installation can make one."""

from __future__ import annotations

from uuid import UUID

from django.core import signing

CONFIRM, END = "subscription-confirm", "subscription-end"


def token_for(key: UUID, use: str) -> str:
    """A word for an address that allows `use` of one subscription; it does not run out, for a letter may be old."""
    return signing.Signer(salt=use).sign(key.hex)


def key_in(token: str, use: str) -> UUID | None:
    """The subscription a word is about; None for one that is not ours or meant for another use."""
    try:
        return UUID(hex=signing.Signer(salt=use).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
