from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core import law
from lvzhi.core.law.citations import Abbreviations
from tests.core.law.samples import MODEL, model, one, rules

NAMES = frozenset({"刑法", "宪法", "民法典", "云麓示范条例", "合同法"})


def found(text: str, title: str = "明川市试行规定") -> list[tuple[str, str, str]]:
    """What is cited in a text of one article: the words, the law, the unit."""
    document = one(text, title)
    return [
        (document.source[each.start : each.end], each.law, each.eid + (f"..{each.to[-1][1]}" if each.to else ""))
        for each in law.find(document, NAMES)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依照《云麓条例》执行。", [("《云麓条例》", "云麓条例", "")]),
        ("依照《云麓条例》第三十条第二款第（一）项执行。",
         [("《云麓条例》第三十条第二款第（一）项", "云麓条例", "art_30__para_2__item_1")]),
        ("依照《云麓条例》第三条之一执行。", [("《云麓条例》第三条之一", "云麓条例", "art_3-1")]),
        ("依照《云麓条例》第十条至第十二条执行。", [("《云麓条例》第十条至第十二条", "云麓条例", "art_10..12")]),
        ("依照《云麓条例》第三条、第五条第一款和第二款执行。",
         [("《云麓条例》第三条", "云麓条例", "art_3"), ("第五条第一款", "云麓条例", "art_5__para_1"),
          ("第二款", "云麓条例", "art_5__para_2")]),
        ("依照本规定第四条执行。", [("本规定第四条", "", "art_4")]),
        ("依照本规定执行。", []),
        ("违反本条第二款的。", [("本条第二款", "", "art_1__para_2")]),
        ("违反第（二）项的。", [("第（二）项", "", "art_1__item_2")]),
        ("依照刑法第二百三十二条之一处罚。", [("刑法第二百三十二条之一", "刑法", "art_232-1")]),
        ("依照中华人民共和国刑法第九条。", [("中华人民共和国刑法第九条", "刑法", "art_9")]),
        ("根据宪法规定，制定本规定。", [("宪法", "宪法", "")]),
        ("进行宪法宣誓，由宪法和法律委员会主持。", []),
        ("依照合同法第六条。", [("合同法第六条", "合同法", "art_6")]),
        ("依照云麓示范条例第二条。", [("云麓示范条例第二条", "云麓示范条例", "art_2")]),
        ("见第一条第一、三项。", [("第一条第一", "", "art_1__item_1"), ("三项", "", "art_1__item_3")]),
        ("见第一条第（一）至（三）项。", [("第一条第（一）至（三）项", "", "art_1__item_1..3")]),
        ("《许可证》和《营业执照》应当悬挂。", []),
        ("按照《关于修改〈云麓条例〉的决定》。",
         [("《关于修改〈云麓条例〉的决定》", "关于修改〈云麓条例〉的决定", "")]),
        ("本条例所称第三项目、第一条件除外。", []),
        ("依照《云麓条例》原第三条。", [("《云麓条例》原第三条", "云麓条例", "art_3")]),
    ],
)  # fmt: skip
def test_what_is_cited_is_found_with_its_unit(text, expected):
    assert found(text) == expected


def test_a_document_number_belongs_to_the_title_before_it():
    [citation] = law.find(one("执行《云麓意见》（云政发〔2024〕5号）。"))

    assert (citation.law, citation.number) == ("云麓意见", "云政发〔2024〕5号")


def test_a_document_number_alone_is_a_citation():
    [citation] = law.find(one("现将国发〔2024〕5号文件转发。"))

    assert (citation.form, citation.number) == ("number", "国发〔2024〕5号")


def test_an_edition_is_named_by_its_year():
    [citation] = law.find(one("依照《云麓条例》（2024修正）第三条。"))

    assert (citation.year, citation.eid) == (2024, "art_3")


def test_an_abbreviation_stands_for_its_law_quoted_and_bare():
    text = (
        "根据《明川市河道条例》（以下简称河道法）和《明川市渠道条例》（以下简称《渠道》），制定本规定。"
        "违反河道法第三条、《渠道》第四条的。"
    )

    assert [each.law for each in law.find(one(text))] == [
        "明川市河道条例", "明川市渠道条例", "明川市河道条例", "明川市渠道条例",
    ]  # fmt: skip


def test_abbreviations_that_lead_in_a_circle_end_and_are_told():
    document = one("《甲条例》（以下简称《乙条例》）、《乙条例》（以下简称《甲条例》），见《甲条例》第一条。")
    circles = Abbreviations(document.source).circles()

    resolved = [law.resolve(each, document, law.Library(), None, circles) for each in law.find(document)]

    assert set(circles) == {"甲条例", "乙条例"}
    assert {each.outcome for each in resolved} == {law.Outcome.ABBREVIATION_CIRCLES}


def test_what_stands_before_is_counted_from_where_it_is_said():
    document = rules()

    targets = {
        document.source[each.start : each.end]: each.eid for each in law.find(document) if each.form == "relative"
    }

    assert targets == {"前款": "art_2__para_1", "前条第一款第（二）项": "art_3__para_1__item_2"}


