"""What is known of a congress before a table of people is planned: seven queries, however many rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models.functions import Lower

from lvzhi.records.people.models import Account, Body, Congress, Constituency, Membership, Person, Term


@dataclass(frozen=True)
class Facts:
    """Bodies, terms, constituencies, people, offices and accounts as they are now.

    `usernames` holds the account of every username asked for, in lower case, wherever in the installation.
    `elsewhere` names the accounts that also sign in to another congress.
    """

    bodies: dict[UUID, Body]
    terms: dict[int, Term]
    constituencies: dict[int, Constituency]
    people: dict[str, Person]
    offices: dict[UUID, list[Membership]]
    usernames: dict[str, UUID]
    elsewhere: frozenset[UUID]

    def bodies_named(self, text: str) -> list[Body]:
        """The bodies a cell may mean: by key or full name exactly one, by short name perhaps several."""
        exact = [body for body in self.bodies.values() if text in (body.slug, body.name)]
        return exact[:1] or [body for body in self.bodies.values() if text == body.short]

    def term_of(self, office: Membership) -> Term | None:
        """The term an office belongs to."""
        return next((term for term in self.terms.values() if term.pk == office.term_id), None)

    def constituency_of(self, office: Membership) -> Constituency | None:
        """The constituency an office is answerable to."""
        found = self.constituencies.values()
        return next((area for area in found if area.pk == office.constituency_id), None)


def gather(congress: Congress, usernames: Iterable[str]) -> Facts:
    """Read the facts of one congress. `usernames` are those of the table, in any case."""
    asked = {name.lower() for name in usernames} | {""}
    people = Person.objects.of(congress).select_related("account")
    offices: dict[UUID, list[Membership]] = {}
    for office in Membership.objects.of(congress).order_by("since", "pk"):
        offices.setdefault(office.person_id, []).append(office)
    taken = Account.objects.annotate(low=Lower("username")).filter(low__in=asked)
    elsewhere = (
        Person.objects.everywhere("an account is one person's in all congresses: others keep theirs unchanged")
        .filter(account__people__congress=congress)
        .exclude(congress=congress)
    )
    return Facts(
        bodies={body.pk: body for body in Body.objects.of(congress).order_by("slug")},
        terms={term.ordinal: term for term in Term.objects.of(congress)},
        constituencies={area.number: area for area in Constituency.objects.of(congress)},
        people={person.slug: person for person in people},
        offices=offices,
        usernames=dict(taken.values_list("low", "pk")),
        elsewhere=frozenset(pk for pk in elsewhere.values_list("account_id", flat=True) if pk),
    )


def overlap(office: Membership, since: date, until: date | None) -> bool:
    """Whether an office was held on any day of a period; both ends belong to it."""
    begins_in_time = until is None or office.since <= until
    return begins_in_time and (office.until is None or office.until >= since)
