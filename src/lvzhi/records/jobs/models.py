"""Jobs waiting to be done."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from lvzhi.records.base.scope import Record, ScopedQuerySet


class Job(Record):
    """One thing to do after a transaction has been committed.

    The row is written by the transaction whose consequence it is, so nothing is done for what did not happen;
    it is deleted by the transaction that does it, so nothing is done twice. Its id (UUIDv7) keeps the order.
    """

    kind = models.CharField(max_length=40)
    payload = models.JSONField(default=dict)
    run_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    given_up = models.BooleanField(default=False)

    seen: object = None
    """What was looked up for it ahead of its transaction, where its kind does so; stored nowhere."""

    objects = ScopedQuerySet["Job"].as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["run_at", "id"], condition=models.Q(given_up=False), name="jobs_to_do"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
