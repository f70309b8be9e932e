"""A work: a law through all its changes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lvzhi.core import law
from lvzhi.records.base.scope import Record, ScopedQuerySet


class Kind(models.TextChoices):
    """What kind of text; the values are those of `core.law.Kind`."""

    CONSTITUTION = law.Kind.CONSTITUTION.value, _("宪法")
    LAW = law.Kind.LAW.value, _("法律")
    DECISION = law.Kind.DECISION.value, _("有关法律问题的决定")
    ADMINISTRATIVE_REGULATION = law.Kind.ADMINISTRATIVE_REGULATION.value, _("行政法规")
    JUDICIAL_INTERPRETATION = law.Kind.JUDICIAL_INTERPRETATION.value, _("司法解释")
    LOCAL_REGULATION = law.Kind.LOCAL_REGULATION.value, _("地方性法规")
    DEPARTMENTAL_RULE = law.Kind.DEPARTMENTAL_RULE.value, _("部门规章")
    LOCAL_RULE = law.Kind.LOCAL_RULE.value, _("地方政府规章")
    NORMATIVE_DOCUMENT = law.Kind.NORMATIVE_DOCUMENT.value, _("规范性文件")


RANKS: Final = {
    Kind.CONSTITUTION: 1,
    Kind.LAW: 2,
    Kind.DECISION: 2,
    Kind.ADMINISTRATIVE_REGULATION: 3,
    Kind.JUDICIAL_INTERPRETATION: 3,
    Kind.LOCAL_REGULATION: 4,
    Kind.DEPARTMENTAL_RULE: 5,
    Kind.LOCAL_RULE: 5,
    Kind.NORMATIVE_DOCUMENT: 6,
}
"""The order in which lists show kinds, higher law first (立法法 2023 第九十八条至第一百零二条). Nothing is
decided by it: interpretations stand beside regulations, and rules of departments and of local governments are equal."""


class Level(models.TextChoices):
    """Whose text it is: that of the state, of a province (省级), a city (设区的市), or a district and below."""

    NATIONAL = "national", _("国家")
    PROVINCIAL = "provincial", _("省级")
    CITY = "city", _("市级")
    DISTRICT = "district", _("区县级")


class WorkQuerySet(ScopedQuerySet["Work"]):
    """Works of a congress's library."""

    def repealed_on(self, day: date) -> WorkQuerySet:
        """Works that are repealed on that day."""
        return self.filter(Q(repealed_since=None) | Q(repealed_since__lte=day), is_repealed=True)

    def in_force_on(self, day: date) -> WorkQuerySet:
        """Works of which an edition has taken effect by that day and that are not repealed."""
        return self.filter(Q(is_repealed=False) | Q(repealed_since__gt=day), first_day__lte=day)

    def not_yet_on(self, day: date) -> WorkQuerySet:
        """Works whose first edition takes effect later, and that are not repealed before."""
        return self.filter(Q(is_repealed=False) | Q(repealed_since__gt=day), first_day__gt=day)


class Work(Record):
    """A law through all its changes. Known without any text when another text only names or repeals it."""

    key = models.CharField(max_length=300)
    """`core.law.normal(title)`: the name by which citations find it."""

    slug = models.CharField(max_length=300)
    """Its name in addresses: the key with what an address cannot hold replaced. It never changes."""

    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=30, choices=Kind.choices)
    rank = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=12, choices=Level.choices)
    region = models.CharField(max_length=40, blank=True)
    organ = models.CharField(max_length=120, blank=True)
    number = models.CharField(max_length=60, blank=True)
    """The document number of its newest edition (国务院令第397号)."""

    first_day = models.DateField(null=True, blank=True)
    """The first day any edition was in force, held or only told of by a history."""

    changes = models.JSONField(default=list, blank=True)
    """Every day of change that the histories tell of, as ISO dates in order; not all are held."""

    is_repealed = models.BooleanField(default=False)
    repealed_since = models.DateField(null=True, blank=True)
    repealed_by = models.CharField(max_length=300, blank=True)
    """The key of the work that repeals it."""

    objects = WorkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "key"], name="a_work_is_known_once"),
            models.UniqueConstraint(fields=["congress", "slug"], name="a_work_has_its_own_address"),
            models.CheckConstraint(name="a_work_has_a_name", condition=~Q(key="") & ~Q(slug="")),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "rank", "key"], name="works_by_rank"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def short(self) -> str:
        """The title without 中华人民共和国, as it is cited."""
        return self.key

    @property
    def change_days(self) -> tuple[date, ...]:
        """Every day of change that the histories tell of, in order."""
        return tuple(date.fromisoformat(day) for day in self.changes)
