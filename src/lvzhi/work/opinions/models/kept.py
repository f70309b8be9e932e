"""A file of messages between being uploaded and being taken in, row by row, by the worker."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from lvzhi.records.base.scope import Record, ScopedQuerySet
from lvzhi.records.people.models import Account


class MessageFile(Record):
    """An uploaded file of messages, sealed until every row was taken (个人信息保护法 第五十一条), then wiped.

    `columns` maps each field to its heading; `done` of `total` rows were looked at; `counts` and `rejected` say what
    became of them.
    """

    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    sealed = models.BinaryField(blank=True)
    columns = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True)
    uploader = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True)
    rejected = models.JSONField(default=list, blank=True)
    """[[row, id, why]] of the rows that could not be taken."""

    objects = ScopedQuerySet["MessageFile"].as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="a_file_taken_in_is_wiped", condition=Q(finished_at=None) | Q(sealed=b"")),
            models.CheckConstraint(name="no_more_rows_are_done_than_there_are", condition=Q(done__lte=F("total"))),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["congress", "-uploaded_at"], name="message_files_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.done}/{self.total}"
