"""Codes sent to phones, and the citizen's account a proved phone opens."""

from __future__ import annotations

import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from lvzhi.faces.signin.models import PhoneCode
from lvzhi.records.base.sealed import KeyRing, key_ring
from lvzhi.records.people import door
from lvzhi.records.people.models import Account, Congress

VALID = timedelta(minutes=5)
TRIES = 5
KEPT = timedelta(hours=1)


class CodeRefused(ValueError):
    """The code does not open the door; the message says why and what to do."""


def new_code(phone: str, *, at: datetime) -> tuple[UUID, str]:
    """Make a code for a phone: the id the browser keeps, and the six digits that go to the phone.

    Codes older than an hour are removed on the way, with the numbers sealed in them.
    """
    PhoneCode.objects.filter(made_at__lt=at - KEPT).delete()
    digits = f"{secrets.randbelow(10**6):06d}"
    code = PhoneCode(made_at=at, expires_at=at + VALID)
    code.phone = _ring().seal(phone, bound_to=f"phone:{code.pk}")
    code.digest = _digest(code.pk, digits)
    code.save(force_insert=True)
    return code.pk, digits


def take(key: UUID, digits: str, *, at: datetime) -> str:
    """Use a code up and return the phone it proves. Raises CodeRefused with the sentence to show."""
    code = PhoneCode.objects.filter(pk=key).first()
    if code is None or at > code.expires_at:
        raise CodeRefused(_("验证码过期了（5 分钟内有效）。请重新要一个。"))
    if code.used_at is not None:
        raise CodeRefused(_("这个验证码已经用过了。请重新要一个。"))
    if not PhoneCode.objects.filter(pk=key, used_at=None, tries__lt=TRIES).update(tries=F("tries") + 1):
        raise CodeRefused(_("已经试了 5 次，这个验证码不能再用。请重新要一个。"))
    if not hmac.compare_digest(code.digest, _digest(key, digits)):
        raise CodeRefused(_("验证码不对。请核对短信里的 6 位数字，最多可以试 5 次。"))
    if not PhoneCode.objects.filter(pk=key, used_at=None).update(used_at=at, phone=b""):
        raise CodeRefused(_("这个验证码已经用过了。请重新要一个。"))
    return _ring().unseal(bytes(code.phone), bound_to=f"phone:{key}")


@transaction.atomic
def account_for(phone: str, *, congress: Congress, at: datetime) -> Account:
    """The citizen's account of a proved phone, made at the first time.

    It is found by a name made of the keyed digest and not by `phone_fingerprint` alone: the phone of somebody
    with a password must not become a way around that password.
    """
    mark = _ring().fingerprint(f"phone:{phone}")
    fresh = {"name": _("市民"), "phone_fingerprint": mark, "password": make_password(None)}
    account, is_new = Account.objects.get_or_create(username=f"tel-{mark[:40]}", defaults=fresh)
    if is_new:
        about = f"account:{account.pk}"
        door.keep(congress=congress, about=about, particulars={"phone": phone}, at=at, until=None)
    return account


def _digest(key: UUID, digits: str) -> str:
    return _ring().fingerprint(f"phone-code:{key}:{digits}")


def _ring() -> KeyRing:
    return key_ring(settings.LVZHI_DATA_KEYS)
