"""A text as a reader sees it: nothing left out, what can be followed is marked, every unit has a name."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core import law
from lvzhi.core.law.reading import Reading, Sort, citation_label, lay_out, short_title, spelled, unit_label
from lvzhi.core.law.structure import Level
from tests.core.law.samples import corpus, library, model, needs_corpus, one, rules

_LAYOUT = re.compile(r"[\s\u200b\ufeff#|\-:]+")


def bare(text: str) -> str:
    """A text without white space and the marks of headings and tables."""
    return _LAYOUT.sub("", text)


def told(document: law.Document) -> str:
    """What a text says: everything but marks of layout."""
    return bare("".join(document.source[unit.start : unit.end] for unit in document.units if unit.level != Level.MARK))


def cited(document: law.Document) -> list[law.Resolution]:
    """The document's citations, resolved against the samples."""
    shelf = law.Library([document, model()])
    return law.cites(document, shelf, shelf.names())


def read(document: law.Document) -> Reading:
    """The document laid out with its citations."""
    return lay_out(document, [(each.citation.start, each.citation.end) for each in cited(document)])


def runs(reading: Reading, sort: Sort) -> list[str]:
    """The words of one sort, in order."""
    return [run.text for block in reading.blocks for each in block.walk() for run in each.runs if run.sort is sort]


def test_what_is_shown_is_the_text() -> None:
    assert bare(read(rules()).shown()) == told(rules())


LINES = st.lists(
    st.sampled_from([
        "第一条 甲", "第二条 乙：", "（一）丙；", "（二）丁。", "1.戊", "## 第一章 总 则", "前款规定适用。",
        "| a | b |",
        "|---|---|", "附件：名录", "一、己", "<!-- TABLE -->", "本办法所称己，是指庚。", "《云麓示范条例》第三条", "",
    ])
    | st.text(max_size=8),
    max_size=14,
)  # fmt: skip


@given(LINES)
def test_no_text_however_odd_loses_a_letter_on_the_page(lines: list[str]) -> None:
    document = law.parse("\n".join(["# 明川市试行规定", *lines]), "明川市试行规定.md")

    assert bare(read(document).shown()) == told(document)


@given(LINES)
def test_runs_of_words_stand_where_they_say_they_stand(lines: list[str]) -> None:
    document = law.parse("\n".join(["# 明川市试行规定", *lines]), "明川市试行规定.md")

    for block in read(document).blocks:
        for each in block.walk():
            for run in each.runs:
                assert document.source[run.start : run.start + len(run.text)] == run.text


@needs_corpus
def test_every_text_of_the_corpus_is_shown_whole() -> None:
    lost = [name for name, document in corpus().items() if bare(lay_out(document).shown()) != told(document)]

    assert lost == []


def test_citations_can_be_followed_from_the_words_that_make_them() -> None:
    reading, targets = read(rules()), cited(rules())
    followed = {
        run.text: targets[run.cited]
        for block in reading.blocks for each in block.walk() for run in each.runs if run.sort is Sort.CITATION
    }  # fmt: skip

    assert followed["第三条第二款"].eids == ("art_3__para_2",)
    assert followed["第五条"].work == "云麓示范条例"


def test_a_word_is_marked_where_it_is_explained_and_once_in_each_article_that_uses_it() -> None:
    document = law.parse(
        "# 明川市试行规定\n\n第一条 本规定所称河道，是指天然和人工的河道。\n\n第二条 河道应当整洁，河道两岸亦同。\n\n"
        "第三条 清理河道。\n"
    )
    reading = lay_out(document)

    assert [(term.name, term.eid) for term in reading.terms] == [("河道", "art_1__para_1")]
    assert runs(reading, Sort.DEFINED) == ["河道"]
    assert runs(reading, Sort.TERM) == ["河道", "河道"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("本规定所称的保洁责任人，是指依法负责的单位。", ["保洁责任人"]),
        ("本规定所称“易腐垃圾”是指容易腐烂的垃圾。", ["易腐垃圾"]),
        ("明川市云麓区水务局（以下简称区水务局）负责。", ["区水务局"]),
        ("本规定所称甲类河道、乙类河道，是指名录所列的河道。", ["甲类河道", "乙类河道"]),
        ("本规定所称以上，包括本数。", []),
        ("第三条所称的人员由区政府公布。", []),
    ],
)
def test_a_text_explains_its_words_in_several_ways(text: str, names: list[str]) -> None:
    assert [term.name for term in lay_out(one(text)).terms] == names


