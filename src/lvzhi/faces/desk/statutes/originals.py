"""The files that texts were brought in with, given back as they came."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lvzhi.core.upload import in_units
from lvzhi.faces.design.shapes import Column, Link, Row
from lvzhi.faces.desk.context import office_required
from lvzhi.faces.desk.files import harmless
from lvzhi.faces.signin.acting import actor_of
from lvzhi.records.documents import store
from lvzhi.work.statutes.models import Edition
from lvzhi.work.statutes.queries import keeping
from lvzhi.work.statutes.rules import may_correct

KINDS = {
    "application/pdf": gettext_lazy("PDF"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": gettext_lazy("Word 文档"),
    "text/html": gettext_lazy("网页"),
}


def original_columns() -> list[Column]:
    """The headings over the files of an edition."""
    return [Column(_("文件")), Column(_("类型")), Column(_("大小"), number=True), Column("SHA-256")]


def original_rows(edition: Edition) -> list[Row]:
    """The files an edition was brought in with. One statement."""
    return [
        Row(
            [
                Link(each.name, reverse("desk-law-original", args=[each.pk])),
                str(KINDS.get(each.media_type, _("文本"))),
                in_units(each.size),
                format_html('<span class="hash">{}</span>', each.sha256),
            ]
        )
        for each in keeping.originals_of(edition)
    ]


@office_required
@require_safe
@never_cache
def original(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Download one; those of a draft are for its keepers. One statement beside the session's."""
    actor = actor_of(request)
    found = keeping.original_at(actor.congress, key)
    if found is None:
        raise Http404
    if found.edition.state == Edition.State.DRAFT and (why := may_correct.why_not(actor, found.edition)):
        raise PermissionDenied(why)
    try:
        handle = store.open_content(found.sha256)
    except store.FileLost as lost:
        raise Http404(_("这份原件的文件找不到了，请联系平台运营者从备份恢复。")) from lost
    return harmless(FileResponse(handle, as_attachment=True, filename=found.name, content_type=found.media_type))
