"""The preview as a table people can take back to their desk, and an empty table to begin with."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lvzhi.core.table import write_table
from lvzhi.records.people.imports.columns import COLUMNS
from lvzhi.records.people.imports.plan import Kind, Preview, RowAction, RowPlan


def export_errors_csv(preview: Preview) -> str:
    """Every row with what would happen to it, one line per error and notice; encode as utf-8-sig.

    Cells come from outside: those a spreadsheet would run are shown as text (`core.table.write_table`).
    """
    headers = (_("行"), _("编号"), _("处理"), _("列"), _("说明"))
    return write_table(headers, (line for row in preview.rows for line in _lines(row)))


def template_csv(kind: Kind) -> str:
    """The columns of a table and no rows; encode as utf-8-sig."""
    return write_table(COLUMNS[kind], ())


def action_name(action: RowAction) -> str:
    """What happens to a row, in a word."""
    return {"new": _("新增"), "change": _("修改"), "same": _("不变"), "error": _("有错误")}[action]


def _lines(row: RowPlan) -> Iterator[tuple[str, ...]]:
    start = (str(row.number), row.key, action_name(row.action))
    told = [(error.column, error.sentence) for error in (*row.errors, *row.notices)]
    if not row.errors:
        sentence = _("%(old)s → %(new)s")
        told += [
            (change.column, sentence % {"old": change.old or _("（空）"), "new": change.new or _("（空）")})
            for change in row.changes
        ]
    for column, sentence in told or [("", "")]:
        yield (*start, column, sentence)
