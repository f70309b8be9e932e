"""Edges of the grammar of citations that real texts showed, in words of our own."""

from datetime import date

import pytest

from lvzhi.core import law
from tests.core.law.samples import model, one, rules

NAMES = frozenset({"刑法", "宪法", "民法典", "渠道管理办法", "价格法", "调处仲裁法", "水事纠纷调处仲裁法", "仲裁法"})


def cited(text: str, title: str = "明川市试行规定") -> list[str]:
    """The citations of a text of one article: words → law|unit..end of a range."""
    document = one(text, title)
    return [
        f"{document.source[each.start : each.end]}→{each.law}|{each.eid}"
        + (f"..{law_unit(each.to)}" if each.to else "")
        for each in law.find(document, NAMES)
    ]


def law_unit(path) -> str:
    return "__".join(f"{level}_{number}" for level, number in path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("违反《云麓条例》第二十条第一款，第二款第一项、第二项规定的。",
         ["《云麓条例》第二十条第一款→云麓条例|art_20__para_1", "第二款第一项→云麓条例|art_20__para_2__item_1",
          "第二项→云麓条例|art_20__para_2__item_2"]),
        ("违反《云麓条例》第二条，第三条的。", ["《云麓条例》第二条→云麓条例|art_2", "第三条→云麓条例|art_3"]),
        ("《云麓条例》第九条所列第（一）至第（三）项行为。",
         ["《云麓条例》第九条→云麓条例|art_9", "第（一）至第（三）项→云麓条例|art_9__item_1..art_9__item_3"]),
        ("《云麓条例》第九条规定的第二款事项。",
         ["《云麓条例》第九条→云麓条例|art_9", "第二款→云麓条例|art_9__para_2"]),
        ("《云麓条例》第九条规定的第一审程序。", ["《云麓条例》第九条→云麓条例|art_9"]),
        ("《云麓条例》第九条第一款规定和第二款第（一）项。",
         ["《云麓条例》第九条第一款→云麓条例|art_9__para_1", "第二款第（一）项→云麓条例|art_9__para_2__item_1"]),
        ("《云麓条例》第四条第 （二）、 （三）、 （五）项情形。",
         ["《云麓条例》第四条第 （二）→云麓条例|art_4__item_2", "（三）→云麓条例|art_4__item_3",
          "（五）项→云麓条例|art_4__item_5"]),
        ("《云麓条例》第三条之一至第三条之三。", ["《云麓条例》第三条之一至第三条之三→云麓条例|art_3-1..art_3-3"]),
        ("《云麓条例》第三条第二款第（一）项至第（三）项。",
         ["《云麓条例》第三条第二款第（一）项至第（三）项→云麓条例|art_3__para_2__item_1..art_3__para_2__item_3"]),
        ("《云麓条例》第三十条第二款前三项。",
         ["《云麓条例》第三十条第二款→云麓条例|art_30__para_2",
          "前三项→云麓条例|art_30__para_2__item_1..art_30__para_2__item_3"]),
        ("《云麓条例》第３０条第1款。", ["《云麓条例》第３０条第1款→云麓条例|art_30__para_1"]),
        ("除《云麓条例》第二条、第三条第一款规定的以外。",
         ["《云麓条例》第二条→云麓条例|art_2", "第三条第一款→云麓条例|art_3__para_1"]),
        ("《云麓条例》（云人发〔2019〕3号）第一条第一款。",
         ["《云麓条例》（云人发〔2019〕3号）第一条第一款→云麓条例|art_1__para_1"]),
        ("《云麓条例》（云人发〔2019〕3号，以下简称《条例》）第一条。",
         ["《云麓条例》（云人发〔2019〕3号，以下简称《条例》）第一条→云麓条例|art_1"]),
    ],
)  # fmt: skip
def test_lists_ranges_and_what_stands_inside_an_article_belong_to_its_law(text, expected):
    assert cited(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "依据刑法第九条第三项的，从宽；第四项的，从严。",
            ["刑法第九条第三项→刑法|art_9__item_3", "第四项→刑法|art_9__item_4"],
        ),
        (
            "依据刑法第九条第二款的，从宽；第五款的，从严。",
            ["刑法第九条第二款→刑法|art_9__para_2", "第五款→刑法|art_9__para_5"],
        ),
        ("符合第二项的，从宽。", ["第二项→|art_1__item_2"]),
    ],
)
def test_an_item_the_article_around_lacks_is_of_the_article_just_cited(text, expected):
    assert cited(text) == expected


