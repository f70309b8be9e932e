"""The worklist: what waits for the reader, soonest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.core.procedure import ClockRun, Procedure, explain, reckon_all
from lvzhi.faces.design.chips import worklist_row
from lvzhi.faces.design.deadlines import brief_basis_of, due_of
from lvzhi.faces.design.shapes import DayLoad, Due, Link, WorklistGroup, WorklistRow
from lvzhi.faces.desk import drawn
from lvzhi.faces.desk.addresses import pages, with_query
from lvzhi.faces.desk.context import desk_required, page, waiting
from lvzhi.faces.desk.opinions.cases import dangers
from lvzhi.faces.desk.shown import procedure_names, state_of
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters import queries
from lvzhi.records.matters.models import NO_LIMIT, WorkItem
from lvzhi.records.matters.procedures import procedure_of, words, work_calendar
from lvzhi.records.people.actor import Actor

STRIP_DAYS = 28


@desk_required
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """What waits, in groups; at most nine statements however long the list."""
    actor, today = actor_of(request), clock.today()
    kind = WorkItem.Kind.WATCH if request.GET.get("tab") == "watch" else WorkItem.Kind.ACT
    names = procedure_names(congress_of(request), today)
    procedure = request.GET.get("procedure", "")
    procedure = procedure if procedure in names else ""
    after = request.GET.get("after", "")
    found = queries.worklist(actor, kind=kind, procedure=procedure, after=after, load=False)
    lines = drawn.lines(found.rows, actor=actor, today=today, draw=lambda item: worklist_row(row_of(item, today)))
    counts, first = waiting(request), not after and not procedure
    load = load_strip(actor, today) if first and kind == WorkItem.Kind.ACT and found.rows else []
    totals = (counts.late, counts.soon) if first and kind == WorkItem.Kind.ACT else (None, None)
    watches = "petition_office" in actor.roles and not after
    context = {
        "dangers": dangers(actor.congress, today) if watches else [],
        "groups": grouped(found.rows, lines, today, totals),
        "counts": counts,
        "cap": queries.CAP,
        "tabs": [
            Link(_("该我办"), with_query(request, tab="", after=""), counts.act, kind == WorkItem.Kind.ACT),
            Link(_("等别人"), with_query(request, tab="watch", after=""), counts.watch, kind == WorkItem.Kind.WATCH),
        ],
        "tab": "watch" if kind == WorkItem.Kind.WATCH else "",
        "procedures": names,
        "procedure": procedure,
        "load": load if counts.late or any(day.count for day in load) else [],
        "shown": len(found.rows),
        **pages(request, found.after),
    }
    return page(request, "desk/worklist.html", context, here="desk-worklist")


def grouped(
    items: Sequence[WorkItem],
    lines: Sequence[SafeString],
    today: date,
    totals: tuple[int | None, int | None] = (None, None),
) -> list[WorklistGroup]:
    """Rows under 已逾期, the next seven days, later, and without a statutory date; empty groups are left out.

    `totals` are the true numbers of the first two groups, where the page may show only their beginning.
    """
    parts: list[tuple[str, list[SafeString], str, int | None]] = [
        (_("已逾期"), [], "late", totals[0]),
        (_("今天和七天内"), [], "", totals[1]),
        (_("以后"), [], "", None),
        (_("没有法定期限"), [], "", None),
    ]
    for item, line in zip(items, lines, strict=True):
        day = item.sort_due
        place = 3 if day == NO_LIMIT else 0 if day < today else 1 if day <= today + queries.SOON else 2
        parts[place][1].append(line)
    return [WorklistGroup(title, rows, tone, count) for title, rows, tone, count in parts if rows]


def row_of(item: WorkItem, today: date) -> WorklistRow:
    """One line; its deadline is explained from the matter's own clocks. No statement."""
    matter = item.matter
    procedure = procedure_of(matter)
    action = procedure.actions.get(item.verb)
    acting = item.kind == WorkItem.Kind.ACT
    stands = procedure.states.get(matter.state)
    task = stands.task if stands else None
    verb = words(task or action.text) if action and acting else state_of(procedure, matter.state).text
    who = matter.responsible or matter.area
    clock_of_row = procedure.clocks.get(item.clock)
    basis = clock_of_row.citation if clock_of_row else action.rules[0] if action and action.rules and acting else None
    return WorklistRow(
        verb=verb,
        number=matter.number,
        title=matter.title,
        url=reverse("desk-matter", args=[matter.pk]),
        who=who.short if who else "",
        basis=brief_basis_of(basis) if basis else None,
        due=_due(item, procedure, today),
    )


def _due(item: WorkItem, procedure: Procedure, today: date) -> Due:
    """Only this row's clock is reckoned, with the others where the earlier of two counts."""
    if not item.clock and item.sort_due == NO_LIMIT:
        return Due()
    runs = {run.clock: run for run in queries.runs(item.matter)}
    anchors = {key: date.fromisoformat(day) for key, day in item.matter.anchors.items()}
    name = item.clock or _soonest(item, procedure, list(runs.values()), anchors)
    if name not in runs or name not in procedure.clocks:
        return Due()
    others = tuple(runs.values()) if procedure.clocks[name].earliest_with else ()
    return due_of(explain(procedure, name, runs[name], work_calendar(), anchors, others), today)


def _soonest(item: WorkItem, procedure: Procedure, runs: list[ClockRun], anchors: dict[str, date]) -> str:
    """The clock another holder works against: of what is watched, the running one with the row's day."""
    values = reckon_all(procedure, runs, work_calendar(), anchors).values()
    return next((each.clock for each in values if each.status == "running" and each.due == item.sort_due), "")


def load_strip(actor: Actor, today: date) -> list[DayLoad]:
    """How many deadlines fall on each of the next 28 days. One statement."""
    last = today + timedelta(days=STRIP_DAYS - 1)
    mine = WorkItem.objects.of(actor.congress).filter(
        holder__in=actor.holder_keys, kind=WorkItem.Kind.ACT, sort_due__range=(today, last)
    )
    known = dict(mine.order_by().values_list("sort_due").annotate(n=Count("pk")))
    days = [today + timedelta(days=n) for n in range(STRIP_DAYS)]
    return [DayLoad(day, known.get(day, 0), not work_calendar().is_workday(day)) for day in days]
