"""Following with a receipt: the whole loop, and every way it must stay shut."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from lvzhi.faces.signin import clock
from lvzhi.records.matters.models import Matter
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import Opinion
from tests.faces.portal.conftest import Resident, answered, number_and_code
from tests.fixtures.district import NOW, TODAY, District


def _key(district: District) -> str:
    return str(Matter.objects.of(district.congress).get().pk)


def test_the_loop_from_the_form_to_the_rating(district: District, resident: Resident) -> None:
    number, code = number_and_code(resident.submit())
    opened = resident.open(number, code).content.decode()
    key = Matter.objects.of(district.congress).get().pk
    actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    actions.answer(key, reply="自七月一日起延长到二十三点。", actor=district.driver, on=TODAY, at=NOW)

    shown = resident.client.get(f"/opinions/mine/{key}").content.decode()
    words = {"rate-result": "solved", "rate-process": "satisfied", "rate-comment": "谢谢"}
    rated = resident.client.post(f"/opinions/mine/{key}/rate", words, follow=True).content.decode()

    assert "已收到，等待登记" in opened
    assert "自七月一日起延长到二十三点。" in shown
    assert "林知远" not in shown
    assert "乔安" not in shown
    assert "谢谢您的评价" in rated
    assert Opinion.objects.of(district.congress).get().result_rating == "solved"
    assert Matter.objects.of(district.congress).get().state == "archived"


@pytest.mark.parametrize("typed", ["2026-1", "意2026-0001", "意　２０２６－０００１", "yi 2026 0001"])
def test_a_number_is_understood_however_it_is_typed(district: District, resident: Resident, typed: str) -> None:
    sent = district.opinion()

    page = resident.open(typed, sent.code.lower())

    assert page.status_code == 200
    assert "夜里没有公交车" in page.content.decode()


@pytest.mark.parametrize(
    ("number", "code"),
    [("意 2026-0001", "AAAA-2222"), ("意 2026-0099", "AAAA-2222"), ("🙂", "\u202e"), ("1" * 40, "2")],
)
def test_a_wrong_code_and_a_wrong_number_get_the_same_sentence(
    district: District, resident: Resident, number: str, code: str
) -> None:
    district.opinion()

    page = resident.open(number, code)

    assert page.status_code == 400
    assert "编号或者查询码不对" in page.content.decode()


def test_guessing_is_stopped(district: District, resident: Resident, settings: Settings) -> None:
    settings.LVZHI_FOLLOW_LIMIT = 2
    sent = district.opinion()
    resident.open("1", "x")
    resident.open("1", "x")

    page = resident.open(sent.number, sent.code)

    assert "试得太多了" in page.content.decode()


def test_without_the_receipt_the_page_stays_shut(district: District, resident: Resident) -> None:
    sent = district.opinion()

    page = resident.client.get(f"/opinions/mine/{sent.opinion.matter_id}", follow=True)
    acted = resident.client.post(f"/opinions/mine/{sent.opinion.matter_id}/withdraw", follow=True)

    assert page.redirect_chain[-1][0] == "/opinions/follow"
    assert acted.redirect_chain[-1][0] == "/opinions/follow"
    assert Matter.objects.of(district.congress).get().state == "received"


def test_the_page_shuts_by_itself_after_an_hour(
    district: District, resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = district.opinion()
    resident.open(sent.number, sent.code)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=61))

    page = resident.client.get(f"/opinions/mine/{sent.opinion.matter_id}")

    assert page.status_code == 302


def test_it_can_be_put_away_at_once(district: District, resident: Resident) -> None:
    sent = district.opinion()
    resident.open(sent.number, sent.code)

    resident.client.post(f"/opinions/mine/{sent.opinion.matter_id}/close")

    assert resident.client.get(f"/opinions/mine/{sent.opinion.matter_id}").status_code == 302


def test_one_receipt_does_not_open_another_matter(district: District, resident: Resident) -> None:
    sent, other = district.opinion(), district.opinion("路灯不亮")
    resident.open(sent.number, sent.code)

    page = resident.client.post(f"/opinions/mine/{other.opinion.matter_id}/withdraw")

    assert page.status_code == 302
    assert Matter.objects.of(district.congress).get(pk=other.opinion.matter_id).state == "received"


def test_a_receipt_of_another_district_is_not_known_here(
    district: District, neighbour: District, resident: Resident
) -> None:
    sent = neighbour.opinion()

    page = resident.open(sent.number, sent.code)

    assert page.status_code == 400


def test_a_rating_that_is_none_is_told_with_the_comment_kept(district: District, resident: Resident) -> None:
    sent = district.opinion()
    key = sent.opinion.matter_id
    actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    actions.answer(key, reply="自七月一日起，听泉路末班车延长到二十三点。", actor=district.driver, on=TODAY, at=NOW)
    resident.open(sent.number, sent.code)

    words = {"rate-result": "极好", "rate-process": "satisfied", "rate-comment": "还没修"}
    page = resident.client.post(f"/opinions/mine/{key}/rate", words)

    assert page.status_code == 400
    assert "error-summary" in page.content.decode()
    assert "还没修" in page.content.decode()
    assert Opinion.objects.of(district.congress).get().result_rating == ""


def test_what_is_over_is_refused_in_words(district: District, resident: Resident) -> None:
    sent = district.opinion()
    key = sent.opinion.matter_id
    resident.open(sent.number, sent.code)
    resident.client.post(f"/opinions/mine/{key}/withdraw")

    page = resident.client.post(f"/opinions/mine/{key}/withdraw")

    assert page.status_code == 400
    assert "不能再「撤回」" in page.content.decode()


def test_only_a_citizens_acts_can_be_taken(district: District, resident: Resident) -> None:
    sent = district.opinion()
    resident.open(sent.number, sent.code)

    assert resident.client.post(f"/opinions/mine/{sent.opinion.matter_id}/transfer").status_code == 404


def test_the_sender_adds_what_was_asked_for_and_asks_again(district: District, resident: Resident) -> None:
    sent = district.opinion()
    key = sent.opinion.matter_id
    data = {"request": "请写明路口。"}
    actions.take(key, "ask_supplement", actor=district.clerk, on=TODAY, at=NOW, data=data)

    asked = resident.open(sent.number, sent.code).content.decode()
    resident.client.post(f"/opinions/mine/{key}/supplement", {"supplement-supplement": "泉眼路口。"})
    told = resident.client.get(f"/opinions/mine/{key}").content.decode()

    assert "请写明路口。" in asked
    assert "泉眼路口。" in told


def test_rating_works_in_one_step_with_number_and_code(district: District) -> None:
    sent = district.opinion()
    key = sent.opinion.matter_id
    actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    actions.answer(key, reply="自七月一日起，听泉路末班车延长到二十三点。", actor=district.driver, on=TODAY, at=NOW)
    words = {"number": sent.number, "code": sent.code, "result": "not", "process": "unsatisfied", "comment": "没有修"}

    done = Client().post("/opinions/rate", words)
    again = Client().post("/opinions/rate", words)
    wrong = Client().post("/opinions/rate", {**words, "code": "AAAA-2222"})

    assert (done.status_code, again.status_code, wrong.status_code) == (200, 400, 400)
    assert "不能再「评价」" in again.content.decode()
    assert Opinion.objects.of(district.congress).get().result_rating == "not"


def test_pages_of_one_person_are_kept_by_no_cache(district: District, resident: Resident) -> None:
    page = resident.submit()
    number, code = number_and_code(page)

    for shown in (page, resident.open(number, code)):
        assert "no-store" in shown["Cache-Control"]
        assert "noindex" in shown.content.decode()


def test_a_matter_that_is_public_still_needs_its_receipt_for_the_senders_page(
    district: District, resident: Resident
) -> None:
    answered(district)

    assert resident.client.get(f"/opinions/mine/{_key(district)}").status_code == 302
