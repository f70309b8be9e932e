"""Signing in with a password and a second factor."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries, Settings

from lvzhi.faces.signin.models import RateWindow, RecoveryCode, SecondFactor
from lvzhi.records.people.models import Account
from tests.faces.signin.conftest import Visitor, app_code, enrol
from tests.fixtures.district import PASSWORD, District

CLERK, DEPUTY, DRIVER = "yunlu-linzhiyuan", "yunlu-zhouhe", "yunlu-qiaoan"


def test_a_deputy_signs_in_with_a_password_and_acts_in_their_office(visitor: Visitor) -> None:
    page = visitor.sign_in(DEPUTY, path="/signin/?next=/mine")

    assert page.content.decode() == "周禾 deputy,lead_deputy yunlu"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(visitor: Visitor, another: Visitor) -> None:
    wrong = visitor.sign_in(DEPUTY, "不是这个密码")
    unknown = another.sign_in("nobody-here", "不是这个密码")

    assert "用户名或密码不对，还可以再试 4 次" in wrong.content.decode()
    assert "用户名或密码不对，还可以再试 4 次" in unknown.content.decode()
    assert wrong.status_code == unknown.status_code == 422


@pytest.mark.parametrize("name", [DEPUTY, "nobody-here"])
def test_after_five_wrong_passwords_even_the_right_one_waits(visitor: Visitor, name: str) -> None:
    for _again in range(5):
        page = visitor.sign_in(name, "不是这个密码")
    sixth = visitor.sign_in(name)

    assert "请 15 分钟后再试" in page.content.decode()
    assert "请 15 分钟后再试" in sixth.content.decode()
    assert not visitor.is_in()


def test_the_lock_opens_after_a_quarter_of_an_hour(visitor: Visitor) -> None:
    for _again in range(5):
        visitor.sign_in(DEPUTY, "不是这个密码")
    for window in RateWindow.objects.all():
        window.opened -= 15 * 60
        window.save()

    visitor.sign_in(DEPUTY)

    assert visitor.is_in()


def test_a_lock_in_one_network_does_not_shut_out_another(visitor: Visitor, another: Visitor) -> None:
    for _again in range(6):
        visitor.sign_in(DEPUTY, "不是这个密码")

    another.client.post("/signin/", {"username": DEPUTY, "password": PASSWORD}, REMOTE_ADDR="198.51.100.7")

    assert another.is_in()


def test_a_right_password_starts_the_count_anew(visitor: Visitor, another: Visitor) -> None:
    for _again in range(4):
        visitor.sign_in(DEPUTY, "不是这个密码")
    visitor.sign_in(DEPUTY)

    page = another.sign_in(DEPUTY, "不是这个密码")

    assert "还可以再试 4 次" in page.content.decode()


@pytest.mark.parametrize(
    "place",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"],
)
def test_nobody_is_sent_to_another_site(visitor: Visitor, place: str) -> None:
    answer = visitor.client.post(f"/signin/?next={place}", {"username": DEPUTY, "password": PASSWORD})

    assert answer["Location"] == "/pocket/"


def test_a_closed_account_stays_out_even_with_an_open_session(visitor: Visitor) -> None:
    visitor.sign_in(DEPUTY)
    Account.objects.filter(username=DEPUTY).update(is_active=False)

    assert not visitor.is_in()
    assert "用户名或密码不对" in visitor.sign_in(DEPUTY).content.decode()


def test_a_clerk_is_asked_to_bind_an_authenticator_before_coming_in(visitor: Visitor) -> None:
    page = visitor.sign_in(CLERK, path="/signin/?next=/office")
    assert page.redirect_chain == [("/signin/enrol", 302)]
    assert "data:image/svg+xml;base64," in page.content.decode()
    assert not visitor.is_in()


def test_binding_lets_the_clerk_in_and_hands_out_ten_recovery_codes(visitor: Visitor) -> None:
    _secret, codes = enrol(visitor)

    assert len(set(codes)) == 10
    assert visitor.client.get("/office").content.decode() == "林知远 petition_office yunlu"


def test_the_secret_and_the_recovery_codes_are_not_kept_in_clear(visitor: Visitor) -> None:
    secret, codes = enrol(visitor)

    assert secret not in bytes(SecondFactor.objects.get().secret)
    kept = "".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_the_next_time_a_code_of_the_app_is_asked_for(visitor: Visitor, another: Visitor) -> None:
    secret, _codes = enrol(visitor)
    page = another.sign_in(CLERK, path="/signin/?next=/office")
    assert page.redirect_chain == [("/signin/code", 302)]
    assert not another.is_in()

    page = another.post("/signin/code", code=app_code(secret, ahead=1))

    assert page.content.decode() == "林知远 petition_office yunlu"


def test_a_code_seen_over_the_shoulder_does_not_count_again(visitor: Visitor, another: Visitor) -> None:
    secret, _codes = enrol(visitor)
    another.sign_in(CLERK)

    page = another.post("/signin/code", code=app_code(secret))

    assert "动态码不对" in page.content.decode()
    assert not another.is_in()


def test_codes_cannot_be_guessed_through(visitor: Visitor, another: Visitor) -> None:
    secret, _codes = enrol(visitor)
    another.sign_in(CLERK)
    for _again in range(5):
        another.post("/signin/code", code="wrong1")

    page = another.post("/signin/code", code=app_code(secret, ahead=1))

    assert "动态码试错的次数太多，请 15 分钟后再试" in page.content.decode()
    assert not another.is_in()


def test_a_recovery_code_stands_in_once(visitor: Visitor, another: Visitor) -> None:
    _secret, codes = enrol(visitor)
    another.sign_in(CLERK)
    another.post("/signin/code", code=codes[0].lower())
    assert another.is_in()
    third = Visitor()
    third.sign_in(CLERK)

    third.post("/signin/code", code=codes[0])

    assert not third.is_in()


def test_a_code_that_is_no_ascii_is_only_wrong(visitor: Visitor) -> None:
    visitor.sign_in(CLERK)

    assert "动态码不对" in visitor.post("/signin/enrol", code="一二三四五六").content.decode()


def test_the_step_of_the_code_cannot_be_reached_without_a_password(visitor: Visitor) -> None:
    for step in ("/signin/code", "/signin/enrol"):
        assert visitor.client.get(step)["Location"] == "/signin/"


def test_where_a_second_factor_is_optional_a_clerk_is_not_held_up(visitor: Visitor, settings: Settings) -> None:
    settings.LVZHI_TOTP = "optional"
    visitor.sign_in(CLERK)

    assert visitor.client.get("/office").status_code == 200


def test_a_session_from_before_the_office_opens_nothing_without_a_second_factor(
    visitor: Visitor, settings: Settings
) -> None:
    settings.LVZHI_TOTP = "optional"
    visitor.sign_in(CLERK)
    settings.LVZHI_TOTP = "required"

    assert visitor.client.get("/office")["Location"] == "/signin/?next=%2Foffice"
    assert visitor.client.get("/").content.decode() == "- citizen yunlu"
    assert visitor.sign_in(CLERK).redirect_chain == [("/signin/enrol", 302)]


def test_who_lacks_the_office_is_told_what_to_do(visitor: Visitor) -> None:
    visitor.sign_in(DEPUTY)

    office, answers = visitor.client.get("/office"), visitor.client.get("/answers")

    assert office.status_code == answers.status_code == 403
    assert "只给常委会机关的工作人员看" in office.content.decode()
    assert "请常委会办公室给您的账号登记职务" in answers.content.decode()


def test_the_role_asked_for_opens_the_page(visitor: Visitor) -> None:
    visitor.sign_in(DRIVER)

    assert visitor.client.get("/answers").status_code == 200


def test_a_visitor_is_sent_to_sign_in_and_back(visitor: Visitor) -> None:
    assert visitor.client.get("/office?page=2")["Location"] == "/signin/?next=%2Foffice%3Fpage%3D2"


def test_signing_out_needs_a_post_and_ends_the_session(visitor: Visitor) -> None:
    visitor.sign_in(DEPUTY)
    assert visitor.client.get("/signout").status_code == 405
    assert visitor.is_in()

    visitor.post("/signout")

    assert not visitor.is_in()


def test_a_signed_in_request_costs_two_statements(
    visitor: Visitor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor.sign_in(DRIVER)
    visitor.client.get("/answers")

    with django_assert_num_queries(2):
        visitor.client.get("/answers")


def test_a_visitor_without_a_session_costs_none(
    visitor: Visitor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    visitor.client.get("/")

    with django_assert_num_queries(0):
        page = visitor.client.get("/")

    assert page.content.decode() == "- citizen yunlu"
    assert isinstance(page.wsgi_request.user, AnonymousUser)
    assert not page.cookies


def test_two_districts_must_be_told_apart(visitor: Visitor, neighbour: District, settings: Settings) -> None:
    settings.LVZHI_CONGRESS = "songling"

    assert visitor.client.get("/").content.decode() == "- citizen songling"
