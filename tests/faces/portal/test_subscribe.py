"""Subscribing: nothing without the mailbox's own yes, nothing that is not public, and an end that leaves nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from lvzhi.faces.portal import letters
from lvzhi.records.people.models import Body, PersonalRecord
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.actions import subscribing
from lvzhi.work.opinions.models import Subscription, SubscriptionLetter
from tests.faces.portal.test_filters import public
from tests.faces.portal.test_form import body
from tests.fixtures.district import NOW, TODAY, District

EMAIL = "resident@mail.example"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def mailbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def ask(**given: str) -> Any:
    """Send the form."""
    return Client().post("/subscribe", {"email": EMAIL, **given})


def link_in(text: str, word: str) -> str:
    """The address in a letter."""
    found = re.search(rf"http://testserver(/subscribe/{word}/\S+)", text)
    assert found, text
    return found[1]


def confirmed(**given: str) -> str:
    """Subscribe and confirm; returns the letter that asked."""
    ask(**given)
    letters.pump(at=NOW)
    letter = str(mail.outbox[-1].body)
    assert Client().post(link_in(letter, "confirm")).status_code == 200
    mail.outbox.clear()
    return letter


def test_nothing_is_sent_before_the_mailbox_says_yes(district: District) -> None:
    ask()
    letters.pump(at=NOW)
    public(district, "甲事", at=NOW + timedelta(hours=1))

    assert subscribing.prepare(at=NOW + 2 * DAY) == 0
    assert [letter.subject for letter in mail.outbox] == ["请确认订阅：全部公开的意见"]


def test_looking_at_the_link_confirms_nothing(district: District) -> None:
    ask()
    letters.pump(at=NOW)
    link = link_in(str(mail.outbox[0].body), "confirm")

    looked = Client().get(link)

    assert looked.status_code == 200
    assert Subscription.objects.of(district.congress).get().confirmed_at is None
    assert "确认订阅" in looked.content.decode()


def test_a_digest_comes_once_a_day_with_what_was_published_and_fits(district: District) -> None:
    here, there = (body(district, slug, Body.Kind.SUBDISTRICT) for slug in ("tingquan", "yuntai"))
    public(district, "以前的", place=here, at=NOW - DAY)
    confirmed(street="tingquan")
    public(district, "这里的", place=here, at=NOW + timedelta(hours=1))
    public(district, "那里的", place=there, at=NOW + timedelta(hours=1))

    made = [subscribing.prepare(at=NOW + DAY) for _time in range(2)]
    letters.pump(at=NOW + DAY)

    (letter,) = mail.outbox
    assert made == [1, 0]
    assert letter.to == [EMAIL]
    assert "这里的" in letter.body
    assert "以前的" not in letter.body
    assert "那里的" not in letter.body
    assert "http://testserver/opinions/2026-0002" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_day_without_news_has_no_letter(district: District) -> None:
    confirmed()

    assert subscribing.prepare(at=NOW + DAY) == 0
    assert letters.pump(at=NOW + DAY) == 0


def test_what_was_taken_off_the_board_before_the_letter_left_is_not_in_it(district: District) -> None:
    confirmed()
    matter = public(district, "要撤下的", at=NOW + timedelta(hours=1))
    subscribing.prepare(at=NOW + DAY)
    actions.take(matter.pk, "unpublish", actor=district.clerk, on=TODAY, at=NOW, data={"reason": "涉及个人"})

    letters.pump(at=NOW + DAY)

    assert mail.outbox == []


@pytest.mark.parametrize("one_click", [True, False])
def test_one_press_ends_it_and_the_address_is_gone(district: District, one_click: bool) -> None:
    confirmed()
    public(district, "甲事", at=NOW + timedelta(hours=1))
    subscribing.prepare(at=NOW + DAY)
    letters.pump(at=NOW + DAY)
    link = link_in(str(mail.outbox[0].body), "end")
    client = Client(enforce_csrf_checks=True)

    assert client.get(link).status_code == 200
    assert Subscription.objects.of(district.congress).exists()
    told = client.post(link, {"List-Unsubscribe": "One-Click"} if one_click else {})

    assert "已经退订" in told.content.decode()
    assert not Subscription.objects.of(district.congress).exists()
    assert not PersonalRecord.objects.of(district.congress).exists()
    assert not SubscriptionLetter.objects.of(district.congress).exists()
    assert client.post(link).status_code == 404


def test_the_address_is_sealed(district: District) -> None:
    ask()

    kept = PersonalRecord.objects.of(district.congress).get()
    assert EMAIL.encode() not in bytes(kept.sealed)
    assert EMAIL not in str(Subscription.objects.of(district.congress).values())


def test_nobodys_mailbox_can_be_filled_and_nobody_learns_who_subscribes(district: District) -> None:
    answers = [ask(category=each).content for each in ("housing", "transport", "health", "education", "rural")]
    letters.pump(at=NOW)

    assert len(mail.outbox) == subscribing.MOST_UNCONFIRMED
    assert len({re.sub(rb'value="[^"]+"', b"", answer) for answer in answers}) == 1


def test_subscribing_twice_to_the_same_is_one_subscription(district: District) -> None:
    confirmed(category="housing")

    again = ask(category="housing")

    assert again.status_code == 200
    assert letters.pump(at=NOW) == 0
    assert Subscription.objects.of(district.congress).count() == 1


def test_what_nobody_confirmed_is_deleted_after_two_days(district: District) -> None:
    ask()

    assert subscribing.forget_unconfirmed(at=NOW + DAY) == 0
    assert subscribing.forget_unconfirmed(at=NOW + 3 * DAY) == 1
    assert not PersonalRecord.objects.of(district.congress).exists()


@pytest.mark.parametrize("email", ["", "x", "a@b", "x@y.example\r\nBcc: z@y.example", "🙂@mail.example", "a" * 200])
def test_what_is_no_address_is_refused_in_words(district: District, email: str) -> None:
    page = ask(email=email)

    assert page.status_code == 400
    assert "邮箱" in page.content.decode()
    assert not Subscription.objects.of(district.congress).exists()


@pytest.mark.parametrize("word", ["x", "a:b", "0" * 32, "0" * 32 + ":" + "a" * 43])
def test_a_made_up_word_confirms_and_ends_nothing(district: District, word: str) -> None:
    for path in (f"/subscribe/confirm/{word}", f"/subscribe/end/{word}"):
        assert Client().get(path).status_code == 404
        assert Client().post(path).status_code == 404


def test_a_word_for_confirming_does_not_end(district: District) -> None:
    ask()
    letters.pump(at=NOW)
    word = link_in(str(mail.outbox[0].body), "confirm").rsplit("/", 1)[-1]

    assert Client().post(f"/subscribe/end/{word}").status_code == 404


def test_a_letter_that_cannot_leave_is_tried_again_and_then_given_up(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask()
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda self: (_ for _ in ()).throw(OSError("no route")))

    tried = [letters.pump(at=NOW + turn * timedelta(minutes=6)) for turn in range(7)]

    letter = SubscriptionLetter.objects.of(district.congress).get()
    assert tried == [1, 1, 1, 1, 1, 0, 0]
    assert (letter.status, letter.error) == ("failed", "no route")


def test_another_congress_cannot_end_it(district: District, neighbour: District, settings: Any) -> None:
    from lvzhi.faces.signin.acting import forget_congresses

    ask()
    letters.pump(at=NOW)
    link = link_in(str(mail.outbox[0].body), "confirm")
    settings.LVZHI_CONGRESS = neighbour.congress.slug
    forget_congresses()

    assert Client().post(link).status_code == 404
