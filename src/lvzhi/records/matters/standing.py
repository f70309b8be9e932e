"""Where a matter stands after an act: its clocks and whom it waits for. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lvzhi.core.calendar import WorkCalendar
from lvzhi.core.procedure import Action, ClockRun, ClockValue, Procedure, reckon_all
from lvzhi.records.matters import joining
from lvzhi.records.matters.models import NO_LIMIT, Deadline, Matter, WorkItem
from lvzhi.records.people.actor import BODY_ROLES, OFFICE_ROLES, PERSON_ROLES

OUTSIDE = frozenset({"citizen", "system", "hotline", joining.ROLE})
"""Roles with no worklist of their own; bodies that join in have the matter on the list of their ordinary role."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Who is bound to a matter: the responsible body, and persons or further bodies by their role."""

    responsible: UUID | None
    bound: Mapping[str, UUID]


def parties_of(matter: Matter) -> Parties:
    """Who is bound to this matter. No statement."""
    return Parties(matter.responsible_id, {role: UUID(key) for role, key in matter.bound.items()})


def holder_key(role: str, parties: Parties) -> str | None:
    """The worklist key of a role on this matter; None where nobody is bound to it yet."""
    if role in BODY_ROLES:
        body = parties.bound.get(role) or parties.responsible
        return f"{role}:{body}" if body else None
    if role in PERSON_ROLES:
        person = parties.bound.get(role)
        return f"{role}:{person}" if person else None
    return None if role in OUTSIDE else role


def deadlines(
    matter: Matter,
    procedure: Procedure,
    runs: Iterable[ClockRun],
    values: Mapping[str, ClockValue],
    parties: Parties,
) -> list[Deadline]:
    """One row a clock, as it stands."""
    rows = []
    for run in runs:
        clock, value = procedure.clock(run.clock), values[run.clock]
        rows.append(
            Deadline(
                congress_id=matter.congress_id,
                matter=matter,
                clock=run.clock,
                rule=clock.citation.rule or "",
                holder=holder_key(clock.holder, parties) or clock.holder,
                status=value.status,
                started_on=value.started_on,
                due=value.due,
                internal_due=value.internal_due,
                met_on=value.met_on,
                is_late=value.late,
            )
        )
    return rows


def reckoned(
    procedure: Procedure, runs: list[ClockRun], calendar: WorkCalendar, anchors: Mapping[str, date]
) -> dict[str, ClockValue]:
    """Every clock's present value."""
    return reckon_all(procedure, runs, calendar, anchors)


def statutory_due(procedure: Procedure, value: ClockValue) -> date | None:
    """The day the law sets for a running clock; None for a target of our own and for a right that merely lapses."""
    clock = procedure.clock(value.clock)
    return value.due if value.status == "running" and clock.statutory and not clock.lapses else None


def next_due(procedure: Procedure, values: Mapping[str, ClockValue]) -> date | None:
    """The earliest statutory day that still runs."""
    return min(filter(None, (statutory_due(procedure, value) for value in values.values())), default=None)


def work_items(
    matter: Matter, procedure: Procedure, values: Mapping[str, ClockValue], parties: Parties
) -> list[WorkItem]:
    """Who has the matter on their worklist: the holders of running clocks, else of the state's main action.

    Offices that may do something meanwhile (such as 催办) watch it. A matter at its end waits for nobody.
    """
    if not matter.is_open:
        return []
    open_now = {action.name: action for action in procedure.actions_from(matter.state) if not action.system}
    acting = _from_clocks(procedure, values, set(open_now), parties)
    if not acting:
        first = next((a for a in open_now.values() if a.primary), next(iter(open_now.values()), None))
        for role in first.by if first else ():
            if (key := holder_key(role, parties)) and first:
                acting.setdefault(key, (NO_LIMIT, first.name, ""))
    for key, verb in _joined(matter, open_now.values()):
        acting.setdefault(key, (NO_LIMIT, verb, ""))
    soonest = min((due for due, _verb, _clock in acting.values()), default=NO_LIMIT)
    items = [_item(matter, key, WorkItem.Kind.ACT, verb, clock, due) for key, (due, verb, clock) in acting.items()]
    offices = {role for action in open_now.values() for role in action.by} & OFFICE_ROLES - BODY_ROLES
    for office in sorted(offices):
        if office not in acting and acting:
            verb = next(action.name for action in open_now.values() if office in action.by)
            items.append(_item(matter, office, WorkItem.Kind.WATCH, verb, "", soonest))
    return items


def _joined(matter: Matter, open_now: Iterable[Action]) -> Iterable[tuple[str, str]]:
    """The bodies whose contribution is awaited, each with the action by which it gives it."""
    verb = next((action.name for action in open_now if set(action.by) == {joining.ROLE}), None)
    return [(key, verb) for key in joining.waiting(matter.bound)] if verb else []


def _from_clocks(
    procedure: Procedure, values: Mapping[str, ClockValue], open_now: set[str], parties: Parties
) -> dict[str, tuple[date, str, str]]:
    found: dict[str, tuple[date, str, str]] = {}
    for name, value in values.items():
        clock = procedure.clock(name)
        verb = next((action for action in clock.met_by if action in open_now), None)
        key = holder_key(clock.holder, parties)
        if value.status != "running" or verb is None or key is None or clock.lapses:
            continue
        due = statutory_due(procedure, value) or NO_LIMIT
        if key not in found or due < found[key][0]:
            found[key] = (due, verb, name)
    return found


def _item(matter: Matter, holder: str, kind: WorkItem.Kind, verb: str, clock: str, due: date) -> WorkItem:
    return WorkItem(
        congress_id=matter.congress_id,
        matter=matter,
        holder=holder,
        kind=kind,
        verb=verb,
        clock=clock,
        sort_due=due,
        procedure=matter.procedure,
    )