def test_an_item_the_article_around_has_is_its_own():
    document = law.parse(
        "# 云麓办法\n\n<!-- INFO END -->\n\n第一条 依照刑法第九条第一项，有下列情形的：\n\n（一）甲；\n\n（二）乙。\n\n"
        "有第二项情形的，从严。\n"
    )

    assert [each.eid for each in law.find(document, NAMES)] == ["art_9__item_1", "art_1__item_2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("构成刑法第九条之罪的，依照该条处罚。", ["刑法第九条→刑法|art_9", "该条→刑法|art_9"]),
        ("刑法第九条第二款规定的票据，依照该款认定。",
         ["刑法第九条第二款→刑法|art_9__para_2", "该款→刑法|art_9__para_2"]),
        ("违反刑法第九条，又属刑法所称首犯，适用该条第二款。",
         ["刑法第九条→刑法|art_9", "刑法→刑法|", "该条第二款→刑法|art_9__para_2"]),
        ("构成刑法规定的犯罪，依照该法处理。", ["刑法→刑法|", "该法→刑法|"]),
        ("犯刑法第三条、第四条之罪，依照各该条处罚。", ["刑法第三条→刑法|art_3", "第四条→刑法|art_4"]),
        ("依照刑法第三条，由该法院、该条约、该条件、该款项认定。", ["刑法第三条→刑法|art_3"]),
        ("由该条规定。", []),
    ],
)  # fmt: skip
def test_that_article_and_that_law_are_what_the_paragraph_cited_last(text, expected):
    assert cited(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依照调处仲裁法第三条。", ["调处仲裁法第三条→调处仲裁法|art_3"]),
        ("依照纠纷调处仲裁法第三条。", ["纠纷调处仲裁法第三条→纠纷调处仲裁法|art_3"]),
        ("根据《水事纠纷调处仲裁法》，依照纠纷调处仲裁法第三条。",
         ["《水事纠纷调处仲裁法》→水事纠纷调处仲裁法|", "纠纷调处仲裁法第三条→水事纠纷调处仲裁法|art_3"]),
        ("依照仲裁法第三条。", ["仲裁法第三条→仲裁法|art_3"]),
        ("按照可比非受控价格法、再销售价格法确定，不违反价格法。", ["价格法→价格法|"]),
        ("水利设施的渠道管理办法由市政府制定，渠道管理办法第三条除外。", ["渠道管理办法第三条→渠道管理办法|art_3"]),
        ("本宪法以法律的形式确认。", []),
    ],
)  # fmt: skip
def test_a_bare_name_is_the_longest_one_that_is_meant_as_a_name(text, expected):
    assert cited(text) == expected


ANNEXED = (
    "# 云麓办法\n\n<!-- INFO END -->\n\n第一条 禁止的物品见附件一，许可的见本办法附件二和附件三，"
    "见附件九、附件一并报送。\n\n"
    "第二条 依照《云麓公约》附录一、附录二第三条执行。\n\n附件一：甲类\n\n第一条 甲。\n\n附件二：乙类\n\n乙。\n"
)


def test_annexes_are_cited_where_they_exist_or_are_called_the_text_s_own():
    document = law.parse(ANNEXED)

    found = {document.source[each.start : each.end]: f"{each.law}|{each.eid}" for each in law.find(document)}

    assert found == {
        "附件一": "|annex_1", "本办法附件二": "|annex_2", "附件三": "|annex_3",
        "《云麓公约》附录一": "云麓公约|annex_1", "附录二第三条": "云麓公约|annex_2__art_3",
    }  # fmt: skip
    outcomes = [each.outcome for each in law.cites(document, law.Library([document]), frozenset())][:3]
    assert outcomes == [law.Outcome.FOUND, law.Outcome.FOUND, law.Outcome.UNIT_MISSING]


def listed(last: str) -> list[str]:
    document = law.parse(f"# 办法\n\n<!-- INFO END -->\n\n第一条 下列：\n\n（一）甲；\n\n（二）乙。\n\n{last}\n")
    return [f"{each.eid}..{law_unit(each.to)}" for each in law.find(document)]


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("有前两项情形的。", ["art_1__para_1__item_1..art_1__para_1__item_2"]),
        ("有前项情形的。", ["art_1__para_1__item_2.."]),
        ("由大到小按照前五项计征。", []),
    ],
)
def test_the_items_before_are_those_of_the_list_before(last, expected):
    assert listed(last) == expected


CODE = (
    "# 云麓法典\n\n<!-- INFO END -->\n\n## 第一编 总则\n\n### 第一章 甲\n\n第一条 甲。\n\n## 第二编 分则\n\n"
    "### 第一分编 乙\n\n#### 第一章 乙\n\n第二条 乙。\n\n### 第二分编 丙\n\n#### 第二章 丙\n\n"
    "第三条 依照云麓法典分则第一章处理。\n"
)


