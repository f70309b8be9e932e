from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core import law
from tests.core.law.samples import MODEL, model, rules

NEWER = MODEL.replace(
    "<!-- INFO END -->", "2023年5月9日 明川市人民代表大会常务委员会修订\n\n<!-- INFO END -->"
).replace("2019年3月1日起", "2023年7月1日起")


def two() -> law.Library:
    return law.Library([law.parse(NEWER), model(), rules()])


def test_dated_versions_of_one_law_are_one_work():
    work = two().works["云麓示范条例"]

    assert [str(each.edition) for each in work.expressions] == ["2019-01-08", "2023-05-09"]


def test_the_status_of_a_work_follows_the_day():
    library = two()

    assert library.status("云麓示范条例", date(2019, 2, 1)) is law.Status.NOT_YET_IN_FORCE
    assert library.status("云麓示范条例", date(2019, 3, 1)) is law.Status.IN_FORCE
    assert library.status("云麓区沟渠保洁暂行规定", date(2021, 5, 1)) is law.Status.REPEALED
    assert library.status("从来没有的条例", date(2021, 5, 1)) is law.Status.UNKNOWN


def test_an_edition_is_amended_from_the_day_the_next_takes_effect():
    library = two()
    first, second = library.works["云麓示范条例"].expressions

    assert library.edition_status(first, date(2023, 6, 30)) is law.Status.IN_FORCE
    assert library.edition_status(first, date(2023, 7, 1)) is law.Status.AMENDED
    assert library.edition_status(second, date(2023, 6, 30)) is law.Status.NOT_YET_IN_FORCE
    assert library.edition_status(second, date(2023, 7, 1)) is law.Status.IN_FORCE


def test_a_change_without_a_text_is_not_passed_off():
    gap = law.parse(NEWER.replace("2023年5月9日", "2021年1月1日 会议修订\n\n2023年5月9日"))
    library = law.Library([model(), gap])

    held = library.held("云麓示范条例", date(2022, 1, 1))

    assert (str(held.expression.edition), held.exact) == ("2019-01-08", False)


def test_the_same_edition_twice_with_different_words_is_a_clash():
    library = law.Library([law.parse(MODEL, "甲.md"), law.parse(MODEL.replace("有人检查", "有人督查"), "乙.md")])

    assert [(clash.first, clash.second) for clash in library.clashes] == [("甲.md", "乙.md")]


def test_the_same_file_twice_is_one_expression():
    library = law.Library([model(), model()])

    assert (len(library.works["云麓示范条例"].expressions), library.clashes) == (1, [])


def test_names_compare_without_the_state_the_year_and_white_space():
    names = ("中华人民共和国 立法法", "立法法（2023年修正）", "立法法(2023-03-13)", "立法法")

    assert {law.normal(name) for name in names} == {"立法法"}


def test_a_short_name_finds_its_law():
    text = (
        "# 中华人民共和国各级人民代表大会常务委员会监督法\n\n2024年11月8日 全国人民代表大会常务委员会通过\n\n"
        "<!-- INFO END -->\n\n第一条 甲。\n"
    )

    assert law.Library([law.parse(text)]).find("监督法") == ("各级人民代表大会常务委员会监督法",)


@given(st.dates(date(2018, 1, 1), date(2026, 1, 1)))
def test_no_day_has_two_editions_in_force(day):
    library = two()

    states = [library.edition_status(each, day) for each in library.works["云麓示范条例"].expressions]

    assert states.count(law.Status.IN_FORCE) <= 1


def test_an_edition_is_held_from_the_day_it_takes_effect():
    held = two().held("云麓示范条例", date(2023, 6, 1))

    assert (str(held.expression.edition), held.exact) == ("2019-01-08", True)


def test_a_change_that_came_later_takes_nothing_from_the_text_before():
    gap = law.parse(NEWER.replace("2023年5月9日", "2021年1月1日 会议修订\n\n2023年5月9日"))

    assert law.Library([model(), gap]).held("云麓示范条例", date(2020, 1, 1)).exact


def test_an_edition_of_a_year_that_is_not_held_is_not_exact():
    library = two()

    assert library.held("云麓示范条例", None, 2023).exact
    assert not library.held("云麓示范条例", None, 2021).exact


REPEALING = "# {title}\n\n2010年1月1日 明川市人民代表大会常务委员会通过\n\n<!-- INFO END -->\n\n第一条 {end}\n"


def repealing(title: str, end: str) -> law.Document:
    return law.parse(REPEALING.format(title=title, end=end))


def test_a_law_made_anew_after_it_was_repealed_is_in_force():
    older = repealing("河道办法", "本办法自2010年5月1日起施行。《云麓示范条例》同时废止。")
    library = law.Library([model(), older])

    assert library.status("云麓示范条例", date(2020, 1, 1)) is law.Status.IN_FORCE


def test_a_repeal_takes_effect_on_the_first_day_the_article_names():
    text = "本办法自2010年5月1日起施行，第三条自2012年1月1日起施行。《沟渠规定》同时废止。"

    assert law.Library([repealing("河道办法", text)]).works["沟渠规定"].repeal == law.Repeal(
        "河道办法", date(2010, 5, 1)
    )


def test_of_several_repeals_the_first_counts():
    late = repealing("甲办法", "本办法自2012年5月1日起施行。《沟渠规定》同时废止。")
    early = repealing("乙办法", "本办法自2010年5月1日起施行。《沟渠规定》同时废止。")

    for order in ([late, early], [early, late]):
        assert law.Library(order).works["沟渠规定"].repeal.by == "乙办法"


def test_a_short_name_means_the_law_of_the_state_before_a_local_one():
    national = law.parse(
        "# 国家水务管理条例\n\n2010年1月1日 全国人民代表大会常务委员会通过\n\n<!-- INFO END -->\n\n第一条 甲。\n"
    )
    local = repealing("明川市水务管理条例", "甲。")

    assert law.Library([local, national]).find("水务管理条例") == ("国家水务管理条例",)
