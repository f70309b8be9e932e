"""The statistics as pages and files show them: named rows, columns, and what is withheld."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from uuid import UUID

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.core.upload import csv_safe
from lvzhi.faces.design.shapes import Column, Row
from lvzhi.faces.design.wording import percent, thousands
from lvzhi.faces.portal.topics import category_choices
from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions.queries import FEWEST, GROUPS, Tables, Tally

TITLES = {
    "category": gettext_lazy("按类别"),
    "street": gettext_lazy("按街道、镇"),
    "month": gettext_lazy("按收到的月份"),
    "body": gettext_lazy("按承办单位"),
}
FIELDS = (
    "received", "answered", "dated", "on_time", "days", "rated", "solved", "partly", "not_solved", "satisfied",
    "said_solved", "confirmed", "synthetic",
)  # fmt: skip
OPINIONS_OF = frozenset({"solved", "partly", "not_solved", "satisfied", "said_solved", "confirmed"})
"""What people said; withheld where too few did."""


@dataclass(frozen=True, slots=True)
class Named:
    """A row with the name it is shown under."""

    key: str
    name: str
    tally: Tally


def headings() -> dict[str, str]:
    """The columns of a file, by the field of `Tally`."""
    named = (
        _("收到"), _("已答复"), _("有期限且到期或办到的"), _("按期"), _("答复天数（中位数）"), _("评价人数"),
        _("解决了"),
        _("解决了一部分"), _("没有解决"), _("满意或者基本满意"), _("评价解决后又回访的"), _("回访仍说解决的"),
        _("试用导入的评价（没有计入）"),
    )  # fmt: skip
    return dict(zip(FIELDS, named, strict=True))


def named_rows(congress: Congress, tables: Tables) -> dict[str, list[Named]]:
    """The rows of each table with their names, most received first, months in their order. One statement."""
    keys = {key for name in ("street", "body") for key in tables.groups[name] if key}
    bodies = {
        str(key): short
        for key, short in Body.objects.of(congress)
        .filter(pk__in=[UUID(key) for key in keys])
        .values_list("pk", "short")
    }
    names: dict[str, Mapping[str, str]] = {
        "category": dict(category_choices(congress)),
        "street": bodies,
        "body": bodies,
        "month": {str(month): date_format(date(2000, month, 1), _("n月")) for month in range(1, 13)},
    }
    none = {"category": _("没有归类"), "street": _("没有写明"), "body": _("还没有交办"), "month": ""}
    found = {}
    for group in GROUPS:
        rows = [
            Named(key, names[group].get(key, key) if key else none[group], row)
            for key, row in tables.groups[group].items()
        ]
        rows.sort(key=lambda row: int(row.key) if group == "month" else -row.tally.received)
        found[group] = rows
    return found


def columns() -> list[Column]:
    """The columns of a table on the page; solved stands before satisfied."""
    texts = (
        _("收到"), _("已答复"), _("按期"), _("天数"), _("评价"), _("解决了"), _("部分"), _("没有"), _("满意"),
        _("回访确认"),
    )  # fmt: skip
    return [Column(_("项目")), *(Column(text, number=True) for text in texts)]


def row_of(named: Named) -> Row:
    """A row of a table on the page."""
    tally = named.tally
    said = [_few(tally.rated)] * 4 if tally.hidden else _said(tally)
    again = "" if tally.hidden or not tally.said_solved else f"{tally.confirmed}/{tally.said_solved}"
    return Row([
        named.name, thousands(tally.received), share(tally.answered, tally.received), share(tally.on_time, tally.dated),
        "" if tally.days is None else tally.days, thousands(tally.rated), *said, again,
    ])  # fmt: skip


def _said(tally: Tally) -> list[str]:
    return [share(part, tally.rated) for part in (tally.solved, tally.partly, tally.not_solved, tally.satisfied)]


def _few(rated: int) -> str:
    return _("不列") if rated else ""


def share(part: int, whole: int) -> str:
    """A part with its percentage of the whole; empty without a whole."""
    return f"{thousands(part)}（{percent(part, whole)}）" if whole else ""


def as_csv(tables: Tables, rows: Mapping[str, Sequence[Named]]) -> str:
    """Every table in one file, a row each: the group, the name, the numbers. What is withheld is empty."""
    out = StringIO()
    out.write("\ufeff")  # without it Excel takes UTF-8 for something else
    writer = csv.writer(out)
    writer.writerow([_("年份"), _("分组"), _("名称"), *headings().values(), _("说明")])
    writer.writerows(_lines(tables, rows))
    return out.getvalue()


def _lines(tables: Tables, rows: Mapping[str, Sequence[Named]]) -> Iterator[list[object]]:
    yield [tables.year, _("合计"), _("全部"), *_numbers(tables.whole)]
    for group, found in rows.items():
        for named in found:
            yield [tables.year, str(TITLES[group]), csv_safe(named.name), *_numbers(named.tally)]


def _numbers(tally: Tally) -> list[object]:
    shown = [
        "" if (tally.hidden and name in OPINIONS_OF) or getattr(tally, name) is None else getattr(tally, name)
        for name in FIELDS
    ]
    return [*shown, withheld_words() if tally.hidden else ""]


def withheld_words() -> str:
    """Why a row says nothing of its ratings."""
    return _("评价的不到 %(few)s 人，或者能由别的行倒推出来，怎么评的不列") % {"few": FEWEST}
