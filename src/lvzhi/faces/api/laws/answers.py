"""How the library answers programs: JSON, refusals with a sentence, and what may be kept how long."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.dateparse import parse_date
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _

from lvzhi.faces.api.formats import refusal
from lvzhi.faces.signin import clock, limits
from lvzhi.faces.signin.address import client_ip

DAY = 86_400
HOUR = timedelta(hours=1)
MOST_HEAVY = 300
"""So many texts and comparisons an hour go to one address; the rest of the answers is cheap and not counted."""
FORM = "1"
"""Raised when an answer to the same question is written otherwise, so that what is kept elsewhere ends."""


class Wrong(ValueError):
    """What was asked cannot be answered: a status of HTTP and a sentence."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


def answered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A view whose `Wrong` becomes a refusal in the shape all answers of this face share."""

    def wrapped(request: HttpRequest, **named: str) -> HttpResponseBase:
        try:
            response = view(request, **named)
        except Wrong as wrong:
            return refusal(wrong.status, str(wrong), "json")
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    wrapped.__doc__, wrapped.__name__ = view.__doc__, view.__name__
    return wrapped


def as_json(value: object) -> HttpResponse:
    """A value as JSON."""
    return HttpResponse(json.dumps(value, ensure_ascii=False), content_type="application/json; charset=utf-8")


def kept(
    request: HttpRequest,
    make: Callable[[], HttpResponse],
    *,
    of: tuple[object, ...],
    modified: datetime | None = None,
    seconds: int = DAY,
) -> HttpResponseBase:
    """The answer, or 304 for a reader that has it. `of` is all it depends on; it is made only when it is needed.

    An edition never changes, but a corrected text takes its address: so a day and not for ever, and the tag then asks.
    """
    told = hashlib.sha256("\x1f".join(map(str, (FORM, *of))).encode()).hexdigest()[:32]
    etag, stamp = quote_etag(told), int(modified.timestamp()) if modified else None
    early = get_conditional_response(request, etag=etag, last_modified=stamp)
    response = early if early is not None else make()
    response.headers["ETag"] = etag
    if stamp is not None:
        response.headers["Last-Modified"] = http_date(stamp)
    response.headers["Cache-Control"] = f"public, max-age={seconds}"
    patch_vary_headers(response, ["Accept"])
    return response


def count_heavy(request: HttpRequest) -> None:
    """Count one text or comparison for this address. One statement; raises Wrong beyond the limit."""
    tried = limits.attempt(f"law-text:{client_ip(request)}", limit=MOST_HEAVY, window=HOUR, now=clock.now())
    if not tried.allowed:
        raise Wrong(429, _("取得太多了，请过 %(minutes)s 分钟再取。") % {"minutes": tried.minutes})


def day_asked(request: HttpRequest, name: str) -> date | None:
    """A day of the question; None where it is not there. Raises Wrong for one that is no day."""
    said = request.GET.get(name, "")
    if not said:
        return None
    try:
        found = parse_date(said)
    except ValueError:
        found = None
    if found is None:
        raise Wrong(400, _("%(name)s 请写成 2026-06-09 的样子。") % {"name": name})
    return found


def attached(data: bytes, media: str, name: str, *, inline: bool = False) -> HttpResponse:
    """Bytes as a file with a Chinese name."""
    response = HttpResponse(data, content_type=media)
    how = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
