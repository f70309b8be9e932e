"""核答复: question and answer side by side, point by point, with what may be empty marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lvzhi.faces.design.shapes import Link
from lvzhi.faces.design.wording import short_date
from lvzhi.faces.desk.act import act, tell
from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.desk.opinions.marking import marked
from lvzhi.faces.desk.reach import matter_or_404, opinion_of
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.work.opinions import actions, checking, queries
from lvzhi.work.opinions.models import PROCEDURE, Answer, Opinion


class Verdict(forms.Form):
    """Passed as it is, or sent back with a reason."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=gettext_lazy("退回的理由"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写明哪一点没有答、哪句是空话。只有退回才填。"),
    )


@desk_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """GET shows what waits; POST passes it or sends it back."""
    verb = "send_back" if request.path.rstrip("/").endswith("send_back") else "pass_answer"
    actor = actor_of(request)
    found = matter_or_404(actor, key)
    opinion = opinion_of(found)
    if found.procedure != PROCEDURE or opinion is None or "petition_office" not in actor.roles:
        return act(request, key, verb)
    waiting = queries.waiting_answer(opinion)
    if waiting is None:
        return act(request, key, verb)
    if request.method != "POST":
        return _draw(request, found, opinion, waiting, Verdict(initial={"version": found.version}))
    form = Verdict(request.POST)
    wanted = request.POST.get("do", verb)
    wanted = wanted if wanted in {"pass_answer", "send_back"} else verb
    if form.is_valid():
        if wanted == "send_back" and not form.cleaned_data["reason"].strip():
            form.add_error("reason", _("请写明为什么退回，承办单位照着重答。"))
        else:
            return _take(request, found, opinion, waiting, form, wanted)
    return _draw(request, found, opinion, waiting, form, status=422)


def _take(
    request: HttpRequest, found: Matter, opinion: Opinion, waiting: Answer, form: Verdict, verb: str
) -> HttpResponse:
    data: dict[str, object] = {"reason": form.cleaned_data["reason"]} if verb == "send_back" else {}
    try:
        actions.take(
            found.pk, verb, actor=actor_of(request), on=clock.today(), at=clock.now(), data=data,
            version=form.cleaned_data["version"],
        )  # fmt: skip
    except ActRefused as refusal:
        tell(form, refusal)
        return _draw(request, found, opinion, waiting, form, status=422)
    said = _("已退回重答") if verb == "send_back" else _("已核过，答复发给来信人")
    messages.success(request, said)
    return redirect("desk-matter", key=found.pk)


def _draw(
    request: HttpRequest, found: Matter, opinion: Opinion, waiting: Answer, form: Verdict, *, status: int = 200
) -> HttpResponse:
    today = clock.today()
    marks = [str(flag["words"]) for flag in waiting.flags]
    context = {
        "matter": found,
        "opinion": opinion,
        "form": form,
        "rows": _rows(opinion, waiting, marks),
        "flags": [(str(flag["sentence"]), str(flag["words"])) for flag in waiting.flags],
        "untouched": checking.open_points(waiting.text, list(opinion.points)),
        "body": waiting.body.name if waiting.body else "",
        "given": short_date(waiting.given_on, today),
        "round": waiting.round,
        "back": reverse("desk-matter", args=[found.pk]),
        "crumbs": [
            Link(_("全部事项"), reverse("desk-matters")),
            Link(found.number, reverse("desk-matter", args=[found.pk])),
            Link(_("核答复")),
        ],
    }
    return page(request, "desk/opinions/check.html", context, status=status, here="desk-matters")


def _rows(opinion: Opinion, waiting: Answer, marks: Sequence[str]) -> list[tuple[str, str, SafeString]]:
    """(place, what was asked, what was answered), a row a point; one row where it was answered as a whole."""
    points: list[Any] = list(opinion.points)
    if points and len(waiting.by_point) == len(points):
        return [
            (_("第 %(n)s 点") % {"n": place}, str(asked), marked(str(said), marks))
            for place, (asked, said) in enumerate(zip(points, waiting.by_point, strict=True), 1)
        ]
    return [("", opinion.text, marked(waiting.text, marks))]
