"""The generator of the benches: what it writes is what the platform's own door would have written."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from django.db import connection

from bench.courses import CLOSED, OPEN, Way, course
from bench.district import Frame, lay_out
from bench.fill import check, columns_of, fitted, plan_of, vector
from bench.rows import Plan, Rows, rows_of
from bench.texts import QUERIES, said
from lvzhi.core.text import grams, terms
from lvzhi.faces.signin.acting import forget_congresses
from lvzhi.records.matters.models import Deadline, Matter, WorkItem
from lvzhi.records.matters.perform import perform
from lvzhi.records.people.actor import actor_of
from lvzhi.records.search.index import find

TODAY = date(2026, 6, 9)
COUNT = 120


@pytest.fixture
def frame(db: None) -> Frame:
    forget_congresses()
    return lay_out()


@pytest.fixture
def plan(frame: Frame) -> Plan:
    return plan_of(frame, COUNT, TODAY)


def insert(rows: Rows) -> None:
    """Through the connection of the test, so that its rollback takes the rows away again."""
    with connection.cursor() as cursor:
        for table, found in rows.items():
            if table == "search_terms" and connection.vendor == "postgresql":
                cursor.executemany(
                    "UPDATE search_searchtext SET terms = %s::tsvector WHERE place = %s",
                    [(vector(words), place) for place, words in found],
                )
            elif found:
                marks = ", ".join(["%s"] * len(found[0]))
                cursor.executemany(f"INSERT INTO {table} ({', '.join(columns_of(table))}) VALUES ({marks})", found)


def test_every_filled_ledger_verifies_and_every_number_is_given_once(plan: Plan) -> None:
    insert(fitted(rows_of(plan, 0, COUNT)))

    assert check(plan, COUNT) == sum(Matter.objects.everywhere("all").values_list("version", flat=True))
    assert sum(plan.last_numbers().values()) == COUNT


def test_the_same_plan_gives_the_same_rows(plan: Plan) -> None:
    first, second = rows_of(plan, 10, 14), rows_of(plan, 10, 14)

    assert first["matters_matter"] == second["matters_matter"]
    assert first["matters_entry"] == second["matters_entry"]


def test_pieces_join_without_a_seam(plan: Plan) -> None:
    whole, parts = rows_of(plan, 0, 20), [rows_of(plan, 0, 7), rows_of(plan, 7, 20)]

    assert whole["matters_matter"] == [row for part in parts for row in part["matters_matter"]]


def test_a_filled_matter_goes_on_through_the_ordinary_door(plan: Plan, frame: Frame) -> None:
    insert(fitted(rows_of(plan, 0, COUNT)))
    matter = Matter.objects.of(frame.congress).filter(state="received").order_by("-opened_at")[0]
    clerk = actor_of(frame.clerk, on=TODAY)
    assert clerk is not None

    moment = matter.touched_at.replace(year=TODAY.year, month=TODAY.month, day=TODAY.day)
    perform(matter.pk, "transfer", actor=clerk, on=TODAY, at=moment, data={"body": frame.supervised[0]})

    assert check(plan, COUNT)
    waiting = WorkItem.objects.of(frame.congress).filter(matter=matter, kind="act").values_list("holder", flat=True)
    assert list(waiting) == [f"supervised_body:{frame.supervised[0].pk}"]
    assert Deadline.objects.of(frame.congress).get(matter=matter, clock="notify").status == "met"


def test_search_finds_filled_matters(plan: Plan, frame: Frame) -> None:
    insert(fitted(rows_of(plan, 0, COUNT)))
    clerk = actor_of(frame.clerk, on=TODAY)
    assert clerk is not None

    found = {row.place for row in find("公交", actor=clerk, limit=COUNT).rows}

    assert found == {place + 1 for place in range(COUNT) if "公交" in _everything(plan, place)}


def _everything(plan: Plan, place: int) -> str:
    row = rows_of(plan, place, place + 1)["search_searchtext"][0]
    return f"{row[4]} {row[5]}"


def test_the_terms_of_the_pieces_are_the_terms_of_the_text() -> None:
    for seed in range(200):
        words = said(Random(seed))
        assert set(words.terms) == set(grams(f"{words.subject} {words.text}"))
        assert set(words.reply_terms) == set(grams(words.reply))


def test_no_text_holds_a_character_that_copy_would_take_for_a_mark() -> None:
    for seed in range(200):
        words = said(Random(seed))
        assert not set('\\\t\n"') & set(words.subject + words.text + words.reply + words.comment)


def test_every_query_has_words() -> None:
    assert len(QUERIES) == 30
    assert all(terms(query).words for query in QUERIES)


@pytest.mark.parametrize("way", [*CLOSED, *OPEN], ids=lambda way: way.name)
def test_every_way_is_open_or_closed_as_it_says(way: Way) -> None:
    assert course(way, way.publishable, date(2025, 3, 3)).is_open == (way in OPEN)
