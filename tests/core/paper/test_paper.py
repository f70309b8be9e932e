"""An official document looks as GB/T 9704-2012 asks, in each of its three outputs."""

import contextlib
import dataclasses
import re
import zipfile
import zlib
from datetime import date
from io import BytesIO
from pathlib import Path

import docx as library
import pytest
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from lvzhi.core.paper import (
    Bar,
    Chart,
    FontSet,
    Form,
    Number,
    Paper,
    PaperError,
    body,
    chinese_date,
    chinese_number,
    docx,
    pdf,
    text,
    title_lines,
)
from lvzhi.core.paper.measures import MARK_NARROWEST, MARK_WIDTH, MM, TITLE_CHARS, mark_scale
from lvzhi.core.paper.page import html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def opened(paper):
    return library.Document(BytesIO(docx(paper)))


def line_with(document, words):
    return next(p for p in document.paragraphs if words in p.text)


def face(paragraph):
    return paragraph.runs[0]._r.rPr.rFonts.get(f"{W}eastAsia")


def inflated(made):
    """The packed streams of a PDF, those that are not pictures or fonts in another packing."""
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", made, re.S):
        with contextlib.suppress(zlib.error):
            yield zlib.decompressobj().decompress(packed)


@pytest.mark.parametrize(
    ("fixture", "copy"),
    [
        ("notification_letter", "notification-letter.txt"),
        ("transfer_letter", "transfer-letter.txt"),
        ("long_notice", "deliberation-opinion.txt"),
    ],
)
def test_a_paper_reads_as_the_office_would_send_it(fixture, copy, request, golden):
    paper = request.getfixturevalue(fixture)

    golden(copy, text(paper))


def test_the_page_has_the_measures_of_the_standard(long_notice):
    section = opened(long_notice).sections[0]

    measures = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    assert [round(value.mm) for value in measures] == [37, 35, 28, 26]


def test_the_grid_holds_22_lines_of_28_characters(long_notice):
    document = opened(long_notice)
    grid = document.sections[0]._sectPr.find(f"{W}docGrid")
    closer = document.styles["Normal"].element.rPr.find(f"{W}spacing").get(f"{W}val")

    pitch = (16 * 20 + int(closer)) / 20
    assert grid.get(f"{W}type") == "linesAndChars"
    assert 225 * MM // (int(grid.get(f"{W}linePitch")) / 20) == 22
    assert 156 * MM // pitch == 28


def test_every_level_of_text_has_its_own_face(long_notice):
    document = opened(long_notice)
    faces = {
        words: (face(line_with(document, words)), line_with(document, words).runs[0].font.size)
        for words in ("一、补齐", "（一）抓紧", "1.对16个", "（1）街道", "关于全区养老", "特急")
    }

    assert faces == {
        "一、补齐": ("黑体", Pt(16)),
        "（一）抓紧": ("楷体_GB2312", Pt(16)),
        "1.对16个": ("仿宋_GB2312", Pt(16)),
        "（1）街道": ("仿宋_GB2312", Pt(16)),
        "关于全区养老": ("方正小标宋简体", Pt(22)),
        "特急": ("黑体", Pt(16)),
    }


def test_the_mark_is_red_and_the_line_below_the_number_too(long_notice):
    document = opened(long_notice)
    mark = line_with(document, "常务委员会文件").runs[0]
    line = line_with(document, "〔2026〕18号")._p.find(f".//{W}bottom")

    assert (str(mark.font.color.rgb), mark._r.rPr.rFonts.get(f"{W}eastAsia")) == ("FF0000", "方正小标宋简体")
    assert (line.get(f"{W}color"), line.get(f"{W}val")) == ("FF0000", "single")


def test_page_numbers_stand_outside_in_size_four(long_notice):
    document = opened(long_notice)
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]

    assert document.settings.odd_and_even_pages_header_footer
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert (odd.alignment, even.alignment) == (2, 0)
    assert {run.font.size for run in odd.runs} == {Pt(14)}


