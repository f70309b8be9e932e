"""Search finds every true hit, shows only what may be seen, and marks the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core.text import grams, highlight, snippet, terms
from lvzhi.records.people.actor import citizen
from lvzhi.records.search.index import find, index
from lvzhi.work.opinions import actions
from tests.fixtures.district import NOW, TODAY, District

HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4E80), min_size=1, max_size=30)


@given(HAN, st.data())
def test_every_piece_of_a_text_has_its_terms_in_the_index(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : start + data.draw(st.integers(1, 8))]

    assert set(terms(piece).needed) <= set(grams(text))


@given(st.text(max_size=200), st.lists(st.text(min_size=1, max_size=6), max_size=4))
def test_marking_hits_changes_no_letter(text: str, words: list[str]) -> None:
    assert "".join(piece for piece, _hit in highlight(text, tuple(words))) == text


def _indexed(district: District, subject: str, text: str) -> None:
    index(district.opinion(subject=subject, text=text).opinion.matter)


@pytest.mark.parametrize("query", ["电梯", "加装电梯", "梯", "老旧小区 电梯", "ＡＢ栋", "ab栋", "2026-0001", "装电"])
def test_a_text_is_found_by_any_of_its_words(district: District, query: str) -> None:
    _indexed(district, "老旧小区加装电梯", "听泉苑AB栋没有电梯，老人下不了楼。")
    _indexed(district, "夜间公交", "听泉路夜里没有公交车。")

    found = find(query, actor=district.clerk)

    assert [row.title for row in found.rows] == ["老旧小区加装电梯"]


def test_neighbouring_pairs_are_not_mistaken_for_a_word(district: District) -> None:
    _indexed(district, "停车和车难修", "小区里停车，电动车难修。")

    assert find("停车难", actor=district.clerk).rows == []


@pytest.mark.parametrize("query", ["", "  ", "！？", "\x00", '" OR 1=1 --', "'; DROP TABLE", "a" * 5000])
def test_a_query_of_nothing_or_of_mischief_finds_nothing_and_harms_nothing(district: District, query: str) -> None:
    _indexed(district, "夜间公交", "听泉路夜里没有公交车。")

    assert find(query, actor=district.clerk).rows == []


def test_the_public_finds_only_what_is_public(district: District, neighbour: District) -> None:
    _indexed(district, "夜间公交", "听泉路夜里没有公交车。")
    matter = district.opinion(subject="公交站牌", text="望川路公交站牌倒了。").opinion.matter
    for action in ("register", "publish"):
        actions.take(matter.pk, action, actor=district.clerk, on=TODAY, at=NOW)
    index(matter)

    assert [row.title for row in find("公交", actor=citizen(district.congress)).rows] == ["公交站牌"]
    assert len(find("公交", actor=district.clerk).rows) == 2
    assert find("公交", actor=neighbour.clerk).rows == []


def test_an_answer_can_be_found_once_it_is_given(district: District) -> None:
    matter = district.matter()
    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    index(matter)
    assert find("末班车", actor=district.clerk).rows == []
    actions.answer(
        matter.pk,
        reply="自七月一日起，五路车末班车延长到二十三点，站牌六月底换好。",
        actor=district.driver,
        on=TODAY,
        at=NOW,
    )

    index(matter)

    assert len(find("末班车", actor=district.clerk).rows) == 1
    assert index(matter) is False


def test_hits_go_on_page_by_page(district: District) -> None:
    for place in range(5):
        _indexed(district, f"第 {place} 座桥", "桥上的护栏坏了。")

    first = find("护栏", actor=district.clerk, limit=3)
    second = find("护栏", actor=district.clerk, limit=3, before=first.before)

    assert [len(first.rows), len(second.rows), second.before] == [3, 2, None]


def test_a_snippet_shows_the_word_and_says_where_it_was_cut() -> None:
    text = "前" * 200 + "电梯" + "后" * 200

    piece = snippet(text, ("电梯",), width=60)

    assert "电梯" in piece
    assert (piece[0], piece[-1], len(piece)) == ("…", "…", 62)
