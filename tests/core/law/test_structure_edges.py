"""What decides how a line is read: numbers that do not follow, lines that look like others, days in force."""

from datetime import date

import pytest

from lvzhi.core import law
from lvzhi.core.law.structure.assemble import assemble


def parsed(body: str, history: str = "", title: str = "云麓办法") -> law.Document:
    return law.parse(f"# {title}\n\n{history}\n\n<!-- INFO END -->\n\n{body}\n")


def ids(body: str, **more: str) -> list[str]:
    return [unit.eid for unit in parsed(body, **more).units if unit.eid]


def test_an_inserted_article_is_kept_where_the_one_before_it_is_gone():
    document = parsed("第三条 甲。\n\n第三条之一 乙。\n\n第三条之三 丙。\n\n第四条 丁。")

    assert [document.units[at].eid for at in document.articles] == ["art_3", "art_3-1", "art_3-3", "art_4"]
    assert [(oddity.code, oddity.detail) for oddity in document.oddities] == [("article_gap", "第3条之1 → 第三条之三")]


def test_an_article_that_comes_again_is_a_quotation():
    document = parsed("第一条 甲。\n\n第二条 乙。\n\n第一条 在此引用。\n\n第三条 丙。")

    assert [document.units[at].eid for at in document.articles] == ["art_1", "art_2", "art_3"]
    assert [oddity.code for oddity in document.oddities] == ["article_quoted"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("第一条 下列：\n\n（一）甲；\n\n（八）乙。",
         ["art_1", "art_1__para_1", "art_1__para_1__item_1", "art_1__para_2"]),
        ("第一条 下列：\n\n（一）甲；\n\n（三）乙。",
         ["art_1", "art_1__para_1", "art_1__para_1__item_1", "art_1__para_1__item_3"]),
        ("第一条 下列：\n\n（二）甲。", ["art_1", "art_1__para_1", "art_1__para_2"]),
    ],
)  # fmt: skip
def test_a_number_far_out_of_the_row_is_no_item(body, expected):
    assert ids(body) == expected


def test_a_long_line_over_a_date_is_no_signature():
    line = "本决定由区政府有关部门会同各街道办事处以及镇人民政府分工落实并且按年报告"

    assert [
        eid for eid in ids(f"一、甲。\n\n二、乙。\n\n{line}\n\n2024年3月1日", title="云麓决定") if "sign" in eid
    ] == ["signature_1"]


IN_FORCE = "第一条 甲。\n\n第二条 {}"
MADE = "2020年3月5日 明川市人民政府公布"
CHANGED = MADE + "\n\n2022年5月6日 明川市人民政府修正"


@pytest.mark.parametrize(
    ("history", "end", "day", "basis"),
    [
        (MADE, "本办法自公布之日起30日后施行。", date(2020, 4, 4), law.Basis.PUBLICATION),
        (MADE, "本办法自公布之日起施行。", date(2020, 3, 5), law.Basis.PUBLICATION),
        (CHANGED, "本办法自公布之日起施行。", date(2022, 5, 6), law.Basis.EDITION),
        (CHANGED, "本办法自2020年5月1日起施行。", date(2022, 5, 6), law.Basis.EDITION),
        (MADE, "本办法自2020年5月1日起施行，收费自2021年1月1日起施行。", date(2020, 5, 1), law.Basis.TEXT),
    ],
)
def test_the_first_day_in_force_is_what_the_text_tells_of_this_edition(history, end, day, basis):
    about = parsed(IN_FORCE.format(end), history=history).metadata

    assert (about.effective, about.basis) == (day, basis)


def test_a_line_that_begins_with_a_word_of_annexes_before_the_last_article_opens_none():
    assert ids("第一条 甲：\n\n附：图纸\n\n第二条 乙。\n\n附：名录\n\n丙") == [
        "art_1", "art_1__para_1", "art_1__para_2", "art_2", "art_2__para_1", "annex_1", "annex_1__para_1",
    ]  # fmt: skip


def test_days_that_share_one_act_are_all_of_that_act():
    history = parsed("第一条 甲。", history="2010年1月2日、2015年3月4日明川市人民代表大会修正").metadata.history

    assert [(event.act, event.day) for event in history] == [
        (law.Act.AMENDED, date(2010, 1, 2)), (law.Act.AMENDED, date(2015, 3, 4)),
    ]  # fmt: skip


def test_an_entry_of_the_history_goes_on_where_a_title_is_left_open():
    document = parsed("第一条 甲。", history="2010年1月2日 明川市人民代表大会《关于修改〈云麓\n\n办法〉的决定》修正")

    assert [event.by for event in document.metadata.history] == ["关于修改〈云麓办法〉的决定"]


def plain(body: str) -> list[str]:
    return [unit.eid for unit in law.parse(f"云麓办法\n{body}\n").units if unit.level is law.Level.CHAPTER]


def test_short_numbered_lines_before_articles_are_headings_only_when_there_are_several():
    assert plain("一、总则\n第一条　甲。\n二、附则\n第二条　乙。") == ["chp_1", "chp_2"]
    assert plain("一、总则\n第一条　甲。\n第二条　乙。") == []


def test_the_headings_of_a_text_without_articles_are_its_clauses_when_its_lists_begin_anew():
    body = "## 一、目标\n\n1.甲。\n\n2.乙。\n\n## 二、措施\n\n1.丙。"

    assert [eid for eid in ids(body, title="云麓意见") if "__" not in eid] == ["cl_1", "cl_2"]


def test_a_list_that_runs_on_across_headings_numbers_the_text():
    body = "## 一、目标\n\n（一）甲。\n\n（二）乙。\n\n## 二、措施\n\n（三）丙。"

    assert [eid for eid in ids(body, title="云麓意见") if eid.startswith("cl")] == [
        "cl_1", "cl_1__para_1", "cl_2", "cl_2__para_1", "cl_3", "cl_3__para_1",
    ]  # fmt: skip


def part(name: str, first: int) -> law.Document:
    number = law.to_chinese(first)
    return law.parse(f"# 云麓法典\n\n## {name}\n\n<!-- INFO END -->\n\n第{number}条 甲。\n", f"{name}.md")


def test_the_parts_of_one_law_are_put_in_the_order_of_their_articles():
    whole = assemble([part("分则", 20), part("总则", 1)])

    assert [whole.units[at].number for at in whole.articles] == ["1", "20"]
    assert [unit.heading for unit in whole.units if unit.level is law.Level.PART] == ["总则", "分则"]
    assert whole.join() == whole.source


def test_nothing_cannot_be_put_together():
    with pytest.raises(ValueError, match="nothing"):
        assemble([])
