"""A citizen's opinion: what was said, and how it came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.models import PersonalRecord

PROCEDURE = "petition"


class Opinion(Record):
    """The facts of a petition matter (群众意见). Who sent it lies sealed in `sender`, never here."""

    class Channel(models.TextChoices):
        WEB = "web", _("网上")
        LETTER = "letter", _("来信")
        VISIT = "visit", _("来访")
        STATION = "station", _("代表联络站")
        PHONE = "phone", _("电话")

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="opinion")
    text = models.TextField()
    public_text = models.TextField(blank=True)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    is_anonymous = models.BooleanField(default=False)
    may_publish = models.BooleanField(default=True)
    sender = models.ForeignKey(PersonalRecord, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    code_hash = models.CharField(max_length=64)
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True, blank=True)
    rating = models.CharField(max_length=20, blank=True)
    rating_comment = models.TextField(blank=True)
    source_id = models.CharField(max_length=60, blank=True)

    objects = ScopedQuerySet["Opinion"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["congress", "source_id"],
                condition=~Q(source_id=""),
                name="an_imported_message_is_taken_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.matter_id)


class YearFigure(Record):
    """A year of opinions in figures, reckoned by the worker: a page reads one row instead of a million."""

    year = models.PositiveSmallIntegerField()
    values = models.JSONField()
    reckoned_at = models.DateTimeField()

    objects = ScopedQuerySet["YearFigure"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "year"], name="a_year_is_reckoned_once_for_a_congress"),
        ]

    def __str__(self) -> str:
        return f"{self.congress_id} {self.year}"
