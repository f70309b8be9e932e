"""Rows of the library that a page is about, or what is said instead."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from lvzhi.faces.signin.acting import actor_of
from lvzhi.work.statutes.models import Edition, Work
from lvzhi.work.statutes.queries import keeping
from lvzhi.work.statutes.rules import may_correct, may_describe


def work_or_404(request: HttpRequest, key: UUID, *, to_keep: bool = False) -> Work:
    """The work of this congress; `to_keep` refuses with the sentence whoever may only look. One statement."""
    actor = actor_of(request)
    found = keeping.work_at(actor.congress, key)
    if found is None:
        raise Http404
    if to_keep and (why := may_describe.why_not(actor, found)):
        raise PermissionDenied(why)
    return found


def edition_or_404(request: HttpRequest, key: UUID, *, to_keep: bool = False) -> Edition:
    """The edition of this congress, drafts for its keepers alone; `to_keep` as above. One statement."""
    actor = actor_of(request)
    found = keeping.edition_at(actor.congress, key)
    if found is None:
        raise Http404
    why = may_correct.why_not(actor, found)
    if why and (to_keep or found.state == Edition.State.DRAFT):
        raise PermissionDenied(why)
    return found
