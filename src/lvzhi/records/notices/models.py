"""What was told to whom, and how it left the house."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.people.models import Account


class Notice(Record):
    """One sentence to one account: about one entry, or about something that is no matter, as a time of reception."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notices")
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    about = models.CharField(max_length=80, blank=True)
    """What it is about where that is no entry: a word for the kind, a colon, and what makes it one of its kind."""

    text = models.CharField(max_length=300)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedQuerySet["Notice"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "account"], name="an_entry_is_told_to_an_account_once"),
            models.UniqueConstraint(
                fields=["account", "about"], condition=~models.Q(about=""), name="a_thing_is_told_to_an_account_once"
            ),
            models.CheckConstraint(
                name="a_notice_is_about_an_entry_or_a_thing",
                condition=models.Q(entry__isnull=False, matter__isnull=False, about="")
                | models.Q(entry=None, matter=None) & ~models.Q(about=""),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "-at", "-id"], name="notices_newest"),
            models.Index(fields=["account"], condition=models.Q(read_at=None), name="notices_unread"),
        ]

    def __str__(self) -> str:
        return self.text


class Delivery(Record):
    """A notice on its way out through one channel."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("等待发送")
        SENDING = "sending", _("正在发送")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("没有发出")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=20)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    objects = ScopedQuerySet["Delivery"].as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["notice", "channel"], name="a_notice_leaves_once_through_a_channel"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["id"],
                condition=models.Q(status__in=["waiting", "sending"]),
                name="deliveries_to_send",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.status}"
