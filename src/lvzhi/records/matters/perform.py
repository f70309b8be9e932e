"""The only door through which a matter moves.

In one transaction: the matter is locked, the procedure is asked, what is required is checked, one entry is
written, clocks are met and started, worklists follow, and a job is left for what must follow outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.core.procedure import ClockRun, Procedure, why_not
from lvzhi.records.matters import guards, joining, standing
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.move import Move, Opening, cleaned, overtaken
from lvzhi.records.matters.numbering import next_number
from lvzhi.records.matters.procedures import procedure_of, registry, words
from lvzhi.records.matters.refusals import ActRefused, NotAllowed, Overtaken
from lvzhi.records.people.actor import BODY_ROLES, PERSON_ROLES, Actor
from lvzhi.records.people.models import Congress

EARLIEST = date(1949, 10, 1)
LONGEST_AHEAD = timedelta(days=366)


def roles_on(actor: Actor, matter: Matter, parties: standing.Parties) -> frozenset[str]:
    """The roles `actor` has on this matter: offices everywhere, bodies and people only where bound to it."""
    if actor.congress != matter.congress_id:
        return frozenset()
    roles = actor.roles - BODY_ROLES - PERSON_ROLES
    for role in actor.roles & BODY_ROLES:
        if (parties.bound.get(role) or parties.responsible) in actor.bodies:
            roles |= {role}
    roles |= {role for role, key in parties.bound.items() if key == actor.person and role in actor.roles}
    if "citizen" in actor.roles and matter.pk in actor.matters:
        roles |= {"citizen"}
    if actor.roles & BODY_ROLES and joining.joined(parties.bound) & actor.bodies:
        roles |= {joining.ROLE}
    return frozenset(roles)


@transaction.atomic(savepoint=False)
def open_matter(
    procedure_id: str,
    action: str,
    *,
    congress: Congress,
    actor: Actor,
    on: date,
    at: datetime,
    opening: Opening,
    data: Mapping[str, object] | None = None,
    note: str = "",
) -> Entry:
    """Begin a matter by one of its procedure's creating actions; the entry's `matter` is the new one.

    The edition in force on `on` stays with the matter for its life. Raises ActRefused.
    """
    if not EARLIEST <= on <= at.date() + LONGEST_AHEAD:
        raise NotAllowed(_("%(day)s不在可用的日期范围内，请改成实际收到的日期。") % {"day": on.isoformat()})
    choices = congress.settings.get(procedure_id) or {}
    procedure = registry().get(procedure_id, on, congress.region, choices)
    _ask(procedure, "", action, actor.roles if actor.congress == congress.pk else frozenset(), {}, ())
    matter = Matter(
        congress=congress,
        procedure=procedure.id,
        edition=procedure.key,
        choices=choices,
        title=" ".join(cleaned(opening.title).split()),
        number=next_number(congress.pk, procedure.number_prefix, on.year),
        state=procedure.initial.name,
        opened_on=on,
        opened_at=at,
        touched_at=at,
        category=opening.category,
        area=opening.area,
        responsible=opening.responsible,
        bound={role: str(key) for role, key in _bound(opening).items()},
    )
    move = Move(matter, procedure, procedure.action(action), actor, on, at, dict(data or {}), note)
    move.opening = opening
    move.take("", facts=move.data)
    return move.entry


@transaction.atomic(savepoint=False)
def perform(
    matter: UUID | Matter,
    action: str,
    *,
    actor: Actor,
    on: date,
    at: datetime,
    data: Mapping[str, object] | None = None,
    note: str = "",
    version: int | None = None,
    facts: Mapping[str, object] | None = None,
) -> Entry:
    """Take `action` on a matter: the only way its state changes. Returns the entry written.

    `data` are the cleaned values of the action's fields (rows for bodies and people, dates as dates); `facts` are
    guards the caller vouches for. `version` is the matter's version the actor was looking at: if somebody acted
    since, Overtaken says who and what. Raises ActRefused, and then nothing was stored.

    A row the caller has just loaded (with `congress` and `responsible`) is taken as it is instead of being read and
    locked again: should somebody act in between, its update finds another version, and Overtaken is raised.
    """
    found = matter if isinstance(matter, Matter) else _locked(matter, actor)
    if found.congress_id != actor.congress:
        raise NotAllowed(str(_NOT_HERE))
    if version is not None and version != found.version:
        raise Overtaken(overtaken(found))
    procedure = procedure_of(found)
    move = Move(found, procedure, procedure.action(action), actor, on, at, dict(data or {}), note)
    given = {**guards.satisfied(found, move.action), **move.data, **(facts or {})}
    _ask(procedure, found.state, action, roles_on(actor, found, standing.parties_of(found)), given, move.runs)
    move.take(found.state, facts=given)
    return move.entry


_NOT_HERE = gettext_lazy("没有这个事项，或者它不属于本级人大。")


def _locked(key: UUID, actor: Actor) -> Matter:
    rows = Matter.objects.of(actor.congress).select_related("congress", "responsible")
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(of=("self",) if connection.features.has_select_for_update_of else ())
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotAllowed(str(_NOT_HERE))
    return found


def _ask(
    procedure: Procedure,
    state: str,
    action: str,
    roles: frozenset[str],
    facts: Mapping[str, object],
    runs: tuple[ClockRun, ...],
) -> None:
    if why := words(why_not(procedure, state, action, roles, facts, runs)):
        raise NotAllowed(why)


def _bound(opening: Opening) -> dict[str, UUID]:
    return {**opening.persons, **{role: body.pk for role, body in opening.bodies.items()}}


__all__ = ["ActRefused", "Opening", "open_matter", "perform", "roles_on"]
