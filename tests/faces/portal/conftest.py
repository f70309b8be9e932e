"""The portal as the public uses it: a clock that stands still, and nothing remembered from the last test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import forget_congresses
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.actor import citizen
from lvzhi.work.opinions import actions
from tests.fixtures.district import NOW, TODAY, District

TEXT = "听泉路晚上九点以后就没有公交了，下夜班只能走回家。"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    """The portal sees the day of the stories, and serves the district of the stories."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LVZHI_CONGRESS = "yunlu"
    cache.clear()
    forget_congresses()
    yield
    forget_congresses()


@dataclass
class Resident:
    """Somebody with a browser."""

    client: Client = field(default_factory=Client)

    def submit(self, **given: Any) -> Any:
        """Send the form, and follow to the receipt."""
        words = {"once": str(uuid4()), "subject": "夜里没有公交车", "text": TEXT, **given}
        return self.client.post("/opinions/new", words, follow=True)

    def open(self, number: str, code: str) -> Any:
        """Show the receipt."""
        return self.client.post("/opinions/follow", {"number": number, "code": code}, follow=True)


@pytest.fixture
def resident(district: District) -> Resident:
    """A resident of the district."""
    return Resident()


def number_and_code(response: Any) -> tuple[str, str]:
    """What stands on a receipt."""
    page = response.content.decode()
    number = re.search(r"意 \d{4}-\d{4,}", page)
    code = re.search(r'receipt__code">([A-Z0-9-]{9})<', page)
    assert number, page
    assert code, page
    return number[0], code[1]


def answered(
    district: District, *, subject: str = "夜里没有公交车", publish: bool = True, rated: bool = False
) -> Matter:
    """An opinion that was passed on and answered, and published if its sender agreed."""
    sent = district.opinion(subject)
    key = sent.opinion.matter_id
    actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    reply = f"自七月一日起，听泉路末班车延长到二十三点，来信「{subject}」。"
    actions.answer(key, reply=reply, actor=district.driver, on=TODAY, at=NOW)
    if rated:
        holder = citizen(district.congress, matters=frozenset({key}))
        actions.rate(key, result="solved", process="satisfied", comment="我住三号楼", actor=holder, on=TODAY, at=NOW)
    if publish:
        covers = [actions.Cover("text", sent.opinion.text.index("下夜班"), 3, "other")]
        actions.take(key, "publish", actor=district.clerk, on=TODAY, at=NOW, data={"covers": covers})
    return Matter.objects.of(district.congress).get(pk=key)
