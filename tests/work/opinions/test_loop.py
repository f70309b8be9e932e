"""The loop of an opinion: handed in, passed on, answered, rated."""

from __future__ import annotations

import pytest

from lvzhi.records.matters.ledger import verify
from lvzhi.records.matters.models import Deadline, Matter, WorkItem
from lvzhi.records.matters.refusals import FieldsMissing, NotAllowed, Overtaken
from lvzhi.records.people.actor import citizen
from lvzhi.work.opinions import actions, queries
from lvzhi.work.opinions.models import Opinion
from tests.fixtures.district import NOW, TODAY, District


def test_an_opinion_goes_round_and_its_ledger_holds(district: District) -> None:
    receipt = district.opinion()
    key = receipt.opinion.matter_id
    sender = citizen(district.congress, matters=frozenset({key}))

    actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    actions.answer(key, reply="自七月一日起，末班车延长到二十三点。", actor=district.driver, on=TODAY, at=NOW)
    actions.rate(key, result="solved", process="satisfied", comment="谢谢", actor=sender, on=TODAY, at=NOW)

    matter = Matter.objects.of(district.congress).get(pk=key)
    assert (matter.number, matter.state, matter.is_open) == ("意 2026-0001", "archived", False)
    assert verify(matter) == 4
    opinion = Opinion.objects.of(district.congress).get(matter=key)
    assert (opinion.result_rating, opinion.process_rating) == ("solved", "satisfied")
    assert not WorkItem.objects.of(district.congress).filter(matter=key).exists()
    assert [paper.kind for paper in matter.papers.order_by("id")] == [
        "transfer_letter",
        "notification_letter",
        "reply_letter",
    ]


def test_a_fresh_opinion_waits_for_the_petition_office_with_its_fifteen_days(district: District) -> None:
    matter = district.matter()

    item = WorkItem.objects.of(district.congress).get(matter=matter)
    assert (item.holder, item.kind) == ("petition_office", "act")
    assert item.sort_due == Deadline.objects.of(district.congress).get(matter=matter, clock="notify").due
    assert matter.next_due == item.sort_due


def test_after_the_transfer_the_body_acts_and_the_office_watches(district: District) -> None:
    matter = district.matter()

    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)

    waiting = WorkItem.objects.of(district.congress).filter(matter=matter).values_list("holder", "kind")
    assert set(waiting) == {(f"supervised_body:{district.transport.pk}", "act"), ("petition_office", "watch")}


def test_a_body_that_was_not_asked_cannot_answer(district: District) -> None:
    matter = district.matter()
    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)

    with pytest.raises(NotAllowed, match="由"):
        actions.answer(matter.pk, reply="不是我们。", actor=district.builder, on=TODAY, at=NOW)

    assert matter.entries.count() == 2


def test_a_neighbouring_congress_cannot_act(district: District, neighbour: District) -> None:
    matter = district.matter()

    with pytest.raises(NotAllowed, match="不属于本级人大"):
        actions.transfer(matter.pk, body=neighbour.transport, actor=neighbour.clerk, on=TODAY, at=NOW)


def test_a_body_of_another_congress_cannot_be_handed_the_matter(district: District, neighbour: District) -> None:
    matter = district.matter()

    with pytest.raises(NotAllowed, match="另选"):
        actions.transfer(matter.pk, body=neighbour.transport, actor=district.clerk, on=TODAY, at=NOW)

    matter.refresh_from_db()
    assert (matter.responsible, matter.version) == (None, 1)


def test_whoever_comes_second_is_told_who_was_first(district: District) -> None:
    matter = district.matter()
    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW, version=1)

    with pytest.raises(Overtaken, match="林知远刚刚办了「转送」"):
        actions.assign(matter.pk, body=district.study, actor=district.clerk, on=TODAY, at=NOW, version=1)


def test_an_answer_without_words_is_asked_for(district: District) -> None:
    matter = district.matter()
    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)

    with pytest.raises(FieldsMissing, match="答复内容"):
        actions.answer(matter.pk, reply="  ", actor=district.driver, on=TODAY, at=NOW)


def test_only_the_right_code_opens_a_receipt(district: District) -> None:
    receipt = district.opinion()

    opened = queries.by_receipt(district.congress.pk, receipt.number, receipt.code.lower().replace("-", " "))

    assert opened is not None
    assert opened.pk == receipt.opinion.pk
    assert queries.by_receipt(district.congress.pk, receipt.number, "AAAA-2222") is None


def test_a_message_taken_twice_is_refused_by_the_database(district: District) -> None:
    district.opinion(source_id="R-1")

    with pytest.raises(Exception, match=r"(?i)unique"):
        district.opinion(source_id="R-1")
