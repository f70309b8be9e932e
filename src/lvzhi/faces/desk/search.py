"""Finding matters by words, or opening one by its number."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from lvzhi.core.text import highlight, snippet
from lvzhi.faces.desk.addresses import pages
from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.desk.shown import procedure_names, state_of_matter
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.actor import Actor
from lvzhi.records.search import index
from lvzhi.records.search.models import SearchText

NUMBER = re.compile(r"(\D)\s*(\d{4})\s*[-－—]\s*(\d{1,6})")
MOST_ASKED = 100


@desk_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Hits, newest change first; an exact number opens its matter. At most six statements."""
    actor, asked = actor_of(request), request.GET.get("q", "").strip()[:MOST_ASKED]
    if (exact := by_number(actor, asked)) is not None:
        return redirect("desk-matter", key=exact.pk)
    names = procedure_names(congress_of(request), clock.today())
    procedure = request.GET.get("procedure", "")
    procedure = procedure if procedure in names else ""
    before = request.GET.get("before", "")
    found = index.find(asked, actor=actor, before=int(before) if _is_place(before) else None, procedure=procedure)
    context = {
        "asked": asked,
        "search_value": asked,
        "procedures": names,
        "procedure": procedure,
        "hits": [_hit(row, found.terms.words) for row in found.rows],
        "has_words": bool(found.terms.words),
        **pages(request, str(found.before) if found.before else None, name="before"),
    }
    return page(request, "desk/search.html", context, here="desk-search")


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def by_number(actor: Actor, asked: str) -> Matter | None:
    """The matter of exactly this number, however it is spaced. One statement, none for other words."""
    hit = NUMBER.fullmatch(asked)
    if hit is None:
        return None
    number = f"{hit[1]} {hit[2]}-{int(hit[3]):04d}"
    return Matter.objects.visible_to(actor).filter(number=number).first()


def _hit(row: SearchText, asked: tuple[str, ...]) -> dict[str, object]:
    matter = row.matter
    return {
        "number": matter.number,
        "state": state_of_matter(matter),
        "opened_on": matter.opened_on,
        "url": reverse("desk-matter", args=[matter.pk]),
        "title": marked(row.title, asked),
        "text": marked(snippet(row.text.removeprefix(matter.number).strip(), asked), asked),
    }


def marked(text: str, asked: tuple[str, ...]) -> SafeString:
    """`text` with the words asked for marked; everything else is escaped."""
    pieces = highlight(text, asked)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part) if hit else part,) for part, hit in pieces)
    )
