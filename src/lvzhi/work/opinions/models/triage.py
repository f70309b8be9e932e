"""What the platform suggests about a fresh opinion, what hangs together with it, and the tree of topics."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.people.models import Account
from lvzhi.work.opinions.models.opinion import Opinion


class Triage(Record):
    """Suggestions for one opinion (分派建议), made by the worker after it came in; a person decides."""

    opinion = models.OneToOneField(Opinion, on_delete=models.CASCADE, related_name="triage")
    categories = models.JSONField(default=list)
    """Best first: [{key, score (0 to 1), words: [the words that decided]}]."""

    topics = models.JSONField(default=list)
    """Best first: [{path, category, score, words}] in the tree of topics."""

    bodies = models.JSONField(default=list)
    """Best first: [{body (id), score, words}]."""

    alike = models.JSONField(default=list)
    """Opinions that may be about the same thing, best first: [{opinion (id), score, words, reasons}]."""

    made_at = models.DateTimeField()

    objects = ScopedQuerySet["Triage"].as_manager()

    def __str__(self) -> str:
        return str(self.opinion_id)


class Sketch(Record):
    """One key by which an opinion is found among a million others that may be about the same thing."""

    key = models.BigIntegerField()
    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="sketches", db_index=False)

    objects = ScopedQuerySet["Sketch"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["opinion", "key"], name="a_key_stands_once_for_an_opinion"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "key", "-id"], name="sketches_by_key")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.opinion_id}"


class Merger(Record):
    """That one opinion was handled together with another (并案), and whether that was undone."""

    lead = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="mergers_led")
    member = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="mergers")
    made_at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=200, blank=True)

    objects = ScopedQuerySet["Merger"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(ended_at=None), name="an_opinion_is_merged_into_one_at_a_time"
            ),
            models.CheckConstraint(
                name="a_merger_ends_after_it_is_made", condition=Q(ended_at=None) | Q(ended_at__gte=models.F("made_at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} into {self.lead_id}"


class Apart(Record):
    """That somebody compared two opinions and found them not the same (不是同一件); they are not suggested again."""

    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="kept_apart")
    other = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = ScopedQuerySet["Apart"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["opinion", "other"], name="two_opinions_are_kept_apart_once"),
            models.CheckConstraint(name="an_opinion_is_not_apart_from_itself", condition=~Q(opinion=models.F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.other_id}"


class Topic(Record):
    """A node of the tree of topics (三级分类), and the subject its opinions are listed under."""

    path = models.CharField(max_length=120)
    category = models.CharField(max_length=40)

    objects = ScopedQuerySet["Topic"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "path"], name="a_topic_stands_once_in_the_tree"),
        ]

    def __str__(self) -> str:
        return self.path


class HotTopic(Record):
    """A cluster of a week's opinions about the same thing (一周热点), reckoned by the worker."""

    week = models.DateField()
    """The Monday of the week."""

    rank = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    words = models.JSONField(default=list)
    places = models.JSONField(default=list)
    """[{name, count}], most first."""

    size = models.PositiveIntegerField()
    last_week = models.PositiveIntegerField(default=0)
    reckoned_at = models.DateTimeField()
    opinions = models.ManyToManyField(Opinion, related_name="hot_topics")

    objects = ScopedQuerySet["HotTopic"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "week", "rank"], name="a_rank_is_given_once_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.week} {self.rank} {self.title}"
