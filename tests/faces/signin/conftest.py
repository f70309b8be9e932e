"""A site with the sign-in pages, and ways to be somebody on it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.test import Client
from pytest_django import Settings

from lvzhi.faces.signin import acting
from lvzhi.faces.signin.clock import now
from tests.fixtures.district import PASSWORD, District

EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


@pytest.fixture(autouse=True)
def site(settings: Settings) -> Iterator[None]:
    """These addresses, second factors as in earnest, and nothing remembered from the last test."""
    settings.ROOT_URLCONF = "tests.faces.signin.addresses"
    settings.LVZHI_TOTP = "required"
    settings.LVZHI_CONGRESS = ""
    settings.LVZHI_DEMO = False
    acting.forget_congresses()
    yield
    acting.forget_congresses()


@dataclass
class Visitor:
    """Somebody with a browser."""

    client: Client = field(default_factory=lambda: Client(headers={"user-agent": EDGE}))

    def post(self, path: str, **fields: str) -> Any:
        """Send a form and follow to where it leads."""
        return self.client.post(path, fields, follow=True)

    def sign_in(self, username: str, password: str = PASSWORD, path: str = "/signin/") -> Any:
        """Username and password."""
        return self.post(path, username=username, password=password)

    def is_in(self) -> bool:
        """Whether the page for signed-in people opens."""
        return bool(self.client.get("/mine").status_code == 200)


@pytest.fixture
def visitor(district: District) -> Visitor:
    """A visitor of the district's site."""
    return Visitor()


@pytest.fixture
def another(district: District) -> Visitor:
    """A second browser."""
    return Visitor()


def secret_on(page: Any) -> bytes:
    """The secret a page shows for typing."""
    found = re.search(r"receipt__code\">([A-Z2-7]{32})<", page.content.decode())
    assert found
    return base64.b32decode(found[1])


def app_code(secret: bytes, ahead: int = 0) -> str:
    """What the authenticator app shows now, or some steps ahead."""
    return TOTP(secret, 6, SHA1(), 30).generate(int(now().timestamp()) + 30 * ahead).decode()


def enrol(visitor: Visitor, username: str = "yunlu-linzhiyuan") -> tuple[bytes, list[str]]:
    """Sign a clerk in for the first time; the secret and the recovery codes."""
    secret = secret_on(visitor.sign_in(username))
    page = visitor.post("/signin/enrol", code=app_code(secret))
    return secret, re.findall(r"receipt__code\">([A-Z0-9]{5}-[A-Z0-9]{5})<", page.content.decode())
