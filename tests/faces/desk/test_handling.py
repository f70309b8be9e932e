"""Handling an opinion at the desk: points, answers with their flags, the check, covering before publication."""

from __future__ import annotations

from uuid import UUID

import pytest

from lvzhi.records.matters.models import Matter
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import Answer, Opinion, Redaction
from tests.faces.desk.conftest import SignIn
from tests.fixtures.district import NOW, TODAY, District

GOOD = "自七月一日起，五路车末班延长到二十三点，站牌六月底换好。"
HOLLOW = "您反映的问题已转相关部门，请耐心等待。"
NAMED = "我家住芦苇家园3号楼2单元501室，座机 010-5550123，物业经理刘海涛不管。"


def passed_on(district: District, **given: object) -> UUID:
    receipt = district.opinion(**given)
    key: UUID = receipt.opinion.matter_id
    actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    return key


def take(district: District, key: UUID, action: str, actor: object = None, **data: object) -> None:
    actions.take(key, action, actor=actor or district.clerk, on=TODAY, at=NOW, data=data)  # type: ignore[arg-type]


def state_of(district: District, key: UUID) -> str:
    return Matter.objects.of(district.congress).get(pk=key).state


def opinion_of(district: District, key: UUID) -> Opinion:
    return Opinion.objects.of(district.congress).get(matter=key)


def test_every_point_has_a_box_of_its_own_and_none_may_stay_empty(district: District, sign_in: SignIn) -> None:
    key = passed_on(district, points=["夜里加车", "站牌挪近"])
    client = sign_in(district.driver)
    page = client.get(f"/desk/matters/{key}/answer/").content.decode()
    assert "第 1 点：夜里加车" in page
    assert "第 2 点：站牌挪近" in page

    refused = client.post(f"/desk/matters/{key}/answer/", {"version": "2", "reply": "", "point_1": GOOD, "point_2": ""})

    assert refused.status_code == 422
    assert "第 2 点还没有答" in refused.content.decode()
    assert state_of(district, key) == "transferred"


def test_what_says_nothing_is_shown_to_whoever_writes_it_before_anything_is_sent(
    district: District, sign_in: SignIn
) -> None:
    key = passed_on(district)
    client, address = sign_in(district.driver), f"/desk/matters/{key}/answer/"

    page = client.post(address, {"version": "2", "reply": HOLLOW, "do": "send"})

    text = page.content.decode()
    assert "只说转给了别的单位，没有说办得怎样。" in text
    assert "<mark>" in text
    assert "先送信访办公室核" in text
    assert state_of(district, key) == "transferred"
    client.post(address, {"version": "2", "reply": HOLLOW, "do": "send", "seen": "only_forwarded"})
    assert state_of(district, key) == "result_check"


def test_an_answer_with_substance_is_sent_at_once(district: District, sign_in: SignIn) -> None:
    key = passed_on(district)

    sign_in(district.driver).post(f"/desk/matters/{key}/answer/", {"version": "2", "reply": GOOD, "do": "send"})

    assert (state_of(district, key), opinion_of(district, key).reply) == ("result_returned", GOOD)


def test_hints_come_while_it_is_written_and_store_nothing(district: District, sign_in: SignIn) -> None:
    key = passed_on(district, points=["夜里加车到二十三点", "站牌挪到小区门口"])

    answer = sign_in(district.driver).post(
        f"/desk/matters/{key}/answer/hints/", {"point_1": "夜里加车的事七月一日办好。", "point_2": ""}
    )

    assert "站牌挪到小区门口" in answer.content.decode()
    assert Answer.objects.of(district.congress).count() == 0


def test_the_checker_reads_question_and_answer_side_by_side_and_sends_it_back_with_a_reason(
    district: District, sign_in: SignIn
) -> None:
    key = passed_on(district, points=["夜里加车", "站牌挪近"])
    take(district, key, "answer", district.driver, reply="", by_point=["已转相关部门。", "已转相关部门处理。"])
    client, address = sign_in(district.clerk), f"/desk/matters/{key}/pass_answer/"
    page = client.get(address).content.decode()
    assert page.count('class="cmp__row"') == 2
    assert "夜里加车" in page

    asked = client.post(address, {"version": "3", "do": "send_back", "reason": ""})
    assert asked.status_code == 422
    assert "请写明为什么退回" in asked.content.decode()
    client.post(address, {"version": "3", "do": "send_back", "reason": "没有说加几班、几点的。"})

    assert state_of(district, key) == "transferred"
    again = sign_in(district.driver).get(f"/desk/matters/{key}/answer/").content.decode()
    assert "没有说加几班、几点的。" in again
    assert "已转相关部门处理。" in again


def test_the_checker_passes_the_bodys_own_words(district: District, sign_in: SignIn) -> None:
    key = passed_on(district)
    take(district, key, "answer", district.driver, reply=HOLLOW)

    sign_in(district.clerk).post(f"/desk/matters/{key}/pass_answer/", {"version": "3", "do": "pass_answer"})

    assert (state_of(district, key), opinion_of(district, key).reply) == ("result_returned", HOLLOW)


