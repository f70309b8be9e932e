"""Where a message belongs: learned, explained, stored safely."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lvzhi.core.text import (
    Example,
    Leaf,
    Model,
    ModelRefused,
    load_model,
    save_model,
    suggest_leaves,
    train,
)

DISTRICT = Path(__file__).parents[3] / "src/lvzhi/faces/commands/district/opinions.jsonl"
ROWS = [json.loads(line) for line in DISTRICT.read_text("utf-8").splitlines()]


def examples(field: str) -> list[Example]:
    return [Example.of(row["subject"], row["text"], row[field], row["id"]) for row in ROWS if row.get(field)]


@pytest.fixture(scope="module")
def model() -> Model:
    return train(examples("category"))


def test_a_plain_message_goes_to_its_subject_and_says_which_words_decided(model):
    found = model.predict("石桥大街公交车末班太早", "公交车末班太早，走回家要四十分钟，希望延长运营时间。")

    assert found.label == "transport"
    assert found.words[0][0] in {"公交车", "末班", "公交"}
    assert 0 < found.score <= 1
    assert sum(share for _, share in found.words) <= 1.0001
    assert all(label != "transport" for label, _ in found.others)


def test_the_made_up_district_is_learned_in_less_than_five_seconds():
    started = time.process_time()

    train(examples("category"))

    assert time.process_time() - started < 5


def test_what_was_learned_holds_for_messages_it_never_saw():
    every = examples("category")
    held, kept = every[::4], [example for place, example in enumerate(every) if place % 4]
    rows = [row for row in ROWS if row.get("category")][::4]
    learned = train(kept)

    right = sum(learned.predict(row["subject"], row["text"]).label == row["category"] for row in rows)

    assert right / len(held) > 0.35  # fourteen subjects, some 240 messages to learn from


def test_the_same_trainer_learns_which_body_answers():
    learned = train(examples("body"))

    assert learned.predict("幼儿园午睡", "老师说幼儿园没有午睡的床，孩子趴着睡。").label == "edu"


def test_the_same_examples_give_the_same_model():
    first, second = train(examples("category")[:80]), train(examples("category")[:80])

    assert first.weights == second.weights
    assert first.sharpness == second.sharpness


def test_a_message_without_a_known_word_gets_a_low_score(model):
    found = model.predict("", "zzz")

    assert found.words == ()
    assert found.score < 0.5


def test_one_label_alone_cannot_be_learned():
    with pytest.raises(ValueError, match="two different labels"):
        train([Example.of("路灯", "路灯坏了", "facilities")])


def test_a_stored_model_predicts_as_before(model, tmp_path):
    save_model(model, tmp_path / "deep" / "routing.model")

    again = load_model(tmp_path / "deep" / "routing.model")

    assert again.predict("路灯坏了", "路灯坏了一个月") == model.predict("路灯坏了", "路灯坏了一个月")
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["routing.model"]


def test_a_missing_model_says_how_to_get_one(tmp_path):
    with pytest.raises(ModelRefused, match="lvzhi opinions train"):
        load_model(tmp_path / "none.model")


@pytest.fixture(scope="module")
def stored(model, tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("model") / "routing.model"
    save_model(model, path)
    return path.read_bytes()


@settings(max_examples=40)
@given(data=st.data())
def test_a_damaged_model_is_refused_and_nothing_else_happens(stored, tmp_path_factory, data):
    place = data.draw(st.integers(0, len(stored) - 1))
    broken = stored[:place] + bytes([stored[place] ^ data.draw(st.integers(1, 255))]) + stored[place + 1 :]
    path = tmp_path_factory.mktemp("broken") / "m"
    path.write_bytes(broken)

    try:
        loaded = load_model(path)
    except ModelRefused:
        return

    assert loaded.terms  # only a change in the description that still describes the same numbers gets here


@pytest.mark.parametrize("data", [b"", b"{}\n", b"[]\n", b"\x80\x04pickle", b'{"kind": "lvzhi routing model"}\n'])
def test_what_is_no_model_is_refused(tmp_path, data):
    (tmp_path / "m").write_bytes(data)

    with pytest.raises(ModelRefused):
        load_model(tmp_path / "m")


LEAVES = [
    Leaf("城乡建设", "住房", "公租房"),
    Leaf("城乡建设", "住房", "物业管理"),
    Leaf("城乡建设", "市政", "道路照明"),
    Leaf("教育文体", "学校", "招生"),
]


def test_finer_labels_are_suggested_by_the_words_of_their_names():
    found = suggest_leaves(LEAVES, "城乡建设", "公租房怎么申请", "请问公租房申请要什么材料")

    assert found[0].leaf.third == "公租房"
    assert "租房" in found[0].words
    assert all(likeness.leaf.first == "城乡建设" for likeness in found)


def test_no_finer_label_is_made_up():
    assert suggest_leaves(LEAVES, "城乡建设", "好", "没有一个字相同") == []
