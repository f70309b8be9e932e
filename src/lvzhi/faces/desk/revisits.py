"""Re-visits at the desk: rounds, the list, the seed, the calls. For the offices that have no part in the matters."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lvzhi.faces.design.shapes import Column, Figure, Link, Row, State, StateTone
from lvzhi.faces.design.wording import cn_date, cn_datetime, percent, short_date
from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.desk.revisit_forms import Announcement, Plan, Said, Seed
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.work.opinions.actions import revisits as actions
from lvzhi.work.opinions.models import REVISITABLE, RevisitCase, RevisitRound
from lvzhi.work.opinions.queries import revisits as queries
from lvzhi.work.opinions.rules import has_no_part, keeps_revisits, may_call

HERE = "desk-revisits"
TONES: dict[str, StateTone] = {"planned": "todo", "published": "wait", "drawn": "doing", "closed": "closed"}


def keepers_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let in those who keep re-visits; everyone else is told who does."""

    @desk_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if why := keeps_revisits.why_not(actor_of(request), congress_of(request)):
            raise PermissionDenied(why)
        return view(request, *args, **kwargs)

    return guarded


def state_of(found: RevisitRound) -> State:
    """Where a round stands."""
    words = {
        "planned": _("名单还没有公布"),
        "published": _("等种子产生"),
        "drawn": _("正在回访"),
        "closed": _("已结束"),
    }
    return State(words[found.stage], TONES[found.stage])


@keepers_required
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round; three statements."""
    today = clock.today()
    rows = [
        Row(
            [
                Link(_("第 %(number)s 轮") % {"number": each.number}, reverse("desk-revisit", args=[each.pk])),
                state_of(each),
                _("%(start)s至%(end)s")
                % {"start": short_date(each.answered_from, today), "end": short_date(each.answered_until, today)},
                each.listed or "",
                each.size,
                _("%(asked)s / %(size)s") % {"asked": each.asked, "size": each.size} if each.drawn_at else "",  # type: ignore[attr-defined]
            ]
        )
        for each in queries.rounds(actor_of(request).congress)
    ]
    columns = [
        Column(_("哪一轮")), Column(_("状态")), Column(_("答复时间")), Column(_("名单"), number=True),
        Column(_("抽取"), number=True), Column(_("已回访"), number=True),
    ]  # fmt: skip
    return page(request, "desk/revisits.html", {"rows": rows, "columns": columns}, here=HERE)


@keepers_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan a round."""
    today = clock.today()
    initial = {"answered_from": today.replace(day=1), "answered_until": today, "size": 50, "stratified_by": ""}
    form = Plan(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.plan_round(
                congress=congress_of(request), actor=actor_of(request), on=today, at=clock.now(), **form.cleaned_data
            )
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("第 %(number)s 轮建好了，下一步公布名单。") % {"number": found.number})
            return redirect("desk-revisit", key=found.pk)
    context = {"form": form, "crumbs": [Link(_("回访"), reverse(HERE)), Link(_("新的一轮"))]}
    return page(request, "desk/revisit_new.html", context, status=422 if form.errors else 200, here=HERE)


def _round(request: HttpRequest, key: UUID) -> RevisitRound:
    found = queries.round_of(actor_of(request).congress, key=key)
    if found is None:
        raise Http404
    return found


@keepers_required
@require_safe
@never_cache
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    """One round, with what comes next; six statements."""
    return _draw(request, _round(request, key))


