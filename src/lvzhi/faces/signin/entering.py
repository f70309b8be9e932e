"""The way in: from a proved name to a session, past the second factor where one is needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from lvzhi.faces.signin import devices, factors, limits
from lvzhi.faces.signin.acting import TWO
from lvzhi.faces.signin.backend import offices_of
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Account

PENDING = "signin.pending"
PATIENCE = timedelta(minutes=10)
BACKEND = "lvzhi.faces.signin.backend.OfficeBackend"


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody whose name is proved and whose second factor is not."""

    account: Account
    target: str


def target_of(request: HttpRequest) -> str:
    """The page asked for with `next`, when it is one of this site; empty otherwise."""
    asked = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if safe else ""


def home_of(actor: Actor | None) -> str:
    """The first page of somebody with these offices (`LVZHI_HOMES`)."""
    for role, place in settings.LVZHI_HOMES.items():
        if actor and (role in actor.roles or (role == "office" and actor.is_staff)):
            return str(place)
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def admit(request: HttpRequest, account: Account, *, at: datetime) -> HttpResponseRedirect:
    """Go on with somebody whose password or phone is proved: in, or to the second factor first."""
    target = target_of(request)
    factor = factors.confirmed(account)
    if factor is None and not factors.is_needed(account, offices_of(account)):
        return HttpResponseRedirect(enter(request, account, target=target, two=False, at=at))
    if factor is None:
        factors.begin(account)
    request.session.cycle_key()
    request.session[PENDING] = {"account": str(account.pk), "at": int(at.timestamp()), "target": target}
    return HttpResponseRedirect(reverse("signin-code" if factor else "signin-enrol"))


def pending(request: HttpRequest, *, at: datetime) -> Pending | None:
    """Who waits at the second factor in this browser; None after ten minutes."""
    kept = request.session.get(PENDING)
    if not kept or int(at.timestamp()) - kept["at"] > PATIENCE.total_seconds():
        return None
    account = Account.objects.filter(pk=UUID(kept["account"]), is_active=True).first()
    return Pending(account, kept["target"]) if account else None


def enter(request: HttpRequest, account: Account, *, target: str, two: bool, at: datetime) -> str:
    """Sign in and write the device down; return where to go next."""
    actor = offices_of(account)
    auth.login(request, account, backend=BACKEND)
    request.session.pop(PENDING, None)
    request.session[TWO] = two
    request.session.set_expiry(devices.idle_limit(actor is not None and actor.is_staff))
    devices.begin(request, account, at=at)
    limits.sweep(at)
    return target or home_of(actor)