def test_a_body_cannot_check_its_own_answer(district: District, sign_in: SignIn) -> None:
    key = passed_on(district)
    take(district, key, "answer", district.driver, reply=HOLLOW)

    refused = sign_in(district.driver).post(f"/desk/matters/{key}/pass_answer/", {"version": "3"})

    assert refused.status_code in {403, 422}
    assert state_of(district, key) == "result_check"


def test_what_is_sure_is_covered_beforehand_and_what_is_not_is_for_the_clerk_to_say(
    district: District, sign_in: SignIn
) -> None:
    key = district.opinion("楼上漏水物业不管", NAMED).opinion.matter_id
    take(district, key, "register")
    client, address = sign_in(district.clerk), f"/desk/matters/{key}/publish/"
    page = client.get(address).content.decode()
    assert "〔门牌号〕" in page
    assert "〔电话〕" in page

    shown = client.post(address, {"version": "2", "do": "preview", "words": "物业经理"}).content.decode()
    assert "〔个人信息〕" in shown
    assert not Matter.objects.of(district.congress).get(pk=key).is_public
    ticked = [
        line.split('value="')[1].split('"')[0]
        for line in page.split("\n")
        for line in line.split("<li>")
        if "checked" in line
    ]
    client.post(address, {"version": "2", "do": "publish", "cover": ticked, "words": "刘海涛"})

    opinion = opinion_of(district, key)
    assert "刘海涛" not in opinion.public_text
    assert "5550123" not in opinion.public_text
    assert opinion.text == NAMED
    rows = Redaction.objects.of(district.congress)
    assert {row.was_suggested for row in rows} == {True, False}
    log = client.get(f"/desk/matters/{key}/").content.decode()
    assert "脱敏记录" in log
    assert "林知远" in log[log.index("脱敏记录") :]


def test_words_that_are_not_in_the_text_are_named_and_nothing_is_published(district: District, sign_in: SignIn) -> None:
    key = passed_on(district)

    page = sign_in(district.clerk).post(
        f"/desk/matters/{key}/publish/", {"version": "2", "do": "publish", "words": "没有这几个字"}
    )

    assert page.status_code == 422
    assert "原文里没有：没有这几个字" in page.content.decode()
    assert not Matter.objects.of(district.congress).get(pk=key).is_public


@pytest.mark.parametrize(
    ("given", "kind", "said"),
    [({"may_publish": False}, "suggestion", "没有同意公开"), ({}, "accusation", "检举控告类事项不公开")],
)
def test_what_may_not_be_public_says_so_and_has_no_button(
    district: District, sign_in: SignIn, given: dict[str, object], kind: str, said: str
) -> None:
    key = passed_on(district, **given)
    take(district, key, "accept", district.driver, kind=kind)

    page = sign_in(district.clerk).get(f"/desk/matters/{key}/publish/").content.decode()

    assert said in page
    assert 'value="publish"' not in page


def test_two_bodies_that_each_decline_leave_the_office_a_way_out(district: District, sign_in: SignIn) -> None:
    key = passed_on(district)
    take(district, key, "object", district.driver, reason="归住建管。")
    take(district, key, "transfer", body=district.housing)
    take(district, key, "object", district.builder, reason="归交通管。")

    page = sign_in(district.clerk).get(f"/desk/matters/{key}/").content.decode()

    assert "几个单位都说不归自己" in page
    assert "归住建管。" in page
    assert f"/desk/matters/{key}/designate/" in page


def test_a_cluster_shows_every_author_and_what_was_wrongly_merged_is_undone(
    district: District, sign_in: SignIn
) -> None:
    lead, second = passed_on(district), district.opinion("五路车太少").opinion.matter_id
    number = Matter.objects.of(district.congress).get(pk=lead).number
    take(district, second, "merge", lead=number)
    client = sign_in(district.clerk)
    assert "共 2 位来信人" in client.get(f"/desk/matters/{lead}/").content.decode()
    page = client.get(f"/desk/matters/{second}/").content.decode()
    assert "并错了，解除并案" in page

    client.post(f"/desk/matters/{second}/unmerge/", {"version": "2", "reason": "说的是另一条线。"})

    assert opinion_of(district, second).merged_into is None
    assert "来信人，各自收到答复" not in client.get(f"/desk/matters/{lead}/").content.decode()


def test_an_internal_note_is_read_by_those_who_handle_it(district: District, sign_in: SignIn) -> None:
    key = passed_on(district)
    take(district, key, "note", note="来信人耳朵不好，打电话要慢。")

    page = sign_in(district.driver).get(f"/desk/matters/{key}/").content.decode()

    assert "内部备注" in page
    assert "打电话要慢" in page


def test_points_are_corrected_by_the_office_and_by_nobody_else(district: District, sign_in: SignIn) -> None:
    key = passed_on(district)
    address = f"/desk/matters/{key}/points/"
    assert sign_in(district.driver).post(address, {"points": "一\n二"}).status_code == 403

    sign_in(district.clerk).post(address, {"points": "夜里加车\n站牌挪近\n"})

    assert opinion_of(district, key).points == ["夜里加车", "站牌挪近"]