def _draw(request: HttpRequest, found: RevisitRound, form: forms.Form | None = None) -> HttpResponse:
    actor, today = actor_of(request), clock.today()
    drawn = queries.cases(found) if found.drawn_at else []
    apart = queries.with_a_part(actor, drawn) if drawn else set()
    figures = queries.figures(drawn)
    due = found.seed_due_on
    if form is None:
        form = Announcement() if found.stage == "planned" else Seed()
    context = {
        "round": found,
        "state": state_of(found),
        "form": form,
        "facts": _facts(found),
        "is_due": bool(due and today >= due),
        "columns": [
            Column(_("第几")), Column(_("意见")), Column(_("承办")), Column(_("来信人自评")), Column(_("回访结果")),
        ],
        "rows": [_case_row(case, case.pk in apart) for case in drawn],
        "figures": figures_of(figures),
        "found": figures,
        "can_close": found.stage == "drawn" and figures.left == 0,
        "crumbs": [Link(_("回访"), reverse(HERE)), Link(found.number)],
        "public_url": reverse("portal-revisit", args=[found.number]) if found.list_published_at else "",
    }  # fmt: skip
    status = 422 if form.errors else 200
    return page(request, "desk/revisit.html", context, status=status, here=HERE)


def _facts(found: RevisitRound) -> list[tuple[str, object]]:
    left = found.left_out or {}
    missing = {"none": left.get("no_contact", 0), "accused": left.get("accusation", 0)}
    span = {"start": cn_date(found.answered_from), "end": cn_date(found.answered_until)}
    facts: list[tuple[str, object]] = [
        (_("答复时间"), _("%(start)s至%(end)s") % span),
        (_("抽取"), found.size),
        (_("分层"), found.get_stratified_by_display()),
    ]  # fmt: skip
    if found.list_published_at:
        facts += [
            (_("名单"), found.listed),
            (_("不在名单里"), _("没有留联系方式 %(none)s 件，检举控告 %(accused)s 件") % missing),
            (_("名单公布"), cn_datetime(found.list_published_at)),
            (_("名单指纹"), found.list_hash),
            (_("种子来源"), found.seed_source),
            (_("种子产生"), cn_date(found.seed_due_on)),
        ]
    if found.drawn_at:
        entered = {"at": cn_datetime(found.drawn_at), "who": found.drawn_by}
        facts += [(_("种子"), found.seed), (_("抽签"), _("%(at)s，%(who)s录入") % entered)]
    return facts


def _case_row(case: RevisitCase, has_part: bool) -> Row:
    matter = case.opinion.matter
    label = f"{matter.number} {matter.title}"
    result: object = case.get_result_display() if case.result else _("还没有问")
    if has_part and not case.is_settled:
        result = _("您经手过，请同事来问")
    return Row(
        [
            case.position,
            Link(label, reverse("desk-revisit-case", args=[case.pk])),
            matter.responsible.short if matter.responsible else "",
            rated_words(case),
            result,
        ]
    )


def rated_words(case: RevisitCase) -> str:
    """What the sender had rated when the draw was made."""
    return str(dict(RevisitCase.Result.choices).get(case.rated) or _("没有评价"))


def figures_of(found: queries.RoundFigures) -> list[Figure]:
    """Solved first, with how sure it is; then whether the senders' own ratings were confirmed."""
    if not found.reached or found.solved_share is None:
        return []
    low, high = (round(100 * edge) for edge in found.solved_share)
    figures = [
        Figure(
            percent(found.solved, found.reached),
            _("说解决了，%(n)s 人里 %(solved)s 人；全体在 %(low)s%% 到 %(high)s%% 之间")
            % {"n": found.reached, "solved": found.solved, "low": low, "high": high},
        ),
        Figure(str(found.partly), _("说解决了一部分")),
        Figure(str(found.not_solved), _("说没有解决")),
    ]
    if found.confirmed_share is not None:
        low, high = (round(100 * edge) for edge in found.confirmed_share)
        said = _("自评「解决了」的 %(n)s 人里，回访时还这样说；全体在 %(low)s%% 到 %(high)s%% 之间")
        share = percent(found.confirmed, found.said_solved)
        figures.append(Figure(share, said % {"n": found.said_solved, "low": low, "high": high}))
    return figures


