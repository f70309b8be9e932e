"""Opinions on a deputy's phone: those recommended to them, what may be read of them, what they raised."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from lvzhi.faces.design.shapes import AgendaItem
from lvzhi.faces.design.wording import short_date
from lvzhi.faces.pocket import reading
from lvzhi.faces.pocket.shell import deputy_required, page
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions import queries as opinions
from lvzhi.work.opinions.models import PROCEDURE, SUGGESTION, Opinion
from lvzhi.work.opinions.queries import raised
from lvzhi.work.opinions.rules import may_write_from

MOST_TITLE = 60
ON_PAGE = 8


@deputy_required
@require_safe
def recommended(request: HttpRequest) -> HttpResponse:
    """Opinions recommended to the deputy or received by them, newest first. Three statements."""
    found = raised.recommended(actor_of(request), after=request.GET.get("after", ""))
    older = f"{reverse('pocket-opinions')}?after={found.after}".replace("+", "%2B") if found.after else ""
    context = {
        "items": [line_of(matter) for matter in found.rows],
        "older": older,
        "newer": reverse("pocket-opinions") if request.GET.get("after") else "",
    }
    return page(request, "opinions", context)


def line_of(matter: Matter) -> AgendaItem:
    """One line: the title without what is personal in it, where, how it stands."""
    where = matter.area.short if matter.area else ""
    day = short_date(matter.opened_on, clock.today())
    return AgendaItem(day, title_of(matter), reading.url_of(matter), where, matter.number, reading.state_of(matter))


def title_of(matter: Matter) -> str:
    """The title as the public would read it; `opinion` is loaded."""
    return matter.opinion.public_title or reading.covered(matter.title)


def shown(actor: Actor, key: UUID) -> Matter:
    """A matter the deputy may see, also an opinion they took in themselves. One statement, two for what is not seen."""
    found = opinions.visible(actor, key) or raised.received(actor, key)
    if found is None:
        raise Http404
    return found


def words_of(matter: Matter, opinion: Opinion, actor: Actor) -> dict[str, Any]:
    """What a deputy reads of an opinion: never the sender, nothing that is surely personal. One or two statements."""
    can = matter.state in procedure_of(matter).action("raise").to and may_write_from.allows(actor, opinion)
    return {
        "title": title_of(matter),
        "reply": opinion.public_reply if matter.is_public else reading.covered(opinion.reply),
        "facts": opinion.public_text if matter.is_public else reading.covered(opinion.text),
        "write_url": f"{reverse('pocket-new')}?from={matter.pk}" if can else "",
        "raised": opinions.raised_by(opinion),
    }


def source_of(actor: Actor, given: str) -> Opinion | None:
    """The opinion a suggestion is to be written from, as the address or the form names it; None for none.

    Raises Http404 for one the deputy may not write from. At most three statements.
    """
    if not given:
        return None
    try:
        matter = shown(actor, UUID(given))
    except ValueError as error:
        raise Http404 from error
    opinion = matter.opinion if matter.procedure == PROCEDURE else None
    if opinion is None or not may_write_from.allows(actor, opinion):
        raise Http404
    return opinion


def draft_from(opinion: Opinion) -> dict[str, str]:
    """What the form begins with: the deputy makes it their own words."""
    matter = opinion.matter
    text = opinion.public_text if matter.is_public else reading.covered(opinion.text)
    return {"title": Truncator(title_of(matter)).chars(MOST_TITLE), "facts": text}


def voices_of(matter: Matter, actor: Actor) -> dict[str, Any]:
    """Which opinions raised a suggestion of the deputy's own. Two statements, none for other matters."""
    if matter.procedure != SUGGESTION:
        return {}
    voices = opinions.voices_of(matter, actor=actor)
    if not voices.count:
        return {}
    return {"voices": voices, "voice_lines": [line_of(each) for each in voices.shown[:ON_PAGE]]}
