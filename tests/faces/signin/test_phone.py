"""Citizens sign in with a code on their phone."""

from __future__ import annotations

import logging
import re
import secrets
from datetime import timedelta
from typing import ClassVar

import pytest
from pytest_django import Settings

from lvzhi.faces.signin.clock import now
from lvzhi.faces.signin.gateways import ConsoleGateway, MessageNotSent
from lvzhi.faces.signin.models import PhoneCode
from lvzhi.records.people import door
from lvzhi.records.people.models import Account, Membership, Person, PersonalRecord
from tests.faces.signin.conftest import Visitor
from tests.fixtures.district import TODAY, District

PHONE = "13900001234"


class Outbox:
    """A gateway that keeps what it is given."""

    sent: ClassVar[list[tuple[str, str]]] = []

    def send(self, phone: str, text: str) -> None:
        """Keep it."""
        self.sent.append((phone, text))


class Broken:
    """A gateway that is down."""

    def send(self, phone: str, text: str) -> None:
        """Refuse."""
        raise MessageNotSent(text)


@pytest.fixture(autouse=True)
def _gateway(settings: Settings) -> None:
    settings.LVZHI_SMS_GATEWAY = "tests.faces.signin.test_phone.Outbox"
    Outbox.sent.clear()


def _code() -> str:
    found = re.search(r"\d{6}", Outbox.sent[-1][1])
    assert found
    return found[0]


def test_a_citizen_gets_in_with_the_code_and_back_to_the_page(visitor: Visitor) -> None:
    page = visitor.post("/signin/phone?next=/mine", phone="139 0000-1234")
    assert page.redirect_chain == [("/signin/phone/code?next=%2Fmine", 302)]

    page = visitor.post(page.redirect_chain[0][0], code=_code())

    assert page.content.decode() == "市民 citizen yunlu"


def test_the_same_phone_is_the_same_account(visitor: Visitor, another: Visitor) -> None:
    for each in (visitor, another):
        each.post("/signin/phone", phone=PHONE)
        each.post("/signin/phone/code", code=_code())

    assert Account.objects.filter(phone_fingerprint__gt="").count() == 1


def test_the_phone_is_kept_sealed_and_read_only_through_the_door(visitor: Visitor, district: District) -> None:
    visitor.post("/signin/phone", phone=PHONE)
    assert PHONE.encode() not in bytes(PhoneCode.objects.get().phone)
    visitor.post("/signin/phone/code", code=_code())

    account = Account.objects.get(phone_fingerprint__gt="")
    record = PersonalRecord.objects.of(district.congress).get(about=f"account:{account.pk}")

    assert PHONE not in f"{account.username}{account.phone_fingerprint}{account.name}"
    assert PHONE.encode() not in bytes(record.sealed)
    assert not PhoneCode.objects.get().phone
    assert door.read(record, actor=district.clerk, purpose="核对手机号", at=now()) == {"phone": PHONE}


def test_a_code_works_once(visitor: Visitor, another: Visitor) -> None:
    visitor.post("/signin/phone", phone=PHONE)
    kept = visitor.client.session["signin.phone"]
    visitor.post("/signin/phone/code", code=_code())
    another.post("/signin/phone", phone="13900005678")
    session = another.client.session
    session["signin.phone"] = kept
    session.save()

    page = another.post("/signin/phone/code", code=re.findall(r"\d{6}", Outbox.sent[0][1])[0])

    assert "这个验证码已经用过了" in page.content.decode()
    assert not another.is_in()


def test_an_expired_code_says_so(visitor: Visitor) -> None:
    visitor.post("/signin/phone", phone=PHONE)
    PhoneCode.objects.update(expires_at=now() - timedelta(seconds=1))

    page = visitor.post("/signin/phone/code", code=_code())

    assert "验证码过期了（5 分钟内有效）。请重新要一个。" in page.content.decode()
    assert not visitor.is_in()


def test_five_wrong_tries_end_a_code(visitor: Visitor) -> None:
    visitor.post("/signin/phone", phone=PHONE)
    for _again in range(5):
        page = visitor.post("/signin/phone/code", code="12345x")
    assert "验证码不对" in page.content.decode()

    page = visitor.post("/signin/phone/code", code=_code())

    assert "已经试了 5 次" in page.content.decode()
    assert not visitor.is_in()


