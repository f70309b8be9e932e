"""Handing in an opinion: the form, the receipt, and what must not get through."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from lvzhi.records.documents.models import Attachment
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.models import Body
from lvzhi.work.opinions.models import Opinion
from tests.faces.portal.conftest import TEXT, Resident, number_and_code
from tests.fixtures.district import NOW, District


def _all(district: District) -> list[Opinion]:
    return list(Opinion.objects.of(district.congress).select_related("matter"))


def test_a_resident_hands_in_an_opinion_and_takes_a_receipt_home(district: District, resident: Resident) -> None:
    page = resident.submit(category="transport")

    number, code = number_and_code(page)
    (opinion,) = _all(district)
    assert (number, opinion.matter.category, opinion.text) == ("意 2026-0001", "transport", TEXT)
    assert "6月24日" in page.content.decode()
    assert code not in str(opinion.__dict__)


def test_without_a_name_nothing_personal_is_kept(district: District, resident: Resident) -> None:
    resident.submit()

    (opinion,) = _all(district)
    assert opinion.is_anonymous
    assert opinion.sender is None


def test_a_name_is_sealed_and_the_text_may_not_be_published_without_consent(
    district: District, resident: Resident
) -> None:
    resident.submit(name="王小满", phone="１３９ ００００ ００４１")

    (opinion,) = _all(district)
    assert opinion.sender is not None
    assert "王小满" not in str(opinion.sender.sealed)
    assert not opinion.may_publish


def test_the_same_form_sent_twice_is_one_opinion_with_one_receipt(district: District, resident: Resident) -> None:
    once = str(uuid4())

    first, second = resident.submit(once=once), resident.submit(once=once)

    assert number_and_code(first) == number_and_code(second)
    assert len(_all(district)) == 1


def test_a_form_sent_again_to_another_server_shows_the_same_receipt(district: District, resident: Resident) -> None:
    once = str(uuid4())
    first = number_and_code(resident.submit(once=once))
    cache.clear()

    again = number_and_code(resident.submit(once=once))

    assert again == first
    assert len(_all(district)) == 1


def test_a_form_sent_again_a_day_later_shows_no_code(district: District, resident: Resident) -> None:
    once = str(uuid4())
    resident.submit(once=once)
    Matter.objects.of(district.congress).update(opened_at=NOW - timedelta(days=1))

    page = resident.submit(once=once).content.decode()

    assert "同一张表送了两次，只算一件" in page
    assert "意 2026-0001" in page
    assert len(_all(district)) == 1


def test_what_was_typed_is_kept_and_every_error_is_a_sentence(district: District, resident: Resident) -> None:
    page = resident.client.post("/opinions/new", {"subject": "", "text": "太短", "phone": "1390000"})

    shown = page.content.decode()
    assert page.status_code == 400
    assert "error-summary" in shown
    assert "请用一句话写明是什么事" in shown
    assert "手机号是 11 位，现在有 7 位" in shown
    assert "太短</textarea>" in shown
    assert not _all(district)


def test_ten_megabytes_of_text_are_refused_in_words(district: District, resident: Resident) -> None:
    page = resident.client.post("/opinions/new", {"subject": "长", "text": "长" * 3_300_000})

    assert page.status_code == 400
    assert "最多 5000 字，现在有 3300000 字" in page.content.decode()
    assert len(page.content) < 500_000


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("路灯坏了\u202e反着写\u2066，夜里看不见", "路灯坏了反着写，夜里看不见"),
        ("孩子👨‍👩‍👧没处玩\r\n想要滑梯\x00", "孩子👨‍👩‍👧没处玩\n想要滑梯"),
    ],
)
def test_signs_that_deceive_are_removed_and_emoji_stay(
    district: District, resident: Resident, typed: str, kept: str
) -> None:
    resident.submit(text=typed)

    assert [opinion.text for opinion in _all(district)] == [kept]


def test_markup_is_shown_as_words(resident: Resident) -> None:
    page = resident.submit(subject="<script>alert(1)</script>")

    assert b"<script>alert" not in page.content
    assert b"&lt;script&gt;" in page.content


def test_a_program_that_fills_every_field_is_turned_away(district: District, resident: Resident) -> None:
    page = resident.submit(website="https://spam.example")

    assert page.status_code == 400
    assert not _all(district)


def test_too_many_from_one_address_wait_and_keep_their_words(
    district: District, resident: Resident, settings: Settings
) -> None:
    settings.LVZHI_SUBMIT_LIMIT = 2
    resident.submit()
    resident.submit()

    page = resident.submit()

    assert page.status_code == 429
    assert "意见太多了" in page.content.decode()
    assert TEXT in page.content.decode()
    assert len(_all(district)) == 2


def test_a_picture_comes_along_and_a_program_does_not(district: District, resident: Resident) -> None:
    note = SimpleUploadedFile("情况.txt", "路灯编号 17。".encode(), "text/plain")
    program = SimpleUploadedFile("照片.jpg", b"MZ\x90\x00" + b"\x00" * 200, "image/jpeg")

    refused = resident.submit(photos=[program])
    resident.submit(photos=[note])

    assert refused.status_code == 400
    assert "照片.jpg" in refused.content.decode()
    assert [row.name for row in Attachment.objects.of(district.congress)] == ["情况.txt"]


def test_a_street_of_another_district_cannot_be_chosen(
    district: District, neighbour: District, resident: Resident
) -> None:
    street = Body.objects.create(
        congress=neighbour.congress, slug="s", name="松岭街道办事处", short="松岭街道", kind=Body.Kind.SUBDISTRICT
    )

    page = resident.submit(area=str(street.pk))

    assert page.status_code == 400
    assert not Matter.objects.of(district.congress).exists()


def test_a_form_from_another_site_is_refused(district: District) -> None:
    page = Client(enforce_csrf_checks=True).post("/opinions/new", {"subject": "夜里没有公交车", "text": TEXT})

    assert page.status_code == 403
    assert not _all(district)


def test_a_client_with_only_the_form_cookie_can_hand_in(district: District) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/opinions/new")
    token = client.cookies["csrftoken"].value

    page = client.post("/opinions/new", {"subject": "夜里没有公交车", "text": TEXT, "csrfmiddlewaretoken": token})

    assert page.status_code == 303
    assert set(client.cookies) == {"csrftoken"}


@pytest.mark.parametrize("slip", ["", "x", "AAAA", "a" * 400, "🙂"])
def test_a_made_up_slip_shows_nothing(district: District, resident: Resident, slip: str) -> None:
    page = resident.client.get("/opinions/receipt", {"slip": slip})

    assert page.status_code == 200
    assert b"receipt__code" not in page.content
