"""Upwards at the desk: a clue raised from opinions, the list of clues, and the thread on a matter's page."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from lvzhi.faces.design.deadlines import basis_of
from lvzhi.faces.design.shapes import Column, Link, Row
from lvzhi.faces.design.wording import short_date
from lvzhi.faces.desk.addresses import pages
from lvzhi.faces.desk.context import desk_required, office_required, page
from lvzhi.faces.desk.reach import matter_or_404, opinion_of
from lvzhi.faces.desk.shown import state_of_matter
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters.models import Link as Thread
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.procedures import procedure_of, registry
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions.actions.raising import MOST_TITLE, MOST_WHAT, ClueWords, raise_clue
from lvzhi.work.opinions.models import CLUE, PROCEDURE, SUGGESTION, Clue, Opinion
from lvzhi.work.opinions.queries import FIRST_STEP, Raised, raised_by
from lvzhi.work.opinions.queries import raised as queries
from lvzhi.work.opinions.rules import may_raise

HERE = "desk-clues"
MOST_NAMED = 100
RAISED_HERE = "desk.raised"
REMEMBERED = 20


class Raising(forms.Form):
    """What a clue says, and which opinions it is raised from."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    opinions = forms.MultipleChoiceField(
        label=gettext_lazy("从哪些意见提出"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("至少选一件意见。")},
    )
    use = forms.ChoiceField(label=gettext_lazy("拟作什么用"), choices=Clue.Use.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label=gettext_lazy("一句话说集中反映什么问题"),
        min_length=4,
        max_length=MOST_TITLE,
        help_text=gettext_lazy("写共同的问题，不写哪一个人的事。"),
    )
    what = forms.CharField(
        label=gettext_lazy("情况"),
        max_length=MOST_WHAT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("多少人说、在哪里、说了多久、已经答复过什么。不写姓名、电话、住址。"),
    )
    is_public = forms.BooleanField(
        label=gettext_lazy("向社会公开这条线索和它的进展"),
        required=False,
        help_text=gettext_lazy("不公开的，提意见的人也看得到编号和走到哪一步。"),
    )

    def __init__(self, *args: Any, offered: list[Opinion], **given: Any) -> None:
        super().__init__(*args, **given)
        fields: dict[str, Any] = self.fields
        fields["opinions"].choices = [(str(each.pk), _line(each)) for each in offered]


def _line(opinion: Opinion) -> str:
    matter, merged = opinion.matter, getattr(opinion, "with_merged", 1)
    street = matter.area.short if matter.area else ""
    voices = _("连同并案 %(n)s 件") % {"n": merged} if merged > 1 else ""
    return "　".join(part for part in (f"{matter.number} {matter.title}", street, voices) if part)


@desk_required
@require_http_methods(["GET", "HEAD", "POST"])
def from_matter(request: HttpRequest, key: UUID) -> HttpResponse:
    """Raise a clue from one opinion, with those merged into it or tied to it as alike. Six statements to show."""
    found = matter_or_404(actor_of(request), key)
    if opinion_of(found) is None:
        raise Http404
    return _raise(request, [key], None)


@desk_required
@require_http_methods(["GET", "HEAD", "POST"])
def from_several(request: HttpRequest) -> HttpResponse:
    """Raise a clue from a selection (`matter`, many times) or a hot topic (`topic`), as the address says."""
    return _raise(
        request, _keys(request.GET.getlist("matter")), next(iter(_keys([request.GET.get("topic", "")])), None)
    )


def _keys(given: list[str]) -> list[UUID]:
    found = []
    for each in given[:MOST_NAMED]:
        try:
            found.append(UUID(each))
        except ValueError:  # not an id: nothing was chosen by it
            continue
    return found


def _raise(request: HttpRequest, matters: list[UUID], topic: UUID | None) -> HttpResponse:
    actor, congress = actor_of(request), congress_of(request)
    if why := may_raise.why_not(actor, congress):
        raise PermissionDenied(why)
    offered = queries.together(actor, matters=matters, topic=topic)
    if not offered:
        raise Http404
    named = [str(each.pk) for each in offered if topic or each.matter_id in matters] or [str(offered[0].pk)]
    initial = {"once": uuid4(), "opinions": named, "is_public": True, "use": Clue.Use.TOPIC}
    form = Raising(request.POST or None, offered=offered, initial=initial)
    if request.method == "POST" and form.is_valid() and (done := _raised(request, form, offered)):
        return redirect("desk-matter", key=done)
    action = registry().get(CLUE, clock.today(), congress.region, congress.settings.get(CLUE) or {}).action("propose")
    context = {
        "form": form,
        "rules": [basis_of(rule) for rule in action.rules],
        "crumbs": [Link(_("监督线索"), reverse(HERE)), Link(_("提出监督线索"))],
    }
    return page(request, "desk/raise.html", context, status=422 if form.errors else 200, here=HERE)


