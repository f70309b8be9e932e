"""From raw cells to a table: the same rules for both formats."""

import unicodedata
from collections.abc import Iterable, Sequence

from lvzhi.core.table.delimited import read_delimited
from lvzhi.core.table.refusal import TableRefused
from lvzhi.core.table.shape import Limits, Row, Table
from lvzhi.core.table.workbook import read_workbook
from lvzhi.core.upload.refusal import UploadRefused, in_units
from lvzhi.core.upload.text import clean_text, csv_safe, looks_like_formula


def read_table(name: str, data: bytes, *, limits: Limits, sheet: str | None = None) -> Table:
    """Read a .csv or .xlsx; `sheet` names a worksheet, else the first visible one is read.

    The first row that is not blank holds the headers. Rows in `Table.rows` are not blank; there is at least
    one. Raises TableRefused, and nothing else whatever the bytes are.
    """
    if len(data) > limits.size:
        raise TableRefused("size", limit=in_units(limits.size))
    extension = name.rpartition(".")[2].casefold()
    try:
        if extension == "csv":
            return _table(read_delimited(data, limits), limits)
        if extension == "xlsx":
            return _table(read_workbook(data, limits, sheet), limits)
    except UploadRefused as refusal:
        raise TableRefused.of(refusal) from refusal
    raise TableRefused("kind")


def _table(records: Iterable[tuple[int, Sequence[str]]], limits: Limits) -> Table:
    columns: dict[int, str] | None = None
    rows: list[Row] = []
    for number, record in records:
        cells = _trimmed(record, number, limits)
        if not cells:
            continue
        if columns is None:
            columns = _headers(cells)
            continue
        if len(rows) == limits.rows:
            raise TableRefused("too_many_rows", limit=limits.rows)
        if row := _row(number, cells, columns):
            rows.append(row)
    if columns is None:
        raise TableRefused("no_header")
    if not rows:
        raise TableRefused("no_rows")
    return Table(tuple(columns.values()), tuple(rows))


def _trimmed(record: Sequence[str], number: int, limits: Limits) -> list[str]:
    """The record without its empty end; [] for a blank one."""
    width = len(record)
    while width and not record[width - 1].strip():
        width -= 1
    if width > limits.columns:
        raise TableRefused("too_many_columns", limit=limits.columns)
    if any(len(cell) > limits.cell for cell in record[:width]):
        raise TableRefused("cell_too_long", row=number, limit=limits.cell)
    return list(record[:width])


def _headers(cells: list[str]) -> dict[int, str]:
    columns: dict[int, str] = {}
    for place, cell in enumerate(cells):
        header = csv_safe("".join(_clean(cell)[0].split()))
        if header in columns.values():
            raise TableRefused("same_header", header=header[:40])
        if header:
            columns[place] = header
    if not columns:
        raise TableRefused("no_header")
    return columns


def _row(number: int, cells: list[str], columns: dict[int, str]) -> Row | None:
    values = dict.fromkeys(columns.values(), "")
    formulas: list[str] = []
    cleaned: list[str] = []
    for place, cell in enumerate(cells):
        text, mended = _clean(cell)
        header = columns.get(place)
        if header is None:
            if text:
                raise TableRefused("blank_header", column=place + 1)
            continue
        if looks_like_formula(cell) or looks_like_formula(text):
            formulas.append(header)
            text = f"'{text}"
        if mended:
            cleaned.append(header)
        values[header] = text
    if not any(values.values()):
        return None
    return Row(number, values, tuple(formulas), tuple(cleaned))


def _clean(cell: str) -> tuple[str, bool]:
    """The cell trimmed and without invisible signs, and whether signs were removed."""
    # NFC may lengthen a text, hence the generous limit: the length was judged before.
    text = clean_text(cell, len(cell) * 4 + 1)
    plain = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n"))
    return text.strip(), text != plain
