"""A district with a little of everything, next to another; and a way to send things without leaving traces."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import forget_congresses
from lvzhi.records.documents.models import Attachment
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.perform import Opening, open_matter, perform
from lvzhi.records.people.actor import Actor, actor_of
from lvzhi.records.people.models import Account, Body
from lvzhi.work.opinions import actions
from tests.bad_input.hostile import UNWANTED
from tests.fixtures.district import NOW, TODAY, District, _person

HIDDEN = "松岭水库的秘密"
"""Stands in every text of the other congress: no page of the first may show it."""
TRACES = ("Traceback (most recent call last)", "django.core", "OperationalError", "lvzhi/faces", ".py&quot;, line")


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[None]:
    """The day of the stories, in the district of the stories."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LVZHI_CONGRESS = "yunlu"
    settings.LVZHI_SUBMIT_LIMIT = settings.LVZHI_FOLLOW_LIMIT = 10_000
    cache.clear()
    forget_congresses()
    logging.disable(logging.CRITICAL)  # thousands of refusals, each of which is a line in the log
    yield
    logging.disable(logging.NOTSET)
    forget_congresses()


def _as_strict_as_postgresql(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """PostgreSQL takes no NUL and no half characters: what SQLite would let pass fails here as it would there."""
    rows = params if many else [params]
    for row in rows or ():
        for value in (row.values() if isinstance(row, dict) else row) or ():
            if isinstance(value, str):
                assert "\x00" not in value, f"NUL would reach the database: {sql[:80]}"
                value.encode()
    return execute(sql, params, many, context)


@pytest.fixture(autouse=True)
def strict_database(db: None) -> Iterator[None]:
    """The stricter of the two databases."""
    with connection.execute_wrapper(_as_strict_as_postgresql):
        yield


def counts() -> dict[str, int]:
    """How many rows every table of the records and the lines of business has, in all congresses."""
    kept = [model for model in apps.get_models() if model.__module__.startswith(("lvzhi.records", "lvzhi.work"))]
    tables = ", ".join(f'(SELECT COUNT(*) FROM "{model._meta.db_table}")' for model in kept)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {tables}")
        return dict(zip((model.__name__ for model in kept), cursor.fetchone(), strict=True))


@contextmanager
def without_trace() -> Iterator[None]:
    """Whatever is stored inside is taken back, so that one value cannot help or hinder the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def words_on(page: str) -> str:
    """The text of a page without its markup."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", main[0] if main else page))


def complaint(response: Any) -> str:
    """What is wrong with an answer to bad input; empty for a good one."""
    if response.status_code >= 500:
        return f"status {response.status_code}"
    body = b"".join(response.streaming_content) if response.streaming else response.content
    page = body.decode("utf-8", "replace")
    for trace in (*TRACES, HIDDEN):
        if trace in page:
            return f"shows {trace!r}"
    if response.status_code >= 400 and not re.search("[\u4e00-\u9fff]{4}", words_on(page)):
        return f"status {response.status_code} without a sentence"
    if response.status_code in (400, 409, 422, 429) and "<form" in words_on_raw(page) and not _says_why(page):
        return f"status {response.status_code} without saying what to change"
    return ""


def words_on_raw(page: str) -> str:
    """The main part of a page with its markup."""
    found = re.search(r"<main.*?</main>", page, re.DOTALL)
    return found[0] if found else page


def _says_why(page: str) -> bool:
    told = re.search(r'(error-summary|field__error|class="notice)[^<]*.*?[\u4e00-\u9fff]{3}', page, re.DOTALL)
    return told is not None


def unclean() -> list[str]:
    """Stored texts with signs nobody can see or that turn others around."""
    found = []
    for model in apps.get_models():
        if not model.__module__.startswith(("lvzhi.records", "lvzhi.work")):
            continue
        for row in model._base_manager.values():
            found += [f"{model.__name__}.{name}" for name, value in row.items() if _is_unclean(value)]
    return found


def _is_unclean(value: object) -> bool:
    if isinstance(value, str):
        return UNWANTED.search(value) is not None
    if isinstance(value, dict):
        return any(map(_is_unclean, value.values()))
    return isinstance(value, list) and any(map(_is_unclean, value))


