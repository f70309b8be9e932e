"""Sorting a fresh opinion: danger seen first, suspicion with reasons, suggestions, and every decision on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lvzhi.records.jobs.worker import work
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.notices.models import Notice
from lvzhi.records.people.actor import citizen
from lvzhi.records.people.models import Membership
from lvzhi.work.opinions import actions, queries
from lvzhi.work.opinions.actions import Decision
from lvzhi.work.opinions.actions.sweeping import AT_ONCE
from lvzhi.work.opinions.models import Apart, Opinion, Topic, Triage
from tests.fixtures.district import NOW, TODAY, District

DESPAIR = "跑了三年没有人管，我真的不想活了，明天就从楼上跳下去。"
ADVERT = "本公司专业代开发票，点数低，加微信领取优惠。"


def work_off() -> None:
    """Do every job that is due."""
    while work(at=timezone.now()):
        pass


def take(district: District, opinion: Opinion, action: str, **data: object) -> None:
    actions.take(opinion.matter_id, action, actor=district.clerk, on=TODAY, at=NOW, data=data)


def again(opinion: Opinion) -> Opinion:
    return Opinion.objects.of(opinion.congress_id).select_related("matter", "triage").get(pk=opinion.pk)


def test_a_sign_of_danger_is_known_before_the_worker_has_looked(district: District) -> None:
    opinion = district.opinion("没有活路了", DESPAIR).opinion

    assert opinion.danger == Opinion.Danger.SELF_HARM
    assert [each.pk for each in queries.in_danger(district.congress.pk)] == [opinion.pk]


def test_the_office_is_told_of_the_danger_at_once_and_in_plain_words(district: District) -> None:
    at = timezone.now()
    words = actions.Words(subject="没有活路了", text=DESPAIR)
    actions.submit(congress=district.congress, words=words, actor=citizen(district.congress), on=at.date(), at=at)

    work_off()

    notice = Notice.objects.of(district.congress).get(account=district.clerk.account)
    assert notice.text.startswith("【有轻生迹象】意 ")
    assert "先联系人" in notice.text


def test_once_somebody_was_contacted_it_leaves_the_top_and_the_contact_stays_inside(district: District) -> None:
    receipt = district.opinion("没有活路了", DESPAIR)

    take(district, receipt.opinion, "attend", contact="已打电话，社区民警到家，人没有事。")

    assert queries.in_danger(district.congress.pk) == []
    matter = Matter.objects.of(district.congress).get(pk=receipt.opinion.matter_id)
    sender = citizen(district.congress, matters=frozenset({matter.pk}))
    from lvzhi.records.matters.queries import entries

    assert "attend" not in [entry.action for entry in entries(matter, actor=sender)]


def test_an_advertisement_waits_in_its_own_queue_with_the_words_that_gave_it_away(district: District) -> None:
    opinion = district.opinion("专业代开", ADVERT).opinion

    work_off()

    found = again(opinion)
    assert found.is_suspected
    assert any(item["code"] == "spam_offer" and "发票" in item["words"] for item in found.suspicion)
    assert queries.fresh(district.congress.pk).rows == []
    assert [line.opinion.pk for line in queries.suspected(district.congress.pk).rows] == [opinion.pk]


def test_a_sign_of_danger_is_never_put_aside_as_spam(district: District) -> None:
    opinion = district.opinion("不想活了", f"{DESPAIR}{ADVERT}").opinion

    work_off()

    assert not again(opinion).is_suspected
    assert again(opinion).suspicion


def test_identical_submissions_are_one_line_with_their_number(
    district: District, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(8):
        district.opinion("专业代开", ADVERT)
    district.opinion("无抵押贷款", "无抵押贷款，凭身份证就能办理，当天放款，加微信。")
    work_off()

    with django_assert_num_queries(2):
        lines = queries.suspected(district.congress.pk).rows

    assert [line.count for line in lines] == [8, 1]
    assert len(queries.with_the_words_of(district.congress.pk, lines[0].opinion.fingerprint)) == 8


def test_looking_at_a_suspicion_puts_it_into_the_queue_and_on_record(district: District) -> None:
    opinion = district.opinion("专业代开", ADVERT).opinion
    work_off()

    take(district, opinion, "clear")

    assert not again(opinion).is_suspected
    assert [each.pk for each in queries.fresh(district.congress.pk).rows] == [opinion.pk]
    assert Entry.objects.of(district.congress).filter(matter=opinion.matter_id, action="clear").exists()


def test_a_flood_is_set_aside_a_few_at_once_and_the_rest_by_the_worker(district: District) -> None:
    flood = [district.opinion("专业代开", ADVERT).opinion.matter_id for _time in range(AT_ONCE * 2 + 5)]

    swept = actions.sweep(flood, "set_aside", reason="advertisement", actor=district.clerk, on=TODAY, at=timezone.now())

    rows = Matter.objects.of(district.congress).filter(pk__in=flood, state="set_aside")
    assert (swept.done, swept.later, swept.refused) == (AT_ONCE, AT_ONCE + 5, [])
    assert rows.count() == AT_ONCE
    work_off()
    assert rows.count() == len(flood)
    taken = Entry.objects.of(district.congress).filter(matter__in=flood, action="set_aside")
    assert {entry.actor_name for entry in taken} == {district.clerk.name}


def test_a_sweep_stops_when_its_clerk_has_left_the_office(district: District) -> None:
    flood = [district.opinion("专业代开", ADVERT).opinion.matter_id for _time in range(AT_ONCE + 3)]
    actions.sweep(flood, "set_aside", reason="advertisement", actor=district.clerk, on=TODAY, at=timezone.now())
    Membership.objects.of(district.congress).filter(role="petition_office").delete()

    work_off()

    assert Matter.objects.of(district.congress).filter(pk__in=flood, state="set_aside").count() == AT_ONCE


def test_what_was_set_aside_comes_back_into_the_queue_when_the_sender_asks(district: District) -> None:
    receipt = district.opinion("专业代开", ADVERT)
    work_off()
    take(district, receipt.opinion, "set_aside", reason="advertisement")
    sender = citizen(district.congress, matters=frozenset({receipt.opinion.matter_id}))

    actions.take(
        receipt.opinion.matter_id, "restore", actor=sender, on=TODAY, at=NOW, data={"reason": "我是举报他们。"}
    )

    assert [each.pk for each in queries.fresh(district.congress.pk).rows] == [receipt.opinion.pk]


def test_one_decision_classifies_lists_the_points_and_hands_over(district: District) -> None:
    Topic.objects.create(congress=district.congress, path="出行和停车/公共交通/公交线路", category="transport")
    opinion = district.opinion().opinion

    actions.dispatch(
        opinion.matter_id,
        Decision(
            district.transport,
            category="transport",
            topic="出行和停车/公共交通/公交线路",
            points=["1. 夜里加车", "2、站牌挪近"],
        ),
        actor=district.clerk,
        on=TODAY,
        at=NOW,
        version=1,
    )

    found = again(opinion)
    assert (found.matter.state, found.matter.category, found.matter.responsible) == (
        "transferred", "transport", district.transport,
    )  # fmt: skip
    assert (found.topic, found.points) == ("出行和停车/公共交通/公交线路", ["夜里加车", "站牌挪近"])
    done = Entry.objects.of(district.congress).filter(matter=opinion.matter_id).order_by("seq")
    assert [entry.action for entry in done] == ["submit", "itemise", "classify", "transfer"]


def test_a_body_of_our_own_is_given_an_assignment(district: District) -> None:
    opinion = district.opinion().opinion

    decision = Decision(district.study, kind="suggestion")
    entry = actions.dispatch(opinion.matter_id, decision, actor=district.clerk, on=TODAY, at=NOW)

    assert (entry.action, entry.data["kind"]) == ("assign", "suggestion")


@pytest.mark.parametrize(
    ("category", "topic", "said"), [("nothing", "", "没有这个类别"), ("transport", "没有/这条", "分类目录里没有")]
)
def test_a_subject_that_is_not_on_the_list_is_refused_and_nothing_is_stored(
    district: District, category: str, topic: str, said: str
) -> None:
    opinion = district.opinion().opinion

    with pytest.raises(NotAllowed, match=said):
        actions.dispatch(
            opinion.matter_id,
            Decision(district.transport, category=category, topic=topic),
            actor=district.clerk,
            on=TODAY,
            at=NOW,
        )

    assert again(opinion).matter.version == 1


def test_the_worker_says_which_opinions_are_alike_until_a_person_keeps_them_apart(district: District) -> None:
    first = district.opinion().opinion
    second = district.opinion(text="听泉路晚上九点以后就没有公交了，下夜班的只能走回家去。").opinion
    work_off()
    alike = queries.likely([again(second)])[second.pk]
    assert [each.opinion.pk for each in alike] == [first.pk]
    assert "公交" in alike[0].words

    actions.keep_apart(second.matter_id, other=again(first).matter.number, actor=district.clerk, on=TODAY, at=NOW)

    assert queries.likely([again(second)]) == {}
    assert Apart.objects.of(district.congress).count() == 2


@pytest.mark.parametrize("rows", [1, 12])
def test_the_queue_costs_the_same_however_long_it_grows(
    district: District, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(rows):
        district.opinion(f"夜里没有公交车之{place}")
    work_off()

    with django_assert_max_num_queries(5):
        page = queries.fresh(district.congress.pk)
        alike = queries.likely(page.rows)

    assert len(page.rows) == rows
    assert bool(alike) == (rows > 1)
    assert Triage.objects.of(district.congress).count() == rows


def test_the_queue_goes_on_where_its_page_ended(district: District) -> None:
    for place in range(5):
        words = actions.Words(subject=f"第{place}件事情", text="听泉路晚上九点以后就没有公交了。")
        at = NOW + timedelta(minutes=place)
        actions.submit(congress=district.congress, words=words, actor=citizen(district.congress), on=TODAY, at=at)

    first = queries.fresh(district.congress.pk, limit=3)
    rest = queries.fresh(district.congress.pk, limit=3, after=first.after or "")

    assert [each.matter.title[1] for each in [*first.rows, *rest.rows]] == list("01234")
    assert rest.after is None


def test_an_accusation_is_not_published_and_is_taken_off_the_board_when_it_turns_out_to_be_one(
    district: District,
) -> None:
    receipt = district.opinion("举报村里的账目")
    key = receipt.opinion.matter_id
    actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    take(district, receipt.opinion, "publish")
    assert Matter.objects.of(district.congress).get(pk=key).is_public

    actions.take(key, "accept", actor=district.driver, on=TODAY, at=NOW, data={"kind": "accusation"})

    assert not Matter.objects.of(district.congress).get(pk=key).is_public
    with pytest.raises(NotAllowed, match="检举控告类事项不公开"):
        take(district, receipt.opinion, "publish")
