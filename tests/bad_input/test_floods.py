"""Floods, the same photo, pictures without words, a private name: see docs/explanation/opinions-bad-input.md."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from lvzhi.faces.signin import clock
from lvzhi.records.documents.models import Attachment
from lvzhi.records.jobs.worker import work
from lvzhi.records.people.actor import citizen
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import Opinion
from tests.fixtures.district import NOW, TODAY, District

SAID = "听泉路晚上九点以后就没有公交了，下夜班只能走回家。"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """The day of the stories, and no limit but the one that is tried."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LVZHI_CONGRESS = "yunlu"
    settings.LVZHI_SUBMIT_LIMIT = 10_000


def send(text: str = SAID, **given: Any) -> Any:
    """Send the public form."""
    words = {"once": str(uuid4()), "subject": "夜里没有公交车", "text": text, **given}
    return Client().post("/opinions/new", words, follow=True)


def submit(district: District, text: str = SAID, at: datetime = NOW) -> Opinion:
    """An opinion as it comes from the open net."""
    words = actions.Words(subject="夜里没有公交车", text=text, watched=True)
    return actions.submit(
        congress=district.congress, words=words, actor=citizen(district.congress), on=TODAY, at=at
    ).opinion


def photo() -> SimpleUploadedFile:
    """The same picture each time, under another name."""
    out = BytesIO()
    Image.new("RGB", (64, 48), "grey").save(out, "JPEG")
    return SimpleUploadedFile(f"{uuid4().hex[:8]}.jpg", out.getvalue(), "image/jpeg")


def test_a_phone_farm_with_the_same_words_loses_nothing_and_waits_for_a_person(district: District) -> None:
    answers = [send() for _time in range(12)]

    rows = list(Opinion.objects.of(district.congress).order_by("pk"))
    assert [each.is_suspected for each in rows] == [False] * 5 + [True] * 7
    assert rows[-1].suspicion == [{"code": "flood", "words": "同样的话"}]
    assert "这条要先由人看一看" in answers[-1].content.decode()
    assert "这条要先由人看一看" not in answers[0].content.decode()
    assert all(b"receipt__code" in answer.content for answer in answers)


def test_spaces_and_signs_do_not_make_the_same_words_others(district: District) -> None:
    for sign in ("", "！", " 。", "…", "、", "；"):
        last = submit(district, SAID + sign)

    assert last.is_suspected


def test_an_hour_later_the_same_words_are_heard_again(district: District) -> None:
    for _time in range(6):
        submit(district)

    assert not submit(district, at=NOW + timedelta(minutes=61)).is_suspected


def test_more_than_a_district_ever_says_is_flagged_whatever_it_says(district: District, settings: Any) -> None:
    settings.LVZHI_FLOOD_ALL = 4
    flags = [submit(district, f"{SAID}第{number}次").is_suspected for number in range(6)]
    later = submit(district, f"{SAID}后来", at=NOW + timedelta(minutes=11))

    assert flags == [False] * 4 + [True] * 2
    assert not later.is_suspected


def test_what_the_office_and_the_deputies_bring_in_is_no_flood(district: District) -> None:
    rows = [district.opinion().opinion for _time in range(8)]

    assert not any(each.is_suspected for each in rows)


def test_the_sign_of_a_flood_stays_when_triage_has_looked(district: District) -> None:
    for _time in range(6):
        submit(district)
    while work(at=NOW):
        pass

    last = Opinion.objects.of(district.congress).order_by("-pk")[0]
    assert last.is_suspected
    assert {"code": "flood", "words": "同样的话"} in last.suspicion


def test_who_is_refused_for_sending_too_much_is_told_and_keeps_the_words(district: District, settings: Any) -> None:
    settings.LVZHI_SUBMIT_LIMIT = 1
    send()

    refused = send("站牌挡住了盲道，走不过去。", photos=[photo()])

    shown = refused.content.decode()
    assert refused.status_code == 429
    assert "从您这里送出的意见太多了" in shown
    assert "站牌挡住了盲道" in shown
    assert 'name="held"' in shown


def test_the_same_photo_five_hundred_times_lies_once_on_the_disk(
    district: District, settings: Any, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    settings.LVZHI_FLOOD_SAME = settings.LVZHI_FLOOD_ALL = 0
    from lvzhi.records.documents.store import ready

    for number in range(500):
        opinion = submit(district, f"{SAID}第{number}次")
        given = photo()
        actions.attach(opinion, [ready(given.name or "", given.read())], actor=citizen(district.congress), at=NOW)

    assert Attachment.objects.of(district.congress).count() == 500
    assert len([each for each in (tmp_path / "files").rglob("*") if each.is_file()]) == 1


def test_a_picture_that_came_many_times_is_pointed_out(district: District) -> None:
    for number in range(7):
        send(f"{SAID}第{number}次", photos=[photo()])
    while work(at=NOW):
        pass

    last = Opinion.objects.of(district.congress).order_by("-pk")[0]
    assert last.is_suspected
    assert "spam_mass_picture" in {each["code"] for each in last.suspicion}


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "图"])
def test_words_that_stand_in_a_picture_alone_are_asked_for(district: District, text: str) -> None:
    answer = send(text, photos=[photo()])

    assert answer.status_code == 400
    assert not Opinion.objects.of(district.congress).exists()
    assert 'name="held"' in answer.content.decode(), "the photo is not asked for again"


def test_a_private_person_who_is_named_stays_with_the_office(district: District) -> None:
    text = "物业经理王小明先生不修路灯，他的电话是13812345678，住松影里3号楼201室。"
    send(text, may_publish="on")
    key = Opinion.objects.of(district.congress).get().matter_id
    actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    actions.take(key, "publish", actor=district.clerk, on=TODAY, at=NOW)

    opinion = Opinion.objects.of(district.congress).get()
    pages = [Client().get(path).content.decode() for path in (
        "/opinions/", "/opinions/2026-0001", "/opinions/feed.atom", "/opinions/feed.rss",
        "/api/open311/v2/requests.json", "/",
    )]  # fmt: skip
    assert opinion.text == text
    for private in ("王小明", "13812345678", "201室"):
        assert not any(private in shown for shown in pages)
    assert "不修路灯" in pages[1]
