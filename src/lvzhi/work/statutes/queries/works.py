"""Works: one by its address, many by what they are."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from lvzhi.core.law import Status
from lvzhi.work.statutes.models import Edition, Work
from lvzhi.work.statutes.models.work import WorkQuerySet


def work_of(congress: UUID, slug: str) -> Work | None:
    """A work by its name in addresses (监督法 is found by its full name only: see `named`). At most one statement."""
    if "\x00" in slug:  # no name has one, and PostgreSQL refuses to be asked
        return None
    return Work.objects.of(congress).filter(slug=slug).first()


def works(
    congress: UUID, *, on: date, kind: str = "", level: str = "", region: str = "", status: str = "", words: str = ""
) -> WorkQuerySet:
    """Works with a published text, higher law first; no statement until it is read.

    `status` is a value of `core.law.Status` (in_force, not_yet_in_force, repealed), judged on the day `on`. `words`
    must all be in the title. Slice it for a page.
    """
    texts = Edition.objects.of(congress).published().filter(work=OuterRef("pk"))
    rows = Work.objects.of(congress).filter(Exists(texts))
    for name, value in (("kind", kind), ("level", level), ("region", region)):
        if value:
            rows = rows.filter(**{name: value})
    if status == Status.REPEALED:
        rows = rows.repealed_on(on)
    elif status == Status.NOT_YET_IN_FORCE:
        rows = rows.not_yet_on(on)
    elif status == Status.IN_FORCE:
        rows = rows.in_force_on(on)
    for word in words.split():
        rows = rows.filter(Q(title__icontains=word) | Q(key__icontains=word))
    return rows.order_by("rank", "key")


def status(work: Work, on: date) -> Status:
    """How a work stands on a day. No statement."""
    if work.is_repealed and (work.repealed_since is None or work.repealed_since <= on):
        return Status.REPEALED
    if work.first_day is None:
        return Status.UNKNOWN
    return Status.IN_FORCE if work.first_day <= on else Status.NOT_YET_IN_FORCE


def edition_status(edition: Edition, on: date) -> Status:
    """How one edition stands on a day: AMENDED once a later one has taken its place. No statement, `work` loaded."""
    stands = status(edition.work, on)
    if stands is Status.REPEALED:
        return stands
    if edition.effective > on:
        return Status.NOT_YET_IN_FORCE
    return Status.AMENDED if edition.closed_on is not None and edition.closed_on <= on else Status.IN_FORCE
