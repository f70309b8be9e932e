"""The last published opinions as Atom and as RSS, for the whole board or for any choice of its filters."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.portal import asked as asking
from lvzhi.faces.portal.asked import Asked
from lvzhi.faces.portal.shell import body_name
from lvzhi.faces.portal.telling import result_of, standing, story_url, title_of
from lvzhi.faces.signin.acting import congress_of
from lvzhi.work.opinions import queries

IN_FEED = 30


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """Atom 1.0 (RFC 4287). Four statements."""
    return _feed(request, Atom1Feed, "portal-feed")


@require_safe
def rss(request: HttpRequest) -> HttpResponse:
    """RSS 2.0. Four statements."""
    return _feed(request, Rss201rev2Feed, "portal-rss")


def _feed(request: HttpRequest, kind: type[Atom1Feed] | type[Rss201rev2Feed], name: str) -> HttpResponse:
    congress = congress_of(request)
    asked = asking.read(request, congress)
    title = title_for(asked, body_name(congress))
    found = kind(
        title=title,
        link=request.build_absolute_uri(asked.url(without="q")),
        description=title,
        feed_url=request.build_absolute_uri(asked.url(name, without="q")),
        language=lang(),
    )
    for matter in queries.board(congress.pk, asked.wanted, limit=IN_FEED).rows:
        state = (result_of(matter) or standing(matter)).text
        found.add_item(
            title=_("%(number)s %(title)s（%(state)s）")
            % {"number": matter.number, "title": title_of(matter), "state": state},
            link=request.build_absolute_uri(story_url(matter)),
            description=matter.opinion.public_reply or matter.opinion.public_text,
            pubdate=matter.published_at,
            updateddate=max(matter.touched_at, matter.published_at or matter.touched_at),
            unique_id=f"urn:uuid:{matter.pk}",
            unique_id_is_permalink=False,
        )
    return HttpResponse(found.writeString("utf-8"), content_type=kind.content_type)


def title_for(asked: Asked, body: str) -> str:
    """What a feed or a letter is about: the body, and the filters that are set."""
    named = [asked.label(each) for each in ("category", "topic", "street", "community", "state", "year")]
    conditions = _("、").join(each for each in named if each)
    whole = _("%(body)s公开的群众意见") % {"body": body}
    return _("%(whole)s：%(conditions)s") % {"whole": whole, "conditions": conditions} if conditions else whole
