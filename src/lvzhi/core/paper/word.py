"""A paper as .docx, with the measures of GB/T 9704-2012.

The faces are named, not embedded: 仿宋_GB2312 and its companions are on the machines of every
office. The same paper gives the same bytes, so a signed copy can be checked against its hash.
"""

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from lvzhi.core.paper import measures as m
from lvzhi.core.paper import oxml, wording
from lvzhi.core.paper.fonts import WORD_NAMES, Face
from lvzhi.core.paper.model import Chart, Form, Paper, Style

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_FACES = {Style.HEADING1: Face.HEADING, Style.HEADING2: Face.SUBHEADING}
_LEVELS = {Style.HEADING1: 1, Style.HEADING2: 2}
_IMPRINT_LINE = m.SIZE_FOUR * 1.7  # pt
_UNDATED = date(2000, 1, 1)


def docx(paper: Paper) -> bytes:
    """The paper as a Word document that opens in Word, WPS Office and LibreOffice.

    The 版记 stands at the foot of the last page. Whether that is an even page (for printing on
    both sides, 7.1) is left to whoever prints it.
    """
    import docx as library

    document = library.Document()
    _set_page(document, paper)
    _set_properties(document, paper)
    if paper.form is Form.LETTER and paper.red_header:
        _letterhead(document, paper)
    else:
        _head(document, paper)
    _title(document, paper)
    _text(document, paper)
    _attachments(document, paper)
    _closing(document, paper)
    _imprint(document, paper)
    return oxml.settled(document)


def _set_page(document: "Document", paper: Paper) -> None:
    from docx.shared import Mm, Pt

    section = document.sections[0]
    section.page_width, section.page_height = Mm(m.PAGE_WIDTH), Mm(m.PAGE_HEIGHT)
    section.top_margin, section.bottom_margin = Mm(m.TOP), Mm(m.BOTTOM)
    section.left_margin, section.right_margin = Mm(m.LEFT), Mm(m.RIGHT)
    # The dashes beside the page number, in the middle of its line, stand 7 mm below the text.
    section.footer_distance = Mm(m.BOTTOM - m.PAGE_NUMBER_GAP) - Pt(m.SIZE_FOUR * 0.65)
    section.header_distance = Mm(m.LETTER_MARK_TOP)
    oxml.set_grid(section)
    normal = document.styles["Normal"]
    normal.font.size = Pt(m.SIZE_THREE)
    oxml.set_face(normal, WORD_NAMES[Face.BODY])
    oxml.condense(normal)
    oxml.set_defaults(document, m.SIZE_THREE, WORD_NAMES[Face.BODY])
    layout = normal.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing = 1
    layout.widow_control = False
    oxml.set_no_auto_space(normal)
    document.settings.odd_and_even_pages_header_footer = True
    document.styles["Footer"].paragraph_format.tab_stops.clear_all()  # the template sets its own
    _page_numbers(section.footer.paragraphs[0], right=True)
    _page_numbers(section.even_page_footer.paragraphs[0], right=False)
    section.different_first_page_header_footer = paper.form is Form.LETTER and paper.red_header


def _page_numbers(paragraph: "Paragraph", *, right: bool) -> None:
    """Odd pages: at the right, one character in; even pages: at the left (7.5)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    layout = paragraph.paragraph_format
    layout.right_indent, layout.left_indent = Pt(m.SIZE_FOUR * right), Pt(m.SIZE_FOUR * (not right))
    oxml.add_page_number(paragraph, WORD_NAMES[Face.FIGURES])


def _set_properties(document: "Document", paper: Paper) -> None:
    properties = document.core_properties
    made = datetime.combine(paper.dated or _UNDATED, time())
    properties.created = properties.modified = made
    properties.author = properties.last_modified_by = paper.issuer
    properties.title = "".join(wording.title_lines(paper.title))
    properties.comments = properties.keywords = properties.subject = ""
    properties.language = "zh-CN"
    properties.revision = 1


def _line(document: "Document", words: str = "", face: Face = Face.BODY, size: float = m.SIZE_THREE) -> "Paragraph":
    """A paragraph of one run in one face; without words, an empty line of the grid."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    _run(paragraph, words, face, size)
    if not words:
        paragraph.paragraph_format.line_spacing = Pt(m.LINE)
    return paragraph


