"""Subscribing by e-mail: asked for, confirmed from the mailbox, ended by one press."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lvzhi.faces.portal import asked as asking
from lvzhi.faces.portal import limits
from lvzhi.faces.portal.asked import Asked
from lvzhi.faces.portal.letters import about
from lvzhi.faces.portal.shell import page
from lvzhi.faces.portal.tokens import CONFIRM, END, key_in
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.work.opinions import actions, queries


class SubscribeForm(forms.Form):
    """An address; what it is for stands in the filters beside it."""

    email = forms.EmailField(
        label=gettext_lazy("电子邮箱"),
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=gettext_lazy("只用来发您订的内容，加密存放；退订就删掉。"),
        error_messages={
            "required": gettext_lazy("请写一个邮箱地址"),
            "invalid": gettext_lazy("这不像一个邮箱地址，例如 name@example.cn"),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Choose what to hear of, and give an address. The answer is the same whoever subscribes already."""
    congress = congress_of(request)
    asked = asking.read(request, congress, request.POST if request.method == "POST" else request.GET)
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _show(request, form, asked, 400 if form.errors else 200)
    tried = limits.subscribing(request, clock.now())
    if not tried.allowed:
        form.add_error(None, _("从您这里订得太多了，请过 %(minutes)s 分钟再来。") % {"minutes": tried.minutes})
        return _show(request, form, asked, 429)
    wish = actions.Wish(
        email=form.cleaned_data["email"],
        base=request.build_absolute_uri("/").rstrip("/"),
        category=asked.wanted.category,
        area=asked.street,
        community=asked.community,
        language=get_language() or "zh-hans",
    )
    actions.subscribe(congress=congress, wish=wish, at=clock.now())
    return page(request, "subscribe_sent", {"email": wish.email}, current="portal-board")


def _show(request: HttpRequest, form: SubscribeForm, asked: Asked, status: int) -> HttpResponse:
    lists = [each for each in asked.selects() if each.name != "year"]
    context = {"form": form, "selects": lists, "board_url": asked.url()}
    return page(request, "subscribe", context, current="portal-board", status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """From the letter: a button to confirm with. Looking at the page changes nothing, for mail programs look too."""
    congress, key = congress_of(request), key_in(token, CONFIRM)
    found = queries.subscription(congress.pk, key) if key else None
    if found is not None and request.method == "POST":
        found = actions.confirm(congress, found.pk, at=clock.now())
    context = {"found": found, "about": about(found) if found else "", "token": token, "ends": False}
    return page(request, "subscription", context, current="portal-board", status=200 if found else 404)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """From the letter: a button to end it with, or one press in the mail program (RFC 8058), which has no form token.

    The signed word in the address is what allows it.
    """
    congress, key = congress_of(request), key_in(token, END)
    found = queries.subscription(congress.pk, key) if key else None
    words, done = about(found) if found else "", False
    if found is not None and request.method == "POST":
        done = actions.end_subscription(congress, found.pk)
    context = {"found": found, "about": words, "token": token, "ends": True, "done": done}
    return page(request, "subscription", context, current="portal-board", status=200 if found else 404)
