"""Who comes to the pages of stations, and what stands around them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from lvzhi.faces.desk.context import desk_required
from lvzhi.faces.signin.acting import actor_of
from lvzhi.work.stations import queries
from lvzhi.work.stations.models import Slot, Station
from lvzhi.work.stations.rules import may_keep

View = Callable[..., HttpResponseBase]


def stations_required(view: View) -> View:
    """Let in the office's own people and the street committees."""

    @desk_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actor = actor_of(request)
        if not actor.is_staff and "street_committee" not in actor.roles:
            raise PermissionDenied(_("联络站的排班和登记给常委会机关和街道人大工委用；公开的部分在网站的「找代表」。"))
        return view(request, *args, **kwargs)

    return guarded


def station_or_404(request: HttpRequest, slug: str, *, to_keep: bool = False) -> Station:
    """The station of this congress; `to_keep` refuses with the sentence whoever may only look. One statement."""
    actor = actor_of(request)
    found = queries.station_by_slug(actor.congress, slug)
    if found is None:
        raise Http404
    if to_keep and (why := may_keep.why_not(actor, found)):
        raise PermissionDenied(why)
    return found


def slot_or_404(request: HttpRequest, key: UUID, *, to_keep: bool = False) -> Slot:
    """The slot of this congress, drawn. Two statements."""
    actor = actor_of(request)
    found = queries.slot_at(actor.congress, key)
    if found is None:
        raise Http404
    if to_keep and (why := may_keep.why_not(actor, found.station)):
        raise PermissionDenied(why)
    return found
