"""What a text cites: reckoned from the texts, and reckoned anew when the library changes."""

from __future__ import annotations

from typing import ClassVar, Final, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lvzhi.core import law
from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.work.statutes.models.edition import Edition
from lvzhi.work.statutes.models.work import Work


class Outcome(models.TextChoices):
    """What became of a citation; the values are those of `core.law.Outcome`."""

    FOUND = law.Outcome.FOUND.value, _("已找到")
    NOT_CHECKED = law.Outcome.NOT_CHECKED.value, _("当时的文本不在库中")
    UNREAD = law.Outcome.UNREAD.value, _("文本不在库中")
    UNIT_MISSING = law.Outcome.UNIT_MISSING.value, _("没有这一条款")
    LAW_REPEALED = law.Outcome.LAW_REPEALED.value, _("引用时已经废止")
    LAW_UNKNOWN = law.Outcome.LAW_UNKNOWN.value, _("库中没有这部法律")
    LAW_AMBIGUOUS = law.Outcome.LAW_AMBIGUOUS.value, _("名称对应几部法律")
    ABBREVIATION_CIRCLES = law.Outcome.ABBREVIATION_CIRCLES.value, _("简称互相指来指去")


BROKEN: Final = (Outcome.UNIT_MISSING, Outcome.LAW_REPEALED, Outcome.LAW_AMBIGUOUS, Outcome.ABBREVIATION_CIRCLES)
"""Outcomes that somebody should look at. A law the library does not hold is a gap of the library, not of the text."""


class CitationQuerySet(ScopedQuerySet["Citation"]):
    """Citations of published and superseded editions."""

    def broken(self) -> Self:
        """Citations that lead nowhere: the unit is missing, the law repealed or not to be told."""
        return self.filter(outcome__in=BROKEN, nth=0)

    def standing(self) -> Self:
        """Citations in texts that everybody reads."""
        return self.filter(edition__state=Edition.State.PUBLISHED)


class Citation(Record):
    """A place of a text that names a law or a unit. A range (第十条至第十二条) has a row a unit, `nth` from 0."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="citations")
    """The citing text."""

    unit = models.CharField(max_length=80, blank=True)
    """The id of the citing unit."""

    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    """Offsets in the citing text."""

    nth = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=300, blank=True)
    """The law as written, without 《》 and with abbreviations undone; empty when the text cites itself."""

    number = models.CharField(max_length=80, blank=True)
    """A document number that is cited instead of a name."""

    year = models.PositiveSmallIntegerField(null=True, blank=True)
    """The year of an edition that is named: 2024 for 监督法（2024修正）."""

    cited = models.ForeignKey(Work, on_delete=models.CASCADE, null=True, blank=True, related_name="cited_in")
    cited_edition = models.ForeignKey(Edition, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    """The edition looked at: the one in force at the citing text's own day, where it is held."""

    eid = models.CharField(max_length=80, blank=True)
    """The cited unit; empty for a law as a whole."""

    outcome = models.CharField(max_length=20, choices=Outcome.choices)

    objects = CitationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="a_citation_has_words", condition=Q(end__gt=models.F("start"))),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cited", "eid"], name="citations_by_target"),
            models.Index(fields=["edition", "start"], name="citations_in_order"),
            models.Index(
                fields=["congress", "outcome"], condition=Q(nth=0) & ~Q(outcome="found"), name="citations_amiss"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.unit} {self.start}"
