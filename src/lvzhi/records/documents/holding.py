"""Files between two sendings of a form: a photo chosen once is not asked for again because a word is missing.

A held file lies in a folder of its own under a random name and belongs to nobody; a sealed ticket in the form names it.
What is not taken within `HELD_FOR` is deleted, so that nothing is kept of a form that was never sent.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from lvzhi.records.base.sealed import key_ring
from lvzhi.records.documents.store import Ready, write_once

HELD_FOR = timedelta(hours=3)
BOUND = "documents.held"


@dataclass(frozen=True, slots=True)
class Held:
    """A file that waits: what the form shows of it, and the ticket that stands for it."""

    ticket: str
    name: str
    size: int


def _place(key: str) -> Path:
    return Path(settings.HOME) / "held" / key


def hold(file: Ready, *, at: datetime) -> Held:
    """Put a file aside and return its ticket; it can be taken for `HELD_FOR`."""
    key = secrets.token_hex(16)
    write_once(_place(key), file.data)
    slip = [key, file.name, file.media_type, int((at + HELD_FOR).timestamp()), len(file.data)]
    sealed = key_ring(settings.LVZHI_DATA_KEYS).seal(json.dumps(slip, ensure_ascii=False), bound_to=BOUND)
    return Held(base64.urlsafe_b64encode(sealed).decode().rstrip("="), file.name, len(file.data))


def look(ticket: str, *, at: datetime) -> Held | None:
    """What a ticket stands for; None when it is not ours or its time has passed."""
    slip = _slip(ticket, at)
    return Held(ticket, slip[1], slip[2]) if slip and _place(slip[0]).exists() else None


def take(ticket: str, *, at: datetime) -> Ready | None:
    """The file behind a ticket, which stays there until its time is over: a form may be sent twice."""
    slip = _slip(ticket, at)
    if slip is None:
        return None
    try:
        return Ready(slip[1], slip[3], _place(slip[0]).read_bytes())
    except FileNotFoundError:
        return None


def _slip(ticket: str, at: datetime) -> tuple[str, str, int, str] | None:
    try:
        raw = base64.urlsafe_b64decode(ticket + "=" * (-len(ticket) % 4))
        key, name, media_type, until, size = json.loads(key_ring(settings.LVZHI_DATA_KEYS).unseal(raw, bound_to=BOUND))
    except ValueError:
        return None
    return (key, name, size, media_type) if until > at.timestamp() else None


def drop_old(*, at: datetime) -> int:
    """Delete files whose time is over; how many."""
    oldest = (at - HELD_FOR).timestamp()
    old = [place for place in _place("").glob("*") if place.stat().st_mtime < oldest]
    for place in old:
        place.unlink(missing_ok=True)
    return len(old)
