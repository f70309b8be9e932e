"""The library as its keepers see it: all texts, what leads nowhere, who changed what, which files were left out."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.core.law import Status
from lvzhi.faces.design.deadlines import lang
from lvzhi.faces.design.shapes import Column, Link, Row
from lvzhi.faces.design.wording import cn_date, cn_datetime, thousands
from lvzhi.faces.desk.addresses import pages, with_query
from lvzhi.faces.desk.context import office_required, page
from lvzhi.faces.desk.statutes.shown import (
    HERE,
    broken_columns,
    broken_row,
    edition_name,
    state_of_edition,
    state_of_work,
    timeline_entries,
)
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters.paging import PAGE, Mark, mark
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.imports.report import sentence
from lvzhi.work.statutes.models import BROKEN, Edition, Kind, Outcome, SourceFile, Work
from lvzhi.work.statutes.queries import keeping
from lvzhi.work.statutes.rules import may_keep


def _asked(request: HttpRequest, name: str, most: int = 60) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:most]


def _statuses() -> list[tuple[str, str]]:
    return [
        (Status.IN_FORCE.value, _("现行有效")),
        (Status.NOT_YET_IN_FORCE.value, _("尚未施行")),
        (Status.REPEALED.value, _("已经废止")),
    ]


@office_required
@require_safe
def laws(request: HttpRequest) -> HttpResponse:
    """Texts by rank and name, a page at a time, with what waits on top. Ten statements."""
    actor, today, congress = actor_of(request), clock.today(), congress_of(request)
    words, kind, status = _asked(request, "q"), _asked(request, "kind"), _asked(request, "status")
    kind = kind if kind in Kind.values else ""
    status = status if status in dict(_statuses()) else ""
    rows = queries.works(actor.congress, on=today, kind=kind, status=status, words=words)
    found = queries.page_of(keeping.with_editions(rows), after=_asked(request, "after", 310), limit=PAGE)
    held = keeping.holdings(actor.congress, today=today)
    keeps = may_keep.allows(actor, congress)
    context = {
        "columns": [
            Column(_("题目")),
            Column(_("种类")),
            Column(_("版本"), number=True),
            Column(_("最新版本"), number=True),
            Column(_("状态")),
        ],
        "rows": [_work_row(each) for each in found.rows],
        "corrections": [_correction_row(each) for each in (keeping.corrections(actor.congress) if keeps else [])],
        "correction_columns": [Column(_("题目")), Column(_("版本")), Column(_("来源文件")), Column(_("什么时候"))],
        "drafts": [_draft_row(each) for each in (keeping.drafts(actor.congress) if keeps else [])],
        "draft_columns": [
            Column(_("题目")), Column(_("版本")), Column(_("状态")), Column(_("谁存的")), Column(_("什么时候")),
        ],
        "q": words, "kind": kind, "status": status, "kinds": Kind.choices, "statuses": _statuses(),
        "is_narrowed": bool(words or kind or status),
        "why_not": may_keep.why_not(actor, congress),
        "lede": _("%(works)s 部文件，%(editions)s 个版本。") % {
            "works": thousands(held.works), "editions": thousands(held.editions),
        },
        "held": held,
        **pages(request, found.after or None),
    }  # fmt: skip
    return page(request, "desk/statutes/list.html", context, here=HERE)


def _work_row(work: Work) -> Row:
    published: list[Edition] = getattr(work, "published", [])
    newest = cn_date(published[0].day) if published else _("没有文本")
    return Row(
        [
            Link(work.short, reverse("desk-law", args=[work.pk])),
            work.get_kind_display(),
            len(published),
            newest,
            state_of_work(work, clock.today()),
        ]
    )


def _draft_row(draft: Edition) -> Row:
    name = Link(draft.work.short, reverse("desk-edition", args=[draft.pk]))
    state = state_of_edition(draft, clock.today())
    return Row([name, edition_name(draft), state, draft.made_by_name, cn_datetime(draft.made_at)])


def _correction_row(draft: Edition) -> Row:
    name = Link(draft.work.short, reverse("desk-edition", args=[draft.pk]))
    return Row([name, edition_name(draft), draft.file_name, cn_datetime(draft.incoming.at)])


@office_required
@require_safe
def broken(request: HttpRequest) -> HttpResponse:
    """Citations that lead nowhere, in texts in force or in all. Five statements."""
    actor, today = actor_of(request), clock.today()
    outcome, every = _asked(request, "outcome"), _asked(request, "all") == "1"
    outcomes = [value for value in Outcome if value in BROKEN or value is Outcome.LAW_UNKNOWN]
    outcome = outcome if outcome in outcomes else ""
    rows = queries.broken(actor.congress, outcome=outcome, newest_on=None if every else today)
    start = min(int(after), 1_000_000) if (after := _asked(request, "after")).isdecimal() else 0
    found = list(rows[start : start + PAGE + 1])
    chips = [Link(_("全部问题"), with_query(request, outcome="", after=""), current=not outcome)]
    chips += [
        Link(str(value.label), with_query(request, outcome=value.value, after=""), current=outcome == value)
        for value in outcomes
    ]
    chips.append(Link(_("也看已失效的文本"), with_query(request, all="" if every else "1", after=""), current=every))
    context = {
        "columns": broken_columns(),
        "rows": [broken_row(each) for each in found[:PAGE]],
        "chips": chips,
        "crumbs": [Link(_("法律文本"), reverse(HERE)), Link(_("落空的引用"))],
        **pages(request, str(start + PAGE) if len(found) > PAGE else None),
    }
    return page(request, "desk/statutes/broken.html", context, here=HERE)


@office_required
@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """Who changed what in the library, newest first; imports are left out. Five statements."""
    place = Mark.read(_asked(request, "after", 120))
    instant = place.instant() if place else None
    before: tuple[object, UUID] | None = (instant, place.key) if place and instant else None
    found = keeping.changes(actor_of(request).congress, before=before, limit=PAGE + 1)  # type: ignore[arg-type]
    shown = found[:PAGE]
    context = {
        "entries": timeline_entries(shown, with_work=True),
        "crumbs": [Link(_("法律文本"), reverse(HERE)), Link(_("变更记录"))],
        **pages(request, mark(shown[-1].at, shown[-1].pk) if len(found) > PAGE else None),
    }
    return page(request, "desk/statutes/changes.html", context, here=HERE)


@office_required
@require_safe
def left_out(request: HttpRequest) -> HttpResponse:
    """Files that an import left out, with the reason. Five statements."""
    found = keeping.left_out(actor_of(request).congress, after=_asked(request, "after", 300), limit=PAGE + 1)
    shown = found[:PAGE]
    context = {
        "columns": [Column(_("文件")), Column(_("为什么没有导入")), Column(_("哪天读的"))],
        "rows": [Row([each.name, _why(each), cn_date(each.read_at.date())]) for each in shown],
        "crumbs": [Link(_("法律文本"), reverse(HERE)), Link(_("没有导入的文件"))],
        **pages(request, shown[-1].name if len(found) > PAGE else None),
    }
    return page(request, "desk/statutes/left_out.html", context, here=HERE)


def _why(file: SourceFile) -> str:
    """Why nothing came of a file, in the reader's language; as it was said then where that is all that is known."""
    try:
        return sentence(file.code, file.params, lang())
    except KeyError:
        return file.sentence
