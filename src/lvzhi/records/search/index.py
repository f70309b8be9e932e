"""Putting matters into the index, and finding them again.

Lines of business say what can be found of a matter through the setting `LVZHI_SEARCH_TEXT` (procedure id to a
function that returns its text), so that this room needs to know none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import BooleanField, F, Max, Q, Subquery, Value
from django.db.models.expressions import RawSQL
from django.utils.module_loading import import_string

from lvzhi.core.text import Terms, grams, terms
from lvzhi.records.base.scope import ScopedQuerySet
from lvzhi.records.jobs.models import Job
from lvzhi.records.matters.models import Matter, seen_by
from lvzhi.records.people.actor import Actor
from lvzhi.records.search.models import SearchText

PAGE = 20
LOOKED_THROUGH = 5000
"""How many of the newest texts are looked through before the index of rare words is asked."""


@cache
def text_of(procedure: str) -> Callable[[Matter], str]:
    """The function that gives a matter's searchable text; the title alone where a line names none."""
    path = settings.LVZHI_SEARCH_TEXT.get(procedure)
    found: Callable[[Matter], str] = import_string(path) if path else lambda _matter: ""
    return found


def after_entry(job: Job, at: datetime) -> None:
    """Index a matter again if what can be found of it has changed."""
    del at
    matter = Matter.objects.of(job.congress_id).get(pk=job.payload["matter"])
    index(matter)


def index(matter: Matter) -> bool:
    """Index one matter; return whether anything had changed."""
    text = f"{matter.number} {text_of(matter.procedure)(matter)}"
    row = SearchText.objects.of(matter.congress_id).filter(matter=matter).first()
    if row and (row.title, row.text) == (matter.title, text):
        return False
    with transaction.atomic():
        place = _next_place()
        SearchText.objects.of(matter.congress_id).update_or_create(
            matter=matter,
            defaults={"congress_id": matter.congress_id, "place": place, "title": matter.title, "text": text},
        )
        _store(place, grams(f"{matter.title} {text}"))
    return True


def _next_place() -> int:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval('search_place')")
            return int(cursor.fetchone()[0])
    # SQLite writes one at a time: the highest place cannot move before this transaction ends.
    rows = SearchText.objects.everywhere("places are counted over all congresses")
    return (rows.aggregate(last=Max("place"))["last"] or 0) + 1


def _store(place: int, found: list[str]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "UPDATE search_searchtext SET terms = array_to_tsvector(%s) WHERE place = %s", [found, place]
            )
        else:
            cursor.execute("INSERT INTO search_terms(rowid, terms) VALUES (%s, %s)", [place, " ".join(found)])


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits, newest change first, and the place to go on from (None at the end)."""

    rows: list[SearchText]
    terms: Terms
    before: int | None


def find(query: str, *, actor: Actor, before: int | None = None, procedure: str = "", limit: int = PAGE) -> Found:
    """Matters visible to `actor` that contain every word of `query`. One or two queries; `matter` is loaded.

    On PostgreSQL the newest few thousand texts are looked through first: a common word fills the page from them. Only
    what is rare goes to the GIN index, whose hits are then few enough to sort.
    """
    asked = terms(query)
    if not asked.words:
        return Found([], asked, None)
    rows = _seen(actor, procedure)
    if before is not None:
        rows = rows.filter(place__lt=before)
    if connection.vendor == "postgresql":
        newest = F("newest") if before is None else Value(before)
        window = rows.annotate(newest=_newest()) if before is None else rows
        page = _page(window.filter(place__gt=newest - LOOKED_THROUGH), asked, limit, _matching_here)
        page = page if len(page) > limit else _page(rows, asked, limit, _matching_by_gin(actor))
    else:
        page = _page(rows, asked, limit, _matching_fts)
    more = len(page) > limit
    return Found(page[:limit], asked, page[limit - 1].place if more else None)


Rows = ScopedQuerySet[SearchText]
Matching = Callable[[Rows, Terms], Rows]


def _seen(actor: Actor, procedure: str) -> Rows:
    rows = SearchText.objects.of(actor.congress)
    if not actor.is_staff:
        rows = rows.filter(seen_by(actor, "matter__"))
    return rows.filter(matter__procedure=procedure) if procedure else rows


def _page(rows: Rows, asked: Terms, limit: int, matching: Matching) -> list[SearchText]:
    rows = matching(rows, asked)
    for word in asked.to_check:
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word))
    # What a hit shows needs none of the matter's clocks, which are the most of its row.
    rows = rows.select_related("matter__responsible").defer("matter__clocks", "matter__anchors", "matter__bound")
    return list(rows.order_by("-place")[: limit + 1])


def _newest() -> Subquery:
    rows = SearchText.objects.everywhere("places are counted over all congresses")
    return Subquery(rows.order_by("-place").values("place")[:1])


def _tsquery(asked: Terms) -> str:
    return " & ".join(f"'{term}'" for term in asked.needed)


def _matching_here(rows: Rows, asked: Terms) -> Rows:
    return rows.filter(_holds("search_searchtext.terms @@ %s::tsquery", _tsquery(asked)))


def _matching_by_gin(actor: Actor) -> Matching:
    def matching(rows: Rows, asked: Terms) -> Rows:
        # MATERIALIZED keeps the planner from walking the places backwards, term by term, for a word that is rare.
        hits = (
            "(WITH hits AS MATERIALIZED (SELECT id FROM search_searchtext"
            " WHERE congress_id = %s AND terms @@ %s::tsquery) SELECT id FROM hits)"
        )
        return rows.filter(pk__in=RawSQL(hits, (actor.congress, _tsquery(asked))))

    return matching


def _matching_fts(rows: Rows, asked: Terms) -> Rows:
    match = " AND ".join(f'"{term}"' for term in asked.needed)
    hits = "search_searchtext.place IN (SELECT rowid FROM search_terms WHERE search_terms MATCH %s)"
    return rows.filter(_holds(hits, match))


def _holds(sql: str, value: str) -> RawSQL:
    return RawSQL(sql, (value,), output_field=BooleanField())


def rebuild(congress: UUID | None = None, *, chunk: int = 500) -> Iterable[int]:
    """Index every matter again from its text; yields how many are done, for a progress bar."""
    rows = (
        Matter.objects.everywhere("rebuilding serves every congress")
        if congress is None
        else Matter.objects.of(congress)
    )
    for done, matter in enumerate(rows.order_by("pk").iterator(chunk_size=chunk), 1):
        index(matter)
        yield done
