"""What the loop does beyond one opinion and one body: points, checks, mergers, rounds, co-handlers, returns."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.utils import timezone

from lvzhi.records.jobs.worker import work
from lvzhi.records.matters.models import Deadline, Entry, Matter, Party, WorkItem
from lvzhi.records.matters.queries import entries
from lvzhi.records.matters.refusals import FieldsMissing, NotAllowed
from lvzhi.records.people.actor import Actor, citizen
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.actions import Receipt
from lvzhi.work.opinions.models import Answer, Merger, Opinion, Posting
from tests.fixtures.district import NOW, TODAY, District

GOOD = "自七月一日起，五路车末班延长到二十三点，站牌六月底换好。"
HOLLOW = "您反映的问题已转相关部门，请耐心等待。"


def take(district: District, key: UUID, action: str, actor: Actor | None = None, **data: object) -> Matter:
    """One act of the story, by the clerk unless another acts."""
    actions.take(key, action, actor=actor or district.clerk, on=TODAY, at=NOW, data=data)
    return Matter.objects.of(district.congress).get(pk=key)


def passed_on(district: District, **given: object) -> Receipt:
    """An opinion that the transport bureau has."""
    receipt = district.opinion(**given)
    actions.transfer(receipt.opinion.matter_id, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    return receipt


def sender_of(district: District, receipt: Receipt) -> Actor:
    """Whoever holds the receipt."""
    return citizen(district.congress, matters=frozenset({receipt.opinion.matter_id}))


def work_off() -> None:
    """Do every job that is due."""
    while work(at=timezone.now()):
        pass


def test_an_answer_that_leaves_a_point_open_is_refused_by_its_number(district: District) -> None:
    receipt = passed_on(district, points=["夜里加车", "站牌挪近"])

    with pytest.raises(FieldsMissing, match="第 2 点还没有答"):
        take(district, receipt.opinion.matter_id, "answer", district.driver, reply="", by_point=[GOOD, ""])

    assert Opinion.objects.of(district.congress).get().reply == ""


def test_an_answer_to_every_point_is_put_together_in_their_order(district: District) -> None:
    receipt = passed_on(district, points=["夜里加车", "站牌挪近"])

    said = ["七月一日起末班延长到二十三点。", "站牌六月三十日前挪到小区门口。"]
    take(district, receipt.opinion.matter_id, "answer", district.driver, reply="经研究：", by_point=said)

    reply = Opinion.objects.of(district.congress).get().reply
    assert reply == f"经研究：\n\n1. 夜里加车\n{said[0]}\n\n2. 站牌挪近\n{said[1]}"
    assert Answer.objects.of(district.congress).get().by_point == said


def test_an_answer_that_says_nothing_waits_for_the_office_and_can_be_sent_back(district: District) -> None:
    key = passed_on(district).opinion.matter_id

    checked = take(district, key, "answer", district.driver, reply=HOLLOW)
    assert (checked.state, Opinion.objects.of(district.congress).get().reply) == ("result_check", "")
    assert WorkItem.objects.of(district.congress).get(matter=key, kind="act").holder == "petition_office"
    back = take(district, key, "send_back", reason="没有说办了什么。")

    assert back.state == "transferred"
    assert Answer.objects.of(district.congress).get().verdict == Answer.Verdict.SENT_BACK
    assert take(district, key, "answer", district.driver, reply=GOOD).state == "result_returned"


def test_what_the_office_passes_reaches_the_sender_in_the_bodys_own_words(district: District) -> None:
    key = passed_on(district).opinion.matter_id
    take(district, key, "answer", district.driver, reply=HOLLOW)

    matter = take(district, key, "pass_answer")

    assert (matter.state, Opinion.objects.of(district.congress).get().reply) == ("result_returned", HOLLOW)
    assert matter.papers.filter(kind="reply_letter").count() == 1


def test_the_statutory_clock_of_a_claim_runs_on_while_its_answer_is_checked(district: District) -> None:
    key = passed_on(district).opinion.matter_id
    take(district, key, "accept", district.driver, kind="claim")
    due = Deadline.objects.of(district.congress).get(matter=key, clock="handle").due

    take(district, key, "answer", district.driver, reply=HOLLOW)

    clock = Deadline.objects.of(district.congress).get(matter=key, clock="handle")
    assert (clock.status, clock.due) == ("running", due)


def test_process_and_result_are_rated_apart_and_a_reopened_matter_is_rated_anew(district: District) -> None:
    receipt = passed_on(district)
    key = receipt.opinion.matter_id
    take(district, key, "answer", district.driver, reply=GOOD)
    take(district, key, "rate", sender_of(district, receipt), result="not", process="satisfied")
    before = Opinion.objects.of(district.congress).get()

    matter = take(district, key, "reopen", sender_of(district, receipt), reason="车还是没有来。")

    after = Opinion.objects.of(district.congress).get()
    assert (before.result_rating, before.process_rating) == ("not", "satisfied")
    assert (after.result_rating, after.process_rating, after.round) == ("", "", 2)
    assert matter.state == "transferred"
    assert Deadline.objects.of(district.congress).get(matter=key, clock="rehandle").status == "running"
    handler = f"supervised_body:{district.transport.pk}"
    assert WorkItem.objects.of(district.congress).filter(matter=key, holder=handler, kind="act").exists()


def test_a_sender_reopens_twice_and_then_is_told_of_the_review(district: District) -> None:
    receipt = passed_on(district)
    key, sender = receipt.opinion.matter_id, sender_of(district, receipt)
    for _round in range(2):
        take(district, key, "answer", district.driver, reply=GOOD)
        take(district, key, "reopen", sender, reason="没有解决。")
    take(district, key, "answer", district.driver, reply=GOOD)

    with pytest.raises(NotAllowed, match="请求复查"):
        take(district, key, "reopen", sender, reason="没有解决。")


def test_merged_opinions_keep_their_authors_and_are_answered_along(district: District) -> None:
    lead, second, third = passed_on(district), district.opinion("五路车太少"), district.opinion("末班车太早")
    for each in (second, third):
        take(district, each.opinion.matter_id, "merge", lead=lead.number)

    take(district, lead.opinion.matter_id, "answer", district.driver, reply=GOOD)
    work_off()

    rows = Opinion.objects.of(district.congress).order_by("pk")
    assert [row.reply for row in rows] == [GOOD] * 3
    assert [row.matter.state for row in rows] == ["result_returned", "replied", "replied"]
    rated = take(
        district, third.opinion.matter_id, "rate", sender_of(district, third), result="solved", process="satisfied"
    )
    assert rated.state == "archived"


def test_merging_meets_the_duty_to_tell_every_petitioner_within_fifteen_days(district: District) -> None:
    lead, second = passed_on(district), district.opinion("五路车太少")

    matter = take(district, second.opinion.matter_id, "merge", lead=lead.number)

    assert Deadline.objects.of(district.congress).get(matter=matter, clock="notify").status == "met"
    assert matter.papers.filter(kind="notification_letter").exists()


def test_a_merger_is_undone_and_stays_on_record(district: District) -> None:
    lead, second = passed_on(district), district.opinion("五路车太少")
    take(district, second.opinion.matter_id, "merge", lead=lead.number)

    matter = take(district, second.opinion.matter_id, "unmerge", reason="说的是另一条线。")

    assert matter.state == "screened"
    assert Opinion.objects.of(district.congress).get(pk=second.opinion.pk).merged_into is None
    assert Merger.objects.of(district.congress).get().ended_because == "说的是另一条线。"


def test_when_the_lead_withdraws_the_oldest_member_takes_its_place(district: District) -> None:
    lead, second, third = passed_on(district), district.opinion("五路车太少"), district.opinion("末班车太早")
    for each in (second, third):
        take(district, each.opinion.matter_id, "merge", lead=lead.number)

    take(district, lead.opinion.matter_id, "withdraw", sender_of(district, lead))

    heir = Matter.objects.of(district.congress).get(pk=second.opinion.matter_id)
    assert heir.state == "screened"
    assert Opinion.objects.of(district.congress).get(pk=third.opinion.pk).merged_into_id == second.opinion.pk
    assert Deadline.objects.of(district.congress).get(matter=heir, clock="reassign").status == "running"


def test_what_its_sender_withdraws_leaves_the_board(district: District) -> None:
    receipt = passed_on(district)
    key = receipt.opinion.matter_id
    assert take(district, key, "publish").is_public

    take(district, key, "withdraw", sender_of(district, receipt))

    assert not Matter.objects.of(district.congress).get(pk=key).is_public
    assert not Posting.objects.of(district.congress).filter(matter_key=key).exists()
    assert Entry.objects.of(district.congress).filter(matter=key, action="unpublish").exists()


@pytest.mark.parametrize("number", ["意 2026-0001", "意 2026-0999"])
def test_what_cannot_be_merged_is_refused_in_words(district: District, number: str) -> None:
    receipt = passed_on(district)

    with pytest.raises(NotAllowed, match=r"不能把一件意见并入它自己|没有编号是"):
        take(district, receipt.opinion.matter_id, "merge", lead=number)


def test_a_co_handler_sees_the_matter_contributes_and_does_not_answer(district: District) -> None:
    key = passed_on(district).opinion.matter_id

    matter = take(district, key, "invite", district.driver, co_body=district.housing)
    waiting = WorkItem.objects.of(district.congress).filter(matter=key, kind="act").values_list("holder", flat=True)
    assert set(waiting) == {f"supervised_body:{body.pk}" for body in (district.transport, district.housing)}
    assert Matter.objects.visible_to(district.builder).filter(pk=key).exists()
    assert matter.responsible == district.transport
    with pytest.raises(NotAllowed):
        take(district, key, "answer", district.builder, reply=GOOD)
    take(district, key, "contribute", district.builder, contribution="小区门口可以让出车位设站。")

    left = WorkItem.objects.of(district.congress).filter(matter=key, kind="act").values_list("holder", flat=True)
    assert set(left) == {f"supervised_body:{district.transport.pk}"}
    assert Deadline.objects.of(district.congress).get(matter=key, clock="contribute").status == "met"
    assert Party.objects.of(district.congress).filter(matter=key, role="co_body").count() == 1


def test_two_bodies_that_each_say_it_is_the_others_end_with_a_decision(district: District) -> None:
    key = passed_on(district).opinion.matter_id
    take(district, key, "object", district.driver, reason="归住建委。")
    with pytest.raises(NotAllowed, match="至少两个单位"):
        take(district, key, "designate", body=district.housing, decided_by="区政府", reason="按职责。")
    actions.transfer(key, body=district.housing, actor=district.clerk, on=TODAY, at=NOW)
    take(district, key, "object", district.builder, reason="归交通局。")

    matter = take(district, key, "designate", body=district.transport, decided_by="区政府", reason="按三定规定。")

    assert (matter.state, matter.responsible) == ("transferred", district.transport)
    with pytest.raises(NotAllowed, match="共同的上一级机关"):
        take(district, key, "object", district.driver, reason="还是不归我们。")


def test_a_returned_assignment_has_a_clock_of_its_own(district: District) -> None:
    key = passed_on(district).opinion.matter_id

    take(district, key, "object", district.driver, reason="归住建委。")

    clock = Deadline.objects.of(district.congress).get(matter=key, clock="reassign")
    assert (clock.status, clock.due) == ("running", None)
    assert clock.internal_due is not None


def test_an_internal_note_is_not_read_by_whoever_holds_the_receipt(district: District) -> None:
    receipt = passed_on(district)
    matter = take(district, receipt.opinion.matter_id, "note", note="来电三次，情绪激动。")

    inside = [entry.action for entry in entries(matter, actor=district.driver)]
    outside = [entry.action for entry in entries(matter, actor=sender_of(district, receipt))]

    assert "note" in inside
    assert "note" not in outside


def test_what_was_set_aside_is_restored_with_its_first_day(district: District) -> None:
    receipt = district.opinion()
    key = receipt.opinion.matter_id
    first = Deadline.objects.of(district.congress).get(matter=key, clock="notify").due
    take(district, key, "set_aside", reason="advertisement")

    matter = take(district, key, "restore", sender_of(district, receipt), reason="我说的是真事。")

    assert matter.state == "received"
    assert Deadline.objects.of(district.congress).get(matter=key, clock="notify").due == first
