"""A row while it is being planned: it collects what would change and what stands in the way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from lvzhi.core.table import Row, TableRefused, parse_day
from lvzhi.records.people.imports.columns import KEY, cell
from lvzhi.records.people.imports.plan import (
    Change,
    RowAction,
    RowError,
    RowPlan,
    reader_language,
)

_SLUG = re.compile(r"[-A-Za-z0-9_]{1,60}")
_ORDINAL = re.compile(r"第?\s*([0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*(?:号|届|选区|号选区)?")
_DIGITS = {digit: place for place, digit in enumerate("零一二三四五六七八九")}


class Draft:
    """One row being planned. `new` says that the thing the row describes does not exist yet."""

    def __init__(self, row: Row, places: dict[str, str]) -> None:
        self.row = row
        self.places = places
        self.new = False
        self.values: dict[str, str] = {}
        self.changes: list[Change] = []
        self.errors: list[RowError] = []
        self.notices: list[RowError] = []
        columns = {header: column for column, header in places.items()}
        for header in row.formulas:
            if header in columns:
                self.error(columns[header], _("这一格像公式（以 =、+、-、@ 等开头），不能导入。请改成普通文字。"))
        for header in row.cleaned:
            if header in columns:
                self.notice(columns[header], _("去掉了这一格里看不见的字符，请核对。"))
        self.key = self._key()

    def error(self, column: str, sentence: str) -> None:
        """Something stands in the way."""
        self.errors.append(RowError(column, sentence))

    def notice(self, column: str, sentence: str) -> None:
        """Something is worth knowing."""
        self.notices.append(RowError(column, sentence))

    def text(self, column: str, *, limit: int, required: bool = False) -> str:
        """The cell on one line, an error noted when it is missing or longer than `limit` characters."""
        text = cell(self.row, self.places, column)
        if required and not text:
            self.error(column, _("“%(column)s”没有填写。") % {"column": column})
        if len(text) > limit:
            sentence = _("“%(column)s”最多 %(limit)s 个字，现在有 %(length)s 个字。")
            self.error(column, sentence % {"column": column, "limit": limit, "length": len(text)})
        return text

    def day(self, column: str) -> date | None:
        """The day in a cell, or None with an error noted when there is something that is no day."""
        text = cell(self.row, self.places, column)
        if not text:
            return None
        try:
            return parse_day(text)
        except TableRefused as refused:
            self.error(column, refused.sentence(reader_language()))
            return None

    def settle(self, column: str, old: str, new: str) -> None:
        """Note the value a column would have, and the change when there is one."""
        self.values[column] = new
        if old != new and not self.new:
            self.changes.append(Change(column, old, new))

    def plan(self) -> RowPlan:
        """The finished row."""
        changed: RowAction = "change" if self.changes else "same"
        return RowPlan(
            number=self.row.number,
            action="error" if self.errors else "new" if self.new else changed,
            key=self.key,
            values=self.values,
            changes=tuple(self.changes),
            errors=tuple(self.errors),
            notices=tuple(self.notices),
        )

    def _key(self) -> str:
        key = self.text(KEY, limit=60, required=True)
        if key and len(key) <= 60 and not _SLUG.fullmatch(key):
            sentence = _("编号 %(key)s 里只能有英文字母、数字、连字符和下划线。")
            self.error(KEY, sentence % {"key": key})
        self.values[KEY] = key
        return key


def refuse_repeats(drafts: Iterable[Draft], column: str, *, ignore_case: bool = False) -> None:
    """Note an error on every row whose value in `column` also stands in another row."""
    rows: dict[str, list[Draft]] = {}
    for draft in drafts:
        value = cell(draft.row, draft.places, column)
        if value:
            rows.setdefault(value.casefold() if ignore_case else value, []).append(draft)
    for together in rows.values():
        if len(together) > 1:
            for draft in together:
                draft.error(column, _repeated(column, cell(draft.row, draft.places, column), together))


def _repeated(column: str, value: str, drafts: list[Draft]) -> str:
    numbers = [draft.row.number for draft in drafts]
    if len(numbers) == 2:
        sentence = _("第 %(first)s 行和第 %(second)s 行用了同一个%(column)s %(value)s。")
        return sentence % {"first": numbers[0], "second": numbers[1], "column": column, "value": value}
    sentence = _("第 %(rows)s 行用了同一个%(column)s %(value)s。")
    return sentence % {"rows": "、".join(map(str, numbers[:10])), "column": column, "value": value}


def ordinal(text: str) -> int | None:
    """14 from 14, 第14选区, 第十四选区 or 第14届; None for anything else. From 1 to 999."""
    found = _ORDINAL.fullmatch(text)
    if not found:
        return None
    written = found[1]
    number = int(written) if written.isdigit() and written.isascii() else _chinese(written)
    return number or None


def _chinese(written: str) -> int:
    """1 to 99 in Chinese figures; 0 when they are not put together as a number."""
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return _DIGITS[written] if len(written) == 1 else 0
    if len(tens) > 1 or len(ones) > 1 or "十" in tens:
        return 0
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
