"""Terms and working days: known dates, then properties that hold for every date."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvzhi.core.calendar import (
    DayOverride,
    FixedDate,
    Frequency,
    Term,
    Window,
    WorkCalendar,
    official_calendar,
)

CALENDAR = official_calendar()
DAYS = st.dates(min_value=date(2004, 1, 1), max_value=date(2060, 12, 31))
TERMS = st.one_of(
    st.builds(Term, years=st.integers(0, 3), months=st.integers(0, 24), days=st.integers(0, 90)),
    st.builds(Term, workdays=st.integers(1, 60)),
)
CALENDAR_TERMS = st.builds(Term, months=st.integers(0, 12), days=st.integers(1, 90))


def calendar_with(rests: set[date]) -> WorkCalendar:
    return WorkCalendar({day: DayOverride(False, "本区放假") for day in rests})


@pytest.mark.parametrize(
    ("term", "start", "due"),
    [
        (Term(months=3), date(2026, 3, 5), date(2026, 6, 5)),
        # 28 February 2026 is a Saturday, but worked in exchange for the Spring Festival
        (Term(months=3), date(2025, 11, 30), date(2026, 2, 28)),
        (Term(days=15), date(2026, 9, 18), date(2026, 10, 8)),
        (Term(days=15), date(2026, 1, 30), date(2026, 2, 14)),
        (Term(workdays=5), date(2026, 2, 12), date(2026, 2, 26)),
        (Term(workdays=15), date(2026, 9, 20), date(2026, 10, 16)),
        (Term(years=1), date(2024, 2, 29), date(2025, 2, 28)),
        (Term(days=60), date(2026, 3, 12), date(2026, 5, 11)),
        (Term(), date(2026, 3, 7), date(2026, 3, 7)),
    ],
)
def test_a_term_ends_on_the_day_the_civil_code_says(term: Term, start: date, due: date) -> None:
    assert term.end(start, CALENDAR).due == due


def test_the_make_up_days_of_2026_are_worked() -> None:
    makeups = (date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 5, 9), date(2026, 9, 20))

    assert [CALENDAR.is_workday(day) for day in (*makeups, date(2026, 10, 10))] == [True] * 6
    assert CALENDAR.name(date(2026, 2, 28)) == "春节"
    assert CALENDAR.is_holiday(date(2026, 2, 16))


def test_the_steps_of_a_term_are_plain_sentences() -> None:
    found = Term(months=3).end(date(2026, 3, 5), CALENDAR)

    assert [step.render("zh") for step in found.steps] == [
        "3月5日当天不算，满三个月为6月5日。",
        "6月5日是星期五、工作日，不用调整。",
    ]
    assert found.steps[0].render("en") == "5 March itself is not counted; 3 months later is 5 June."


def test_a_term_into_a_shorter_month_says_why_it_ends_on_the_last_day() -> None:
    found = Term(months=3).end(date(2025, 11, 30), CALENDAR)

    assert [step.kind for step in found.steps] == ["term_ends", "no_such_day", "makeup"]
    assert found.steps[0].render("zh") == "2025年11月30日当天不算，满三个月为2026年2月28日。"


def test_a_year_without_an_announcement_is_marked_as_such() -> None:
    calendar = WorkCalendar()

    steps = Term(days=15).end(date(2090, 3, 1), calendar).steps

    assert not calendar.known(2090)
    assert steps[-1].render("zh") == "2090年放假安排尚未公布，按周末推算。"


def test_an_override_wins_over_the_official_table() -> None:
    calendar = WorkCalendar({date(2026, 6, 5): (False, "本区放假")}, announced=[2090])

    found = Term(months=3).end(date(2026, 3, 5), calendar)

    assert (found.raw, found.due) == (date(2026, 6, 5), date(2026, 6, 8))
    assert found.steps[-1].render("zh") == "6月5日是本区放假假期，顺延到休假结束的次日6月8日。"
    assert calendar.known(2090)


def test_a_term_before_a_meeting_is_not_put_off_for_a_weekend() -> None:
    found = Term(days=20).before(date(2026, 5, 1), CALENDAR)

    assert found.due == date(2026, 4, 11)
    assert found.steps[-1].render("zh") == "4月11日是星期六；往前数的期限不能顺延，最迟应在4月10日送到。"


@pytest.mark.parametrize("wrong", [{"days": -1}, {"months": 2, "workdays": 3}, {"years": 101}])
def test_a_term_that_makes_no_sense_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="a term"):
        Term(**wrong)


def test_dates_of_the_year_windows_and_frequencies_end_where_they_say() -> None:
    assert FixedDate("07-31").due(date(2026, 8, 1)).due == date(2027, 7, 31)
    assert FixedDate("02-29").due(date(2026, 1, 1)).due == date(2026, 2, 28)
    assert Window("06-01", "09-30").due(date(2026, 7, 1)).due == date(2026, 9, 30)
    assert Frequency(1, "quarter").due(date(2026, 5, 9)).due == date(2026, 6, 30)
    assert Frequency(2, "month").due(date(2024, 2, 9)).due == date(2024, 2, 29)
    with pytest.raises(ValueError, match="term of office"):
        Frequency(1, "term").due(date(2026, 5, 9))
    with pytest.raises(ValueError, match="opens"):
        Window("09-30", "06-01")


@given(TERMS, DAYS)
def test_no_term_ends_before_it_starts(term: Term, start: date) -> None:
    assert term.end(start, CALENDAR).due >= start


@given(CALENDAR_TERMS, DAYS, st.sets(st.integers(0, 500), max_size=30))
def test_a_holiday_never_shortens_a_term(term: Term, start: date, offsets: set[int]) -> None:
    rests = {start + timedelta(days=n) for n in offsets}

    assert term.end(start, calendar_with(rests)).due >= term.end(start, CALENDAR).due


@given(st.integers(1, 40), DAYS, st.sets(st.integers(0, 90), max_size=20))
def test_a_holiday_never_shortens_a_term_of_workdays(count: int, start: date, offsets: set[int]) -> None:
    rests = {start + timedelta(days=n) for n in offsets}
    term = Term(workdays=count)

    assert term.end(start, calendar_with(rests)).due >= term.end(start, CALENDAR).due


@given(TERMS, DAYS)
def test_a_term_ends_on_a_workday_unless_it_is_the_same_day(term: Term, start: date) -> None:
    assert term.is_same_day or CALENDAR.is_workday(term.end(start, CALENDAR).due)


@given(CALENDAR_TERMS, DAYS, st.integers(0, 20), st.integers(0, 60))
def test_a_pause_adds_exactly_its_days(term: Term, start: date, after: int, length: int) -> None:
    begun = start + timedelta(days=after)
    pause = (begun, begun + timedelta(days=length))

    plain, paused = term.end(start, CALENDAR), term.end(start, CALENDAR, pauses=[pause])

    assert paused.raw == plain.raw + timedelta(days=length)


@given(st.integers(1, 40), DAYS, st.integers(0, 20), st.integers(0, 60))
def test_a_pause_adds_exactly_its_workdays(count: int, start: date, after: int, length: int) -> None:
    begun = start + timedelta(days=after)
    pause = (begun, begun + timedelta(days=length))

    plain = Term(workdays=count).end(start, CALENDAR)
    paused = Term(workdays=count).end(start, CALENDAR, pauses=[pause])

    assert CALENDAR.workdays_between(plain.raw, paused.raw) == CALENDAR.workdays_between(*pause)


@given(st.integers(1, 60), DAYS, st.integers(0, 400))
def test_a_term_before_a_meeting_moves_with_the_meeting(days: int, meeting: date, later: int) -> None:
    moved = meeting + timedelta(days=later)

    before, after = Term(days=days).before(meeting, CALENDAR), Term(days=days).before(moved, CALENDAR)

    assert after.due - before.due == timedelta(days=later)
    assert (meeting - before.due).days == days


@given(TERMS, DAYS)
@settings(max_examples=50)
def test_every_step_can_be_said_in_both_languages(term: Term, start: date) -> None:
    found = (*term.end(start, CALENDAR).steps, *term.before(start, CALENDAR).steps)

    assert all(step.render("zh") and step.render("en") and "{" not in step.render("zh") for step in found)
