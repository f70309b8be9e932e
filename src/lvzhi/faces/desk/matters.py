"""All matters: narrowed by what stands in the address, page by page or as a table to take away."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.core.procedure import ProcedureError
from lvzhi.core.upload import csv_safe
from lvzhi.faces.design.shapes import Column, Link, Row
from lvzhi.faces.design.wording import due_on, short_date
from lvzhi.faces.desk.addresses import pages
from lvzhi.faces.desk.context import desk_required, page
from lvzhi.faces.desk.shown import category_names, procedure_names, state_of_matter
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import actor_of, congress_of
from lvzhi.records.matters import queries
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.procedures import procedure_of, registry, words
from lvzhi.records.matters.queries import Filters
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Body, Congress

MOST_EXPORTED = 20_000
CHUNK = 1000
ASKED = ("procedure", "state", "category", "body", "late", "open", "number")


def asked(request: HttpRequest) -> Filters:
    """What the address asks for; anything that cannot be read is not asked."""
    given = {name: request.GET.get(name, "").replace("\x00", "").strip() for name in ASKED}
    try:
        body = UUID(given["body"]) if given["body"] else None
    except ValueError:
        body = None
    return Filters(
        procedure=given["procedure"][:40],
        state=given["state"][:40],
        category=given["category"][:40],
        body=body,
        late=given["late"] == "1",
        is_open={"1": True, "0": False}.get(given["open"]),
        number=" ".join(given["number"].split())[:30],
    )


@desk_required
@require_safe
def matters(request: HttpRequest) -> HttpResponse:
    """A page of matters; six statements."""
    actor, today, wanted, congress = actor_of(request), clock.today(), asked(request), congress_of(request)
    found = queries.matters(actor, wanted, today=today, after=request.GET.get("after", ""))
    names, categories = procedure_names(congress, today), category_names(congress)
    query = request.GET.copy()
    query.pop("after", None)
    columns = [
        Column(_("题目")),
        Column(_("状态")),
        Column(_("承办")),
        Column(_("类别")),
        Column(_("收到")),
        Column(_("期限")),
    ]
    context = {
        "columns": columns,
        "rows": [row_of(each, categories, today) for each in found.rows],
        "shown": len(found.rows),
        "wanted": wanted,
        "is_narrowed": any(request.GET.get(name) for name in ASKED),
        "selects": _selects(congress, wanted, names, categories, today),
        "csv_url": f"{reverse('desk-matters-csv')}?{query.urlencode()}",
        "most": MOST_EXPORTED,
        **pages(request, found.after),
    }
    return page(request, "desk/matters.html", context, here="desk-matters")


def row_of(matter: Matter, categories: dict[str, str], today: date) -> Row:
    """One line of the table."""
    return Row(
        [
            Link(f"{matter.number} {matter.title}", reverse("desk-matter", args=[matter.pk])),
            state_of_matter(matter),
            matter.responsible.short if matter.responsible else "",
            categories.get(matter.category, matter.category),
            short_date(matter.opened_on, today),
            due_on(matter.next_due, today) if matter.is_open else _("已办结"),
        ]
    )


def _selects(
    congress: Congress, wanted: Filters, names: dict[str, str], categories: dict[str, str], today: date
) -> list[dict[str, Any]]:
    """The choices a list can be narrowed by. One statement, for the bodies."""
    bodies = Body.objects.of(congress).answering().order_by("kind", "slug").values_list("pk", "short")
    is_open = {True: "1", False: "0", None: ""}[wanted.is_open]
    found: list[tuple[str, str, list[tuple[str, str]], str]] = [
        ("procedure", _("业务"), list(names.items()), wanted.procedure),
        ("category", _("类别"), list(categories.items()), wanted.category),
        ("body", _("承办"), [(str(key), short) for key, short in bodies], str(wanted.body or "")),
        ("open", _("办结"), [("1", _("没有办结")), ("0", _("已办结"))], is_open),
    ]
    if states := _states(congress, wanted.procedure, today):
        found.insert(1, ("state", _("状态"), states, wanted.state))
    return [{"name": name, "label": label, "choices": choices, "value": value} for name, label, choices, value in found]


def _states(congress: Congress, procedure: str, today: date) -> list[tuple[str, str]]:
    """The states of the procedure asked for; states of several procedures beside each other would tell nothing."""
    try:
        known = registry().get(procedure, today, congress.region)
    except ProcedureError:
        return []
    return [(state.name, words(state.text)) for state in known.states.values()]


@desk_required
@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The same matters as CSV for a spreadsheet, at most 20,000; it says so where there are more."""
    lines = _lines(actor_of(request), asked(request), clock.today(), category_names(congress_of(request)))
    answer = StreamingHttpResponse(_written(lines), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="matters.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _written(lines: Iterator[list[str]]) -> Iterator[str]:
    class Echo:
        def write(self, value: str) -> str:
            return value

    writer = csv.writer(Echo())
    yield "\ufeff"  # spreadsheets on Windows take the file for GBK without it
    for line in lines:
        yield writer.writerow([csv_safe(cell) for cell in line])


def _lines(actor: Actor, wanted: Filters, today: date, categories: dict[str, str]) -> Iterator[list[str]]:
    yield [
        _("编号"),
        _("题目"),
        _("业务"),
        _("状态"),
        _("类别"),
        _("承办"),
        _("地点"),
        _("收到"),
        _("最近期限"),
        _("办结"),
        _("公开"),
    ]
    after, count = "", 0
    while True:
        found = queries.matters(actor, wanted, today=today, after=after, limit=CHUNK)
        for matter in found.rows:
            yield _line(matter, categories)
        count += len(found.rows)
        if found.after is None:
            return
        if count >= MOST_EXPORTED:
            yield [_("只导出了前 %(n)s 件，后面还有。请缩小范围分几次导出。") % {"n": f"{MOST_EXPORTED:,}"}]
            return
        after = found.after


def _line(matter: Matter, categories: dict[str, str]) -> list[str]:
    return [
        matter.number,
        matter.title,
        words(procedure_of(matter).text),
        state_of_matter(matter).text,
        categories.get(matter.category, matter.category),
        matter.responsible.name if matter.responsible else "",
        matter.area.name if matter.area else "",
        matter.opened_on.isoformat(),
        matter.next_due.isoformat() if matter.next_due and matter.is_open else "",
        matter.closed_on.isoformat() if matter.closed_on else "",
        _("是") if matter.is_public else _("否"),
    ]
