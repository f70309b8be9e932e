"""Who wants to be told of new published opinions, and the letters on their way."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.people.models import Body, PersonalRecord


class Subscription(Record):
    """An address that wants to hear of what is published about a subject or a place (订阅).

    The address lies sealed in `address`; `fingerprint` finds it again without reading it. Nothing is sent before
    `confirmed_at`, and nothing after the row is gone: whoever ends a subscription leaves nothing behind.
    """

    address = models.OneToOneField(PersonalRecord, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    category = models.CharField(max_length=40, blank=True)
    area = models.ForeignKey(Body, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    community = models.ForeignKey(Body, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=10, default="zh-hans")
    base = models.CharField(max_length=200)
    """Where the site stood when it was asked for, as https://example.org; links in letters begin with it."""

    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    told_until = models.DateTimeField()
    """What was published up to then was told, or was there before."""

    objects = ScopedQuerySet["Subscription"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # An empty place counts as one: in SQL two NULLs are not the same, so there is a constraint for each shape.
            models.UniqueConstraint(
                fields=["congress", "fingerprint", "category"],
                condition=Q(area=None, community=None),
                name="an_address_subscribes_to_a_subject_once",
            ),
            models.UniqueConstraint(
                fields=["congress", "fingerprint", "category", "area"],
                condition=Q(area__isnull=False, community=None),
                name="an_address_subscribes_to_a_street_once",
            ),
            models.UniqueConstraint(
                fields=["congress", "fingerprint", "category", "community"],
                condition=Q(community__isnull=False),
                name="an_address_subscribes_to_a_community_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["told_until", "id"], condition=Q(confirmed_at__isnull=False), name="subscriptions_to_tell"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SubscriptionLetter(Record):
    """A letter on its way to a subscriber: first to confirm, then what was published from `since` to `until`."""

    class Kind(models.TextChoices):
        CONFIRM = "confirm", _("请确认")
        DIGEST = "digest", _("新公开的")

    class Status(models.TextChoices):
        WAITING = "waiting", _("等待发送")
        SENDING = "sending", _("正在发送")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("没有发出")

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    objects = ScopedQuerySet["SubscriptionLetter"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_digest_tells_of_a_time",
                condition=Q(kind="confirm") | Q(since__isnull=False, until__gt=F("since")),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["id"], condition=Q(status__in=["waiting", "sending"]), name="subscription_letters_to_send"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"
