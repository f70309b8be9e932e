"""Two opinions side by side: the same thing, or not."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lvzhi.core.text import reason
from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.design.shapes import Link, State
from lvzhi.faces.design.wording import short_date
from lvzhi.faces.desk.context import page
from lvzhi.faces.desk.opinions.cases import scored, where
from lvzhi.faces.desk.opinions.marking import marked
from lvzhi.faces.desk.opinions.triage import office_only
from lvzhi.faces.desk.shown import state_of_matter
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions import actions, likeness, queries
from lvzhi.work.opinions.models import Opinion


class Other(forms.Form):
    """Another opinion, by its number."""

    number = forms.CharField(
        label=gettext_lazy("另一件的编号"), max_length=30, help_text=gettext_lazy("如「意 2026-0128」。")
    )


@dataclass(frozen=True)
class Side:
    """One of the two."""

    opinion: Opinion
    url: str
    title: SafeString
    text: SafeString
    where: str
    when: str
    state: State
    who: str
    authors: int


def _found(congress: Congress, key: UUID) -> Opinion:
    found = queries.to_compare(congress.pk, key)
    if found is None:
        raise Http404
    return found


@office_only
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def compare(request: HttpRequest, key: UUID) -> HttpResponse:
    """GET shows an opinion beside another that may be the same; POST merges them or keeps them apart."""
    congress = congress_of(request)
    opinion = _found(congress, key)
    if request.method == "POST":
        return _decided(request, opinion)
    alike = queries.likely([opinion]).get(opinion.pk, [])
    other = _other(request, congress, opinion, alike)
    words = likeness.shared_words(_whole(opinion), _whole(other)) if other else []
    today = clock.today()
    context = {
        "opinion": opinion,
        "matter": opinion.matter,
        "sides": [_side(each, words, today) for each in (opinion, other)] if other else [],
        "other": other,
        "words": words[:12],
        "reasons": _reasons(other, alike),
        "alike": [_tab(each, opinion, other) for each in alike],
        "why_not": _why_not(opinion, other) if other else "",
        "form": Other(request.GET) if request.GET.get("number") and other is None else Other(),
        "crumbs": [
            Link(_("甄别分派"), reverse("desk-triage")),
            Link(opinion.matter.number, reverse("desk-matter", args=[opinion.matter_id])),
            Link(_("比对")),
        ],
    }
    return page(request, "desk/opinions/compare.html", context, here="desk-triage")


def _whole(opinion: Opinion) -> str:
    return f"{opinion.matter.title}\n{opinion.text}"


def _other(
    request: HttpRequest, congress: Congress, opinion: Opinion, alike: Sequence[queries.Likely]
) -> Opinion | None:
    """The one asked for in the address, else the likeliest."""
    if number := request.GET.get("number", "").strip():
        found = queries.by_number(congress.pk, number[:30])
        return found if found and found.pk != opinion.pk else None
    asked: UUID | None = alike[0].opinion.matter_id if alike else None
    with suppress(ValueError):
        asked = UUID(request.GET.get("with", ""))
    if asked is None or asked == opinion.matter_id:
        return None
    return _found(congress, asked)


def _side(opinion: Opinion, words: Sequence[str], today: date) -> Side:
    matter = opinion.matter
    return Side(
        opinion=opinion,
        url=reverse("desk-matter", args=[matter.pk]),
        title=marked(matter.title, words),
        text=marked(opinion.text, words),
        where=_("，").join(filter(None, where(opinion))),
        when=short_date(matter.opened_on, today),
        state=state_of_matter(matter),
        who=matter.responsible.short if matter.responsible else "",
        authors=1 + opinion.merged.count(),
    )


def _reasons(other: Opinion | None, alike: Sequence[queries.Likely]) -> list[str]:
    return [reason(code, lang()) for each in alike if other and each.opinion.pk == other.pk for code in each.reasons]


def _tab(each: queries.Likely, opinion: Opinion, other: Opinion | None) -> Link:
    matter = each.opinion.matter
    address = f"{reverse('desk-compare', args=[opinion.matter_id])}?with={matter.pk}"
    return Link(f"{matter.number}　{scored(each.score)}", address, current=bool(other and other.pk == each.opinion.pk))


def _why_not(opinion: Opinion, other: Opinion) -> str:
    """Why the first cannot be merged into the second, before anybody presses."""
    lead = other.merged_into or other
    if opinion.merged_into_id:
        return _("%(number)s 已经并入别的意见了。") % {"number": opinion.matter.number}
    if lead.pk == opinion.pk:
        return _("%(number)s 已经并入这一件了。") % {"number": other.matter.number}
    if not opinion.matter.is_open:
        return _("%(number)s 已经办结，不能再并案；可以在事项页把两件连起来。") % {"number": opinion.matter.number}
    if not lead.matter.is_open or lead.matter.state in actions.ANSWERED_STATES:
        return _("%(number)s 已经答复，不能再并入；可以在事项页把两件连起来。") % {"number": lead.matter.number}
    return ""


def _decided(request: HttpRequest, opinion: Opinion) -> HttpResponse:
    actor, number = actor_of(request), request.POST.get("number", "").strip()[:30]
    apart = request.POST.get("do") == "apart"
    on, at = clock.today(), clock.now()
    try:
        if apart:
            actions.keep_apart(opinion.matter_id, other=number, actor=actor, on=on, at=at)
            said = _("记下了：%(one)s 和 %(two)s 不是同一件，以后不再提示")
        else:
            actions.merge(opinion.matter_id, lead=number, actor=actor, on=on, at=at)
            said = _("已把 %(one)s 并入 %(two)s，来信人仍然各自收到答复、各自评价")
    except ActRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(request.get_full_path())
    messages.success(request, said % {"one": opinion.matter.number, "two": number})
    return redirect("desk-compare", key=opinion.matter_id) if apart else redirect("desk-triage")
