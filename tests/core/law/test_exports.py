"""A law written out as Akoma Ntoso, JSON, text and Markdown, and read again."""

import random
import re
from datetime import date
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from lvzhi.core import law
from lvzhi.core.law import exports
from tests.core.law.samples import MODEL, RULES, corpus, library, model, needs_corpus, one, rules
from tests.core.law.test_kinds import plain
from tests.core.law.test_readers import HARD

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
ANNEXED = MODEL.replace("第五条", "第五条 表格见附件。\n\n第六条") + (
    "\n附件：名录\n\n| 河名 | 长度 |\n|---|---|\n| 清浅河 | 3 |\n\n云麓示范委员会\n"
)
DECISION = """# 关于表彰河道保洁工作的决定

（2024年6月7日明川市云麓区第十届人民代表大会常务委员会第十八次会议通过）

为了鼓励先进，特作如下决定：

一、表彰先进单位。

二、本决定自公布之日起施行。

明川市云麓区人民代表大会常务委员会
2024年6月7日
"""


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(Path(__file__).with_name("schemas") / "akomantoso30.xsd")))


def written(document: law.Document, held: law.Library | None = None) -> etree._Element:
    """The file for a document, checked against the official schema."""
    held = held or law.Library([document])
    links = exports.references(law.cites(document, held, held.names()), held)
    tree = etree.fromstring(exports.akn(document, links))
    schema().assertValid(tree)
    return tree


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\ufeff#|\ufffd\x00-\x1f]", "", text)


def words_of(tree: etree._Element) -> str:
    parts = (
        tree.find(f"{AKN}act/{AKN}{part}") for part in ("preface", "preamble", "body", "conclusions", "attachments")
    )
    return squeezed("".join("".join(part.itertext()) for part in parts if part is not None))


def words_in(document: law.Document) -> str:
    kept = []
    for unit in document.units:
        own = document.source[unit.start : unit.end]
        if unit.level is law.Level.TABLE:
            own = re.sub(r"(?m)^\s*\|[|\s:-]*-[|\s:-]*$", "", own)
        kept.append(own if unit.level is not law.Level.MARK else "")
    return squeezed("".join(kept))


def ids(tree: etree._Element) -> list[str]:
    found = (each.get("eId") for each in tree.iter() if each.get("eId"))
    return sorted(eid for eid in found if not eid.startswith("meta_"))


def eids(document: law.Document) -> list[str]:
    return sorted(unit.eid for unit in document.units if unit.eid)


MADE_UP = {
    "rules": RULES, "model": MODEL, "annex with table": ANNEXED, "decision": DECISION,
    "one article": one("甲。").source,
    "title alone": "# 空白办法\n", "nothing": "", "prose": "今天天气很好。\n我们去河边走走。\n",
    "controls": "# 甲办法\n\n<!-- INFO END -->\n\n第一条 甲\x01乙\x0b丙<丁>&戊]]>。\n",
}  # fmt: skip


@pytest.mark.parametrize("case", MADE_UP)
def test_the_akoma_ntoso_file_is_valid_has_the_same_ids_and_loses_no_word(case):
    document = law.parse(MADE_UP[case])

    tree = written(document)

    assert ids(tree) == eids(document)
    assert words_of(tree) == words_in(document)


def test_levels_become_the_elements_named_after_them():
    tree = written(law.parse(RULES))
    by_id = {each.get("eId"): etree.QName(each).localname for each in tree.iter() if each.get("eId")}

    assert {eid: by_id[eid] for eid in ("chp_1", "art_3-1", "art_3__para_1", "art_3__para_1__item_2", "annex_1")} == {
        "chp_1": "chapter", "art_3-1": "article", "art_3__para_1": "paragraph", "art_3__para_1__item_2": "point",
        "annex_1": "attachment",
    }  # fmt: skip
    assert by_id["art_3__para_1__item_2__point_1"] == "indent"
    concept = tree.find(f".//{AKN}TLCConcept[@eId='meta_level_item']")
    assert concept.get("showAs") == "项"


