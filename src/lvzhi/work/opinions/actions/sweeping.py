"""Deciding on many suspected submissions at once: a first few while the clerk waits, the rest by the worker.

A phone farm sends the same words five hundred times. Each of them is a matter with its own entry, and its sender may
ask for it back; so the decision is taken on each, one act a matter, and never in one request.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from lvzhi.records.jobs.models import Job
from lvzhi.records.jobs.worker import enqueue
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.records.people.actor import Actor, account_and_actor
from lvzhi.work.opinions.actions.taking import take

AT_ONCE = 20
"""So many are decided in a request, and in one job."""
SWEPT = "opinions-swept"


@dataclass
class Swept:
    """What became of a sweep: how many were decided, how many the worker will decide, what was refused and why."""

    done: int = 0
    later: int = 0
    refused: list[str] = field(default_factory=list)


def sweep(matters: Sequence[UUID], verb: str, *, reason: str, actor: Actor, on: date, at: datetime) -> Swept:
    """Take `verb` (set_aside or clear) on each of the matters, in their order; `reason` is a code of the procedure.

    What comes after the first `AT_ONCE` is left to the worker as one job, in the name of the same account.
    """
    first, rest = matters[:AT_ONCE], matters[AT_ONCE:]
    found = _decided(first, verb, reason, actor, on, at)
    if rest and actor.account:
        payload = {"matters": [str(each) for each in rest], "verb": verb, "reason": reason, "by": str(actor.account)}
        enqueue(SWEPT, congress_id=actor.congress, payload=payload, at=at)
        found.later = len(rest)
    return found


def after_swept(job: Job, at: datetime) -> None:
    """Decide on the next few, and leave the rest to the next job; what was decided meanwhile is passed over."""
    found = account_and_actor(UUID(job.payload["by"]), on=localdate(at))
    actor = found[1] if found else None
    if actor is None or actor.congress != job.congress_id:
        return  # the account has lost its office since: nobody decides in its name
    matters = [UUID(each) for each in job.payload["matters"]]
    _decided(matters[:AT_ONCE], job.payload["verb"], job.payload["reason"], actor, localdate(at), at)
    if rest := matters[AT_ONCE:]:
        payload = {**job.payload, "matters": [str(each) for each in rest]}
        enqueue(SWEPT, congress_id=job.congress_id, payload=payload, at=at)


def _decided(matters: Sequence[UUID], verb: str, reason: str, actor: Actor, on: date, at: datetime) -> Swept:
    found, data = Swept(), {"reason": reason} if verb == "set_aside" else {}
    for key in matters:
        try:
            take(key, verb, actor=actor, on=on, at=at, data=data)
            found.done += 1
        except ActRefused as refusal:
            found.refused.append(str(refusal))
    return found
