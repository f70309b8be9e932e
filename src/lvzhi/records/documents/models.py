"""Attachments, stored once by content; and the official papers issued."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.matters.models import Entry, Matter, Party
from lvzhi.records.people.actor import Actor


class AttachmentQuerySet(ScopedQuerySet["Attachment"]):
    """Attachments of matters."""

    def visible_to(self, actor: Actor) -> AttachmentQuerySet:
        """Those of matters the actor may see; on a public matter the public sees only what was published."""
        rows = self.of(actor.congress)
        if actor.is_staff:
            return rows
        # Asked of each row that is looked at, not of every matter the actor may see: those are tens of thousands.
        seen = Matter.objects.visible_to(actor).filter(pk=OuterRef("matter"))
        party = Party.objects.of(actor.congress).filter(matter=OuterRef("matter"), body__in=actor.bodies)
        own = Q(Exists(party)) | Q(matter__in=actor.matters) | Q(matter__responsible__in=actor.bodies)
        return rows.filter(own | Q(is_public=True), Exists(seen))


class Attachment(Record):
    """A file of a matter. The bytes lie under their SHA-256; the row says whose they are."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="attachments")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    added_at = models.DateTimeField()
    added_by = models.CharField(max_length=60, blank=True)
    is_public = models.BooleanField(default=False)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["matter", "sha256", "name"], name="a_matter_holds_a_file_once_under_a_name"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "sha256"], name="attachments_by_content")
        ]

    def __str__(self) -> str:
        return self.name


class IssuedPaper(Record):
    """An official paper as it was issued: its text and its layout's input, kept for ever."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="papers")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=60)
    number = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    text = models.TextField()
    content = models.JSONField(default=dict)
    issued_on = models.DateField()

    objects = ScopedQuerySet["IssuedPaper"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "kind"], name="an_entry_yields_a_paper_once"),
        ]

    def __str__(self) -> str:
        return self.title
