"""Two editions side by side: 旧, 新, 说明."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from lvzhi.core.law import Change, Row
from lvzhi.core.law.reading import short_title
from lvzhi.faces.design.shapes import Link, State
from lvzhi.faces.portal.law import keeping
from lvzhi.faces.portal.law.addresses import HERE, compare_url, law_url
from lvzhi.faces.portal.law.comparison import counted, is_changed, rows_of
from lvzhi.faces.portal.law.marking import marked_lines
from lvzhi.faces.portal.law.texts import labels_of
from lvzhi.faces.portal.law.views.shared import crumbs, day_of, edition_or_404, elsewhere, find_work, not_held
from lvzhi.faces.portal.law.words import CHANGES, change_words, made_words
from lvzhi.faces.portal.shell import page
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Edition


@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to the two editions that were chosen; without a choice to the newest two. Two statements."""
    work = find_work(request, slug)
    if isinstance(work, str):
        return elsewhere(request, work, "compare/") if work else not_held(request, slug, None)
    days = [each.day for each in queries.editions_of(work)]
    old, new = day_of(request.GET.get("old", "")), day_of(request.GET.get("new", ""))
    if old is None or new is None:
        if len(days) < 2:
            return HttpResponseRedirect(law_url(work.slug))
        old, new = days[-2:]
    if old == new:
        return HttpResponseRedirect(law_url(work.slug, new))

    return HttpResponseRedirect(compare_url(work.slug, *sorted((old, new))))


@gzip_page
@require_safe
def compare(request: HttpRequest, slug: str, old: str, new: str) -> HttpResponseBase:
    """The table of both editions, whole or only what changed. Eight statements."""
    work = find_work(request, slug)
    if isinstance(work, str):
        return elsewhere(request, work, f"compare/{old}..{new}") if work else not_held(request, slug, None)
    before, after = edition_or_404(work, old), edition_or_404(work, new)
    if before.day >= after.day:
        return HttpResponseRedirect(law_url(work.slug, after.day))
    return keeping.kept(request, [before, after], lambda: _made(request, before, after))


def _made(request: HttpRequest, before: Edition, after: Edition) -> HttpResponse:
    work = before.work
    whole, here = bool(request.GET.get("all")), compare_url(work.slug, before.day, after.day)
    rows = rows_of(before, after)
    shown = rows if whole else [row for row in rows if is_changed(row)]
    editions = queries.editions_of(work)
    acts = dict(zip([each.day for each in editions], labels_of(editions), strict=True))
    context = {
        "work": work,
        "name": short_title(work.title),
        "old_name": made_words(before, acts.get(before.day, "")),
        "new_name": made_words(after, acts.get(after.day, "")),
        "old_url": law_url(work.slug, before.day),
        "new_url": law_url(work.slug, after.day),
        "choose_url": f"{law_url(work.slug)}compare/",
        "old": before,
        "new": after,
        "choices": [(each.day, made_words(each, acts.get(each.day, ""))) for each in editions],
        "rows": [_line(row, before, after) for row in shown],
        "counts": [(_name(change), n) for change, n in counted(rows).items() if change is not Change.SAME],
        "filters": [
            Link(_("只看有变化的"), here, len([row for row in rows if is_changed(row)]), current=not whole),
            Link(_("全部条文"), f"{here}?all=1", len(rows), current=whole),
        ],
        "files": [Link(_("Word 对照表"), f"{here}.docx"), Link(_("Excel 对照表"), f"{here}.xlsx")],
        "crumbs": crumbs(work, Link(_("版本对照"))),
    }
    return page(request, "law/compare", context, current=HERE)


def _name(change: Change) -> str:
    return str(CHANGES[change][0])


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table as it is shown."""

    anchor: str
    old: list[Link]
    new: list[Link]
    old_lines: SafeString
    new_lines: SafeString
    state: State
    moved: bool
    note: str


def _line(row: Row, before: Edition, after: Edition) -> Line:
    slug = before.work.slug
    text, tone = CHANGES[row.change]
    return Line(
        (row.new or row.old)[0].eid + ("" if row.new else "-old"),
        [Link(side.label, law_url(slug, before.day, side.eid)) for side in row.old],
        [Link(side.label, law_url(slug, after.day, side.eid)) for side in row.new],
        _paragraphs(row, new=False) if row.old else SafeString(""),
        _paragraphs(row, old=False) if row.new else SafeString(""),
        State(str(text), tone),  # type: ignore[arg-type]
        row.moved,
        change_words(row),
    )


def _paragraphs(row: Row, *, old: bool = True, new: bool = True) -> SafeString:
    lines = marked_lines(row, old=old, new=new)
    return mark_safe("".join(f"<p>{line}</p>" for line in lines))  # noqa: S308 - escaped by `marked_lines`
