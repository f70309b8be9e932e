"""A citizen's opinion: what was said, and how it came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.models import Body, Person, PersonalRecord

PROCEDURE = "petition"


class Opinion(Record):
    """The facts of a petition matter (群众意见). Who sent it lies sealed in `sender`, never here."""

    class Channel(models.TextChoices):
        WEB = "web", _("网上")
        LETTER = "letter", _("来信")
        VISIT = "visit", _("来访")
        STATION = "station", _("代表联络站")
        PHONE = "phone", _("电话")

    class Danger(models.TextChoices):
        SELF_HARM = "self_harm", _("有轻生迹象")
        VIOLENCE = "violence", _("有伤人迹象")
        HAZARD = "hazard", _("现场有危险")

    class Process(models.TextChoices):
        SATISFIED = "satisfied", _("满意")
        BASICALLY = "basically", _("基本满意")
        UNSATISFIED = "unsatisfied", _("不满意")

    class Result(models.TextChoices):
        SOLVED = "solved", _("解决了")
        PARTLY = "partly", _("解决了一部分")
        NOT = "not", _("没有解决")

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="opinion")
    text = models.TextField()
    points = models.JSONField(default=list, blank=True)
    """What is asked, point by point, as sentences; an answer meets each of them. Empty: one point, the whole."""

    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    is_anonymous = models.BooleanField(default=False)
    may_publish = models.BooleanField(default=True)
    sender = models.ForeignKey(PersonalRecord, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    code_hash = models.CharField(max_length=64)
    source_id = models.CharField(max_length=60, blank=True)

    # Where: the street stands in `Matter.area`.
    community = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=120, blank=True)
    station = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """The deputy who received it, at a station or elsewhere."""

    topic = models.CharField(max_length=120, blank=True)
    """The path in the tree of topics, as 市政设施/道路和桥梁/路灯; the subject stands in `Matter.category`."""

    danger = models.CharField(max_length=12, choices=Danger.choices, blank=True)
    attended_at = models.DateTimeField(null=True, blank=True)
    is_suspected = models.BooleanField(default=False)
    """Whether it waits in the queue of what may be spam; false once somebody has looked."""

    suspicion = models.JSONField(default=list, blank=True)
    """Why it may be spam: [{code, words}] of `core.text.spam`."""

    fingerprint = models.CharField(max_length=64, blank=True)
    """Digest of the words without spaces and signs: identical submissions share it."""

    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    round = models.PositiveSmallIntegerField(default=1)
    reply = models.TextField(blank=True)
    replied_on = models.DateField(null=True, blank=True)
    result_rating = models.CharField(max_length=12, choices=Result.choices, blank=True)
    process_rating = models.CharField(max_length=12, choices=Process.choices, blank=True)
    rating_comment = models.TextField(blank=True)
    rated_on = models.DateField(null=True, blank=True)
    is_synthetic_rating = models.BooleanField(default=False)
    """Rated by the import of a trial, not by a person; figures say so."""

    public_title = models.CharField(max_length=200, blank=True)
    public_text = models.TextField(blank=True)
    public_reply = models.TextField(blank=True)

    objects = ScopedQuerySet["Opinion"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["congress", "source_id"],
                condition=~Q(source_id=""),
                name="an_imported_message_is_taken_once",
            ),
            models.CheckConstraint(
                name="an_opinion_is_not_merged_into_itself", condition=~Q(merged_into=F("id")) | Q(merged_into=None)
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "fingerprint"], name="opinions_by_words"),
            models.Index(
                fields=["congress", "id"],
                condition=~Q(danger="") & Q(attended_at=None),
                name="opinions_in_danger",
            ),
            models.Index(fields=["congress", "id"], condition=Q(is_suspected=True), name="opinions_suspected"),
            models.Index(fields=["congress", "station", "-id"], name="opinions_by_station"),
            models.Index(fields=["congress", "deputy", "-id"], name="opinions_by_deputy"),
        ]

    def __str__(self) -> str:
        return str(self.matter_id)