def test_a_list_of_terms_explains_each() -> None:
    document = law.parse(
        "# 明川市试行规定\n\n第一条 本规定下列用语的含义：\n\n（一）岸线，是指水面与陆地的交线。\n\n"
        "（二）“蓝线”指规划的界线。\n"
    )

    assert [(term.name, term.eid) for term in lay_out(document).terms] == [
        ("岸线", "art_1__para_1__item_1"), ("蓝线", "art_1__para_1__item_2"),
    ]  # fmt: skip


def test_a_word_explained_for_one_chapter_means_nothing_special_in_another() -> None:
    document = law.parse(
        "# 明川市试行规定\n\n## 第一章 保洁\n\n第一条 本章所称船只，是指保洁船。\n\n第二条 船只应当登记。\n\n"
        "## 第二章 附则\n\n第三条 船只不适用本规定。\n"
    )

    reading = lay_out(document)

    assert reading.terms[0].scope == "chp_1"
    marked = [each.eid for b in reading.blocks for each in b.walk() for run in each.runs if run.sort is Sort.TERM]
    assert marked == ["art_2__para_1"]


@pytest.mark.parametrize(
    ("eid", "label"),
    [
        ("art_3", "第三条"),
        ("art_3__para_1__item_1", "第三条第一款第（一）项"),
        ("art_3__para_1__item_2__point_1", "第三条第一款第（二）项第1目"),
        ("art_3-1", "第三条之一"),
        ("art_1__para_1", "第一条"),
        ("chp_2", "第二章"),
        ("annex_1__item_2", "附件第二项"),
        ("art_99", ""),
    ],
)
def test_a_unit_is_called_as_people_cite_it(eid: str, label: str) -> None:
    assert unit_label(rules(), eid) == label


def test_the_only_paragraph_of_an_article_is_not_named() -> None:
    document = law.parse("# 明川市试行规定\n\n第一条 有下列情形之一：\n\n（一）甲；\n\n（二）乙。\n")

    assert unit_label(document, "art_1__para_1__item_2") == "第一条第（二）项"


def test_a_citation_names_law_year_and_unit() -> None:
    title = "中华人民共和国各级人民代表大会常务委员会监督法"
    document = law.parse(
        f"# {title}\n\n2006年8月27日 通过\n\n2024年11月8日 修正\n\n<!-- INFO END -->\n\n第一条 甲。\n\n乙。\n"
    )

    assert citation_label(document, "art_1__para_2", date(2024, 11, 8)) == "《监督法》（2024）第一条第二款"
    assert short_title("中华人民共和国环境保护法") == "环境保护法"


@pytest.mark.parametrize(
    ("eid", "words"),
    [
        ("art_30__para_2__item_1", "第三十条第二款第（一）项"), ("art_264-1", "第二百六十四条之一"), ("cl_3", "第三条"),
        ("part_2__chp_6__sec_3", "第二编第六章第三节"), ("preamble", "序言"), ("compare", ""), ("art_x", ""), ("", ""),
    ],
)  # fmt: skip
def test_an_id_can_be_read_without_a_text(eid: str, words: str) -> None:
    assert spelled(eid) == words


def test_contents_say_which_articles_stand_below() -> None:
    contents = lay_out(rules()).contents

    assert [(each.label, each.heading, each.first, each.last) for each in contents[:3]] == [
        ("第一章", "总则", "第一条", "第二条"),
        ("第二章", "保洁", "第三条", "第三条之一"),
        ("第三章", "附则", "第四条", "第五条"),
    ]
    assert contents[0].articles == (("art_1", "第一条"), ("art_2", "第二条"))


@needs_corpus
def test_what_is_called_by_its_label_is_found_by_it() -> None:
    """The label of every unit of some laws leads back to the unit, by the grammar that reads citations."""
    shelf = library()
    for key in ("各级人民代表大会常务委员会监督法", "立法法", "行政处罚法"):
        document = shelf.works[key].expressions[-1].document
        for unit in document.units:
            label = unit_label(document, unit.eid) if unit.eid.startswith("art_") else ""
            if not label:
                continue
            citing = one(f"依照《{key}》{label}办理。")
            found = law.cites(citing, shelf, frozenset(), date(2026, 6, 9))
            assert unit.eid.startswith(found[0].eids[0]), (key, label, found[0].eids)
