"""What a message asks for, point by point; one point where that is not plain."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core.text import points


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("路灯坏了一个月，请尽快修好。", 1),
        ("一、路灯坏了请修好。二、井盖松动请更换。三、垃圾桶太少请增加。", 3),
        ("有三件事：1.路灯坏了请修好；2.井盖松动请更换；3.垃圾桶太少。", 3),
        ("(1)路灯坏了请修好(2)井盖松动请更换", 2),
        ("①路灯坏了请修好②井盖松动请更换", 2),
        ("第一，路灯坏了请修好。第二，井盖松动请更换。", 2),
        ("一是路灯坏了没人修；二是井盖松动没人换。", 2),
        ("路灯坏了一个月没有人修。另外，井盖松动，车一过就响。", 2),
        ("公租房什么时候开始申请？需要准备哪些材料？", 2),
        ("难道就没有人管吗？天理何在？请把路灯修好。", 1),
        ("2025年1月3日路灯坏了，2025年2月4日还没有修。", 1),
        ("电费1.2元，水费2.3元，太贵了。", 1),
        ("   ", 0),
    ],
)
def test_points_are_told_apart_only_where_that_is_plain(text, count):
    assert len(points(text)) == count


def test_a_point_holds_its_words_and_not_its_number():
    first, second = points("有两件事：1、路灯坏了请修好；2、井盖松动请更换。")

    assert (first.words, second.words) == ("路灯坏了请修好", "井盖松动请更换。")


@given(
    st.lists(
        st.sampled_from(["一、", "二、", "1.", "2.", "①", "②", "另外，", "路灯坏了请修", "？", "。", "\n", "能不能修"]),
        max_size=16,
    ).map("".join)
)
def test_points_stand_in_order_and_inside_the_text(text):
    found = points(text)

    assert all(0 <= point.start <= point.end <= len(text) for point in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert bool(found) == bool(text.strip())
