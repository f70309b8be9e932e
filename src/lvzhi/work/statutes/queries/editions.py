"""Editions of a work: which there are, and which holds on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from lvzhi.work.statutes.models import Edition, Work
from lvzhi.work.statutes.models.edition import EditionQuerySet


def _published(work: Work) -> EditionQuerySet:
    return Edition.objects.of(work.congress_id).published().filter(work=work)


def editions_of(work: Work) -> list[Edition]:
    """Published editions from the oldest to the newest, without their texts. One statement."""
    found = list(_published(work).order_by("day"))
    for edition in found:
        edition.work = work
    return found


def edition_of(work: Work, day: date) -> Edition | None:
    """The published edition of that very day, as its address names it. One statement."""
    return _with(work, _published(work).filter(day=day).first())


def edition_on(work: Work, day: date) -> Edition | None:
    """The text in force on a day: the newest that had taken effect; None where none had. One statement.

    Whether the histories tell of a later one that is not held says `closed_on`: it is then not after `day`.
    """
    return _with(work, _published(work).begun_by(day).order_by("-day").first())


def edition_shown(work: Work, today: date) -> Edition | None:
    """The text to show without a date: the one in force, else the first to come, else none. One or two statements."""
    return edition_on(work, today) or _with(work, _published(work).order_by("day").first())


def _with(work: Work, edition: Edition | None) -> Edition | None:
    if edition is not None:
        edition.work = work
    return edition


def published_editions(congress: UUID) -> EditionQuerySet:
    """Every published edition with its work, by work and day; for indexes. No statement until it is read.

    Read it with `.with_source().iterator()` where the texts are wanted: one statement then, not one a row.
    """
    return Edition.objects.of(congress).published().select_related("work").order_by("work__key", "day")
