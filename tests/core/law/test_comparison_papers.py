"""The comparison of two editions on paper: .docx, .xlsx and text."""

import os
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from hypothesis import given, settings
from hypothesis import strategies as st

from lvzhi.core import law
from lvzhi.core.law import papers
from lvzhi.core.law.compare import Mark
from tests.core.law.samples import MODEL, RULES, library, needs_corpus, rules

GOLDEN = Path(__file__).parents[2] / "golden" / "law"
MADE = date(2026, 6, 9)
NEWER = (
    RULES.replace("〈明川市云麓区河道保洁办法〉的决定》修正", "〈明川市云麓区河道保洁办法〉的决定》第一次修正")
    .replace(
        "<!-- INFO END -->",
        "2026年3月6日 明川市云麓区第十一届人民代表大会常务委员会第二次会议修订\n\n<!-- INFO END -->",
    )
    .replace("（二）清理漂浮物：", "（二）及时清理漂浮物：")
    .replace(
        "第四条 违反第三条第二款的，责令改正。", "第四条 设立公示牌。\n\n第五条 违反第三条第二款的，责令限期改正。"
    )
    .replace("第五条 本办法", "第六条 本办法")
    .replace("第二条 本区河道的保洁适用本办法。\n\n前款所称河道，包括沟渠。", "第二条 本区河道的保洁适用本办法。")
)


def paper(*, changed_only: bool = False) -> papers.Comparison:
    return papers.comparison(rules(), law.parse(NEWER), made=MADE, changed_only=changed_only)


@pytest.mark.parametrize(("name", "changed_only"), [("comparison.txt", False), ("comparison-changes.txt", True)])
def test_the_paper_reads_as_the_office_would_hand_it_out(name, changed_only):
    text = papers.comparison_text(paper(changed_only=changed_only))

    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


def opened(made: papers.Comparison) -> docx.document.Document:
    return docx.Document(BytesIO(papers.comparison_docx(made)))


def test_the_document_lies_across_and_repeats_the_head_of_its_table():
    document = opened(paper())

    section, [table] = document.sections[0], document.tables
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width > section.page_height
    heads = [row._tr.xpath("./w:trPr/w:tblHeader") for row in table.rows]
    assert [bool(each) for each in heads] == [True] + [False] * (len(table.rows) - 1)
    assert [cell.text for cell in table.rows[0].cells] == ["原文", "新文", "说明"]


def test_the_document_says_what_is_compared_when_and_how_much_changed():
    words = [paragraph.text for paragraph in opened(paper()).paragraphs]

    assert words == [
        "《明川市云麓区河道保洁办法》修改对照表",
        "原文：2024年6月7日修正的文本　　新文：2026年3月6日修订的文本　　制表：2026年6月9日",
        "原文6条，新文7条：新增1条、修改3条、只改条号1条、未动2条。本表列出全部条文。",
        "删去的文字加删除线，新增的文字加下划线；没有标记的文字两个版本相同。",
    ]


def marked(document: docx.document.Document) -> set[tuple[str, bool, bool, str | None]]:
    """Every run with a mark: words, struck, underlined, colour."""
    found = set()
    for row in document.tables[0].rows:
        for cell in row.cells:
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                if run.font.strike or run.font.underline:
                    found.add((run.text, bool(run.font.strike), bool(run.font.underline), str(run.font.color.rgb)))
    return found


def test_changed_words_are_struck_or_underlined_and_not_only_coloured():
    found = marked(opened(paper()))

    assert ("及时", False, True, "1D4ED8") in found
    assert ("前款所称河道，包括沟渠。", True, False, "B42318") in found
    assert ("限期", False, True, "1D4ED8") in found


def test_each_column_shows_its_own_article_numbers():
    rows = [[cell.text for cell in row.cells] for row in opened(paper()).tables[0].rows]

    assert ["—", "第四条　设立公示牌。", "新增。"] in rows
    assert [row[0].split("　")[0] for row in rows if row[1].startswith("第五条")] == ["第四条"]


def test_the_same_paper_gives_the_same_bytes():
    assert papers.comparison_docx(paper()) == papers.comparison_docx(paper())
    assert papers.comparison_xlsx(paper()) == papers.comparison_xlsx(paper())


