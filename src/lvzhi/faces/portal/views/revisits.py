"""回访 for everybody: who was drawn and why nobody could choose, what they said, and how to check the draw."""

from __future__ import annotations

import json
from importlib import resources

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.faces.design.shapes import AgendaItem, Column, Figure, Link, Row, State, StateTone
from lvzhi.faces.design.wording import cn_date, cn_datetime, percent, short_date
from lvzhi.faces.portal.shell import page
from lvzhi.faces.portal.telling import story_url
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.work.opinions.models import RevisitCase, RevisitRound
from lvzhi.work.opinions.queries import revisits as queries
from lvzhi.work.opinions.queries.revisits import RoundFigures

HERE = "portal-revisits"
TONES: dict[str, StateTone] = {"published": "wait", "drawn": "doing", "closed": "done"}


def state_of(found: RevisitRound) -> State:
    """Where a round stands, for the public."""
    words = {"published": _("名单已公布，等种子产生"), "drawn": _("正在回访"), "closed": _("已结束")}
    return State(words[found.stage], TONES[found.stage])


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """Every round whose list is published, newest first. One statement."""
    congress, today = congress_of(request), clock.today()
    items = [
        AgendaItem(
            short_date(each.list_published_at, today),
            _("第 %(number)s 轮回访") % {"number": each.number},
            reverse("portal-revisit", args=[each.number]),
            _("名单 %(listed)s 件，抽 %(size)s 件") % {"listed": each.listed, "size": each.size},
            _("已经问到 %(n)s 人") % {"n": each.reached} if each.drawn_at else each.seed_source,  # type: ignore[attr-defined]
            state_of(each),
        )
        for each in queries.rounds(congress.pk, is_published=True)
    ]
    return page(request, "revisits", {"items": items})


def _published(request: HttpRequest, slug: str) -> RevisitRound:
    found = queries.round_of(congress_of(request).pk, number=slug)
    if found is None or found.list_published_at is None:
        raise Http404
    return found


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """One round: results first, then how it was drawn, then how to repeat it. Two statements."""
    found = _published(request, slug)
    drawn = queries.cases(found) if found.drawn_at else []
    figures = queries.figures(drawn)
    context = {
        "round": found,
        "state": state_of(found),
        "figures": solved_first(figures),
        "found": figures,
        "compared": _compared(figures),
        "compared_columns": [Column(_("来信人当时自评")), Column(_("回访时说")), Column(_("人数"), number=True)],
        "facts": _facts(found),
        "rows": [_row(case) for case in drawn],
        "columns": [
            Column(_("第几")), Column(_("编号")), Column(_("承办")), Column(_("来信人自评")), Column(_("回访时说")),
        ],
        "file_url": reverse("portal-revisit-file", args=[found.number]),
        "crumbs": [Link(_("首页"), "/"), Link(_("回访"), reverse(HERE)), Link(found.number)],
    }  # fmt: skip
    return page(request, "revisit", context)


def solved_first(found: RoundFigures) -> list[Figure]:
    """What was found, solved first, each with how sure it is."""
    if not found.reached or found.solved_share is None:
        return []
    low, high = (round(100 * edge) for edge in found.solved_share)
    shown = [
        Figure(percent(found.solved, found.reached), _("说解决了")),
        Figure(percent(found.partly, found.reached), _("说解决了一部分")),
        Figure(percent(found.not_solved, found.reached), _("说没有解决")),
        Figure(f"{low}%–{high}%", _("名单上全体「解决了」的比例，百分之九十五的把握")),
    ]
    if found.confirmed_share is not None:
        shown.append(
            Figure(
                percent(found.confirmed, found.said_solved),
                _("当时自评「解决了」的 %(n)s 人，回访时还这样说") % {"n": found.said_solved},
            )
        )
    return shown


def said(result: str) -> str:
    """A rating or a result in words; the empty one is a sender who did not rate."""
    return str(dict(RevisitCase.Result.choices).get(result) or _("没有评价"))


def _compared(found: RoundFigures) -> list[Row]:
    order = {each: place for place, each in enumerate(("solved", "partly", "not", ""))}
    pairs = sorted(found.compared.items(), key=lambda item: (order[item[0][0]], order[item[0][1]]))
    return [Row([said(rated), said(now), count]) for (rated, now), count in pairs]


def _facts(found: RevisitRound) -> list[tuple[str, object]]:
    left = found.left_out or {}
    missing = {"none": left.get("no_contact", 0), "accused": left.get("accusation", 0)}
    span = {"start": cn_date(found.answered_from), "end": cn_date(found.answered_until)}
    facts: list[tuple[str, object]] = [
        (_("哪些意见"), _("%(start)s到%(end)s答复了的") % span),
        (_("名单"), _("%(n)s 件") % {"n": found.listed}),
        (_("不在名单里"), _("没有留联系方式 %(none)s 件，检举控告 %(accused)s 件") % missing),
        (_("分层"), found.get_stratified_by_display()),
        (_("名单公布"), cn_datetime(found.list_published_at)),
        (_("名单指纹（SHA-256）"), found.list_hash),
        (_("种子来源（事先公布）"), found.seed_source),
        (_("种子产生"), cn_date(found.seed_due_on)),
    ]  # fmt: skip
    if found.drawn_at:
        facts += [(_("种子"), found.seed), (_("抽签"), cn_datetime(found.drawn_at))]
    return facts


def _row(case: RevisitCase) -> Row:
    matter = case.opinion.matter
    number: object = Link(matter.number, story_url(matter)) if matter.is_public else matter.number
    result: object = said(case.result) if case.result else _("还没有问到")
    return Row(
        [case.position, number, matter.responsible.short if matter.responsible else "", said(case.rated), result]
    )


@require_safe
def file(request: HttpRequest, slug: str) -> HttpResponse:
    """The round as a file for the checker: list, hash, seed, who was drawn, what they said. Two statements."""
    found = _published(request, slug)
    record = queries.record_of(found, queries.cases(found) if found.drawn_at else [])
    answer = HttpResponse(
        json.dumps(record, ensure_ascii=False, indent=1), content_type="application/json; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.number}.json"'
    return answer


@require_safe
def checker(request: HttpRequest) -> HttpResponse:
    """The checker of one file, as it stands in the source. No statement."""
    del request
    text = resources.files("lvzhi.core.trust").joinpath("check_draw.py").read_text("utf-8")
    answer = HttpResponse(text, content_type="text/x-python; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="check_draw.py"'
    return answer
