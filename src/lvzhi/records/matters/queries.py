"""Every reading of matters, each with its number of statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from lvzhi.core.procedure import ClockRun, Explanation, Option, explain, options
from lvzhi.records.matters import guards, standing
from lvzhi.records.matters.models import Entry, Link, Matter, WorkItem
from lvzhi.records.matters.paging import PAGE, Mark, Page, mark
from lvzhi.records.matters.perform import roles_on
from lvzhi.records.matters.procedures import procedure_of, work_calendar
from lvzhi.records.people.actor import Actor

CAP = 1000
"""Counts stop here and are shown as 999+: counting a backlog of a million to the last row helps nobody."""
MOST_LINKS = 200
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Counts:
    """What waits for an actor; each number stops at `CAP`."""

    late: int
    soon: int
    act: int
    watch: int


_COUNTED = """
SELECT (SELECT COUNT(*) FROM (SELECT 1 AS n {mine} AND kind = 'act' AND sort_due < %(today)s LIMIT {cap}) late),
       (SELECT COUNT(*) FROM (SELECT 1 AS n {mine} AND kind = 'act' AND sort_due BETWEEN %(today)s AND %(soon)s
                              LIMIT {cap}) soon),
       (SELECT COUNT(*) FROM (SELECT 1 AS n {mine} AND kind = 'act' LIMIT {cap}) act),
       (SELECT COUNT(*) FROM (SELECT 1 AS n {mine} AND kind = 'watch' LIMIT {cap}) watch)
"""


def counts(actor: Actor, *, today: date) -> Counts:
    """Overdue, due within seven days, all to act on, waiting for others. One statement, on every page: by hand."""
    if not actor.holder_keys:
        return Counts(0, 0, 0, 0)
    keys = {f"holder{place}": key for place, key in enumerate(actor.holder_keys)}
    holders = ", ".join(f"%({name})s" for name in keys)
    mine = f"FROM matters_workitem WHERE congress_id = %(congress)s AND holder IN ({holders})"
    congress = WorkItem._meta.get_field("congress").get_db_prep_value(actor.congress, connection)
    values = {"congress": congress, "today": today.isoformat(), "soon": (today + SOON).isoformat(), **keys}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED.format(mine=mine, cap=CAP), values)
        return Counts(*cursor.fetchone())


def worklist(
    actor: Actor,
    *,
    kind: WorkItem.Kind = WorkItem.Kind.ACT,
    procedure: str = "",
    until: date | None = None,
    since: date | None = None,
    after: str = "",
    limit: int = PAGE,
    load: bool = True,
) -> Page[WorkItem]:
    """What waits for `actor`, soonest first, rows without a statutory date last.

    One statement for each of the actor's worklist keys (an office clerk has one or two); `matter` with its bodies
    is loaded unless `load` is False. Reading each key by itself lets the index give the first rows without sorting
    the backlog.
    """
    place = Mark.read(after)
    found: list[WorkItem] = []
    for key in actor.holder_keys:
        rows = WorkItem.objects.of(actor.congress).filter(holder=key, kind=kind)
        if procedure:
            rows = rows.filter(procedure=procedure)
        if until:
            rows = rows.filter(sort_due__lt=until)
        if since:
            rows = rows.filter(sort_due__gte=since)
        if place and (day := place.day()):
            rows = rows.filter(Q(sort_due__gt=day) | Q(sort_due=day, id__gt=place.key), sort_due__gte=day)
        if load:
            rows = rows.select_related("matter__responsible", "matter__area")
        found += rows.order_by("sort_due", "id")[: limit + 1]
    found.sort(key=lambda item: (item.sort_due, item.pk))
    page = found[:limit]
    return Page(page, mark(page[-1].sort_due, page[-1].pk) if len(found) > limit else None)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of matters can be narrowed to; every field stands in the address."""

    procedure: str = ""
    state: str = ""
    category: str = ""
    body: UUID | None = None
    late: bool = False
    is_open: bool | None = None
    number: str = ""


