"""Two editions side by side."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.faces.portal.law.conftest import FILING, RULES, address, page
from tests.fixtures.statutes import Statutes

BOTH = "compare/2018-03-01..2024-06-20"


def test_what_changed_is_marked_by_more_than_colour(statutes: Statutes, client: Client) -> None:
    html = page(client, address(RULES, BOTH))

    assert re.search(r"<del>[^<]+</del>", html)
    assert re.search(r"<ins>[^<]+</ins>", html)
    assert "原第二条改为第三条，内容未修改。" in html
    assert "改条号" in html
    assert "新增" in html


def test_unchanged_articles_are_shown_when_asked_for(statutes: Statutes, client: Client) -> None:
    assert 'id="art_1"' not in page(client, address(RULES, BOTH))
    assert 'id="art_1"' in page(client, address(RULES, BOTH), all="1")


def test_the_newest_two_are_compared_without_a_choice(statutes: Statutes, client: Client) -> None:
    assert client.get(address(RULES, "compare/")).headers["Location"] == address(RULES, BOTH)


@pytest.mark.parametrize(
    ("asked", "rest"),
    [
        ({"old": "2018-03-01", "new": "2024-06-20"}, BOTH),
        ({"old": "2024-06-20", "new": "2018-03-01"}, BOTH),
        ({"old": "2018-03-01", "new": "2018-03-01"}, "@2018-03-01/"),
        ({"old": "x", "new": "2018-03-01"}, BOTH),
    ],
)
def test_a_choice_leads_to_its_comparison(statutes: Statutes, client: Client, asked: dict[str, str], rest: str) -> None:
    assert client.get(address(RULES, "compare/"), asked).headers["Location"] == address(RULES, rest)


def test_a_law_with_one_edition_has_nothing_to_compare(statutes: Statutes, client: Client) -> None:
    assert client.get(address(FILING, "compare/")).headers["Location"] == address(FILING)


def test_the_wrong_order_leads_to_the_text(statutes: Statutes, client: Client) -> None:
    assert client.get(address(RULES, "compare/2024-06-20..2018-03-01")).status_code == 302


def test_every_word_of_both_editions_stands_in_the_table(statutes: Statutes, client: Client) -> None:
    html = page(client, address(RULES, BOTH), all="1")
    cells = re.findall(r'<div role="cell"[^>]*>(.*?)</div>', html, re.DOTALL)
    words = re.sub(r"<[^>]+>|\s", "", "".join(cells))

    assert "列席人员的范围，按照本规则第三条第二款的召集人决定。" in words
    assert "列席人员的范围，按照本规则第二条第二款的召集人决定。" in words


def test_a_comparison_asks_the_database_few_times(
    statutes: Statutes, client: Client, django_assert_max_num_queries: Any
) -> None:
    page(client, address(RULES, BOTH))

    with django_assert_max_num_queries(5):
        page(client, address(RULES, BOTH))
