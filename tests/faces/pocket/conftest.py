"""A deputy's phone: a clock that stands still, and clients who are signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import forget_congresses
from lvzhi.records.people.actor import Actor, actor_of
from lvzhi.records.people.models import Account, Membership, Person
from tests.fixtures.district import NOW, TODAY, District

SignIn = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    """The phone sees the day of the stories."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LVZHI_CONGRESS = "yunlu"
    forget_congresses()


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """A client in which this actor is signed in."""

    def make(actor: Actor) -> Client:
        client = Client()
        client.force_login(Account.objects.get(pk=actor.account))
        return client

    return make


@pytest.fixture
def phone(district: District, sign_in: SignIn) -> Client:
    """The phone of the deputy 周禾."""
    return sign_in(district.deputy)


def official(district: District, slug: str, role: str) -> Actor:
    """Somebody else in an office of the congress."""
    account = Account.objects.create_user(slug, None, name=slug)
    person = Person.objects.create(congress=district.congress, slug=slug, name=slug, account=account)
    since = TODAY.replace(year=2021)
    Membership.objects.create(congress=district.congress, person=person, role=role, since=since)
    found = actor_of(account, on=TODAY)
    assert found is not None
    return found
