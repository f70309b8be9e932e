"""What has been published: the board, one story, and the feed."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.design.shapes import AgendaItem, Link
from lvzhi.faces.design.wording import short_date
from lvzhi.faces.portal.shell import body_name, page, visitor
from lvzhi.faces.portal.telling import number_of, short, standing, story_url, thread_of, title_of
from lvzhi.faces.portal.topics import category_choices, category_name
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.queries import entries
from lvzhi.records.people.models import Congress
from lvzhi.records.search.index import find
from lvzhi.work.opinions import queries
from lvzhi.work.opinions.models import PROCEDURE

MOST_ASKED = 100
IN_FEED = 30


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Published opinions newest first, by subject or by words. One statement, two for a search."""
    congress = congress_of(request)
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:MOST_ASKED]
    chosen = request.GET.get("category", "")
    names = category_choices(congress)
    chosen = chosen if chosen in dict(names) else ""
    rows, older = _found(request, asked) if asked else _newest(request, congress, chosen)
    context = {
        "items": [_line(congress, matter) for matter in rows],
        "chips": _chips(names, chosen),
        "asked": asked,
        "chosen": dict(names).get(chosen, ""),
        "older": older,
        "newer": _address(q=asked, category=chosen) if request.GET.get("after") else "",
    }
    return page(request, "board", context, current="portal-board")


def _newest(request: HttpRequest, congress: Congress, category: str) -> tuple[Sequence[Matter], str]:
    found = queries.board(congress.pk, category=category, after=request.GET.get("after", ""))
    return found.rows, _address(category=category, after=found.after) if found.after else ""


def _found(request: HttpRequest, asked: str) -> tuple[Sequence[Matter], str]:
    """The index only says which matters; their words are read from what is public now, not from the index."""
    after = request.GET.get("after", "")
    before = int(after) if after.isascii() and after.isdigit() and len(after) < 18 else None
    hits = find(asked, actor=visitor(request), before=before, procedure=PROCEDURE)
    keys = [row.matter_id for row in hits.rows]
    public = Matter.objects.visible_to(visitor(request)).published().filter(pk__in=keys)
    known = {matter.pk: matter for matter in public.select_related("opinion", "responsible", "area")}
    older = _address(q=asked, after=str(hits.before)) if hits.before is not None else ""
    return [known[key] for key in keys if key in known], older


def _address(**asked: str | None) -> str:
    kept = {name: value for name, value in asked.items() if value}
    return reverse("portal-board") + (f"?{urlencode(kept)}" if kept else "")


def _chips(names: Sequence[tuple[str, str]], chosen: str) -> list[Link]:
    chips = [Link(_("全部"), reverse("portal-board"), current=not chosen)]
    return chips + [Link(name, _address(category=key), current=key == chosen) for key, name in names]


def _line(congress: Congress, matter: Matter) -> AgendaItem:
    opinion = matter.opinion
    rating = opinion.get_result_rating_display() if opinion.result_rating else ""
    state = standing(matter)
    note = short(opinion.public_text, 80)
    if opinion.public_reply and matter.responsible:
        note = _("%(who)s答复：%(reply)s") % {"who": matter.responsible.short, "reply": short(opinion.public_reply, 70)}
    return AgendaItem(
        short_date(matter.published_at, clock.today()),
        title_of(matter),
        story_url(matter),
        category_name(congress, matter.category),
        note,
        type(state)(rating, "done") if rating else state,
    )


@require_safe
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """One published opinion with all that became of it. Two or three statements; 404 for what is not public."""
    congress = congress_of(request)
    matter = queries.published(congress.pk, number_of(slug))
    if matter is None:
        raise Http404
    seen = entries(matter, actor=visitor(request))
    context = {
        "matter": matter,
        "title": title_of(matter),
        "opinion": matter.opinion,
        "state": standing(matter),
        "category": category_name(congress, matter.category),
        "thread": thread_of(matter, seen, clock.today(), text=short(matter.opinion.public_text, 300)),
        "whole": len(matter.opinion.public_text) > 300,
        "crumbs": [Link(_("首页"), "/"), Link(_("公开的意见"), reverse("portal-board")), Link(matter.number)],
        "description": short(matter.opinion.public_text, 120),
    }
    return page(request, "story", context, current="portal-board")


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The last published opinions as Atom. One statement."""
    congress = congress_of(request)
    title = _("%(body)s公开的群众意见") % {"body": body_name(congress)}
    found = Atom1Feed(
        title=title,
        link=request.build_absolute_uri(reverse("portal-board")),
        description=title,
        feed_url=request.build_absolute_uri(reverse("portal-feed")),
        language=lang(),
    )
    for matter in queries.board(congress.pk, limit=IN_FEED).rows:
        found.add_item(
            title=f"{matter.number} {title_of(matter)}",
            link=request.build_absolute_uri(story_url(matter)),
            description=matter.opinion.public_reply or matter.opinion.public_text,
            pubdate=matter.published_at,
            updateddate=max(matter.touched_at, matter.published_at or matter.touched_at),
            unique_id=f"urn:uuid:{matter.pk}",
        )
    return HttpResponse(found.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
