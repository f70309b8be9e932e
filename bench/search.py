"""Whether search finds every true hit: compared with reading every text."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.db import connection

from bench.texts import QUERIES
from lvzhi.records.people.actor import Actor
from lvzhi.records.search.index import find

SEEN = 400
"""So many hits of a query are compared; a rare query is compared to its end."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One query: true hits looked at, how many of them were found, hits that are none, and the time of a page."""

    query: str
    true: int
    missed: int
    more: int
    milliseconds: float


def compare(actor: Actor) -> list[Compared]:
    """Every query against a reading of every text. Raises nothing: what is missed is reported."""
    return [_compare(actor, query) for query in QUERIES]


def _compare(actor: Actor, query: str) -> Compared:
    found, before, waits = [], None, []
    while True:
        begun = time.perf_counter()
        page = find(query, actor=actor, before=before)
        waits.append(time.perf_counter() - begun)
        found += [row.place for row in page.rows]
        before = page.before
        if before is None or len(found) >= SEEN:
            break
    # Reading goes down to the last hit shown, or through everything when search said that there are no more.
    true = set(_read(actor, query, found[-1] if before is not None else 0))
    shown = set(found)
    return Compared(query, len(true), len(true - shown), len(shown - true), round(min(waits) * 1000, 2))


def _read(actor: Actor, query: str, floor: int) -> list[int]:
    words = query.lower().split()
    condition = " AND ".join(["lower(title || ' ' || text) LIKE %s"] * len(words))
    sql = f"SELECT place FROM search_searchtext WHERE congress_id = %s AND place >= %s AND {condition}"
    key = actor.congress if connection.vendor == "postgresql" else actor.congress.hex
    with connection.cursor() as cursor:
        cursor.execute(sql, [key, floor, *(f"%{word}%" for word in words)])
        return [int(row[0]) for row in cursor.fetchall()]
