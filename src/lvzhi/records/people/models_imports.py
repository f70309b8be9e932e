"""A table between its two steps: uploaded and looked at, not yet imported."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from lvzhi.records.base.scope import Record, ScopedQuerySet


class PendingImport(Record):
    """An uploaded table of people, sealed until it is confirmed (个人信息保护法 第五十一条).

    `fingerprint` is that of the preview that was shown. The bytes are wiped when the import is done; what
    stays says who imported which file, when, and how many rows.
    """

    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField(blank=True)
    fingerprint = models.CharField(max_length=64)
    on = models.DateField()
    uploader = models.ForeignKey("people.Account", on_delete=models.PROTECT, null=True, related_name="+")
    uploader_name = models.CharField(max_length=60)
    uploaded_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)

    objects = ScopedQuerySet["PendingImport"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="an_applied_import_keeps_no_file", condition=Q(applied_at=None) | Q(sealed=b"")
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "-uploaded_at"], name="imports_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.uploaded_at}"
