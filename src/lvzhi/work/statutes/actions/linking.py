"""Citations: found in each text, resolved against the library as it stands, and stored for the reverse index."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from lvzhi.core import law
from lvzhi.work.statutes.catalogue import Stored, library_of
from lvzhi.work.statutes.models import Citation, Edition, Work
from lvzhi.work.statutes.models.citation import Outcome
from lvzhi.work.statutes.models.edition import EditionQuerySet
from lvzhi.work.statutes.reading import document_of


def link(congress: UUID, *, most: int) -> int:
    """Store the citations of up to `most` published editions that wait for it; return how many were done.

    Two statements for the library, three for the texts, and one for each cited text that is not at hand.
    """
    waiting = list(unlinked(congress).select_related("work").with_source()[:most])
    if waiting:
        library, works = library_of(congress)
        link_batch(waiting, library, works)
    return len(waiting)


def unlinked(congress: UUID) -> EditionQuerySet:
    """Published editions whose citations are not stored as the library stands."""
    return Edition.objects.of(congress).published().filter(is_linked=False).order_by("pk")


@transaction.atomic
def link_batch(editions: list[Edition], library: law.Library, works: dict[str, Work]) -> int:
    """Store the citations of these editions in place of what was stored; return how many rows. Four statements.

    What another worker linked in the meantime is left out.
    """
    congress = editions[0].congress_id
    names = library.names()
    waiting = Edition.objects.of(congress).filter(pk__in=[edition.pk for edition in editions], is_linked=False)
    keys = set(waiting.select_for_update().order_by("pk").values_list("pk", flat=True))
    rows = [row for edition in editions if edition.pk in keys for row in _rows(edition, library, works, names)]
    Citation.objects.of(congress).filter(edition__in=keys).delete()
    Citation.objects.bulk_create(rows, batch_size=2000)
    Edition.objects.of(congress).filter(pk__in=keys).update(is_linked=True)
    return len(rows)


def _rows(edition: Edition, library: law.Library, works: dict[str, Work], names: frozenset[str]) -> Iterator[Citation]:
    document = document_of(edition)
    for found in law.cites(document, library, names, edition.effective):
        citation = found.citation
        itself = not citation.law and not citation.number
        cited = edition.work if itself else works.get(found.work)
        held = edition.pk if itself else _held(library, found)
        for nth, eid in enumerate(found.eids or (citation.eid,)):
            yield Citation(
                congress_id=edition.congress_id,
                edition=edition,
                unit=citation.unit[:80],
                start=citation.start,
                end=citation.end,
                nth=nth,
                name="" if itself else citation.law[:300],
                number=citation.number[:80],
                year=citation.year,
                cited=cited,
                cited_edition_id=held,
                eid=eid[:80],
                outcome=Outcome(found.outcome.value),
            )


def _held(library: law.Library, found: law.Resolution) -> UUID | None:
    """The stored edition that was looked at."""
    work = library.works.get(found.work)
    if work is None or found.edition is None:
        return None
    held = (each for each in work.expressions if isinstance(each, Stored) and each.edition == found.edition)
    return next((each.row.pk for each in held), None)
