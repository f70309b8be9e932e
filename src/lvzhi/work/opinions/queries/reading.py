"""One opinion: by its receipt, for whoever may see it, and what of it can be searched for."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from lvzhi.records.documents.models import Attachment, AttachmentQuerySet
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions.models import Opinion, Subscription
from lvzhi.work.opinions.receipts import fingerprint


def search_text(matter: Matter) -> str:
    """What of an opinion can be found: its words and its answer, never its sender. One statement."""
    opinion = Opinion.objects.of(matter.congress_id).filter(matter=matter).first()
    return f"{opinion.public_text or opinion.text} {opinion.reply}" if opinion else ""


def by_receipt(congress: UUID, number: str, code: str) -> Opinion | None:
    """The opinion a receipt opens, or None; `matter` with its bodies is loaded. One statement."""
    rows = Opinion.objects.of(congress).select_related("matter__responsible", "matter__congress")
    try:
        found = rows.get(matter__number=" ".join(number.split()))
    except Opinion.DoesNotExist:
        return None
    if not constant_time_compare(found.code_hash, fingerprint(found.matter.number, code)):
        return None
    return found


def of_matter(matter: Matter) -> Opinion | None:
    """The facts of a petition matter. One statement."""
    return Opinion.objects.of(matter.congress_id).filter(matter=matter).first()


def visible(actor: Actor, pk: UUID) -> Matter | None:
    """One matter the actor may see, with what its page needs. One statement."""
    return (
        Matter.objects.visible_to(actor)
        .filter(pk=pk)
        .select_related("congress", "responsible", "area", "opinion__sender")
        .first()
    )


def grave_notice(entry: Entry) -> str:
    """What the petition office is told of an opinion with a sign of danger, in place of the usual sentence; else "".

    One statement for an opinion just handed in, none for any other act.
    """
    if entry.action not in {"submit", "restore"}:
        return ""
    found = Opinion.objects.of(entry.congress_id).filter(matter=entry.matter_id).first()
    if found is None or not found.danger:
        return ""
    return _("【%(danger)s】%(number)s《%(title)s》：请马上看，先联系人") % {
        "danger": found.get_danger_display(),
        "number": entry.matter.number,
        "title": entry.matter.title[:80],
    }


def with_opinion(congress: UUID, pk: UUID) -> Matter | None:
    """One petition matter with `opinion` loaded, for whoever has shown it is theirs. One statement."""
    return Matter.objects.of(congress).filter(pk=pk).select_related("opinion").first()


def files_for_the_holder(matter: Matter) -> AttachmentQuerySet:
    """What whoever holds the receipt may read: their own files, and those of acts that are told to everybody.

    A file of the office's or a body's own, as one laid beside an internal note, is none of them. One statement.
    """
    rows = Attachment.objects.of(matter.congress_id).filter(matter=matter)
    told = Q(entry__is_public=True) | Q(is_public=True)
    return rows.filter(Q(added_by="") | told).order_by("added_at", "id")


def subscription(congress: UUID, key: UUID) -> Subscription | None:
    """One subscription with what it is about. One statement."""
    return Subscription.objects.of(congress).filter(pk=key).select_related("congress", "area", "community").first()
