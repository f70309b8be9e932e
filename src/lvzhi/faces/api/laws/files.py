"""An edition as a file, or in the form a program asks for."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.core import law
from lvzhi.core.law import exports
from lvzhi.faces.api.laws import answers, finding, shown
from lvzhi.faces.api.laws.answers import Wrong
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Citation, Edition

MEDIA = {
    "json": "application/json",
    "akn": "application/akn+xml",
    "txt": "text/plain",
    "md": "text/markdown",
}
"""The forms of a text; the first is given to who does not say."""
ALSO = {"application/xml": "akn", "text/xml": "akn"}
_LINKED = ("akn", "json")


@require_safe
@answers.answered
def edition(request: HttpRequest, slug: str, day: str) -> HttpResponseBase:
    """An edition in the form that `Accept` asks for, JSON by default. At most five statements."""
    wanted = request.get_preferred_type([*MEDIA.values(), *ALSO])
    if wanted is None:
        raise Wrong(406, _("这个地址可以给：%(known)s。") % {"known": "、".join(MEDIA.values())})
    form = ALSO.get(wanted) or next(form for form, media in MEDIA.items() if media == wanted)
    return _given(request, slug, day, form, as_attachment=False)


@require_safe
@answers.answered
def as_file(request: HttpRequest, slug: str, day: str, form: str) -> HttpResponseBase:
    """An edition as a file to keep. At most five statements."""
    return _given(request, slug, day, form, as_attachment=True)


def _given(request: HttpRequest, slug: str, day: str, form: str, *, as_attachment: bool) -> HttpResponseBase:
    answers.count_heavy(request)
    work = finding.work_named(request, slug)
    found = finding.edition_named(work, day)
    rows = queries.citations_in(found) if form in _LINKED else []
    leads = tuple((row.start, row.nth, row.eid, row.cited_id, row.cited_edition_id, row.outcome) for row in rows)

    def make() -> HttpResponse:
        data = _WRITERS[form](found, queries.document_of(found), rows)
        name = f"{work.key}({found.day.isoformat()}).{form}"
        return answers.attached(data, f"{MEDIA[form]}; charset=utf-8", name, inline=not as_attachment)

    what = (form, as_attachment, work.kind, work.key, work.changes, found.digest, found.day, leads)
    return answers.kept(request, make, of=what, modified=found.published_at)


def _akn(found: Edition, document: law.Document, rows: list[Citation]) -> bytes:
    made = found.published_at.date() if found.published_at else None
    named = shown.identity_of(found.work, found.day)
    return exports.akn(document, shown.references_of(rows), made=made, identity=named)


def _json(found: Edition, document: law.Document, rows: list[Citation]) -> bytes:
    value = exports.as_json(document, shown.cited_of(rows), shown.identity_of(found.work, found.day))
    return json.dumps(value, ensure_ascii=False).encode()


def _text(_found: Edition, document: law.Document, _rows: list[Citation]) -> bytes:
    return exports.text(document).encode()


def _markdown(_found: Edition, document: law.Document, _rows: list[Citation]) -> bytes:
    return exports.markdown(document).encode()


_WRITERS: dict[str, Callable[[Edition, law.Document, list[Citation]], bytes]] = {
    "akn": _akn, "json": _json, "txt": _text, "md": _markdown,
}  # fmt: skip
