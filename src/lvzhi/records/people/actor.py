"""Who is acting: the one value every rule, query and action takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from lvzhi.records.people.models import Account, Congress

# Roles whose holder acts for the whole congress office; every other role binds to a body or a person.
BODY_ROLES = frozenset({"supervised_body", "working_body", "special_committee"})
PERSON_ROLES = frozenset({"deputy", "lead_deputy", "citizen"})


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in their offices on one day, or a citizen holding a receipt.

    `roles` are keys of procedures/roles.yaml. `bodies` maps each body role to the ids of the bodies the person
    speaks for. `matters` are the matters a citizen has shown the receipt of.
    """

    congress: UUID
    name: str
    roles: frozenset[str] = frozenset()
    bodies: frozenset[UUID] = frozenset()
    person: UUID | None = None
    account: UUID | None = None
    matters: frozenset[UUID] = frozenset()
    body_names: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_staff(self) -> bool:
        """Whether the person works in the standing committee's own office."""
        return bool(self.roles & OFFICE_ROLES)

    @property
    def holder_keys(self) -> tuple[str, ...]:
        """The worklists that are this person's: ``role`` for an office, ``role:id`` for a body or a person."""
        keys = [role for role in self.roles if role not in BODY_ROLES | PERSON_ROLES]
        keys += [f"{role}:{body}" for role in self.roles & BODY_ROLES for body in self.bodies]
        keys += [f"{role}:{self.person}" for role in self.roles & PERSON_ROLES if self.person]
        return tuple(sorted(keys))


OFFICE_ROLES = frozenset(
    {
        "petition_office",
        "deputy_office",
        "general_office",
        "filing_review_office",
        "council",
        "standing_committee",
        "working_body",
        "special_committee",
        "operator",
    }
)


def citizen(congress: Congress | UUID, *, name: str = "", matters: frozenset[UUID] = frozenset()) -> Actor:
    """A member of the public, who may act on the matters whose receipt they hold."""
    key = congress if isinstance(congress, UUID) else congress.pk
    return Actor(congress=key, name=name, roles=frozenset({"citizen"}), matters=matters)


def system(congress: Congress | UUID) -> Actor:
    """The platform itself, for what happens because time has passed."""
    key = congress if isinstance(congress, UUID) else congress.pk
    return Actor(congress=key, name="lvzhi", roles=frozenset({"system"}))


def actor_of(account: Account, *, on: date) -> Actor | None:
    """The offices an account holds on that day, or None without any. One query.

    A person with offices in several congresses acts in the first by name; choosing is a later face's work.
    """
    found = account_and_actor(account.pk, on=on)
    return found[1] if found else None


_ACCOUNT = [column.attname for column in Account._meta.concrete_fields]
_OFFICE = "people__memberships__"
_OFFICES = (
    *(_OFFICE + name for name in ("congress_id", "person_id", "role", "body_id", "since", "until")),
    "people__name",
    _OFFICE + "body__name",
)


def account_and_actor(key: UUID, *, on: date) -> tuple[Account, Actor | None] | None:
    """An account with what `actor_of` says of it, or None where there is no such account. One query.

    What every request of a signed-in person begins with, hence one statement for both: the account, joined to
    all offices its people ever held. Those are few; the day is compared here.
    """
    rows = list(
        Account.objects.filter(pk=key)
        .order_by(_OFFICE + "congress__name", _OFFICE + "pk")
        .values_list(*_ACCOUNT, *_OFFICES)
    )
    if not rows:
        return None
    account = Account.from_db(None, _ACCOUNT, rows[0][: len(_ACCOUNT)])
    return account, _actor(account, [_Office(*row[len(_ACCOUNT) :]) for row in rows], on)


def _with_lead(roles: frozenset[str]) -> frozenset[str]:
    """Every deputy may lead a suggestion; on which one they do is the matter's to say."""
    return roles | {"lead_deputy"} if "deputy" in roles else roles


class _Office(NamedTuple):
    """One membership as a row; without `congress` it is an account that holds none."""

    congress: UUID | None
    person: UUID
    role: str
    body: UUID | None
    since: date
    until: date | None
    name: str
    body_name: str | None

    def is_held(self, on: date) -> bool:
        return self.congress is not None and self.since <= on and (self.until is None or on <= self.until)


def _actor(account: Account, offices: Sequence[_Office], on: date) -> Actor | None:
    held = [office for office in offices if office.is_held(on)]
    if not held or held[0].congress is None:
        return None
    home = held[0].congress
    held = [office for office in held if office.congress == home]
    return Actor(
        congress=home,
        name=held[0].name,
        roles=_with_lead(frozenset(office.role for office in held)),
        bodies=frozenset(office.body for office in held if office.body),
        person=held[0].person,
        account=account.pk,
        body_names=tuple(dict.fromkeys(office.body_name for office in held if office.body_name)),
    )
