"""What is kept about how the library came to be: who changed what, and which files were read."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.people.models import Account
from lvzhi.work.statutes.models.edition import Edition
from lvzhi.work.statutes.models.work import Work


class Change(Record):
    """Who did what to a text, when and why. Rows are only added: triggers refuse the rest (see `frozen`)."""

    class Verb(models.TextChoices):
        IMPORTED = "imported", _("导入")
        DRAFTED = "drafted", _("存为草稿")
        DROPPED = "dropped", _("放弃草稿")
        PUBLISHED = "published", _("公布")
        CORRECTED = "corrected", _("更正")
        DESCRIBED = "described", _("修改著录信息")
        REPEALED = "repealed", _("记为废止")
        RECEIVED = "received", _("导入，等待核对")
        DISMISSED = "dismissed", _("核对后不采用")

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="timeline")
    edition = models.UUIDField(null=True, blank=True)
    """The edition, by id: a dropped draft is gone, what was done with it stays on record."""

    day = models.DateField(null=True, blank=True)
    verb = models.CharField(max_length=12, choices=Verb.choices)
    reason = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict, blank=True)
    """What changed: {"digest": [old, new]} or {field: [old, new]}."""

    by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    objects = ScopedQuerySet["Change"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="what_changes_a_published_text_says_why",
                condition=~Q(verb__in=["corrected", "described", "repealed"]) | ~Q(reason=""),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["work", "-at"], name="changes_newest_first")]

    def __str__(self) -> str:
        return f"{self.work_id} {self.verb}"


SAME, SAME_WORDS, CORRECTED, DISMISSED = "same_text", "same_words", "corrected_since", "dismissed"
COPIES: Final = (SAME, SAME_WORDS, CORRECTED, DISMISSED)
"""Files whose text is in the library, or was decided on before."""
PENDING, PARTS = "pending", "parts"
"""Files whose text waits at the desk: to be compared, or for the other parts of its law."""
HELD: Final = ("", *COPIES, PENDING, PARTS)
"""Files of which nothing is left to be mended."""


class SourceFile(Record):
    """A file that was read, by name and content; a file that was read is not read again until its content changes."""

    name = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    """SHA-256 of the file's bytes."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="files")
    code = models.CharField(max_length=30, blank=True)
    """Why nothing was published: a code of `core.law.LawRefused` or of `imports.report`; empty where something was."""

    params = models.JSONField(default=dict, blank=True)
    """What fills the gaps of its sentence."""

    sentence = models.CharField(max_length=500, blank=True)
    """The sentence in Chinese, as it was said when the file was read."""

    read_at = models.DateTimeField()

    objects = ScopedQuerySet["SourceFile"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["congress", "name"], name="a_file_is_noted_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Incoming(Record):
    """A draft that an import brought and nobody has looked at; the row goes when the draft is decided on."""

    class Kind(models.TextChoices):
        PARTS = "parts", _("还缺部分")
        CORRECTION = "correction", _("待核对的更正")

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="incoming")
    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    day = models.DateField()
    digest = models.CharField(max_length=64)
    """Day and digest of the edition, here so that the database keeps a text from waiting twice."""

    at = models.DateTimeField()

    objects = ScopedQuerySet["Incoming"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["work", "day", "digest"], name="a_text_waits_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "kind", "-at"], name="incoming_newest")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.kind}"


class Original(Record):
    """A file as it was brought in, where the text alone is not all of it; the bytes lie once under their SHA-256."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="originals")
    """A draft that is given up takes its row along; a published edition cannot be removed."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    added_at = models.DateTimeField()

    objects = ScopedQuerySet["Original"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "sha256"], name="an_edition_has_an_original_once"),
        ]

    def __str__(self) -> str:
        return self.name
