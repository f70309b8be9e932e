"""The made-up district a bench happens in: one congress, an office, and twelve bodies with a member each."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from lvzhi.faces.signin.devices import SEEN
from lvzhi.faces.signin.entering import TWO
from lvzhi.faces.signin.models import Device
from lvzhi.records.people.actor import Actor, actor_of
from lvzhi.records.people.models import Account, Body, Congress, Membership, Person

SINCE = date(2019, 1, 1)
SUPERVISED = (
    "交通局",
    "住房和城乡建设委员会",
    "生态环境局",
    "教育委员会",
    "卫生健康委员会",
    "民政局",
    "城市管理委员会",
    "市场监督管理局",
)
WORKING = ("城市建设环境保护办公室", "教科文卫办公室", "社会建设办公室", "财政经济办公室")


@dataclass(frozen=True, slots=True)
class Frame:
    """Who is there. `members` gives the username of a body's member."""

    congress: Congress
    supervised: tuple[Body, ...]
    working: tuple[Body, ...]
    clerk: Account
    members: dict[str, Account]


def lay_out() -> Frame:
    """The frame, made where it is not there yet."""
    if found := Congress.objects.filter(slug="yunlu").first():
        return _read(found)
    congress = Congress.objects.create(
        slug="yunlu", name="明川市云麓区人民代表大会", short="云麓区", level="district", region="beijing",
        settings={"district": "明川市云麓区", "phone": "0000-00000000"},
    )  # fmt: skip
    office = _body(congress, "petition", "信访办公室", Body.Kind.PETITION)
    _member(congress, "clerk", "林知远", "petition_office", office)
    for number, name in enumerate(SUPERVISED):
        body = _body(congress, f"supervised-{number}", name, Body.Kind.DEPARTMENT)
        _member(congress, body.slug, f"承办员{number + 1}", "supervised_body", body)
    for number, name in enumerate(WORKING):
        body = _body(congress, f"working-{number}", name, Body.Kind.WORKING)
        _member(congress, body.slug, f"工作员{number + 1}", "working_body", body)
    return _read(congress)


def _body(congress: Congress, slug: str, name: str, kind: Body.Kind) -> Body:
    return Body.objects.create(congress=congress, slug=slug, name=f"云麓区{name}", short=name, kind=kind)


def _member(congress: Congress, slug: str, name: str, role: str, body: Body) -> None:
    account = Account.objects.create_user(f"bench-{slug}", None, name=name, email=f"{slug}@bench.example")
    person = Person.objects.create(congress=congress, slug=slug, name=name, account=account)
    Membership.objects.create(congress=congress, person=person, body=body, role=role, since=SINCE)


def _read(congress: Congress) -> Frame:
    bodies = list(Body.objects.of(congress).order_by("slug"))
    accounts = {account.username.removeprefix("bench-"): account for account in Account.objects.all()}
    return Frame(
        congress,
        tuple(body for body in bodies if body.slug.startswith("supervised")),
        tuple(body for body in bodies if body.slug.startswith("working")),
        accounts["clerk"],
        accounts,
    )


def acting(account: Account, on: date) -> Actor:
    """The actor of one of the frame's accounts."""
    actor = actor_of(account, on=on)
    if actor is None:
        raise LookupError(f"{account.username} holds no office.")
    return actor


def sign_in(account: Account, at: datetime) -> str:
    """Make a signed-in session in the database and return its key: what the sign-in pages end with."""
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[TWO], session[SEEN] = True, int(at.timestamp())
    session.set_expiry(timedelta(hours=6))
    session.create()
    key = session.session_key or ""
    Device.objects.create(
        account=account, session_key=key, network="127.0.0.0/24", user_agent=f"bench {secrets.token_hex(4)}",
        first_seen=at, last_seen=at,
    )  # fmt: skip
    return key
