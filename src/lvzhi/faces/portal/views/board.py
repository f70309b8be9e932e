"""What has been published: the board, and one story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lvzhi.core.text import normalise
from lvzhi.faces.design.shapes import AgendaItem, Link
from lvzhi.faces.design.wording import short_date
from lvzhi.faces.portal import asked as asking
from lvzhi.faces.portal.asked import Asked
from lvzhi.faces.portal.briefly import kept_briefly
from lvzhi.faces.portal.raised import raised_items
from lvzhi.faces.portal.shell import page, visitor
from lvzhi.faces.portal.telling import number_of, result_of, short, standing, story_url, thread_of, title_of
from lvzhi.faces.portal.topics import category_name
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.queries import entries
from lvzhi.records.people.models import Congress
from lvzhi.records.search.index import find
from lvzhi.work.opinions import queries
from lvzhi.work.opinions.models import PROCEDURE

MOST_LOOKED = 5
"""So many pages of hits are looked through for those the filters let by; then the reader is asked to go on."""


@require_safe
@kept_briefly
def board(request: HttpRequest) -> HttpResponse:
    """Published opinions newest first, by filters or by words. Five statements; some more for a search."""
    congress = congress_of(request)
    asked = asking.read(request, congress)
    rows, older = _found(request, asked) if asked.words else _newest(request, congress, asked)
    others = queries.others(rows)
    context = {
        "items": [_line(congress, matter, others) for matter in rows],
        "asked": asked,
        "older": older,
        "newer": asked.url() if request.GET.get("after") else "",
        "feeds": [
            Link("Atom", asked.url("portal-feed", without="q")),
            Link("RSS", asked.url("portal-rss", without="q")),
        ],
        "subscribe_url": asked.url("portal-subscribe", without="q"),
    }
    return page(request, "board", context, current="portal-board")


def _newest(request: HttpRequest, congress: Congress, asked: Asked) -> tuple[Sequence[Matter], str]:
    found = queries.board(congress.pk, asked.wanted, after=request.GET.get("after", ""))
    return found.rows, asked.url(after=found.after) if found.after else ""


def _found(request: HttpRequest, asked: Asked) -> tuple[Sequence[Matter], str]:
    """The index only says which may match: what is shown must hold the words in what is public of it."""
    after, actor, shown = request.GET.get("after", ""), visitor(request), list[Matter]()
    before = int(after) if after.isascii() and after.isdigit() and len(after) < 18 else None
    for _page in range(MOST_LOOKED):
        hits = find(asked.words, actor=actor, before=before, procedure=PROCEDURE)
        keys = [row.matter_id for row in hits.rows]
        let_by = queries.among(actor.congress, asked.wanted, keys) if asked.wanted else set(keys)
        public = Matter.objects.visible_to(actor).published().filter(pk__in=let_by)
        known = {matter.pk: matter for matter in public.select_related("opinion__community", "responsible", "area")}
        shown += [known[key] for key in keys if key in known and _says(known[key], hits.terms.words)]
        before = hits.before
        if before is None or len(shown) >= queries.BOARD_PAGE // 2:
            break
    return shown, asked.url(after=str(before)) if before is not None else ""


def _says(matter: Matter, words: Sequence[str]) -> bool:
    """Whether the words stand in what the public may read: a covered name cannot be searched for."""
    opinion = matter.opinion
    said = normalise(f"{matter.number} {title_of(matter)} {opinion.public_text} {opinion.public_reply}")
    return all(word in said for word in words)


def _line(congress: Congress, matter: Matter, others: Mapping[UUID, int]) -> AgendaItem:
    opinion = matter.opinion
    note = short(opinion.public_text, 80)
    if opinion.public_reply and matter.responsible:
        note = _("%(who)s答复：%(reply)s") % {"who": matter.responsible.short, "reply": short(opinion.public_reply, 70)}
    more = others.get(matter.pk, 0)
    where = opinion.community or matter.area
    return AgendaItem(
        short_date(matter.published_at, clock.today()),
        title_of(matter),
        story_url(matter),
        category_name(congress, matter.category),
        note,
        result_of(matter) or standing(matter),
        [each for each in (where.short if where else "", said_by(more) if more else "") if each],
    )


def said_by(more: int) -> str:
    """How many further people spoke of the same thing."""
    return ngettext("还有 %(count)s 人反映同一件事", "还有 %(count)s 人反映同一件事", more) % {"count": more}


@require_safe
@kept_briefly
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """One published opinion with all that became of it. Five statements or so; 404 for what is not public."""
    congress = congress_of(request)
    matter = queries.published(congress.pk, number_of(slug))
    if matter is None:
        raise Http404
    opinion, seen = matter.opinion, entries(matter, actor=visitor(request))
    more, lead = queries.others([matter]).get(matter.pk, 0), opinion.merged_into
    context = {
        "matter": matter,
        "title": title_of(matter),
        "opinion": opinion,
        "state": result_of(matter) or standing(matter),
        "category": category_name(congress, matter.category),
        "board_url": reverse("portal-board"),
        "topic": opinion.topic.rsplit("/", 1)[-1],
        "said_by": said_by(more) if more else "",
        "lead_url": story_url(lead.matter) if lead and lead.matter.is_public else "",
        "thread": thread_of(matter, seen, clock.today(), text=short(opinion.public_text, 300)),
        "raised": raised_items(opinion, holder=False),
        "whole": len(opinion.public_text) > 300,
        "crumbs": [Link(_("首页"), "/"), Link(_("公开的意见"), reverse("portal-board")), Link(matter.number)],
        "description": short(opinion.public_text, 120),
    }
    return page(request, "story", context, current="portal-board")
