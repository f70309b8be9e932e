"""Telling deputies what became of a time of reception they were to sit in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lvzhi.records.notices.tell import tell_of
from lvzhi.records.people.models import Account, Person
from lvzhi.work.stations.models import Slot


def tell_deputies(slot: Slot, people: Iterable[Person], *, about: str, text: str, at: datetime) -> None:
    """Leave a notice to each deputy who has an account; `about` makes sure that nobody is told twice.

    The text is Chinese whoever caused it. Five statements, one where nobody has an account.
    """
    keys = [person.account_id for person in people if person.account_id]
    accounts = list(Account.objects.filter(pk__in=keys).order_by("pk"))
    if accounts:
        tell_of(accounts, about=about, text=text, congress=slot.congress_id, at=at)
