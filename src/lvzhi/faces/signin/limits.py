"""How often something may be tried, counted in the database so that every process sees the same number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from lvzhi.faces.signin.models import RateWindow
from lvzhi.records.base.sealed import key_ring

KEPT = timedelta(days=2)

# One statement counts and answers, so that tries at the same moment cannot pass together. Both SQLite (3.35)
# and PostgreSQL have ON CONFLICT and RETURNING. The try that reaches the limit opens the window anew: whoever
# has used up the tries waits the whole window from the last one that counted.
_COUNT = """
INSERT INTO signin_ratewindow AS seen ("key", "count", "opened") VALUES (%(key)s, 1, %(now)s)
ON CONFLICT ("key") DO UPDATE SET
  "count" = CASE WHEN seen."opened" <= %(cutoff)s THEN 1 ELSE seen."count" + 1 END,
  "opened" = CASE WHEN seen."opened" <= %(cutoff)s OR seen."count" + 1 = %(limit)s
             THEN %(now)s ELSE seen."opened" END
RETURNING "count", "opened"
"""


@dataclass(frozen=True, slots=True)
class Try:
    """One counted try: whether it may go on, how many are left, and how long to wait when none is."""

    allowed: bool
    left: int
    wait: timedelta

    @property
    def minutes(self) -> int:
        """The wait in whole minutes, rounded up, at least 1."""
        return max(1, -int(-self.wait.total_seconds() // 60))


def attempt(key: str, *, limit: int, window: timedelta, now: datetime) -> Try:
    """Count one try of `key` and say whether it is within `limit` tries per `window`. One statement."""
    moment, span = int(now.timestamp()), int(window.total_seconds())
    values: dict[str, str | int] = {
        "key": _digest(key),
        "now": moment,
        "cutoff": moment - span,
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, values)
        count, opened = cursor.fetchone()
    wait = timedelta(seconds=max(0, opened + span - moment))
    return Try(allowed=count <= limit, left=max(0, limit - count), wait=wait)


def allow(key: str, *, limit: int, window: timedelta, now: datetime) -> bool:
    """Whether one more of `key` is within `limit` per `window`; it is counted. One statement.

    `key` may hold an address or a phone: only its keyed digest is stored. Start it with what is limited, as
    in ``submit:203.0.113.0/24``.
    """
    return attempt(key, limit=limit, window=window, now=now).allowed


def forget(key: str) -> None:
    """Start counting `key` from zero, as after a right password."""
    RateWindow.objects.filter(pk=_digest(key)).delete()


def sweep(now: datetime) -> int:
    """Remove windows that ended long ago; how many."""
    return RateWindow.objects.filter(opened__lt=int((now - KEPT).timestamp())).delete()[0]


def _digest(key: str) -> str:
    return key_ring(settings.LVZHI_DATA_KEYS).fingerprint(f"limit:{key}")
