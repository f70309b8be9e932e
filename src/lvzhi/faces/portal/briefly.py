"""Public pages kept for a moment: a crowd that reads the same page at once costs one reading of the database.

Only for pages that are the same for everyone. Whoever is signed in, or has something to be told (a message in the
session or a cookie), gets a page of their own. A page is at most `LVZHI_PAGE_SECONDS` old, and while one request makes
it anew the others are given the one before.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from lvzhi.faces.design.context import CHOICES

LONGEST_ADDRESS = 300
"""Longer addresses are somebody's search: they are not read twice."""
STALE = 10.0
"""So many seconds longer a page is kept to be given out while it is made anew."""
OWN = ("messages", settings.SESSION_COOKIE_NAME)
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class _Kept:
    made: float
    content: bytes
    headers: dict[str, str]


def kept_briefly(view: View) -> View:
    """Answer a GET of everybody's page from the moment's copy; everything else goes through."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **given: object) -> HttpResponse:
        seconds = float(settings.LVZHI_PAGE_SECONDS)
        if seconds <= 0 or not _asks_for_everybodys(request):
            return view(request, *args, **given)
        store, key = caches["pages"], _key(request)
        kept = store.get(key)
        if isinstance(kept, _Kept) and (
            time.monotonic() - kept.made <= seconds or not store.add(f"{key}:making", True, timeout=STALE)
        ):
            return _again(kept)
        response = view(request, *args, **given)
        patch_vary_headers(response, ["Cookie"])
        if is_everybodys(request, response):
            store.set(key, _Kept(time.monotonic(), response.content, dict(response.items())), timeout=seconds + STALE)
        store.delete(f"{key}:making")
        return response

    return answered


def is_everybodys(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer may be given to others: whole, without cookies, and without a form that only one may send."""
    own = response.cookies or "CSRF_COOKIE_NEEDS_UPDATE" in request.META
    return response.status_code == 200 and not own and b"csrfmiddlewaretoken" not in response.content


def _asks_for_everybodys(request: HttpRequest) -> bool:
    if request.method != "GET" or len(request.get_full_path()) > LONGEST_ADDRESS:
        return False
    return not any(name in request.COOKIES for name in OWN)


def _key(request: HttpRequest) -> str:
    """What the page depends on: where it is asked for, in which language, in which look."""
    looks = [request.COOKIES.get(name, "")[:10] for name in CHOICES]
    parts = [str(request.scheme), request.get_host(), request.get_full_path(), get_language() or "", *looks]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _again(kept: _Kept) -> HttpResponse:
    return HttpResponse(kept.content, headers=kept.headers)
