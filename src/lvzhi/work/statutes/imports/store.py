"""Texts to rows: one transaction for some works with all that came for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from lvzhi.records.documents.store import Ready
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.statutes import originals
from lvzhi.work.statutes.actions.publishing import mark_stale
from lvzhi.work.statutes.actions.reckoning import TEXT_FIELDS, WORK_FIELDS, describe, new_work, reckon
from lvzhi.work.statutes.actions.words import note
from lvzhi.work.statutes.describing import facts_of
from lvzhi.work.statutes.imports.placing import File, Made, Placed, Stand, Text, place
from lvzhi.work.statutes.imports.report import Refused, Report, sentence
from lvzhi.work.statutes.models import Change, Edition, Incoming, SourceFile, Work
from lvzhi.work.statutes.models.kept import PARTS
from lvzhi.work.statutes.reading import SHELF, key_of


@dataclass
class _Rows:
    """What a transaction stores. `stands` are the rows that are there, by the key of their work."""

    stands: dict[str, Stand]
    works: list[Work] = field(default_factory=list)
    moved: list[Work] = field(default_factory=list)
    """Works of which something was published."""
    editions: list[Edition] = field(default_factory=list)
    redrafted: list[Edition] = field(default_factory=list)
    closed: list[Edition] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    files: dict[str, SourceFile] = field(default_factory=dict)
    dropped: dict[UUID, tuple[Edition, str]] = field(default_factory=dict)
    """Drafts that are given up, by id, with the reason."""
    completed: list[Edition] = field(default_factory=list)
    originals: list[tuple[Edition, Ready]] = field(default_factory=list)


@transaction.atomic
def store(
    congress: Congress, groups: Mapping[str, Sequence[Text]], *, actor: Actor, at: datetime, report: Report
) -> None:
    """Store the texts of these works, by key. Some fourteen statements, however many there are.

    One more for each text that has to be compared with what is there, and some for drafts that are waiting.
    """
    known = {work.key: work for work in Work.objects.of(congress).select_for_update().filter(key__in=groups)}
    rows = _Rows(_stands(congress, groups))
    waited = [draft for stand in rows.stands.values() for draft in stand.waiting]
    for key, texts in groups.items():
        _take(congress, known.get(key), texts, rows, actor=actor, at=at, report=report)
    for row in rows.files.values():
        if row.code == PARTS and row.edition is not None and row.edition.is_published:
            row.code, row.params, row.sentence = "", {}, ""
    new = [work for work in rows.works if work.key not in known]
    _tell_addresses_apart(congress, new)
    Work.objects.bulk_create(new)
    Work.objects.of(congress).bulk_update([work for work in rows.moved if work.key in known], WORK_FIELDS)
    Edition.objects.of(congress).bulk_update(rows.closed, ["closed_on"])
    Edition.objects.bulk_create(rows.editions)
    _store_waiting(congress, rows)
    if waited:
        _drop_outdated(congress, waited, rows, actor=actor, at=at)
    Change.objects.bulk_create(rows.changes)
    _note_files(rows.files.values())
    originals.keep((each for each in rows.originals if each[0].pk not in rows.dropped), at=at)
    originals.carry_over(each for each in rows.editions if each.replaces_id)
    if rows.dropped:
        Edition.objects.of(congress).filter(pk__in=rows.dropped).delete()
    mark_stale(congress.pk, rows.moved, new=[work for work in new if work in rows.moved])
    report.works += len(new)


def _stands(congress: Congress, keys: Iterable[str]) -> dict[str, Stand]:
    """What is held of these works. Two statements."""
    stands: dict[str, Stand] = defaultdict(Stand)
    rows = Edition.objects.of(congress).filter(work__key__in=keys).select_related("work", "incoming", "replaces")
    for edition in rows.defer("source", "replaces__source"):
        stands[edition.work.key].add(edition)
    said = Change.objects.of(congress).filter(work__key__in=keys, verb=Change.Verb.DISMISSED)
    for key, detail in said.values_list("work__key", "detail"):
        stands[key].dismissed.add(detail.get("digest", ["", ""])[1])
    return stands


def _take(
    congress: Congress,
    work: Work | None,
    texts: Sequence[Text],
    rows: _Rows,
    *,
    actor: Actor,
    at: datetime,
    report: Report,
) -> None:
    """Make the editions of one work, and what follows for the work."""
    published: list[Made] = []
    held: list[Edition] | None = None
    for text in texts:
        facts = facts_of(text.document)
        work = work or new_work(congress.pk, facts)
        stand = rows.stands[work.key]
        held = list(stand.published.values()) if held is None else held
        placed = place(work, text, facts, stand, actor=actor, at=at)
        for file in text.files:
            if placed.code:
                report.refuse(file.name, placed.code, placed.params)
            rows.files[file.name] = _file(congress, file, placed, at)
            if file.original is not None and placed.edition is not None:
                rows.originals.append((placed.edition, file.original))
        if placed.made is None:
            continue
        if work not in rows.works:
            rows.works.append(work)
        _note(work, placed.made, placed.code, rows, actor=actor, at=at, report=report)
        if not placed.code:
            published.append(placed.made)
    if work is not None and held is not None and published:
        _publish(work, held, published, rows)


def _note(work: Work, made: Made, code: str, rows: _Rows, *, actor: Actor, at: datetime, report: Report) -> None:
    """Put one text with the rows that will be stored."""
    edition = made.edition
    if not edition._state.adding:
        if edition not in rows.redrafted:
            rows.redrafted.append(edition)
    elif edition not in rows.editions:
        rows.editions.append(edition)
    if made.drops is not None:
        rows.dropped[made.drops.pk] = (made.drops, "全文已经导入")
    SHELF.put(key_of(edition), made.document)
    verb = Change.Verb.RECEIVED if code else Change.Verb.IMPORTED
    detail = {"digest": [edition.replaces.digest if edition.replaces else "", edition.digest]} if code else {}
    rows.changes.append(note(work, verb, actor=actor, at=at, edition=edition, reason=edition.reason, detail=detail))
    report.note_oddities(made.document)
    if not code:
        report.editions += 1
        report.articles += edition.articles
        report.characters += edition.characters


def _publish(work: Work, held: list[Edition], published: list[Made], rows: _Rows) -> None:
    """What the new editions mean for their work and for the editions before them."""
    newest = max(published, key=lambda each: each.edition.day)
    if not held or newest.edition.day > max(edition.day for edition in held):
        describe(work, newest.facts)
    editions = [each.edition for each in published]
    closed = reckon(work, [*held, *editions], [each.document for each in published])
    rows.moved.append(work)
    rows.closed += [edition for edition in closed if edition in held]
    rows.completed += [edition for edition in editions if not edition._state.adding]


def _store_waiting(congress: Congress, rows: _Rows) -> None:
    """Drafts that wait: new ones, those with one more part, and those that wait no more."""
    waiting = [each for each in rows.editions if _waits(each)]
    Incoming.objects.bulk_create([each.incoming for each in waiting])
    if not rows.redrafted:
        return
    fields = [*TEXT_FIELDS, "number", "state", "published_at", "closed_on"]
    Edition.objects.of(congress).bulk_update(rows.redrafted, fields)
    Incoming.objects.of(congress).bulk_update([each.incoming for each in rows.redrafted if _waits(each)], ["digest"])
    Incoming.objects.of(congress).filter(edition__in=rows.completed).delete()
    done = SourceFile.objects.of(congress).filter(edition__in=rows.completed, code=PARTS)
    done.update(code="", params={}, sentence="")


def _waits(edition: Edition) -> bool:
    return edition.state == Edition.State.DRAFT and hasattr(edition, "incoming")


def _drop_outdated(congress: Congress, waited: list[Edition], rows: _Rows, *, actor: Actor, at: datetime) -> None:
    """Give up drafts whose files say something else by now: nobody can find in them what he is asked to compare.

    One statement. The draft goes when its files have been noted anew.
    """
    names: dict[UUID, set[str]] = defaultdict(set)
    noted = SourceFile.objects.of(congress).filter(edition__in=waited).values_list("edition", "name")
    for key, name in noted:
        names[key].add(name)
    for draft in waited:
        elsewhere = {name for name in names[draft.pk] if name in rows.files and rows.files[name].edition_id != draft.pk}
        if _waits(draft) and names[draft.pk] and elsewhere == names[draft.pk]:
            rows.dropped[draft.pk] = (draft, "同名的文件换了内容")
    for draft, reason in rows.dropped.values():
        rows.changes.append(note(draft.work, Change.Verb.DROPPED, actor=actor, at=at, edition=draft, reason=reason))
        for row in rows.files.values():
            if row.edition_id == draft.pk:
                row.edition = None
    SourceFile.objects.of(congress).filter(edition__in=rows.dropped).update(edition=None)


def _file(congress: Congress, file: File, placed: Placed, at: datetime) -> SourceFile:
    row = SourceFile(congress=congress, name=file.name, digest=file.digest, edition=placed.edition, read_at=at)
    row.code, row.params = placed.code, dict(placed.params)
    row.sentence = sentence(placed.code, placed.params)[:500] if placed.code else ""
    return row


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
            congress=congress, name=each.name, digest=digest, code=each.code, params=dict(each.params),
            sentence=each.sentence()[:500], read_at=at,
        )
        for each, digest in refused
    ])  # fmt: skip


def _note_files(files: Iterable[SourceFile]) -> None:
    SourceFile.objects.bulk_create(
        files,
        update_conflicts=True,
        unique_fields=["congress", "name"],
        update_fields=["digest", "edition", "code", "params", "sentence", "read_at"],
    )
