"""Re-visits: the list first, then a seed nobody could foresee, then the calls of an office that had no part."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from lvzhi.core.trust import DrawRefused, verify_draw
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.notices.models import Notice
from lvzhi.records.people.actor import Actor, citizen
from lvzhi.records.people.models import Body, PersonalReading, PersonalRecord
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.actions import revisits
from lvzhi.work.opinions.models import Opinion, RevisitCase, RevisitRound
from lvzhi.work.opinions.queries import revisits as read
from lvzhi.work.opinions.rules import may_call
from tests.fixtures.district import NOW, TODAY, District, _person
from tests.work.opinions.test_whole_loop import work_off

LATER, LATER_ON = NOW + timedelta(days=3), TODAY + timedelta(days=3)
SEED = "03 08 14 17 22 31 + 09"
PHONE = {"name": "陈小满", "phone": "13800000001"}


@pytest.fixture
def caller(district: District) -> Actor:
    """Somebody of the deputies' office."""
    office = Body.objects.create(
        congress=district.congress, slug="deputies", name="代表工作室", short="代表室", kind=Body.Kind.DEPUTY_OFFICE
    )
    return _person(district.congress, "tangshuyi", "唐书怡", "deputy_office", office)


def answered(district: District, count: int = 1, **given: Any) -> list[Opinion]:
    """Opinions that the transport bureau has answered today; whether an answer is empty is not looked at here."""
    district.congress.settings = {"petition": {"answer_check": "none"}}
    district.congress.save()
    found = []
    for place in range(count):
        given = {"particulars": PHONE, **given}
        receipt = district.opinion(f"第 {place} 个站台没有灯", f"晚上等车看不见，第 {place} 个站台。", **given)
        key = receipt.opinion.matter_id
        actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
        actions.answer(key, reply="灯已经装好，六月八日亮灯。", actor=district.driver, on=TODAY, at=NOW)
        found.append(Opinion.objects.of(district.congress).select_related("matter").get(pk=receipt.opinion.pk))
    return found


def planned(district: District, caller: Actor, size: int = 2, **given: str) -> RevisitRound:
    return revisits.plan_round(
        congress=district.congress, answered_from=TODAY - timedelta(days=30), answered_until=TODAY, size=size,
        actor=caller, on=TODAY, at=NOW, **given,
    )  # fmt: skip


def published(found: RevisitRound, caller: Actor) -> RevisitRound:
    return revisits.publish_list(
        key=found.pk, seed_source="双色球 2026067 期开奖号码", seed_due_on=LATER_ON, actor=caller, on=TODAY, at=NOW
    )


def drawn(district: District, caller: Actor, size: int = 2, **given: str) -> list[RevisitCase]:
    found = published(planned(district, caller, size, **given), caller)
    return read.cases(revisits.draw(key=found.pk, seed=SEED, actor=caller, on=LATER_ON, at=LATER))


def record(case: RevisitCase, actor: Actor, result: str, note: str = "") -> RevisitCase:
    return revisits.record(key=case.pk, result=result, note=note, actor=actor, on=LATER_ON, at=LATER)


def test_a_round_goes_from_its_list_to_its_results_and_anyone_can_repeat_the_draw(
    district: District, caller: Actor
) -> None:
    answered(district, 5)

    cases = drawn(district, caller, 3)
    for case, result in zip(cases, ["solved", "not", "unreachable"], strict=True):
        record(case, caller, result)
    closed = revisits.close(key=cases[0].round_id, actor=caller, on=LATER_ON)

    file = read.record_of(closed, read.cases(closed))
    assert verify_draw(file) == 3
    assert file["list"].count("\n") == 5
    assert list(file["results"].values()) == ["solved", "not", "unreachable"]
    with pytest.raises(DrawRefused):
        verify_draw(file | {"seed": "03 08 14 17 22 31 + 10"})
    assert Entry.objects.of(district.congress).filter(action="revisit").count() == 2


def test_whoever_left_no_number_and_accusations_are_not_on_the_list_and_are_counted(
    district: District, caller: Actor
) -> None:
    answered(district, 2)
    answered(district, 1, is_anonymous=True)
    receipt = district.opinion("举报站台工程", "站台工程偷工减料，请查一查。", particulars=PHONE)
    key = receipt.opinion.matter_id
    actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    actions.take(key, "accept", actor=district.driver, on=TODAY, at=NOW, data={"kind": "accusation"})
    actions.answer(key, reply="正在核查，七月底前告知结果。", actor=district.driver, on=TODAY, at=NOW)
    district.opinion("还没有答复的", "这一件还没有人办理。", particulars=PHONE)

    found = published(planned(district, caller), caller)

    assert (found.listed, found.left_out) == (2, {"no_contact": 1, "accusation": 1})
    assert receipt.number not in found.list_text


