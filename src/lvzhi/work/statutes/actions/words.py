"""Words as they are stored, and the notes of who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from lvzhi.core.upload import UploadRefused, clean_text, sentence
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.work.statutes.models import Change, Edition, Work

MOST_REASON = 200


def line(text: str, most: int) -> str:
    """One line of at most `most` characters. Raises NotAllowed."""
    try:
        return " ".join(clean_text(text, most).split())
    except UploadRefused as refusal:
        raise NotAllowed(sentence(refusal.code, refusal.params, "zh")) from refusal


def reason_of(text: str) -> str:
    """Why; it stays on record. Raises NotAllowed."""
    found = line(text, MOST_REASON)
    if len(found) < 2:
        raise NotAllowed(_("请写明原因，以后查变更记录的人会看到。"))
    return found


def note(
    work: Work,
    verb: Change.Verb,
    *,
    actor: Actor,
    at: datetime,
    edition: Edition | None = None,
    reason: str = "",
    detail: dict[str, Any] | None = None,
) -> Change:
    """A row for the record of changes, not yet stored."""
    return Change(
        congress_id=work.congress_id,
        work=work,
        edition=edition.pk if edition else None,
        day=edition.day if edition else None,
        verb=verb,
        reason=reason,
        detail=detail or {},
        by_id=actor.account,
        by_name=actor.name,
        at=at,
    )