def test_a_letter_has_two_double_lines_and_no_number_on_its_first_page(transfer_letter):
    section = opened(transfer_letter).sections[0]
    head, foot = section.first_page_header.paragraphs[0], section.first_page_footer.paragraphs[0]

    assert section.different_first_page_header_footer
    assert head.text == "明川市云麓区人民代表大会常务委员会办公室"
    assert head._p.find(f".//{W}bottom").get(f"{W}val") == "thickThinSmallGap"
    assert foot._p.find(f".//{W}top").get(f"{W}val") == "thinThickSmallGap"
    assert foot.text == ""


def test_the_imprint_stands_at_the_foot_of_the_last_page_between_lines(long_notice):
    table = opened(long_notice).tables[0]
    place = table._tbl.tblPr.find(f"{W}tblpPr")
    lines = [(side.tag.removeprefix(W), side.get(f"{W}sz")) for side in table._tbl.tblPr.find(f"{W}tblBorders")]

    assert [row.cells[0].text[:3] for row in table.rows] == ["抄送：", "明川市"]
    assert (place.get(f"{W}vertAnchor"), place.get(f"{W}tblpYSpec")) == ("margin", "bottom")
    assert lines == [("top", "8"), ("bottom", "8"), ("insideH", "6")]


def test_a_letter_names_no_printer_and_draws_no_lines_there(transfer_letter):
    paper = dataclasses.replace(transfer_letter, printed_by="办公室", printed_on=date(2026, 3, 9))

    assert "印发" not in text(paper)
    assert opened(paper).tables[0]._tbl.find(f".//{W}top").get(f"{W}val") == "nil"


def test_an_upward_paper_names_its_signer_beside_the_number(long_notice):
    paper = dataclasses.replace(long_notice, form=Form.UPWARD, signer="林远山")

    line = line_with(opened(paper), "〔2026〕18号")

    assert line.text == "　云麓人常〔2026〕18号\t签发人：林远山"
    assert line.runs[1]._r.rPr.rFonts.get(f"{W}eastAsia") == "楷体_GB2312"
    assert "签发人：林远山" in text(paper)


def test_the_date_stands_four_characters_in_when_a_seal_will_cover_it(long_notice):
    short = dataclasses.replace(long_notice, signature="云麓区人大")

    day = line_with(opened(short), "2026年7月3日")

    assert round(day.paragraph_format.right_indent.pt / (156 * MM / 28), 1) == 4.0


def test_without_a_red_header_neither_mark_nor_line_appears(long_notice):
    plain = dataclasses.replace(long_notice, red_header=False)

    assert "文件" not in text(plain)
    assert b"FF0000" not in zipfile.ZipFile(BytesIO(docx(plain))).read("word/document.xml")
    assert 'class="rule"' not in html(plain, FontSet())


@pytest.mark.parametrize("fixture", ["notification_letter", "transfer_letter", "long_notice"])
def test_the_same_paper_gives_the_same_bytes(fixture, request):
    paper = request.getfixturevalue(fixture)

    assert docx(paper) == docx(paper)
    assert pdf(paper) == pdf(paper)


def test_the_pdf_is_tagged_and_names_its_language(notification_letter):
    made = pdf(notification_letter)

    objects = b"".join(inflated(made))
    assert made.startswith(b"%PDF-1.7")
    assert b"/StructTreeRoot" in objects
    assert b"/Lang (zh-CN)" in objects


def test_words_of_a_paper_are_never_taken_for_markup(notification_letter):
    hostile = "<script>alert(1)</script><img src=http://a.example/x.png>"
    paper = dataclasses.replace(notification_letter, addressee=hostile, paragraphs=(body(hostile),))

    page = html(paper, FontSet())

    assert "<script" not in page
    assert "<img" not in page
    assert hostile in line_with(opened(paper), "alert").text


@pytest.mark.parametrize(
    "change",
    [
        {"title": " "},
        {"issuer": ""},
        {"copy_number": 1_000_000},
        {"printed_by": "办公室"},
        {"paragraphs": (body("一行\n两行"),)},
    ],
)
def test_a_paper_that_cannot_be_laid_out_is_refused(change, notification_letter):
    with pytest.raises(PaperError):
        dataclasses.replace(notification_letter, **change)


