"""What the reader was told, and what of it has been read."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lvzhi.faces.desk.addresses import pages
from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of
from lvzhi.records.base.scope import ScopedQuerySet
from lvzhi.records.matters.paging import Mark, mark
from lvzhi.records.notices.models import Notice
from lvzhi.records.people.actor import Actor

PAGE = 50


def of(actor: Actor) -> ScopedQuerySet[Notice]:
    """What was told to this account in this congress."""
    return Notice.objects.of(actor.congress).filter(account=actor.account)


def url_of(notice: Notice) -> str:
    """The page a notice speaks of."""
    return reverse("desk-matter", args=[notice.matter_id]) if notice.matter_id else reverse("desk-rota")


@desk_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The newest first; five statements."""
    rows = of(actor_of(request))
    place = Mark.read(request.GET.get("after", ""))
    if place and (instant := place.instant()):
        rows = rows.filter(Q(at__lt=instant) | Q(at=instant, id__lt=place.key), at__lte=instant)
    found = list(rows.order_by("-at", "-id")[: PAGE + 1])
    shown = found[:PAGE]
    after = mark(shown[-1].at, shown[-1].pk) if len(found) > PAGE else None
    context = {
        "notices": [(each, url_of(each)) for each in shown],
        "any_unread": any(each.read_at is None for each in shown),
        **pages(request, after),
    }
    return page(request, "desk/notices.html", context, here="desk-notices")


@desk_required
@require_POST
def read(request: HttpRequest, key: UUID) -> HttpResponse:
    """Mark one as read and go to what it speaks of."""
    notice = of(actor_of(request)).filter(pk=key).first()
    if notice is None:
        raise Http404
    of(actor_of(request)).filter(pk=key, read_at=None).update(read_at=clock.now())
    return redirect(url_of(notice))


@desk_required
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as read."""
    count = of(actor_of(request)).filter(read_at=None).update(read_at=clock.now())
    if count:
        messages.success(request, _("%(n)s 条通知都标为已读") % {"n": count})
    return redirect("desk-notices")
