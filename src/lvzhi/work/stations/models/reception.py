"""One person received by a deputy."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.models import Person
from lvzhi.work.stations.models.slot import Slot
from lvzhi.work.stations.models.station import Station


class Visit(Record):
    """One person received at a station (接待一人): answered on the spot, or carried on as an opinion.

    `matter` is the opinion's matter; who came stands sealed with the opinion. `once` is made by the form, so that a
    form sent twice, or sent late from a telephone that had no network, counts once.
    """

    class Outcome(models.TextChoices):
        ANSWERED = "answered", _("当场答复")
        CARRIED = "carried", _("记下来办")

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="visits")
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    subject = models.CharField(max_length=60)
    category = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    answer = models.CharField(max_length=500, blank=True)
    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="visit")
    once = models.CharField(max_length=60)

    objects = ScopedQuerySet["Visit"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "once"], name="a_visit_is_written_down_once"),
            models.CheckConstraint(
                name="a_visit_is_answered_or_carried_on",
                condition=Q(outcome="answered") & ~Q(answer="") | Q(outcome="carried", matter__isnull=False),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "deputy", "on"], name="visits_by_deputy"),
            models.Index(fields=["congress", "station", "on"], name="visits_by_station"),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.subject}"
