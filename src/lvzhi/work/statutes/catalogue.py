"""The library as `core.law` wants it for resolving citations, over the stored rows: texts are read when asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from lvzhi.core import law
from lvzhi.work.statutes.models import Edition, Work
from lvzhi.work.statutes.reading import document_of


class Stored(law.Expression):
    """An edition as an expression whose text is read from the database when it is looked at."""

    def __init__(self, work: str, edition: Edition) -> None:
        for name, value in (("work", work), ("edition", edition.day), ("effective", edition.effective)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "row", edition)

    row: Edition

    @property
    def document(self) -> law.Document:
        """The text with its structure. At most one statement."""
        return document_of(self.row)


def as_work(work: Work, editions: Iterable[Edition]) -> law.Work:
    """A stored work with its published editions as `core.law` knows one."""
    repeal = law.Repeal(work.repealed_by, work.repealed_since) if work.is_repealed else None
    expressions: list[law.Expression] = [Stored(work.key, edition) for edition in sorted(editions, key=lambda e: e.day)]
    return law.Work(work.key, work.title, law.Kind(work.kind), expressions, work.change_days, repeal)


def library_of(congress: UUID) -> tuple[law.Library, dict[str, Work]]:
    """Everything published as a `Catalogue`, and the works by their keys. Two statements.

    For 2,000 works some 0.1 s: for actions and jobs, not for pages.
    """
    works = {work.pk: work for work in Work.objects.of(congress)}
    editions: dict[UUID, list[Edition]] = defaultdict(list)
    for edition in Edition.objects.of(congress).published():
        edition.work = works[edition.work_id]
        editions[edition.work_id].append(edition)
    library = law.Library.of(as_work(work, editions[work.pk]) for work in works.values())
    return library, {work.key: work for work in works.values()}
