"""What the keepers of the library see: drafts, every edition, who changed what, files that were left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Prefetch, Q

from lvzhi.work.statutes.models import Change, Citation, Edition, Incoming, Original, SourceFile, Work
from lvzhi.work.statutes.models.kept import HELD
from lvzhi.work.statutes.models.work import WorkQuerySet
from lvzhi.work.statutes.queries.citing import broken

MOST_DRAFTS = 100
MOST_CHANGES = 200


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a library holds: works with a text, published editions, and broken citations of texts not yet replaced."""

    works: int
    editions: int
    broken: int
    left_out: int


def holdings(congress: UUID, *, today: date) -> Holdings:
    """Counts for the head of the list. Three statements."""
    texts = Edition.objects.of(congress).published()
    counted = texts.aggregate(works=Count("work", distinct=True), editions=Count("pk"))
    left_out = SourceFile.objects.of(congress).exclude(code__in=HELD).count()
    amiss = broken(congress, newest_on=today).count()
    return Holdings(counted["works"], counted["editions"], amiss, left_out)


def with_editions(rows: WorkQuerySet) -> WorkQuerySet:
    """The same works, each with its published editions as `published`, newest first. One statement more."""
    texts = Edition.objects.scoped().published().order_by("-day")
    return rows.prefetch_related(Prefetch("editions", texts, to_attr="published"))


def drafts(congress: UUID) -> list[Edition]:
    """Editions that nobody reads yet, newest first, a hundred at most; `work` loaded. One statement.

    Corrections that an import brought are left out: see `corrections`.
    """
    rows = Edition.objects.of(congress).filter(state=Edition.State.DRAFT).select_related("work", "incoming")
    rows = rows.filter(Q(incoming=None) | Q(incoming__kind=Incoming.Kind.PARTS))
    return list(rows.order_by("-made_at")[:MOST_DRAFTS])


def corrections(congress: UUID) -> list[Edition]:
    """Corrections that an import brought and nobody has looked at, newest first, a hundred at most. One statement.

    `work`, `incoming` and `replaces` are loaded.
    """
    rows = Edition.objects.of(congress).filter(incoming__kind=Incoming.Kind.CORRECTION)
    rows = rows.select_related("work", "incoming", "replaces").defer("source", "replaces__source")
    return list(rows.order_by("-incoming__at", "-pk")[:MOST_DRAFTS])


def work_at(congress: UUID, key: UUID) -> Work | None:
    """A work by its id. One statement."""
    return Work.objects.of(congress).filter(pk=key).first()


def edition_at(congress: UUID, key: UUID) -> Edition | None:
    """An edition by its id in any state, with its work, what it replaces and for what it waits. One statement."""
    return Edition.objects.of(congress).filter(pk=key).select_related("work", "replaces", "incoming").first()


def every_edition(work: Work) -> list[Edition]:
    """Every edition of a work, drafts and superseded ones too, newest first; `incoming` loaded. One statement."""
    rows = (
        Edition.objects.of(work.congress_id).filter(work=work).select_related("incoming").order_by("-day", "-made_at")
    )
    return [_of(work, edition) for edition in rows]


def waits_for(edition: Edition) -> Incoming.Kind | None:
    """For what a draft of an import waits; None for every other edition. No statement, `incoming` is loaded."""
    return Incoming.Kind(edition.incoming.kind) if hasattr(edition, "incoming") else None


def _of(work: Work, edition: Edition) -> Edition:
    edition.work = work
    return edition


def timeline(work: Work) -> list[Change]:
    """What was done with a work, newest first, two hundred at most. One statement."""
    return list(Change.objects.of(work.congress_id).filter(work=work).order_by("-at", "-pk")[:MOST_CHANGES])


def changes(congress: UUID, *, before: tuple[datetime, UUID] | None, limit: int) -> list[Change]:
    """What was done by people, newest first, imports left out; `work` loaded. One statement."""
    rows = Change.objects.of(congress).exclude(verb=Change.Verb.IMPORTED)
    if before is not None:
        rows = rows.filter(Q(at__lt=before[0]) | Q(at=before[0], pk__lt=before[1]))
    return list(rows.select_related("work").order_by("-at", "-pk")[:limit])


def left_out(congress: UUID, *, after: str = "", limit: int) -> list[SourceFile]:
    """Files of which no edition came, by name, with the reason; second copies left out. One statement."""
    rows = SourceFile.objects.of(congress).exclude(code__in=HELD).filter(name__gt=after)
    return list(rows.order_by("name")[:limit])


def originals_of(edition: Edition) -> list[Original]:
    """The files an edition was brought in with, in their order; none where its words are all of it. One statement."""
    return list(Original.objects.of(edition.congress_id).filter(edition=edition).order_by("added_at", "name"))


def original_at(congress: UUID, key: UUID) -> Original | None:
    """One of them by its id, with its edition. One statement."""
    rows = Original.objects.of(congress).filter(pk=key).select_related("edition").defer("edition__source")
    return rows.first()


def broken_in(edition: Edition) -> list[Citation]:
    """Broken citations of one text in its order; `cited` and `cited_edition` loaded. One statement."""
    rows = Citation.objects.of(edition.congress_id).filter(edition=edition).broken()
    return list(rows.select_related("cited", "cited_edition").order_by("start"))