def test_the_heading_and_the_history_of_a_text_cite_nothing():
    document = rules()

    cited = [each.law for each in law.find(document) if each.law]

    assert cited == ["云麓示范条例", "云麓示范条例", "云麓区沟渠保洁暂行规定"]


def test_an_amending_decision_speaks_of_the_law_it_amends():
    text = (
        "# 关于修改《云麓条例》的决定\n\n<!-- INFO END -->\n\n"
        "一、将第三条修改为：“违反前款的，依照本条例第五条处理。”\n\n二、删去第四条第二款。\n"
    )

    cited = [(each.law, each.eid) for each in law.find(law.parse(text))]

    assert cited == [("云麓条例", "art_3"), ("云麓条例", "art_5"), ("云麓条例", "art_4__para_2")]


def resolved(text: str, library: law.Library, title: str = "明川市试行规定") -> list[law.Resolution]:
    document = one(text, title)
    return law.cites(document, library, library.names())


def test_broken_citations_are_told_apart():
    library = law.Library([model(), rules()])
    outcomes = [
        each.outcome
        for each in resolved(
            "见《云麓示范条例》第三条第（二）项、第九条，《云麓区沟渠保洁暂行规定》和《无人知道的条例》。", library
        )
    ]

    assert outcomes == [
        law.Outcome.FOUND, law.Outcome.UNIT_MISSING, law.Outcome.LAW_REPEALED, law.Outcome.LAW_UNKNOWN,
    ]  # fmt: skip


def test_an_item_named_without_its_paragraph_is_found():
    [found_] = resolved("见《云麓示范条例》第三条第（二）项。", law.Library([model()]))

    assert (found_.outcome, found_.eids) == (law.Outcome.FOUND, ("art_3__para_1__item_2",))


def test_a_range_holds_every_article_between():
    [found_] = resolved("见《云麓示范条例》第二条至第四条。", law.Library([model()]))

    assert found_.eids == ("art_2", "art_3", "art_4")


def test_the_edition_is_the_one_in_force_on_the_day_of_the_citing_text():
    older = law.parse(MODEL)
    newer = law.parse(MODEL.replace("<!-- INFO END -->", "2023年5月9日 会议修订\n\n<!-- INFO END -->"))
    library = law.Library([newer, older])
    document = one("见《云麓示范条例》第二条。")
    [citation] = law.find(document)

    days = [law.resolve(citation, document, library, date(year, 6, 1)) for year in (2020, 2024, 2018)]

    assert [str(each.edition) for each in days] == ["2019-01-08", "2023-05-09", "2019-01-08"]
    assert days[2].outcome is law.Outcome.NOT_CHECKED


def test_a_name_that_fits_several_laws_is_ambiguous():
    titles = ("明川市水务管理条例", "云麓区水务管理条例")
    library = law.Library(
        [
            law.parse(f"# {title}\n\n2020年1月1日 市人民代表大会通过\n\n<!-- INFO END -->\n\n第一条 甲。\n")
            for title in titles
        ]
    )

    [found_] = resolved("见《水务管理条例》第一条。", library)

    assert found_.outcome is law.Outcome.LAW_AMBIGUOUS


def test_the_reverse_index_finds_who_cites_an_article_or_a_part_of_it():
    library = law.Library([model(), rules()])
    index = law.index(library)

    assert [each.unit for each in index.unit("云麓示范条例", "art_3")] == ["art_1__para_1"]
    assert [each.unit for each in index.unit("明川市云麓区河道保洁办法", "art_3")] == [
        "art_3-1__para_1",
        "art_4__para_1",
    ]


@given(
    st.text(
        alphabet="《》第一二三十条款项目章节之至、和（）本法条例前上该同〔〕2024号以下简称规定\n 甲“”", max_size=300
    )
)
def test_citations_stand_in_order_and_inside_the_text_whatever_it_is(text):
    document = law.parse(text)

    found_ = law.find(document, NAMES)

    assert all(0 <= each.start < each.end <= len(text) for each in found_)
    assert all(one_.end <= two.start for one_, two in pairwise(found_))
    for each in found_:
        law.resolve(each, document, law.Library([document]))


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        ("我家的购房合同第九条写明了交房的日子。", []),
        ("《物业管理条例》早就公布了，第二十一条写得很清楚。", [("物业管理条例", ""), ("物业管理条例", "art_21")]),
        ("他违反了刑法342条规定。", [("刑法", "art_342")]),
        (
            "《消费者权益保护法》第34条第1款和第35条。",
            [("消费者权益保护法", "art_34__para_1"), ("消费者权益保护法", "art_35")],
        ),
        ("依据《物业管理条例》和本小区管理规约，文件第三条不合理。", [("物业管理条例", "")]),
        ("现答复（以下简称回复）如下：收到回复后第三条街开始施工。", []),
    ],
)
def test_a_letter_that_has_no_articles_cites_those_of_the_law_it_names(letter, expected):
    assert [(each.law, each.eid) for each in law.find(law.parse(letter), NAMES)] == expected


def test_a_title_is_found_also_when_people_write_it_with_inner_quotes():
    text = MODEL.replace("云麓示范条例", "云麓示范条例实施办法")

    assert law.Library([law.parse(text)]).find("《云麓示范条例》实施办法") == ("云麓示范条例实施办法",)
