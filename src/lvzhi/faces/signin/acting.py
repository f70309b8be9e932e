"""Who acts in this request and for which congress; and the doors that only let some in."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from lvzhi.faces.signin import factors
from lvzhi.faces.signin.backend import offices_of
from lvzhi.records.people.actor import Actor, citizen
from lvzhi.records.people.models import Account, Congress

View = Callable[..., HttpResponseBase]

TWO = "signin.two"
KEPT_SECONDS = 5.0
_ACTING = "_lvzhi_actor"
_congresses: dict[str, tuple[float, Congress]] = {}


def account_of(request: HttpRequest) -> Account | None:
    """The account that is fully signed in, with the second factor where one is needed; None otherwise.

    An office given to somebody who signed in before with a password alone does not open until they have
    signed in again with a code.
    """
    # A request refused before the session was read, as by a missing form token, has no user at all.
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    if factors.is_needed(user, offices_of(user)) and not request.session.get(TWO):
        return None
    return cast(Account, user)


def actor_of(request: HttpRequest) -> Actor:
    """Who acts: a person in today's offices, or a citizen of the congress served here. Kept on the request.

    At most two statements for a signed-in person (the session; the account with its offices), none for a
    visitor without a session. Raises ImproperlyConfigured when no congress can be told.
    """
    found = getattr(request, _ACTING, None)
    if isinstance(found, Actor):
        return found
    account = account_of(request)
    actor = offices_of(account) if account else None
    if actor is None:
        actor = citizen(_served(), name=account.name if account else "")
        actor = replace(actor, account=account.pk) if account else actor
    setattr(request, _ACTING, actor)
    return actor


def congress_of(request: HttpRequest) -> Congress:
    """The congress this request is about: the actor's, else the one served here.

    Rows are kept for a few seconds in the process, so that this costs no statement per request.
    """
    account = account_of(request)
    actor = offices_of(account) if account else None
    return _by_id(actor.congress) if actor else _served()


def forget_congresses() -> None:
    """Look congresses up anew, as after loading a demo or between tests."""
    _congresses.clear()


def _kept(key: str, find: Callable[[], Congress]) -> Congress:
    until, congress = _congresses.get(key, (0.0, None))
    if congress is None or until < time.monotonic():
        congress = find()
        _congresses[key] = (time.monotonic() + KEPT_SECONDS, congress)
    return congress


def _by_id(key: UUID) -> Congress:
    return _kept(str(key), lambda: Congress.objects.get(pk=key))


def _served() -> Congress:
    slug = settings.LVZHI_CONGRESS
    return _kept(f"slug:{slug}", lambda: _find_served(slug))


def _find_served(slug: str) -> Congress:
    if slug:
        rows = list(Congress.objects.filter(slug=slug))
    else:
        rows = list(Congress.objects.filter(level=Congress.Level.DISTRICT)[:2])
    if len(rows) != 1:
        raise ImproperlyConfigured(
            "Set LVZHI_CONGRESS to the slug of the congress served here: it names none, "
            "or is empty where there is not exactly one district congress."
        )
    return rows[0]


def to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    """Send to the sign-in page, and back here afterwards (to the front when this was a POST)."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else "/"
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}")


def signed_in_required(view: View) -> View:
    """Let only signed-in people in; others sign in first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if account_of(request) is None:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return guarded


def staff_required(view: View) -> View:
    """Let in only those who work in the standing committee's own office."""
    return _door(
        view,
        lambda actor: actor.is_staff,
        lambda: _("这一页只给常委会机关的工作人员看。您要是在机关工作，请常委会办公室给您的账号登记职务。"),
    )


def role_required(*roles: str) -> Callable[[View], View]:
    """Let in only holders of one of these roles (keys of procedures/roles.yaml)."""

    def decorate(view: View) -> View:
        return _door(
            view,
            lambda actor: bool(actor.roles & set(roles)),
            lambda: _("这一页要有相应职务才能看。该由您来办的话，请常委会办公室给您的账号登记职务。"),
        )

    return decorate


def _door(view: View, opens: Callable[[Actor], bool], why_not: Callable[[], str]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if account_of(request) is None:
            return to_sign_in(request)
        if not opens(actor_of(request)):
            raise PermissionDenied(why_not())
        return view(request, *args, **kwargs)

    return guarded
