"""Who holds which receipt: the one-time page after handing in, and the hour a right code opens a matter for."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from lvzhi.records.base.sealed import key_ring

OPENED = "portal.opened"
OPEN_FOR = timedelta(hours=1)
BOUND = "portal.receipt"


@dataclass(frozen=True, slots=True)
class Slip:
    """What the receipt page shows. It travels sealed in the address, so that no server keeps the code."""

    matter: str
    number: str
    code: str
    until: int


def sealed(matter: UUID, number: str, code: str, now: datetime) -> str:
    """A slip for one hour, encrypted, as a word for the address."""
    slip = Slip(str(matter), number, code, int((now + OPEN_FOR).timestamp()))
    raw = key_ring(settings.LVZHI_DATA_KEYS).seal(json.dumps(asdict(slip), ensure_ascii=False), bound_to=BOUND)
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def unsealed(word: str, now: datetime) -> Slip | None:
    """The slip in an address; None when it is not ours or its hour has passed."""
    try:
        raw = base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))
        slip = Slip(**json.loads(key_ring(settings.LVZHI_DATA_KEYS).unseal(raw, bound_to=BOUND)))
    except ValueError:
        return None
    return slip if slip.until > now.timestamp() else None


def open_in_session(request: HttpRequest, matter: UUID, now: datetime) -> None:
    """Let this browser read the matter for an hour without the code."""
    held = {key: until for key, until in _held(request).items() if until > now.timestamp()}
    request.session[OPENED] = {**held, str(matter): int((now + OPEN_FOR).timestamp())}


def is_open(request: HttpRequest, matter: UUID, now: datetime) -> bool:
    """Whether this browser has shown the matter's receipt within the hour."""
    return _held(request).get(str(matter), 0) > now.timestamp()


def close_in_session(request: HttpRequest, matter: UUID) -> None:
    """Put the receipt away before the hour is over, as on a shared computer."""
    request.session[OPENED] = {key: until for key, until in _held(request).items() if key != str(matter)}


def _held(request: HttpRequest) -> dict[str, int]:
    found = request.session.get(OPENED)
    return dict(found) if isinstance(found, dict) else {}
