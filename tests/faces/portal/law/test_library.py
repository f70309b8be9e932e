"""Finding a law or an article: by words, by name and number, by kind, with an index and without one."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from lvzhi.faces.portal.law.finding import looked_for, snippet_of
from lvzhi.records.people.models import Account
from lvzhi.work.statutes import indexing
from tests.faces.portal.law.conftest import FILING, OLD_FILING, RULES, address, page
from tests.fixtures.district import NOW, TODAY, District
from tests.fixtures.statutes import Statutes

HERE = "/law/"


@pytest.fixture
def indexed(statutes: Statutes) -> Statutes:
    """The library with an index."""
    indexing.rebuild(statutes.district.congress, TODAY)
    return statutes


def test_the_front_says_what_is_held_and_offers_the_kinds(statutes: Statutes, client: Client) -> None:
    html = page(client, HERE)

    assert "收录 4 部、5 个版本" in html
    assert "按种类看" in html
    assert "规范性文件" in html


def test_an_empty_library_says_so(district: District, client: Client) -> None:
    assert "法规库还没有收录文本" in page(client, HERE)


def test_an_article_is_found_by_its_words_with_the_words_marked(indexed: Statutes, client: Client) -> None:
    html = page(client, HERE, q="民主集中制")

    assert "<mark>" in html
    assert address(RULES, "@2024-06-20/art_2") in html


def test_without_an_index_the_texts_themselves_are_read(statutes: Statutes, client: Client) -> None:
    html = page(client, HERE, q="民主集中制")

    assert address(RULES, "@2024-06-20/art_2") in html
    assert "<mark>民主集中制</mark>" in html


@pytest.mark.parametrize("has_index", [True, False])
def test_only_what_is_in_force_is_found_unless_more_is_asked_for(
    statutes: Statutes, client: Client, has_index: bool
) -> None:
    if has_index:
        indexing.rebuild(statutes.district.congress, TODAY)

    assert quote(OLD_FILING) not in page(client, HERE, q="规范性文件应当备案").split('id="found-h"')[1]
    assert address(OLD_FILING, "@2010-05-06/art_1") in page(client, HERE, q="规范性文件应当备案", status="all")
    assert address(OLD_FILING, "@2010-05-06/art_1") in page(client, HERE, q="规范性文件应当备案", on="2015-01-01")


@pytest.mark.parametrize("has_index", [True, False])
def test_a_name_with_a_number_leads_to_the_article(statutes: Statutes, client: Client, has_index: bool) -> None:
    if has_index:
        indexing.rebuild(statutes.district.congress, TODAY)

    answer = client.get(HERE, {"q": f"{FILING} 2"})

    assert answer.headers["Location"] == address(FILING, "@2022-09-08/art_2")


def test_a_name_with_a_number_it_does_not_have_leads_to_the_law(statutes: Statutes, client: Client) -> None:
    assert client.get(HERE, {"q": f"《{FILING}》第88条"}).headers["Location"] == address(FILING)


def test_laws_are_listed_by_what_they_are(statutes: Statutes, client: Client) -> None:
    listed = page(client, HERE, kind="normative_document")

    assert FILING in listed
    assert OLD_FILING not in listed
    assert OLD_FILING in page(client, HERE, status="repealed")


def test_what_is_not_offered_as_a_filter_is_left_out(statutes: Statutes, client: Client) -> None:
    html = page(client, HERE, kind="nonsense", level="x", status="y", on="tomorrow", region="\x00")

    assert "按种类看" in html


def test_nothing_found_says_what_to_try(indexed: Statutes, client: Client) -> None:
    html = page(client, HERE, q="zzqqxx")

    assert "没有找到和「zzqqxx」有关的条文" in html
    assert "换个说法试试" in html
    assert "连已经废止和被修改的一起找" in html


@pytest.mark.parametrize("has_index", [True, False])
def test_names_are_suggested_while_typing(statutes: Statutes, client: Client, has_index: bool) -> None:
    if has_index:
        indexing.rebuild(statutes.district.congress, TODAY)

    found = json.loads(client.get("/law/suggest", {"q": "云麓区规范"}).content)["suggestions"]

    assert {"text": FILING, "url": address(FILING)} in found


def test_articles_are_suggested_once_a_number_is_begun(indexed: Statutes, client: Client) -> None:
    found = json.loads(client.get("/law/suggest", {"q": f"{FILING} 2"}).content)["suggestions"]

    assert {"text": f"{FILING}第二条", "url": address(FILING, "art_2")} in found


@pytest.mark.parametrize("typed", ["", " ", "\x00", "<", "%", "“", "9" * 80, "条" * 300])
def test_any_text_is_a_question(indexed: Statutes, client: Client, typed: str) -> None:
    assert client.get("/law/suggest", {"q": typed}).status_code == 200
    assert client.get(HERE, {"q": typed}).status_code == 200


def test_only_the_office_hears_of_a_missing_or_old_index(statutes: Statutes, client: Client) -> None:
    office, clerk = Client(), statutes.district.clerk.account
    assert clerk is not None
    office.force_login(Account.objects.get(pk=clerk))

    assert "检索索引还没有建" in page(office, HERE)
    assert "检索索引" not in page(client, HERE)
    indexing.rebuild(statutes.district.congress, TODAY)
    assert "检索索引" not in page(office, HERE)
    later = NOW + timedelta(days=1)
    statutes.publish(
        "# 云麓区新办法\n\n2026年6月2日 云麓区第八届人民代表大会常务委员会第三十七次会议通过\n\n第一条 新。\n", at=later
    )
    assert "检索索引比法规库旧" in page(office, HERE)


def test_an_index_built_anew_is_opened_without_a_restart(indexed: Statutes, client: Client) -> None:
    page(client, HERE, q="民主集中制")
    statutes = indexed
    statutes.publish(
        "# 云麓区新办法\n\n2026年1月2日 云麓区第八届人民代表大会常务委员会第三十二次会议通过\n\n"
        "第一条 独角兽应当登记。\n\n第二条 本办法自2026年2月1日起施行。\n"
    )
    indexing.rebuild(statutes.district.congress, TODAY)

    assert "第一条" in page(client, HERE, q="独角兽")


def test_a_search_asks_the_database_few_times(
    indexed: Statutes, client: Client, django_assert_max_num_queries: Any
) -> None:
    page(client, HERE, q="会议")

    with django_assert_max_num_queries(5):
        page(client, HERE, q="会议")
    with django_assert_max_num_queries(4):
        page(client, HERE)


def test_a_snippet_shows_the_words_around_and_escapes_the_text() -> None:
    shown = snippet_of("甲" * 200 + "<b>专项报告</b>" + "乙" * 300, ["专项报告"])

    assert shown.startswith("…甲")
    assert "&lt;b&gt;<mark>专项报告</mark>&lt;/b&gt;" in shown
    assert shown.endswith("乙…")


@pytest.mark.parametrize(
    ("asked", "why", "text", "marked"),
    [
        ("房东不退押金", ("押金", "东不"), "股东不得抽逃；不得收取押金", ["押金"]),
        ("专项工作报告", ("工作", "报告"), "听取专项工作报告，做好工作", ["专项工作报告"]),
        ('"专项工作"', ("专项", "工作"), "专项工作报告和工作", ["专项工作"]),
        ("专项工作报告", ("专项", "工作", "报告"), "专项的工作报告", ["专项", "工作报告"]),
        ("离婚", ("解除婚姻关系",), "解除婚姻关系的", ["解除婚姻关系"]),
    ],
    ids=["not where two words touch", "not a part of the whole", "a phrase alone", "words that touch", "other words"],
)
def test_what_is_marked_is_what_was_looked_for(asked: str, why: tuple[str, ...], text: str, marked: list[str]) -> None:
    assert re.findall(r"<mark>(.*?)</mark>", snippet_of(text, looked_for(asked, why, text))) == marked
