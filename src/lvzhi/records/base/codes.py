"""The code a citizen takes home with a number; it is stored only as a keyed digest."""

from __future__ import annotations

import secrets

from django.conf import settings

from lvzhi.records.base.sealed import key_ring

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 O 1 I L U: a code is read out on the telephone. Eight of them are some 39 bits, and tries are limited."""


def new_code() -> str:
    """A fresh code, as it is printed: ABCD-2345."""
    raw = "".join(secrets.choice(LETTERS) for _place in range(8))
    return f"{raw[:4]}-{raw[4:]}"


def code_for(seed: str) -> str:
    """The code that belongs to a form's secret seed: the same form sent twice is given the same receipt.

    The seed is a random word only the sender's form holds; without this installation's key it tells nothing.
    """
    digest = int(key_ring(settings.LVZHI_DATA_KEYS).fingerprint(f"seed:{seed}"), 16)
    letters = []
    for _place in range(8):
        digest, place = divmod(digest, len(LETTERS))
        letters.append(LETTERS[place])
    raw = "".join(letters)
    return f"{raw[:4]}-{raw[4:]}"


def fingerprint(number: str, code: str) -> str:
    """What of a code is stored: a keyed digest bound to the matter's number; case, spaces and dashes do not count."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return key_ring(settings.LVZHI_DATA_KEYS).fingerprint(f"receipt:{number}:{plain}")
