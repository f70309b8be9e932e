"""What the sender handed in, given back to whoever holds the receipt."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lvzhi.core.upload import in_units
from lvzhi.faces.design.shapes import File
from lvzhi.faces.portal import keys
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.records.documents import store
from lvzhi.records.matters.models import Matter
from lvzhi.work.opinions import queries


def files_of(matter: Matter) -> list[File]:
    """What the holder of the receipt may read, as the page shows it. One statement."""
    return [
        File(
            each.name,
            reverse("portal-file", args=[matter.pk, each.pk]),
            _("图") if each.media_type.startswith("image/") else _("文"),
            in_units(each.size),
        )
        for each in queries.files_for_the_holder(matter)
    ]


@never_cache
@require_safe
def file(request: HttpRequest, key: UUID, file: UUID) -> HttpResponseBase:
    """Download one of them, while the receipt is open in this browser. Two statements beside the session's."""
    matter = queries.with_opinion(congress_of(request).pk, key) if keys.is_open(request, key, clock.now()) else None
    found = queries.files_for_the_holder(matter).filter(pk=file).first() if matter else None
    if found is None:
        raise Http404
    try:
        handle = store.open_attachment(found)
    except store.FileLost as lost:
        raise Http404(_("这份材料的文件找不到了，请打电话告诉信访办公室。")) from lost
    answer = FileResponse(handle, as_attachment=True, filename=found.name, content_type=found.media_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer
