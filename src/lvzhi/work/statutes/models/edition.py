"""An edition: one dated text of a work."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lvzhi.core import law
from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.people.models import Account, Congress
from lvzhi.work.statutes.models.work import Work


class State(models.TextChoices):
    """How far an edition has come. What was published once can only be superseded."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", _("已公布")
    SUPERSEDED = "superseded", _("已被更正")


class EditionQuerySet(ScopedQuerySet["Edition"]):
    """Editions; their texts are left in the database until one is asked for."""

    def published(self) -> Self:
        """Editions that everybody reads."""
        return self.filter(state=State.PUBLISHED)

    def begun_by(self, day: date) -> Self:
        """Editions that have taken effect by that day."""
        return self.filter(effective__lte=day)

    def with_source(self) -> Self:
        """The same rows, each with its text."""
        return self.defer(None)


class EditionManager(models.Manager["Edition"]):
    """Leaves the texts in the database: a list of editions must not carry megabytes."""

    def get_queryset(self) -> EditionQuerySet:
        """Editions without their texts."""
        return EditionQuerySet(self.model, using=self._db).defer("source")

    def of(self, congress: Congress | UUID) -> EditionQuerySet:
        """Editions of one congress."""
        return self.get_queryset().of(congress)

    def scoped(self) -> EditionQuerySet:
        """Editions limited by something else on purpose."""
        return self.get_queryset().scoped()

    def everywhere(self, why: str) -> EditionQuerySet:
        """Editions of every congress, for a reason written down at the call."""
        return self.get_queryset().everywhere(why)


class Edition(Record):
    """One dated text of a work. Once published its words and days stay: triggers refuse a change (see `frozen`)."""

    State = State

    work = models.ForeignKey(Work, on_delete=models.PROTECT, related_name="editions")
    title = models.CharField(max_length=300)
    day = models.DateField()
    """The day of the newest change in it; with the work it is its address (`/law/监督法/@2024-11-08/`)."""

    effective = models.DateField()
    """The first day it is in force."""

    basis = models.CharField(max_length=12, choices=[(basis.value, basis.value) for basis in law.Basis])
    """On what `effective` rests: see `core.law.Basis`."""

    closed_on = models.DateField(null=True, blank=True)
    """The day from which a later edition stands in its place, held or only told of by a history."""

    number = models.CharField(max_length=60, blank=True)
    file_name = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    """SHA-256 of `source` in UTF-8."""

    parts = models.JSONField(default=list, blank=True)
    """For a work put together from several files: [name, number of characters] of each, in order."""

    articles = models.PositiveIntegerField()
    characters = models.PositiveIntegerField()
    oddities = models.JSONField(default=list, blank=True)
    """What could not be read as structure: [line, code, detail] of each."""

    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    reason = models.CharField(max_length=200, blank=True)
    """Why it was added, corrected or replaced."""

    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    """The edition of which this is the corrected text."""

    made_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    is_linked = models.BooleanField(default=False)
    """Whether its citations are stored as the library stands; a new edition of what it cites sets it back."""

    # The last column: on SQLite a row is read without it, and a law has up to two million letters.
    source = models.TextField()

    objects = EditionManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["work", "day"], condition=Q(state="published"), name="one_text_of_an_edition_is_published"
            ),
            models.CheckConstraint(
                name="what_is_published_says_since_when",
                condition=Q(state="draft", published_at=None) | (~Q(state="draft") & Q(published_at__isnull=False)),
            ),
            models.CheckConstraint(name="an_edition_has_a_text", condition=~Q(source="") & Q(characters__gt=0)),
            models.CheckConstraint(name="a_correction_says_why", condition=Q(replaces=None) | ~Q(reason="")),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["work", "state", "-day"], name="editions_newest_first"),
            models.Index(fields=["congress", "digest"], name="editions_by_digest"),
            models.Index(fields=["congress", "made_at"], condition=Q(state="draft"), name="editions_in_draft"),
            models.Index(fields=["congress"], condition=Q(is_linked=False), name="editions_to_link"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.day}"

    @property
    def is_published(self) -> bool:
        """Whether everybody reads it."""
        return self.state == State.PUBLISHED

    @property
    def is_superseded(self) -> bool:
        """Whether a corrected text of the same edition took its place."""
        return self.state == State.SUPERSEDED
