"""A citizen's booking of a place in a slot, and what they must be told about it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.people.models import Account, PersonalRecord
from lvzhi.work.stations.models.slot import Slot


class Appointment(Record):
    """One booked place (预约). Who booked lies sealed in `visitor`, never here."""

    class Status(models.TextChoices):
        BOOKED = "booked", _("已约好")
        CANCELLED = "cancelled", _("已取消")
        CAME = "came", _("来过了")
        NO_SHOW = "no_show", _("没有来")

    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="appointments")
    place = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=30)
    code_hash = models.CharField(max_length=64)
    purpose = models.CharField(max_length=200)
    visitor = models.ForeignKey(PersonalRecord, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.BOOKED)
    cancelled_because = models.CharField(max_length=200, blank=True)
    source_id = models.CharField(max_length=60)
    booked_at = models.DateTimeField()

    objects = ScopedQuerySet["Appointment"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "number"], name="an_appointment_number_is_used_once"),
            models.UniqueConstraint(fields=["congress", "source_id"], name="the_same_form_books_once"),
            models.UniqueConstraint(
                fields=["slot", "place"], condition=~Q(status="cancelled"), name="a_place_in_a_slot_is_booked_once"
            ),
            models.CheckConstraint(name="a_visitor_says_what_it_is_about", condition=~Q(purpose="")),
        ]

    def __str__(self) -> str:
        return self.number


class Message(Record):
    """What a visitor must be told about a booking; the booking's page shows it, and the office ticks off a call."""

    class Kind(models.TextChoices):
        REMINDER = "reminder", _("提醒")
        MOVED = "moved", _("改期")
        CANCELLED = "cancelled", _("取消")

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(max_length=300)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedQuerySet["Message"].as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "at"], condition=Q(told_at=None), name="messages_to_tell"),
        ]

    def __str__(self) -> str:
        return self.text
