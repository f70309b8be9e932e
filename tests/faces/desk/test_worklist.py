"""The worklist: who sees what, in which group, and what it costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from lvzhi.records.matters.models import WorkItem
from lvzhi.records.people.actor import citizen
from lvzhi.work.opinions import actions
from tests.faces.desk.conftest import SignIn
from tests.fixtures.district import NOW, TODAY, District

MOST = 10


def opinions(district: District, count: int, days_ago: int = 0, subject: str = "夜里没有公交车") -> None:
    on, at = TODAY - timedelta(days=days_ago), NOW - timedelta(days=days_ago)
    words = actions.Words(subject=subject, text="听泉路晚上九点以后就没有公交了。")
    for _n in range(count):
        actions.submit(congress=district.congress, words=words, actor=citizen(district.congress), on=on, at=at)


@pytest.mark.parametrize("rows", [1, 60])
def test_the_worklist_costs_the_same_few_statements_for_one_row_and_for_sixty(
    district: District, sign_in: SignIn, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    opinions(district, rows)
    client = sign_in(district.clerk)
    with django_assert_max_num_queries(MOST):
        page = client.get("/desk/")
    assert page.status_code == 200
    assert page.content.decode().count('class="wl__row"') == min(rows, 50)


def test_rows_stand_under_the_group_of_their_day(district: District, sign_in: SignIn) -> None:
    opinions(district, 1, days_ago=40, subject="早就过期的事")
    opinions(district, 1, days_ago=10, subject="这几天到期的事")
    opinions(district, 1, subject="还早的事")
    text = sign_in(district.clerk).get("/desk/").content.decode()
    places = [
        text.index(word) for word in ("已逾期", "早就过期的事", "今天和七天内", "这几天到期的事", "以后", "还早的事")
    ]
    assert places == sorted(places)


def test_a_deadline_on_the_worklist_opens_to_its_reasons(district: District, sign_in: SignIn) -> None:
    opinions(district, 1)
    text = sign_in(district.clerk).get("/desk/").content.decode()
    assert "由此起算" in text or "起算" in text
    assert "信访工作条例 第二十三条" in text or "北京市信访条例" in text
    assert 'datetime="2026-06-24"' in text


def test_the_second_page_goes_on_after_the_last_row(district: District, sign_in: SignIn) -> None:
    opinions(district, 53)
    client = sign_in(district.clerk)
    first = client.get("/desk/")
    second = client.get(first.context["older"])
    assert len(first.context["groups"][0].rows) == 50
    assert len(second.context["groups"][0].rows) == 3
    assert second.context["newer"] == "/desk/"


def test_what_waits_for_others_is_on_its_own_tab(district: District, sign_in: SignIn) -> None:
    matter = district.matter()
    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    client = sign_in(district.clerk)
    assert "夜里没有公交车" not in client.get("/desk/").content.decode()
    watched = client.get("/desk/?tab=watch").content.decode()
    assert "夜里没有公交车" in watched
    assert 'datetime="2026-06-24"' in watched
    assert WorkItem.objects.of(district.congress).filter(kind="watch").count() == 1


def test_a_supervised_body_sees_its_own_matters_only(district: District, sign_in: SignIn) -> None:
    matter = district.matter()
    district.matter("不归交通局的事")
    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    mine = sign_in(district.driver).get("/desk/").content.decode()
    other = sign_in(district.builder).get("/desk/").content.decode()
    assert "夜里没有公交车" in mine
    assert "不归交通局的事" not in mine
    assert "夜里没有公交车" not in other
    assert "现在没有要办的事" in other


def test_a_mangled_page_mark_shows_the_first_page(district: District, sign_in: SignIn) -> None:
    district.matter()
    page = sign_in(district.clerk).get("/desk/?after=zzz&procedure=nothing&tab=%00")
    assert page.status_code == 200
    assert "夜里没有公交车" in page.content.decode()


def test_a_deputy_is_shown_to_the_pocket(district: District, sign_in: SignIn) -> None:
    answer = sign_in(district.deputy).get("/desk/")
    assert (answer.status_code, answer["Location"]) == (302, "/pocket/")


def test_a_stranger_signs_in_first(district: District, client: object) -> None:
    from django.test import Client

    answer = Client().get("/desk/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/signin/")


def test_the_strip_counts_the_deadlines_of_four_weeks(district: District, sign_in: SignIn) -> None:
    opinions(district, 3)
    load = sign_in(district.clerk).get("/desk/").context["load"]
    assert len(load) == 28
    assert {each.day: each.count for each in load}[datetime(2026, 6, 24, tzinfo=UTC).date()] == 3
