"""Lists a page at a time, for readers that go through everything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lvzhi.work.statutes.models import Citation, Work
from lvzhi.work.statutes.models.work import WorkQuerySet
from lvzhi.work.statutes.queries.reading import cited_now

_PLACE = re.compile(r"(\d{1,4})\.(.{1,300})")
_CITING = re.compile(r"(\d{4}-\d\d-\d\d)\.(\d{1,9})\.(\d{1,5})\.(.{1,300})")


@dataclass(frozen=True, slots=True)
class WorkPage:
    """Some works in order; `after` leads to the next page, empty on the last."""

    rows: list[Work]
    after: str


def page_of(rows: WorkQuerySet, *, after: str, limit: int) -> WorkPage:
    """The works behind a place, at most `limit`. One statement, as quick on the last page as on the first.

    `rows` are ordered as `works` gives them; `after` is what the page before gave, and one that is not understood
    begins anew.
    """
    if place := _PLACE.fullmatch(after):
        rank, key = int(place[1]), place[2]
        rows = rows.filter(Q(rank__gt=rank) | Q(rank=rank, key__gt=key))
    found = list(rows[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return WorkPage(found[:limit], f"{last.rank}.{last.key}" if last else "")


@dataclass(frozen=True, slots=True)
class CitingPage:
    """Some citations, newest citing text first; `after` leads to the next page, empty on the last."""

    rows: list[Citation]
    after: str


def citing_page(work: Work, eid: str, *, on: date, after: str, limit: int) -> CitingPage:
    """Who cites a work or a unit of it, behind a place: `cited_now` a page at a time. One statement.

    `after` is what the page before gave; one that is not understood begins anew.
    """
    rows = cited_now(work, eid, on=on).order_by("-edition__day", "edition__work__key", "start", "nth")
    if (place := _CITING.fullmatch(after)) and (day := _day(place[1])):
        start, nth, key = int(place[2]), int(place[3]), place[4]
        same = Q(edition__day=day, edition__work__key=key)
        rows = rows.filter(
            Q(edition__day__lt=day)
            | Q(edition__day=day, edition__work__key__gt=key)
            | (same & (Q(start__gt=start) | Q(start=start, nth__gt=nth)))
        )
    found = list(rows[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    mark = f"{last.edition.day}.{last.start}.{last.nth}.{last.edition.work.key}" if last else ""
    return CitingPage(found[:limit], mark)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
