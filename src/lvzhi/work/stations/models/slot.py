"""The rota: when a station receives, and who sits there."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.people.models import Account, Person
from lvzhi.work.stations.models.station import Station

MOST_PLACES = 40


class SlotQuerySet(ScopedQuerySet["Slot"]):
    """Times of reception."""

    def standing(self) -> SlotQuerySet:
        """Those that were not cancelled."""
        return self.filter(is_cancelled=False)

    def between(self, first: date, last: date) -> SlotQuerySet:
        """Those on these days, both included."""
        return self.filter(date__gte=first, date__lte=last)


class Slot(Record):
    """One time of reception (一场接待) at a station. `places` may be booked beforehand; others just come."""

    station = models.ForeignKey(Station, on_delete=models.PROTECT, related_name="slots")
    date = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()
    topic = models.CharField(max_length=60, blank=True)
    places = models.PositiveSmallIntegerField(default=6)
    is_cancelled = models.BooleanField(default=False)
    cancelled_because = models.CharField(max_length=200, blank=True)
    moved_to = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="moved_from")

    objects = SlotQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="a_slot_ends_after_it_starts", condition=Q(ends__gt=F("starts"))),
            models.CheckConstraint(name="a_slot_has_at_most_forty_places", condition=Q(places__lte=MOST_PLACES)),
            models.CheckConstraint(
                name="a_cancelled_slot_says_why", condition=Q(is_cancelled=False) | ~Q(cancelled_because="")
            ),
            models.CheckConstraint(
                name="only_a_cancelled_slot_was_moved", condition=Q(moved_to=None) | Q(is_cancelled=True)
            ),
            models.UniqueConstraint(
                fields=["station", "date", "starts"],
                condition=Q(is_cancelled=False),
                name="a_station_begins_one_slot_at_a_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "date", "starts", "id"], name="slots_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.date} {self.starts}"

    def time_of(self, place: int) -> time:
        """When whoever booked this place (0 is the first) had best come: the slot shared out evenly, in minutes."""
        start, end = datetime.combine(self.date, self.starts), datetime.combine(self.date, self.ends)
        minutes = int((end - start).total_seconds() // 60) * place // max(self.places, 1)
        return (start + timedelta(minutes=minutes)).time()


class Seat(Record):
    """That a deputy sits at a slot, and when they came and went (到站签到): the attendance that counts."""

    slot = models.ForeignKey(Slot, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    came_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """Who of the office wrote the attendance down, where the deputy did not check in."""

    objects = ScopedQuerySet["Seat"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["slot", "person"], name="a_deputy_sits_once_at_a_slot"),
            models.CheckConstraint(
                name="a_deputy_leaves_after_coming", condition=Q(left_at=None) | Q(left_at__gte=F("came_at"))
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["congress", "person"], name="seats_by_person")]

    def __str__(self) -> str:
        return f"{self.slot_id} {self.person_id}"
