"""Pages of an edition are made once: a browser that has one is told so, and nobody is shown one that is out of date."""

from __future__ import annotations

import gzip
import re
from typing import Any

import pytest
from django.test import Client

from lvzhi.core import law
from lvzhi.faces.portal.law.keeping import Pages
from lvzhi.records.people.models import Account
from lvzhi.work.statutes import actions, queries
from tests.faces.portal.law.conftest import FILING, RULES, address, page
from tests.fixtures.district import NOW
from tests.fixtures.statutes import RULES_2024, Statutes

EDITION = "@2024-06-20/"
PAGES = [
    "", EDITION, "@2024-06-20/print", "@2024-06-20/art_3", "compare/2018-03-01..2024-06-20", "@2024-06-20/?diff=1",
]  # fmt: skip


def corrected(statutes: Statutes) -> None:
    """Put a corrected text in the place of the newest rules, and do what the worker does after it."""
    newest = queries.editions_of(statutes.work(RULES))[-1]
    document = law.parse(RULES_2024.replace("主任召集并主持", "主任召集"), "test.md")
    draft = actions.correct(newest, document=document, reason="多了三个字", actor=statutes.keeper, at=NOW)
    actions.publish(draft, actor=statutes.keeper, at=NOW)
    statutes.link()


@pytest.mark.parametrize("rest", PAGES)
def test_a_browser_that_has_a_page_is_told_so(statutes: Statutes, client: Client, rest: str) -> None:
    first = client.get(address(RULES, rest))
    again = client.get(address(RULES, rest), headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "private, no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Cookie" in again.headers["Vary"]


def test_a_kept_page_is_the_page_packed_or_not(
    statutes: Statutes, client: Client, django_assert_max_num_queries: Any
) -> None:
    made = page(client, address(RULES))

    with django_assert_max_num_queries(3):
        packed = client.get(address(RULES), headers={"Accept-Encoding": "gzip"})

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content).decode() == made == page(client, address(RULES))
    assert client.head(address(RULES)).headers["ETag"] == packed.headers["ETag"]


@pytest.mark.parametrize("rest", PAGES)
def test_a_correction_makes_every_page_anew(statutes: Statutes, client: Client, rest: str) -> None:
    before = client.get(address(RULES, rest))

    corrected(statutes)
    after = client.get(address(RULES, rest), headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert "召集并主持" not in re.sub(r"<del>.*?</del>", "", after.content.decode())


def test_a_new_text_that_cites_an_article_is_counted_at_once(statutes: Statutes, client: Client) -> None:
    before = client.get(address(RULES))
    assert "被引用 2 处" not in before.content.decode()

    statutes.publish(
        "# 云麓区示范办法\n\n2025年1月1日 云麓区第八届人民代表大会常务委员会第二十三次会议通过\n\n"
        "第一条 按照《云麓区人民代表大会常务委员会议事规则》第三条办理。\n"
    )
    waiting = client.get(address(RULES))  # the citations are not linked yet: such a page is not kept
    statutes.link()

    assert "ETag" not in waiting.headers
    assert "被引用 2 处" in page(client, address(RULES))


def test_a_law_that_becomes_known_by_name_makes_the_pages_that_name_it_anew(statutes: Statutes, client: Client) -> None:
    before = client.get(address(RULES))

    actions.know(statutes.district.congress.pk, ["各级人民代表大会常务委员会监督法(2006-08-27)"])
    statutes.link()
    after = client.get(address(RULES), headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200


@pytest.mark.parametrize(
    "other",
    [
        {"HTTP_ACCEPT_LANGUAGE": "en"},
        {"HTTP_COOKIE": "theme=dark"},
        {"HTTP_COOKIE": "elder=1"},
        {"HTTP_HOST": "localhost"},
    ],
    ids=["language", "theme", "elder", "host"],
)
def test_every_look_has_pages_of_its_own(statutes: Statutes, client: Client, other: dict[str, str]) -> None:
    one, two = client.get(address(FILING)), Client(**other).get(address(FILING))

    assert one.headers["ETag"] != two.headers["ETag"]
    assert one.content != two.content or "HTTP_HOST" in other


def test_who_is_signed_in_gets_a_page_of_their_own(statutes: Statutes, client: Client) -> None:
    client.force_login(Account.objects.get(pk=statutes.district.clerk.account))
    shown = client.get(address(RULES))

    assert shown.status_code == 200
    assert "ETag" not in shown.headers


@pytest.mark.parametrize("asked", ["on=2025-01-01", "article=77", "x=1"])
def test_questions_of_ones_own_are_not_kept(statutes: Statutes, client: Client, asked: str) -> None:
    assert "ETag" not in client.get(f"{address(RULES, EDITION)}?{asked}").headers


def test_the_pages_kept_never_take_more_than_their_room() -> None:
    pages = Pages(most=1000)
    for n in range(20):
        pages.put(str(n), bytes(200))
    pages.put("big", bytes(400))

    assert [n for n in range(20) if pages.get(str(n))] == [15, 16, 17, 18, 19]
    assert pages.get("big") is None
    pages.clear()
    assert pages.get("19") is None
