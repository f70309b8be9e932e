"""The thread upwards: from a citizen's sentence to what came of it, and back, read at every end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from lvzhi.records.jobs.worker import work
from lvzhi.records.matters import queries as matters
from lvzhi.records.matters.ledger import verify
from lvzhi.records.matters.models import Link, Matter
from lvzhi.records.matters.perform import perform
from lvzhi.records.matters.refusals import FieldsMissing, NotAllowed
from lvzhi.records.notices.models import Notice
from lvzhi.records.people.actor import Actor, citizen
from lvzhi.records.people.models import Body, Person
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.actions import raising
from lvzhi.work.opinions.actions.raising import ClueWords
from lvzhi.work.opinions.models import Clue, HotTopic, Opinion, SuggestionSource
from lvzhi.work.opinions.queries import raised as read
from lvzhi.work.opinions.queries import raised_by
from tests.fixtures.district import NOW, TODAY, District, _person

WORDS = ClueWords("topic", "夜间公交覆盖不足", "多个街道反映晚上九点以后没有公交，下夜班的人回不了家。")
SUGGESTION = {"title": "增设夜间公交", "facts": "多位群众反映夜间没有公交。", "proposal": "五路车末班延到二十三点。"}
DAYS = {"on": TODAY, "at": NOW}


@pytest.fixture
def office(district: District) -> Actor:
    """The general office, which decides on clues."""
    return _person(district.congress, "fangjing", "方静川", "general_office", None)


def street(district: District, name: str) -> Body:
    return Body.objects.create(congress=district.congress, slug=name, name=name, short=name, kind=Body.Kind.SUBDISTRICT)


def raised(district: District, *opinions: Opinion, words: ClueWords = WORDS, actor: Actor | None = None) -> Matter:
    entry = raising.raise_clue(
        congress=district.congress, opinions=[each.pk for each in opinions], words=words,
        actor=actor or district.clerk, on=TODAY, at=NOW,
    )  # fmt: skip
    return Matter.objects.of(district.congress).get(pk=entry.matter_id)


def work_off() -> None:
    while work(at=NOW):
        pass


def ledger(matter: UUID, district: District) -> list[tuple[str, dict[str, Any]]]:
    return [
        (entry.action, entry.data)
        for entry in Matter.objects.of(district.congress).get(pk=matter).entries.order_by("seq")
    ]


def test_a_citizens_sentence_is_followed_to_what_came_of_it_and_back(district: District, office: Actor) -> None:
    # Two citizens say the same; the second is merged into the first.
    first = district.opinion(area=street(district, "听泉街道"))
    second = district.opinion("公交收得太早", "夜班下来一辆车都没有了。", area=street(district, "云溪街道"))
    actions.merge(second.opinion.matter_id, lead=first.number, actor=district.clerk, **DAYS)

    # The petition office raises a clue; it is given to a working body, adopted and carried out.
    clue = raised(district, first.opinion)
    perform(clue.pk, "assign", actor=office, data={"body": district.study}, **DAYS)
    perform(clue.pk, "adopt", actor=district.researcher, data={"decision": "列入七月的专项工作报告。"}, **DAYS)
    for receipt in (first, second):
        told = raised_by(receipt.opinion, holder=True)
        assert [(each.number, each.title, each.state) for each in told] == [
            (clue.number, "夜间公交覆盖不足", "已采纳，正在办理")
        ]
    perform(clue.pk, "finish", actor=district.researcher, data={"result": "三条线路末班延到二十三点。"}, **DAYS)
    work_off()

    # Each author reads in their own ledger what was raised and what came of it.
    for receipt in (first, second):
        holder = citizen(district.congress, matters=frozenset({receipt.opinion.matter_id}))
        matter = Matter.objects.of(district.congress).get(pk=receipt.opinion.matter_id)
        seen = {entry.action: entry.data for entry in matters.entries(matter, actor=holder)}
        assert seen["raise"]["raised"] == f"监督线索 {clue.number}《夜间公交覆盖不足》"
        assert seen["outcome"]["came_of_it"] == "已有结果：三条线路末班延到二十三点。"
        assert verify(matter) == matter.version
        link = matters.links(matter, actor=holder)
        assert [(each.kind, each.target.number) for each in link] == [("raised", clue.number)]

    # And back: the clue says how many voices raised it, from where, and which.
    voices = read.voices_of(clue, actor=office)
    assert (voices.count, voices.streets) == (2, [("云溪街道", 1), ("听泉街道", 1)])
    assert {each.number for each in voices.shown} == {first.number, second.number}
    assert [row.voices for row in read.clues(district.congress.pk).rows] == [2]
    told = Notice.objects.of(district.congress).filter(entry__matter=clue, account=district.clerk.account)
    assert [each.text for each in told if "已有结果" in each.text] == [
        f"{clue.number}《夜间公交覆盖不足》：已有结果：三条线路末班延到二十三点。由 2 件群众意见引出。"
    ]


def test_a_clue_that_is_not_adopted_gives_its_reason_to_those_who_spoke(district: District, office: Actor) -> None:
    receipt = district.opinion()
    clue = raised(district, receipt.opinion)
    with pytest.raises(FieldsMissing, match="理由"), transaction.atomic():
        perform(clue.pk, "not_adopt", actor=office, **DAYS)

    perform(clue.pk, "not_adopt", actor=office, data={"reason": "已在办理中的专项报告里。"}, **DAYS)
    work_off()

    assert ledger(receipt.opinion.matter_id, district)[-1] == (
        "outcome",
        {
            "raised": f"监督线索 {clue.number}《夜间公交覆盖不足》",
            "came_of_it": "没有采纳，理由已说明：已在办理中的专项报告里。",
        },
    )


def test_a_clue_kept_inside_is_told_by_number_and_state_alone(district: District, office: Actor) -> None:
    receipt = district.opinion()
    inside = ClueWords("inquiry", "夜间公交覆盖不足", "问区政府有什么打算。", is_public=False)

    clue = raised(district, receipt.opinion, words=inside)
    perform(clue.pk, "consider", actor=office, **DAYS)
    perform(clue.pk, "not_adopt", actor=office, data={"reason": "另有安排"}, **DAYS)
    work_off()

    assert ledger(receipt.opinion.matter_id, district)[-2:] == [
        ("raise", {"raised": f"监督线索 {clue.number}"}),
        ("outcome", {"raised": f"监督线索 {clue.number}", "came_of_it": "没有采纳，理由已说明。"}),
    ]
    (told,) = raised_by(receipt.opinion)
    assert (told.number, told.title, told.is_at_its_end) == (clue.number, None, True)
    assert read.public_clue(district.congress.pk, clue.number) is None


def test_a_large_cluster_is_linked_at_once_and_written_into_by_the_worker(district: District) -> None:
    receipts = [district.opinion(f"夜里没有公交车 {place}") for place in range(raising.AT_ONCE + 3)]
    for receipt in receipts[1:]:
        actions.merge(receipt.opinion.matter_id, lead=receipts[0].number, actor=district.clerk, **DAYS)

    clue = raised(district, receipts[0].opinion)

    def written() -> int:
        return sum("raise" in dict(ledger(each.opinion.matter_id, district)) for each in receipts)

    assert Link.objects.of(district.congress).filter(target=clue).count() == len(receipts)
    assert Clue.objects.of(district.congress).get().voices == len(receipts)
    assert written() == raising.AT_ONCE
    work_off()
    assert written() == len(receipts)


def test_what_came_to_nothing_raises_nothing(district: District) -> None:
    gone, there = district.opinion(), district.opinion("公交收得太早", "夜班下来一辆车都没有了。")
    sender = citizen(district.congress, matters=frozenset({gone.opinion.matter_id}))
    actions.take(gone.opinion.matter_id, "withdraw", actor=sender, **DAYS)

    with pytest.raises(NotAllowed, match="已经撤回"):
        raised(district, gone.opinion)
    clue = raised(district, gone.opinion, there.opinion)

    assert read.voices_of(clue, actor=district.clerk).count == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (ClueWords("topic", "公交", "夜里没有车。"), "至少四个字"),
        (ClueWords("topic", "夜间公交覆盖不足", "请打 13800000001 找陈小满。"), "个人信息「13800000001」"),
        (ClueWords("gossip", "夜间公交覆盖不足", "夜里没有车。"), "没有这个选项"),
        (ClueWords("topic", "夜间公交覆盖不足", "  "), "还要填"),
        (ClueWords("topic", "夜" * 81, "夜里没有车。"), r"80"),
    ],
)
def test_a_clue_the_public_should_not_read_so_is_refused(district: District, words: ClueWords, why: str) -> None:
    receipt = district.opinion()

    with pytest.raises(actions.ActRefused, match=why):
        raised(district, receipt.opinion, words=words)

    assert Clue.objects.of(district.congress).count() == 0
    assert Matter.objects.of(district.congress).count() == 1


@pytest.mark.parametrize("who", ["driver", "researcher", "deputy"])
def test_clues_are_raised_by_the_offices_that_gather_opinions(district: District, who: str) -> None:
    receipt = district.opinion()

    with pytest.raises(NotAllowed, match="由信访工作机构或者代表工作机构办"):
        raised(district, receipt.opinion, actor=getattr(district, who))


def test_an_opinion_of_another_congress_raises_nothing(district: District, neighbour: District) -> None:
    receipt = neighbour.opinion()

    with pytest.raises(NotAllowed):
        raised(district, receipt.opinion)


def suggest(district: District, opinion: Opinion, *, send: bool, actor: Actor | None = None) -> Matter:
    entry = raising.raise_suggestion(
        congress=district.congress,
        opinion=opinion,
        values=SUGGESTION,
        actor=actor or district.deputy,
        send=send,
        **DAYS,
    )
    return Matter.objects.of(district.congress).get(pk=entry.matter_id)


def recommended(district: District) -> Opinion:
    """An opinion that was not published, recommended to the deputy."""
    receipt = district.opinion()
    actions.take(receipt.opinion.matter_id, "register", actor=district.clerk, **DAYS)
    data = {"deputy": Person.objects.of(district.congress).get(slug="zhouhe")}
    actions.take(receipt.opinion.matter_id, "recommend", actor=district.clerk, data=data, **DAYS)
    return Opinion.objects.of(district.congress).select_related("matter").get(pk=receipt.opinion.pk)


def test_a_deputy_writes_a_suggestion_from_what_was_recommended_and_the_sender_learns_of_it(
    district: District,
) -> None:
    opinion = recommended(district)
    assert [each.pk for each in read.recommended(district.deputy).rows] == [opinion.matter_id]

    suggestion = suggest(district, opinion, send=True)

    (told,) = raised_by(opinion, holder=True)
    assert (told.procedure, told.number, told.title, told.state) == (
        "deputy_suggestion",
        suggestion.number,
        None,
        "提出",
    )
    (link,) = Link.objects.of(district.congress).filter(target=suggestion)
    assert (link.source_id, link.kind) == (opinion.matter_id, "raised")
    entry = Matter.objects.of(district.congress).get(pk=opinion.matter_id).entries.order_by("seq").last()
    assert entry is not None
    assert (entry.action, entry.actor_name, entry.is_public) == ("raise", "周禾", True)
    assert read.voices_of(suggestion, actor=district.deputy).count == 1
    work_off()
    notice = Notice.objects.of(district.congress).get(account=district.deputy.account, entry__action="recommend")
    assert "推荐给您" in notice.text


def test_a_draft_tells_nobody_until_it_is_put_forward_by_whatever_way(district: District) -> None:
    opinion = recommended(district)
    suggestion = suggest(district, opinion, send=False)
    assert raised_by(opinion, holder=True) == []

    # Put forward step by step, not through the deputy's own page: the worker lays the thread.
    perform(suggestion.pk, "confirm", actor=district.deputy, **DAYS)
    perform(suggestion.pk, "submit", actor=district.deputy, **DAYS)
    work_off()

    assert [each.number for each in raised_by(opinion)] == [suggestion.number]
    assert SuggestionSource.objects.of(district.congress).count() == 0
    entry = suggestion.entries.order_by("seq").last()
    assert entry is not None
    assert raising.put_forward(entry, actor=district.deputy) == 0


def test_a_suggestion_withdrawn_is_told_to_the_holder_only(district: District) -> None:
    opinion = recommended(district)
    suggestion = suggest(district, opinion, send=True)

    perform(suggestion.pk, "withdraw", actor=district.deputy, data={"reason": "并入另一件。"}, **DAYS)
    work_off()

    assert ledger(opinion.matter_id, district)[-1] == (
        "outcome", {"raised": f"代表建议、批评和意见 {suggestion.number}", "came_of_it": "撤回。"},
    )  # fmt: skip
    assert raised_by(opinion) == []
    assert len(raised_by(opinion, holder=True)) == 1


def test_a_deputy_writes_only_from_what_they_may_see(district: District) -> None:
    hidden = district.opinion().opinion
    received = district.opinion(
        "站台没有灯", "晚上等车看不见。", deputy=Person.objects.of(district.congress).get(slug="zhouhe")
    )
    public = district.opinion("公交站牌倒了", "站牌倒在路边三天了。")
    actions.take(public.opinion.matter_id, "register", actor=district.clerk, **DAYS)
    actions.take(public.opinion.matter_id, "publish", actor=district.clerk, **DAYS)

    with pytest.raises(NotAllowed, match="没有公开，也没有推荐给您"):
        suggest(district, hidden, send=True)
    for key in (received.opinion.pk, public.opinion.pk):
        opinion = Opinion.objects.of(district.congress).select_related("matter").get(pk=key)
        assert suggest(district, opinion, send=True).state == "submitted"

    assert [each.pk for each in read.recommended(district.deputy).rows][-1:] == [received.opinion.matter_id]


@pytest.mark.parametrize("count", [1, 4])
def test_reading_the_thread_costs_the_same_however_many_spoke(
    district: District, office: Actor, count: int, django_assert_num_queries: Any
) -> None:
    receipts = [district.opinion(f"夜里没有公交车 {place}") for place in range(count)]
    clue = raised(district, *[each.opinion for each in receipts])
    for place in range(count - 1):
        raised(district, receipts[place].opinion)
    topic = HotTopic.objects.create(
        congress=district.congress, week=TODAY, rank=1, title="夜间公交", size=count, reckoned_at=NOW
    )
    topic.opinions.set([each.opinion for each in receipts])

    with django_assert_num_queries(2):
        assert read.voices_of(clue, actor=office).count == count
    with django_assert_num_queries(2):
        assert len(read.clues(district.congress.pk).rows) == count
    with django_assert_num_queries(1):
        raised_by(receipts[0].opinion)
    with django_assert_num_queries(1):
        read.recommended(district.deputy)
    with django_assert_num_queries(1):
        found = read.together(district.clerk, matters=[receipts[-1].opinion.matter_id], topic=topic.pk)
        assert found[0].matter.number == receipts[-1].number
    assert len(found) == count


def test_the_list_of_clues_goes_on_page_by_page(district: District) -> None:
    receipt = district.opinion()
    keys = [raised(district, receipt.opinion).pk for _place in range(3)]
    raised(district, receipt.opinion, words=ClueWords("inquiry", "夜间公交怎么补", "问区政府有什么打算。"))

    first = read.clues(district.congress.pk, use="topic", limit=2)
    second = read.clues(district.congress.pk, use="topic", limit=2, after=first.after or "")

    assert [row.clue.matter_id for row in [*first.rows, *second.rows]] == keys[::-1]
    assert second.after is None


def test_alike_opinions_and_the_lead_of_a_merged_one_are_offered(district: District) -> None:
    lead, member, alike, other = (district.opinion(f"夜里没有公交车 {place}") for place in range(4))
    actions.merge(member.opinion.matter_id, lead=lead.number, actor=district.clerk, **DAYS)
    Link.objects.create(
        congress=district.congress, source=alike.opinion.matter, target=lead.opinion.matter, kind="same_as", since=TODAY
    )

    found = read.together(district.clerk, matters=[lead.opinion.matter_id])
    through_member = read.together(district.clerk, matters=[member.opinion.matter_id])

    assert [(each.pk, each.with_merged) for each in found] == [(lead.opinion.pk, 2), (alike.opinion.pk, 1)]  # type: ignore[attr-defined]
    assert [each.pk for each in through_member] == [lead.opinion.pk]
    assert other.opinion not in found