def _run(paragraph: "Paragraph", words: str, face: Face = Face.BODY, size: float = m.SIZE_THREE) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(words)
    run.font.size = Pt(size)
    oxml.set_face(run, WORD_NAMES[face])


def _mark(paragraph: "Paragraph", paper: Paper) -> None:
    """发文机关标志, red and centred; a long name is set narrower and may reach past the indents."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    words = wording.mark(paper)
    size, factor = m.mark_scale(len(words))
    run = paragraph.add_run(words)
    run.font.size = Pt(round(size * 2) / 2)
    run.font.color.rgb = RGBColor.from_string(m.RED)
    oxml.set_face(run, WORD_NAMES[Face.TITLE])
    oxml.set_width_factor(run, factor)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.line_spacing = Pt(size * 1.15)
    oxml.leave_grid(paragraph)


def _head(document: "Document", paper: Paper) -> None:
    """版头: front lines, mark, number, red line (7.2)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Pt

    fronts = wording.front_lines(paper)
    blank = 3 - len(fronts) if paper.red_header else 0
    for words in (*fronts, *[""] * blank):
        _line(document, words, Face.HEADING)
    if paper.red_header:
        mark = document.add_paragraph()
        mark.paragraph_format.space_before = Pt(m.MARK_TOP * m.MM - 3 * m.LINE)
        _mark(mark, paper)
        _line(document)
        _line(document)
    number = str(paper.number) if paper.number else ""
    if not number and not paper.red_header:
        return
    line = _line(document, number)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if paper.form is Form.UPWARD and paper.signer:
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
        line.paragraph_format.tab_stops.add_tab_stop(Pt(m.TEXT_WIDTH * m.MM - m.CHAR), WD_TAB_ALIGNMENT.RIGHT)
        line.paragraph_format.left_indent = Pt(0)
        line.runs[0].text = f"　{number}\t签发人："
        _run(line, paper.signer, Face.SUBHEADING)
    if paper.red_header:
        oxml.add_border(line, "bottom", "single", m.RULE, m.RULE_GAP * m.MM - (m.LINE - m.SIZE_THREE) / 2)


def _letterhead(document: "Document", paper: Paper) -> None:
    """信函格式: mark and double line above, double line below, on the first page only (10.1)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    section = document.sections[0]
    head = section.first_page_header.paragraphs[0]
    foot = section.first_page_footer.paragraphs[0]
    _mark(head, paper)
    oxml.add_border(head, "bottom", "thickThinSmallGap", 3, m.LETTER_RULE_GAP * m.MM)
    oxml.add_border(foot, "top", "thinThickSmallGap", 3, 1)
    foot.paragraph_format.line_spacing = Pt(1)
    for paragraph in (head, foot):
        paragraph.paragraph_format.left_indent = Mm((m.PAGE_WIDTH - m.LETTER_RULE_WIDTH) / 2 - m.LEFT)
        paragraph.paragraph_format.right_indent = Mm((m.PAGE_WIDTH - m.LETTER_RULE_WIDTH) / 2 - m.RIGHT)
    for words in wording.front_lines(paper):
        _line(document, words, Face.HEADING)
    if paper.number:
        line = _line(document, str(paper.number))
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _title(document: "Document", paper: Paper) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
    from docx.shared import Pt

    _line(document)
    _line(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(m.LINE * 1.2)
    lines = wording.title_lines(paper.title)
    for n, words in enumerate(lines):
        _run(title, words, Face.TITLE, m.SIZE_TWO)
        if n < len(lines) - 1:
            title.runs[-1].add_break(WD_BREAK.LINE)
    oxml.set_outline(title, 0)
    oxml.leave_grid(title)
    _line(document)


def _text(document: "Document", paper: Paper) -> None:
    if paper.addressee:
        _line(document, wording.addressee_line(paper))
    for style, label, words in wording.numbered(paper.paragraphs):
        if isinstance(style, Chart):
            _chart(document, style, label + words)
            continue
        line = _line(document, label + words, _FACES.get(style, Face.BODY))
        oxml.indent(line, first=2)
        if style in _LEVELS:
            line.paragraph_format.keep_with_next = True
            oxml.set_outline(line, _LEVELS[style])


def _chart(document: "Document", chart: Chart, title: str) -> None:
    """Bars as a table of cells: whoever reviews the draft can mend a word or a figure in it."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    caption = _line(document, title, Face.HEADING, m.SIZE_CHART)
    caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption.paragraph_format.keep_with_next = True
    widths = oxml.chart_widths(m.TEXT_WIDTH * m.MM)
    table = oxml.chart_table(document, widths)
    for bar in chart.bars:
        parts = round(chart.share(bar) * m.CHART_PARTS)
        # A bar that is not nothing is seen, however short it is.
        parts = max(parts, 1) if bar.value else 0
        for cell, words, right in oxml.chart_row(table, widths, parts):
            paragraph = cell.paragraphs[0]
            _run(paragraph, {"label": bar.label, "figure": bar.words}.get(words, ""), size=m.SIZE_CHART)
            paragraph.paragraph_format.line_spacing = Pt(m.SIZE_CHART * 1.5)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
            oxml.leave_grid(paragraph)
    _line(document, "", size=m.SIZE_CHART).paragraph_format.line_spacing = Pt(m.SIZE_CHART)


