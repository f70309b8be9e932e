"""The statistics of a year: charts, the same numbers as tables, and as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.faces.design.shapes import Count, Figure, Link, Pair
from lvzhi.faces.design.wording import cn_datetime, percent, thousands
from lvzhi.faces.portal import tables as shown
from lvzhi.faces.portal.briefly import kept_briefly
from lvzhi.faces.portal.shell import page
from lvzhi.faces.portal.tables import Named
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.work.opinions import queries
from lvzhi.work.opinions.queries import FEWEST, Tally

MOST_BARS = 12


@require_safe
@kept_briefly
def figures(request: HttpRequest) -> HttpResponse:
    """The year's numbers, as the worker reckoned them within the hour. Three statements."""
    congress = congress_of(request)
    years = queries.years_with_tables(congress.pk)
    year = _year(request, years)
    found = queries.tables_of(congress.pk, year)
    context: dict[str, object] = {"year": year, "years": _years(years, year), "few": FEWEST}
    if found is not None:
        tables, row = found
        rows = shown.named_rows(congress, tables)
        context |= {
            "whole": tables.whole,
            "figures": _figures(tables.whole),
            "results": _results(tables.whole),
            "months": _months(rows["month"]),
            "sections": _sections(rows),
            "columns": shown.columns(),
            "withheld": shown.withheld_words(),
            "at": cn_datetime(timezone.localtime(row.reckoned_at)),
            "csv_url": f"{reverse('portal-figures-csv')}?year={year}",
        }
    return page(request, "figures", context, current="portal-board")


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The same numbers as a file that spreadsheets open. Three statements; 404 for a year without numbers."""
    congress = congress_of(request)
    year = _year(request, queries.years_with_tables(congress.pk))
    found = queries.tables_of(congress.pk, year)
    if found is None:
        raise Http404
    text = shown.as_csv(found[0], shown.named_rows(congress, found[0]))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="opinions-{year}.csv"'
    return response


def _year(request: HttpRequest, known: Sequence[int]) -> int:
    asked = request.GET.get("year", "")
    found = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else 0
    return found if found in known else clock.today().year


def _years(years: Sequence[int], chosen: int) -> list[Link]:
    address = reverse("portal-figures")
    return [Link(_("%(year)s 年") % {"year": year}, f"{address}?year={year}", current=year == chosen) for year in years]


def _figures(whole: Tally) -> list[Figure]:
    found = [Figure(thousands(whole.received), _("件收到"))]
    if whole.received:
        answered = _("已答复，%(count)s 件") % {"count": thousands(whole.answered)}
        found.append(Figure(percent(whole.answered, whole.received), answered))
    if whole.rated and not whole.hidden:
        solved = _("来信人说解决了，共 %(count)s 人评价") % {"count": thousands(whole.rated)}
        found.append(Figure(percent(whole.solved, whole.rated), solved))
        found.append(Figure(percent(whole.satisfied, whole.rated), _("对办理过程满意或者基本满意")))
    if whole.dated:
        found.append(
            Figure(
                percent(whole.on_time, whole.dated),
                _("按期答复，共 %(count)s 件到期") % {"count": thousands(whole.dated)},
            )
        )
    if whole.days is not None:
        found.append(Figure(_("%(days)s 天") % {"days": whole.days}, _("从收到到答复，一半的件不超过")))
    if whole.said_solved and not whole.hidden:
        again = _("说解决了的，回访 %(count)s 件仍说解决") % {"count": thousands(whole.said_solved)}
        found.append(Figure(percent(whole.confirmed, whole.said_solved), again))
    return found


def _results(whole: Tally) -> list[Count]:
    """Solved, partly, not, in this order, whatever is most."""
    if whole.hidden or not whole.rated:
        return []
    named = ((_("解决了"), whole.solved), (_("解决了一部分"), whole.partly), (_("没有解决"), whole.not_solved))
    return [Count(name, value, shown.share(value, whole.rated)) for name, value in named]


def _months(rows: Sequence[Named]) -> list[Pair]:
    return [Pair(row.name, row.tally.received, row.tally.answered) for row in rows]


def _sections(rows: Mapping[str, Sequence[Named]]) -> list[dict[str, Any]]:
    """Each table with a chart above it whose title says what it shows."""
    found: list[dict[str, Any]] = []
    for group, inside in rows.items():
        if not inside:
            continue
        bars = [Count(row.name, row.tally.received) for row in inside[:MOST_BARS] if row.key]
        found.append({
            "key": group, "title": shown.TITLES[group], "rows": [shown.row_of(row) for row in inside],
            "bars": [] if group == "month" else bars,
            "chart": _("%(name)s收到的最多") % {"name": bars[0].label} if bars else "",
        })  # fmt: skip
    return found
