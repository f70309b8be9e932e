"""Publishing: from here on everybody reads the text, and nobody changes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lvzhi.core import law
from lvzhi.records.jobs.models import Job
from lvzhi.records.jobs.worker import enqueue
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.work.statutes.actions.linking import link
from lvzhi.work.statutes.actions.reckoning import WORK_FIELDS, reckon, take_repeals
from lvzhi.work.statutes.actions.waiting import settle
from lvzhi.work.statutes.actions.words import note
from lvzhi.work.statutes.catalogue import library_of
from lvzhi.work.statutes.models import Change, Citation, Edition, Incoming, Work
from lvzhi.work.statutes.models.citation import Outcome
from lvzhi.work.statutes.models.edition import State
from lvzhi.work.statutes.reading import document_of
from lvzhi.work.statutes.rules import may_publish

PUBLISHED = "edition-published"
"""The job after a publication: citations are stored, and anew those of every text that cites the work."""
UNLINKED = "editions-unlinked"
"""The job that goes on with that."""


@transaction.atomic
def publish(edition: Edition, *, actor: Actor, at: datetime) -> Edition:
    """Publish a draft. The edition it corrects is superseded, the one before it closed. Raises NotAllowed."""
    if why := may_publish.why_not(actor, edition):
        raise NotAllowed(why)
    waits = Incoming.objects.of(edition.congress_id).filter(edition=edition).first()
    if waits is not None and waits.kind == Incoming.Kind.CORRECTION:
        raise NotAllowed(_("这是导入带来的更正。请先对照，写明原因再采用。"))
    return bring_out(edition, actor=actor, at=at)


def bring_out(edition: Edition, *, actor: Actor, at: datetime) -> Edition:
    """Make a draft the text that everybody reads, whoever decided so. Inside the transaction of the act."""
    work = Work.objects.of(edition.congress_id).select_for_update().get(pk=edition.work_id)
    rows = Edition.objects.of(work.congress_id).filter(work=work)
    standing = rows.published().filter(day=edition.day).first()
    if standing is not None:
        if standing.pk != edition.replaces_id:
            raise NotAllowed(_("同一天的版本在此期间已经公布，请打开那个版本选“更正”。"))
        standing.state = State.SUPERSEDED
        standing.save(update_fields=["state"])
    edition.state, edition.published_at, edition.work = State.PUBLISHED, at, work
    edition.save(update_fields=["state", "published_at"])
    document = document_of(edition)
    editions = list(rows.published())
    changed = reckon(work, editions, [document])
    if max(editions, key=lambda each: each.day).pk == edition.pk:
        work.title, work.number = edition.title, edition.number or work.number
    work.save(update_fields=WORK_FIELDS)
    Edition.objects.of(work.congress_id).bulk_update(changed, ["closed_on"])
    note_repeals([edition])
    settle(edition, standing, actor=actor, at=at)
    verb = Change.Verb.CORRECTED if standing else Change.Verb.PUBLISHED
    detail = {"digest": [standing.digest if standing else "", edition.digest]}
    note(work, verb, actor=actor, at=at, edition=edition, reason=edition.reason, detail=detail).save()
    mark_stale(work.congress_id, [work], new=[work] if len(editions) == 1 else [])
    enqueue(PUBLISHED, congress_id=work.congress_id, payload={}, at=at)
    return edition


@transaction.atomic
def note_repeals(editions: Sequence[Edition]) -> None:
    """Read which works these texts of one congress repeal, and store it. `work` is loaded. Five statements and more."""
    congress = editions[0].congress_id
    library, works = library_of(congress)
    for edition in editions:
        library.note_repeals(document_of(edition), edition.work.key, edition.effective)
    new, changed = take_repeals(library, works, congress)
    Work.objects.bulk_create(new)
    Work.objects.of(congress).bulk_update(changed, WORK_FIELDS, batch_size=200)
    mark_stale(congress, [*new, *changed], new=new)


ROUND = 15
"""So many texts are linked a job: on SQLite others wait while it writes."""
FEW = 20
"""So many new names are looked for in the stored texts; with more, all citations are found anew."""


def mark_stale(congress: UUID, works: Sequence[Work], *, new: Sequence[Work]) -> None:
    """Have the citations of texts found anew that cite these works, named them in vain, or write a name now known.

    Four statements, one of which reads every stored text.
    """
    if not works:
        return
    rows = Edition.objects.of(congress).published().filter(is_linked=True)
    if not rows.exists():
        return
    if len(new) > FEW:
        rows.update(is_linked=False)
        return
    citing = Citation.objects.of(congress).filter(cited__in=works).values("edition")
    vain = Citation.objects.of(congress).filter(outcome__in=(Outcome.LAW_UNKNOWN, Outcome.LAW_AMBIGUOUS))
    alone = law.Library.of(law.Work(work.key, work.title, law.Kind(work.kind)) for work in works)
    names = [name for name in vain.values_list("name", flat=True).distinct() if _may_mean(name, alone)]
    wanted = Q(work__in=works) | Q(pk__in=citing) | Q(pk__in=vain.filter(name__in=names).values("edition"))
    for work in new:
        wanted |= Q(source__contains=work.key)
    rows.filter(wanted).update(is_linked=False)


def _may_mean(name: str, alone: law.Library) -> bool:
    """Whether a name that was not understood could mean a work of this library."""
    written = law.normal(name)
    return bool(alone.find(name)) or any(key.endswith(written) for key in alone.works)


def after_published(job: Job, at: datetime) -> None:
    """The jobs `edition-published` and `editions-unlinked`: a round of citations, and another while any are left."""
    if link(job.congress_id, most=ROUND):
        enqueue(UNLINKED, congress_id=job.congress_id, payload={}, at=at)
