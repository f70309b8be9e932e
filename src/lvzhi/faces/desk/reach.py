"""Matters within the reader's reach: another congress's, or one not shown to them, is not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.http import Http404

from lvzhi.records.matters import standing
from lvzhi.records.matters.models import Matter, Party
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions import queries as opinions
from lvzhi.work.opinions.models import Opinion


def matter_or_404(actor: Actor, key: UUID) -> Matter:
    """The matter with its bodies and, of a petition, its opinion. One statement."""
    matter = opinions.visible(actor, key)
    if matter is None:
        raise Http404
    return matter


def matter_to_act(actor: Actor, key: UUID) -> Matter:
    """The matter as an act needs it, for whoever handles it: fewer columns, and no question who else may read it.

    Only those inside may act, and they are told from the row itself. One statement.
    """
    try:
        matter = Matter.objects.of(actor.congress).select_related("congress", "responsible").get(pk=key)
    except Matter.DoesNotExist:
        raise Http404 from None
    if not is_inside(actor, matter):
        raise Http404
    return matter


def is_inside(actor: Actor, matter: Matter) -> bool:
    """Whether the reader handles the matter, rather than reads what was made public of it."""
    bound = standing.parties_of(matter)
    return actor.is_staff or not actor.bodies.isdisjoint({bound.responsible, *bound.bound.values()} - {None})


def opinion_of(matter: Matter) -> Opinion | None:
    """The opinion `matter_or_404` loaded along; None for other procedures. No statement."""
    found = getattr(matter, "opinion", None)
    return found if isinstance(found, Opinion) else None


@dataclass(frozen=True)
class Bound:
    """Who is bound to a matter, read once."""

    rows: list[Party]
    standing: standing.Parties
    names: Mapping[str, str] = field(default_factory=dict)


def parties_of(matter: Matter) -> Bound:
    """The parties with their bodies and people; `names` is what their ids are called. One statement."""
    rows = list(
        Party.objects.of(matter.congress_id)
        .filter(matter=matter)
        .select_related("body", "person")
        .order_by("since", "id")
    )
    names = {str(row.body_id): row.body.short for row in rows if row.body}
    names |= {str(row.person_id): row.person.name for row in rows if row.person}
    return Bound(rows, standing.parties_of(matter), names)