@keepers_required
@require_POST
def publish(request: HttpRequest, key: UUID) -> HttpResponse:
    """Publish the list and say what the seed will be."""
    found, form = _round(request, key), Announcement(request.POST)
    if form.is_valid():
        try:
            actions.publish_list(
                key=key, actor=actor_of(request), on=clock.today(), at=clock.now(), **form.cleaned_data
            )
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("名单的指纹已经公布。种子产生以后，到这里录入。"))
            return redirect("desk-revisit", key=key)
    return _draw(request, found, form)


@keepers_required
@require_POST
def draw(request: HttpRequest, key: UUID) -> HttpResponse:
    """Enter the seed, and draw."""
    found, form = _round(request, key), Seed(request.POST)
    if form.is_valid():
        try:
            actions.draw(
                key=key, seed=form.cleaned_data["seed"], actor=actor_of(request), on=clock.today(), at=clock.now()
            )
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("抽签做好了，结果已经公开。"))
            return redirect("desk-revisit", key=key)
    return _draw(request, found, form)


@keepers_required
@require_POST
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """End the round."""
    try:
        actions.close(key=key, actor=actor_of(request), on=clock.today())
    except ActRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("这一轮结束了。"))
    return redirect("desk-revisit", key=key)


def _case(request: HttpRequest, key: UUID) -> RevisitCase:
    found = queries.case_of(actor_of(request).congress, key)
    if found is None:
        raise Http404
    return found


@keepers_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def case(request: HttpRequest, key: UUID) -> HttpResponse:
    """The call sheet of one who was drawn, and what they said; six statements."""
    found = _case(request, key)
    form = Said(request.POST or None, under_way=_under_way(found))
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.record(
                key=key, actor=actor_of(request), on=clock.today(), at=clock.now(), **form.cleaned_data
            )
        except ActRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            told = {
                RevisitCase.Result.NOT: _("记好了。没有解决的，已经告诉信访办公室，可以重新办理。"),
                RevisitCase.Result.UNREACHABLE: _("记好了，以后还可以再打。"),
            }
            messages.success(request, told.get(RevisitCase.Result(kept.result), _("记好了。")))
            return redirect("desk-revisit", key=found.round_id)
    return _draw_case(request, found, form)


def _under_way(found: RevisitCase) -> bool:
    return found.opinion.matter.state not in REVISITABLE


def _draw_case(
    request: HttpRequest, found: RevisitCase, form: forms.Form, contact: dict[str, str] | None = None
) -> HttpResponse:
    actor, opinion = actor_of(request), found.opinion
    has_part = has_no_part.why_not(actor, opinion)
    context = {
        "case": found,
        "matter": opinion.matter,
        "opinion": opinion,
        "form": form,
        "contact": contact,
        "has_part": has_part,
        "why_not_call": has_part or may_call.why_not(actor, found),
        "may_record": not has_part and not found.is_settled and found.round.closed_on is None,
        "facts": [
            (_("承办"), opinion.matter.responsible.name if opinion.matter.responsible else ""),
            (_("答复"), cn_date(opinion.replied_on) if opinion.replied_on else ""),
            (_("来信人自评"), rated_words(found)),
            (_("打过几次"), found.attempts),
        ],
        "crumbs": [
            Link(_("回访"), reverse(HERE)),
            Link(found.round.number, reverse("desk-revisit", args=[found.round_id])),
            Link(_("第 %(place)s 件") % {"place": found.position}),
        ],
    }
    return page(request, "desk/revisit_case.html", context, status=422 if form.errors else 200, here=HERE)


@keepers_required
@require_POST
@never_cache
def contact(request: HttpRequest, key: UUID) -> HttpResponse:
    """Unseal whom to call, shown once; the reading is recorded with round, place and number."""
    found = _case(request, key)
    try:
        told = actions.read_contact(key=key, actor=actor_of(request), at=clock.now())
    except ActRefused as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    return _draw_case(request, found, Said(under_way=_under_way(found)), told)
