"""What becomes of drafts that an import brought, when the text they wait for changes or somebody decides on them."""

from __future__ import annotations

from datetime import datetime

from lvzhi.records.people.actor import Actor
from lvzhi.work.statutes.actions.words import note
from lvzhi.work.statutes.models import Change, Edition, Incoming, SourceFile
from lvzhi.work.statutes.models.kept import PARTS, PENDING, SAME


def settle(edition: Edition, standing: Edition | None, *, actor: Actor, at: datetime) -> None:
    """The edition waits no more, and corrections that wait for the same day are compared with it from now on.

    One that says the same words is moot. Three statements, more where corrections wait.
    """
    congress = edition.congress_id
    Incoming.objects.of(congress).filter(edition=edition).delete()
    SourceFile.objects.of(congress).filter(edition=edition, code__in=(PENDING, PARTS)).update(
        code="", params={}, sentence=""
    )
    if standing is None:
        return
    others = Edition.objects.of(congress).filter(incoming__kind=Incoming.Kind.CORRECTION, replaces=standing)
    others.exclude(digest=edition.digest).update(replaces=edition)
    for moot in others.filter(digest=edition.digest).select_related("work"):
        give_up(moot, reason="同样的文字已经公布", verb=Change.Verb.DROPPED, code=SAME, actor=actor, at=at)


def give_up(draft: Edition, *, reason: str, verb: Change.Verb, code: str, actor: Actor, at: datetime) -> None:
    """Remove a draft with a note why; its files keep a `code` so that the next import does not bring it again."""
    files = SourceFile.objects.of(draft.congress_id).filter(edition=draft)
    params = {"title": draft.work.title, "day": draft.day.isoformat(), "first": draft.file_name}
    files.update(edition=None, code=code, params=params, sentence="")
    detail = {"digest": ["", draft.digest]}
    note(draft.work, verb, actor=actor, at=at, edition=draft, reason=reason, detail=detail).save()
    draft.delete()
