"""A request handed in by a program: the same action, the same checks and the same limits as the public form."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lvzhi.core.upload import clean_text
from lvzhi.faces.api import keys, reading
from lvzhi.faces.api.formats import answer, refusal
from lvzhi.faces.api.shown import request_id
from lvzhi.faces.signin import clock, limits
from lvzhi.faces.signin.acting import congress_of
from lvzhi.faces.signin.address import client_ip
from lvzhi.records.people.actor import citizen
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.categories import categories
from lvzhi.work.opinions.models import Opinion

HOUR = timedelta(hours=1)
MOST_NAME, MOST_CONTACT = 30, 80
_SENTENCE = re.compile(r"[。！？!?；;\n]")


class Wrong(ValueError):
    """What a program sent cannot be taken; `status` is of HTTP, the message a sentence for whoever wrote it."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """Read the published requests, or hand one in. No cookie counts here, so there is no form token to ask for."""
    if request.method != "POST":
        return reading.several(request, form)
    congress = congress_of(request)
    try:
        owner = _owner(congress, request.POST.get("api_key", ""))
        words = _words(congress, request, owner)
        _limit(request, owner)
        return _taken(congress, words, form)
    except Wrong as wrong:
        return refusal(wrong.status, str(wrong), form)
    except actions.ActRefused as refused:
        return refusal(400, str(refused), form)


def _owner(congress: Congress, key: str) -> str:
    """Whose key it is; empty for none. A key that is not known is refused rather than taken for none."""
    if not key:
        return ""
    owner = keys.owner_of(congress, key)
    if owner is None:
        raise Wrong(403, _("api_key 不对。可以不写；要用，请向常委会办公室申请。"))
    return owner


def _limit(request: HttpRequest, owner: str) -> None:
    """A program with a key has a quota of its own; without one it shares that of its address with the form."""
    if owner:
        tried = limits.attempt(f"submit-key:{owner}", limit=settings.LVZHI_KEY_LIMIT, window=HOUR, now=clock.now())
    else:
        key = f"submit:{client_ip(request)}"
        tried = limits.attempt(key, limit=settings.LVZHI_SUBMIT_LIMIT, window=HOUR, now=clock.now())
    if not tried.allowed:
        raise Wrong(429, _("送得太多了，请过 %(minutes)s 分钟再送。") % {"minutes": tried.minutes})


def _words(congress: Congress, request: HttpRequest, owner: str) -> actions.Words:
    """What was sent, as the form would give it. Raises Wrong, UploadRefused is told by the action."""
    given = request.POST
    if why := reading.wrong_jurisdiction(congress, given.get("jurisdiction_id", "")):
        raise Wrong(404, why)
    code, text = given.get("service_code", ""), given.get("description", "").replace("\x00", "").strip()
    if not code:
        raise Wrong(400, _("请写 service_code，从 services 里选一类。"))
    if code not in {each.key for each in categories(congress)}:
        raise Wrong(404, _("没有这一类，service_code 请从 services 里选。"))
    if not text:
        raise Wrong(400, _("请在 description 里写明出了什么事、您希望怎样。"))
    if len(text) > actions.MOST_TEXT:
        told = {"most": actions.MOST_TEXT, "count": len(text)}
        raise Wrong(400, _("description 最多 %(most)s 字，现在有 %(count)s 字。") % told)
    place = _place(given)
    if not place:
        raise Wrong(400, _("请写 address_string，或者 lat 和 long，说明在哪里。"))
    particulars = _particulars(given)
    return actions.Words(
        subject=_subject(given.get("title", ""), text),
        text=text,
        category=code,
        place=place,
        channel=Opinion.Channel.WEB,
        is_anonymous=not particulars,
        may_publish=given.get("may_publish", "").casefold() in ("1", "true", "yes"),
        particulars=particulars,
        source_id=_source(request, owner),
        watched=True,
    )


def _subject(title: str, text: str) -> str:
    """The title where there is one, else the first sentence."""
    said = " ".join((title or next((each for each in _SENTENCE.split(text) if each.strip()), text)).split())
    return said if len(said) <= actions.MOST_SUBJECT else said[: actions.MOST_SUBJECT - 1] + "…"


def _place(given: Mapping[str, str]) -> str:
    """The address in words, else the point; a point that is none is refused."""
    if address := " ".join(given.get("address_string", "").replace("\x00", "").split()):
        if len(address) > actions.MOST_PLACE:
            raise Wrong(400, _("address_string 最多 %(most)s 字。") % {"most": actions.MOST_PLACE})
        return address
    point = given.get("lat", "").strip(), given.get("long", "").strip()
    if not any(point):
        return ""
    try:
        lat, long = (float(each) for each in point)
    except ValueError as error:
        raise Wrong(400, _("lat 和 long 要都写，是十进制的度数，如 31.2304、121.4737。")) from error
    if not (-90 <= lat <= 90 and -180 <= long <= 180):
        raise Wrong(400, _("lat 要在 -90 到 90 之间，long 要在 -180 到 180 之间。"))
    return _("北纬 %(lat)s，东经 %(long)s") % {"lat": f"{lat:.5f}", "long": f"{long:.5f}"}


def _particulars(given: Mapping[str, str]) -> dict[str, str]:
    name = f"{given.get('last_name', '')}{given.get('first_name', '')}"
    found = {
        "name": clean_text(name, 10_000)[:MOST_NAME],
        "phone": clean_text(given.get("phone", ""), 10_000)[:MOST_CONTACT],
        "email": clean_text(given.get("email", ""), 10_000)[:MOST_CONTACT],
    }
    return {key: value.strip() for key, value in found.items() if value.strip()}


def _source(request: HttpRequest, owner: str) -> str:
    """What makes the same request sent twice one opinion: the header `Idempotency-Key`, where a program sends it."""
    key = request.headers.get("Idempotency-Key", "")
    said = f"{owner or client_ip(request)} {key}"
    return f"api:{hashlib.sha256(said.encode()).hexdigest()[:40]}" if key else ""


def _taken(congress: Congress, words: actions.Words, form: str) -> HttpResponse:
    try:
        sent = actions.submit(congress=congress, words=words, actor=citizen(congress), on=clock.today(), at=clock.now())
    except IntegrityError:
        rows = Opinion.objects.of(congress).filter(source_id=words.source_id).select_related("matter")
        first = rows.get().matter
        told = _("这条先前已经收到。查询码只在第一次给。")
        return _created(form, 200, request_id(first.number), told, None)
    told = _("已收到。凭编号和查询码，在「查办理」看走到哪一步；查询码只给这一次，我们不保存。")
    return _created(form, 201, request_id(sent.number), told, sent.code)


def _created(form: str, status: int, number: str, notice: str, code: str | None) -> HttpResponse:
    row = {"service_request_id": number, "service_notice": notice, "account_id": None, "lookup_code": code}
    response = answer([row], form, "service_requests", "request", status)
    response.headers["Cache-Control"] = "no-store"
    return response
