"""Username and password, the second factor, and out again."""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from django.contrib import auth, messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lvzhi.faces.signin import devices, entering, factors, forms, limits
from lvzhi.faces.signin.acting import account_of
from lvzhi.faces.signin.address import network_of
from lvzhi.faces.signin.backend import offices_of
from lvzhi.faces.signin.clock import now
from lvzhi.faces.signin.gateways import gateway
from lvzhi.records.people.models import Account

TRIES = 5
LOCKED = timedelta(minutes=15)
# One office is one network: enough for everybody in the morning, too few for guessing through many names.
NETWORK_TRIES = 300


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for username and password."""
    account = account_of(request)
    if account:
        return HttpResponseRedirect(entering.target_of(request) or entering.home_of(offices_of(account)))
    form = forms.SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        known = _proved(request, form, at=now())
        if known:
            return entering.admit(request, known, at=now())
    seen = {"form": form, "query": request.GET.urlencode(), "by_phone": gateway() is not None}
    return render(request, "signin/signin.html", seen, status=422 if form.errors else 200)


def _proved(request: HttpRequest, form: forms.SignIn, *, at: datetime) -> Account | None:
    """The account whose password was given; None leaves the sentence in the form.

    Tries are counted by the name as typed, whether or not there is such an account, before the password is
    looked at: nothing said or counted here tells whether an account exists.
    """
    name, network = form.cleaned_data["username"], network_of(request)
    key = f"password:{unicodedata.normalize('NFKC', name).casefold()}:{network}"
    tried = limits.attempt(key, limit=TRIES, window=LOCKED, now=at)
    crowd = limits.attempt(f"passwords:{network}", limit=NETWORK_TRIES, window=LOCKED, now=at)
    if not tried.allowed or not crowd.allowed:
        form.add_error(None, _locked(tried if not tried.allowed else crowd))
        return None
    found = auth.authenticate(request, username=name, password=form.cleaned_data["password"])
    if isinstance(found, Account):
        limits.forget(key)
        return found
    if tried.left:
        form.add_error(None, _("用户名或密码不对，还可以再试 %(n)s 次") % {"n": tried.left})
    else:
        form.add_error(None, _locked(tried))
    return None


def _locked(tried: limits.Try) -> str:
    return _("试错的次数太多，请 %(n)s 分钟后再试。忘了密码，可以用邮箱设置新密码") % {"n": tried.minutes}


def codes_tried(account: Account, form: Form, *, at: datetime) -> bool:
    """Count one try of a code; False, with the sentence in the form, after five in a quarter of an hour."""
    tried = limits.attempt(f"code:{account.pk}", limit=TRIES, window=LOCKED, now=at)
    if not tried.allowed:
        form.add_error("code", _("动态码试错的次数太多，请 %(n)s 分钟后再试") % {"n": tried.minutes})
    return tried.allowed


def is_right(account: Account, code: str, *, at: datetime) -> bool:
    """Whether a code of the app or a recovery code is right; it is used up, and the count starts anew."""
    factor = factors.confirmed(account)
    right = factor is not None and factors.take(factor, code, at=at)
    right = right or factors.take_recovery(account, code, at=at)
    if right:
        limits.forget(f"code:{account.pk}")
    return right


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor."""
    at = now()
    waiting = entering.pending(request, at=at)
    if waiting is None:
        return _again(request)
    form = forms.Code(request.POST or None)
    if request.method == "POST" and form.is_valid() and codes_tried(waiting.account, form, at=at):
        if is_right(waiting.account, form.cleaned_data["code"], at=at):
            to = entering.enter(request, waiting.account, target=waiting.target, two=True, at=at)
            return HttpResponseRedirect(to)
        form.add_error("code", _("动态码不对。它每 30 秒换一个，请看验证器上最新的 6 位数字"))
    return render(request, "signin/code.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """At the first time: show the secret, prove it, hand out the recovery codes."""
    at = now()
    waiting = entering.pending(request, at=at)
    factor = factors.waiting(waiting.account) if waiting else None
    if waiting is None or factor is None:
        return _again(request)
    form = forms.Code(request.POST or None)
    if request.method == "POST" and form.is_valid() and codes_tried(waiting.account, form, at=at):
        if factors.confirm(factor, form.cleaned_data["code"], at=at):
            limits.forget(f"code:{waiting.account.pk}")
            codes = factors.new_recovery_codes(waiting.account)
            to = entering.enter(request, waiting.account, target=waiting.target, two=True, at=at)
            return render(request, "signin/recovery.html", {"codes": codes, "to": to})
        form.add_error("code", _("动态码不对。请看验证器上最新的 6 位数字；一直不对，请核对手机的时间"))
    seen = {
        "form": form,
        "qr": factors.qr_image(factor, waiting.account),
        "secret": factors.secret_text(factor),
    }
    return render(request, "signin/enrol.html", seen, status=422 if form.errors else 200)


def _again(request: HttpRequest) -> HttpResponse:
    if account_of(request):
        return redirect("account")
    messages.info(request, _("这一步停得太久了，请重新登录"))
    return redirect("signin")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session and its device."""
    devices.end_this(request)
    auth.logout(request)
    messages.success(request, _("已退出登录"))
    return redirect("signin")
