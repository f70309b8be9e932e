"""The public board, line by line: what its filters look at, in one narrow table."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.people.models import Body
from lvzhi.work.opinions.models.opinion import Opinion


class Posting(Record):
    """An opinion on the public board (公开栏), with what it can be looked for by.

    It repeats facts of the opinion and its matter so that any choice of filters is one walk along one index, a million
    rows or twenty. It is written by `actions.posting` alone; whether an opinion is public is the matter's to say.
    """

    class Standing(models.TextChoices):
        IN_HAND = "in_hand", _("正在办")
        ANSWERED = "answered", _("已答复，还没评价")
        SOLVED = "solved", _("解决了")
        PARTLY = "partly", _("解决了一部分")
        NOT = "not", _("没有解决")

    opinion = models.OneToOneField(Opinion, on_delete=models.CASCADE, related_name="posting")
    matter_key = models.UUIDField()
    published_at = models.DateTimeField()
    standing = models.CharField(max_length=8, choices=Standing.choices, blank=True)
    """Empty for what ended without an answer, as when the sender withdrew."""

    category = models.CharField(max_length=40, blank=True)
    topic = models.CharField(max_length=120, blank=True)
    area = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    community = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    objects = ScopedQuerySet["Posting"].as_manager()

    class Meta:
        # Every choice of subject, street and standing has an index of its own; a year is a stretch of any of them.
        # A community has so few lines that the rest is looked at one by one.
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "-published_at", "-id"], name="postings_newest"),
            models.Index(fields=["congress", "category", "-published_at", "-id"], name="postings_c"),
            models.Index(fields=["congress", "area", "-published_at", "-id"], name="postings_a"),
            models.Index(fields=["congress", "standing", "-published_at", "-id"], name="postings_s"),
            models.Index(fields=["congress", "category", "area", "-published_at", "-id"], name="postings_ca"),
            models.Index(fields=["congress", "category", "standing", "-published_at", "-id"], name="postings_cs"),
            models.Index(fields=["congress", "area", "standing", "-published_at", "-id"], name="postings_as"),
            models.Index(
                fields=["congress", "category", "area", "standing", "-published_at", "-id"], name="postings_cas"
            ),
            models.Index(fields=["congress", "community", "-published_at", "-id"], name="postings_community"),
            models.Index(fields=["congress", "topic", "-published_at", "-id"], name="postings_topic"),
        ]

    def __str__(self) -> str:
        return f"{self.opinion_id} {self.standing}"
