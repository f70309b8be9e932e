"""What programs may read: the services, the published requests, and where they are found."""

from __future__ import annotations

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.faces.api.formats import answer, refusal
from lvzhi.faces.api.shown import as_request
from lvzhi.faces.signin.acting import congress_of
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions import queries
from lvzhi.work.opinions.categories import categories

PAGE = 50
MOST_NAMED = 50
FORMATS = ["application/json", "text/xml"]
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


def wrong_jurisdiction(congress: Congress, asked: str) -> str:
    """Why a jurisdiction that was named is not served here; empty where it is, or where none was named."""
    if asked in ("", congress.slug):
        return ""
    return _("这里只办「%(slug)s」的事，jurisdiction_id 请写它或者不写。") % {"slug": congress.slug}


@require_safe
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Where the services are found, as programs ask first. No statement."""
    base = request.build_absolute_uri(reverse("api-services", args=["json"])).removesuffix("/services.json")
    row = {
        "changeset": "2026-06-01T00:00:00+08:00",
        "contact": congress_of(request).name,
        "key_service": request.build_absolute_uri(reverse("portal-opendata")),
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": base,
                "type": "production",
                "formats": ["application/json", "text/xml"],
            },
        ],
    }
    return answer([row], form, "discovery", "service")


@require_safe
def services(request: HttpRequest, form: str) -> HttpResponse:
    """What can be reported: the subjects of the congress. No statement."""
    congress = congress_of(request)
    if why := wrong_jurisdiction(congress, request.GET.get("jurisdiction_id", "")):
        return refusal(404, why, form)
    rows = [
        {
            "service_code": each.key,
            "service_name": str(each),
            "description": _("关于%(subject)s的意见、建议") % {"subject": each},
            "metadata": False,
            "type": "realtime",
            "keywords": "",
            "group": "",
        }
        for each in categories(congress)
    ]
    return answer(rows, form, "services", "service")


@require_safe
def one(request: HttpRequest, number: str, form: str) -> HttpResponse:
    """One published request. One statement."""
    congress = congress_of(request)
    found = queries.published(congress.pk, f"意 {number}")
    if found is None:
        return refusal(404, _("没有编号是 %(number)s 的公开意见。") % {"number": number}, form)
    return answer([as_request(request, congress, found)], form, "service_requests", "request")


def several(request: HttpRequest, form: str) -> HttpResponse:
    """Published requests, newest first, a page at a time; `Link` of the answer leads on. Two statements.

    `start_date` and `end_date` speak of when a request was published: that is when it came to exist for programs.
    """
    congress, asked = congress_of(request), request.GET
    if why := wrong_jurisdiction(congress, asked.get("jurisdiction_id", "")):
        return refusal(404, why, form)
    if named := asked.get("service_request_id", ""):
        numbers = [f"意 {each.strip()}" for each in named.replace("\x00", "").split(",")[:MOST_NAMED]]
        rows = queries.published_among(congress.pk, numbers)
        return answer([as_request(request, congress, row) for row in rows], form, "service_requests", "request")
    status, code = asked.get("status", ""), asked.get("service_code", "")
    if status not in ("", "open", "closed"):
        return refusal(400, _("status 只能是 open 或者 closed。"), form)
    if code and code not in {each.key for each in categories(congress)}:
        return refusal(404, _("没有这一类，service_code 请从 services 里选。"), form)
    span = [_moment(asked.get(name, "")) for name in ("start_date", "end_date")]
    if any(asked.get(name) and moment is None for name, moment in zip(("start_date", "end_date"), span, strict=True)):
        return refusal(400, _("日期请写成 2026-06-09T00:00:00+08:00 的样子。"), form)
    is_closed = {"open": False, "closed": True}.get(status)
    wanted = queries.Wanted(category=code, is_closed=is_closed, since=span[0], until=span[1])
    found = queries.board(congress.pk, wanted, after=asked.get("after", ""), limit=PAGE)
    response = answer([as_request(request, congress, row) for row in found.rows], form, "service_requests", "request")
    if found.after:
        more = asked.copy()
        more["after"] = found.after
        response.headers["Link"] = f'<{request.build_absolute_uri(request.path)}?{more.urlencode()}>; rel="next"'
    return response


def _moment(text: str) -> datetime | None:
    """A moment of W3CDTF; a day begins at midnight where the congress is."""
    try:
        found = parse_datetime(text.replace(" ", "+"))
        if found is None and (day := parse_date(text)):
            found = datetime.combine(day, time.min)
        if found is None:
            return None
        return found if found.tzinfo else timezone.make_aware(found)
    except (ValueError, OverflowError):
        return None
