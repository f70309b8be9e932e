import time
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core import law
from lvzhi.core.law.compare import align, pieces
from tests.core.law.samples import RULES, rules


def edited(*changes: tuple[str, str]) -> law.Document:
    text = RULES
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return law.parse(text)


def notes(new: law.Document) -> list[str]:
    return [row.note for row in law.compare(rules(), new)]


def test_a_text_compared_with_itself_has_not_changed():
    assert set(notes(rules())) == {"未修改。"}


def test_what_was_renumbered_and_changed_is_said_in_one_sentence():
    new = edited(
        ("第五条 本办法", "第六条 本办法"),
        (
            "第四条 违反第三条第二款的，责令改正。",
            "第四条 河道两岸设立公示牌，写明责任人和电话。\n\n第五条 违反第三条第二款的，责令限期改正。",
        ),
    )

    assert notes(new) == [
        "未修改。", "未修改。", "未修改。", "未修改。", "新增。", "原第四条改为第五条，并修改。",
        "原第五条改为第六条，内容未修改。",
    ]  # fmt: skip


def test_what_was_deleted_stands_behind_what_stood_before_it():
    rows = law.compare(rules(), edited(("第三条之一 违反前条第一款第（二）项规定的，依照本办法第四条处理。\n\n", "")))

    assert [(row.change, (row.new or row.old)[0].label) for row in rows][2:4] == [
        (law.Change.SAME, "第三条"), (law.Change.DELETED, "第三条之一"),
    ]  # fmt: skip


def test_only_the_words_that_changed_are_marked():
    found = pieces("应当在十日以内答复申请人。", "应当在十日以内书面答复申请人。")

    assert [(piece.mark, piece.text) for piece in found] == [
        ("same", "应当在十日以内"), ("inserted", "书面"), ("same", "答复申请人。"),
    ]  # fmt: skip


def test_an_item_that_is_inserted_shows_as_an_item():
    found = pieces(
        "应当：\n（一）巡查河道；\n（二）记录情况。", "应当：\n（一）巡查河道；\n（二）清理漂浮物；\n（三）记录情况。"
    )

    assert [(piece.mark, piece.text) for piece in found] == [
        ("same", "应当：\n（一）巡查河道；\n"), ("inserted", "（二）清理漂浮物；\n"), ("same", "（"), ("deleted", "二"),
        ("inserted", "三"), ("same", "）记录情况。"),
    ]  # fmt: skip


def test_a_text_that_repeats_itself_without_end_is_compared_in_time():
    random = Random(1)
    old, new = ("".join(random.choice(["应当。", "可以。"]) for _ in range(12_000)) for _ in range(2))
    begun = time.process_time()

    pieces(old, new)

    assert time.process_time() - begun < 2


def test_how_a_mark_is_typed_is_no_change():
    assert {piece.mark for piece in pieces("应当:(一)报告;", "应当：（一）报告；")} == {"same"}


WORDS = st.lists(
    st.sampled_from(["区", "政府", "应当", "在", "三十", "日", "内", "报告", "，", "。", "人大", "不得", "\n"]),
    max_size=60,
).map("".join)


@given(WORDS, WORDS)
def test_the_pieces_give_both_texts_back(old, new):
    found = pieces(old, new)

    assert "".join(piece.text for piece in found if piece.mark != "inserted") == old
    assert "".join(piece.text for piece in found if piece.mark != "deleted") == new


@given(st.lists(WORDS, max_size=12), st.lists(WORDS, max_size=12))
def test_every_article_stands_in_exactly_one_link(old, new):
    links = align(old, new)

    assert sorted(at for link in links for at in link.old) == list(range(len(old)))
    assert sorted(at for link in links for at in link.new) == list(range(len(new)))
