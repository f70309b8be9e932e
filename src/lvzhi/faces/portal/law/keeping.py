"""Pages of editions kept whole: an edition never changes, so its page is made once for each look and given out again.

What a page depends on is its key: the address, the look and language, the day, the state of the library, and what
makes pages (the templates and code of this version). The key is the page's tag too: a browser that has the page is
told so (304) and gets nothing. Who is signed in, or has something to be told, gets a page of their own.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

import lvzhi
from lvzhi.core.law import reading
from lvzhi.faces import design, portal
from lvzhi.faces.design.context import CHOICES
from lvzhi.faces.portal.briefly import OWN, is_everybodys
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Edition

MOST: Final = 24_000_000
"""So many bytes of packed pages are kept in a process: 民法典 takes 116,000, a law of 65 articles 11,000."""
ASKED: Final = frozenset({"diff", "all", "after"})
"""Questions of which the answer is kept; any other (a day, an article) is somebody's own."""
_LEVEL = 6


class Pages:
    """Packed pages, the longest unused put away first."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._held: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: str) -> bytes | None:
        """The page, when it is at hand."""
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found

    def put(self, key: str, packed: bytes) -> None:
        """Keep a page; older ones make room. One that would take a quarter of the room is not kept."""
        with self._lock:
            if key in self._held or len(packed) > self.most // 4:
                return
            self._held[key] = packed
            self._size += len(packed)
            while self._size > self.most:
                self._size -= len(self._held.popitem(last=False)[1])

    def clear(self) -> None:
        """Put everything away."""
        with self._lock:
            self._held.clear()
            self._size = 0


PAGES = Pages()


def kept(request: HttpRequest, editions: Sequence[Edition], make: Callable[[], HttpResponse]) -> HttpResponseBase:
    """The page of these editions, or 304 for a browser that has it.

    A statement for each edition more than the page itself where it is made, instead of them where it is kept.
    """
    key = _key(request, editions)
    if not key:
        return make()
    etag = f'W/"{key}"'
    early = get_conditional_response(request, etag=etag)
    if early is not None and early.status_code == 304:
        return _told(early, etag)
    packed = PAGES.get(key)
    if packed is None:
        response = make()
        if response.streaming or not is_everybodys(request, response):
            return response
        packed = gzip.compress(response.content, compresslevel=_LEVEL, mtime=0)
        PAGES.put(key, packed)
    return _told(_answer(request, packed), etag)


def _answer(request: HttpRequest, packed: bytes) -> HttpResponse:
    """The page as the browser takes it: packed, or unpacked for the few that cannot."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(gzip.decompress(packed))
    return HttpResponse(packed, headers={"Content-Encoding": "gzip"})


def _told(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """Ask each time, for a correction takes the same address; but what did not change is not sent again."""
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response


def _key(request: HttpRequest, editions: Sequence[Edition]) -> str:
    """What the page depends on, as one word; empty for a page that is somebody's own or may change any moment."""
    if request.method not in ("GET", "HEAD") or request.GET.keys() - ASKED or any(n in request.COOKIES for n in OWN):
        return ""
    congress = congress_of(request)
    states = [(each.pk, queries.settled_state(each)) for each in editions]
    if not all(state for _key, state in states):
        return ""
    looks = [request.COOKIES.get(name, "")[:10] for name in CHOICES]
    around = (congress.pk, congress.name, congress.short, sorted(congress.settings.items(), key=str))
    asked = (request.scheme, request.get_host(), request.get_full_path(), get_language(), clock.today())
    return hashlib.sha256(repr((made_by(), asked, looks, around, states)).encode()).hexdigest()[:40]


@cache
def made_by() -> str:
    """What makes the pages: the code and templates of this version, its words in other languages, its looks.

    Read once a process, so that a new version is never answered with "you have it" for a page of the old one.
    """
    told = hashlib.sha256(f"{static('design/design.css')} {static('portal/law.js')} {settings.DEBUG}".encode())
    rooms = [Path(str(room.__file__)).parent for room in (reading, design, portal)]
    files = [path for room in rooms for path in room.rglob("*") if path.suffix in (".py", ".html")]
    files += (Path(str(lvzhi.__file__)).parent / "locale").rglob("*.mo")
    for path in sorted(files):
        told.update(path.read_bytes())
    return told.hexdigest()
