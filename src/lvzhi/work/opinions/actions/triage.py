"""甄别建议: what the worker finds out about a fresh opinion. It suggests; a person decides."""

from __future__ import annotations

from datetime import datetime

from lvzhi.core.text import suspicion
from lvzhi.core.text.spam import MASS
from lvzhi.records.documents.models import Attachment
from lvzhi.records.jobs.models import Job
from lvzhi.work.opinions import learning, likeness
from lvzhi.work.opinions.models import Opinion, Triage
from lvzhi.work.opinions.queries import FRESH

MOST_COUNTED = 500
"""Identical submissions are counted up to here; more of them say nothing more."""


def after_received(job: Job, at: datetime) -> None:
    """Look through an opinion that has just come in, and keep what can be suggested. May run twice.

    Some twenty-five statements, however many opinions there are. Of one that was handed over before the worker came
    to it (an import) only the keys are kept, by which later ones find it.
    """
    rows = Opinion.objects.of(job.congress_id).select_related("matter__congress")
    opinion = rows.get(pk=job.payload["opinion"])
    if opinion.matter.state in FRESH:
        look_through(opinion, at=at)
    elif not Triage.objects.of(job.congress_id).filter(opinion=opinion).exists():
        likeness.remember(opinion, likeness.report_of(opinion))


def look_through(opinion: Opinion, *, at: datetime, compares: bool = True) -> Triage:
    """Suspect, sketch, compare and suggest; returns what is kept. What was answered long ago need not be compared."""
    suspect(opinion)
    report = likeness.report_of(opinion)
    alike = likeness.find(opinion, report) if compares else []
    guessed = learning.suggest(opinion.matter.congress, opinion.matter.title, opinion.text)
    kept, _made = Triage.objects.of(opinion.congress_id).update_or_create(
        opinion=opinion,
        defaults={
            "congress_id": opinion.congress_id,
            "categories": [{"key": g.key, "score": g.score, "words": g.words} for g in guessed.categories],
            "topics": [
                {"path": g.key, "category": g.under, "score": g.score, "words": g.words} for g in guessed.topics
            ],
            "bodies": [{"body": g.key, "score": g.score, "words": g.words} for g in guessed.bodies],
            "alike": [each.as_json() for each in alike],
            "made_at": at,
        },
    )
    likeness.remember(opinion, report)
    return kept


def suspect(opinion: Opinion) -> None:
    """Note why it may be spam. A sign of danger is never put aside into that queue. Four statements at most."""
    files = list(
        Attachment.objects.of(opinion.congress_id).filter(matter=opinion.matter_id).values_list("sha256", flat=True)
    )
    rows = Opinion.objects.of(opinion.congress_id).filter(fingerprint=opinion.fingerprint).exclude(pk=opinion.pk)
    same = len(rows.values_list("pk", flat=True)[:MOST_COUNTED])
    found = suspicion(opinion.text, subject=opinion.matter.title, same=same, images=len(files))
    reasons = [{"code": each.code, "words": each.words} for each in found.reasons]
    same_picture = _same_picture(opinion, files)
    if same_picture >= MASS:
        reasons.append({"code": "spam_mass_picture", "words": str(same_picture)})
    floods = [each for each in opinion.suspicion if each["code"] == "flood"]  # seen when it came in
    reasons = [*floods, *reasons]
    suspected = bool(found.suspected or same_picture >= MASS or floods) and not opinion.danger
    if reasons or opinion.suspicion:
        opinion.suspicion, opinion.is_suspected = reasons, suspected
        opinion.save(update_fields=["suspicion", "is_suspected"])


def _same_picture(opinion: Opinion, files: list[str]) -> int:
    """In how many other opinions the same file was sent along."""
    if not files:
        return 0
    rows = Attachment.objects.of(opinion.congress_id).filter(sha256__in=files).exclude(matter=opinion.matter_id)
    return len(rows.values_list("pk", flat=True)[:MOST_COUNTED])
