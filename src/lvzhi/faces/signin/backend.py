"""Who is signed in, with the offices held, in one query."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.backends import ModelBackend

from lvzhi.faces.signin.clock import today
from lvzhi.records.people.actor import Actor, account_and_actor
from lvzhi.records.people.models import Account

STASH = "offices_today"


class OfficeBackend(ModelBackend):
    """Django's check of username and password; loading the account brings its offices along."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account of a session, with today's offices stashed on it; None when it is closed."""
        found = account_and_actor(UUID(str(user_id)), on=today())
        if found is None or not found[0].is_active:
            return None
        account, actor = found
        vars(account)[STASH] = actor
        return account


def offices_of(account: Account) -> Actor | None:
    """The offices an account holds today: the stashed ones, or one query just after signing in."""
    missing = object()
    actor = getattr(account, STASH, missing)
    if actor is missing:
        found = account_and_actor(account.pk, on=today())
        actor = found[1] if found else None
    return actor if isinstance(actor, Actor) else None
