"""Doing the jobs: claimed, done and removed in one transaction, so that kill -9 at any point loses nothing.

A job that only writes to the database happens exactly once. A job that speaks to the outside world must first
record that it is about to (see `lvzhi.records.notices.deliver`).

On SQLite the transaction holds the one write lock, and clerks and citizens wait behind it. A job that has much to read
and reckon does that ahead of the transaction (`LVZHI_JOBS_AHEAD`), and only writes inside it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from lvzhi.records.base.scope import ScopedQuerySet
from lvzhi.records.jobs.models import Job

log = logging.getLogger(__name__)

BATCH = 20
SMALL_BATCH = 3
"""On SQLite the one write lock is held while a batch is done, so that clerks wait behind it: keep it short."""
MOST_ATTEMPTS = 8
Handler = Callable[[Job, datetime], None]
Look = Callable[[Job], object]


@cache
def handlers(kind: str) -> tuple[Handler, ...]:
    """Functions that do jobs of this kind, from the setting `LVZHI_JOBS`; raises KeyError for an unknown kind."""
    return tuple(import_string(path) for path in settings.LVZHI_JOBS[kind])


def wait_before(attempt: int) -> timedelta:
    """How long to wait before trying again: 20 s after the first failure, 40 s after the second … at most an hour."""
    return min(timedelta(hours=1), timedelta(seconds=10 * 2**attempt))


@cache
def look_ahead(kind: str) -> Look | None:
    """What reads and reckons for a job of this kind before its transaction, from `LVZHI_JOBS_AHEAD`; None for most."""
    path = settings.LVZHI_JOBS_AHEAD.get(kind)
    return import_string(path) if path else None


def work(*, at: datetime, batch: int = 0) -> int:
    """Do up to `batch` jobs that are due; return how many were taken, done or put off."""
    batch = batch or (SMALL_BATCH if connection.vendor == "sqlite" else BATCH)
    return _work(at, batch, _ahead(at, batch))


def _due(at: datetime) -> ScopedQuerySet[Job]:
    rows = Job.objects.everywhere("the worker serves every congress").filter(given_up=False, run_at__lte=at)
    return rows.order_by("run_at", "id")


def _ahead(at: datetime, batch: int) -> dict[UUID, object]:
    """What was seen for the jobs that come next, by their keys; nothing where rows are locked one by one.

    A failure here is left to the job itself, which looks again inside its transaction and is then put off.
    """
    if connection.features.has_select_for_update_skip_locked:
        return {}
    seen: dict[UUID, object] = {}
    for job in _due(at)[:batch]:
        if look := look_ahead(job.kind):
            with suppress(Exception):
                seen[job.pk] = look(job)
    return seen


@transaction.atomic
def _work(at: datetime, batch: int, seen: Mapping[UUID, object]) -> int:
    due = _due(at)
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True)
    jobs = list(due[:batch])
    for job in jobs:
        job.seen = seen.get(job.pk)
    done = [job.pk for job in jobs if _do(job, at)]
    if done:
        Job.objects.everywhere("the worker serves every congress").filter(pk__in=done).delete()
    return len(jobs)


def _do(job: Job, at: datetime) -> bool:
    try:
        with transaction.atomic():
            for handler in handlers(job.kind):
                handler(job, at)
    except Exception as error:  # any failure is recorded and tried again
        log.exception("job failed", extra={"job": str(job.pk), "kind": job.kind})
        _put_off(job, error, at)
        return False
    return True


def _put_off(job: Job, error: Exception, at: datetime) -> None:
    job.attempts += 1
    job.last_error = f"{type(error).__name__}: {error}"[:2000]
    job.given_up = job.attempts >= MOST_ATTEMPTS
    job.run_at = at + wait_before(job.attempts)
    job.save(update_fields=["attempts", "last_error", "given_up", "run_at"])


def enqueue(kind: str, *, congress_id: Any, payload: dict[str, Any], at: datetime) -> Job:
    """Write a job into the current transaction."""
    handlers(kind)
    return Job.objects.create(congress_id=congress_id, kind=kind, payload=payload, run_at=at)