@dataclass
class Place:
    """Everything a hostile visitor could aim at."""

    district: District
    neighbour: District
    fresh: Matter
    passed_on: Matter
    answered: Matter
    suggestions: list[Matter]
    foreign: Matter
    foreign_file: Attachment
    area: Body
    clients: dict[str, Client] = field(default_factory=dict)
    receipts: dict[UUID, actions.Receipt] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """A browser in which this person is signed in; `holder` has shown the receipts instead."""
        if who not in self.clients:
            self.clients[who] = self._enter(who)
        return self.clients[who]

    def _enter(self, who: str) -> Client:
        client = Client()
        if who == "holder":
            for receipt in self.receipts.values():
                client.post("/opinions/follow", {"number": receipt.number, "code": receipt.code})
        elif who != "visitor":
            client.force_login(Account.objects.get(username=f"yunlu-{who}"))
        return client


def _receipt(home: District, subject: str) -> actions.Receipt:
    return home.opinion(subject, particulars={"name": "何家宝", "phone": "13800000000"})


def _foreign(neighbour: District) -> tuple[Matter, Attachment]:
    matter = neighbour.opinion(f"{HIDDEN}一", f"{HIDDEN}二不能让别的区看到。").opinion.matter
    Body.objects.of(neighbour.congress).update(short=f"{HIDDEN}处")
    file = Attachment.objects.create(
        congress=neighbour.congress, matter=matter, sha256="0" * 64, name=f"{HIDDEN}.jpg",
        media_type="image/jpeg", size=3, added_at=NOW,
    )  # fmt: skip
    return matter, file


def _suggestions(district: District) -> list[Matter]:
    """A draft, one put forward, one given to a department."""
    person, office = district.deputy.person, actor_of(Account.objects.get(username="yunlu-deputyoffice"), on=TODAY)
    assert person is not None
    assert office is not None
    steps: list[tuple[str, Actor, dict[str, object]]] = [
        ("confirm", district.deputy, {}), ("submit", district.deputy, {}), ("register", office, {}),
        ("assign", office, {"body": district.transport, "manner": "sole"}),
    ]  # fmt: skip
    found = []
    for many in (0, 2, 4):
        entry = open_matter(
            "deputy_suggestion", "draft", congress=district.congress, actor=district.deputy, on=TODAY, at=NOW,
            opening=Opening(title="关于夜班公交的建议", persons={"lead_deputy": person, "deputy": person}),
            data={"title": "关于夜班公交的建议", "facts": "夜里没有公交车。", "proposal": "增开夜班车。"},
        )  # fmt: skip
        for action, actor, data in steps[:many]:
            perform(entry.matter_id, action, actor=actor, on=TODAY, at=NOW, data=data)
        found.append(Matter.objects.of(district.congress).get(pk=entry.matter_id))
    return found


@pytest.fixture
def place(district: District, neighbour: District) -> Place:
    """One matter fresh, one passed on, one answered and public; a draft; and the neighbour's."""
    _person(district.congress, "operator", "张怀安", "operator", None)
    _person(district.congress, "deputyoffice", "秦望", "deputy_office", None)
    street = Body.objects.create(
        congress=district.congress, slug="tingquan", name="听泉街道", short="听泉", kind=Body.Kind.SUBDISTRICT
    )
    sent = [_receipt(district, subject) for subject in ("夜里没有公交车", "公交站牌倒了", "路灯不亮")]
    fresh, passed_on, answered = (receipt.opinion.matter for receipt in sent)
    for matter in (passed_on, answered):
        actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    actions.answer(answered.pk, reply="已经办好。", actor=district.driver, on=TODAY, at=NOW)
    actions.take(answered.pk, "publish", actor=district.clerk, on=TODAY, at=NOW)
    foreign, file = _foreign(neighbour)
    receipts = {receipt.opinion.matter_id: receipt for receipt in sent}
    fresh, passed_on, answered = (Matter.objects.of(district.congress).get(pk=key) for key in receipts)
    drafts = _suggestions(district)
    return Place(district, neighbour, fresh, passed_on, answered, drafts, foreign, file, street, receipts=receipts)


def once() -> str:
    """A fresh key of a form."""
    return str(uuid4())
