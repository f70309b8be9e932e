"""Statistics: reckoned from what happened, solved before satisfied, small numbers kept back."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.records.people.models import Body
from lvzhi.work.opinions import actions, queries
from lvzhi.work.opinions.models import Opinion, RevisitCase, RevisitRound, YearTable
from lvzhi.work.opinions.queries import FEWEST, Tally, protected
from tests.faces.portal.conftest import answered
from tests.faces.portal.test_filters import public
from tests.faces.portal.test_form import body
from tests.fixtures.district import NOW, TODAY, District


def reckon(district: District) -> queries.Tables:
    """Let the worker reckon, and read what it wrote."""
    YearTable.objects.of(district.congress).delete()
    assert actions.reckon_tables(district.congress, today=TODAY, at=NOW) == [2026]
    found = queries.tables_of(district.congress.pk, 2026)
    assert found
    return found[0]


def test_a_year_is_summed_up_by_subject_street_month_and_body(district: District) -> None:
    street = body(district, "听泉街道", Body.Kind.SUBDISTRICT)
    for number in range(5):
        public(district, f"甲{number}", place=street, category="transport", result="solved")
    public(district, "乙事", category="housing", result="not")
    district.opinion("丙事")

    tables = reckon(district)

    whole = tables.whole
    assert (whole.received, whole.answered, whole.rated, whole.solved, whole.not_solved) == (7, 6, 6, 5, 1)
    assert tables.groups["street"][str(street.pk)].received == 5
    assert tables.groups["category"][""].received == 1
    assert tables.groups["month"]["6"].received == 7
    assert tables.groups["body"][str(district.transport.pk)].answered == 6
    assert whole.days == 0


def test_ratings_made_up_for_a_trial_are_left_out_and_said_so(district: District) -> None:
    for number in range(6):
        public(district, f"甲{number}", result="solved")
    last = Opinion.objects.of(district.congress).order_by("-pk")[:1]
    Opinion.objects.of(district.congress).filter(pk__in=[each.pk for each in last]).update(is_synthetic_rating=True)

    whole = reckon(district).whole
    shown = Client().get("/figures/").content.decode()

    assert (whole.rated, whole.solved, whole.synthetic) == (5, 5, 1)
    assert "1 个评价是试用时导入的" in shown


def test_in_time_counts_what_kept_its_day_and_not_what_still_has_one(district: District) -> None:
    from datetime import timedelta

    from lvzhi.records.matters.models import Deadline

    early, late, waiting = (district.opinion(each).opinion.matter_id for each in ("甲事", "乙事", "丙事"))
    for key in (early, late, waiting):
        actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
        actions.take(key, "accept", actor=district.driver, on=TODAY, at=NOW, data={"kind": "claim"})
    for key, day in ((early, TODAY), (late, TODAY + timedelta(days=70))):
        reply = f"自七月一日起夜里加两班车，第 {day} 号。"
        actions.answer(key, reply=reply, actor=district.driver, on=day, at=NOW)

    whole = reckon(district).whole

    assert Deadline.objects.of(district.congress).filter(clock="handle").count() == 3
    assert (whole.dated, whole.on_time) == (2, 1)


def test_who_was_asked_again_and_said_the_same_is_counted(district: District) -> None:
    for number in range(6):
        public(district, f"甲{number}", result="solved")
    made = RevisitRound.objects.create(
        congress=district.congress, number="2026-01", answered_from=TODAY, answered_until=TODAY, size=2,
        made_at=NOW, made_by="周密",
    )  # fmt: skip
    for place, (opinion, now) in enumerate(
        zip(Opinion.objects.of(district.congress), ("solved", "not"), strict=False), 1
    ):
        RevisitCase.objects.create(
            congress=district.congress,
            round=made,
            opinion=opinion,
            position=place,
            rated="solved",
            result=now,
            on=TODAY,
        )

    whole = reckon(district).whole

    assert (whole.said_solved, whole.confirmed) == (2, 1)


def test_what_few_people_said_is_not_shown_anywhere(district: District) -> None:
    street, other = (body(district, name, Body.Kind.SUBDISTRICT) for name in ("听泉街道", "云台街道"))
    public(district, "只有一人说没有解决", place=street, result="not")
    for number in range(6):
        public(district, f"甲{number}", place=other, result="solved")

    groups = reckon(district).groups["street"]
    rows = list(csv.DictReader(StringIO(Client().get("/figures/opinions.csv").content.decode("utf-8-sig"))))

    assert groups[str(street.pk)].hidden
    assert groups[str(other.pk)].hidden, "it could be reckoned back from the sum"
    here = next(row for row in rows if row["名称"] == "听泉街道")
    assert (here["收到"], here["评价人数"], here["没有解决"]) == ("1", "1", "")
    assert "倒推" in here["说明"]


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 12), max_size=8))
def test_no_single_row_is_kept_back_where_another_could_be(rated: dict[str, int]) -> None:
    rows = {key: Tally(received=count, rated=count, solved=count) for key, count in rated.items()}

    kept = protected(rows)

    hidden = [key for key, row in kept.items() if row.hidden]
    assert all(row.hidden for row in kept.values() if 0 < row.rated < FEWEST)
    assert all(row.solved == 0 for row in kept.values() if row.hidden)
    others = [key for key, row in rows.items() if row.rated and key not in hidden]
    assert len(hidden) != 1 or not others


def test_the_page_says_solved_before_satisfied_and_how_it_was_reckoned(district: District) -> None:
    for number in range(6):
        answered(district, subject=f"甲{number}", rated=True)
    reckon(district)

    shown = Client().get("/figures/").content.decode()

    assert shown.index("解决了") < shown.index("满意")
    for told in ("怎么算的", "按收到的月份", "区交通局", "下载数据（CSV）"):
        assert told in shown


@pytest.mark.parametrize("year", ["", "2026", "2031", "20²6", "x", "-1", "00002026"])
def test_a_year_without_numbers_says_so(district: District, year: str) -> None:
    shown = Client().get("/figures/", {"year": year})

    assert shown.status_code == 200
    assert "这一年的数字还没有算出来" in shown.content.decode()
    assert Client().get("/figures/opinions.csv", {"year": year}).status_code == 404


def test_a_name_that_is_a_formula_is_no_formula_in_the_file(district: District) -> None:
    street = body(district, "=1+1", Body.Kind.SUBDISTRICT)
    public(district, "甲事", place=street)
    reckon(district)

    assert ",=1+1," not in Client().get("/figures/opinions.csv").content.decode()


def test_tables_are_reckoned_once_an_hour(district: District) -> None:
    district.opinion()
    reckon(district)

    assert actions.reckon_tables(district.congress, today=TODAY, at=NOW) == []
