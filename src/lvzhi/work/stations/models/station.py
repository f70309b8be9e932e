"""A station: where it is, who belongs to it, when it is shut."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.people.models import Body, Person


class StationQuerySet(ScopedQuerySet["Station"]):
    """Stations of a congress."""

    def open_on(self, day: date) -> StationQuerySet:
        """Stations that are in use and not shut on that day."""
        shut = Closure.objects.scoped().on(day).filter(station=OuterRef("pk"))
        return self.filter(~Exists(shut), is_open=True)


class Station(Record):
    """代表之家 or 代表联络站: the facts beside its `Body` (kind STATION), whose slug is its address."""

    class Kind(models.TextChoices):
        HOME = "home", _("代表之家")
        STATION = "station", _("代表联络站")

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="station")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.STATION)
    street = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    """The street office or town government in whose area it lies."""

    community = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    committee = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """The street committee (街道人大工委) or presidium that keeps it; its people set the rota."""

    address = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    features = models.TextField(blank=True)
    x = models.PositiveSmallIntegerField(null=True, blank=True)
    """Where it stands on the district's own drawing, in the units of that drawing, as `y`."""

    y = models.PositiveSmallIntegerField(null=True, blank=True)
    is_open = models.BooleanField(default=True)

    objects = StationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_place_on_the_map_has_both_sides",
                condition=Q(x__isnull=True, y__isnull=True) | Q(x__isnull=False, y__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.body)

    @property
    def whole_address(self) -> str:
        """The address with its street or town before it, said once. `street` is loaded."""
        return self.address if self.address.startswith(self.street.short) else f"{self.street.short}{self.address}"


class ClosureQuerySet(ScopedQuerySet["Closure"]):
    """Times a station is shut."""

    def on(self, day: date) -> ClosureQuerySet:
        """Closures in force on that day."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=day), first_day__lte=day)

    def between(self, first: date, last: date) -> ClosureQuerySet:
        """Closures that touch these days, both included."""
        return self.filter(Q(last_day=None) | Q(last_day__gte=first), first_day__lte=last)


class Closure(Record):
    """That a station is shut (停用) from one day to another, and why; without a last day until further notice."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="closures")
    first_day = models.DateField()
    last_day = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    made_at = models.DateTimeField()

    objects = ClosureQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_closure_ends_after_it_begins", condition=Q(last_day=None) | Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(name="a_closure_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.first_day}"


class StationDeputy(Record):
    """A deputy who belongs to a station (进站代表)."""

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="deputies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet["StationDeputy"].as_manager()

    class Meta:
        verbose_name_plural = "station deputies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["station", "person"], name="a_deputy_belongs_to_a_station_once"),
        ]

    def __str__(self) -> str:
        return f"{self.station_id} {self.person_id}"
