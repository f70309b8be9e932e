"""A comparison paper as .xlsx: the same three columns, printed across A4 with the head on every page."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lvzhi.core.law.compare import Mark
from lvzhi.core.law.papers.model import HEADS, Cell, Comparison
from lvzhi.core.law.papers.plain import head_lines
from lvzhi.core.law.papers.word import DELETED, INSERTED, SHADE

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = (62, 62, 22)  # characters of the default face
LONGEST = 32_000
"""A cell of a workbook holds 32,767 characters; a longer article is cut, and the cell says so."""
CUT = "……（一格放不下，全文请看 Word 版）"
_STAMP = (1980, 1, 1, 0, 0, 0)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def comparison_xlsx(paper: Comparison) -> bytes:
    """The paper as a workbook; the same paper gives the same bytes."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "修改对照表"
    heads = (paper.heading, *head_lines(paper))
    for number, words in enumerate(heads, 1):
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=3)
        cell = _put(sheet, number, 1, words)
        cell.font = Font(name="黑体", size=16) if number == 1 else Font(name="楷体", size=11)
        cell.alignment = Alignment(horizontal="center" if number == 1 else "left", vertical="center", wrap_text=True)
    top = len(heads) + 1
    thin = Side(style="thin")
    box = Border(left=thin, right=thin, top=thin, bottom=thin)
    for column, words in enumerate(HEADS, 1):
        cell = _put(sheet, top, column, words)
        cell.font, cell.border = Font(name="黑体", size=11), box
        cell.fill = PatternFill("solid", fgColor=SHADE)
        cell.alignment = Alignment(horizontal="center", vertical="center")
    for number, line in enumerate(paper.lines, top + 1):
        for column, value in enumerate((_rich(line.old), _rich(line.new), line.note), 1):
            cell = _put(sheet, number, column, value)
            cell.font, cell.border = Font(name="仿宋", size=11), box
            cell.alignment = Alignment(vertical="top", wrap_text=True)
    _layout(sheet, top)
    book.properties.title, book.properties.creator = paper.heading, "履职"
    out = BytesIO()
    book.save(out)
    return _settled(out.getvalue(), datetime.combine(paper.made, time()))


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> Any:
    """Write a cell as text: words that begin with = are no formula."""
    cell: Any = sheet.cell(row=row, column=column)
    cell.value = _clean(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _rich(cells: Sequence[Cell]) -> Any:
    """Articles with their marks; plain text where nothing is marked."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    if not cells:
        return "—"
    plain = InlineFont(rFont="仿宋", sz=11)
    fonts = {
        Mark.SAME: plain,
        Mark.DELETED: InlineFont(rFont="仿宋", sz=11, strike=True, color=Color(rgb=f"FF{DELETED}")),
        Mark.INSERTED: InlineFont(rFont="仿宋", sz=11, u="single", color=Color(rgb=f"FF{INSERTED}")),
    }
    runs = list(_runs(cells))
    if all(mark is Mark.SAME for mark, _ in runs):
        return "".join(words for _, words in runs)
    return CellRichText(*(TextBlock(fonts[mark], _clean(words)) for mark, words in runs))


def _runs(cells: Sequence[Cell]) -> list[tuple[Mark, str]]:
    """Marks and words in order, at most `LONGEST` characters; neighbours with the same mark put together."""
    found: list[tuple[Mark, str]] = []
    left = LONGEST

    def add(mark: Mark, words: str) -> None:
        nonlocal left
        if not words or left <= 0:
            return
        if len(words) > left:
            words, left = words[:left] + CUT, 0
        left -= len(words)
        if found and found[-1][0] is mark:
            found[-1] = (mark, found[-1][1] + words)
        else:
            found.append((mark, words))

    for number, cell in enumerate(cells):
        add(Mark.SAME, ("\n" if number else "") + (f"{cell.label}　" if cell.label else ""))
        for at, line in enumerate(cell.lines):
            add(Mark.SAME, "\n" if at else "")
            for piece in line:
                add(piece.mark, piece.text)
    return found


def _layout(sheet: Any, top: int) -> None:
    for letter, width in zip("ABC", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = sheet.cell(row=top + 1, column=1)
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "— &P —"


def _settled(raw: bytes, made: datetime) -> bytes:
    """The same bytes with the paper's own day in place of the hour at which they were written."""
    stamp = made.strftime("%Y-%m-%dT%H:%M:%SZ")
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:\w+[^>]*>)[^<]*", lambda found: found[1] + stamp.encode(), data)
            target.writestr(entry, data)
    return out.getvalue()


def _clean(words: str) -> str:
    return _CONTROLS.sub("\ufffd", words[: LONGEST + len(CUT)])
