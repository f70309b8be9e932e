"""Days as people write them."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core.table import TableRefused, parse_day


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026/3/5",
        "2026.03.05",
        "2026年3月5日",
        "2026 年 3 月 5 日",
        "20260305",
        " ２０２６－３－５ ",
        "2026-03-05 00:00:00",
    ],
)
def test_every_common_way_of_writing_a_day_is_read(text: str) -> None:
    assert parse_day(text) == date(2026, 3, 5)


def test_an_empty_cell_turned_into_1900_is_refused_with_the_day_named() -> None:
    with pytest.raises(TableRefused, match="1900年1月1日不在可用的范围内"):
        parse_day("1900-01-01")


@pytest.mark.parametrize("text", ["", "昨天", "46086", "2026-3/5", "2026-03", "26-03-05", "2026-03-05 14:30:00"])
def test_what_is_no_day_is_refused_and_an_example_given(text: str) -> None:
    with pytest.raises(TableRefused, match="2026-03-05 这样的格式"):
        parse_day(text)


def test_the_thirtieth_of_february_is_refused() -> None:
    with pytest.raises(TableRefused, match="日历上没有2026年2月30日") as refused:
        parse_day("2026-02-30")
    assert refused.value.sentence("en") == "There is no 2026-2-30 in the calendar."


@given(st.dates(date(1949, 1, 1), date(2100, 12, 31)))
def test_every_usable_day_is_read_back_from_each_form(day: date) -> None:
    forms = [
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
    ]
    assert [parse_day(form) for form in forms] == [day] * 4


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_is_refused(text: str) -> None:
    with suppress(TableRefused):
        assert date(1949, 1, 1) <= parse_day(text) <= date(2100, 12, 31)
