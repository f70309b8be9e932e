"""The parts of WordprocessingML that python-docx has no words for, as small functions.

Units: pt as given, mm as named; OOXML wants twips (1/20 pt), half points and 1/8 points.
"""

import math
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lvzhi.core.paper import measures as m

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STAMP = (1980, 1, 1, 0, 0, 0)
_AFTER_BORDER = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:kinsoku",
    "w:wordWrap",
    "w:overflowPunct",
    "w:topLinePunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:bidi",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)
"""What the schema wants behind `w:pBdr` (CT_PPrBase)."""
_AFTER_SNAP = _AFTER_BORDER[_AFTER_BORDER.index("w:snapToGrid") + 1 :]
_AFTER_OUTLINE = _AFTER_BORDER[_AFTER_BORDER.index("w:outlineLvl") + 1 :]


def twips(points: float) -> int:
    """Points in twentieths."""
    return round(points * 20)


def element(tag: str, **attributes: str | int) -> Any:
    """A `w:` element with `w:` attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_face(run_or_style: Any, face: str) -> None:
    """Name the face for Latin, figures and Chinese alike: `eastAsia` is what Word reads for Chinese."""
    from docx.oxml.ns import qn

    fonts = run_or_style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [key for key in fonts.attrib if "Theme" in key]:
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{name}"), face)


def set_grid(section: "Section") -> None:
    """22 lines a page, snapped to the grid; 28 characters a line come from `condense`.

    A negative `charSpace` would say the same to Word, but LibreOffice then gives every
    character two cells, because a character of size three is wider than one.
    """
    properties = section._sectPr
    for old in properties.findall(f"{{{_W}}}docGrid"):
        properties.remove(old)
    properties.append(element("docGrid", type="linesAndChars", linePitch=int(m.LINE * 20), charSpace=0))


def condense(style: Any) -> None:
    """Bring the characters of a style as close as 28 of size three on a line need."""
    properties = style.element.get_or_add_rPr()
    closer = math.floor((m.CHAR - m.SIZE_THREE) * 20)
    properties.insert_element_before(element("spacing", val=closer), "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def set_defaults(document: "Document", size: float, face: str) -> None:
    """Size and face of the document's defaults: LibreOffice measures the character grid by them."""
    from docx.oxml.ns import qn

    properties = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:rPr')}")
    for child in list(properties):
        properties.remove(child)
    properties.append(element("rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face))
    properties.append(element("sz", val=round(size * 2)))
    properties.append(element("szCs", val=round(size * 2)))
    properties.append(element("lang", val="zh-CN", eastAsia="zh-CN", bidi="ar-SA"))


def leave_grid(paragraph: "Paragraph") -> None:
    """Let a paragraph keep its own measures instead of the 22 by 28 grid."""
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(element("snapToGrid", val=0), *_AFTER_SNAP)
    for run in paragraph.runs:
        run_properties = run._r.get_or_add_rPr()
        run_properties.insert_element_before(
            element("snapToGrid", val=0), "w:vanish", "w:webHidden", "w:color", "w:spacing", "w:w", "w:sz"
        )


def set_outline(paragraph: "Paragraph", level: int) -> None:
    """Put a heading into the outline that readers and screen readers walk; 0 is the title."""
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(element("outlineLvl", val=level), *_AFTER_OUTLINE)


def add_border(paragraph: "Paragraph", side: str, kind: str, points: float, gap: float) -> None:
    """A red line above or below a paragraph, `gap` points from its words."""
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(f"{{{_W}}}pBdr")
    if borders is None:
        borders = element("pBdr")
        properties.insert_element_before(borders, *_AFTER_BORDER)
    borders.append(element(side, val=kind, sz=round(points * 8), space=min(31, round(gap)), color=m.RED))


def add_page_number(paragraph: "Paragraph", face: str) -> None:
    """— 1 — in 宋体 of size four, as a field (7.5)."""
    from docx.shared import Pt

    for words in ("— ", None, " —"):
        run = paragraph.add_run(words or "")
        run.font.size = Pt(m.SIZE_FOUR)
        set_face(run, face)
        if words is None:
            run._r.append(element("fldChar", fldCharType="begin"))
            code = element("instrText")
            code.text = "PAGE"
            run._r.append(code)
            run._r.append(element("fldChar", fldCharType="separate"))
            run.add_text("1")
            run._r.append(element("fldChar", fldCharType="end"))


def set_width_factor(run: "Run", factor: float) -> None:
    """Set letters narrower, as a long name above the red line needs."""
    if factor < 1:
        properties = run._r.get_or_add_rPr()
        properties.insert_element_before(
            element("w", val=round(factor * 100)), "w:kern", "w:position", "w:sz", "w:szCs", "w:u"
        )


def indent(paragraph: "Paragraph", *, left: float = 0, first: float = 0, right: float = 0) -> None:
    """Indents in characters of the grid; a negative `first` hangs."""
    from docx.shared import Pt

    layout = paragraph.paragraph_format
    layout.left_indent, layout.right_indent = Pt(left * m.CHAR), Pt(right * m.CHAR)
    layout.first_line_indent = Pt(first * m.CHAR)


def float_at_bottom(table: Any, width: float, top: float) -> None:
    """Let a table stand at the foot of the text area, `top` points below its upper edge.

    `tblpYSpec` overrides `tblpY` where it is understood (ECMA-376 17.4.57). LibreOffice
    floats a table as wide as the text only when it is a hair narrower and measured from the page.
    """
    properties = table._tbl.tblPr
    for old in [child for child in properties if child.tag in (f"{{{_W}}}tblW", f"{{{_W}}}tblStyle")]:
        properties.remove(old)
    place: dict[str, str | int] = {"tblpX": twips(m.LEFT * m.MM), "tblpY": twips(top), "tblpYSpec": "bottom"}
    for gap in ("leftFromText", "rightFromText", "topFromText", "bottomFromText"):
        place[gap] = 0
    properties.insert(0, element("tblpPr", vertAnchor="margin", horzAnchor="page", **place))
    properties.insert(1, element("tblW", w=twips(width) - 10, type="dxa"))
    for column in table.columns:
        column.width = (twips(width) - 10) * 635  # EMU in a twip
        for cell in column.cells:
            cell.width = column.width


def rule_table(table: Any, thick: float, thin: float, *, plain: bool) -> None:
    """Lines above, below and between the rows, in points; none when `plain`. Cells get no padding."""
    borders, margins = element("tblBorders"), element("tblCellMar")
    for side, points in (("top", thick), ("bottom", thick), ("insideH", thin)):
        kind = "nil" if plain else "single"
        borders.append(element(side, val=kind, sz=round(points * 8), space=0, color="000000"))
    for side in ("left", "right"):
        margins.append(element(side, w=0, type="dxa"))
    properties = table._tbl.tblPr
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    properties.insert_element_before(margins, "w:tblLook")


def chart_widths(width: float) -> tuple[int, int, int]:
    """Widths in twips of a chart's label, of one part of its bars, and of its figures."""
    whole = twips(width)
    label, figure = whole * 26 // 100, whole * 16 // 100
    return label, (whole - label - figure) // m.CHART_PARTS, figure


def chart_table(document: "Document", widths: tuple[int, int, int]) -> Any:
    """An empty table of fixed columns: the label, the parts a bar is made of, the figure; a line above and below."""
    table = document.add_table(rows=0, cols=m.CHART_PARTS + 2)
    table.autofit = False
    rule_table(table, 0.7, 0, plain=False)
    for old in table._tbl.tblPr.findall(f".//{{{_W}}}insideH"):
        old.getparent().remove(old)
    label, part, figure = widths
    for place, column in enumerate(table._tbl.tblGrid.findall(f"{{{_W}}}gridCol")):
        column.set(f"{{{_W}}}w", str(label if place == 0 else figure if place == m.CHART_PARTS + 1 else part))
    return table


def chart_row(table: Any, widths: tuple[int, int, int], parts: int) -> list[tuple[Any, str, bool]]:
    """A row whose bar is `parts` parts long: its cells with what they hold, and whether they are set to the right.

    The cells are written with their spans at once; merging forty cells a row takes seconds.
    """
    from docx.table import _Cell

    label, part, figure = widths
    spans = [(1, label, "label", True, "")]
    if parts:
        spans.append((parts, part * parts, "", False, m.BAR))
    if parts < m.CHART_PARTS:
        spans.append((m.CHART_PARTS - parts, part * (m.CHART_PARTS - parts), "", False, ""))
    spans.append((1, figure, "figure", False, ""))
    row = element("tr")
    properties = element("trPr")
    properties.append(element("cantSplit"))
    row.append(properties)
    made = []
    for span, width, words, right, fill in spans:
        cell = element("tc")
        layout = element("tcPr")
        layout.append(element("tcW", w=width, type="dxa"))
        if span > 1:
            layout.append(element("gridSpan", val=span))
        if fill:
            layout.append(element("shd", val="clear", color="auto", fill=fill))
        if words:
            margins = element("tcMar")
            for side in ("left", "right"):
                margins.append(element(side, w=100, type="dxa"))
            layout.append(margins)
        layout.append(element("vAlign", val="center"))
        cell.append(layout)
        cell.append(element("p"))
        row.append(cell)
        made.append((_Cell(cell, table), words, right))
    table._tbl.append(row)
    return made


def set_no_auto_space(style: Any) -> None:
    """No added space between Chinese and figures: it would break the count of characters a line."""
    properties = style.element.get_or_add_pPr()
    for tag in ("autoSpaceDE", "autoSpaceDN"):
        properties.insert_element_before(element(tag, val=0), *_AFTER_BORDER[_AFTER_BORDER.index("w:bidi") :])


def settled(document: "Document") -> bytes:
    """The document's bytes with fixed time stamps and a fixed order of parts."""
    raw, out = BytesIO(), BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            target.writestr(entry, source.read(name))
    return out.getvalue()