def test_a_chapter_is_found_without_its_subpart_and_by_the_name_of_its_part():
    code = law.parse(CODE)
    library = law.Library([code])
    document = one("依照《云麓法典》第二编第二章、《云麓法典》分则第一章、《云麓法典》第一章。")

    found = law.cites(document, library, library.names())

    assert [(each.outcome, each.eids) for each in found] == [
        (law.Outcome.FOUND, ("part_2__subpart_2__chp_2",)), (law.Outcome.FOUND, ("part_2__subpart_1__chp_1",)),
        (law.Outcome.UNIT_MISSING, ("chp_1",)),
    ]  # fmt: skip


AMENDING = (
    "# 关于修改《云麓示范条例》的决定\n\n2023年5月9日 明川市人民代表大会常务委员会通过\n\n<!-- INFO END -->\n\n"
    "一、将第七条修改为：“甲。”\n\n二、本决定自2023年7月1日起施行。\n"
)


def test_a_decision_changes_the_text_as_it_was_before_it_was_made():
    newer = law.parse(model().source.replace("<!-- INFO END -->", "2023年5月9日 会议修正\n\n<!-- INFO END -->"))
    library = law.Library([model(), newer])

    [found] = law.cites(law.parse(AMENDING), library, frozenset())

    assert found.edition == date(2019, 1, 8)


def test_a_law_as_it_was_before_is_not_checked_against_the_one_in_force():
    library = law.Library([model()])
    document = one("适用修正前的《云麓示范条例》第二条、第九条；适用《云麓示范条例》第二条。")

    outcomes = [each.outcome for each in law.cites(document, library, frozenset())]

    assert outcomes == [law.Outcome.NOT_CHECKED, law.Outcome.NOT_CHECKED, law.Outcome.FOUND]


@pytest.mark.parametrize(
    ("day", "outcome"),
    [(date(2023, 9, 1), law.Outcome.NOT_CHECKED), (date(2024, 6, 1), law.Outcome.UNIT_MISSING)],
)
def test_what_an_amendment_lacks_is_not_called_broken_while_it_may_not_be_in_force(day, outcome):
    newer = law.parse(model().source.replace("<!-- INFO END -->", "2023年5月9日 会议修正\n\n<!-- INFO END -->"))
    document = one("见《云麓示范条例》第九条。")
    [citation] = law.find(document)

    assert law.resolve(citation, document, law.Library([newer]), day).outcome is outcome


def test_the_law_of_the_same_name_that_a_law_replaces_is_not_that_law():
    text = model().source.replace(
        "起施行。", "起施行。2009年发布的《云麓示范条例》同时废止。《云麓示范条例》由市政府解释。"
    )
    library = law.Library([law.parse(text)])

    found = law.cites(law.parse(text), library, frozenset())

    assert [(each.outcome, each.edition) for each in found] == [
        (law.Outcome.NOT_CHECKED, None), (law.Outcome.FOUND, date(2019, 1, 8)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依照本《规定》第四条办理。", ["本《规定》第四条→|art_4"]),
        ("河道上两条支流、马路上条石。", []),
        ("依照第九章办理。", []),
        ("依照刑法第九条第二款处罚，适用该款第一项、该条第三款。",
         ["刑法第九条第二款→刑法|art_9__para_2", "该款第一项→刑法|art_9__para_2__item_1",
          "该条第三款→刑法|art_9__para_3"]),
        ("依照刑法第九条第二款处罚，该条第一项除外。",
         ["刑法第九条第二款→刑法|art_9__para_2", "该条第一项→刑法|art_9__item_1"]),
        ("在宪法日讲解民法典条约。", []),
        ("第一款项应当退还，第一条件除外。", []),
        ("《云麓条例》第三条—第五条，第七条～第九条。",
         ["《云麓条例》第三条—第五条→云麓条例|art_3..art_5", "第七条～第九条→云麓条例|art_7..art_9"]),
        ("依照刑法修正案（八）第三条。", ["刑法修正案（八）第三条→刑法修正案（八）|art_3"]),
        ("《云麓条例》第三条第一款第二款。",
         ["《云麓条例》第三条第一款→云麓条例|art_3__para_1", "第二款→云麓条例|art_3__para_2"]),
        ("有前款情形的，有前两款情形的。", ["前款→|art_1__para_0", "前两款→|art_1__para_0"]),
        ("依照前条办理。", []),
        ("依照刑法第九条办理；第二条同，第一条除外。", ["刑法第九条→刑法|art_9", "第二条→刑法|art_2", "第一条→|art_1"]),
        ("《云麓条例》（以下简称本条例）明确，本条例第一条除外。", ["《云麓条例》→云麓条例|", "本条例第一条→|art_1"]),
        ("《云麓条例》（以下简称条例）明确，各条例不同，条例第三条除外。",
         ["《云麓条例》→云麓条例|", "条例第三条→云麓条例|art_3"]),
        ("《明川市云麓区人民代表大会常务委员会河道渠道保洁养护巡查办法》（以下简称《办法》）和《办法》第二条。",
         ["《明川市云麓区人民代表大会常务委员会河道渠道保洁养护巡查办法》→明川市云麓区人民代表大会常务委员会河道渠道保洁养护巡查办法|",
          "《办法》第二条→明川市云麓区人民代表大会常务委员会河道渠道保洁养护巡查办法|art_2"]),
    ],
)  # fmt: skip
def test_words_around_a_number_decide_what_it_is(text, expected):
    assert cited(text) == expected


