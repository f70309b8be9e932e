"""Corrections that an import brought: taken or turned down, each with a reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.work.statutes.actions.publishing import bring_out
from lvzhi.work.statutes.actions.waiting import give_up
from lvzhi.work.statutes.actions.words import reason_of
from lvzhi.work.statutes.models import Change, Edition, Incoming
from lvzhi.work.statutes.models.kept import DISMISSED
from lvzhi.work.statutes.rules import may_publish


@transaction.atomic
def accept(edition: Edition, *, against: str, reason: str, actor: Actor, at: datetime) -> Edition:
    """Publish a correction that an import brought, with the reason why; the text it corrects is superseded.

    `against` is the digest of the published text it was compared with. Raises NotAllowed, also where that has been
    corrected meanwhile.
    """
    _corrects(edition, actor)
    said = reason_of(reason)
    standing = Edition.objects.of(edition.congress_id).published().filter(work=edition.work_id, day=edition.day).first()
    if standing is None or standing.digest != against:
        raise NotAllowed(_("您对照的时候，已公布的文字换过了。请再看一遍对照，然后决定。"))
    edition.reason, edition.replaces = said, standing
    edition.save(update_fields=["reason", "replaces"])
    return bring_out(edition, actor=actor, at=at)


@transaction.atomic
def dismiss(edition: Edition, *, reason: str, actor: Actor, at: datetime) -> None:
    """Turn down a correction that an import brought; the same words are not brought again. Raises NotAllowed."""
    _corrects(edition, actor)
    give_up(edition, reason=reason_of(reason), verb=Change.Verb.DISMISSED, code=DISMISSED, actor=actor, at=at)


def _corrects(edition: Edition, actor: Actor) -> None:
    """Raises NotAllowed where this is no correction that waits, or not the actor's to decide on."""
    if why := may_publish.why_not(actor, edition):
        raise NotAllowed(why)
    rows = Incoming.objects.of(edition.congress_id).select_for_update()
    if not rows.filter(edition=edition, kind=Incoming.Kind.CORRECTION).exists():
        raise NotAllowed(_("这不是等待核对的更正，或者已经有人处理了。请回到法律文本再看。"))
