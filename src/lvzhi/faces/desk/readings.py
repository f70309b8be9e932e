"""Who read personal data, when and for what (个人信息保护法 第五十四条: regular compliance audits)."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.faces.design.shapes import Column, Link, Row
from lvzhi.faces.design.wording import cn_datetime
from lvzhi.faces.desk.addresses import pages
from lvzhi.faces.desk.context import READERS, desk_required, page
from lvzhi.faces.signin.acting import actor_of
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.paging import PAGE, Mark, mark
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import PersonalReading


@desk_required
@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """The newest first; six statements."""
    actor = actor_of(request)
    if not actor.roles & READERS:
        raise PermissionDenied(_("查看记录只给信访工作机构和平台运营者看。"))
    rows = PersonalReading.objects.of(actor.congress)
    place = Mark.read(request.GET.get("after", ""))
    if place and (instant := place.instant()):
        rows = rows.filter(Q(at__lt=instant) | Q(at=instant, id__lt=place.key), at__lte=instant)
    found = list(rows.order_by("-at", "-id")[: PAGE + 1])
    shown = found[:PAGE]
    about = _matters(actor, shown)
    context = {
        "columns": [Column(_("谁看的")), Column(_("什么时候")), Column(_("看了谁的")), Column(_("用途"))],
        "rows": [
            Row([each.reader_name, cn_datetime(each.at), about.get(each.about, each.about), each.purpose])
            for each in shown
        ],
        **pages(request, mark(shown[-1].at, shown[-1].pk) if len(found) > PAGE else None),
    }
    return page(request, "desk/readings.html", context, here="desk-readings")


def _matters(actor: Actor, shown: list[PersonalReading]) -> dict[str, Link]:
    """The matters whose senders were read, by what the records call them. One statement."""
    keys = [UUID(each.about[7:]) for each in shown if each.about.startswith("matter:")]
    rows = Matter.objects.visible_to(actor).filter(pk__in=keys)
    return {
        f"matter:{each.pk}": Link(
            _("%(number)s 的来信人") % {"number": each.number}, reverse("desk-matter", args=[each.pk])
        )
        for each in rows
    }
