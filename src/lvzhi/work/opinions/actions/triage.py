"""甄别建议: what the worker finds out about a fresh opinion. It suggests; a person decides."""

from __future__ import annotations

from datetime import datetime

from lvzhi.records.jobs.models import Job
from lvzhi.records.people.models import Body
from lvzhi.work.opinions.keywords import topic_of
from lvzhi.work.opinions.models import Opinion, Triage


def after_received(job: Job, at: datetime) -> None:
    """Look through an opinion that has just come in, and keep what can be suggested. May run twice."""
    opinion = Opinion.objects.of(job.congress_id).select_related("matter").get(pk=job.payload["opinion"])
    category, slug = topic_of(opinion.matter.title * 2 + opinion.text[:200])
    body = Body.objects.of(job.congress_id).filter(slug=slug, active=True).first() if slug else None
    Triage.objects.of(job.congress_id).update_or_create(
        opinion=opinion,
        defaults={
            "congress_id": job.congress_id,
            "categories": [{"key": category, "score": 0.5, "words": []}] if category != "other" else [],
            "bodies": [{"body": str(body.pk), "score": 0.5, "words": []}] if body else [],
            "made_at": at,
        },
    )
