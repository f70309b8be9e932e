"""The points an opinion makes, corrected by the petition office; what was decided stays in the record."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lvzhi.faces.desk.opinions.triage import office_only
from lvzhi.faces.desk.reach import matter_or_404
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.work.opinions import actions


@office_only
@require_POST
def points(request: HttpRequest, key: UUID) -> HttpResponse:
    """Keep the points as they were written, one a line."""
    actor = actor_of(request)
    found = matter_or_404(actor, key)
    lines = request.POST.get("points", "").splitlines()
    try:
        actions.itemise(found.pk, lines, actor=actor, on=clock.today(), at=clock.now())
    except ActRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("要点已存好"))
    return redirect("desk-matter", key=found.pk)
