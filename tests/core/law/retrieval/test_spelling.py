"""Slips inside a query, and what people say in other words than the law."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvzhi.core.law import retrieval
from lvzhi.core.law.retrieval import Article, synonyms
from tests.core.law.retrieval.samples import index_of

WORK = "云麓示范办法"
TEXTS = (
    "用人单位解除劳动合同的，应当支付经济补偿。",
    "劳动合同期满终止。",
    "订立劳动合同应当采用书面形式。",
    "夫妻一方向配偶隐瞒的，依照本办法处理。",
    "机动车驾驶人应当遵守交通信号。",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> retrieval.Index:
    articles = [Article(WORK, WORK, f"第{number}条", text, number=str(number)) for number, text in enumerate(TEXTS, 1)]
    return index_of(articles, tmp_path_factory.mktemp("index"))


@pytest.mark.parametrize("typed", ["劳动何同期满", "劳合动同期满", "云麓示范办法里劳动何同期满"])
def test_a_term_with_a_slip_is_read_as_the_term(index: retrieval.Index, typed: str) -> None:
    assert "劳动合同" in index._spelling.mend(typed)
    assert index.search(typed)[0].key == f"{WORK}第2条"


@pytest.mark.parametrize("typed", ["劳动合同期满", "交通信号", "劳动", "什么都没有说", "劳动合同吗", "做劳动合同"])
def test_what_is_written_right_or_resembles_nothing_stays(index: retrieval.Index, typed: str) -> None:
    assert index._spelling.mend(typed) == typed


@settings(max_examples=60, deadline=2000)
@given(st.text(max_size=400))
def test_mending_never_changes_the_length(index: retrieval.Index, typed: str) -> None:
    assert len(index._spelling.mend(typed)) == len(typed)


def test_what_people_say_is_found_where_the_law_says_it_otherwise(index: retrieval.Index) -> None:
    assert index.search("老公瞒着我")[0].key == f"{WORK}第4条"
    assert index.search("被炒鱿鱼了")[0].key == f"{WORK}第1条"


def test_the_list_of_synonyms_holds_no_word_twice_and_means_something() -> None:
    lines = [line for line in synonyms.LIST.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    said = [word for line in lines for word in line.partition("=")[0].split()]
    assert len(said) == len(set(said))
    assert all(line.partition("=")[2].split() for line in lines)
    assert synonyms.meant("老公和配偶") == ("夫妻",)


def test_a_lone_slip_in_a_tiny_index_is_no_reason_to_guess(tmp_path: Path) -> None:
    only = index_of([Article(WORK, WORK, "第一条", "示范。", number="1")], tmp_path)
    assert only._spelling.mend("毫无关系的话") == "毫无关系的话"
