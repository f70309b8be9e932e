"""Moments of the demonstration: nothing that is told as done lies ahead of the moment it is told in."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def by_now(moment: datetime) -> datetime:
    """The moment, or now where that is still to come: a demo loaded in the morning knows no afternoon."""
    return min(moment, timezone.now())
