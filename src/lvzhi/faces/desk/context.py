"""What stands around every page of the desk, in two statements: what waits, and what has not been read."""

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
from lvzhi.faces.desk.shown import offered
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import account_of, actor_of, congress_of, to_sign_in
from lvzhi.records.matters import queries
from lvzhi.records.matters.queries import Counts
from lvzhi.records.notices.models import Notice
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions.rules import REVISITING

View = Callable[..., HttpResponseBase]
MOST_SHOWN = 99
OTHERS_LET_IN = frozenset({"supervised_body", "street_committee"})
"""Who comes to the desk besides the office's own people."""

READERS = frozenset({"operator", "petition_office"})
"""Who may see who read personal data."""
_WAITING = "_lvzhi_desk_counts"


def desk_required(view: View) -> View:
    """Let in the office's staff, street committees and supervised bodies; deputies are shown to their own face."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if account_of(request) is None:
            return to_sign_in(request)
        actor = actor_of(request)
        if not actor.is_staff and actor.roles.isdisjoint(OTHERS_LET_IN):
            if actor.roles & {"deputy", "lead_deputy"}:
                return HttpResponseRedirect("/pocket/")
            raise PermissionDenied(
                _("办公端给常委会机关和承办单位用。该由您来办的话，请常委会办公室给您的账号登记职务。")
            )
        return view(request, *args, **kwargs)

    return guarded


def office_required(view: View) -> View:
    """Let in the office's own staff; what stands here is not shown to the bodies it supervises."""

    @desk_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not actor_of(request).is_staff:
            raise PermissionDenied(_("这一页只给常委会机关的工作人员看。"))
        return view(request, *args, **kwargs)

    return guarded


def waiting(request: HttpRequest) -> Counts:
    """What waits for the actor; asked once a request. One statement."""
    found = getattr(request, _WAITING, None)
    if not isinstance(found, Counts):
        found = queries.counts(actor_of(request), today=clock.today())
        setattr(request, _WAITING, found)
    return found


def page(
    request: HttpRequest, template: str, context: Mapping[str, object], *, status: int = 200, here: str = ""
) -> HttpResponse:
    """Draw a page of the desk; `here` is the URL name of the navigation's line that it belongs to."""
    actor, counts = actor_of(request), waiting(request)
    unread, region = _unread(actor), congress_of(request).region
    around = {
        "nav": _nav(actor, counts, unread, here, may_open=bool(offered(actor.roles, region, clock.today()))),
        "me": {
            "name": actor.name,
            "notices": f"{MOST_SHOWN}+" if unread > MOST_SHOWN else unread,
            "notices_url": reverse("desk-notices"),
            "settings_url": reverse("account"),
            "sign_out_url": reverse("signout"),
        },
        "search_url": reverse("desk-search"),
        "home_url": reverse("desk-worklist"),
        "today": clock.today(),
    }
    return render(request, template, {**around, **context}, status=status)


def _unread(actor: Actor) -> int:
    rows = Notice.objects.of(actor.congress).filter(account=actor.account, read_at=None)
    return rows.order_by()[: MOST_SHOWN + 1].count()


def _nav(actor: Actor, counts: Counts, unread: int, here: str, may_open: bool) -> list[NavGroup]:
    def item(name: str, label: str, icon: str, **more: Any) -> NavItem:
        return NavItem(reverse(name), label, icon, current=name == here, **more)

    groups = [
        NavGroup(
            [
                item("desk-worklist", _("待办"), "inbox", count=counts.act, late=counts.late, go="w"),
                item("desk-matters", _("全部事项"), "list", go="m"),
                item("desk-search", _("查找"), "search", go="s"),
                item("desk-notices", _("通知"), "bell", count=unread or None, go="n"),
                *([item("desk-open", _("新建"), "plus", go="o")] if may_open else []),
            ]
        )
    ]
    letters: list[NavItem] = []
    if "petition_office" in actor.roles:
        letters = [
            item("desk-triage", _("甄别分派"), "half", go="t"),
            item("desk-new", _("登记来信来访"), "pen", go="r"),
            item("desk-messages", _("导入留言"), "upload"),
        ]
    if actor.is_staff:
        letters.append(item("desk-topics", _("一周热点"), "megaphone"))
        letters.append(item("desk-clues", _("监督线索"), "report"))
    if actor.roles & REVISITING and "petition_office" not in actor.roles:
        letters.append(item("desk-revisits", _("回访"), "phone"))
    if letters:
        groups.append(NavGroup(letters, _("群众意见")))
    if actor.is_staff or "street_committee" in actor.roles:
        stations = [
            item("desk-stations", _("联络站"), "pin", go="l"),
            item("desk-rota", _("排班表"), "calendar", go="b"),
            item("desk-months", _("联系选民月"), "megaphone"),
        ]
        groups.append(NavGroup(stations, _("代表联系群众")))
    if actor.is_staff:
        groups.append(NavGroup([item("desk-laws", _("法律文本"), "law")], _("法律")))
        people = [item("desk-people", _("人员和单位"), "users", go="p")]
        if actor.roles & READERS:
            people.append(item("desk-readings", _("个人信息查看记录"), "lock"))
        groups.append(NavGroup(people, _("机构")))
    return groups
