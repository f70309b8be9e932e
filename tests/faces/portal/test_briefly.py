"""Pages kept for a moment: the same page for everyone, never somebody's own, never an old one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory

from lvzhi.faces.portal import briefly
from lvzhi.faces.portal.briefly import kept_briefly
from tests.fixtures.district import District


@pytest.fixture(autouse=True)
def kept(settings: Any) -> Iterator[None]:
    settings.LVZHI_CONGRESS = "yunlu"
    settings.LVZHI_PAGE_SECONDS = 2
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock of the pages; its one value can be set."""
    now = [1000.0]
    monkeypatch.setattr(briefly.time, "monotonic", lambda: now[0])
    return now


def counting() -> tuple[list[str], Any]:
    """A view that says how often it was asked."""
    asked: list[str] = []

    @kept_briefly
    def view(request: HttpRequest) -> HttpResponse:
        asked.append(request.get_full_path())
        return HttpResponse(f"{len(asked)}")

    return asked, view


def ask(view: Any, path: str = "/", **cookies: str) -> HttpResponse:
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    response: HttpResponse = view(request)
    return response


def test_a_crowd_that_reads_the_board_reads_the_database_once(
    district: District, django_assert_num_queries: Any
) -> None:
    first = Client().get("/opinions/")

    with django_assert_num_queries(0):
        again = Client().get("/opinions/")

    assert again.content == first.content
    assert "Cookie" in again.headers["Vary"]
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_after_its_moment_a_page_is_made_anew(moment: list[float]) -> None:
    _asked, view = counting()
    assert (ask(view).content, ask(view).content) == (b"1", b"1")

    moment[0] += 2.1

    assert ask(view).content == b"2"


def test_while_one_makes_it_anew_the_others_get_the_one_before(moment: list[float]) -> None:
    inside: list[bytes] = []

    @kept_briefly
    def slow(request: HttpRequest) -> HttpResponse:
        if moment[0] > 1000.0:
            inside.append(ask(slow).content)
        return HttpResponse(f"{moment[0]:.0f}")

    ask(slow)
    moment[0] += 3

    assert ask(slow).content == b"1003"
    assert inside == [b"1000"]


@pytest.mark.parametrize("own", ["messages", "sessionid"])
def test_whoever_has_something_of_their_own_is_never_given_everybodys_page(own: str) -> None:
    asked, view = counting()
    ask(view)

    ask(view, **{own: "x"})

    assert len(asked) == 2


def test_each_look_and_each_address_has_a_page_of_its_own() -> None:
    asked, view = counting()

    for path, cookies in (("/", {}), ("/", {"elder": "1"}), ("/", {"contrast": "high"}), ("/?q=x", {})):
        ask(view, path, **cookies)

    assert len(asked) == 4


def test_a_page_with_a_form_token_or_a_cookie_and_one_that_is_not_there_are_not_kept() -> None:
    asked: list[str] = []

    @kept_briefly
    def view(request: HttpRequest) -> HttpResponse:
        asked.append(request.path)
        response = HttpResponse(
            get_token(request) if request.path == "/form" else "", status=404 if request.path == "/gone" else 200
        )
        if request.path == "/cookie":
            response.set_cookie("a", "b")
        return response

    for path in ("/form", "/cookie", "/gone"):
        ask(view, path)
        ask(view, path)

    assert len(asked) == 6


def test_a_form_made_for_somebody_who_had_a_token_before_is_not_given_to_others() -> None:
    asked: list[str] = []

    @kept_briefly
    def view(request: HttpRequest) -> HttpResponse:
        asked.append(request.path)
        return HttpResponse('<input type="hidden" name="csrfmiddlewaretoken" value="theirs">')

    ask(view, "/form", csrftoken="theirs")
    ask(view, "/form")

    assert len(asked) == 2


def test_nothing_is_kept_where_the_installation_says_so(settings: Any) -> None:
    settings.LVZHI_PAGE_SECONDS = 0
    asked, view = counting()

    ask(view)
    ask(view)

    assert len(asked) == 2
