"""Signed-in devices: one row per session, and ending one ends the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.faces.signin.address import network_of
from lvzhi.faces.signin.models import Device
from lvzhi.records.people.models import Account

SEEN = "signin.seen"
EVERY = timedelta(minutes=10)

# The first that matches counts: Edge also says Chrome, Chrome also says Safari, HarmonyOS also says Android.
BROWSERS = (
    ("MicroMessenger", gettext_lazy("微信")), ("DingTalk", gettext_lazy("钉钉")), ("Edg", "Edge"),
    ("QQBrowser", gettext_lazy("QQ 浏览器")), ("UCBrowser", gettext_lazy("UC 浏览器")),
    ("HuaweiBrowser", gettext_lazy("华为浏览器")), ("Firefox|FxiOS", "Firefox"),
    ("Chrome|CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("OpenHarmony|HarmonyOS|ArkWeb", gettext_lazy("鸿蒙设备")), ("iPhone", gettext_lazy("苹果手机")),
    ("iPad", gettext_lazy("苹果平板")), ("Android", gettext_lazy("安卓手机")),
    ("UOS", gettext_lazy("统信电脑")),
    ("Kylin", gettext_lazy("麒麟电脑")), ("Windows", gettext_lazy("Windows 电脑")),
    ("Macintosh", gettext_lazy("苹果电脑")), ("Linux", gettext_lazy("Linux 电脑")),
)  # fmt: skip


def begin(request: HttpRequest, account: Account, *, at: datetime) -> Device:
    """Write down the device of a session that has just signed in; rows of ended sessions go."""
    request.session[SEEN] = int(at.timestamp())
    request.session.save()
    Device.objects.filter(account=account).exclude(session_key__in=_living(at)).delete()
    return Device.objects.create(
        account=account, session_key=request.session.session_key or "", network=network_of(request),
        user_agent=request.headers.get("User-Agent", "")[:300], first_seen=at, last_seen=at,
    )  # fmt: skip


def touch(request: HttpRequest, *, at: datetime) -> None:
    """Note that the device is in use, at most once in ten minutes; costs nothing in between."""
    seen, moment = request.session.get(SEEN), int(at.timestamp())
    if seen is None or moment - seen < EVERY.total_seconds():
        return
    request.session[SEEN] = moment
    mine = Device.objects.filter(session_key=request.session.session_key or "")
    mine.update(last_seen=at, network=network_of(request))


def of_account(account: Account, *, at: datetime) -> Sequence[Device]:
    """The devices an account is signed in on, the last used first."""
    alive = Device.objects.filter(account=account, session_key__in=_living(at))
    return list(alive.order_by("-last_seen", "-pk"))


@transaction.atomic
def end(account: Account, key: UUID) -> bool:
    """Sign one device out; False when it is not one of this account's."""
    device = Device.objects.filter(account=account, pk=key).first()
    if device is None:
        return False
    Session.objects.filter(pk=device.session_key).delete()
    device.delete()
    return True


@transaction.atomic
def end_others(account: Account, keep: str | None) -> int:
    """Sign out every device of an account but the one whose session is `keep`; return how many."""
    others = Device.objects.filter(account=account).exclude(session_key=keep or "")
    Session.objects.filter(pk__in=list(others.values_list("session_key", flat=True))).delete()
    return others.delete()[0]


def end_this(request: HttpRequest) -> None:
    """Forget the device of a session that is about to end."""
    Device.objects.filter(session_key=request.session.session_key or "").delete()


def follow(former: str | None, current: str | None) -> None:
    """A session has got a new key: its device goes on under that."""
    Device.objects.filter(session_key=former or "").update(session_key=current or "")


def words(user_agent: str) -> str:
    """A browser in plain words, as in 「Windows 电脑上的 Edge」."""
    browser = next((str(name) for mark, name in BROWSERS if re.search(mark, user_agent)), _("浏览器"))
    system = next((str(name) for mark, name in SYSTEMS if re.search(mark, user_agent)), "")
    return _("%(system)s上的 %(browser)s") % {"system": system, "browser": browser} if system else browser


def idle_limit(is_staff: bool) -> int:
    """Seconds without use after which a session ends: shorter for whoever works with other people's data."""
    return int(settings.LVZHI_STAFF_IDLE if is_staff else settings.SESSION_COOKIE_AGE)


def _living(at: datetime) -> Iterable[str]:
    return Session.objects.filter(expire_date__gt=at).values_list("pk", flat=True)
