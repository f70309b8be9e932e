"""My account: devices, password, second factor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lvzhi.faces.signin import devices, factors, forms, limits
from lvzhi.faces.signin.acting import TWO, account_of, signed_in_required
from lvzhi.faces.signin.backend import offices_of
from lvzhi.faces.signin.clock import now
from lvzhi.faces.signin.views.entry import LOCKED, TRIES, codes_tried, is_right
from lvzhi.records.people.models import Account


def _me(request: HttpRequest) -> Account:
    account = account_of(request)
    if account is None:  # the decorator has made sure; kept for whoever forgets it
        raise Http404
    return account


@never_cache
@require_GET
@signed_in_required
def page(request: HttpRequest) -> HttpResponse:
    """Where I am signed in, and what protects the account."""
    me = _me(request)
    rows = devices.of_account(me, at=now())
    seen = {
        "account": me,
        "devices": [(row, devices.words(row.user_agent)) for row in rows],
        "this": request.session.session_key,
        "has_password": me.has_usable_password(),
        "factor": factors.confirmed(me),
        "codes_left": factors.recovery_codes_left(me),
    }
    return render(request, "signin/account.html", seen)


@require_POST
@signed_in_required
def end_device(request: HttpRequest, key: UUID) -> HttpResponse:
    """Sign one device out."""
    if not devices.end(_me(request), key):
        raise Http404
    messages.success(request, _("已让那台设备退出登录"))
    return redirect("account")


@require_POST
@signed_in_required
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign every other device out."""
    ended = devices.end_others(_me(request), keep=request.session.session_key)
    messages.success(request, _("已让其他 %(n)s 台设备退出登录") % {"n": ended})
    return redirect("account")


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
@signed_in_required
def password(request: HttpRequest) -> HttpResponse:
    """Change the password; every other device is signed out."""
    me = _me(request)
    if not me.has_usable_password():
        raise Http404
    form = forms.ChangePassword(me, request.POST or None)
    if request.method == "POST":
        key = f"password-change:{me.pk}"
        tried = limits.attempt(key, limit=TRIES, window=LOCKED, now=now())
        if not tried.allowed:
            form = forms.ChangePassword(me, {})
            form.errors.clear()
            form.add_error(None, _("试错的次数太多，请 %(n)s 分钟后再试") % {"n": tried.minutes})
        elif form.is_valid():
            limits.forget(key)
            _keep_only_this(request, form.save())
            messages.success(request, _("密码已改，其他设备都已退出登录"))
            return redirect("account")
    return render(request, "signin/password.html", {"form": form}, status=422 if form.errors else 200)


def _keep_only_this(request: HttpRequest, account: Account) -> None:
    former = request.session.session_key
    update_session_auth_hash(request, account)
    devices.follow(former, request.session.session_key)
    devices.end_others(account, keep=request.session.session_key)


@never_cache
@require_http_methods(["GET", "POST"])
@signed_in_required
def totp(request: HttpRequest) -> HttpResponse:
    """Set up, renew or take off the second factor."""
    me, form = _me(request), forms.Code(request.POST or None)
    doing = _DOINGS.get(request.POST.get("do", "")) if request.method == "POST" else None
    if doing:
        done = doing(request, me, form, now())
        if done:
            return done
    elif request.method == "POST":
        raise Http404
    else:
        form = forms.Code()
    shown = factors.waiting(me)
    seen = {
        "form": form,
        "factor": factors.confirmed(me),
        "shown": shown,
        "qr": factors.qr_image(shown, me) if shown else "",
        "secret": factors.secret_text(shown) if shown else "",
        "codes_left": factors.recovery_codes_left(me),
        "needed": factors.is_needed(me, offices_of(me)),
    }
    return render(request, "signin/totp.html", seen, status=422 if form.errors else 200)


def _start(_request: HttpRequest, me: Account, _form: forms.Code, _at: datetime) -> HttpResponse | None:
    factors.begin(me)
    return redirect("account-totp")


def _prove(request: HttpRequest, me: Account, form: forms.Code, at: datetime) -> HttpResponse | None:
    shown = factors.waiting(me)
    if shown is None:
        return redirect("account-totp")
    if not form.is_valid() or not codes_tried(me, form, at=at):
        return None
    if not factors.confirm(shown, form.cleaned_data["code"], at=at):
        form.add_error("code", _("动态码不对。请看验证器上最新的 6 位数字；一直不对，请核对手机的时间"))
        return None
    limits.forget(f"code:{me.pk}")
    request.session[TWO] = True
    return render(request, "signin/recovery.html", {"codes": factors.new_recovery_codes(me), "to": ""})


def _renew(request: HttpRequest, me: Account, form: forms.Code, at: datetime) -> HttpResponse | None:
    if not _allowed(me, form, at):
        return None
    return render(request, "signin/recovery.html", {"codes": factors.new_recovery_codes(me), "to": ""})


def _remove(request: HttpRequest, me: Account, form: forms.Code, at: datetime) -> HttpResponse | None:
    if not _allowed(me, form, at):
        return None
    factors.remove(me)
    if factors.is_needed(me, offices_of(me)):
        factors.begin(me)
        messages.info(request, _("旧的验证器已经解除，请马上绑定新的"))
        return redirect("account-totp")
    messages.success(request, _("已取消两步登录"))
    return redirect("account")


def _allowed(me: Account, form: forms.Code, at: datetime) -> bool:
    """Whether a right code came along: a forgotten open screen must not be enough."""
    if not form.is_valid() or not codes_tried(me, form, at=at):
        return False
    if not is_right(me, form.cleaned_data["code"], at=at):
        form.add_error("code", _("动态码不对，请看验证器上最新的 6 位数字；用过的不能再用"))
        return False
    return True


_DOINGS: dict[str, Callable[[HttpRequest, Account, forms.Code, datetime], HttpResponse | None]] = {
    "start": _start,
    "prove": _prove,
    "codes": _renew,
    "remove": _remove,
}
