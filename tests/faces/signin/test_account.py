"""Devices, passwords and second factors of one's own account."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from pytest_django import Settings

from lvzhi.faces.signin import devices
from lvzhi.faces.signin.clock import now
from lvzhi.faces.signin.models import Device, RecoveryCode, SecondFactor
from lvzhi.records.jobs import worker
from lvzhi.records.jobs.models import Job
from lvzhi.records.people.models import Account
from tests.faces.signin.conftest import EDGE, Visitor, app_code, enrol, secret_on
from tests.fixtures.district import PASSWORD

DEPUTY = "yunlu-zhouhe"
NEW = "听泉路边的槐树有 72 棵"


def test_the_account_page_names_the_device_in_plain_words(visitor: Visitor) -> None:
    visitor.sign_in(DEPUTY)

    page = visitor.client.get("/account/").content.decode()

    assert "Windows 电脑上的 Edge" in page
    assert "127.0.0.0/24" in page
    assert "这一台" in page


def test_ending_a_device_ends_its_session(visitor: Visitor, another: Visitor) -> None:
    another.sign_in(DEPUTY)
    visitor.sign_in(DEPUTY)
    lost = Device.objects.get(session_key=another.client.session.session_key)

    visitor.post(f"/account/devices/{lost.pk}/end")

    assert visitor.is_in()
    assert not another.is_in()
    assert Device.objects.count() == 1


def test_all_other_devices_are_ended_at_once(visitor: Visitor, another: Visitor) -> None:
    another.sign_in(DEPUTY)
    visitor.sign_in(DEPUTY)

    page = visitor.post("/account/devices/others/end")

    assert "已让其他 1 台设备退出登录" in page.content.decode()
    assert visitor.is_in()
    assert not another.is_in()


def test_nobody_ends_the_device_of_somebody_else(visitor: Visitor, another: Visitor) -> None:
    another.sign_in("yunlu-qiaoan")
    visitor.sign_in(DEPUTY)
    theirs = Device.objects.get(session_key=another.client.session.session_key)

    answer = visitor.client.post(f"/account/devices/{theirs.pk}/end")

    assert answer.status_code == 404
    assert another.is_in()


def test_last_seen_is_written_at_most_every_ten_minutes(visitor: Visitor) -> None:
    visitor.sign_in(DEPUTY)
    device = Device.objects.get()
    visitor.client.get("/mine")
    assert Device.objects.get().last_seen == device.last_seen
    session = visitor.client.session
    session[devices.SEEN] -= 601
    session.save()

    visitor.client.get("/mine")

    assert Device.objects.get().last_seen > device.last_seen


def test_a_device_whose_session_ran_out_is_not_shown(visitor: Visitor, another: Visitor) -> None:
    another.sign_in(DEPUTY)
    Session.objects.update(expire_date=now() - timedelta(days=1))
    visitor.sign_in(DEPUTY)

    assert len(devices.of_account(Account.objects.get(username=DEPUTY), at=now())) == 1


def test_who_works_in_the_office_is_signed_out_sooner(visitor: Visitor, another: Visitor) -> None:
    enrol(visitor)
    another.sign_in(DEPUTY)

    assert visitor.client.session.get_expiry_age() == 12 * 3600
    assert another.client.session.get_expiry_age() == 14 * 24 * 3600


def test_a_new_password_signs_every_other_device_out(visitor: Visitor, another: Visitor) -> None:
    another.sign_in(DEPUTY)
    visitor.sign_in(DEPUTY)

    visitor.post("/account/password", old_password=PASSWORD, new_password1=NEW, new_password2=NEW)

    assert visitor.is_in()
    assert not another.is_in()
    assert Device.objects.get().session_key == visitor.client.session.session_key
    assert Account.objects.get(username=DEPUTY).check_password(NEW)


@pytest.mark.parametrize(
    ("old", "first", "second", "said"),
    [
        ("不对", NEW, NEW, "现在的密码不对"),
        (PASSWORD, NEW, NEW + "x", "两遍写的不一样"),
        (PASSWORD, "123", "123", "密码太短，至少要 10 个字符"),
        (PASSWORD, "qwertyuiop", "qwertyuiop", "这个密码太多人用，容易被猜到"),
        (PASSWORD, "yunlu-zhouhe", "yunlu-zhouhe", "密码和用户名太像，容易被猜到"),
    ],
)
def test_a_password_is_not_changed_for_these_reasons(
    visitor: Visitor, old: str, first: str, second: str, said: str
) -> None:
    visitor.sign_in(DEPUTY)

    page = visitor.post("/account/password", old_password=old, new_password1=first, new_password2=second)

    assert said in page.content.decode()
    assert Account.objects.get(username=DEPUTY).check_password(PASSWORD)


def test_the_present_password_cannot_be_guessed_at_an_open_screen(visitor: Visitor) -> None:
    visitor.sign_in(DEPUTY)
    for _again in range(5):
        visitor.post("/account/password", old_password="猜", new_password1=NEW, new_password2=NEW)

    page = visitor.post("/account/password", old_password=PASSWORD, new_password1=NEW, new_password2=NEW)

    assert "请 15 分钟后再试" in page.content.decode()
    assert Account.objects.get(username=DEPUTY).check_password(PASSWORD)


def test_a_deputy_may_bind_and_later_take_off_a_second_factor(visitor: Visitor) -> None:
    visitor.sign_in(DEPUTY)
    secret = secret_on(visitor.post("/account/totp", do="start"))
    visitor.post("/account/totp", do="prove", code=app_code(secret))
    assert SecondFactor.objects.get().confirmed_at

    visitor.post("/account/totp", do="remove", code=app_code(secret, ahead=1))

    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_taking_it_off_needs_a_code(visitor: Visitor) -> None:
    enrol(visitor)

    page = visitor.post("/account/totp", do="remove", code="000000x")

    assert "动态码不对" in page.content.decode()
    assert SecondFactor.objects.get().confirmed_at


def test_a_clerk_can_only_exchange_the_authenticator(visitor: Visitor) -> None:
    former, _codes = enrol(visitor)

    page = visitor.post("/account/totp", do="remove", code=app_code(former, ahead=1))

    assert secret_on(page) != former


def test_new_recovery_codes_end_the_former(visitor: Visitor, another: Visitor) -> None:
    secret, codes = enrol(visitor)

    page = visitor.post("/account/totp", do="codes", code=app_code(secret, ahead=1))
    another.sign_in("yunlu-linzhiyuan")
    another.post("/signin/code", code=codes[0])

    assert len(re.findall(r"receipt__code", page.content.decode())) == 10
    assert not another.is_in()


def _ask(visitor: Visitor, email: str) -> str:
    page = visitor.post("/password/reset", email=email)
    worker.work(at=now())
    return str(page.content.decode())


@pytest.fixture(autouse=True)
def _mail(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(visitor: Visitor, another: Visitor) -> None:
    another.sign_in(DEPUTY)
    _ask(visitor, "zhouhe@yunlu.example")
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)
    assert link
    form = visitor.client.get(link[1], follow=True)
    page = visitor.post(form.redirect_chain[-1][0], new_password1=NEW, new_password2=NEW)
    assert "密码已经改好" in page.content.decode()
    assert not another.is_in()

    again = visitor.client.get(link[1], follow=True)

    assert "这个链接用过了" in again.content.decode()
    visitor.sign_in(DEPUTY, NEW)
    assert visitor.is_in()


def test_the_answer_does_not_tell_whether_there_is_an_account(visitor: Visitor) -> None:
    known = _ask(visitor, "zhouhe@yunlu.example")
    unknown = _ask(visitor, "nobody@yunlu.example")

    assert known == unknown
    assert len(mail.outbox) == 1
    assert not Job.objects.everywhere("a test looks at all").exists()


def test_nobody_is_flooded_with_letters(visitor: Visitor) -> None:
    pages = {_ask(visitor, "zhouhe@yunlu.example") for _again in range(5)}

    assert len(mail.outbox) == 3
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (EDGE, "Windows 电脑上的 Edge"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) AppleWebKit/605 Version/18.0 Mobile Safari/604",
            "苹果手机上的 Safari",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537 MicroMessenger/8.0",
            "安卓手机上的 微信",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; Kylin) Firefox/128.0", "麒麟电脑上的 Firefox"),
        ("", "浏览器"),
    ],
)
def test_browsers_are_named_as_people_call_them(agent: str, said: str) -> None:
    assert devices.words(agent) == said