def test_the_workbook_prints_across_with_the_head_on_every_page():
    sheet = openpyxl.load_workbook(BytesIO(papers.comparison_xlsx(paper()))).active

    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.print_title_rows) == (
        "landscape", 1, "$5:$5",
    )  # fmt: skip
    assert [sheet.cell(5, column).value for column in (1, 2, 3)] == ["原文", "新文", "说明"]
    assert sheet["A1"].value == "《明川市云麓区河道保洁办法》修改对照表"
    assert sheet.max_row == 5 + len(paper().lines)


def test_the_workbook_marks_words_inside_a_cell():
    sheet = openpyxl.load_workbook(BytesIO(papers.comparison_xlsx(paper())), rich_text=True).active

    blocks = [block for row in sheet["A6:B20"] for cell in row if isinstance(cell.value, list) for block in cell.value]
    told = {(block.text.strip(), bool(block.font.strike), block.font.u) for block in blocks if hasattr(block, "font")}
    assert ("及时", False, "single") in told
    assert ("前款所称河道，包括沟渠。", True, None) in told


def test_words_that_begin_like_a_formula_stay_words():
    text = MODEL.replace("甲乙丙丁", "=1+1")
    made = papers.comparison(law.parse(MODEL), law.parse(text), made=MADE)

    sheet = openpyxl.load_workbook(BytesIO(papers.comparison_xlsx(made))).active

    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


def test_an_article_longer_than_a_cell_holds_is_cut_and_says_so():
    text = MODEL.replace("甲乙丙丁", "甲" * 40_000)
    made = papers.comparison(law.parse(MODEL), law.parse(text), made=MADE)

    sheet = openpyxl.load_workbook(BytesIO(papers.comparison_xlsx(made))).active

    longest = max((str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value), key=len)
    assert len(longest) <= 32_767
    assert longest.endswith("（一格放不下，全文请看 Word 版）")


def test_texts_without_articles_are_compared_as_a_whole():
    old, new = law.parse("# 甲决定\n\n今天天气很好。\n"), law.parse("# 甲决定\n\n今天天气不好。\n")

    document = opened(papers.comparison(old, new, made=MADE))

    assert len(document.tables[0].rows) == 2


def columns(made: papers.Comparison, side: str, left_out: Mark) -> list[str]:
    cells = [cell for line in made.lines for cell in getattr(line, side)]
    assert not [p for cell in cells for line in cell.lines for p in line if p.mark is left_out]
    return ["\n".join("".join(piece.text for piece in line) for line in cell.lines) for cell in cells]


def articles(document: law.Document) -> list[str]:
    found = (document.words(document.units[place]) for place in document.articles)
    return ["\n".join(line.strip() for line in words.splitlines() if line.strip()) for words in found]


def assert_columns_are_the_texts(old: law.Document, new: law.Document) -> None:
    """Each column read down gives every article of its edition, to the letter."""
    made = papers.comparison(old, new, made=MADE)
    assert sorted(columns(made, "old", Mark.INSERTED)) == sorted(articles(old))
    assert sorted(columns(made, "new", Mark.DELETED)) == sorted(articles(new))


ARTICLES = st.lists(st.text("甲乙丙丁，：:（(；。", min_size=1, max_size=30), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(ARTICLES, ARTICLES)
def test_each_column_is_its_edition_to_the_letter(before, after):
    old, new = (
        law.parse("# 甲办法\n\n<!-- INFO END -->\n\n" + "\n\n".join(
            f"第{law.to_chinese(number)}条 丁{words}" for number, words in enumerate(each, 1)
        )) for each in (before, after)
    )  # fmt: skip

    assert_columns_are_the_texts(old, new)


@needs_corpus
def test_the_columns_of_real_comparisons_are_the_texts():
    seen = 0
    for work in list(library().works.values()):
        for old, new in list(pairwise(work.expressions))[-1:]:
            if old.document.articles and new.document.articles and len(new.document.source) < 30_000:
                assert_columns_are_the_texts(old.document, new.document)
                seen += 1
    assert seen > 30
