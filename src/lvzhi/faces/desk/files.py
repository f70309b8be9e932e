"""Giving out attachments and official papers, to those who may see their matter."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lvzhi.core.paper import Chart, Paper, Paragraph, Style, chinese_date, chinese_number
from lvzhi.core.upload import clean_name
from lvzhi.faces.design.shapes import Link
from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.desk.reach import is_inside
from lvzhi.faces.signin.acting import actor_of
from lvzhi.records.documents import papers, store
from lvzhi.records.documents.models import Attachment, IssuedPaper
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.actor import Actor

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@desk_required
@require_safe
@never_cache
def file(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Download an attachment. Two statements beside the session's."""
    found = Attachment.objects.visible_to(actor_of(request)).filter(pk=key).first()
    if found is None:
        raise Http404
    try:
        handle = store.open_attachment(found)
    except store.FileLost as lost:
        raise Http404(_("这份材料的文件找不到了，请联系平台运营者从备份恢复。")) from lost
    answer = FileResponse(handle, as_attachment=True, filename=found.name, content_type=found.media_type)
    return harmless(answer)


def harmless(answer: HttpResponseBase) -> HttpResponseBase:
    """Headers under which a browser runs nothing of what somebody sent in."""
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


def _paper_or_404(actor: Actor, key: UUID) -> IssuedPaper:
    seen = Matter.objects.visible_to(actor).filter(pk=OuterRef("matter"))
    found = IssuedPaper.objects.of(actor.congress).filter(Exists(seen), pk=key).select_related("matter").first()
    if found is None or not is_inside(actor, found.matter):
        raise Http404
    return found


@desk_required
@require_safe
def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """The paper as a page."""
    found = _paper_or_404(actor_of(request), key)
    shown = papers.from_json(found.content)
    back = reverse("desk-matter", args=[found.matter_id])
    context = {
        "paper": shown,
        "issued": found,
        "blocks": _blocks(shown),
        "title": shown.title.replace("\n", "|"),
        "number": str(shown.number or ""),
        "day": chinese_date(shown.dated) if shown.dated else "",
        "to": f"{shown.addressee}：" if shown.addressee else "",
        "foot": [_("抄送：%(names)s") % {"names": "、".join(shown.copy_to)}] if shown.copy_to else [],
        "crumbs": [Link(_("全部事项"), reverse("desk-matters")), Link(found.matter.number, back), Link(_("公文"))],
    }
    return page(request, "desk/paper.html", context, here="desk-matters")


def _blocks(shown: Paper) -> list[tuple[str, bool, Chart | None]]:
    """What the page draws in turn: words with whether they are a heading, or a chart."""
    texts = iter(numbered([(each.style, each.text) for each in shown.paragraphs if isinstance(each, Paragraph)]))
    return [("", False, each) if isinstance(each, Chart) else (*next(texts), None) for each in shown.paragraphs]


def numbered(paragraphs: list[tuple[Style, str]]) -> list[tuple[str, bool]]:
    """Paragraphs as they read, headings and items numbered as the layout does; with whether it is a heading."""
    found, counts = [], {Style.HEADING1: 0, Style.HEADING2: 0, Style.HEADING3: 0, Style.ITEM: 0}
    order = [Style.HEADING1, Style.HEADING2, Style.HEADING3, Style.ITEM]
    for style, text in paragraphs:
        if style not in counts:
            found.append((text, False))
            continue
        counts[style] += 1
        for deeper in order[order.index(style) + 1 :]:
            counts[deeper] = 0
        n = counts[style]
        mark = {
            Style.HEADING1: f"{chinese_number(n)}、",
            Style.HEADING2: f"（{chinese_number(n)}）",
            Style.HEADING3: f"{n}．",
            Style.ITEM: f"（{n}）",
        }[style]
        found.append((mark + text, style in {Style.HEADING1, Style.HEADING2}))
    return found


@desk_required
@require_safe
def paper_docx(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The paper for Word."""
    found = _paper_or_404(actor_of(request), key)
    return _download(papers.as_docx(found), f"{found.title}.docx", DOCX)


@desk_required
@require_safe
def paper_pdf(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The paper as PDF."""
    found = _paper_or_404(actor_of(request), key)
    return _download(papers.as_pdf(found), f"{found.title}.pdf", PDF)


def _download(data: bytes, name: str, media_type: str) -> HttpResponseBase:
    return harmless(FileResponse(BytesIO(data), as_attachment=True, filename=clean_name(name), content_type=media_type))
