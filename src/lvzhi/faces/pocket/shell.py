"""What stands around every page of a deputy: the door, the four tabs, the notices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lvzhi.faces.design.shapes import NavGroup, NavItem
from lvzhi.faces.signin.acting import account_of, actor_of, to_sign_in
from lvzhi.records.notices.models import Notice
from lvzhi.records.people.actor import Actor

View = Callable[..., HttpResponseBase]
DEPUTY_ROLES = frozenset({"deputy", "lead_deputy"})
MOST_SHOWN = 99


def deputy_required(view: View) -> View:
    """Let deputies in; staff and supervised bodies are shown to their own face."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if account_of(request) is None:
            return to_sign_in(request)
        actor = actor_of(request)
        if not actor.roles & DEPUTY_ROLES or actor.person is None:
            if actor.is_staff or "supervised_body" in actor.roles:
                return HttpResponseRedirect("/desk/")
            raise PermissionDenied(_("代表端给人大代表用。您要是代表，请代表工作机构给您的账号登记职务。"))
        return view(request, *args, **kwargs)

    return guarded


def unread(actor: Actor) -> int:
    """How many notices the deputy has not read, counted to a hundred. One statement."""
    rows = Notice.objects.of(actor.congress).filter(account=actor.account, read_at=None)
    return rows.order_by()[: MOST_SHOWN + 1].count()


def _tabs(current: str) -> list[NavGroup]:
    ways = [
        ("pocket-home", _("首页"), "home"),
        ("pocket-mine", _("我的建议"), "list"),
        ("pocket-search", _("找"), "search"),
        ("account", _("我"), "user"),
    ]
    return [NavGroup([NavItem(reverse(name), label, icon, current=name == current) for name, label, icon in ways])]


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, current: str = "", status: int = 200
) -> HttpResponse:
    """Draw a page of the deputies' face; `current` names its tab. One statement."""
    actor = actor_of(request)
    count = unread(actor)
    around = {
        "nav": _tabs(current),
        "home_url": reverse("pocket-home"),
        "me": {
            "name": actor.name,
            "notices": f"{MOST_SHOWN}+" if count > MOST_SHOWN else count,
            "notices_url": reverse("pocket-notices"),
            "settings_url": reverse("account"),
            "sign_out_url": reverse("signout"),
        },
    }
    return render(request, f"pocket/{template}.html", {**around, **context}, status=status)
