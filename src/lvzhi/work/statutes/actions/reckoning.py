"""What follows for a work from the editions it has: its days, its newest particulars, and what closes what."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from lvzhi.core import law
from lvzhi.records.people.actor import Actor
from lvzhi.work.statutes.describing import Facts, days_of_change, key_of_title
from lvzhi.work.statutes.models import RANKS, Edition, Kind, Level, Work
from lvzhi.work.statutes.models.edition import State

WORK_FIELDS = (
    "title", "kind", "rank", "level", "region", "organ", "number", "first_day", "changes", "is_repealed",
    "repealed_since", "repealed_by",
)  # fmt: skip


def digest_of(source: str) -> str:
    """SHA-256 of a text in UTF-8, as hexadecimal figures."""
    return hashlib.sha256(source.encode()).hexdigest()


def new_work(congress: UUID, facts: Facts) -> Work:
    """A work for a text whose name is not known yet, not stored."""
    key = key_of_title(facts.title)
    work = Work(congress_id=congress, key=key, slug=law.slug(key) or key)
    describe(work, facts)
    return work


def known_work(congress: UUID, key: str) -> Work:
    """A work of which only the name is known, not stored; what kind of text it is nobody has said yet."""
    return new_work(congress, Facts(key, Kind.NORMATIVE_DOCUMENT, Level.NATIONAL, "", "", "", None, None))


def describe(work: Work, facts: Facts) -> None:
    """Take the particulars of a text as those of its work."""
    work.title, work.kind, work.rank = facts.title, facts.kind, RANKS[facts.kind]
    work.level, work.region, work.organ = facts.level, facts.region, facts.organ
    work.number = facts.number or work.number


def new_edition(
    work: Work, document: law.Document, facts: Facts, *, parts: Sequence[law.Document], actor: Actor, at: datetime
) -> Edition:
    """A draft of a text, not stored. Raises ValueError where `facts` have no day."""
    if facts.day is None:
        raise ValueError("an edition has a day")
    made = Edition(
        congress_id=work.congress_id,
        work=work,
        day=facts.day,
        number=facts.number,
        state=State.DRAFT,
        made_by_id=actor.account,
        made_by_name=actor.name,
        made_at=at,
    )
    set_text(made, document, facts, parts=parts)
    return made


TEXT_FIELDS = (
    "title", "effective", "basis", "file_name", "digest", "parts", "articles", "characters", "oddities", "source",
)  # fmt: skip


def set_text(draft: Edition, document: law.Document, facts: Facts, *, parts: Sequence[law.Document]) -> None:
    """Make a text that of a draft: its TEXT_FIELDS. `parts` are the files it was put together from, if several."""
    draft.title = facts.title
    draft.effective = facts.effective or draft.day
    draft.basis = document.metadata.basis.value
    draft.file_name = document.name[-300:]
    draft.digest = digest_of(document.source)
    draft.parts = [[part.name, len(part.source)] for part in parts]
    draft.articles = len(document.articles)
    draft.characters = len(document.source)
    draft.oddities = [[oddity.line, oddity.code, oddity.detail] for oddity in document.oddities]
    draft.source = document.source


def reckon(work: Work, editions: Iterable[Edition], documents: Iterable[law.Document]) -> list[Edition]:
    """Set what a work owes to its published editions; return those whose `closed_on` changed. Nothing is stored.

    `documents` are the texts of editions new to the work: the days their histories tell of join those known.
    """
    known = {date.fromisoformat(day) for day in work.changes}
    for document in documents:
        known |= days_of_change(document)
    work.changes = [day.isoformat() for day in sorted(known)]
    rows = sorted(editions, key=lambda edition: edition.day)
    if not rows:
        return []
    first = rows[0]
    work.first_day = min([first.effective, *(day for day in known if day < first.day)])
    if work.is_repealed and work.repealed_since is not None and rows[-1].day > work.repealed_since:
        work.is_repealed, work.repealed_since, work.repealed_by = False, None, ""  # made anew under the same name
    held = {edition.day for edition in rows}
    changed = []
    for place, edition in enumerate(rows):
        later = [each.effective for each in rows[place + 1 :]]
        later += [day for day in known if day > edition.day and day not in held]
        closed = min(later, default=None)
        if closed != edition.closed_on:
            edition.closed_on = closed
            changed.append(edition)
    return changed


def take_repeals(library: law.Library, works: dict[str, Work], congress: UUID) -> tuple[list[Work], list[Work]]:
    """Compare what a library knows of repeals with the stored works: works to add, and works to change."""
    new, changed = [], []
    for key, known in library.works.items():
        repeal, work = known.repeal, works.get(key)
        if repeal is None:
            continue
        told = (True, repeal.on, repeal.by)
        if work is None:
            work = works[key] = known_work(congress, key)
            new.append(work)
        elif (work.is_repealed, work.repealed_since, work.repealed_by) != told:
            changed.append(work)
        work.is_repealed, work.repealed_since, work.repealed_by = told
    return new, changed
