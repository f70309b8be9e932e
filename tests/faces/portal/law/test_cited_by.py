"""Who cites a law: every citation is reached, a page at a time."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from lvzhi.core import law
from tests.faces.portal.law.conftest import FILING, RULES, address, page
from tests.fixtures.statutes import Statutes

LINK = re.compile(r'<li><a href="([^"]+)">第[^<]+条</a>')


def cite_often(statutes: Statutes, texts: int, articles: int) -> None:
    """Publish texts of which every article cites 第三条."""
    for n in range(1, texts + 1):
        body = "\n\n".join(
            f"第{law.to_chinese(at)}条 第{at}项工作按照《{RULES}》第三条第{'一二'[at % 2]}款办理。"
            for at in range(1, articles + 1)
        )
        made = f"2025年{n}月1日 云麓区第八届人民代表大会常务委员会第{n + 22}次会议通过"
        statutes.publish(f"# 云麓区示范办法之{n}\n\n{made}\n\n{body}\n")
    statutes.link()


def test_every_citation_is_reached_page_by_page(statutes: Statutes, client: Client) -> None:
    cite_often(statutes, 3, 50)
    seen: list[str] = []
    path, pages = address(RULES, "cited/?unit=art_3"), 0
    while path:
        html = page(client, path)
        assert "收录的文本里有 151 处" in html
        seen += LINK.findall(html)
        found = re.search(r'href="([^"]+)" rel="next"', html)
        path, pages = found[1].replace("&amp;", "&") if found else "", pages + 1

    assert pages == 4
    assert len(seen) == len(set(seen)) == 151
    # The newest text first, its articles in their order.
    assert seen[0].endswith("art_1__para_1")
    assert "2025-03-01" in seen[0]
    assert seen[-1].endswith("@2022-09-08/art_1__para_1")


def test_a_page_of_citations_says_where_and_what_is_cited(statutes: Statutes, client: Client) -> None:
    html = page(client, address(RULES, "cited/"))

    assert f"谁引用了《{RULES}》" in html
    assert f"《{FILING}》" in html
    assert re.search(r"第一条</a>.*?第三条", html, re.DOTALL)
    assert re.search(r"第二条</a>.*?第九条", html, re.DOTALL)


def test_an_article_shows_a_few_and_the_way_to_all(statutes: Statutes, client: Client) -> None:
    cite_often(statutes, 1, 30)
    html = page(client, address(RULES, "art_3"))

    assert "一共 31 处，看全部" in html
    assert f'href="{address(RULES, "cited/?unit=art_3")}"' in html


def test_what_nobody_cites_says_so(statutes: Statutes, client: Client) -> None:
    assert "还没有引用它的" in page(client, address(RULES, "cited/"), unit="art_1")


@pytest.mark.parametrize("after", ["x", "2025-01-01", "2025-13-40.1.1.x", "9999-12-31.0.0.x", "2025-01-01.9.9.\x00"])
def test_a_place_that_is_none_begins_anew(statutes: Statutes, client: Client, after: str) -> None:
    assert f"《{FILING}》" in page(client, address(RULES, "cited/"), after=after)


@pytest.mark.parametrize("unit", ["x", "art_", "art_3'", "../", "第三条"])
def test_a_unit_that_is_none_means_the_whole_law(statutes: Statutes, client: Client, unit: str) -> None:
    assert f"谁引用了《{RULES}》</h1>" in page(client, address(RULES, "cited/"), unit=unit)


def test_a_law_is_found_by_its_short_name_and_a_stranger_is_not(statutes: Statutes, client: Client) -> None:
    assert client.get(address(f"中华人民共和国{RULES}", "cited/")).headers["Location"] == address(RULES, "cited/")
    assert client.get(address("没有这部办法", "cited/")).status_code == 404


@pytest.mark.parametrize("articles", [1, 60], ids=["one", "many"])
def test_a_page_of_citations_costs_the_same_however_many_there_are(
    statutes: Statutes, client: Client, django_assert_num_queries: Any, articles: int
) -> None:
    cite_often(statutes, 1, articles)
    client.get(address(RULES, "cited/"))

    with django_assert_num_queries(3):
        client.get(address(RULES, "cited/"))