def test_work_expression_and_manifestation_are_told_apart():
    tree = written(rules())

    iris = [tree.find(f".//{AKN}{part}/{AKN}FRBRuri").get("value") for part in ("FRBRWork", "FRBRExpression")]
    assert iris[0] == "/akn/cn/act/local_regulation/2021-03-05/明川市云麓区河道保洁办法"
    assert iris[1] == f"{iris[0]}/zho@2024-06-07"
    assert tree.find(f".//{AKN}FRBRManifestation/{AKN}FRBRuri").get("value") == f"{iris[1]}.akn"


def test_the_life_of_a_law_stands_in_the_file_with_its_days():
    life = written(rules()).find(f".//{AKN}lifecycle")

    assert [(each.get("date"), each.get("type")) for each in life] == [
        ("2021-03-05", "generation"), ("2024-06-07", "amendment"), ("2024-06-07", None),
    ]  # fmt: skip


def test_a_citation_is_a_link_to_the_unit_in_the_edition_of_that_day():
    tree = written(rules(), law.Library([rules(), model()]))

    links = {"".join(each.itertext()): each.get("href") for each in tree.iter(f"{AKN}ref")}
    outside = "/akn/cn/act/local_regulation/2019-01-08/云麓示范条例/zho@2019-01-08"
    assert links == {
        "《云麓示范条例》（以下简称示范条例）第三条": f"{outside}#art_3", "第五条": f"{outside}#art_5",
        "前款": "#art_2__para_1", "前条第一款第（二）项": "#art_3__para_1__item_2", "本办法第四条": "#art_4",
        "第三条第二款": "#art_3__para_2",
    }  # fmt: skip


def test_a_range_is_a_link_with_both_ends():
    [link] = written(one("依照本规定第一条至第二条办理。\n\n第二条 甲。")).iter(f"{AKN}rref")

    assert (link.get("from"), link.get("upTo")) == ("#art_1", "#art_2")


def test_a_citation_of_a_text_that_is_not_held_stays_words():
    tree = written(rules())

    assert not [each for each in tree.iter(f"{AKN}ref") if not each.get("href").startswith("#")]


def test_a_table_keeps_its_cells():
    rows = [["".join(cell.itertext()) for cell in row] for row in written(law.parse(ANNEXED)).iter(f"{AKN}tr")]

    assert rows == [["河名", "长度"], ["清浅河", "3"]]


def test_links_that_overlap_or_cross_units_do_no_harm():
    document = rules()
    size = len(document.source)
    links = [exports.Reference(start, min(size, start + 40), "#art_1") for start in range(0, size, 7)]

    tree = etree.fromstring(exports.akn(document, links))

    schema().assertValid(tree)
    assert words_of(tree) == words_in(document)


@pytest.mark.parametrize("case", MADE_UP)
def test_the_plain_text_is_the_source_to_the_letter(case):
    assert exports.text(law.parse(MADE_UP[case])) == MADE_UP[case]


@pytest.mark.parametrize("case", MADE_UP)
def test_the_json_keeps_to_its_schema_and_its_units_join_to_the_source(case):
    document = law.parse(MADE_UP[case])
    held = law.Library([document])

    found = exports.as_json(document, map(exports.Cited.of, law.cites(document, held, held.names())))

    jsonschema.validate(found, exports.schema(), cls=jsonschema.Draft202012Validator)
    assert "".join(unit["text"] for unit in found["units"]) == document.source
    assert len(found["citations"]) == len(law.find(document, held.names()))


@pytest.mark.parametrize("case", MADE_UP)
def test_the_markdown_is_read_again_as_the_same_units(case):
    document = law.parse(MADE_UP[case])

    assert same(document)


def same(document: law.Document) -> bool:
    from lvzhi.core.law.exports.markdown import units_of

    return units_of(law.parse(exports.markdown(document))) == units_of(document)