def test_two_brooks_on_a_river_are_no_articles_before():
    document = law.parse(
        "# 云麓办法\n\n<!-- INFO END -->\n\n第一条 甲。\n\n第二条 乙。\n\n第三条 河道上两条支流由上条处理。\n"
    )

    assert [each.eid for each in law.find(document)] == ["art_2"]


def test_a_long_list_of_articles_is_read_to_its_end():
    listed = "、".join(f"第{law.to_chinese(number)}条" for number in range(2, 60))

    found = law.find(law.parse(f"回复：《云麓条例》{listed}。"))

    assert [each.eid for each in found] == [f"art_{number}" for number in range(2, 60)]
    assert {each.form for each in found[1:]} == {"continued"}


def test_a_line_that_is_nothing_but_a_document_number_is_the_text_s_own():
    document = law.parse(
        "# 云麓办法\n\n<!-- INFO END -->\n\n第一条 甲。\n\n云政发〔2024〕5号\n\n参见云政发〔2023〕9号。\n"
    )

    assert [each.number for each in law.find(document)] == ["云政发〔2023〕9号"]


LISTS = law.parse(
    "# 云麓办法\n\n<!-- INFO END -->\n\n第一条 下列：\n\n（一）甲。\n\n还有下列：\n\n"
    "（一）乙；\n\n（二）无第（一）项情形的；\n\n"
    "（三）丙。\n\n第二条 依照第一条第（三）项办理。\n"
)


def test_an_item_named_in_a_list_is_of_that_list_and_one_named_from_outside_is_looked_for():
    library = law.Library([LISTS])

    found = law.cites(LISTS, library, frozenset())

    assert [each.eids for each in found] == [("art_1__para_2__item_1",), ("art_1__para_2__item_3",)]


def test_clauses_of_a_decision_are_cited_as_articles():
    decision = law.parse("# 云麓决定\n\n<!-- INFO END -->\n\n一、下列：\n\n（一）甲；\n\n（二）乙。\n\n二、丙。\n")

    found = law.cites(one("依照《云麓决定》第二条、第一条第（二）项。"), law.Library([decision]), frozenset())

    assert [each.eids for each in found] == [("cl_2",), ("cl_1__para_1__item_2",)]


def test_clauses_that_letters_count_stand_in_no_way():
    document = law.parse("# a）目标\n\n依照《云麓条例》第三条。\n\n# b）措施\n\n依照第一条。\n")

    assert [each.eid for each in law.find(document)] == ["art_3", "art_1"]


def test_a_range_written_backwards_keeps_both_ends():
    [found] = law.cites(one("见《云麓示范条例》第四条至第二条。"), law.Library([model()]), frozenset())

    assert found.eids == ("art_4", "art_2")


def test_whoever_repeals_a_law_may_name_it():
    library = law.Library([rules()])

    outcomes = {each.citation.law: each.outcome for each in law.cites(rules(), library, frozenset())}

    assert outcomes["云麓区沟渠保洁暂行规定"] is law.Outcome.UNREAD


def test_a_law_that_the_new_words_name_is_not_the_one_that_is_changed():
    text = (
        "# 关于修改《云麓解释》的决定\n\n<!-- INFO END -->\n\n"
        "一、将第四条修改为：“依照《云麓法典》第二编处理。”同时增加一款作为第二款：“甲。”\n"
    )

    found = law.find(law.parse(text))

    assert [(each.law, each.eid) for each in found[:2]] == [("云麓解释", "art_4"), ("云麓法典", "part_2")]
    assert "part_2__para_2" not in [each.eid for each in found]
