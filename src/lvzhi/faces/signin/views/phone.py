"""Citizens sign in with a code sent to their phone."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lvzhi.faces.signin import entering, forms, limits, phones
from lvzhi.faces.signin.acting import account_of, congress_of
from lvzhi.faces.signin.address import network_of
from lvzhi.faces.signin.backend import offices_of
from lvzhi.faces.signin.clock import now
from lvzhi.faces.signin.gateways import MessageNotSent, SmsGateway, gateway

log = logging.getLogger(__name__)

KEY = "signin.phone"
# Per phone, so that nobody can be pestered; per network, so that nobody can spend the message budget.
LIMITS = (
    ("phone-hour", 5, timedelta(hours=1)),
    ("phone-day", 10, timedelta(days=1)),
    ("network", 40, timedelta(hours=1)),
)


@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the phone and send a code."""
    account = account_of(request)
    if account:
        return HttpResponseRedirect(entering.target_of(request) or entering.home_of(offices_of(account)))
    sender, form = gateway(), forms.Phone(request.POST or None)
    if request.method == "POST" and sender and form.is_valid() and _sent(request, form, sender, at=now()):
        query = request.GET.urlencode()
        return HttpResponseRedirect(reverse("signin-phone-code") + (f"?{query}" if query else ""))
    seen = {"form": form, "is_open": sender is not None, "query": request.GET.urlencode()}
    return render(request, "signin/phone.html", seen, status=422 if form.errors else 200)


def _sent(request: HttpRequest, form: forms.Phone, sender: SmsGateway, *, at: datetime) -> bool:
    """Send a code within the limits; False leaves the sentence in the form."""
    phone = form.cleaned_data["phone"]
    for name, limit, window in LIMITS:
        whose = network_of(request) if name == "network" else phone
        tried = limits.attempt(f"sms-{name}:{whose}", limit=limit, window=window, now=at)
        if not tried.allowed:
            form.add_error("phone", _("验证码要得太多了，请 %(n)s 分钟后再来") % {"n": tried.minutes})
            return False
    key, digits = phones.new_code(phone, at=at)
    try:
        sender.send(phone, _("验证码 %(code)s，5 分钟内有效，用于登录。请不要告诉别人。") % {"code": digits})
    except MessageNotSent:
        log.exception("text message not sent")
        form.add_error("phone", _("短信没有发出去，请过几分钟再试一次"))
        return False
    request.session[KEY] = str(key)
    if settings.LVZHI_DEMO:
        messages.info(request, _("这是演示，不发短信。验证码是 %(code)s") % {"code": digits})
    return True


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code and let the citizen in."""
    key, at = request.session.get(KEY), now()
    if not key:
        return redirect("signin-phone")
    form = forms.PhoneCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            phone = phones.take(UUID(key), form.cleaned_data["code"], at=at)
        except phones.CodeRefused as refusal:
            form.add_error("code", str(refusal))
        else:
            account = phones.account_for(phone, congress=congress_of(request), at=at)
            if account.is_active:
                del request.session[KEY]
                return entering.admit(request, account, at=at)
            form.add_error("code", _("这个账号已经停用。有疑问请联系常委会办公室"))
    seen = {"form": form, "query": request.GET.urlencode()}
    return render(request, "signin/phone_code.html", seen, status=422 if form.errors else 200)
