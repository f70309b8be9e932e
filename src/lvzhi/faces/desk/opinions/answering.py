"""答复: an answer point by point, with hints while it is written; nothing is sent before the flags were seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from lvzhi.core.procedure import why_not
from lvzhi.faces.design.shapes import Link
from lvzhi.faces.desk.act import act, done_words, tell
from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.desk.foreseen import foresee
from lvzhi.faces.desk.opinions.marking import marked
from lvzhi.faces.desk.reach import is_inside, matter_or_404, opinion_of, parties_of
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of
from lvzhi.records.matters import queries as matters
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.perform import roles_on
from lvzhi.records.matters.procedures import procedure_of, words
from lvzhi.records.matters.refusals import ActRefused, Overtaken
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions import actions, checking, queries
from lvzhi.work.opinions.models import PROCEDURE, Opinion

LONGEST = 5000
ROWS = 4


class Reply(forms.Form):
    """An answer: what stands before the points, and what is said to each of them."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    reply = forms.CharField(widget=forms.Textarea(attrs={"rows": 8}), max_length=LONGEST)

    def __init__(self, *args: Any, points: Sequence[str], **given: Any) -> None:
        super().__init__(*args, **given)
        self.points = points
        fields: dict[str, Any] = self.fields
        reply = fields["reply"]
        reply.label = _("开头和总的说明") if points else _("答复内容")
        reply.required = not points
        reply.help_text = (
            _("可以不写。") if points else _("写办了什么、什么时候办完、办不了的为什么。照实写，来信人能看到。")
        )
        if points:
            reply.widget.attrs["rows"] = ROWS - 1
        for place, point in enumerate(points, 1):
            fields[f"point_{place}"] = forms.CharField(
                label=_("第 %(n)s 点：%(point)s") % {"n": place, "point": point},
                widget=forms.Textarea(attrs={"rows": ROWS}),
                max_length=LONGEST,
                error_messages={"required": _("第 %(n)s 点还没有答。来信人问了几点，就答几点。") % {"n": place}},
            )

    def said(self) -> dict[str, object]:
        """What the action is given."""
        given = self.cleaned_data
        by_point = [given[f"point_{place}"] for place in range(1, len(self.points) + 1)]
        return {"reply": given.get("reply", ""), "by_point": by_point}

    def parts(self, data: Mapping[str, Any]) -> tuple[str, list[str]]:
        """What was written so far: what stands before the points, and what is said to each."""
        said = [str(data.get(f"point_{place}", "")).strip() for place in range(1, len(self.points) + 1)]
        return str(data.get("reply", "")).strip(), said

    def together(self, data: Mapping[str, Any]) -> str:
        """Everything written so far as one text, for the hints."""
        reply, said = self.parts(data)
        return "\n".join([reply, *said]).strip()


@desk_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """GET shows the letter beside boxes for each point; POST answers, once what may be empty was seen."""
    actor = actor_of(request)
    found = matter_or_404(actor, key)
    opinion = opinion_of(found)
    if found.procedure != PROCEDURE or opinion is None or not is_inside(actor, found) or _why_not(actor, found):
        return act(request, key, "answer")
    points = list(opinion.points)
    if request.method != "POST":
        return _draw(request, found, opinion, Reply(initial=_begin(found, opinion), points=points))
    form = Reply(request.POST, points=points)
    flags = _flags(found, opinion, *form.parts(request.POST))
    if not form.is_valid():
        return _draw(request, found, opinion, form, status=422, flags=flags)
    if request.POST.get("do") == "hints" or (flags and form.cleaned_data["seen"] != _sign(flags)):
        return _draw(request, found, opinion, form, flags=flags, is_checked=True)
    try:
        entry = actions.take(
            found.pk, "answer", actor=actor, on=clock.today(), at=clock.now(), data=form.said(),
            version=form.cleaned_data["version"],
        )  # fmt: skip
    except Overtaken as overtaken:
        form.add_error(None, str(overtaken))
        return _draw(request, matter_or_404(actor, key), opinion, form, status=409)
    except ActRefused as refusal:
        tell(form, refusal)
        return _draw(request, found, opinion, form, status=422)
    messages.success(request, _told(entry.action) or done_words(entry, procedure_of(found).action("answer")))
    return redirect("desk-matter", key=found.pk)