def _attachments(document: "Document", paper: Paper) -> None:
    """附件说明: one line below the text, two characters in, names aligned (7.3.4)."""
    lines = wording.attachment_lines(paper)
    if not lines:
        return
    _line(document)
    hang = 3 if len(lines) == 1 else 4
    for n, (lead, name) in enumerate(lines):
        oxml.indent(_line(document, lead + name), left=2 + hang, first=-hang if n == 0 else -1)


def _closing(document: "Document", paper: Paper) -> None:
    """署名 and 成文日期, kept with the last paragraph so that no page carries them alone (7.3.5.5)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    day = wording.chinese_date(paper.dated) if paper.dated else ""
    if paper.signature or day:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        for _ in range(2 if paper.sealed else 1):
            _line(document).paragraph_format.keep_with_next = True
        for words, right in zip((paper.signature, day), wording.closing_indents(paper, day), strict=True):
            line = _line(document, words)
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            oxml.indent(line, right=right)
            line.paragraph_format.keep_with_next = words is not day
    if paper.note:
        oxml.indent(_line(document, f"（{paper.note}）"), first=2)


def _imprint(document: "Document", paper: Paper) -> None:
    """版记 at the foot of the last page: thick line, 抄送, thin line, 印发, thick line (7.4).

    A floating table. Word lays it at the foot by itself; LibreOffice wants its place in figures.
    """
    from docx.shared import Pt

    copy_to, printed = wording.copy_to_line(paper), wording.printed_line(paper)
    lines = [f"抄送：{copy_to}"] if copy_to else []
    if printed:
        lines.append("\t".join(printed))
    if not lines:
        return
    table = document.add_table(rows=len(lines), cols=1)
    table.autofit = False
    height = (wording.imprint_rows(copy_to) + bool(printed)) * _IMPRINT_LINE
    oxml.float_at_bottom(table, m.TEXT_WIDTH * m.MM, m.TEXT_HEIGHT * m.MM - height)
    oxml.rule_table(table, m.IMPRINT_THICK * m.MM, m.IMPRINT_THIN * m.MM, plain=paper.form is Form.LETTER)
    for row, words in zip(table.rows, lines, strict=True):
        _imprint_row(row.cells[0].paragraphs[0], words, hanging=3 * words.startswith("抄送"))
    # A floating table hangs on the paragraph behind it, which is made next to no height.
    last = _line(document, "", size=1)
    last.paragraph_format.line_spacing = Pt(1)
    oxml.leave_grid(last)


def _imprint_row(paragraph: "Paragraph", words: str, *, hanging: int) -> None:
    """One row of size four, one character in on either side; `hanging` characters behind 抄送."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt

    _run(paragraph, words, size=m.SIZE_FOUR)
    layout = paragraph.paragraph_format
    layout.line_spacing = Pt(_IMPRINT_LINE)
    layout.left_indent, layout.first_line_indent = Pt((1 + hanging) * m.SIZE_FOUR), Pt(-hanging * m.SIZE_FOUR)
    if hanging:
        layout.right_indent = Pt(m.SIZE_FOUR)
    else:
        layout.tab_stops.add_tab_stop(Pt(m.TEXT_WIDTH * m.MM - m.SIZE_FOUR), WD_TAB_ALIGNMENT.RIGHT)
    oxml.leave_grid(paragraph)
