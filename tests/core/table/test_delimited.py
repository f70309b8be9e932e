"""Delimited text in and out."""

import codecs
from contextlib import suppress
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core.table import Limits, TableRefused, read_table, write_table
from lvzhi.core.upload import clean_text, csv_safe

LIMITS = Limits()
SAMPLE = "姓名,编号\n沈明琪,D-018\n乔之安,D-019\n"
printable = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn")), max_size=12)
cells = st.one_of(printable, st.text("\",;\t\n'=+-@云麓区 ", max_size=8))


def refusal(data: bytes, name: str = "a.csv", limits: Limits = LIMITS) -> TableRefused:
    with pytest.raises(TableRefused) as caught:
        read_table(name, data, limits=limits)
    assert caught.value.sentence("zh") != caught.value.sentence("en")
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "gbk"])
def test_the_usual_encodings_are_recognised(encoding: str) -> None:
    table = read_table("名单.CSV", SAMPLE.encode(encoding), limits=LIMITS)
    assert table.headers == ("姓名", "编号")
    assert [row.cells["姓名"] for row in table.rows] == ["沈明琪", "乔之安"]


def test_utf_16_with_the_other_byte_order_is_recognised() -> None:
    table = read_table("a.csv", codecs.BOM_UTF16_BE + SAMPLE.encode("utf-16-be"), limits=LIMITS)
    assert table.rows[1].cells == {"姓名": "乔之安", "编号": "D-019"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_outside_quotes(delimiter: str) -> None:
    text = f'"姓,名;\t全"{delimiter}编号\n沈明琪{delimiter}D-018\n'
    table = read_table("a.csv", text.encode(), limits=LIMITS)
    assert table.headers == ("姓,名;全", "编号")


def test_rows_are_numbered_as_the_spreadsheet_shows_them() -> None:
    text = '\n姓名,编号\n\n"沈\n明琪",1\n,\n乔之安,2\n'
    table = read_table("a.csv", text.encode(), limits=LIMITS)
    assert [(row.number, row.cells["姓名"]) for row in table.rows] == [(4, "沈\n明琪"), (6, "乔之安")]


def test_a_short_row_is_filled_with_empty_cells() -> None:
    table = read_table("a.csv", "姓名,编号,选区\n沈明琪\n".encode(), limits=LIMITS)
    assert table.rows[0].cells == {"姓名": "沈明琪", "编号": "", "选区": ""}


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", "+SUM(A1)", "-2+3", "@x", "\t=1", "\r=1", "＝1", "\u200b=1"])
def test_a_formula_is_named_and_made_harmless(cell: str) -> None:
    quoted = '"' + cell + '"'
    row = read_table("a.csv", f"姓名,编号\n{quoted},1\n".encode(), limits=LIMITS).rows[0]
    assert row.formulas == ("姓名",)
    assert row.cells["姓名"].startswith("'")


@pytest.mark.parametrize("cell", ["-3", "+86", "-1.5%", "a=b", "3-2"])
def test_a_plain_number_or_text_is_no_formula(cell: str) -> None:
    row = read_table("a.csv", f"姓名,编号\n{cell},1\n".encode(), limits=LIMITS).rows[0]
    assert row.formulas == ()
    assert row.cells["姓名"] == cell


def test_invisible_signs_are_removed_and_the_cell_is_named() -> None:
    text = "姓名,编号\n沈\u202e明\u0007琪,D\u200b-018\n乔之安,D-019\n" + "填,充\n" * 60
    table = read_table("a.csv", text.encode(), limits=LIMITS)
    assert table.rows[0].cells == {"姓名": "沈明琪", "编号": "D-018"}
    assert table.rows[0].cleaned == ("姓名", "编号")
    assert table.rows[1].cleaned == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_header"),
        (b"\n,,\n", "no_header"),
        ("姓名\n".encode(), "no_rows"),
        ("姓名,姓 名\n1,2\n".encode(), "same_header"),
        ("姓名\n沈明琪,多出来的\n".encode(), "blank_header"),
        ('姓名\n"沈明琪\n'.encode(), "quotes"),
        ('姓名\n"沈"明琪\n'.encode(), "quotes"),
        (b"\x00\x01\x02", "encoding"),
        (b"\xff\xfe\x00", "encoding"),
        ("姓名\n".encode() + b"x" * 200_000, "cell_too_long"),
        ("姓名\n".encode() + b"x" * 2_001, "cell_too_long"),
        (b",".join(b"h%d" % n for n in range(61)), "too_many_columns"),
        (b"h\n" + b"1\n" * 20_001, "too_many_rows"),
        (b"x" * (5 << 20) + b"x", "size"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_only_two_formats_are_taken() -> None:
    assert refusal(b"a", name="名单.xls").code == "kind"
    assert refusal(b"a", name="csv").code in {"kind", "no_rows"}


@given(st.binary(max_size=300))
def test_random_bytes_are_a_table_or_are_refused(data: bytes) -> None:
    for name in ("a.csv", "a.xlsx", ""):
        with suppress(TableRefused):
            assert read_table(name, data, limits=LIMITS).rows


@given(
    st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
)
def test_any_table_we_write_we_read_back(
    rows: list[tuple[str, str, str]], delimiter: Literal[",", ";", "\t"], encoding: str
) -> None:
    headers = ("姓名", "编号", "所在机构")
    first = ("沈明琪", "D-018", "")
    written = write_table(headers, [first, *rows], delimiter=delimiter).encode(encoding)

    table = read_table("a.csv", written, limits=LIMITS)

    expected = [[clean_text(csv_safe(cell), 999).strip() for cell in row] for row in (first, *rows)]
    assert table.headers == headers
    assert [list(row.cells.values()) for row in table.rows] == [row for row in expected if any(row)]


@given(cells)
def test_no_cell_we_write_is_run_by_a_spreadsheet(cell: str) -> None:
    written = write_table(("列", "编号"), [(cell, "1")]).encode()
    assert read_table("a.csv", written, limits=LIMITS).rows[0].formulas == ()
