"""甄别建议: what the worker finds out about a fresh opinion. It suggests; a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lvzhi.core.text import suspicion
from lvzhi.core.text.events_report import Report
from lvzhi.core.text.spam import MASS
from lvzhi.records.documents.models import Attachment
from lvzhi.records.jobs.models import Job
from lvzhi.work.opinions import learning, likeness
from lvzhi.work.opinions.models import Opinion, Triage
from lvzhi.work.opinions.queries import FRESH

MOST_COUNTED = 500
"""Identical submissions are counted up to here; more of them say nothing more."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What looking through an opinion found; nothing of it is written yet."""

    reasons: list[dict[str, str]]
    is_suspected: bool
    alike: list[likeness.Alike]
    guesses: learning.Guesses
    report: Report


def look_ahead(job: Job) -> Seen | None:
    """What `after_received` will write, found before its transaction; None where there is little to find.

    Some twenty-five statements, however many opinions there are.
    """
    opinion = _of(job)
    return look(opinion) if opinion.matter.state in FRESH else None


def after_received(job: Job, at: datetime) -> None:
    """Look through an opinion that has just come in, and keep what can be suggested. May run twice.

    Of one that was handed over before the worker came to it (an import) only the keys are kept, by which later ones
    find it.
    """
    opinion = _of(job)
    if opinion.matter.state in FRESH:
        keep(opinion, job.seen if isinstance(job.seen, Seen) else look(opinion), at=at)
    elif not Triage.objects.of(job.congress_id).filter(opinion=opinion).exists():
        likeness.remember(opinion, likeness.report_of(opinion))


def _of(job: Job) -> Opinion:
    return Opinion.objects.of(job.congress_id).select_related("matter__congress").get(pk=job.payload["opinion"])


def look_through(opinion: Opinion, *, at: datetime, compares: bool = True) -> Triage:
    """Suspect, compare and suggest; returns what is kept. What was answered long ago need not be compared."""
    return keep(opinion, look(opinion, compares=compares), at=at)


def look(opinion: Opinion, *, compares: bool = True) -> Seen:
    """Why it may be spam, what is alike, what it is about and for whom. Reads only."""
    report = likeness.report_of(opinion)
    reasons, is_suspected = _suspicion(opinion)
    return Seen(
        reasons,
        is_suspected,
        likeness.find(opinion, report) if compares else [],
        learning.suggest(opinion.matter.congress, opinion.matter.title, opinion.text),
        report,
    )


def keep(opinion: Opinion, seen: Seen, *, at: datetime) -> Triage:
    """Write what was seen, and the keys by which later opinions find this one. Four statements."""
    if seen.reasons or opinion.suspicion:
        opinion.suspicion, opinion.is_suspected = seen.reasons, seen.is_suspected
        opinion.save(update_fields=["suspicion", "is_suspected"])
    guessed = seen.guesses
    kept, _made = Triage.objects.of(opinion.congress_id).update_or_create(
        opinion=opinion,
        defaults={
            "congress_id": opinion.congress_id,
            "categories": [{"key": g.key, "score": g.score, "words": g.words} for g in guessed.categories],
            "topics": [
                {"path": g.key, "category": g.under, "score": g.score, "words": g.words} for g in guessed.topics
            ],
            "bodies": [{"body": g.key, "score": g.score, "words": g.words} for g in guessed.bodies],
            "alike": [each.as_json() for each in seen.alike],
            "made_at": at,
        },
    )
    likeness.remember(opinion, seen.report)
    return kept


def _suspicion(opinion: Opinion) -> tuple[list[dict[str, str]], bool]:
    """Why it may be spam, and whether that is enough to wait in the queue apart. Three statements at most.

    A sign of danger is never put aside into that queue.
    """
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
    suspected = bool(found.suspected or same_picture >= MASS or floods) and not opinion.danger
    return [*floods, *reasons], suspected


def _same_picture(opinion: Opinion, files: list[str]) -> int:
    """In how many other opinions the same file was sent along."""
    if not files:
        return 0
    rows = Attachment.objects.of(opinion.congress_id).filter(sha256__in=files).exclude(matter=opinion.matter_id)
    return len(rows.values_list("pk", flat=True)[:MOST_COUNTED])
