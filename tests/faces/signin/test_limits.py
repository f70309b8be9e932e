"""Counting tries, and telling where a request comes from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries, Settings

from lvzhi.faces.signin import limits
from lvzhi.faces.signin.address import client_ip, prefix
from lvzhi.faces.signin.models import RateWindow

AT = datetime(2026, 6, 9, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.django_db
def test_so_many_are_allowed_and_no_more() -> None:
    said = [limits.allow("submit:203.0.113.0/24", limit=3, window=HOUR, now=AT) for _again in range(5)]

    assert said == [True, True, True, False, False]


@pytest.mark.django_db
def test_a_full_window_passes_after_the_last_that_counted() -> None:
    for minutes in (0, 50):
        limits.allow("a", limit=2, window=HOUR, now=AT + timedelta(minutes=minutes))

    assert not limits.allow("a", limit=2, window=HOUR, now=AT + timedelta(minutes=70))
    assert limits.allow("a", limit=2, window=HOUR, now=AT + timedelta(minutes=110))


@pytest.mark.django_db
def test_a_refused_try_does_not_lengthen_the_wait() -> None:
    for minutes in (0, 30, 59):
        last = limits.attempt("a", limit=1, window=HOUR, now=AT + timedelta(minutes=minutes))

    assert last.minutes == 1
    assert limits.allow("a", limit=1, window=HOUR, now=AT + HOUR)


@pytest.mark.django_db
def test_keys_are_counted_apart_and_forgotten_apart() -> None:
    limits.allow("a", limit=1, window=HOUR, now=AT)
    assert limits.allow("b", limit=1, window=HOUR, now=AT)

    limits.forget("a")

    assert limits.allow("a", limit=1, window=HOUR, now=AT)
    assert not limits.allow("b", limit=1, window=HOUR, now=AT)


@pytest.mark.django_db
def test_one_statement_counts_and_answers(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        limits.allow("a", limit=1, window=HOUR, now=AT)


@pytest.mark.django_db
def test_no_address_is_kept_and_old_windows_go() -> None:
    limits.allow("submit:203.0.113.0/24", limit=1, window=HOUR, now=AT)
    kept = RateWindow.objects.get().key
    assert len(kept) == 64
    assert "submit" not in kept

    limits.sweep(AT + timedelta(days=3))

    assert not RateWindow.objects.exists()


@pytest.mark.parametrize(
    ("ip", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("not an address", ""),
    ],
)
def test_an_address_is_shortened_to_its_network(ip: str, network: str) -> None:
    assert prefix(ip) == network


def test_what_a_visitor_writes_into_the_header_is_not_believed(settings: Settings) -> None:
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "192.0.2.1, 203.0.113.77"})

    settings.LVZHI_PROXIES = 0
    assert client_ip(request) == "127.0.0.1"
    settings.LVZHI_PROXIES = 1
    assert client_ip(request) == "203.0.113.77"