def test_the_strata_of_a_round_are_drawn_each_for_itself(district: District, caller: Actor) -> None:
    answered(district, 4)
    for opinion in answered(district, 2):
        Matter.objects.of(district.congress).filter(pk=opinion.matter_id).update(responsible=district.housing)

    cases = drawn(district, caller, 3, stratified_by="body")

    assert sorted(case.stratum for case in cases) == ["区交通局", "区交通局", "区住房和城乡建设委员会"]


def test_a_seed_is_refused_before_its_list_before_its_day_and_at_the_same_instant(
    district: District, caller: Actor
) -> None:
    answered(district, 2)
    found = planned(district, caller)

    with pytest.raises(NotAllowed, match="先公布名单"):
        revisits.draw(key=found.pk, seed=SEED, actor=caller, on=LATER_ON, at=LATER)
    published(found, caller)
    with pytest.raises(NotAllowed, match="2026-06-12 才产生"):
        revisits.draw(key=found.pk, seed=SEED, actor=caller, on=LATER_ON - timedelta(days=1), at=LATER)
    with pytest.raises(NotAllowed, match="才产生"):
        revisits.draw(key=found.pk, seed=SEED, actor=caller, on=LATER_ON, at=NOW)
    with pytest.raises(NotAllowed, match="请照公布的样子录入种子"):
        revisits.draw(key=found.pk, seed=" ", actor=caller, on=LATER_ON, at=LATER)

    assert RevisitRound.objects.of(district.congress).get().drawn_at is None


@pytest.mark.parametrize("due", [TODAY, TODAY - timedelta(days=1)])
def test_a_seed_that_may_be_known_already_cannot_be_announced(district: District, caller: Actor, due: date) -> None:
    answered(district, 2)

    with pytest.raises(NotAllowed, match="今天以后"):
        revisits.publish_list(
            key=planned(district, caller).pk, seed_source="双色球开奖", seed_due_on=due, actor=caller, on=TODAY, at=NOW
        )


def test_more_than_there_are_cannot_be_drawn(district: District, caller: Actor) -> None:
    answered(district, 1)

    with pytest.raises(NotAllowed, match="有 1 件，不够抽 2 件"):
        published(planned(district, caller), caller)


