"""Lists a page at a time, for readers that go through everything."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import Q

from lvzhi.work.statutes.models import Work
from lvzhi.work.statutes.models.work import WorkQuerySet

_PLACE = re.compile(r"(\d{1,4})\.(.{1,300})")


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
