"""A deputy writes, follows and answers from a phone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lvzhi.faces.pocket import writing
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.perform import perform
from lvzhi.records.search.index import rebuild
from lvzhi.work.opinions import actions
from tests.faces.pocket.conftest import SignIn, official
from tests.fixtures.district import NOW, TODAY, District

WORDS = {"title": "补齐单元门坡道", "facts": "七十三处没有坡道。", "proposal": "今年内补齐，逐处公布。"}


def _only(district: District) -> Matter:
    return Matter.objects.of(district.congress).get(procedure="deputy_suggestion")


def _replied(district: District, **words: Any) -> Matter:
    """A suggestion that was put forward, handed on and answered."""
    entry = writing.write(district.congress, {**WORDS, **words}, actor=district.deputy, on=TODAY, at=NOW, send=True)
    key = entry.matter_id
    office, council = official(district, f"o{key}", "deputy_office"), official(district, f"c{key}", "council")
    steps: list[tuple[str, Any, dict[str, object]]] = [
        ("register", office, {}),
        ("assign", council, {"body": district.transport}),
        ("accept", district.driver, {"responsible": "乔安"}),
        ("log_contact", district.driver, {"contacted_on": TODAY, "way": "site", "content": "一起看了现场。"}),
        ("reply", district.driver, {"reply": "今年完成十二处。", "received_on": TODAY}),
    ]
    for step, actor, data in steps:
        perform(key, step, actor=actor, on=TODAY, at=NOW, data=data)
    return Matter.objects.of(district.congress).get(pk=key)


def test_a_suggestion_is_put_forward_in_one_go(district: District, phone: Client) -> None:
    page = phone.post("/pocket/new", {**WORDS, "then": "send"}, follow=True)

    matter = _only(district)
    assert (matter.state, matter.number, matter.title) == ("submitted", "建 2026-0001", WORDS["title"])
    assert "建议已经提出" in page.content.decode()
    assert WORDS["facts"] in page.content.decode()
    assert WORDS["proposal"] in page.content.decode()


def test_a_draft_waits_on_the_home_page_and_is_put_forward_later(district: District, phone: Client) -> None:
    phone.post("/pocket/new", {**WORDS, "then": "keep"})
    matter = _only(district)
    home = phone.get("/pocket/").content.decode()

    phone.post(f"/pocket/m/{matter.pk}/confirm", {"version": matter.version})

    assert matter.state == "drafted"
    assert home.count(f"确认并提出：{WORDS['title']}") == 1
    assert _only(district).state == "submitted"


def test_the_deputy_reads_the_answer_and_gives_feedback(district: District, phone: Client) -> None:
    matter = _replied(district)

    home = phone.get("/pocket/").content.decode()
    shown = phone.get(f"/pocket/m/{matter.pk}").content.decode()
    words = {"version": matter.version, "opinion": "去看过了，修得好。", "rating": "satisfied"}
    done = phone.post(f"/pocket/m/{matter.pk}/feedback", words, follow=True).content.decode()

    assert f"反馈意见：{WORDS['title']}" in home
    assert "今年完成十二处。" in shown
    assert "一起看了现场。" in shown
    assert "已办好「反馈意见」" in done
    assert _only(district).state == "feedback_given"


def test_whoever_comes_second_is_told_and_keeps_the_words(district: District, phone: Client) -> None:
    matter = _replied(district)

    page = phone.post(f"/pocket/m/{matter.pk}/feedback", {"version": matter.version - 1, "opinion": "还要再看看"})

    assert page.status_code == 400
    assert "刚刚办了" in page.content.decode()
    assert "还要再看看" in page.content.decode()
    assert _only(district).state == "replied"


def test_a_step_that_is_not_open_leads_back_with_the_reason(district: District, phone: Client) -> None:
    phone.post("/pocket/new", {**WORDS, "then": "send"})

    page = phone.post(f"/pocket/m/{_only(district).pk}/feedback", {"opinion": "x"}, follow=True)

    assert "这一步现在不用您办" in page.content.decode()


def test_empty_words_are_asked_for(district: District, phone: Client) -> None:
    page = phone.post("/pocket/new", {"title": " ", "facts": WORDS["facts"], "proposal": "\u200b"})

    assert page.status_code == 400
    assert "请填写标题" in page.content.decode()
    assert WORDS["facts"] in page.content.decode()
    assert not Matter.objects.of(district.congress).exists()


def test_too_long_a_title_is_refused_in_words(district: District, phone: Client) -> None:
    page = phone.post("/pocket/new", {**WORDS, "title": "长" * 81})

    assert page.status_code == 400
    assert not Entry.objects.of(district.congress).exists()


def test_a_deputy_does_not_see_anothers_suggestion_nor_act_on_it(
    district: District, phone: Client, sign_in: SignIn
) -> None:
    matter = _replied(district)
    other = sign_in(official(district, "other", "deputy"))

    assert other.get(f"/pocket/m/{matter.pk}").status_code == 404
    assert other.post(f"/pocket/m/{matter.pk}/feedback", {"opinion": "x"}).status_code == 404


def test_a_deputy_of_another_congress_sees_nothing_here(
    district: District, neighbour: District, sign_in: SignIn
) -> None:
    matter = _replied(district)
    stranger = sign_in(neighbour.deputy)

    assert stranger.get(f"/pocket/m/{matter.pk}").status_code == 404
    assert WORDS["title"] not in stranger.get("/pocket/").content.decode()


def test_of_a_citizens_opinion_a_deputy_reads_what_is_public(district: District, phone: Client) -> None:
    hidden, shown = district.matter("没公开的事"), district.matter("公开的事")
    actions.transfer(shown.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    text = shown.opinion.text
    data = {"covers": [actions.Cover("text", text.index("下夜班"), 3, "other")]}
    actions.take(shown.pk, "publish", actor=district.clerk, on=TODAY, at=NOW, data=data)
    list(rebuild())

    page = phone.get(f"/pocket/m/{shown.pk}").content.decode()
    found = phone.get("/pocket/search", {"q": "公开的事"}).content.decode()

    assert "〕只能走回家" in page
    assert "下夜班" not in page
    assert "林知远" not in page.replace("林知远 ", "林知远")
    assert "没公开的事" not in found
    assert phone.get(f"/pocket/m/{hidden.pk}").status_code == 404


@pytest.mark.parametrize("path", ["/pocket/", "/pocket/mine", "/pocket/search", "/pocket/new", "/pocket/notices"])
def test_the_door_is_for_deputies(district: District, sign_in: SignIn, path: str) -> None:
    assert Client().get(path)["Location"].startswith("/signin/")
    assert sign_in(district.clerk).get(path)["Location"] == "/desk/"
    assert sign_in(district.deputy).get(path).status_code == 200


@pytest.mark.parametrize("asked", ["'", "%", "\x00", "a" * 5000, "🙂"])
def test_no_search_words_break_the_page(phone: Client, asked: str) -> None:
    assert phone.get("/pocket/search", {"q": asked}).status_code == 200


@pytest.mark.parametrize(
    ("path", "most"),
    [("/pocket/", 8), ("/pocket/mine", 4), ("/pocket/search?q=坡道", 5), ("/pocket/notices", 4), ("/pocket/new", 3)],
)
def test_a_page_costs_the_same_with_one_row_and_with_sixty(
    district: District, phone: Client, path: str, most: int
) -> None:
    def add(count: int) -> None:
        for number in range(count):
            words = {**WORDS, "title": f"坡道{number}"}
            writing.write(district.congress, words, actor=district.deputy, on=TODAY, at=NOW, send=number % 2 == 0)
            key = district.opinion().opinion.matter_id
            actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
            actions.take(key, "publish", actor=district.clerk, on=TODAY, at=NOW)
        list(rebuild())

    add(1)
    phone.get(path)
    with CaptureQueriesContext(connection) as one:
        phone.get(path)
    add(60)
    phone.get(path)  # which congress this is, is asked anew every few seconds
    with CaptureQueriesContext(connection) as sixty:
        assert phone.get(path).status_code == 200

    # A search that finds its page among the newest texts asks once less than one that must look further.
    assert len(sixty) <= len(one) <= most


def test_a_matter_costs_ten_statements_at_most(district: District, phone: Client) -> None:
    matter = _replied(district)
    phone.get("/pocket/")

    with CaptureQueriesContext(connection) as asked:
        phone.get(f"/pocket/m/{matter.pk}")

    assert len(asked) <= 8


def test_dates_are_written_as_people_write_them(district: District, phone: Client) -> None:
    matter = _replied(district)

    shown = phone.get(f"/pocket/m/{matter.pk}").content.decode()

    assert "2026年6月9日" in shown
    assert date.isoformat(TODAY) not in shown.replace(f'datetime="{TODAY.isoformat()}', "")
