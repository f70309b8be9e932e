"""The thread upwards as a citizen reads it: what an opinion raised, and where that stands."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from lvzhi.faces.design.shapes import ThreadItem
from lvzhi.faces.portal.telling import covered, slug_of, story_url
from lvzhi.records.matters.models import Link, Matter
from lvzhi.records.matters.procedures import procedure_of, words
from lvzhi.work.opinions.models import CLUE, PROCEDURE, Opinion
from lvzhi.work.opinions.queries import Upward, upward


def raised_items(opinion: Opinion, *, holder: bool) -> list[ThreadItem]:
    """What came of an opinion, nearest first; empty for nothing.

    The title of what is not public is told to nobody. Whoever holds the receipt is told that it exists, its kind, its
    number and where it stands; the public is told that only of what is public. At most four statements.
    """
    return [_item(each) for each in upward(opinion) if each.matter.is_public or holder]


def _item(raised: Upward) -> ThreadItem:
    matter = raised.matter
    procedure = procedure_of(matter)
    state = procedure.states[matter.state]
    named = {"kind": words(procedure.text), "number": matter.number}
    title = _("%(kind)s %(number)s") % named
    if matter.is_public:
        title = _("%(kind)s %(number)s：%(title)s") % {**named, "title": covered(matter.title)}
    note = "" if matter.is_public else _("还没有公开，这里只说到哪一步。")
    return ThreadItem(
        _marks().get(raised.kind, _("引出")),
        title,
        "now" if matter.is_open else "done",
        on=raised.since,
        text=_("现在：%(state)s") % {"state": words(state.public or state.text)},
        url=_url(matter),
        note=note,
    )


def _marks() -> dict[str, str]:
    kind = Link.Kind
    return {
        kind.RAISED: _("引出"),
        kind.PROMPTED: _("促成"),
        kind.LED_TO: _("转为"),
        kind.YIELDED: _("形成"),
        kind.TRACKED_IN: _("再查"),
    }


def _url(matter: Matter) -> str:
    if not matter.is_public:
        return ""
    if matter.procedure == CLUE:
        return reverse("portal-clue", args=[slug_of(matter.number)])
    return story_url(matter) if matter.procedure == PROCEDURE else ""
