"""回访: a sample of those who were answered, drawn from a public seed, asked again by an office that had no part."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.people.models import Account
from lvzhi.work.opinions.models.opinion import Opinion

REVISITABLE = frozenset({"replied", "result_returned", "archived", "topic_candidate"})
"""The states in which a sender has an answer to speak of."""


class RevisitRound(Record):
    """One round of re-visits: its list, its seed, its draw. What is published or drawn the database keeps as it is."""

    class By(models.TextChoices):
        NOTHING = "", _("不分层")
        STREET = "street", _("按街道分层")
        BODY = "body", _("按承办单位分层")

    number = models.CharField(max_length=12)
    """As 2026-01, also in the public address."""

    answered_from = models.DateField()
    answered_until = models.DateField()
    size = models.PositiveSmallIntegerField()
    stratified_by = models.CharField(max_length=6, choices=By.choices, blank=True)
    seed_source = models.CharField(max_length=200, blank=True)
    """What the seed will be, as announced with the list: the numbers of which lottery, of which day."""

    seed_due_on = models.DateField(null=True, blank=True)
    """The day on which the seed becomes known; later than the day the list was published."""

    list_text = models.TextField(blank=True)
    """The canonical list, see `lvzhi.core.trust`."""

    list_hash = models.CharField(max_length=64, blank=True)
    listed = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=dict, blank=True)
    """How many answered opinions are not on the list, by reason: {"no_contact": 3, "accusation": 1}."""

    list_published_at = models.DateTimeField(null=True, blank=True)
    seed = models.CharField(max_length=200, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)
    drawn_by = models.CharField(max_length=60, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=60)

    objects = ScopedQuerySet["RevisitRound"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "number"], name="a_round_number_is_used_once"),
            models.CheckConstraint(
                name="a_round_looks_at_a_time", condition=Q(answered_until__gte=F("answered_from")) & Q(size__gt=0)
            ),
            models.CheckConstraint(
                name="a_list_is_published_with_its_hash_and_the_source_of_its_seed",
                condition=Q(list_published_at=None, list_hash="")
                | (
                    Q(list_published_at__isnull=False, seed_due_on__isnull=False)
                    & ~Q(list_hash="")
                    & ~Q(seed_source="")
                ),
            ),
            models.CheckConstraint(
                name="a_seed_comes_after_the_list",
                condition=Q(drawn_at=None, seed="")
                | (Q(list_published_at__isnull=False, drawn_at__gt=F("list_published_at")) & ~Q(seed="")),
            ),
            models.CheckConstraint(
                name="a_round_closes_after_its_draw", condition=Q(closed_on=None) | Q(drawn_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stage(self) -> str:
        """Where the round stands: planned, published (waiting for its seed), drawn (being asked) or closed."""
        if self.closed_on:
            return "closed"
        return "drawn" if self.drawn_at else "published" if self.list_published_at else "planned"


class RevisitCase(Record):
    """One opinion that was drawn, and what its sender said."""

    class Result(models.TextChoices):
        SOLVED = "solved", _("解决了")
        PARTLY = "partly", _("解决了一部分")
        NOT = "not", _("没有解决")
        UNREACHABLE = "unreachable", _("没有联系上")
        REOPENED = "reopened", _("来信人已经要求重新办理")

    REACHED = (Result.SOLVED, Result.PARTLY, Result.NOT)

    round = models.ForeignKey(RevisitRound, on_delete=models.PROTECT, related_name="cases")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="revisits")
    position = models.PositiveSmallIntegerField()
    """The place in the order of drawing, from 1."""

    stratum = models.CharField(max_length=80, blank=True)
    rated = models.CharField(max_length=12, blank=True)
    """What the sender had said of the result when the draw was made; empty for not rated."""

    result = models.CharField(max_length=12, choices=Result.choices, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=60, blank=True)
    on = models.DateField(null=True, blank=True)

    objects = ScopedQuerySet["RevisitCase"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["round", "opinion"], name="an_opinion_is_drawn_once_in_a_round"),
            models.UniqueConstraint(fields=["round", "position"], name="a_place_in_a_draw_is_given_once"),
            models.CheckConstraint(
                name="a_result_says_since_when", condition=Q(result="", on=None) | (~Q(result="") & Q(on__isnull=False))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.position}"

    @property
    def is_settled(self) -> bool:
        """Whether nothing more is to be asked; somebody not reached may be called again."""
        return self.result not in ("", self.Result.UNREACHABLE)
