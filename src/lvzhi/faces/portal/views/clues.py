"""监督线索 for everybody: what opinions raised for the standing committee's own work, and what came of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.faces.design.shapes import AgendaItem, Link, State, ThreadItem
from lvzhi.faces.design.wording import short_date
from lvzhi.faces.portal.shell import page, visitor
from lvzhi.faces.portal.telling import covered, number_of, slug_of, story_url, title_of
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.procedures import procedure_of, words
from lvzhi.records.matters.queries import entries
from lvzhi.work.opinions.queries import raised as queries

HERE = "portal-clues"
PREFIX = "线"
SAID = {
    "adopt": "decision",
    "not_adopt": "reason",
    "report_progress": "progress",
    "finish": "result",
    "withdraw": "reason",
}
"""Which field of an act the public reads."""


def clue_url(matter: Matter) -> str:
    """Where a public clue can be read."""
    return reverse("portal-clue", args=[slug_of(matter.number)])


def state_of(matter: Matter) -> State:
    """Where a clue stands, in words for the public."""
    state = procedure_of(matter).states[matter.state]
    tone = {"adopted": "doing", "considered": "doing", "done": "done"}.get(
        state.name, "closed" if state.final else "todo"
    )
    return State(words(state.public or state.text), tone)  # type: ignore[arg-type]


@require_safe
def clues(request: HttpRequest) -> HttpResponse:
    """Public clues, newest first. Two statements."""
    congress, today = congress_of(request), clock.today()
    found = queries.clues(congress.pk, is_public=True, after=request.GET.get("after", ""))
    items = [
        AgendaItem(
            short_date(row.clue.matter.opened_on, today),
            row.clue.matter.title,
            clue_url(row.clue.matter),
            f"{row.clue.matter.number} {row.clue.get_use_display()}",
            _("由 %(n)s 件群众意见引出") % {"n": row.voices},
            state_of(row.clue.matter),
        )
        for row in found.rows
    ]
    older = f"{reverse(HERE)}?after={found.after}".replace("+", "%2B") if found.after else ""
    newer = reverse(HERE) if request.GET.get("after") else ""
    return page(request, "clues", {"items": items, "older": older, "newer": newer})


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """One public clue: which opinions raised it, every step, what came of it. Four statements."""
    clue = queries.public_clue(congress_of(request).pk, number_of(slug, PREFIX))
    if clue is None:
        raise Http404
    matter, who = clue.matter, visitor(request)
    voices = queries.voices_of(matter, actor=who)
    context = {
        "clue": clue,
        "matter": matter,
        "state": state_of(matter),
        "voices": voices,
        "streets": [name for name, _count in voices.streets if name],
        "shown": [Link(f"{each.number} {title_of(each)}", story_url(each)) for each in voices.shown],
        "thread": [_item(entry) for entry in entries(matter, actor=who)],
        "crumbs": [Link(_("首页"), "/"), Link(_("监督线索"), reverse(HERE)), Link(matter.number)],
    }
    return page(request, "clue", context)


def _item(entry: Entry) -> ThreadItem:
    action = procedure_of(entry.matter).action(entry.action)
    text = covered(str(entry.data.get(SAID.get(entry.action, "")) or ""))
    return ThreadItem(_mark(entry.action), words(action.text), on=entry.on, text=text)


def _mark(action: str) -> str:
    """Two characters beside the thread."""
    marks = {
        "propose": _("提出"),
        "assign": _("研究"),
        "consider": _("研究"),
        "adopt": _("采纳"),
        "not_adopt": _("未采"),
        "report_progress": _("进展"),
        "finish": _("结果"),
    }
    return marks.get(action, _("撤回"))
