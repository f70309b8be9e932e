"""Signals of danger: little is missed, and what people say in anger or jest is no signal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core.text import signals
from lvzhi.core.text.danger import KINDS

SENTENCES = [
    tuple(line.split("\t")) for line in (Path(__file__).parent / "danger_sentences.tsv").read_text("utf-8").splitlines()
]


def test_there_are_sentences_enough_to_judge_by():
    assert len(SENTENCES) >= 120
    assert all(kind == "none" or kind in KINDS for kind, _ in SENTENCES)


@pytest.mark.parametrize(("kind", "sentence"), [pair for pair in SENTENCES if pair[0] != "none"])
def test_a_danger_is_seen_and_called_by_its_kind(kind, sentence):
    assert kind in {span.kind for span in signals(sentence)}


@pytest.mark.parametrize("sentence", [sentence for kind, sentence in SENTENCES if kind == "none"])
def test_what_only_sounds_like_danger_is_no_signal(sentence):
    assert signals(sentence) == []


def test_suicide_comes_first_and_the_words_are_shown():
    found = signals("有人被困，煤气泄漏。我真的不想活了。")

    assert found[0].kind == "self_harm"
    assert found[0].words == "不想活"
    assert {span.kind for span in found} == {"self_harm", "peril"}


@given(
    st.lists(st.sampled_from([sentence for _, sentence in SENTENCES]), max_size=4).map("。".join), st.text(max_size=5)
)
def test_words_stand_where_they_say(text, tail):
    for span in signals(text + tail):
        assert (text + tail)[span.start : span.end] == span.words
