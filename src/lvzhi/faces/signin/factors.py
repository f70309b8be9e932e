"""The second factor: codes of an authenticator app (RFC 6238), and recovery codes on paper."""

from __future__ import annotations

import base64
import io
import os
import secrets
from datetime import datetime
from uuid import UUID

import qrcode
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction
from qrcode.image.svg import SvgPathFillImage

from lvzhi.faces.signin.models import RecoveryCode, SecondFactor
from lvzhi.records.base.sealed import KeyRing, key_ring
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Account

STEP_SECONDS = 30
DIGITS = 6
SECRET_BYTES = 20  # RFC 4226, section 4: 160 bits are recommended
RECOVERY_CODES = 10
# Without letters and digits that are read for one another: 0 O 1 I L.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def is_needed(account: Account, actor: Actor | None) -> bool:
    """Whether this account may only come in with a second factor here (`LVZHI_TOTP`)."""
    if settings.LVZHI_TOTP == "optional":
        return False
    return account.must_use_totp or (actor is not None and actor.is_staff)


def confirmed(account: Account) -> SecondFactor | None:
    """The factor of an account that is asked for at the door."""
    return SecondFactor.objects.filter(account=account, confirmed_at__isnull=False).first()


def waiting(account: Account) -> SecondFactor | None:
    """The factor of an account that has been shown and not yet proved."""
    return SecondFactor.objects.filter(account=account, confirmed_at=None).first()


def begin(account: Account) -> SecondFactor:
    """Make a new secret to be shown, unless a proved factor or a shown secret is there already."""
    sealed = _ring().seal(base64.b32encode(os.urandom(SECRET_BYTES)).decode(), bound_to=_bound(account.pk))
    return SecondFactor.objects.get_or_create(account=account, defaults={"secret": sealed})[0]


def secret_text(factor: SecondFactor) -> str:
    """The secret in base32, as typed into an app that cannot scan."""
    return _ring().unseal(bytes(factor.secret), bound_to=_bound(factor.pk))


def qr_image(factor: SecondFactor, account: Account) -> str:
    """The QR code to scan, as a data: address of an SVG."""
    uri = _totp(factor).get_provisioning_uri(account.username, settings.LVZHI_TOTP_ISSUER)
    buffer = io.BytesIO()
    qrcode.make(uri, image_factory=SvgPathFillImage, border=4).save(buffer)
    return "data:image/svg+xml;base64," + base64.b64encode(buffer.getvalue()).decode()


def confirm(factor: SecondFactor, code: str, *, at: datetime) -> bool:
    """Prove a shown secret with its first code."""
    if not take(factor, code, at=at):
        return False
    return bool(SecondFactor.objects.filter(pk=factor.pk, confirmed_at=None).update(confirmed_at=at))


def take(factor: SecondFactor, code: str, *, at: datetime) -> bool:
    """Whether `code` is right at `at`, one step early or late allowed; a right code is used up by this."""
    totp, now = _totp(factor), int(at.timestamp()) // STEP_SECONDS
    for step in (now, now - 1, now + 1):
        try:
            totp.verify(code.encode(), step * STEP_SECONDS)
        except InvalidToken:
            continue
        newer = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
        return bool(newer.update(last_step=step))
    return False


def take_recovery(account: Account, code: str, *, at: datetime) -> bool:
    """Whether `code` is an unused recovery code of this account; it is used up by this."""
    kept = RecoveryCode.objects.filter(account=account, digest=_recovery_digest(account, code), used_at=None)
    return bool(kept.update(used_at=at))


@transaction.atomic
def new_recovery_codes(account: Account) -> list[str]:
    """Ten fresh codes, shown this once; the former ones end."""
    codes = ["-".join(_letters(5) for _part in range(2)) for _code in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        [RecoveryCode(account=account, digest=_recovery_digest(account, code)) for code in codes]
    )
    return codes


def recovery_codes_left(account: Account) -> int:
    """How many recovery codes are still unused."""
    return RecoveryCode.objects.filter(account=account, used_at=None).count()


@transaction.atomic
def remove(account: Account) -> None:
    """Take the second factor off, with its recovery codes."""
    RecoveryCode.objects.filter(account=account).delete()
    SecondFactor.objects.filter(account=account).delete()


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _place in range(count))


def _recovery_digest(account: Account, code: str) -> str:
    plain = code.upper().replace("-", "").replace(" ", "")
    return _ring().fingerprint(f"recovery:{account.pk}:{plain}")


def _totp(factor: SecondFactor) -> TOTP:
    # SHA-1 is what every authenticator app can do; RFC 6238 rests on HMAC, which its collisions do not touch.
    key = base64.b32decode(secret_text(factor))
    return TOTP(key, DIGITS, SHA1(), STEP_SECONDS)


def _bound(key: UUID) -> str:
    return f"totp:{key}"


def _ring() -> KeyRing:
    return key_ring(settings.LVZHI_DATA_KEYS)
