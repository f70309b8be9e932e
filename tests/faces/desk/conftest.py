"""The desk as people use it: a clock that stands still, and clients who are signed in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import forget_congresses
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Account
from tests.fixtures.district import NOW, TODAY

SignIn = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk sees the day of the stories."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    forget_congresses()


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """A client in which this actor is signed in."""

    def make(actor: Actor) -> Client:
        client = Client()
        client.force_login(Account.objects.get(pk=actor.account))
        return client

    return make
