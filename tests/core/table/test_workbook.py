"""Worksheets: values as text, and sheets that would cost too much refused before they are read."""

import datetime
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from lvzhi.core.table import Limits, TableRefused, read_table

LIMITS = Limits()
SHEET = "xl/worksheets/sheet1.xml"


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名单"
    for row in rows:
        sheet.append(row)
    other = book.create_sheet("说明")
    other.append(("说明",))
    other.append(("填表说明",))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def changed(data: bytes, change: Callable[[str, bytes], bytes], extra: dict[str, bytes] | None = None) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change(entry.filename, old.read(entry)))
        for name, content in (extra or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, content: content.replace(old, new) if name == SHEET else content


def refusal(data: bytes, limits: Limits = LIMITS, sheet: str | None = None) -> str:
    with pytest.raises(TableRefused) as caught:
        read_table("a.xlsx", data, limits=limits, sheet=sheet)
    assert caught.value.sentence("en")
    return caught.value.code


PLAIN = workbook(("姓名", "起始"), ("沈明琪", "2021-12-01"))


def test_values_become_the_text_people_would_type() -> None:
    data = workbook(
        ("a", "b", "c", "d", "e", "f"),
        (3.0, 2.5, datetime.date(2026, 3, 5), datetime.datetime(2026, 3, 5, 9, 30), True, 0.0000001),
    )
    cells = read_table("a.xlsx", data, limits=LIMITS).rows[0].cells
    assert list(cells.values()) == ["3", "2.5", "2026-03-05", "2026-03-05 09:30:00", "TRUE", "0.0000001"]


def test_rows_keep_their_numbers_when_the_table_begins_lower() -> None:
    data = workbook((), (), ("姓名", "编号"), (), ("沈明琪", 18))
    table = read_table("a.xlsx", data, limits=LIMITS)
    assert [(row.number, dict(row.cells)) for row in table.rows] == [(5, {"姓名": "沈明琪", "编号": "18"})]


def test_the_first_sheet_is_read_unless_another_is_named() -> None:
    assert read_table("a.xlsx", PLAIN, limits=LIMITS).headers == ("姓名", "起始")
    assert read_table("a.xlsx", PLAIN, limits=LIMITS, sheet="说明").headers == ("说明",)
    assert refusal(PLAIN, sheet="没有") == "sheet"


def test_text_that_looks_like_a_formula_is_named_in_a_workbook_too() -> None:
    data = changed(workbook(("姓名",), ("XX",)), lambda _, content: content.replace(b">XX<", b">=1+1<"))
    row = read_table("a.xlsx", data, limits=LIMITS).rows[0]
    assert (row.formulas, row.cells["姓名"]) == (("姓名",), "'=1+1")


def test_one_cell_in_the_last_corner_is_refused_before_it_is_laid_out() -> None:
    assert refusal(changed(PLAIN, in_sheet(b'r="A2"', b'r="A1048576"'))) == "too_many_rows"
    assert refusal(changed(PLAIN, in_sheet(b'r="A2"', b'r="XFD2"'))) == "too_many_columns"
    far_row = changed(changed(PLAIN, in_sheet(b'<c r="A2"', b"<c")), in_sheet(b'<row r="2"', b'<row r="1048576"'))
    assert refusal(far_row) == "too_many_rows"


def test_a_styled_but_empty_cell_far_below_does_no_harm() -> None:
    styled = b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>'
    data = changed(PLAIN, in_sheet(b"</sheetData>", styled))
    assert len(read_table("a.xlsx", data, limits=LIMITS).rows) == 1


def shared(text: str, times: int) -> bytes:
    """A workbook whose second row names one shared string in `times` cells."""
    cells = "".join('<c t="s"><v>0</v></c>' for _ in range(times))
    second = f"<row>{cells}</row></sheetData>".encode()
    strings = f"<sst><si><t>{text}</t></si></sst>".encode()
    headers = tuple(f"h{n}" for n in range(times))
    return changed(workbook(headers), in_sheet(b"</sheetData>", second), {"xl/sharedStrings.xml": strings})


def test_shared_strings_are_read() -> None:
    assert read_table("a.xlsx", shared("松影里", 2), limits=LIMITS).rows[0].cells == {
        "h0": "松影里",
        "h1": "松影里",
    }


def test_a_long_string_shared_by_many_cells_is_added_up() -> None:
    assert refusal(shared("x" * 1_000, 30), Limits(text=20_000)) == "too_much_text"


def test_a_shared_string_that_is_not_there_is_called_damaged() -> None:
    assert refusal(changed(shared("x", 2), in_sheet(b"<v>0", b"<v>7"))) == "damaged"


def test_a_package_that_unpacks_too_large_is_refused() -> None:
    assert refusal(PLAIN, Limits(unpacked=2_000)) == "unpacked"


def test_macros_and_other_packages_are_refused() -> None:
    assert refusal(changed(PLAIN, lambda _, content: content, {"xl/vbaProject.bin": b"\x00"})) == "macros"
    empty = BytesIO()
    with zipfile.ZipFile(empty, "w") as package:
        package.writestr("a.txt", b"a")
    assert refusal(empty.getvalue()) == "kind"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="A2"', b'r="2A"'),
        (b'<row r="2"', b'<row r="-2"'),
        (b"</sheetData>", b""),
        (b"</row>", b""),
    ],
)
def test_a_sheet_that_contradicts_itself_is_called_damaged(old: bytes, new: bytes) -> None:
    assert refusal(changed(PLAIN, in_sheet(old, new))) == "damaged"


@given(st.data())
def test_a_workbook_with_changed_bytes_is_read_or_refused(data: st.DataObject) -> None:
    parts = {"n": 0}
    victim = data.draw(st.integers(0, 12))

    def spoil(_: str, content: bytes) -> bytes:
        parts["n"] += 1
        if parts["n"] - 1 != victim or not content:
            return content
        at = data.draw(st.integers(0, len(content) - 1))
        return content[:at] + data.draw(st.binary(min_size=1, max_size=6)) + content[at + 1 :]

    broken = changed(PLAIN, spoil)
    with suppress(TableRefused):
        assert read_table("a.xlsx", broken, limits=LIMITS).rows


@given(st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=8))
def test_a_package_with_changed_bytes_is_read_or_refused(at: int, put: bytes) -> None:
    with suppress(TableRefused):
        assert read_table("a.xlsx", PLAIN[:at] + put + PLAIN[at + len(put) :], limits=LIMITS).rows