def test_the_code_of_one_browser_is_worth_nothing_in_another(
    visitor: Visitor, another: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter([111111, 222222])
    monkeypatch.setattr(secrets, "randbelow", lambda _limit: next(drawn))
    visitor.post("/signin/phone", phone=PHONE)
    another.post("/signin/phone", phone="13900005678")

    another.post("/signin/phone/code", code="111111")

    assert not another.is_in()


def test_a_phone_gets_five_codes_an_hour(visitor: Visitor) -> None:
    for _again in range(5):
        visitor.post("/signin/phone", phone=PHONE)

    page = visitor.post("/signin/phone", phone=PHONE)

    assert len(Outbox.sent) == 5
    assert "验证码要得太多了，请 60 分钟后再来" in page.content.decode()


def test_a_network_gets_forty_codes_an_hour(visitor: Visitor) -> None:
    for last in range(41):
        page = visitor.post("/signin/phone", phone=f"139000020{last:02d}")

    assert len(Outbox.sent) == 40
    assert "验证码要得太多了" in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1390000123", "手机号是 11 位，现在有 10 位"),
        ("139abc", "只有数字"),
        ("01062345678", "以 13 至 19 开头"),
        ("", "请填写手机号"),
    ],
)
def test_a_mistyped_number_is_explained(visitor: Visitor, typed: str, said: str) -> None:
    assert said in visitor.post("/signin/phone", phone=typed).content.decode()
    assert not Outbox.sent


def test_the_country_code_may_be_typed_along(visitor: Visitor) -> None:
    visitor.post("/signin/phone", phone="+86 139 0000 1234")

    assert Outbox.sent[0][0] == PHONE


def test_a_gateway_that_is_down_is_said(visitor: Visitor, settings: Settings) -> None:
    settings.LVZHI_SMS_GATEWAY = "tests.faces.signin.test_phone.Broken"

    assert "短信没有发出去" in visitor.post("/signin/phone", phone=PHONE).content.decode()


def test_without_a_gateway_the_page_says_so_and_sends_nothing(visitor: Visitor, settings: Settings) -> None:
    settings.LVZHI_SMS_GATEWAY = ""

    assert "还没有接通短信" in visitor.post("/signin/phone", phone=PHONE).content.decode()
    assert not PhoneCode.objects.exists()


def test_only_a_demo_shows_the_code_on_the_page(visitor: Visitor, another: Visitor, settings: Settings) -> None:
    assert _shown(visitor) is False
    settings.LVZHI_DEMO = True
    assert _shown(another) is True


def _shown(visitor: Visitor) -> bool:
    page = visitor.post("/signin/phone", phone=PHONE)
    return _code() in page.content.decode()


def test_the_console_gateway_masks_the_number(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        ConsoleGateway().send(PHONE, "验证码 123456")

    assert "139****1234: 验证码 123456" in caplog.text
    assert PHONE not in caplog.text


def test_a_phone_is_no_way_around_a_clerks_password(visitor: Visitor, district: District) -> None:
    visitor.post("/signin/phone", phone=PHONE)
    visitor.post("/signin/phone/code", code=_code())
    visitor.post("/signout")
    account = Account.objects.get(phone_fingerprint__gt="")
    person = Person.objects.create(congress=district.congress, slug="new", name="杜微", account=account)
    Membership.objects.create(congress=district.congress, person=person, role="petition_office", since=TODAY)

    visitor.post("/signin/phone", phone=PHONE)
    page = visitor.post("/signin/phone/code", code=_code())

    assert page.redirect_chain == [("/signin/enrol", 302)]


def test_the_phone_of_somebody_with_a_password_opens_a_citizens_account(visitor: Visitor) -> None:
    visitor.post("/signin/phone", phone=PHONE)
    visitor.post("/signin/phone/code", code=_code())
    mark = Account.objects.get(phone_fingerprint__gt="").phone_fingerprint
    Account.objects.filter(username="yunlu-zhouhe").update(phone_fingerprint=mark)
    visitor.post("/signout")

    visitor.post("/signin/phone", phone=PHONE)
    visitor.post("/signin/phone/code", code=_code())

    assert visitor.client.get("/mine").content.decode() == "市民 citizen yunlu"
