"""How many statements the pages of the portal cost: the same for one row and for sixty."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lvzhi.faces.signin.acting import forget_congresses
from lvzhi.records.search.index import rebuild
from lvzhi.work.opinions import actions
from tests.faces.portal.conftest import Resident, answered, number_and_code
from tests.fixtures.district import NOW, TODAY, District


def _cost(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize(
    ("path", "most"),
    [("/", 6), ("/opinions/", 6), ("/opinions/?q=公交", 7), ("/opinions/2026-0001", 5), ("/opinions/feed.atom", 5),
     ("/about", 1), ("/privacy", 1), ("/opinions/new", 2), ("/opinions/follow", 1)],
)  # fmt: skip
def test_a_page_costs_the_same_with_one_row_and_with_sixty(district: District, path: str, most: int) -> None:
    answered(district, rated=True)
    list(rebuild())
    forget_congresses()
    cache.clear()
    one = _cost(Client(), path)
    for number in range(59):
        answered(district, subject=f"夜里没有公交车{number}", rated=True)
    list(rebuild())
    forget_congresses()
    cache.clear()

    sixty = _cost(Client(), path)

    # A search that finds its page among the newest texts asks once less than one that must look further.
    assert sixty <= one <= most


def test_the_senders_page_costs_eight_statements_at_most(district: District, resident: Resident) -> None:
    number, code = number_and_code(resident.submit())
    resident.open(number, code)
    key = resident.client.session["portal.opened"]

    assert _cost(resident.client, f"/opinions/mine/{next(iter(key))}") <= 8


def test_handing_in_costs_sixteen_statements_at_most(district: District, resident: Resident) -> None:
    resident.client.get("/opinions/follow")

    with CaptureQueriesContext(connection) as asked:
        page = resident.client.post("/opinions/new", {"subject": "夜里没有公交车", "text": "听泉路晚上没有公交。"})

    assert page.status_code == 303
    assert len(asked) <= 16


@pytest.mark.parametrize("direct", [True, False])
def test_rating_costs_sixteen_statements_at_most(district: District, resident: Resident, direct: bool) -> None:
    sent = district.opinion()
    key = sent.opinion.matter_id
    actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    actions.answer(key, reply="自七月一日起，听泉路末班车延长到二十三点。", actor=district.driver, on=TODAY, at=NOW)
    resident.open(sent.number, sent.code)
    with CaptureQueriesContext(connection) as asked:
        if direct:
            words = {"number": sent.number, "code": sent.code, "result": "solved", "process": "satisfied"}
            page = Client().post("/opinions/rate", words)
        else:
            words = {"rate-result": "solved", "rate-process": "satisfied"}
            page = resident.client.post(f"/opinions/mine/{key}/rate", words)

    assert page.status_code in (200, 302)
    assert len(asked) <= 16
