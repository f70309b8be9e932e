"""向上: what opinions raise for the standing committee's own work, and for a deputy's pen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.matters.models import Matter
from lvzhi.work.opinions.models.opinion import Opinion

CLUE = "supervision_clue"
SUGGESTION = "deputy_suggestion"


class Clue(Record):
    """The facts of a supervision clue (监督线索); which opinions raised it, its links say."""

    class Use(models.TextChoices):
        TOPIC = "topic", _("监督议题")
        INQUIRY = "inquiry", _("询问问题")
        INSPECTION = "inspection", _("检查要点")

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="clue")
    use = models.CharField(max_length=10, choices=Use.choices)
    what = models.TextField()
    voices = models.PositiveIntegerField(default=0)
    """How many opinions speak of it: those it was raised from, with all merged into them, when it was raised."""

    objects = ScopedQuerySet["Clue"].as_manager()

    def __str__(self) -> str:
        return f"{self.use} {self.matter_id}"


class SuggestionSource(Record):
    """An opinion from which a deputy writes a suggestion. Once it is put forward a link takes the place of this row."""

    suggestion = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="sources")
    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="+")

    objects = ScopedQuerySet["SuggestionSource"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["suggestion", "opinion"], name="a_source_is_named_once_for_a_suggestion"),
        ]

    def __str__(self) -> str:
        return f"{self.opinion_id} for {self.suggestion_id}"
