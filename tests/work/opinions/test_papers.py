"""The papers of an opinion as a clerk reads them before sealing: law, dates, names, punctuation."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from lvzhi.records.matters.models import Matter
from lvzhi.work.opinions import actions
from tests.fixtures.district import NOW, TODAY, District

GOLDEN = Path(__file__).parents[2] / "golden" / "opinions"
LATER = date(2026, 7, 20)
LATER_AT = datetime(2026, 7, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
def golden() -> Callable[[Matter, str, str], None]:
    """Compare the newest paper of a kind with its golden copy; UPDATE_GOLDEN=1 writes the copy anew."""

    def check(matter: Matter, kind: str, name: str) -> None:
        written = matter.papers.filter(kind=kind).order_by("-id").first()
        assert written is not None
        path = GOLDEN / f"{name}.txt"
        if os.environ.get("UPDATE_GOLDEN") == "1":
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written.text, "utf-8")
        assert written.text == path.read_text("utf-8")

    return check


def transferred(district: District) -> Matter:
    matter = district.matter()
    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    return matter


def assigned(district: District, **given: object) -> Matter:
    matter = district.matter()
    data = {"body": district.study, **given}
    actions.take(matter.pk, "assign", actor=district.clerk, on=TODAY, at=NOW, data=data)
    return matter


def accepted(district: District, kind: str = "") -> Matter:
    matter = transferred(district)
    data = {"kind": kind} if kind else {}
    actions.take(matter.pk, "accept", actor=district.driver, on=TODAY, at=NOW, data=data)
    return matter


def refused(district: District, reason: str, note: str = "") -> Matter:
    matter = district.matter()
    data = {"reason": reason, "note": note}
    actions.take(matter.pk, "not_accept", actor=district.clerk, on=TODAY, at=NOW, data=data)
    return matter


def test_a_transfer_asks_by_analogy_for_what_no_rule_imposes_on_the_receiver(district, golden):
    matter = transferred(district)

    golden(matter, "transfer_letter", "transfer")
    golden(matter, "notification_letter", "told-of-a-transfer")


def test_outside_beijing_a_transfer_cites_no_beijing_regulation(district, golden):
    district.congress.region = "national"
    district.congress.save()

    matter = transferred(district)

    golden(matter, "transfer_letter", "transfer-national")
    golden(matter, "notification_letter", "told-of-a-transfer-national")


def test_a_suggestion_handled_here_has_a_target_of_the_house(district, golden):
    matter = assigned(district, note="请到听泉路实地看一看夜间客流。\n八月底前形成意见。")

    golden(matter, "assignment_notice", "assignment")
    golden(matter, "notification_letter", "told-of-an-assignment")


def test_a_claim_handled_here_has_the_sixty_days(district, golden):
    golden(assigned(district, kind="claim"), "assignment_notice", "assignment-of-a-claim")


@pytest.mark.parametrize("reason", ["in_litigation", "review_final", "in_hand", "not_ours", "other_by_law"])
def test_a_refusal_names_its_ground_and_where_to_turn(district, golden, reason):
    note = "该事项由区教育委员会负责。" if reason == "not_ours" else ""

    golden(refused(district, reason, note), "notification_letter", f"told-of-a-refusal-{reason}")


def test_the_body_that_takes_longer_says_so_in_its_own_name(district, golden):
    matter = accepted(district, "claim")
    data = {"reason": "需要会同公交企业核定夜间运力", "approved_by": "丁岚"}

    actions.take(matter.pk, "extend", actor=district.driver, on=LATER, at=LATER_AT, data=data)

    golden(matter, "notification_letter", "told-of-an-extension")


def test_an_answer_to_a_suggestion_is_a_reply(district, golden):
    matter = accepted(district, "suggestion")

    actions.answer(
        matter.pk, reply="自7月1日起，听泉路末班车延长到23时。\n夜间客流将每季度复核一次。",
        actor=district.driver, on=LATER, at=LATER_AT,
    )  # fmt: skip

    golden(matter, "reply_letter", "reply-to-a-suggestion")


def test_an_answer_to_a_claim_is_a_handling_opinion_and_names_the_review(district, golden):
    matter = accepted(district, "claim")

    actions.answer(
        matter.pk, reply="您请求恢复夜间班次。经调查核实，原班次停运没有按规定公示，予以支持，自8月1日起恢复。",
        actor=district.driver, on=LATER, at=LATER_AT,
    )  # fmt: skip

    golden(matter, "reply_letter", "handling-opinion")


def test_an_answer_of_our_own_is_signed_by_the_office(district, golden):
    matter = assigned(district)

    actions.answer(matter.pk, reply="您的建议已列入调研提纲。", actor=district.researcher, on=LATER, at=LATER_AT)

    golden(matter, "reply_letter", "reply-of-our-own")


@pytest.mark.parametrize("kind", ["claim", "suggestion", "other_procedure"])
def test_a_reminder_names_the_day_and_its_rule(district, golden, kind):
    matter = accepted(district, kind)

    actions.take(matter.pk, "remind", actor=district.clerk, on=date(2026, 6, 30), at=LATER_AT)

    golden(matter, "reminder_letter", f"reminder-{kind}")


def test_a_reminder_after_the_day_asks_for_the_reason(district, golden):
    matter = accepted(district, "claim")

    actions.take(matter.pk, "remind", actor=district.clerk, on=date(2026, 9, 1), at=LATER_AT)

    golden(matter, "reminder_letter", "reminder-late")


def test_a_letter_is_dated_by_the_day_it_was_received(district):
    receipt = district.opinion(received_on=date(2026, 6, 5))
    matter = receipt.opinion.matter

    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)

    assert "我办于2026年6月5日收到" in matter.papers.get(kind="transfer_letter").text


def test_a_matter_of_2018_cites_the_regulation_of_its_time(district):
    words = actions.Words(subject="夜里没有公交车", text="下夜班只能走回家。")
    then = date(2018, 5, 2)
    receipt = actions.submit(congress=district.congress, words=words, actor=district.clerk, on=then, at=NOW)
    matter = receipt.opinion.matter

    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=then, at=NOW)

    letter = matter.papers.get(kind="transfer_letter").text
    assert "应当自受理之日起60日内办结" in letter
    assert "《信访条例》第三十三条" in letter
    assert "信访工作条例" not in letter


def test_no_paper_names_the_petitioner(district):
    receipt = district.opinion(particulars={"name": "何晴", "phone": "0000-5550123"})
    matter = receipt.opinion.matter

    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)

    assert all("何晴" not in paper.text and "5550123" not in paper.text for paper in matter.papers.all())


def test_a_decision_of_the_common_superior_leaves_nothing_to_object_to(district, golden):
    matter = transferred(district)
    actions.take(matter.pk, "object", actor=district.driver, on=TODAY, at=NOW, data={"reason": "归住建委。"})
    actions.transfer(matter.pk, body=district.housing, actor=district.clerk, on=TODAY, at=NOW)
    actions.take(matter.pk, "object", actor=district.builder, on=TODAY, at=NOW, data={"reason": "归交通局。"})

    data = {"body": district.transport, "decided_by": "云麓区人民政府", "reason": "按职责分工。"}
    actions.take(matter.pk, "designate", actor=district.clerk, on=TODAY, at=NOW, data=data)

    golden(matter, "transfer_letter", "transfer-by-decision")
    golden(matter, "notification_letter", "told-of-a-decision")


def test_whoever_is_merged_is_told_of_it_and_answered_in_the_name_of_the_body(district, golden):
    lead, member = transferred(district), district.matter("五路车太少")
    actions.merge(member.pk, lead=lead.number, actor=district.clerk, on=TODAY, at=NOW)

    golden(member, "notification_letter", "told-of-a-merger")


def test_a_body_is_asked_to_handle_again_with_the_senders_reason(district, golden):
    matter = transferred(district)
    actions.answer(matter.pk, reply="末班车已经延长到二十三点。", actor=district.driver, on=TODAY, at=NOW)

    data = {"reason": "站牌还是旧的，二十三点也没有车。"}
    actions.take(matter.pk, "reopen", actor=district.clerk, on=TODAY, at=NOW, data=data)

    golden(matter, "rehandling_notice", "handle-again")
