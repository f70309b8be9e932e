"""Which lines that begin with 第…条 are articles of the text itself, and which only quote one.

The articles of a text are numbered without gaps; a quoted article stands out of the row. So a number that does not
follow is taken for a quotation when the row goes on later, or when the text amends another; else the row has a gap.
"""

from __future__ import annotations

from collections.abc import Sequence

from lvzhi.core.law.structure.drafts import Line, Sheet
from lvzhi.core.law.structure.lines import Mark, article, words_at


def articles(sheet: Sheet, lines: Sequence[Line], *, amends: bool) -> dict[int, Mark]:
    """The articles among these lines, by the place of the line."""
    loose: dict[int, Mark] = {}
    tight: dict[int, Mark] = {}
    for at, line in enumerate(lines):
        first = words_at(line.text)
        begins = line.text[first : first + 1]
        if begins != "第" and begins not in "一二三四五六七八九十":
            continue
        if found := article(line.text, first):
            loose[at] = found
        elif found := article(line.text, first, tight=True):
            tight[at] = found
    # A text of which hardly an article has a space behind 条 is written without it throughout.
    return _row(sheet, lines, loose, tight, amends=amends)


def _row(
    sheet: Sheet, lines: Sequence[Line], loose: dict[int, Mark], tight: dict[int, Mark], *, amends: bool
) -> dict[int, Mark]:
    later: dict[int, int] = {}
    for at, mark in loose.items():
        later[_whole(mark)] = at  # the last place where this number stands
    kept: dict[int, Mark] = {}
    last, part = 0, 0
    for at in sorted({*loose, *tight}):
        mark = loose.get(at) or tight[at]
        number, sub = _split(mark)
        follows = (number == last + 1 and not sub) or (number == last and sub == part + 1)
        if follows:
            kept[at], last, part = mark, number, sub
            continue
        if at not in loose:
            continue
        ahead = number > last and later.get(last + 1, -1) > at
        if kept and (amends or (number, sub) <= (last, part) or ahead):
            sheet.note(lines[at].number, "article_quoted", mark.label)
            continue
        if kept:
            sheet.note(lines[at].number, "article_gap", f"{_name(last, part)} → {mark.label}")
        kept[at], last, part = mark, number, sub
    return kept


def _split(mark: Mark) -> tuple[int, int]:
    number, _, sub = mark.number.partition("-")
    return int(number), int(sub or 0)


def _whole(mark: Mark) -> int:
    return int(mark.number.partition("-")[0])


def _name(number: int, sub: int) -> str:
    return f"第{number}条" + (f"之{sub}" if sub else "")
