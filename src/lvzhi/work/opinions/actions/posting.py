"""The public board kept in step with what it shows: `Posting` is written here and nowhere else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Case, CharField, F, Q, Value, When

from lvzhi.records.jobs.models import Job
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions.models import PROCEDURE, Opinion, Posting

ANSWERED_STATES = ("replied", "result_returned", "archived", "topic_candidate")
_SOURCES = {
    "id": F("id"),
    "congress_id": F("congress_id"),
    "opinion_id": F("id"),
    "matter_key": F("matter_id"),
    "published_at": F("matter__published_at"),
    "standing": Case(
        When(~Q(result_rating=""), then=F("result_rating")),
        When(Q(matter__state__in=ANSWERED_STATES) & ~Q(reply=""), then=Value(Posting.Standing.ANSWERED)),
        When(matter__is_open=True, then=Value(Posting.Standing.IN_HAND)),
        default=Value(""),
        output_field=CharField(),
    ),
    "category": F("matter__category"),
    "topic": F("topic"),
    "area_id": F("matter__area_id"),
    "community_id": F("community_id"),
}


def after_entry(job: Job, at: datetime) -> None:
    """Bring the line of a public opinion in step after an act; a handler of `LVZHI_JOBS`. May run twice.

    Until the worker has come by, a second as a rule, a line stands under its old filter; what it says is read fresh.
    """
    del at
    matter = Matter.objects.of(job.congress_id).filter(pk=job.payload["matter"], procedure=PROCEDURE, is_public=True)
    if matter.exists():
        follow(job.congress_id, UUID(str(job.payload["matter"])))


@transaction.atomic
def follow(congress: UUID, matter: UUID) -> None:
    """Write the line of one opinion anew, or take it off when it is not public. Two statements."""
    Posting.objects.of(congress).filter(opinion__matter=matter).delete()
    _write(congress, Q(matter=matter))


@transaction.atomic
def post_all(congress: Congress | UUID) -> int:
    """Write the whole board of a congress anew from what is public; how many lines. Two statements."""
    key = congress if isinstance(congress, UUID) else congress.pk
    Posting.objects.of(key).delete()
    return _write(key, Q())


def _write(congress: UUID, which: Q) -> int:
    """Insert the lines in the database itself: a million of them never pass through here."""
    rows = Opinion.objects.of(congress).filter(which, matter__is_public=True)
    sources = {f"as_{name}": value for name, value in _SOURCES.items()}
    select, values = rows.annotate(**sources).values_list(*sources).query.sql_with_params()
    table = connection.ops.quote_name(Posting._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({', '.join(_SOURCES)}) {select}", values)
        return int(cursor.rowcount)
