"""The shipped procedures at work: opinions and suggestions, from the first step to the last."""

from datetime import date

import pytest

from lvzhi.core.procedure import (
    Refused,
    explain,
    extension_limit,
    options,
)
from tests.core.procedure.walk import CALENDAR, REGISTRY, Matter, petition, suggestion


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


def test_a_reopened_matter_goes_back_to_its_body_and_a_clock_of_its_own_begins() -> None:
    matter = petition().do("assign", date(2026, 3, 9)).do("answer", date(2026, 3, 20))

    matter.do("reopen_own", date(2026, 3, 25))

    assert matter.state == "in_handling"
    assert matter.clock("rehandle_own").status == "running"
    assert matter.clock("rehandle_own").started_on == date(2026, 3, 25)
    assert matter.clock("answer").status == "met"


def test_a_matter_given_back_and_assigned_anew_starts_its_clocks_again() -> None:
    matter = petition().do("assign", date(2026, 3, 9)).do("decline", date(2026, 3, 20))

    matter.do("assign", date(2026, 3, 26))

    assert matter.clock("answer").status == "running"
    assert matter.clock("answer").started_on == date(2026, 3, 26)
    assert matter.clock("reassign").status == "met"


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
