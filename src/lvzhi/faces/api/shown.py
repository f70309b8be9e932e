"""A published opinion as a service request of GeoReport v2."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from lvzhi.records.matters.models import Matter
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions import covering
from lvzhi.work.opinions.categories import category_name
from lvzhi.work.opinions.models import Opinion


def request_id(number: str) -> str:
    """A matter's number as programs write it: 2026-0128."""
    return number.rsplit(" ", 1)[-1]


def as_request(request: HttpRequest, congress: Congress, matter: Matter) -> dict[str, object]:
    """What of a published opinion programs are told: covered words, its standing, its place by name. No statement.

    Open is what is being handled; closed is what was answered, with the sender's own word on the result beside it.
    """
    opinion, body = matter.opinion, matter.responsible
    place = opinion.community or matter.area
    return {
        "service_request_id": request_id(matter.number),
        "status": "closed" if is_closed(matter, opinion) else "open",
        "status_notes": opinion.public_reply,
        "service_name": category_name(congress, matter.category),
        "service_code": matter.category,
        "title": opinion.public_title or covering.everything_covered(matter.title),
        "description": opinion.public_text,
        "agency_responsible": body.name if body else "",
        "service_notice": "",
        "requested_datetime": _moment(matter.opened_at),
        "updated_datetime": _moment(matter.touched_at),
        "expected_datetime": matter.next_due.isoformat() if matter.next_due and matter.is_open else None,
        "address": place.name if place else "",
        "result_rating": opinion.result_rating or None,
        "process_rating": opinion.process_rating or None,
        "web_url": request.build_absolute_uri(reverse("portal-story", args=[request_id(matter.number)])),
    }


def is_closed(matter: Matter, opinion: Opinion) -> bool:
    """Whether it was answered and is not being handled again."""
    return matter.state in ("replied", "result_returned") or not matter.is_open or bool(opinion.result_rating)


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")
