"""The shipped procedures at work: special reports, and what holds of every clock."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core.procedure import (
    ClockRun,
    Refused,
    explain,
    reckon,
)
from tests.core.procedure.walk import CALENDAR, REGISTRY, Matter, petition, report


def test_the_three_lines_before_a_meeting_move_with_it() -> None:
    matter = report(date(2026, 7, 30))
    names = ("draft", "submit", "distribute")
    assert [matter.clock(name).due for name in names] == [date(2026, 7, d) for d in (10, 20, 23)]

    matter.do("consult_draft", date(2026, 7, 9)).do(
        "reschedule", date(2026, 7, 15), {"meeting_date": date(2026, 8, 27)}
    )

    assert [matter.clock(name).due for name in names[1:]] == [date(2026, 8, 17), date(2026, 8, 20)]
    assert (matter.clock("draft").due, matter.clock("draft").late) == (date(2026, 7, 10), False)


def test_an_extraordinary_meeting_waives_the_three_lines() -> None:
    matter = report()

    matter.do("call_urgent", date(2026, 7, 1), {"reason": "防汛", "meeting_date": date(2026, 7, 6)})

    assert {matter.clock(name).status for name in ("draft", "submit", "distribute")} == {"waived"}
    assert explain(matter.procedure, "draft", matter.run("draft"), CALENDAR).sentences()[-1].endswith("防汛")


def issued(matter: Matter) -> Matter:
    matter.do("consult_draft", date(2026, 7, 9)).do("submit_report", date(2026, 7, 17))
    matter.do("distribute", date(2026, 7, 21)).do("hear", date(2026, 7, 30)).do("compile", date(2026, 8, 10))
    facts = {"opinion_adopted": True, "received_on": date(2026, 8, 20)}
    return matter.do("send_opinion", date(2026, 8, 18), facts)


def test_three_months_and_one_year_run_from_receipt_of_the_opinion() -> None:
    matter = issued(report())

    assert matter.clock("handling_plan").due == date(2026, 11, 20)
    assert matter.clock("handling_report").due == date(2027, 8, 20)
    with pytest.raises(Refused, match="没有逐条答复"):
        matter.do("report_handling", date(2026, 11, 2))


def test_follow_up_lasts_as_many_years_as_the_congress_chose() -> None:
    procedure = REGISTRY.get("special_report", date(2026, 1, 5), "beijing", {"follow_up_years": 3})
    matter = issued(report())
    matter.procedure = procedure
    matter.do("report_handling", date(2027, 5, 6), {"items_answered": True}).do("follow_up", date(2027, 6, 1))
    assert matter.clock("tracking").due == date(2030, 6, 1)
    assert not matter.clock("tracking").overdue(date(2031, 1, 1))
    assert matter.clock("yearly_check").due == date(2027, 12, 31)

    matter.do("check_again", date(2027, 11, 2)).do("close", date(2028, 1, 5))

    assert matter.clock("tracking").late  # closed before the years were over
    assert matter.clock("yearly_check").status == "cancelled"


def test_a_run_survives_the_way_through_json() -> None:
    matter = petition().do("transfer", date(2026, 3, 9)).do("accept", date(2026, 3, 12))
    matter.do("extend", date(2026, 5, 6), {"until": date(2026, 5, 20)})

    again = tuple(ClockRun.from_json(run.to_json()) for run in matter.runs)

    assert again == matter.runs


def test_an_explanation_gives_the_whole_chain() -> None:
    matter = petition().do("transfer", date(2026, 3, 9)).do("accept", date(2026, 3, 12))

    found = explain(matter.procedure, "handle", matter.run("handle"), CALENDAR)

    assert found.sentences("zh") == (
        "依据《信访工作条例(2022-02-25)》第三十四条。",
        "2026-03-12「受理」，由此起算。",
        "3月12日当天不算，满六十日为5月11日。",
        "5月11日是星期一、工作日，不用调整。",
    )
    data = found.to_json()
    assert (data["rule"], data["edition"], data["due"]) == ("petition.handle", "2022-05-01", "2026-05-11")
    assert data["started_by"]["entry"] == "e3"


@given(st.dates(date(2022, 5, 1), date(2060, 1, 1)), st.integers(0, 30), st.integers(0, 90))
def test_a_pause_moves_the_internal_target_by_its_length(start: date, after: int, length: int) -> None:
    procedure = REGISTRY.get("petition", start, "beijing")
    plain = Matter(procedure).do("submit", start).do("assign", start)
    rested = Matter(procedure).do("submit", start).do("assign", start)
    begun = start + timedelta(days=after)
    rested.do("ask_supplement", begun).do("supplement", begun + timedelta(days=length))
    target = procedure.clock("answer").internal
    assert target is not None

    due = rested.clock("answer").internal_due

    expected = target.end(start + timedelta(days=length), CALENDAR).due
    assert due == expected
    assert due >= (plain.clock("answer").internal_due or start)


@given(st.dates(date(2024, 11, 8), date(2060, 1, 1)), st.integers(30, 400), st.integers(-20, 200))
def test_every_clock_before_a_meeting_moves_as_far_as_the_meeting(start: date, away: int, moved: int) -> None:
    meeting = start + timedelta(days=away)
    matter = Matter(REGISTRY.get("special_report", start, "beijing"))
    matter.do("schedule", start, {"meeting_date": meeting})
    before = {name: matter.clock(name).due for name in ("draft", "submit", "distribute")}

    matter.do("reschedule", start, {"meeting_date": meeting + timedelta(days=moved)})

    for name, due in before.items():
        assert due is not None
        assert matter.clock(name).due == due + timedelta(days=moved)


@given(st.dates(date(2025, 3, 12), date(2060, 1, 1)))
def test_no_statutory_clock_after_an_act_is_due_before_it_began(start: date) -> None:
    matter = Matter(REGISTRY.get("petition", start)).do("submit", start).do("transfer", start).do("accept", start)

    values = [reckon(matter.procedure.clock(run.clock), run, CALENDAR) for run in matter.runs]

    assert all(value.due >= start for value in values if value.due is not None)
