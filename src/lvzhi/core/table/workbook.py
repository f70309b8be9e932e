"""Values of an .xlsx worksheet, read by calamine after the package has been judged."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO

import python_calamine as calamine

from lvzhi.core.table.refusal import TableRefused
from lvzhi.core.table.shape import Limits
from lvzhi.core.table.workbook_check import check_workbook

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def read_workbook(data: bytes, limits: Limits, sheet: str | None) -> Iterator[tuple[int, list[str]]]:
    """Row number, as a spreadsheet shows it, and cells as text. Raises TableRefused or UploadRefused."""
    check_workbook(data, limits)
    try:
        rows = _rows(data, sheet)
    except TableRefused:
        raise
    except Exception as error:
        raise TableRefused("damaged") from error
    except BaseException as error:
        # A panic inside calamine arrives as PanicException, which is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise TableRefused("damaged") from error
    for place, row in enumerate(rows):
        yield place + 1, [as_text(value) for value in row]


def _rows(data: bytes, name: str | None) -> list[list[Value]]:
    with calamine.CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        names = [
            meta.name
            for meta in book.sheets_metadata
            if meta.typ == calamine.SheetTypeEnum.WorkSheet
            and (meta.name == name or (name is None and meta.visible == calamine.SheetVisibleEnum.Visible))
        ]
        if not names and name is not None:
            raise TableRefused("sheet", sheet=name[:40])
        if not names:
            raise TableRefused("no_header")
        return book.get_sheet_by_name(names[0]).to_python(skip_empty_area=False)


def as_text(value: Value) -> str:
    """A cell as people would type it: 3 not 3.0, 2026-03-05, TRUE; no exponents."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer():
            return str(int(value))
        number = Decimal(repr(value))
        return format(number, "f") if number.is_finite() else str(number)
    if isinstance(value, datetime.datetime):
        whole_day = value.time() == datetime.time.min
        return value.date().isoformat() if whole_day else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)
