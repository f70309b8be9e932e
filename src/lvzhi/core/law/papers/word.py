"""A comparison paper as .docx: A4 across, the head of the table on every page, marks that a black printer shows too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from lvzhi.core.law.compare import Mark, Piece
from lvzhi.core.law.papers.model import HEADS, Cell, Comparison, Line
from lvzhi.core.law.papers.plain import head_lines
from lvzhi.core.paper import oxml
from lvzhi.core.paper.fonts import WORD_NAMES, Face

if TYPE_CHECKING:
    from docx.document import Document

SIZE_TITLE, SIZE_TEXT, SIZE_SMALL = 18, 11, 10.5  # pt
WIDTHS = (112.0, 112.0, 33.0)  # mm: 原文, 新文, 说明; A4 across less 20 mm on either side
MARGIN = 20  # mm
SHORT = 500
"""A row of fewer letters stays on one page."""
DELETED, INSERTED, SHADE = "B42318", "1D4ED8", "EDEDED"
_TWIPS = 1440 / 25.4
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def comparison_docx(paper: Comparison) -> bytes:
    """The paper as a Word document; the same paper gives the same bytes."""
    import docx as library

    document = library.Document()
    _page(document)
    _properties(document, paper)
    _head(document, paper)
    document.element.body.insert(-1, _table(paper))
    return oxml.settled(document)


def _page(document: Document) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.bottom_margin = Mm(MARGIN)
    section.top_margin = Mm(MARGIN)
    normal = document.styles["Normal"]
    normal.font.size = Pt(SIZE_TEXT)
    oxml.set_face(normal, WORD_NAMES[Face.BODY])
    oxml.set_defaults(document, SIZE_TEXT, WORD_NAMES[Face.BODY])
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    oxml.add_page_number(foot, WORD_NAMES[Face.FIGURES])


def _properties(document: Document, paper: Comparison) -> None:
    properties = document.core_properties
    properties.created = properties.modified = datetime.combine(paper.made, time())
    properties.author = properties.last_modified_by = ""
    properties.title = paper.heading
    properties.comments = properties.keywords = properties.subject = ""
    properties.language = "zh-CN"
    properties.revision = 1


def _head(document: Document, paper: Comparison) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(8)
    title.paragraph_format.keep_with_next = True
    run = title.add_run(_clean(paper.heading))
    run.font.size = Pt(SIZE_TITLE)
    oxml.set_face(run, WORD_NAMES[Face.TITLE])
    oxml.set_outline(title, 0)
    for words in head_lines(paper):
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(4)
        run = line.add_run(_clean(words))
        run.font.size = Pt(SIZE_SMALL)
        oxml.set_face(run, WORD_NAMES[Face.SUBHEADING])


def _table(paper: Comparison) -> Any:
    """The table, written at once: a cell at a time takes a minute for a long law."""
    table, properties = oxml.element("tbl"), oxml.element("tblPr")
    properties.append(oxml.element("tblW", w=round(sum(WIDTHS) * _TWIPS), type="dxa"))
    borders = oxml.element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(oxml.element(side, val="single", sz=4, space=0, color="000000"))
    properties.append(borders)
    properties.append(oxml.element("tblLayout", type="fixed"))
    margins = oxml.element("tblCellMar")
    for side, width in (("top", 40), ("left", 100), ("bottom", 40), ("right", 100)):
        margins.append(oxml.element(side, w=width, type="dxa"))
    properties.append(margins)
    table.append(properties)
    grid = oxml.element("tblGrid")
    for column in WIDTHS:
        grid.append(oxml.element("gridCol", w=round(column * _TWIPS)))
    table.append(grid)
    table.append(_row([[_paragraph([_run(head, Face.HEADING)], centred=True)] for head in HEADS], repeats=True))
    for line in paper.lines:
        table.append(_row(_cells(line), whole=_letters(line) < SHORT))
    return table


def _letters(line: Line) -> int:
    """How long the longer column is."""
    return max(
        sum(len(piece.text) for cell in column for words in cell.lines for piece in words)
        for column in (line.old, line.new)
    )


def _cells(line: Line) -> list[list[Any]]:
    return [_column(line.old), _column(line.new), [_paragraph([_run(line.note, Face.SUBHEADING, SIZE_SMALL)])]]


def _column(cells: Sequence[Cell]) -> list[Any]:
    if not cells:
        return [_paragraph([_run("—", Face.BODY)], centred=True)]
    return [each for cell in cells for each in _article(cell)]


def _article(cell: Cell) -> list[Any]:
    """The paragraphs of one article: its number in front of the first, all set in by two characters."""
    first, *rest = cell.lines or ((),)
    lead = [_run(f"{cell.label}　", Face.HEADING)] if cell.label else []
    return [
        _paragraph([*lead, *map(_piece, first)], indented=True),
        *(_paragraph([*map(_piece, line)], indented=True) for line in rest),
    ]


def _row(cells: Sequence[Sequence[Any]], *, repeats: bool = False, whole: bool = False) -> Any:
    row = oxml.element("tr")
    if repeats or whole:
        properties = oxml.element("trPr")
        properties.append(oxml.element("cantSplit"))
        if repeats:
            properties.append(oxml.element("tblHeader"))
        row.append(properties)
    for width, paragraphs in zip(WIDTHS, cells, strict=True):
        cell, layout = oxml.element("tc"), oxml.element("tcPr")
        layout.append(oxml.element("tcW", w=round(width * _TWIPS), type="dxa"))
        if repeats:
            layout.append(oxml.element("shd", val="clear", color="auto", fill=SHADE))
            layout.append(oxml.element("vAlign", val="center"))
        cell.append(layout)
        for each in paragraphs:
            cell.append(each)
        row.append(cell)
    return row


def _paragraph(runs: Sequence[Any], *, centred: bool = False, indented: bool = False) -> Any:
    paragraph, properties = oxml.element("p"), oxml.element("pPr")
    if indented:
        properties.append(oxml.element("ind", firstLine=round(2 * SIZE_TEXT * 20), firstLineChars=200))
    if centred:
        properties.append(oxml.element("jc", val="center"))
    paragraph.append(properties)
    for run in runs:
        paragraph.append(run)
    return paragraph


def _piece(piece: Piece) -> Any:
    return _run(piece.text, Face.BODY, mark=piece.mark)


def _run(words: str, face: Face, size: float = SIZE_TEXT, mark: Mark = Mark.SAME) -> Any:
    """Words with their mark: what is deleted is struck through, what is new underlined, both in colour."""
    from docx.oxml.ns import qn

    run, properties = oxml.element("r"), oxml.element("rPr")
    name = WORD_NAMES[face]
    properties.append(oxml.element("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name))
    if mark is Mark.DELETED:
        properties.append(oxml.element("strike"))
    if mark is not Mark.SAME:
        properties.append(oxml.element("color", val=DELETED if mark is Mark.DELETED else INSERTED))
    properties.append(oxml.element("sz", val=round(size * 2)))
    properties.append(oxml.element("szCs", val=round(size * 2)))
    if mark is Mark.INSERTED:
        properties.append(oxml.element("u", val="single"))
    run.append(properties)
    text = oxml.element("t")
    text.text = _clean(words)
    text.set(qn("xml:space"), "preserve")
    run.append(text)
    return run


def _clean(words: str) -> str:
    return _NOT_XML.sub("\ufffd", words)
