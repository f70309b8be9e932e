"""Texts to rows: one transaction for some works with all that came for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from lvzhi.core import law
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.statutes.actions.publishing import mark_stale
from lvzhi.work.statutes.actions.reckoning import WORK_FIELDS, describe, new_edition, new_work, reckon
from lvzhi.work.statutes.actions.words import note
from lvzhi.work.statutes.describing import Facts, facts_of
from lvzhi.work.statutes.imports.report import CLASH, NO_DAY, SAME, Params, Refused, Report, sentence
from lvzhi.work.statutes.models import Change, Edition, SourceFile, Work
from lvzhi.work.statutes.models.edition import State
from lvzhi.work.statutes.reading import SHELF, key_of


@dataclass(frozen=True)
class Text:
    """A text that was read, with the files it came from (name and digest of each) and, for several, its parts."""

    document: law.Document
    files: tuple[tuple[str, str], ...]
    parts: tuple[law.Document, ...] = ()


@dataclass
class _Rows:
    """What a transaction stores."""

    works: list[Work] = field(default_factory=list)
    editions: list[Edition] = field(default_factory=list)
    closed: list[Edition] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    files: list[SourceFile] = field(default_factory=list)


@transaction.atomic
def store(
    congress: Congress, groups: Mapping[str, Sequence[Text]], *, actor: Actor, at: datetime, report: Report
) -> None:
    """Store the texts of these works, by key. Some fourteen statements, however many there are."""
    known = {work.key: work for work in Work.objects.of(congress).select_for_update().filter(key__in=groups)}
    held: dict[str, list[Edition]] = defaultdict(list)
    for edition in Edition.objects.of(congress).published().filter(work__key__in=groups).select_related("work"):
        held[edition.work.key].append(edition)
    rows = _Rows()
    for key, texts in groups.items():
        _take(congress, known.get(key), held[key], texts, rows, actor=actor, at=at, report=report)
    new = [work for work in rows.works if work.key not in known]
    _tell_addresses_apart(congress, new)
    Work.objects.bulk_create(new)
    Work.objects.of(congress).bulk_update([work for work in rows.works if work.key in known], WORK_FIELDS)
    Edition.objects.of(congress).bulk_update(rows.closed, ["closed_on"])
    Edition.objects.bulk_create(rows.editions)
    Change.objects.bulk_create(rows.changes)
    _note_files(rows.files)
    mark_stale(congress.pk, rows.works, new=new)
    report.works += len(new)


def _take(
    congress: Congress,
    work: Work | None,
    held: list[Edition],
    texts: Sequence[Text],
    rows: _Rows,
    *,
    actor: Actor,
    at: datetime,
    report: Report,
) -> None:
    """Make the editions of one work, and what follows for the work."""
    made: list[tuple[Edition, Facts, law.Document]] = []
    for text in texts:
        facts = facts_of(text.document)
        work = work or new_work(congress.pk, facts)
        edition, refused = _edition(work, text, facts, [*held, *(each for each, _f, _d in made)], actor, at)
        if edition is not None and refused is None:
            made.append((edition, facts, text.document))
        for name, digest in text.files:
            if refused is not None:
                report.refuse(name, *refused)
            row = SourceFile(congress=congress, name=name, digest=digest, edition=edition, read_at=at)
            row.code, row.sentence = (refused[0], sentence(*refused)[:500]) if refused else ("", "")
            rows.files.append(row)
    if not made or work is None:
        return
    newest = max(made, key=lambda each: each[0].day)
    if not held or newest[0].day > max(edition.day for edition in held):
        describe(work, newest[1])
    editions = [edition for edition, _facts, _document in made]
    closed = reckon(work, [*held, *editions], [document for _edition, _facts, document in made])
    rows.works.append(work)
    rows.editions += editions
    rows.closed += [edition for edition in closed if edition in held]
    for edition, _facts, document in made:
        SHELF.put(key_of(edition), document)
        rows.changes.append(note(work, Change.Verb.IMPORTED, actor=actor, at=at, edition=edition))
        report.note_oddities(document)
        report.editions += 1
        report.articles += edition.articles
        report.characters += edition.characters


def _edition(
    work: Work, text: Text, facts: Facts, held: Sequence[Edition], actor: Actor, at: datetime
) -> tuple[Edition | None, tuple[str, Params] | None]:
    """The edition a text is, or the one it stands beside with the reason why nothing came of it."""
    if facts.day is None:
        return None, (NO_DAY, {})
    draft = new_edition(work, text.document, facts, parts=text.parts, actor=actor, at=at)
    twin = next((each for each in held if each.digest == draft.digest), None)
    if twin is not None:
        return twin, (SAME, {"first": twin.file_name})
    days = {each.day: each for each in held}
    named = text.document.metadata.named
    if facts.day in days and named and named not in days:
        # The history stops short of what the name claims: it is a later edition whose own change is not listed.
        draft.day = draft.effective = named
    elif facts.day in days:
        first = days[facts.day]
        return None, (CLASH, {"title": work.title, "day": facts.day.isoformat(), "first": first.file_name})
    draft.state, draft.published_at = State.PUBLISHED, at
    return draft, None


def _tell_addresses_apart(congress: Congress, works: list[Work]) -> None:
    """Two names may differ only in what an address cannot hold: the later one is counted on."""
    slugs = [work.slug for work in works]
    taken = set(Work.objects.of(congress).filter(slug__in=slugs).values_list("slug", flat=True))
    for work in works:
        slug, count = work.slug, 2
        while work.slug in taken:
            work.slug, count = f"{slug}-{count}", count + 1
        taken.add(work.slug)


def note_refused(congress: Congress, refused: Sequence[tuple[Refused, str]], *, at: datetime) -> None:
    """Note files that were read in vain, with the digest of each. One statement."""
    _note_files([
        SourceFile(
            congress=congress, name=each.name, digest=digest, code=each.code, sentence=each.sentence()[:500], read_at=at
        )
        for each, digest in refused
    ])  # fmt: skip


def _note_files(files: list[SourceFile]) -> None:
    SourceFile.objects.bulk_create(
        files,
        update_conflicts=True,
        unique_fields=["congress", "name"],
        update_fields=["digest", "edition", "code", "sentence", "read_at"],
    )
