"""Re-visits: the list first, then a seed nobody could foresee, then the draw, which nobody changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from lvzhi.core.trust import DrawRefused, verify_draw
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.actions import revisits
from lvzhi.work.opinions.models import Opinion, RevisitCase, RevisitRound
from lvzhi.work.opinions.queries import revisits as read
from tests.fixtures.district import NOW, TODAY, District, _person
from tests.fixtures.revisits import LATER, LATER_ON, PHONE, SEED, answered, drawn, planned, published, record


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