def _told(action: str) -> str:
    return _("已送信访办公室核，核过才发给来信人") if action == "propose_answer" else ""


def _why_not(actor: Actor, found: Matter) -> str:
    procedure = procedure_of(found)
    roles = roles_on(actor, found, parties_of(found).standing)
    return words(why_not(procedure, found.state, "answer", roles, {}, matters.runs(found)))


def _begin(found: Matter, opinion: Opinion) -> dict[str, object]:
    """What the boxes begin with: the answer that was sent back, so that nobody types it again."""
    begun: dict[str, object] = {"version": found.version}
    before = queries.last_sent_back(opinion)
    if before is None:
        return begun
    if len(before.by_point) == len(opinion.points) and opinion.points:
        return begun | {f"point_{place}": said for place, said in enumerate(before.by_point, 1)}
    return begun | {"reply": before.text}


def _flags(found: Matter, opinion: Opinion, reply: str, said: Sequence[str]) -> list[checking.Flag]:
    """What may be empty; a point nobody has written to yet is not held empty, the form itself asks for it."""
    written = [each for each in said if each]
    if not reply and not written:
        return []
    by_point = said if len(written) == len(said) else []
    whole = reply if by_point else "\n".join([reply, *written])
    return checking.flags_of(whole, opinion.text, list(opinion.points), by_point=by_point, subject=found.title)


def _sign(flags: Sequence[checking.Flag]) -> str:
    """Which flags were shown: another flag is shown again before anything is sent."""
    return ",".join(flag.code for flag in flags)


def _draw(
    request: HttpRequest,
    found: Matter,
    opinion: Opinion,
    form: Reply,
    *,
    status: int = 200,
    flags: Sequence[checking.Flag] = (),
    is_checked: bool = False,
) -> HttpResponse:
    actor, procedure = actor_of(request), procedure_of(found)
    mode = procedure.values.get("answer_check", "none")
    is_office = "petition_office" in actor.roles
    written = form.together(request.POST) if request.method == "POST" else ""
    if is_checked:
        form = Reply({**request.POST.dict(), "seen": _sign(flags)}, points=form.points)
    context = {
        "matter": found,
        "opinion": opinion,
        "form": form,
        "flags": flags,
        "is_checked": is_checked,
        "marked": marked(written, [flag.words for flag in flags]),
        "untouched": checking.open_points(written, form.points) if is_checked else [],
        "goes_to_check": not is_office and (mode == "all" or (mode == "flagged" and bool(flags))),
        "sent_back": queries.last_sent_back(opinion),
        "follows": foresee(found, procedure.action("answer"), clock.today()),
        "hints_url": reverse("desk-answer-hints", args=[found.pk]),
        "back": reverse("desk-matter", args=[found.pk]),
        "crumbs": [
            Link(_("全部事项"), reverse("desk-matters")),
            Link(found.number, reverse("desk-matter", args=[found.pk])),
            Link(_("答复")),
        ],
    }
    return page(request, "desk/opinions/answer.html", context, status=status, here="desk-matters")


@desk_required
@require_POST
@never_cache
def hints(request: HttpRequest, key: UUID) -> HttpResponse:
    """What may be empty in what was written so far, as a piece of the page. Nothing is stored."""
    actor = actor_of(request)
    found = matter_or_404(actor, key)
    opinion = opinion_of(found)
    if opinion is None or not is_inside(actor, found):
        raise Http404
    form = Reply(points=list(opinion.points))
    written = form.together(request.POST)[: LONGEST * 3]
    flags = _flags(found, opinion, *form.parts(request.POST))
    context = {"flags": flags, "untouched": checking.open_points(written, form.points)}
    return render(request, "desk/opinions/hints.html", context)
