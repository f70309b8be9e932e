"""Two editions compared: for programs as rows, for people as a paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.core import law
from lvzhi.core.law import papers
from lvzhi.faces.api.laws import answers, finding
from lvzhi.faces.api.laws.answers import Wrong, as_json
from lvzhi.faces.signin import clock
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Edition, Work

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_safe
@answers.answered
def compare(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The editions `old` and `new`, article by article. At most six statements; a long pair takes a second."""
    answers.count_heavy(request)
    work = finding.work_named(request, slug)
    if not (request.GET.get("old") and request.GET.get("new")):
        raise Wrong(400, _("请用 old 和 new 写明要比较的两个版本的日期。"))
    days = [answers.day_asked(request, name) for name in ("old", "new")]
    old, new = (finding.edition_named(work, day.isoformat()) for day in days if day)
    what = ("compare", old.digest, new.digest, old.day, new.day)
    return answers.kept(request, lambda: as_json(_rows(work, old, new)), of=what, modified=new.published_at)


@require_safe
@answers.answered
def as_file(request: HttpRequest, slug: str, old: str, new: str, form: str) -> HttpResponseBase:
    """The comparison as a paper; `?changes=1` leaves out what stayed as it was. At most six statements."""
    answers.count_heavy(request)
    work = finding.work_named(request, slug)
    before, after = finding.edition_named(work, old), finding.edition_named(work, new)
    changed_only, made = request.GET.get("changes") == "1", clock.today()

    def make() -> HttpResponse:
        paper = papers.comparison(_text(before), _text(after), made=made, changed_only=changed_only)
        data = papers.comparison_docx(paper) if form == "docx" else papers.comparison_xlsx(paper)
        return answers.attached(data, MEDIA[form], f"{work.key}修改对照表（{old}与{new}）.{form}")

    what = (form, before.digest, after.digest, old, new, changed_only, made)
    return answers.kept(request, make, of=what, modified=None, seconds=answers.DAY // 24)


def _text(edition: Edition) -> law.Document:
    return queries.document_of(edition)


def _rows(work: Work, old: Edition, new: Edition) -> dict[str, Any]:
    rows = law.compare(_text(old), _text(new))
    figures = papers.Figures.of(rows)
    return {
        "work": work.key,
        "old": old.day.isoformat(),
        "new": new.day.isoformat(),
        "figures": {name: getattr(figures, name) for name in figures.__slots__},
        "rows": [_row(work, row, old.day, new.day) for row in rows],
    }


def _row(work: Work, row: law.Row, old: date, new: date) -> dict[str, Any]:
    return {
        "change": str(row.change),
        "note": row.note,
        "moved": row.moved,
        "similarity": row.similarity,
        "old": [_side(work, side, old) for side in row.old],
        "new": [_side(work, side, new) for side in row.new],
        "pieces": [{"mark": str(piece.mark), "text": piece.text} for piece in row.pieces],
    }


def _side(work: Work, side: law.Side, day: date) -> dict[str, str]:
    address = str(law.Address(work.slug, day, side.eid))
    return {"eid": side.eid, "label": side.label, "text": side.text, "chapter": side.chapter, "address": address}
