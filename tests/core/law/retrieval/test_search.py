"""Searching: words, phrases, names and numbers, filters, slips of the keys."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvzhi.core.law import retrieval
from lvzhi.core.law.retrieval import Article, Filter
from lvzhi.core.law.retrieval.terms import Terms
from lvzhi.core.law.retrieval.titles import is_slip
from lvzhi.core.law.retrieval.words import fold, pair_key, pair_keys, pairs
from tests.core.law.retrieval.samples import ARTICLES, CHUSHI, HEDAO, index_of


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> retrieval.Index:
    return index_of(ARTICLES, tmp_path_factory.mktemp("index"))


def keys(hits: list[retrieval.Hit]) -> list[str]:
    return [hit.key for hit in hits]


def test_words_find_the_article_that_holds_them_and_say_which_decided(index: retrieval.Index) -> None:
    best = index.search("路灯坏了多久修复")[0]
    assert best.key == f"{CHUSHI}第一条"
    assert "路灯" in best.why
    assert (best.work, best.eid, best.edition, best.exact) == (CHUSHI, "art_1", "2020-01-01", False)
    assert best.text.startswith("路灯由照明管理单位维护")


def test_a_name_with_a_number_puts_that_article_first_newest_edition_first(index: retrieval.Index) -> None:
    found = index.search(f"{HEDAO} 2")
    assert [(hit.key, hit.edition, hit.exact) for hit in found[:2]] == [
        (f"{HEDAO}第二条", "2024-06-07", True),
        (f"{HEDAO}第二条", "2021-03-05", True),
    ]
    assert index.search("河道保洁办法第二条之一")[0].key == f"{HEDAO}第二条之一"
    assert index.search(f"《{HEDAO}》第2条")[0].exact


def test_a_name_with_one_character_wrong_or_swapped_is_still_the_name(index: retrieval.Index) -> None:
    for typed in ("明川市云麓区何道保洁办法 1", "明川市云麓区道河保洁办法 1", "明川市云麓区河道保办法 1"):
        assert (index.search(typed)[0].key, index.search(typed)[0].exact) == (f"{HEDAO}第一条", True)


def test_a_name_alone_lists_the_laws_articles_in_order(index: retrieval.Index) -> None:
    assert [hit.label for hit in index.search(HEDAO, limit=3)] == ["第一条", "第二条", "第二条之一"]


def test_a_phrase_in_quotes_is_found_letter_for_letter(index: retrieval.Index) -> None:
    assert [hit.edition for hit in index.search("“每周巡查”")] == ["2021-03-05"]
    assert index.search("“巡查每周”") == []


def test_a_filter_lets_through_what_it_names_and_nothing_else(index: retrieval.Index) -> None:
    assert len(index.search("巡查 路灯 河道")) == 5
    assert keys(index.search("巡查 路灯 河道", where=Filter(kinds=frozenset({"local_rule"})))) == [f"{CHUSHI}第一条"]
    on = Filter(works=frozenset({HEDAO}), on=date(2022, 1, 1))
    assert [hit.edition for hit in index.search("巡查", where=on)] == ["2021-03-05"]
    assert index.search(f"{HEDAO} 2", where=Filter(statuses=frozenset({"repealed"}))) == []
    assert index.search("巡查", where=Filter(regions=frozenset({"别处"}))) == []


def test_suggestions_begin_with_what_was_typed_and_offer_numbers(index: retrieval.Index) -> None:
    assert [each.text for each in index.suggest("明川市云麓区河")] == [HEDAO]
    assert [each.text for each in index.suggest("路灯")] == [CHUSHI]
    assert [each.key for each in index.suggest(f"{HEDAO}第2")] == [f"{HEDAO}第二条", f"{HEDAO}第二条之一"]
    assert index.suggest("") == []


def test_nothing_is_found_in_an_empty_index_and_for_an_empty_query(tmp_path: Path) -> None:
    empty = index_of([], tmp_path)
    assert empty.search("路灯") == []
    assert empty.suggest("路灯") == []


def test_empty_words_find_nothing(index: retrieval.Index) -> None:
    assert [index.search(typed) for typed in ("", "  ", "？！", "的")] == [[], [], [], []]


def test_a_folder_without_an_index_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(retrieval.IndexRefused, match="lvzhi laws index"):
        retrieval.Index.open(tmp_path)


def test_building_again_replaces_the_index_and_an_open_one_keeps_answering(tmp_path: Path) -> None:
    old = index_of(ARTICLES, tmp_path)
    new = index_of(ARTICLES[:1], tmp_path)
    assert len(old.search("路灯")) == 1
    assert new.search("路灯") == []
    assert len(list(tmp_path.glob("g*"))) == 1


@settings(max_examples=150, deadline=2000)
@given(st.text(max_size=600), st.integers(-2, 30))
def test_any_text_is_a_query(index: retrieval.Index, typed: str, limit: int) -> None:
    found = index.search(typed, limit=limit)
    assert len(found) <= max(limit, 0)
    assert len({(hit.key, hit.edition) for hit in found}) == len(found)
    assert len(index.suggest(typed, 5)) <= 5


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=3, max_size=20))
def test_an_article_alone_is_found_by_its_own_words_and_its_laws_name(words: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        only = index_of([Article("云麓示范" + words, "云麓示范" + words, "第一条", words, number="1")], Path(folder))
        assert keys(only.search(words)) == [f"云麓示范{words}第一条"]
        assert only.search(f"云麓示范{words} 1")[0].exact


@given(st.text(max_size=200))
def test_the_pairs_of_a_text_are_the_same_both_ways(text: str) -> None:
    folded = fold(text)
    assert [pair_key(pair) for pair in pairs(folded)] == pair_keys(folded).tolist()


@given(st.text("甲乙丙丁", min_size=2, max_size=8), st.integers(0, 7))
def test_a_swap_of_neighbours_is_one_slip(name: str, at: int) -> None:
    at %= len(name) - 1
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    assert is_slip(name, swapped) == (name != swapped)
    assert is_slip(name, name[:at] + name[at + 1 :])
    assert not is_slip(name, name + "戊己")


def test_words_of_asking_decide_nothing(tmp_path: Path) -> None:
    asking = replace(ARTICLES[0], label="第九条", text="执勤时应当问：怎么办？谁来办？", eid="art_9", number="9")
    index = index_of([*ARTICLES, asking], tmp_path)

    assert keys(index.search("请问路灯损坏了怎么办，找谁？"))[0] == f"{CHUSHI}第一条"
    assert index.search("怎么办")[0].number == "9"


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("我国公民怎么参加选举", ["我国", "国公", "公民"]),
        ("自我保护吗", ["自我", "我保", "保护"]),
        ("酒吧太吵", ["酒吧", "吧太", "太吵"]),
        ("吗啡", ["吗啡"]),
    ],
)
def test_a_character_of_asking_inside_a_word_stays(asked: str, left: list[str]) -> None:
    assert list(Terms.of(asked).pairs)[: len(left)] == left
