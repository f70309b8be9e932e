"""The answers of each round, with what a checker saw in them, and what was blacked out before publication."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.people.models import Account, Body
from lvzhi.work.opinions.models.opinion import Opinion


class Answer(Record):
    """What a body answered in one round (答复), as it was handed in; a new version is a new row."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", _("待核")
        PASSED = "passed", _("核过")
        SENT_BACK = "sent_back", _("退回")
        UNCHECKED = "unchecked", _("没有核，直接答复")

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="answers")
    round = models.PositiveSmallIntegerField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    by_point = models.JSONField(default=list, blank=True)
    """What is said to each point of the opinion, in their order; empty where there is one point only."""

    flags = models.JSONField(default=list, blank=True)
    """What may be empty in it: [{code, words, sentence}] of `core.text.hollow`."""

    fingerprint = models.CharField(max_length=64, blank=True)
    """Digest of its words without spaces and signs: the same answer given twice shares it."""

    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    given_on = models.DateField()
    checked_on = models.DateField(null=True, blank=True)

    objects = ScopedQuerySet["Answer"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["opinion"], condition=Q(verdict="waiting"), name="one_answer_at_a_time_waits_to_be_checked"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["opinion", "id"], name="answers_of_an_opinion"),
            models.Index(fields=["body", "fingerprint"], name="answers_of_a_body_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.round} {self.verdict}"


class Redaction(Record):
    """One stretch that was blacked out before publication (脱敏记录): where, what kind, by whom; never the words."""

    class Part(models.TextChoices):
        TITLE = "title", _("题目")
        TEXT = "text", _("来信内容")
        REPLY = "reply", _("答复")

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="redactions")
    part = models.CharField(max_length=6, choices=Part.choices)
    start = models.PositiveIntegerField()
    length = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    was_suggested = models.BooleanField(default=False)
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = ScopedQuerySet["Redaction"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="a_redaction_covers_something", condition=Q(length__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.part} {self.start}+{self.length}"