def test_a_number_and_a_date_are_written_without_leading_zeros():
    assert str(Number("云人常办", 2026, 12)) == "云人常办〔2026〕12号"
    assert chinese_date(date(2026, 3, 9)) == "2026年3月9日"


@pytest.mark.parametrize(("number", "figures"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_headings_count_in_chinese_figures(number, figures):
    assert chinese_number(number) == figures


@given(st.text(alphabet="关于的云麓区人大，《》通知报告2026", min_size=1, max_size=90))
def test_a_title_loses_nothing_and_no_line_is_wider_than_the_page(title):
    lines = title_lines(title)

    assert "".join(lines) == title
    assert all(len(line) <= TITLE_CHARS * 2 for line in lines)


def test_a_title_breaks_where_a_reader_would_pause():
    lines = title_lines("关于转送“清溪街道养老驿站延长开放时间”信访事项的函")

    assert len(lines) == 2
    assert not any(line.startswith(("，", "”", "的")) for line in lines)


@given(st.integers(1, 40))
def test_a_mark_of_any_length_fits_its_line(letters):
    size, factor = mark_scale(letters)

    assert factor >= MARK_NARROWEST - 0.01
    assert letters * size * factor <= MARK_WIDTH * MM * 1.02


def test_a_folder_without_fonts_leaves_every_face_to_the_fallback(tmp_path: Path):
    (tmp_path / "broken.ttf").write_bytes(b"not a font")

    assert FontSet.from_folder(tmp_path) == FontSet()
    assert FontSet.from_folder(tmp_path / "absent").missing() == FontSet().missing()


def test_the_room_can_be_entered_without_its_heavy_libraries():
    sources = Path(__import__("lvzhi.core.paper").core.paper.__file__).parent.glob("*.py")

    at_load = [
        re.findall(r"^(?:import|from) (docx|weasyprint|PIL|fontTools)", s.read_text("utf-8"), re.M) for s in sources
    ]

    assert not any(at_load)


def charted(*bars):
    chart = Chart("听泉街道最多", "件", tuple(Bar(*each) for each in bars))
    return Paper(
        issuer="云麓区人大常委会",
        number=None,
        title="总结",
        paragraphs=(body("情况如下。"), chart),
        dated=None,
        red_header=False,
    )


def test_a_chart_writes_every_figure_out_in_each_output():
    paper = charted(("听泉街道", 12), ("云台街道", 3, "3 件（25%）"), ("望川街道", 0))

    table = opened(paper).tables[0]

    assert "图1　听泉街道最多（单位：件）\n　　　　听泉街道　12\n　　　　云台街道　3 件（25%）" in text(paper)
    assert [row.cells[0].text for row in table.rows] == ["听泉街道", "云台街道", "望川街道"]
    assert [row.cells[-1].text for row in table.rows] == ["12", "3 件（25%）", "0"]
    assert 'style="width:25.0%"' in html(paper, FontSet())
    assert pdf(paper).startswith(b"%PDF")


@settings(deadline=None, max_examples=30)  # a document is written each time
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_bars_keep_the_order_of_their_values_and_none_vanishes(values):
    table = opened(charted(*((f"第{n}项", value) for n, value in enumerate(values)))).tables[0]

    def length(row):
        filled = [cell for cell in row._tr.tc_lst if cell.tcPr is not None and cell.tcPr.find(f"{W}shd") is not None]
        return sum(cell.grid_span for cell in filled)

    lengths = [length(row) for row in table.rows]
    assert all((found > 0) == (value > 0) for found, value in zip(lengths, values, strict=True))
    assert all(sum(cell.grid_span for cell in row._tr.tc_lst) == 42 for row in table.rows)
    ordered = [length for _value, length in sorted(zip(values, lengths, strict=True))]
    assert ordered == sorted(ordered)


@pytest.mark.parametrize("bars", [[], [("a", -1)], [("a\nb", 1)]])
def test_a_chart_that_cannot_be_drawn_is_refused(bars):
    with pytest.raises(PaperError):
        charted(*bars)
