"""Dates and numbers are written as the rules of writing want them, in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from lvzhi.faces.design import wording

TODAY = date(2026, 6, 9)


@pytest.fixture(autouse=True)
def _chinese():
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def english(monkeypatch):
    """An English catalogue of its own, so that the order of parts is tested and not the file."""
    words = {
        "Y年n月j日": "j F Y",
        "n月j日": "j F",
        "n月j日 l": "l j F",
        "逾期 %(count)s 天": ("%(count)s day overdue", "%(count)s days overdue"),
        "还有 %(count)s 天": ("%(count)s day left", "%(count)s days left"),
        "今天到期": "due today",
    }
    monkeypatch.setattr(wording, "gettext", lambda text: words.get(text, text))
    monkeypatch.setattr(wording, "ngettext", lambda one, many, n: words[one][n != 1])
    with translation.override("en"):
        yield


def test_an_overdue_day_is_counted_forwards_and_never_with_a_minus():
    assert wording.due_words(date(2026, 6, 5), TODAY) == "逾期 4 天"


def test_the_last_day_itself_is_due_today():
    assert wording.due_words(TODAY, TODAY) == "今天到期"


def test_days_left_are_counted_to_the_last_day():
    assert wording.due_words(date(2026, 6, 21), TODAY) == "还有 12 天"


def test_no_day_is_no_statutory_limit():
    assert wording.due_words(None, TODAY) == "没有法定期限"


def test_english_tells_one_day_from_several(english):
    assert wording.due_words(date(2026, 6, 8), TODAY) == "1 day overdue"
    assert wording.due_words(date(2026, 6, 5), TODAY) == "4 days overdue"
    assert wording.due_words(date(2026, 6, 10), TODAY) == "1 day left"


def test_english_puts_the_day_before_the_month(english):
    assert wording.cn_date(date(2026, 3, 3)) == "3 March 2026"
    assert wording.near_date(date(2026, 6, 12), TODAY) == "Friday 12 June"


def test_a_full_date_has_no_spaces_and_no_leading_zeros():
    assert wording.cn_date(date(2026, 3, 3)) == "2026年3月3日"


def test_a_date_of_this_year_is_written_without_the_year():
    assert wording.short_date(date(2026, 6, 15), TODAY) == "6月15日"
    assert wording.short_date(date(2027, 6, 15), TODAY) == "2027年6月15日"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 6, 9), "今天"),
        (date(2026, 6, 10), "明天"),
        (date(2026, 6, 12), "6月12日 星期五"),
        (date(2026, 6, 16), "6月16日 星期二"),
        (date(2026, 6, 17), "6月17日"),
        (date(2026, 6, 8), "6月8日"),
    ],
)
def test_a_near_day_is_said_as_people_say_it(day, words):
    assert wording.near_date(day, TODAY) == words


def test_an_instant_is_shown_in_shanghai_with_24_hours():
    at = datetime(2026, 6, 24, 16, 30, tzinfo=UTC)
    assert wording.cn_datetime(at) == "2026年6月25日 00:30"
    assert wording.cn_time(at) == "00:30"


def test_late_in_the_evening_in_utc_a_deadline_is_already_the_next_day():
    assert wording.due_words(datetime(2026, 6, 8, 17, 0, tzinfo=UTC), TODAY) == "今天到期"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 6, 9), date(2026, 6, 12), "6月9日至 12日"),
        (date(2026, 6, 28), date(2026, 7, 3), "6月28日至 7月3日"),
        (date(2026, 12, 30), date(2027, 1, 4), "2026年12月30日至 2027年1月4日"),
        (date(2026, 6, 9), date(2026, 6, 9), "6月9日"),
    ],
)
def test_a_range_repeats_only_what_differs(first, last, words):
    assert wording.day_range(first, last, TODAY) == words


def test_a_deadline_that_was_met_says_how_early():
    assert wording.met_words(date(2026, 6, 5), date(2026, 6, 4)) == "已完成，早 1 天"
    assert wording.met_words(date(2026, 6, 5), date(2026, 6, 7)) == "已完成，晚 2 天"
    assert wording.met_words(date(2026, 6, 5), date(2026, 6, 5)) == "已完成"


@pytest.mark.parametrize(
    ("day", "tone"),
    [
        (date(2026, 6, 8), "late"),
        (TODAY, "soon"),
        (date(2026, 6, 16), "soon"),
        (date(2026, 6, 17), "ok"),
        (None, "none"),
    ],
)
def test_the_tone_follows_the_days_left(day, tone):
    assert wording.due_tone(day, TODAY) == tone
    assert wording.due_on(day, TODAY).tone == tone


def test_a_paused_clock_shows_that_it_stands_still():
    assert wording.due_on(date(2026, 6, 5), TODAY, paused=True).tone == "paused"


def test_thousands_are_set_apart_by_commas():
    assert wording.thousands(1284) == "1,284"
    assert wording.thousands(None) == "—"


def test_a_share_has_one_decimal_rounded_half_up():
    assert wording.percent(1102, 1284) == "85.8%"
    assert wording.percent(Decimal("12.25")) == "12.3%"
    assert wording.percent(1, 0) == "—"


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (32_000_000_000, "3.2 亿元"),
        (12_500_000, "12.5 万元"),
        (86_000, "860 元"),
        (105, "1.05 元"),
        (0, "0 元"),
        (None, "—"),
    ],
)
def test_money_in_a_sentence_takes_the_largest_fitting_unit(fen, words):
    assert wording.yuan_words(fen) == words


def test_money_in_a_table_is_given_in_ten_thousands():
    assert wording.wan_yuan(32_000_000_000) == "32,000.00"


def test_the_filters_carry_the_same_names():
    page = Template("{% load wording %}{{ day|due_words:today }} {{ day|cn_date }} {{ n|thousands }} {{ 1|percent:3 }}")
    shown = page.render(Context({"day": date(2026, 6, 5), "today": TODAY, "n": 1284}))
    assert shown == "逾期 4 天 2026年6月5日 1,284 33.3%"