def test_a_list_too_long_to_publish_is_refused_whole(
    district: District, caller: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(district, 2)
    answered(district, 1, is_anonymous=True)
    monkeypatch.setattr(revisits, "MOST_LISTED", 2)

    with pytest.raises(NotAllowed, match="一轮最多列 2 件"):
        published(planned(district, caller), caller)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"answered_until": TODAY + timedelta(days=1)}, "不能晚于今天"),
        ({"answered_until": TODAY - timedelta(days=40)}, "不能早于开始日期"),
        ({"size": 0}, "1 到 500"),
        ({"size": 501}, "1 到 500"),
        ({"stratified_by": "age"}, "没有这种分层办法"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_says_what_to_mend(
    district: District, caller: Actor, change: dict[str, Any], why: str
) -> None:
    plan: dict[str, Any] = {"answered_from": TODAY - timedelta(days=30), "answered_until": TODAY, "size": 2} | change

    with pytest.raises(NotAllowed, match=why):
        revisits.plan_round(congress=district.congress, actor=caller, on=TODAY, at=NOW, **plan)


def test_rounds_are_numbered_without_gaps_and_a_list_is_published_once(district: District, caller: Actor) -> None:
    answered(district, 2)
    first, second = planned(district, caller), planned(district, caller)
    published(first, caller)

    with pytest.raises(NotAllowed, match="已经公布，不能再改"):
        published(first, caller)

    assert (first.number, second.number) == ("2026-01", "2026-02")


@pytest.mark.parametrize(
    "change",
    [
        {"seed": "另一个"},
        {"drawn_at": LATER + timedelta(hours=1)},
        {"list_text": "意 1\n"},
        {"list_hash": "0" * 64},
        {"size": 1},
        {"seed_due_on": TODAY},
    ],
)
def test_the_database_itself_keeps_a_draw_as_it_is(district: District, caller: Actor, change: dict[str, Any]) -> None:
    answered(district, 3)
    key = drawn(district, caller)[0].round_id

    with pytest.raises(DatabaseError, match="stay as they are"), transaction.atomic():
        RevisitRound.objects.of(district.congress).filter(pk=key).update(**change)
    with pytest.raises(DatabaseError, match="stay as they are"), transaction.atomic():
        RevisitRound.objects.of(district.congress).filter(pk=key)._raw_delete("default")  # type: ignore[attr-defined]


def test_the_database_itself_keeps_who_was_drawn(district: District, caller: Actor) -> None:
    answered(district, 3)
    case = drawn(district, caller)[0]
    other = Opinion.objects.of(district.congress).exclude(revisits__round=case.round_id).get()

    for change in ({"opinion": other}, {"position": 9}, {"rated": "solved"}):
        with pytest.raises(DatabaseError, match="stay as they are"), transaction.atomic():
            RevisitCase.objects.of(district.congress).filter(pk=case.pk).update(**change)
    with pytest.raises(DatabaseError, match="stay as they are"), transaction.atomic():
        RevisitCase.objects.of(district.congress).filter(pk=case.pk).delete()


def test_the_database_refuses_a_seed_at_the_instant_of_the_list(district: District, caller: Actor) -> None:
    answered(district, 2)
    found = published(planned(district, caller), caller)

    with pytest.raises(IntegrityError, match="a_seed_comes_after_the_list"), transaction.atomic():
        RevisitRound.objects.of(district.congress).filter(pk=found.pk).update(seed=SEED, drawn_at=NOW)
    case = RevisitCase(congress=district.congress, round=found, opinion=Opinion.objects.of(district.congress)[0])
    case.position = 1
    case.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        RevisitCase.objects.create(congress=district.congress, round=found, opinion=case.opinion, position=2)


def test_whoever_had_a_part_in_the_matter_may_not_ask_about_it(district: District, caller: Actor) -> None:
    opinion = answered(district, 2)[0]
    meddler = _person(district.congress, "fangjing", "方静川", "general_office", None)
    matter = Matter.objects.of(district.congress).get(pk=opinion.matter_id)
    actions.take(matter, "recommend", actor=_both(meddler), on=TODAY, at=NOW, data={"deputy": _deputy(district)})

    cases = {case.opinion_id: case for case in drawn(district, caller)}
    case = cases[opinion.pk]

    with pytest.raises(NotAllowed, match="您经手过"):
        record(case, meddler, "solved")
    with pytest.raises(NotAllowed, match="您经手过"):
        actions.take(opinion.matter_id, "revisit", actor=meddler, on=LATER_ON, at=LATER, data={"result": "solved"})
    with pytest.raises(NotAllowed, match="您经手过"):
        revisits.read_contact(key=case.pk, actor=meddler, at=LATER)
    assert read.with_a_part(meddler, list(cases.values())) == {case.pk}
    assert record(case, caller, "solved").result == "solved"


def _both(actor: Actor) -> Actor:
    """The same person while they still sat in the petition office."""
    return Actor(congress=actor.congress, name=actor.name, roles=frozenset({"petition_office"}), account=actor.account)


def _deputy(district: District) -> Any:
    from lvzhi.records.people.models import Person

    return Person.objects.of(district.congress).get(slug="zhouhe")


@pytest.mark.parametrize("who", ["clerk", "driver", "researcher", "deputy"])
def test_only_an_office_without_a_part_keeps_rounds(district: District, caller: Actor, who: str) -> None:
    answered(district, 2)
    actor: Actor = getattr(district, who)
    case = drawn(district, caller)[0]

    with pytest.raises(NotAllowed, match="由代表工作机构或者常委会办公室组织"):
        planned(district, actor)
    with pytest.raises(NotAllowed, match="由代表工作机构或者常委会办公室组织"):
        record(case, actor, "solved")
    with pytest.raises(NotAllowed):
        revisits.read_contact(key=case.pk, actor=actor, at=LATER)


def test_a_round_of_another_congress_does_not_exist(district: District, neighbour: District, caller: Actor) -> None:
    answered(district, 2)
    found = planned(district, caller)
    stranger = _person(neighbour.congress, "xu", "许南", "deputy_office", None)

    with pytest.raises(NotAllowed, match="不属于本级人大"):
        published(found, stranger)
    assert read.rounds(neighbour.congress.pk) == []


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
