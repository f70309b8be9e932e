"""How often the public may try something from one address."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from lvzhi.faces.signin import limits
from lvzhi.faces.signin.address import client_ip

HOUR = timedelta(hours=1)


def submitting(request: HttpRequest, now: datetime) -> limits.Try:
    """Count one opinion handed in from this address; ten an hour unless set otherwise. One statement."""
    return limits.attempt(f"submit:{client_ip(request)}", limit=settings.LVZHI_SUBMIT_LIMIT, window=HOUR, now=now)


def opening(request: HttpRequest, now: datetime) -> limits.Try:
    """Count one try of a receipt from this address: a code of 39 bits cannot be guessed. One statement."""
    return limits.attempt(f"receipt:{client_ip(request)}", limit=settings.LVZHI_FOLLOW_LIMIT, window=HOUR, now=now)


def holding(request: HttpRequest, now: datetime) -> limits.Try:
    """Count one form whose photos are put aside until it is sent again; forty an hour. One statement."""
    return limits.attempt(f"hold:{client_ip(request)}", limit=40, window=HOUR, now=now)


def looking(request: HttpRequest, now: datetime) -> limits.Try:
    """Count one look for opinions that are alike; sixty an hour. One statement."""
    return limits.attempt(f"look:{client_ip(request)}", limit=60, window=HOUR, now=now)


def subscribing(request: HttpRequest, now: datetime) -> limits.Try:
    """Count one subscription asked for from this address; ten an hour. One statement."""
    return limits.attempt(f"subscribe:{client_ip(request)}", limit=10, window=HOUR, now=now)


def booking(request: HttpRequest, now: datetime) -> limits.Try:
    """Count one place booked at a station from this address; ten an hour. One statement."""
    return limits.attempt(f"book:{client_ip(request)}", limit=10, window=HOUR, now=now)
