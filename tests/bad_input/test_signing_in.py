"""The steps of signing in that stand behind another: codes of apps and phones, links for passwords."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from lvzhi.faces.signin import clock
from lvzhi.records.people.models import Account
from tests.bad_input.conftest import Place, complaint, counts
from tests.bad_input.hostile import TEXTS
from tests.fixtures.district import NOW, PASSWORD

CODES = ["empty", "blank", "nul", "too long", "huge number", "negative", "emoji", "sql", "script", "only zero width"]


def _at_the_second_step(settings: Any) -> Client:
    settings.LVZHI_TOTP = "required"
    client = Client()
    answer = client.post("/signin/", {"username": "yunlu-linzhiyuan", "password": PASSWORD})
    assert answer.headers["Location"] == "/signin/enrol"
    return client


@pytest.mark.parametrize("what", CODES)
def test_a_wrong_code_of_an_app_opens_nothing(place: Place, settings: Any, what: str) -> None:
    client, before = _at_the_second_step(settings), counts()

    response = client.post("/signin/enrol", {"code": TEXTS[what], "other": "x"})

    assert response.status_code == 422
    assert complaint(response) == ""
    assert counts() == before
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("what", CODES)
def test_a_wrong_code_of_a_phone_opens_nothing(place: Place, settings: Any, what: str) -> None:
    settings.LVZHI_SMS_GATEWAY = "lvzhi.faces.signin.gateways.ConsoleGateway"
    client = Client()
    assert client.post("/signin/phone", {"phone": "13800000000"}).status_code == 302
    before = counts()

    response = client.post("/signin/phone/code", {"code": TEXTS[what], "other": "x"})

    assert response.status_code == 422
    assert complaint(response) == ""
    assert counts() == before


def test_an_expired_code_of_a_phone_says_so(place: Place, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.LVZHI_SMS_GATEWAY = "lvzhi.faces.signin.gateways.ConsoleGateway"
    settings.LVZHI_DEMO = True
    client, clock_of_the_page = Client(), [NOW]
    for module in ("phone", "entry"):
        monkeypatch.setattr(f"lvzhi.faces.signin.views.{module}.now", lambda: clock_of_the_page[0])
    shown = client.post("/signin/phone", {"phone": "13800000000"}, follow=True).content.decode()
    code = re.search(r"验证码是 (\d{6})", shown)
    assert code
    before = counts()
    clock_of_the_page[0] = NOW + timedelta(minutes=6)

    response = client.post("/signin/phone/code", {"code": code[1]})

    assert response.status_code == 422
    assert "过期" in response.content.decode()
    assert counts() == before
    assert not client.session.get("_auth_user_id")


def test_a_receipt_is_shut_again_after_its_hour(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    client = place.client("holder")
    address = reverse("portal-mine", args=[place.fresh.pk])
    assert client.get(address).status_code == 200
    before = counts()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1, seconds=1))

    withdrawn = client.post(f"{address}/withdraw", {}, follow=True)

    assert client.get(address).status_code == 302
    assert "过一小时" in withdrawn.content.decode()
    assert counts() == before


@pytest.mark.parametrize("what", ["of nobody", "of another", "cut", "used", "garbage"])
def test_a_link_that_does_not_count_sets_no_password(place: Place, what: str) -> None:
    account, other = (Account.objects.get(username=f"yunlu-{name}") for name in ("linzhiyuan", "qiaoan"))
    token = default_token_generator.make_token(account)
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    wrong = {
        "of nobody": (urlsafe_base64_encode(b"01890000-0000-7000-8000-000000000000"), token),
        "of another": (urlsafe_base64_encode(force_bytes(other.pk)), token),
        "cut": (uid, token[:-2]),
        "used": (uid, token),
        "garbage": ("%FF" + "A" * 500, "0-" + "z" * 500),
    }
    if what == "used":
        account.set_password("早已换过的一个密码 9")
        account.save()
    address = reverse("password-reset-confirm", args=wrong[what])
    kept = list(Account.objects.values_list("password", flat=True).order_by("pk"))

    for response in (
        Client().get(address, follow=True),
        Client().post(address, {"new_password1": "一句很长的新密码 77", "new_password2": "一句很长的新密码 77"}),
    ):
        assert complaint(response) == ""
    assert list(Account.objects.values_list("password", flat=True).order_by("pk")) == kept


def test_nothing_said_tells_whether_there_is_an_account(place: Place) -> None:
    said = []
    for name in ("linzhiyuan", "niemand"):
        cache.clear()
        page = Client().post("/signin/", {"username": f"yunlu-{name}", "password": "falsch"}).content.decode()
        reset = Client().post("/password/reset", {"email": f"{name}@yunlu.example"})
        page = re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', "", page.replace(name, ""))
        said.append((page, reset.status_code, reset.headers["Location"]))

    assert said[0] == said[1]
