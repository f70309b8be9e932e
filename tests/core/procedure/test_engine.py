"""The shipped procedures at work: one matter after another, from its first step to its last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core.calendar import official_calendar
from lvzhi.core.procedure import (
    ClockRun,
    ClockValue,
    Procedure,
    Refused,
    Registry,
    advance,
    anchors_after,
    apply,
    explain,
    extension_limit,
    options,
    reckon,
    reckon_all,
)

CALENDAR = official_calendar()
REGISTRY = Registry.load()


@dataclass
class Matter:
    """The least a matter is: its state, its clocks and its anchors."""

    procedure: Procedure
    state: str = ""
    runs: tuple[ClockRun, ...] = ()
    anchors: dict[str, date] = field(default_factory=dict)
    entries: int = 0

    def do(self, action: str, on: date, facts: Mapping[str, object] | None = None) -> "Matter":
        self.entries += 1
        step = advance(
            self.procedure, self.state, self.runs, action,
            on=on, entry=f"e{self.entries}", anchors=self.anchors, facts=facts,
        )  # fmt: skip
        self.anchors = anchors_after(step.action, self.anchors, facts or {})
        self.state, self.runs = step.to_state, apply(self.runs, step.events)
        return self

    def clock(self, name: str) -> ClockValue:
        return reckon_all(self.procedure, self.runs, CALENDAR, self.anchors)[name]

    def run(self, name: str) -> ClockRun:
        return next(run for run in self.runs if run.clock == name)


def petition(on: date = date(2026, 3, 5), region: str = "beijing") -> Matter:
    return Matter(REGISTRY.get("petition", on, region)).do("submit", on)


def suggestion() -> Matter:
    matter = Matter(REGISTRY.get("deputy_suggestion", date(2026, 3, 2), "beijing"))
    matter.do("draft", date(2026, 3, 2)).do("confirm", date(2026, 3, 2), {"cosigners_confirmed": True})
    matter.do("submit", date(2026, 3, 3)).do("register", date(2026, 3, 4))
    return matter.do("assign", date(2026, 3, 5))


def report(meeting: date = date(2026, 7, 30)) -> Matter:
    matter = Matter(REGISTRY.get("special_report", date(2026, 1, 5), "beijing"))
    matter.do("schedule", date(2026, 1, 5), {"meeting_date": meeting})
    return matter.do("plan_work", date(2026, 3, 2)).do("forward_opinions", date(2026, 6, 1))


def test_registering_and_assigning_in_one_step_meets_the_register_clock() -> None:
    matter = petition().do("assign", date(2026, 3, 9))

    assert matter.state == "in_handling"
    assert (matter.clock("register").status, matter.clock("register").late) == ("met", False)
    assert matter.clock("notify").met_on == date(2026, 3, 9)
    assert matter.clock("answer").due is None
    assert matter.clock("answer").internal_due == date(2026, 4, 8)


def test_a_letter_counts_from_the_day_it_was_received() -> None:
    procedure = REGISTRY.get("petition", date(2026, 3, 5), "beijing")

    matter = Matter(procedure).do("submit", date(2026, 3, 5), {"received_on": date(2026, 3, 2)})

    assert matter.clock("register").due == date(2026, 3, 17)


def test_nationally_the_committee_registers_without_a_statutory_limit() -> None:
    matter = petition(region="national")

    assert matter.clock("register").due is None
    said = explain(matter.procedure, "register", matter.run("register"), CALENDAR).sentences("zh")
    assert "法律没有规定具体期限。" in said


def test_the_sixty_days_run_from_acceptance_and_are_extended_once() -> None:
    matter = petition().do("transfer", date(2026, 3, 9)).do("accept", date(2026, 3, 12))
    assert matter.clock("handle").due == date(2026, 5, 11)

    matter.do("extend", date(2026, 5, 6), {"reason": "跨部门"})

    assert matter.clock("handle").due == date(2026, 6, 10)
    with pytest.raises(Refused, match="已经延长过一次"):
        matter.do("extend", date(2026, 6, 1), {})
    with pytest.raises(Refused, match="不用再次"):
        matter.do("accept", date(2026, 6, 1))


def test_an_extension_never_passes_what_the_law_allows() -> None:
    matter = petition().do("transfer", date(2026, 3, 9)).do("accept", date(2026, 3, 12))
    limit = extension_limit(matter.procedure.clock("handle"), matter.run("handle"), CALENDAR)

    matter.do("extend", date(2026, 5, 6), {"until": date(2027, 1, 1)})

    assert limit == date(2026, 6, 10)
    assert matter.clock("handle").due == limit


def test_a_shorter_extension_ends_on_the_day_granted() -> None:
    matter = petition().do("transfer", date(2026, 3, 9)).do("accept", date(2026, 3, 12))

    matter.do("extend", date(2026, 5, 6), {"until": date(2026, 5, 20)})

    assert matter.clock("handle").due == date(2026, 5, 20)


def test_the_time_to_object_lapses_and_makes_nobody_late() -> None:
    matter = petition().do("transfer", date(2026, 3, 9))

    value = matter.clock("object")

    assert (value.due, value.internal_due) == (None, date(2026, 3, 16))
    assert not value.overdue(date(2026, 4, 1))


def test_a_congress_office_transfers_by_analogy_so_the_fifteen_days_are_no_law_outside_beijing() -> None:
    matter = petition(region="national").do("transfer", date(2026, 3, 9))

    value = matter.clock("receipt")

    assert (value.due, value.internal_due) == (None, date(2026, 3, 24))
    said = explain(matter.procedure, "receipt", matter.run("receipt"), CALENDAR).sentences("zh")
    assert said[0] == "依据《信访工作条例(2022-02-25)》第二十三条第三款（参照）。"
    assert "法律没有规定具体期限。" in said


def test_in_beijing_a_department_has_fifteen_days_of_its_own() -> None:
    matter = petition().do("transfer", date(2026, 3, 9))

    value = matter.clock("receipt")

    assert (value.due, value.internal_due) == (date(2026, 3, 24), None)
    assert matter.procedure.clock("receipt").citation.article == "第三十五条"


def test_registering_alone_does_not_sort_a_matter() -> None:
    matter = petition().do("register", date(2026, 3, 6))
    assert matter.clock("register").status == "running"

    matter.do("transfer", date(2026, 3, 9))

    assert matter.clock("register").status == "met"


@pytest.mark.parametrize(
    ("region", "kind", "clock", "due"),
    [
        ("national", "claim", "handle", date(2026, 5, 11)),
        ("national", "", "handle", date(2026, 5, 11)),
        ("national", "suggestion", "study", None),
        ("national", "other_procedure", "other_way", None),
        ("national", "accusation", "other_way", None),
        ("beijing", "suggestion", "study", date(2026, 5, 11)),
    ],
)
def test_the_kind_of_matter_decides_which_clock_runs(region: str, kind: str, clock: str, due: date | None) -> None:
    matter = petition(region=region).do("transfer", date(2026, 3, 9)).do("accept", date(2026, 3, 12), {"kind": kind})

    running = {run.clock for run in matter.runs if run.status == "running"}

    assert running & {"handle", "study", "other_way"} == {clock}
    assert matter.clock(clock).due == due
    with pytest.raises(Refused, match="不用再次"):
        matter.do("accept", date(2026, 3, 13), {"kind": "claim"})


def test_a_claim_of_our_own_has_the_sixty_days_and_their_extension() -> None:
    matter = petition().do("assign", date(2026, 3, 9), {"kind": "claim"})
    assert (matter.clock("handle_own").due, matter.clock("handle_own").status) == (date(2026, 5, 8), "running")
    assert "answer" not in {run.clock for run in matter.runs}

    matter.do("extend", date(2026, 5, 6), {"reason": "需要听证"})

    assert matter.clock("handle_own").due == date(2026, 6, 8)


def test_a_suggestion_of_our_own_cannot_be_extended_because_nothing_statutory_runs() -> None:
    matter = petition().do("assign", date(2026, 3, 9))

    with pytest.raises(Refused, match="没有在计算"):
        matter.do("extend", date(2026, 3, 20), {"reason": "忙"})


def test_the_regulation_of_2005_knew_no_kinds() -> None:
    matter = petition(date(2018, 5, 2), "national").do("transfer", date(2018, 5, 4))

    matter.do("accept", date(2018, 5, 7), {"kind": "suggestion"})

    assert matter.clock("study").due == date(2018, 7, 6)


def test_a_breach_is_contained_at_once_without_an_invented_day() -> None:
    matter = Matter(REGISTRY.get("data_protection", date(2026, 3, 2))).do("report_breach", date(2026, 3, 2))

    assert (matter.clock("contain").due, matter.clock("contain").internal_due) == (None, date(2026, 3, 2))


def test_a_late_answer_is_late() -> None:
    matter = petition().do("transfer", date(2026, 3, 9)).do("accept", date(2026, 3, 12))
    assert matter.clock("handle").overdue(date(2026, 5, 12))

    matter.do("answer", date(2026, 5, 12))

    assert matter.state == "result_returned"
    assert (matter.clock("handle").late, matter.clock("handle").met_on) == (True, date(2026, 5, 12))


def test_waiting_for_a_supplement_rests_the_internal_target_but_no_statutory_clock() -> None:
    matter = petition().do("ask_supplement", date(2026, 3, 6)).do("assign", date(2026, 3, 9))
    matter.do("ask_supplement", date(2026, 3, 10))
    assert matter.clock("answer").status == "paused"

    matter.do("supplement", date(2026, 3, 20))

    assert matter.clock("answer").internal_due == date(2026, 4, 20)
    assert matter.clock("notify").due == date(2026, 3, 20)


def test_an_unknown_address_waives_the_written_notice() -> None:
    matter = petition().do("mark_unreachable", date(2026, 3, 6))

    assert (matter.clock("notify").status, matter.clock("notify").due) == ("waived", None)
    assert matter.clock("register").status == "running"


def test_a_reopened_matter_goes_round_again_and_its_clocks_restart() -> None:
    matter = petition().do("assign", date(2026, 3, 9)).do("answer", date(2026, 3, 20))
    matter.do("reopen", date(2026, 3, 25))

    matter.do("assign", date(2026, 3, 26))

    assert matter.clock("answer").status == "running"
    assert matter.clock("answer").started_on == date(2026, 3, 26)


def test_a_matter_of_2018_keeps_the_edition_of_its_time() -> None:
    matter = petition(date(2018, 5, 2), "national")

    matter.do("transfer", date(2018, 5, 4)).do("accept", date(2018, 5, 7))

    assert matter.procedure.key == "petition@2005-05-01"
    found = explain(matter.procedure, "handle", matter.run("handle"), CALENDAR)
    assert found.citation.render() == "《信访条例(2005-01-10)》第三十三条"


def test_the_sentence_why_not_names_the_role_or_the_guard() -> None:
    matter = suggestion().do("accept", date(2026, 3, 9)).do("log_contact", date(2026, 3, 12))

    found = {o.action.name: o for o in options(matter.procedure, matter.state, frozenset({"supervised_body"}), {})}

    assert found["reply"].why_not.zh.startswith("还没有记录与代表的联系")
    assert found["reassign"].why_not.zh == "「重新交办」由代表工作机构办理。"
    assert found["log_contact"].allowed
    with pytest.raises(Refused, match="还没有记录与代表的联系"):
        matter.do("reply", date(2026, 4, 1))


def test_a_button_pressed_twice_is_refused_with_the_state_the_matter_is_in() -> None:
    matter = petition().do("register", date(2026, 3, 6))

    with pytest.raises(Refused, match="事项现在是「登记」，不能再「登记」"):
        matter.do("register", date(2026, 3, 6))


def test_assigning_again_does_not_restart_the_three_months() -> None:
    matter = suggestion()
    assert matter.clock("reply").due == date(2026, 6, 5)

    matter.do("reassign", date(2026, 5, 20))

    assert matter.clock("reply").due == date(2026, 6, 5)


def test_consent_gives_six_months_from_the_first_assignment() -> None:
    matter = suggestion().do("reassign", date(2026, 5, 20)).do("grant_extension", date(2026, 5, 25))

    found = explain(matter.procedure, "reply", matter.run("reply"), CALENDAR)

    assert found.due == date(2026, 9, 7)  # 5 September 2026 is a Saturday
    assert "5月25日同意延期：从3月5日起算，最长六个月，到9月5日。" in found.sentences("zh")


def test_feedback_in_fifteen_workdays_and_a_redo_in_two_months() -> None:
    ok = {"contact_logged": True}
    matter = suggestion().do("accept", date(2026, 3, 9)).do("log_contact", date(2026, 3, 12))
    matter.do("reply", date(2026, 4, 20), ok)
    assert matter.clock("feedback").due == date(2026, 5, 13)  # five days off, 9 May worked

    matter.do("feedback", date(2026, 5, 8)).do("redo", date(2026, 5, 11))
    assert matter.clock("redo").due == date(2026, 7, 13)

    matter.do("reply_again", date(2026, 7, 1), ok)
    assert matter.clock("redo").late is False
    assert matter.clock("feedback").status == "running"


def test_a_promise_stays_in_the_ledger_until_its_date() -> None:
    matter = suggestion().do("accept", date(2026, 3, 9)).do("log_contact", date(2026, 3, 12))
    matter.do("reply", date(2026, 4, 20), {"contact_logged": True})
    matter.do("commit", date(2026, 4, 27), {"promised_on": date(2026, 12, 31)})
    assert matter.clock("promise").due == date(2026, 12, 31)

    matter.do("change_promise", date(2026, 12, 1), {"promised_on": date(2027, 3, 31), "reason": "工期"})

    assert matter.clock("promise").due == date(2027, 3, 31)
    assert matter.clock("feedback").status == "running"  # a promise does not take the deputy's word away
    matter.do("feedback", date(2026, 12, 2))
    assert (matter.state, matter.clock("feedback").status) == ("committed_follow_up", "met")


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
