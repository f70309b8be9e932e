"""Rules of procedures against the texts of a library."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core import law
from lvzhi.core.law import binding
from lvzhi.core.law.binding import Finding
from tests.core.law.samples import RULES, model, rules

EARLIER = RULES.replace(
    next(line for line in RULES.splitlines(keepends=True) if line.startswith("2024年")), ""
).replace("第四条 违反第三条第二款的，责令改正。", "第四条 保洁由各街道负责。")


def library() -> law.Library:
    return law.Library([rules(), model(), law.parse(EARLIER, "明川市云麓区河道保洁办法(2021-03-05).md")])


def checked(name: str, article: str, on: date | None = None) -> binding.Checked:
    [found] = binding.check([binding.Rule("a.yaml", 3, "duty", name, article, on)], library())
    return found


RIVER = "明川市云麓区河道保洁办法"


@pytest.mark.parametrize(
    ("name", "article", "finding"),
    [
        (f"{RIVER}(2024-06-07)", "第三条第一款第二项", Finding.HOLDS),
        (f"{RIVER}(2024-06-07)", "第三条第二项", Finding.HOLDS),
        (f"{RIVER}(2024-06-07)", "第三条之一", Finding.HOLDS),
        (f"{RIVER}(2024-06-07)", "第一条至第三条", Finding.HOLDS),
        (f"{RIVER}(2024-06-07)", "第一条、第九条", Finding.MISSING),
        (f"{RIVER}(2024-06-07)", "第一条至第九条", Finding.MISSING),
        (f"{RIVER}(2024-06-07)", "第三条第一款第七项", Finding.MISSING),
        (f"{RIVER}(2024-06-07)", "第二条第三款（参照）", Finding.MISSING),
        (f"{RIVER}(2024-06-07)", "总则", Finding.UNREADABLE),
        (f"{RIVER}(2024-06-07)", "", Finding.HOLDS),
        (f"{RIVER}(2023-01-01)", "第一条", Finding.NO_EDITION),
        ("没有的办法(2023-01-01)", "第一条", Finding.NO_TEXT),
        (RIVER, "第四条", Finding.HOLDS),
    ],
)
def test_a_citation_is_looked_up_in_the_edition_it_names(name, article, finding):
    found = checked(name, article)

    assert found.finding is finding
    assert found.is_wrong == (finding in (Finding.MISSING, Finding.UNREADABLE))
    assert found.sentence[0].endswith("。")
    assert found.sentence[1].endswith(".")


def test_a_rule_without_an_edition_is_read_as_of_the_day_it_begins():
    assert checked(RIVER, "第四条", date(2022, 1, 1)).finding is Finding.HOLDS
    assert checked(RIVER, "第四条", date(2020, 1, 1)).finding is Finding.NO_EDITION


def test_the_sentence_names_what_is_missing_and_how_many_articles_there_are():
    assert checked(f"{RIVER}(2024-06-07)", "第九条第二款").sentence[0] == (
        "2024-06-07 的版本没有第九条（共 6 条），请核对条号。"
    )
    assert "没有第三条第四款" in checked(f"{RIVER}(2024-06-07)", "第三条第四款第一项").sentence[0]


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_words_do_anything_but_be_looked_up(name, article):
    assert checked(name, article).finding in Finding


@given(st.text("第一二三十百零〇条款项之至、，和（）1２x", max_size=60))
def test_an_article_written_anyhow_gives_an_address(article):
    assert str(law.address_of("明川市试行规定(2024-06-07)", article)).startswith("/law/%E6")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("art_3__item_2", "art_3__para_1__item_2"),
        ("art_3__para_1__item_2", "art_3__para_1__item_2"),
        ("art_3-1", "art_3-1"),
        ("art_99", ""),
        ("x_1", ""),
        ("", ""),
    ],
)
def test_an_id_spelled_from_words_leads_to_the_unit_it_means(asked, meant):
    assert law.placed(rules(), asked) == meant