def test_a_plain_text_becomes_headings_and_a_closed_head():
    document = law.parse(plain(rules()))

    lines = [line for line in exports.markdown(document).splitlines() if line]
    assert lines[0] == "# 明川市云麓区河道保洁办法"
    assert "## 第一章 总则" in lines
    assert lines.index("<!-- INFO END -->") < lines.index("## 第一章 总则")


LINES = st.lists(
    st.one_of(
        st.sampled_from([
            "# 甲办法", "甲办法", "2024年6月7日 甲会议通过", "（2024年6月7日甲会议通过）",
            "<!-- INFO END -->", "第一章 总则", "## 第二章 分则", "第一节 甲", "第一条 甲乙。",
            "第二条 丙：", "第三条", "（一）丁；", "（二）戊。", "1.己", "一、庚", "二、辛。",
            "附件：名录", "| a | b |", "|---|---|", "目录", "序言", "2024年6月7日", "某某委员会", "",
            "　　缩进", "第九条 引用。", "第一编 总则", "第四条 甲。第五条 乙。", "\u200b",
            "## 一、总体要求", "（以下简称甲法）",
        ]),
        st.text(max_size=12),
    ),
    max_size=25,
).map("\n".join)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_any_text_is_written_out_and_read_again_without_loss(text):
    document = law.parse(text)

    tree = etree.fromstring(exports.akn(document))

    schema().assertValid(tree)
    assert ids(tree) == eids(document)
    assert sorted(words_of(tree)) == sorted(words_in(document))
    assert exports.text(document) == text
    assert same(document)


@pytest.mark.parametrize("kind", HARD)
def test_a_hard_text_is_written_out_too(kind):
    document = law.parse(HARD[kind][:20_000])

    schema().assertValid(etree.fromstring(exports.akn(document)))


SAMPLE = random.Random(7).sample(range(1697), 25)


@needs_corpus
@pytest.mark.parametrize("at", SAMPLE)
def test_a_real_text_is_valid_in_every_form(at):
    document = list(corpus().values())[at]

    tree = written(document, library())

    assert ids(tree) == eids(document)
    assert words_of(tree) == words_in(document)
    assert same(document)
    jsonschema.validate(exports.as_json(document), exports.schema(), cls=jsonschema.Draft202012Validator)


@needs_corpus
def test_a_code_put_together_from_its_parts_is_one_valid_file():
    [only] = library().works["民法典"].expressions

    tree = written(only.document, library())

    assert ids(tree) == eids(only.document)
    assert len(list(tree.iter(f"{AKN}article"))) == 1260
    again = law.parse(exports.markdown(only.document))
    assert [u.eid for u in again.units if u.level is law.Level.ARTICLE] == [
        u.eid for u in only.document.units if u.level is law.Level.ARTICLE
    ]


@pytest.mark.parametrize(
    ("name", "article", "path"),
    [
        ("各级人民代表大会常务委员会监督法(2024-11-08)", "第三十条第二款第一项", "@2024-11-08/art_30__para_2__item_1"),
        ("中华人民共和国各级人民代表大会常务委员会监督法", "", ""),
        ("各级人民代表大会常务委员会监督法(2024-11-08)", "第二十三条第三款（参照）", "@2024-11-08/art_23__para_3"),
        ("各级人民代表大会常务委员会监督法(2024-11-08)", "第三条、第五条", "@2024-11-08/art_3"),
        ("各级人民代表大会常务委员会监督法(2024-13-08)", "第三条之一", "art_3-1"),
    ],
)
def test_a_citation_has_its_address_without_any_look_up(name, article, path):
    found = law.address_of(name, article)

    assert found.readable() == f"/law/各级人民代表大会常务委员会监督法/{path}"


def test_an_address_is_the_same_for_every_way_to_write_the_name():
    assert str(law.Address(law.slug("中华人民共和国 立法法（2023修正）"), date(2023, 3, 13), "art_1")) == (
        "/law/%E7%AB%8B%E6%B3%95%E6%B3%95/@2023-03-13/art_1"
    )
