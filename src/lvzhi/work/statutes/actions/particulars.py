"""What is said of a work beside its texts: kind, organ, place, and that it was repealed by a text that is not held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.work.statutes.actions.publishing import mark_stale
from lvzhi.work.statutes.actions.words import line, note, reason_of
from lvzhi.work.statutes.models import RANKS, Change, Kind, Level, Work
from lvzhi.work.statutes.rules import may_describe

FIELDS = ("kind", "level", "region", "organ", "number")


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is said of a work."""

    kind: Kind
    level: Level
    region: str
    organ: str
    number: str


@transaction.atomic
def describe_work(work: Work, *, told: Particulars, reason: str, actor: Actor, at: datetime) -> Work:
    """Mend what is said of a work; its texts stay as they are. Raises NotAllowed, also where nothing changes."""
    if why := may_describe.why_not(actor, work):
        raise NotAllowed(why)
    said = reason_of(reason)
    before = {name: getattr(work, name) for name in FIELDS}
    work.kind, work.rank, work.level = told.kind, RANKS[told.kind], told.level
    work.region, work.organ, work.number = line(told.region, 40), line(told.organ, 120), line(told.number, 60)
    changed = {name: [before[name], getattr(work, name)] for name in FIELDS if getattr(work, name) != before[name]}
    if not changed:
        raise NotAllowed(_("没有改动。"))
    work.save(update_fields=[*FIELDS, "rank"])
    note(work, Change.Verb.DESCRIBED, actor=actor, at=at, reason=said, detail=changed).save()
    return work


@transaction.atomic
def repeal_work(work: Work, *, since: date, by: str, reason: str, actor: Actor, at: datetime) -> Work:
    """Note that a work is repealed where no text held says so. `by` is the title of what repeals it, if known."""
    if why := may_describe.why_not(actor, work):
        raise NotAllowed(why)
    if work.is_repealed:
        raise NotAllowed(_("这部文件已经记为废止。"))
    said = reason_of(reason)
    work.is_repealed, work.repealed_since, work.repealed_by = True, since, line(by, 300)
    work.save(update_fields=["is_repealed", "repealed_since", "repealed_by"])
    detail = {"repealed_since": ["", since.isoformat()], "repealed_by": ["", work.repealed_by]}
    note(work, Change.Verb.REPEALED, actor=actor, at=at, reason=said, detail=detail).save()
    mark_stale(work.congress_id, [work], new=[])
    return work
