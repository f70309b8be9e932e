"""The one place where a face reads the clock; everything below takes the day or the moment as an argument."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """The moment, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """The day where the office is (`TIME_ZONE`), which is what legal periods count."""
    return timezone.localdate()
