"""Charts as plain SVG: positions in attributes, colours in classes, labels on the marks.

Each function returns the numbers a template needs; the templates draw, and write the data table.
The canvas is 340 units wide so that its letters stay readable on a phone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext

from lvzhi.faces.design.shapes import Count, DayLoad, Pair, coerce
from lvzhi.faces.design.wording import cn_date, thousands

WIDTH = 340
ROW = 32
TALLY_WIDTH = 380
TALLY_FILLS = ("f1", "f2", "f5", "f6", "f3", "f4")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar and its words, in units of the canvas."""

    label: str
    shown: str
    x: float
    y: int
    width: float
    fill: str
    text_y: int
    shown_x: float


@dataclass(frozen=True, slots=True)
class Bars:
    """A whole bar chart; `limit_x` is None when no limit is drawn."""

    bars: Sequence[Bar]
    height: int
    spoken: str
    limit_x: float | None
    rows: Sequence[Count]


def _letters(text: str) -> float:
    """Width of a label in letters of the canvas: a Chinese one counts 1, a Latin one 0.6."""
    return sum(1.0 if ord(each) > 0x2E7F else 0.6 for each in text)


def bars(rows: Sequence[object], unit: str = "", limit: float | None = None) -> Bars:
    """Lay out horizontal bars from zero; the longest ends before its number, however long that is."""
    counts = [coerce(Count, row) for row in rows]
    left = min(150.0, max([_letters(each.label) * 13 for each in counts] or [0]) + 14)
    most = max([float(each.value) for each in counts] + [limit or 0.0, 1e-9])
    right = max([58.0, *(_letters(each.shown) * 14 + 10 for each in counts)])
    room = WIDTH - left - right
    drawn = [
        Bar(
            label=each.label,
            shown=each.shown or thousands(each.value),
            x=round(left, 1),
            y=6 + ROW * place + (14 if limit is not None else 0),
            width=round(room * float(each.value) / most, 1),
            fill="late" if each.tone == "late" else "f1",
            text_y=22 + ROW * place + (14 if limit is not None else 0),
            shown_x=round(left + room * float(each.value) / most + 7, 1),
        )
        for place, each in enumerate(counts)
    ]
    spoken = "，".join(f"{each.label} {each.shown or thousands(each.value)} {unit}".strip() for each in counts)
    return Bars(
        bars=drawn,
        height=ROW * len(counts) + 4 + (14 if limit is not None else 0),
        spoken=spoken,
        limit_x=None if limit is None else round(left + room * limit / most, 1),
        rows=counts,
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One pair of columns: the first value behind, the second before it; `shown` above them."""

    label: str
    middle: float
    x: float
    first_y: float
    first_height: float
    second_y: float
    second_height: float
    shown: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A whole column chart. `step` lines of the grid with their numbers; `width` of a column, of the inner one."""

    columns: Sequence[Column]
    grid: Sequence[tuple[float, str]]
    width: float
    inner: float
    spoken: str
    rows: Sequence[Pair]


COLUMN_TOP, COLUMN_BASE, COLUMN_LEFT = 22, 172, 30


def columns(rows: Sequence[object], first: str, second: str) -> Columns:
    """Lay out upright columns from zero: of `first`, how much is `second`; both in the same unit."""
    pairs = [coerce(Pair, row) for row in rows]
    most = _round_up(max([float(each.value) for each in pairs] or [0]))
    scale, room = (COLUMN_BASE - COLUMN_TOP) / most, (WIDTH - COLUMN_LEFT) / max(len(pairs), 1)
    width = min(34.0, room * 0.72)
    labels = _fitting([each.label for each in pairs], room)
    drawn = []
    for place, each in enumerate(pairs):
        high, part = float(each.value) * scale, min(float(each.part), float(each.value)) * scale
        middle = COLUMN_LEFT + room * (place + 0.5)
        drawn.append(
            Column(
                label=labels[place],
                middle=round(middle, 1),
                x=round(middle - width / 2, 1),
                first_y=round(COLUMN_BASE - high, 1),
                first_height=round(high, 1),
                second_y=round(COLUMN_BASE - part, 1),
                second_height=round(part, 1),
                shown=thousands(each.value) if each.value else "",
            )
        )
    grid = [(round(COLUMN_BASE - most * scale * at / 2, 1), thousands(int(most * at / 2))) for at in (0, 1, 2)]
    spoken = gettext("；").join(
        gettext("%(label)s：%(first)s %(value)s，%(second)s %(part)s")
        % {"label": each.label, "first": first, "value": each.value, "second": second, "part": each.part}
        for each in pairs
    )
    return Columns(drawn, grid, round(width, 1), round(width * 0.56, 1), spoken, pairs)


def _fitting(labels: Sequence[str], room: float) -> Sequence[str]:
    """Labels that fit under their columns: of 1月 to 12月 the numbers alone where one of them is too wide."""
    digits = ["".join(letter for letter in each if letter.isdigit()) for each in labels]
    fit = all(_letters(each) * 13 < room for each in labels)
    return labels if fit or not all(digits) else digits


def _round_up(value: float) -> float:
    """The next even round number: 2, 4, 6, 8, 10, 20, 40 … so that half of it is whole as well."""
    step = 1.0
    while True:
        for times in (2, 4, 6, 8, 10):
            if value <= step * times:
                return step * times
        step *= 10


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of the tally's bar."""

    label: str
    value: int
    fill: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tally:
    """A result over all members, present or not, with the line of the majority."""

    parts: Sequence[Part]
    needed_x: float
    needed_anchor: str
    spoken: str


def tally(counts: Sequence[object], total: int, needed: int) -> Tally:
    """Lay out the votes over all `total` members; the rest are drawn empty as 未到会.

    Raises ValueError when there are more votes than members.
    """
    given = [coerce(Count, each) for each in counts]
    absent = total - sum(int(each.value) for each in given)
    if absent < 0:
        raise ValueError(f"{total - absent} votes counted, but only {total} members")
    unit = (TALLY_WIDTH - 2) / max(total, 1)
    parts: list[Part] = []
    x = 1.0
    if absent:
        given = [*given, Count(gettext("未到会"), absent)]
    for place, each in enumerate(given):
        away = bool(absent) and place == len(given) - 1
        fill = "away" if away else TALLY_FILLS[place % len(TALLY_FILLS)]
        width = int(each.value) * unit
        parts.append(Part(each.label, int(each.value), fill, round(x, 1), round(width, 1)))
        x += width
    votes = gettext("、").join(
        gettext("%(choice)s %(count)s 票") % {"choice": each.label, "count": each.value} for each in parts
    )
    spoken = gettext("%(votes)s。全体组成人员 %(total)s 人，过半数为 %(needed)s 票") % {
        "votes": votes,
        "total": total,
        "needed": needed,
    }
    line = 1 + needed * unit
    return Tally(parts, round(line, 1), "start" if line < TALLY_WIDTH / 2 + 40 else "end", spoken)


@dataclass(frozen=True, slots=True)
class LoadDay:
    """One day of the strip: where it stands, what it says, its blocks from the base up."""

    x: int
    middle: int
    words: str
    month: str
    rest: bool
    strong: bool
    blocks: Sequence[int]
    more: str


@dataclass(frozen=True, slots=True)
class Load:
    """Four weeks of deadlines."""

    days: Sequence[LoadDay]
    late: int
    late_blocks: Sequence[int]
    width: int
    spoken: str


def due_load(days: Sequence[object], today: dt.date, late: int = 0) -> Load:
    """Lay out one column a day, a block for each case; more than four are one block with their number."""
    shown = [coerce(DayLoad, each) for each in days]
    drawn = []
    for place, each in enumerate(shown):
        named = place == 0 or each.day.day == 1
        drawn.append(
            LoadDay(
                x=94 + 38 * place,
                middle=112 + 38 * place,
                words=str(each.day.day),
                month=date_format(each.day, gettext("n月")) if named else "",
                rest=each.rest,
                strong=each.day == today,
                blocks=[] if each.count > 4 else [28 - 9 * height for height in range(each.count)],
                more=str(each.count) if each.count > 4 else "",
            )
        )
    due_total = sum(each.count for each in shown)
    busiest = max(shown, key=lambda each: each.count, default=None)
    spoken = gettext("逾期 %(late)s 件；四周内共 %(count)s 件到期") % {"late": late, "count": due_total}
    if busiest and busiest.count:
        spoken += gettext("，最多的一天是 %(day)s，%(count)s 件") % {
            "day": cn_date(busiest.day),
            "count": busiest.count,
        }
    width = 94 + 38 * len(shown) + 18
    return Load(drawn, late, [27 - 9 * height for height in range(min(late, 3))], width, spoken)
