"""The month: the facts beside its matter."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.matters.models import Matter
from lvzhi.work.stations.models.station import Station

PROCEDURE = "deputy_contact"


class Campaign(Record):
    """代表联系选民月: its theme, its days (both included), the stations that take part."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="campaign")
    theme = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()

    objects = ScopedQuerySet["Campaign"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="a_month_ends_after_it_begins", condition=Q(last_day__gte=F("first_day"))),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["congress", "-first_day"], name="months_newest")]

    def __str__(self) -> str:
        return f"{self.year} {self.theme}"


class CampaignStation(Record):
    """That a station takes part in a month."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="parts")
    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet["CampaignStation"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "station"], name="a_station_takes_part_once"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.station_id}"
