"""What signing in has to remember: devices, second factors, codes sent, and how often something was tried."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lvzhi.records.base.identifiers import new_id
from lvzhi.records.people.models import Account


class Device(models.Model):
    """A browser that is signed in; it lives as long as its session."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    user_agent = models.CharField(max_length=300, blank=True)
    network = models.CharField(max_length=50, blank=True)
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id} {self.network}"


class SecondFactor(models.Model):
    """The authenticator app of an account (RFC 6238); only a confirmed one is asked for.

    `secret` is sealed. `last_step` is the newest time step whose code was taken: no code counts twice
    (RFC 6238, section 5.2).
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="second_factor")
    secret = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.account_id)


class RecoveryCode(models.Model):
    """One of the codes on paper that stand in for a lost phone, once; only its keyed digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("account", "digest", name="a_recovery_code_is_kept_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class PhoneCode(models.Model):
    """A code sent to a phone. Only the browser that asked for it knows its id; the phone is sealed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    phone = models.BinaryField(blank=True)
    digest = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class RateWindow(models.Model):
    """How often something happened since `opened`; `key` is a keyed digest, so no address is kept."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    opened = models.BigIntegerField(db_index=True)  # seconds since 1970, UTC

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.count}"
