"""The calls of a re-visit: by an office that had no part, every reading of a number on record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.notices.models import Notice
from lvzhi.records.people.actor import Actor, citizen
from lvzhi.records.people.models import PersonalReading, PersonalRecord
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.actions import revisits
from lvzhi.work.opinions.models import Opinion
from lvzhi.work.opinions.queries import revisits as read
from lvzhi.work.opinions.rules import may_call
from tests.fixtures.district import NOW, TODAY, District
from tests.fixtures.revisits import LATER, LATER_ON, PHONE, answered, drawn, record
from tests.work.opinions.test_whole_loop import work_off


def test_a_number_is_read_for_the_call_alone_and_the_reading_says_so(district: District, caller: Actor) -> None:
    answered(district, 3)
    case = drawn(district, caller)[0]

    told = revisits.read_contact(key=case.pk, actor=caller, at=LATER)

    assert told == PHONE
    note = PersonalReading.objects.of(district.congress).get()
    assert note.purpose == f"回访 2026-01 第 1 件：{case.opinion.matter.number}"
    record(case, caller, "solved")
    with pytest.raises(NotAllowed, match="不再打开"):
        revisits.read_contact(key=case.pk, actor=caller, at=LATER)
    assert PersonalReading.objects.of(district.congress).count() == 1


def test_a_number_that_has_expired_is_said_to_be_gone(district: District, caller: Actor) -> None:
    answered(district, 2)
    case = drawn(district, caller)[0]
    PersonalRecord.objects.of(district.congress).filter(pk=case.opinion.sender_id).delete()

    with pytest.raises(NotAllowed, match="没有联系上"):
        revisits.read_contact(key=case.pk, actor=caller, at=LATER)


def test_a_re_visit_is_a_public_entry_and_a_closed_matter_is_not_closed_anew(district: District, caller: Actor) -> None:
    opinion = answered(district, 1)[0]
    sender = citizen(district.congress, matters=frozenset({opinion.matter_id}))
    actions.rate(opinion.matter_id, result="solved", process="satisfied", actor=sender, on=TODAY, at=NOW)
    case = drawn(district, caller, 1)[0]

    record(case, caller, "partly", "灯亮了，路面还没有修。")

    matter = Matter.objects.of(district.congress).get(pk=opinion.matter_id)
    entry = matter.entries.get(action="revisit")
    assert (matter.state, matter.closed_on, matter.is_open) == ("archived", TODAY, False)
    assert (entry.is_public, entry.data["result"], entry.actor_name) == (True, "partly", "唐书怡")
    assert Opinion.objects.of(district.congress).get().result_rating == "solved"
    assert case.rated == "solved"


def test_not_solved_is_told_to_the_petition_office_which_may_reopen(district: District, caller: Actor) -> None:
    opinion = answered(district, 1)[0]
    case = drawn(district, caller, 1)[0]
    case = revisits.record(key=case.pk, result="not", note="灯没有亮", actor=caller, on=LATER_ON, at=LATER)

    work_off_at_once()

    told = Notice.objects.of(district.congress).filter(account=district.clerk.account, entry__action="revisit").get()
    assert "回访说没有解决，可以重新办理" in told.text
    actions.take(
        opinion.matter_id, "reopen", actor=district.clerk, on=LATER_ON, at=LATER, data={"reason": "回访未解决"}
    )
    assert Matter.objects.of(district.congress).get(pk=opinion.matter_id).state == "transferred"


def work_off_at_once() -> None:
    """Do every job as of the days of the story."""
    from lvzhi.records.jobs.worker import work

    while work(at=LATER):
        pass


def test_who_was_not_reached_may_be_called_again_and_the_ledger_says_nothing(district: District, caller: Actor) -> None:
    answered(district, 1)
    case = drawn(district, caller, 1)[0]

    record(case, caller, "unreachable", "两次没有人接")
    again = record(case, caller, "solved")

    assert (again.attempts, again.result) == (2, "solved")
    assert Entry.objects.of(district.congress).filter(action="revisit").count() == 1
    with pytest.raises(NotAllowed, match="已经记过结果"):
        record(case, caller, "not")


def test_a_matter_that_was_reopened_meanwhile_is_not_asked_about(district: District, caller: Actor) -> None:
    opinion = answered(district, 1)[0]
    case = drawn(district, caller, 1)[0]
    with pytest.raises(NotAllowed, match="没有在重新办理"):
        record(case, caller, "reopened")
    sender = citizen(district.congress, matters=frozenset({opinion.matter_id}))
    actions.take(opinion.matter_id, "reopen", actor=sender, on=LATER_ON, at=LATER, data={"reason": "灯又灭了。"})

    with pytest.raises(NotAllowed, match="正在重新办理"):
        record(case, caller, "solved")

    assert record(case, caller, "reopened").is_settled


def test_a_round_closes_when_everyone_was_at_least_tried(district: District, caller: Actor) -> None:
    answered(district, 2)
    cases = drawn(district, caller)
    record(cases[0], caller, "unreachable")

    with pytest.raises(NotAllowed, match="还有 1 件没有回访"):
        revisits.close(key=cases[0].round_id, actor=caller, on=LATER_ON)
    record(cases[1], caller, "solved")
    revisits.close(key=cases[0].round_id, actor=caller, on=LATER_ON)

    with pytest.raises(NotAllowed, match="已经结束"):
        record(cases[0], caller, "solved")


def test_what_the_sender_rated_is_set_beside_what_they_say_now(district: District, caller: Actor) -> None:
    for opinion, rating in zip(answered(district, 4), ["solved", "solved", "not", ""], strict=True):
        if rating:
            sender = citizen(district.congress, matters=frozenset({opinion.matter_id}))
            actions.rate(opinion.matter_id, result=rating, process="satisfied", actor=sender, on=TODAY, at=NOW)
    cases = drawn(district, caller, 4)
    first = next(case for case in cases if case.rated == "solved")
    for case in cases:
        record(case, caller, "not" if case == first else "solved")

    found = read.figures(read.cases(cases[0].round))

    assert (found.drawn, found.reached, found.solved, found.not_solved) == (4, 4, 3, 1)
    assert (found.said_solved, found.confirmed) == (2, 1)
    assert found.confirmed_share is not None
    assert found.confirmed_share.low < 0.5 < found.confirmed_share.high
    assert found.compared[("solved", "not")] == 1
    assert found.compared[("", "solved")] == 1


@pytest.mark.parametrize("count", [1, 4])
def test_reading_rounds_costs_the_same_however_many_were_drawn(
    district: District, caller: Actor, count: int, django_assert_num_queries: Any
) -> None:
    answered(district, 4)
    cases = drawn(district, caller, count)

    with django_assert_num_queries(1):
        assert [(each.number, each.asked) for each in read.rounds(district.congress.pk)] == [("2026-01", 0)]
    found = read.round_of(district.congress.pk, number="2026-01")
    assert found is not None
    with django_assert_num_queries(1):
        shown = read.cases(found)
        read.figures(shown)
        read.record_of(found, shown)
        assert [case.opinion.matter.responsible.short for case in shown] == ["区交通局"] * count  # type: ignore[union-attr]
    with django_assert_num_queries(1):
        assert read.with_a_part(caller, shown) == set()
    with django_assert_num_queries(1):
        one = read.case_of(district.congress.pk, cases[0].pk)
        assert one is not None
        assert one.round.number == "2026-01"
    with django_assert_num_queries(1):
        assert may_call.allows(caller, one)


def test_a_case_that_is_not_there_is_said_so(district: District, caller: Actor) -> None:
    with pytest.raises(NotAllowed, match="没有这一件回访"):
        revisits.record(key=UUID(int=1), result="solved", note="", actor=caller, on=TODAY, at=NOW)
    work_off()
