"""What stands around every public page: the name of the house, the way about it, and the choice of look."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lvzhi.faces.design.shapes import Link, NavGroup, NavItem
from lvzhi.faces.signin.acting import congress_of
from lvzhi.records.people.actor import Actor, citizen
from lvzhi.records.people.models import Congress


def visitor(request: HttpRequest) -> Actor:
    """The public: whoever is signed in elsewhere sees no more on the portal than anybody."""
    return citizen(congress_of(request))


def said(congress: Congress, key: str) -> str:
    """What the congress says of itself under `key` of its settings; empty when it has not."""
    return str(congress.settings.get(key) or "")


def site(congress: Congress) -> dict[str, str]:
    """The variable `site` of the base templates."""
    return {
        "name": said(congress, "site_name") or _("%(short)s人大") % {"short": congress.short},
        "short": congress.short,
        "district": said(congress, "district") or congress.name.removesuffix("人民代表大会"),
        "body": body_name(congress),
        "phone": said(congress, "phone"),
    }


def body_name(congress: Congress) -> str:
    """The full name of the standing committee."""
    return said(congress, "body") or f"{congress.name}常务委员会"


def office_name(congress: Congress) -> str:
    """The office that takes opinions in, as it signs its letters."""
    return said(congress, "petition_office_name") or _("%(body)s信访办公室") % {"body": body_name(congress)}


def _nav(current: str) -> list[NavGroup]:
    ways = [
        ("portal-new", _("提意见")),
        ("portal-follow", _("查办理")),
        ("portal-board", _("看公开")),
        ("portal-stations", _("找代表")),
        ("portal-law-library", _("查法规")),
        ("portal-about", _("了解人大")),
    ]
    return [NavGroup([NavItem(reverse(name), label, current=name == current) for name, label in ways])]


def _foot() -> list[Link]:
    ways = [
        ("portal-about", _("怎样提意见")),
        ("portal-privacy", _("个人信息怎么保护")),
        ("portal-accessibility", _("无障碍声明")),
        ("portal-revisits", _("回访：解决了没有")),
        ("portal-clues", _("意见引出的监督线索")),
        ("portal-feed", _("订阅公开的意见")),
        ("portal-figures", _("统计")),
        ("portal-opendata", _("开放数据和接口")),
        ("signin", _("工作人员和代表登录")),
    ]
    return [Link(label, reverse(name)) for name, label in ways]


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    current: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page of the portal; `current` is the address name of the line of the navigation it belongs to."""
    congress = congress_of(request)
    around = {"site": site(congress), "nav": _nav(current), "foot_nav": _foot(), "home_url": reverse("portal-front")}
    return render(
        request, f"portal/{template}.html", {**around, "congress": congress, **(context or {})}, status=status
    )
