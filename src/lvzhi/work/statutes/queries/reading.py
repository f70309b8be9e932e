"""What the reading pages ask beside the text: who cites what today, and what the library holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from lvzhi.work.statutes.models import Change, Citation, Edition, Work
from lvzhi.work.statutes.models.citation import CitationQuerySet
from lvzhi.work.statutes.queries.citing import cited_by


def _current(rows: CitationQuerySet, on: date) -> CitationQuerySet:
    """Citations in texts that no later edition has taken the place of by that day: each place counts once."""
    return rows.filter(Q(edition__closed_on=None) | Q(edition__closed_on__gt=on))


def cited_now(work: Work, eid: str, *, on: date) -> CitationQuerySet:
    """`cited_by` without the older editions of citing texts; no statement until it is read."""
    return _current(cited_by(work, eid), on)


def cited_counts(work: Work, *, on: date) -> dict[str, int]:
    """How many places cite each article or a part of it, by the article's id. One statement."""
    rows = _current(Citation.objects.of(work.congress_id).standing().filter(cited=work).exclude(name=""), on)
    return Counter(eid.partition("__")[0] for eid in rows.exclude(eid="").values_list("eid", flat=True))


class Cited(NamedTuple):
    """A place of a text and what it names: the work's address and the day of the edition, where they are known."""

    start: int
    end: int
    name: str
    number: str
    eid: str
    outcome: str
    slug: str | None
    day: date | None
    edition: UUID | None


def places_cited(edition: Edition) -> list[Cited]:
    """What a text cites, in its order, one row for a range: `citations_in` as a page needs it. One statement."""
    rows = Citation.objects.of(edition.congress_id).filter(edition=edition, nth=0).order_by("start")
    return [
        Cited(*row)
        for row in rows.values_list(
            "start", "end", "name", "number", "eid", "outcome", "cited__slug", "cited_edition__day", "cited_edition"
        )
    ]


@dataclass(frozen=True)
class Held:
    """What the library holds: works with a text and editions, works by kind and by level, the places they are of."""

    works: int
    editions: int
    kinds: dict[str, int]
    levels: dict[str, int]
    regions: tuple[str, ...]


def held(congress: UUID) -> Held:
    """What the library holds. Two statements."""
    published = Edition.objects.of(congress).published()
    rows = (
        Work.objects.of(congress)
        .filter(Exists(published.filter(work=OuterRef("pk"))))
        .values_list("kind", "level", "region")
        .annotate(n=Count("pk"))
    )
    kinds: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    regions: Counter[str] = Counter()
    for kind, level, region, n in rows.order_by():
        kinds[kind] += n
        levels[level] += n
        regions[region] += n
    places = tuple(sorted((each for each in regions if each), key=lambda each: (-regions[each], each)))
    return Held(sum(kinds.values()), published.count(), dict(kinds), dict(levels), places)


def newest(congress: UUID, *, limit: int) -> list[Edition]:
    """The editions last made, newest first; `work` is loaded. One statement."""
    rows = Edition.objects.of(congress).published().select_related("work").order_by("-day", "work__rank", "work__key")
    return list(rows[:limit])


def holding(
    congress: UUID,
    words: tuple[str, ...],
    *,
    on: date | None,
    kind: str = "",
    level: str = "",
    region: str = "",
    limit: int = 12,
) -> list[Edition]:
    """Published editions whose text holds every word, with texts and works, higher law first. One statement.

    It reads every text: only for when there is no index. `on` is a day on which the edition is in force.
    """  # fmt: skip
    rows = Edition.objects.of(congress).published()
    for word in words:
        rows = rows.filter(source__contains=word)
    if on is not None:
        rows = rows.filter(effective__lte=on).filter(Q(closed_on=None) | Q(closed_on__gt=on))
        rows = rows.exclude(
            Q(work__is_repealed=True) & (Q(work__repealed_since=None) | Q(work__repealed_since__lte=on))
        )
    for name, value in (("work__kind", kind), ("work__level", level), ("work__region", region)):
        if value:
            rows = rows.filter(**{name: value})
    return list(rows.with_source().select_related("work").order_by("work__rank", "work__key", "-day")[:limit])


def works_by_key(congress: UUID, keys: set[str]) -> dict[str, Work]:
    """Works by their keys. One statement."""
    return {work.key: work for work in Work.objects.of(congress).filter(key__in=keys)}


def library_state(congress: UUID) -> str:
    """What tells one state of the published library from another; empty for an empty one. One statement."""
    newest = Change.objects.of(congress).order_by("-at", "-pk").values_list("at", "pk").first()
    return f"{newest[0].isoformat()} {newest[1]}" if newest else ""


def settled_state(edition: Edition) -> str:
    """All that a page of an edition shows beside its text and the day, as one word; empty while citations are being
    linked anew, for then it may change any moment. One statement.

    The newest change of the library; and what the edition cites and what cites its work by their newest rows, for a
    law that is only made known by name changes these alone.
    """
    congress = edition.congress_id
    waiting = Edition.objects.of(congress).published().filter(is_linked=False)
    own = Citation.objects.of(congress).filter(edition=edition).order_by("-pk").values("pk")[:1]
    cited = Citation.objects.of(congress).filter(cited=edition.work_id)
    counted = cited.order_by().values("cited").annotate(n=Count("pk")).values("n")
    rows = Change.objects.of(congress).order_by("-at", "-pk")
    rows = rows.annotate(waits=Exists(waiting), own=Subquery(own), n=Subquery(counted))
    rows = rows.annotate(citing=Subquery(cited.order_by("-pk").values("pk")[:1]))
    newest = rows.values_list("waits", "at", "pk", "own", "n", "citing").first()
    return "" if newest is None or newest[0] else " ".join(map(str, newest[1:]))