def _raised(request: HttpRequest, form: Raising, offered: list[Opinion]) -> str:
    """The id of the clue just raised, or of the one this very form raised before; "" when it was refused."""
    before = dict(request.session.get(RAISED_HERE, {}))
    values, once = form.cleaned_data, str(form.cleaned_data["once"])
    if once in before:
        messages.info(request, _("这条线索已经提出，没有重复提。"))
        return str(before[once])
    words = ClueWords(values["use"], values["title"], values["what"], values["is_public"])
    chosen = [each.pk for each in offered if str(each.pk) in values["opinions"]]
    try:
        entry = raise_clue(
            congress=congress_of(request), opinions=chosen, words=words, actor=actor_of(request), on=clock.today(),
            at=clock.now(),
        )  # fmt: skip
    except ActRefused as refusal:
        form.add_error(None, str(refusal))
        return ""
    request.session[RAISED_HERE] = dict(list({**before, once: str(entry.matter_id)}.items())[-REMEMBERED:])
    messages.success(
        request, _("已提出监督线索 %(number)s，由常委会办公室安排研究。") % {"number": entry.matter.number}
    )
    return str(entry.matter_id)


@office_required
@require_safe
def clues(request: HttpRequest) -> HttpResponse:
    """Every clue with what it came from; four statements."""
    today, use = clock.today(), request.GET.get("use", "")
    use = use if use in Clue.Use.values else ""
    found = queries.clues(actor_of(request).congress, use=use, after=request.GET.get("after", ""))
    address = reverse(HERE)
    chips = [Link(_("全部"), address, current=not use)]
    chips += [Link(str(each.label), f"{address}?use={each.value}", current=use == each.value) for each in Clue.Use]
    context = {
        "columns": [
            Column(_("线索")), Column(_("拟作")), Column(_("状态")), Column(_("意见件数"), number=True),
            Column(_("哪些街道")), Column(_("提出")),
        ],
        "rows": [
            Row([
                _link(row.clue.matter), row.clue.get_use_display(), state_of_matter(row.clue.matter), row.voices,
                streets_words(row.streets), short_date(row.clue.matter.opened_on, today),
            ])
            for row in found.rows
        ],
        "chips": chips,
        **pages(request, found.after),
    }  # fmt: skip
    return page(request, "desk/clues.html", context, here=HERE)


def _link(matter: Matter) -> Link:
    return Link(f"{matter.number} {matter.title}", reverse("desk-matter", args=[matter.pk]))


def streets_words(streets: list[tuple[str, int]], most: int = 4) -> str:
    """Streets with their counts, most first: 听泉街道 3、云溪街道 1."""
    named = [_("%(street)s %(n)s") % {"street": name or _("没有写明"), "n": count} for name, count in streets[:most]]
    more = [_("等 %(n)s 处") % {"n": len(streets)}] if len(streets) > most else []
    return _("、").join([*named, *more])


def thread_of(actor: Actor, found: Matter) -> dict[str, Any]:
    """What a matter's page says of the thread upwards: what it raised, or who raised it. At most two statements."""
    if (opinion := opinion_of(found)) is not None:
        rows = raised_by(opinion, holder=True)
        can = may_raise.allows(actor, found.congress) and found.state in procedure_of(found).action("raise").to
        seen = [(each, _url(each) if actor.is_staff or each.is_public else "") for each in rows]
        return {"upwards": seen, "raise_url": reverse("desk-raise", args=[found.pk]) if can else ""}
    if found.procedure not in (CLUE, SUGGESTION):
        return {}
    voices = queries.voices_of(found, actor=actor)
    if not voices.count:
        return {}
    return {
        "voices": voices,
        "voice_links": [_link(each) for each in voices.shown],
        "voice_streets": streets_words(voices.streets),
    }


def _url(raised: Raised) -> str:
    return reverse("desk-matter", args=[raised.matter])


def besides(found: Matter, links: list[Thread]) -> list[Thread]:
    """The threads that are not told by `thread_of` already. No statement."""
    pair = (CLUE, SUGGESTION)

    def told(link: Thread) -> bool:
        upwards = link.kind in FIRST_STEP and link.source.procedure == PROCEDURE
        return upwards and link.target.procedure in pair and found.procedure in (PROCEDURE, *pair)

    return [link for link in links if not told(link)]