def matters(actor: Actor, filters: Filters, *, today: date, after: str = "", limit: int = PAGE) -> Page[Matter]:
    """Matters visible to `actor`, newest first. One statement; bodies are loaded."""
    rows = Matter.objects.visible_to(actor)
    wanted: Mapping[str, object] = {
        "procedure": filters.procedure,
        "state": filters.state,
        "category": filters.category,
        "responsible": filters.body,
        "number": filters.number,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if filters.is_open is not None:
        rows = rows.filter(is_open=filters.is_open)
    if filters.late:
        return _late(rows.late(today), after, limit)
    place = Mark.read(after)
    if place and (instant := place.instant()):
        rows = rows.filter(Q(opened_at__lt=instant) | Q(opened_at=instant, id__lt=place.key), opened_at__lte=instant)
    found = list(rows.select_related("responsible", "area").order_by("-opened_at", "-id")[: limit + 1])
    page = found[:limit]
    return Page(page, mark(page[-1].opened_at, page[-1].pk) if len(found) > limit else None)


def _late(rows: QuerySet[Matter], after: str, limit: int) -> Page[Matter]:
    place = Mark.read(after)
    if place and (day := place.day()):
        rows = rows.filter(Q(next_due__gt=day) | Q(next_due=day, id__gt=place.key), next_due__gte=day)
    found = list(rows.select_related("responsible", "area").order_by("next_due", "id")[: limit + 1])
    page = found[:limit]
    last = page[-1] if page else None
    return Page(page, mark(last.next_due, last.pk) if last and last.next_due and len(found) > limit else None)


def entries(matter: Matter, *, actor: Actor) -> list[Entry]:
    """The ledger, oldest first. One statement.

    On a public matter a stranger sees only the public entries; whoever holds the receipt all but internal ones.
    """
    rows = matter.entries.order_by("seq").select_related("actor_account")
    if actor.is_staff or is_bound(matter, actor):
        return list(rows)
    if matter.pk in actor.matters:
        kept_inside = [action.name for action in procedure_of(matter).actions.values() if action.internal]
        return list(rows.exclude(action__in=kept_inside))
    return list(rows.filter(is_public=True))


def is_bound(matter: Matter, actor: Actor) -> bool:
    """Whether the matter was given to one of the actor's bodies, or binds the actor in person. No statement."""
    bound = {UUID(key) for key in matter.bound.values()}
    return matter.responsible_id in actor.bodies or bool(bound & actor.bodies) or actor.person in bound


def runs(matter: Matter) -> tuple[ClockRun, ...]:
    """The matter's clocks with everything that happened to them. No statement."""
    return tuple(ClockRun.from_json(run) for run in matter.clocks)


def explanations(matter: Matter) -> list[Explanation]:
    """Every clock of a matter with the whole chain of how its date came about. No statement."""
    procedure = procedure_of(matter)
    known = runs(matter)
    anchors = {name: date.fromisoformat(day) for name, day in matter.anchors.items()}
    # The other clocks matter only to one that ends with the earlier of two.
    return [
        explain(
            procedure,
            run.clock,
            run,
            work_calendar(),
            anchors,
            known if procedure.clock(run.clock).earliest_with else (),
        )
        for run in known
    ]


def next_actions(
    matter: Matter, *, actor: Actor, parties: standing.Parties, facts: Mapping[str, object]
) -> list[Option]:
    """Every action of the present state with whether `actor` may take it, and why not.

    No statement, but one for each guard an action of this state waits for.
    """
    procedure = procedure_of(matter)
    facts = {**guards.satisfied(matter, *procedure.actions_from(matter.state)), **facts}
    found = options(procedure, matter.state, roles_on(actor, matter, parties), facts, runs(matter))
    return [option for option in found if not option.action.system]


def links(matter: Matter, *, actor: Actor) -> list[Link]:
    """Threads to and from other matters that `actor` may see, the first `MOST_LINKS`. One statement.

    `actor` sees the matter itself. Whether they see the other end is asked of each thread, not of every matter.
    """
    seen = Matter.objects.visible_to(actor)
    return list(
        Link.objects.of(matter.congress_id)
        .filter(Q(source=matter) | Q(target=matter))
        .filter(Exists(seen.filter(pk=OuterRef("source"))), Exists(seen.filter(pk=OuterRef("target"))))
        .select_related("source", "target")
        .order_by("since", "id")[:MOST_LINKS]
    )
