"""甄别分派: what an opinion is about, what points it makes, who handles it; each decision leaves its entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Body
from lvzhi.work.opinions.actions.taking import take
from lvzhi.work.opinions.models import Opinion


@dataclass(frozen=True, slots=True)
class Decision:
    """What a clerk decided of one opinion; what is empty (or None) stays as it is. `kind` is of an assignment."""

    body: Body
    category: str = ""
    topic: str = ""
    points: Sequence[str] | None = None
    kind: str = ""
    note: str = ""


@transaction.atomic
def dispatch(
    matter: UUID | Matter, decision: Decision, *, actor: Actor, on: date, at: datetime, version: int | None = None
) -> Entry:
    """分派: classify, list the points and hand the opinion over, at once; returns the entry of the handing over.

    A body we supervise gets a transfer, one of our own an assignment. `version` is the matter's that was looked at.
    Raises ActRefused, and then nothing was stored.
    """
    rows = Opinion.objects.of(actor.congress).select_related("matter__congress", "matter__responsible")
    found = rows.filter(matter=matter.pk if isinstance(matter, Matter) else matter).first()
    if found is None:
        raise NotAllowed(_("没有这个事项，或者它不属于本级人大。"))
    if decision.points is not None and list(decision.points) != list(found.points):
        itemise(found.matter, decision.points, actor=actor, on=on, at=at, version=version)
        version = None
    category, topic = decision.category or found.matter.category, decision.topic or found.topic
    if (category, topic) != (found.matter.category, found.topic):
        classify(found.matter, category=category, topic=topic, actor=actor, on=on, at=at, version=version)
        version = None
    data: dict[str, object] = {"body": decision.body, "note": decision.note}
    verb = "transfer" if decision.body.is_supervised else "assign"
    if verb == "assign" and decision.kind:
        data["kind"] = decision.kind
    return take(found.matter, verb, actor=actor, on=on, at=at, data=data, version=version)


def classify(
    matter: UUID | Matter,
    *,
    category: str,
    topic: str = "",
    actor: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Entry | None:
    """归类: put an opinion under a subject and a topic of the tree; the entry keeps both. Raises ActRefused.

    None for a matter of an edition that knows no such act (before 2022-05-01); then nothing changes.
    """
    if isinstance(matter, Matter) and "classify" not in procedure_of(matter).actions:
        return None
    data = {"category": category, "topic": topic}
    return take(matter, "classify", actor=actor, on=on, at=at, data=data, version=version)


def itemise(
    matter: UUID | Matter,
    points: Sequence[str],
    *,
    actor: Actor,
    on: date,
    at: datetime,
    version: int | None = None,
) -> Entry | None:
    """列出要点: what the answer must meet, point by point; fewer than two points are one, the whole letter."""
    if isinstance(matter, Matter) and "itemise" not in procedure_of(matter).actions:
        return None
    return take(matter, "itemise", actor=actor, on=on, at=at, data={"points": "\n".join(points)}, version=version)


def keep_apart(matter: UUID | Matter, *, other: str, actor: Actor, on: date, at: datetime) -> Entry:
    """不是同一件: note that two opinions were compared and are not the same; `other` is the other one's number."""
    return take(matter, "keep_apart", actor=actor, on=on, at=at, data={"other": other})
