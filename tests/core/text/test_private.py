"""Personal data in free text: found where it stands, told apart from other numbers and words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.core.text import SURE, mask, private_spans
from lvzhi.core.text.private_numbers import check_digit, luhn

PIECES = st.sampled_from(
    [
        "13800138000",
        "１３８ ００１３ ８０００",
        "0510-88886666",
        "11010519491231002X",
        "110105194912310021",
        "京A·12345",
        "联系人：王小明",
        "李建国先生",
        "3栋2单元501室",
        "微信号：ab_c12345",
        "a@b.cn",
        "张某",
        "一三八零零一三八零零零",
        "，",
        "。",
        "\U0001f600",
        "e\u0301",
        "ﬁ",
        "㈠",
        "\u3000",
        "电话",
        "卡号6222021234567890128",
    ]
)


def kinds(text: str, least: float = SURE) -> list[tuple[str, str]]:
    return [(span.kind, span.words) for span in private_spans(text, least=least)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("我的电话是13800138000，请回", "phone", "13800138000"),
        ("电话 138-0013-8000", "phone", "138-0013-8000"),
        ("打１３８００１３８０００", "phone", "１３８００１３８０００"),
        ("+86 13800138000", "phone", "+86 13800138000"),
        ("座机0510-88886666转8", "phone", "0510-88886666转8"),
        ("联系电话：88886666", "phone", "88886666"),
        ("手机一三八零零一三八零零零", "phone", "一三八零零一三八零零零"),
        ("身份证11010519491231002X", "identity", "11010519491231002X"),
        ("身份证 110105 19491231 002x 号", "identity", "110105 19491231 002x"),
        ("卡号6222021234567890128", "bank_card", "6222021234567890128"),
        ("车牌京A12345堵门", "plate", "京A12345"),
        ("车牌京AD12345堵门", "plate", "京AD12345"),
        ("发到wang.xm@example.cn谢谢", "email", "wang.xm@example.cn"),
        ("护照号E12345678", "passport", "E12345678"),
        ("加微信ab_c12345聊", "wechat", "ab_c12345"),
        ("QQ：123456789", "qq", "123456789"),
        ("我住观澜苑3栋2单元501室", "door", "3栋2单元501室"),
        ("三号楼五零二室漏水", "door", "三号楼五零二室"),
    ],
)
def test_each_kind_is_found_with_its_exact_words(text, kind, words):
    assert (kind, words) in kinds(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("联系人：王小明", "王小明"),
        ("我叫欧阳晓，住在听泉路", "欧阳晓"),
        ("本人李建国，今年六十岁", "李建国"),
        ("请回复李建国先生", "李建国"),
        ("王芳 13800138000", "王芳"),
        ("13800138000（陈志强）", "陈志强"),
        ("投诉人：周燕，身份证号码后补", "周燕"),
        ("申请人：范元细、王红林、黄小崇", "黄小崇"),
    ],
)
def test_a_name_is_found_beside_its_cue(text, name):
    assert ("person", name) in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "我是明川市市民，本人是业主委员会成员",
        "业主方便的时候来看",
        "拨打12345热线",
        "客服400-800-8888",
        "花了13800元",
        "2025年10月12日至2026年3月1日",
        "804路公交车",
        "小区有1200户、3栋楼",
        "申请公租房需要什么材料",
        "价格是128000000元",
        "联系人应当及时回复",
        "时间是2026-03-09 12:30",
        "请高度重视",
        "石桥大街398号线路灯不亮",
        "微信公众号上说可以办",
    ],
)
def test_ordinary_text_is_left_alone(text):
    assert kinds(text) == []


def test_an_identity_number_with_a_wrong_check_digit_is_held_for_less_certain():
    right = private_spans("11010519491231002X")[0]
    wrong = private_spans("110105194912310021")[0]

    assert (right.kind, wrong.kind) == ("identity", "identity")
    assert wrong.certainty < right.certainty


def test_a_half_hidden_name_is_found_but_not_sure():
    assert kinds("是张某干的") == []
    assert kinds("是张某干的", least=0.0) == [("person", "张某")]


def test_the_mask_says_what_stood_there():
    text = "我叫王小明，电话13800138000，住3栋2单元501室。"

    assert mask(text, private_spans(text)) == "我叫〔姓名〕，电话〔电话〕，住〔门牌号〕。"


def test_overlapping_spans_are_refused():
    span = private_spans("电话13800138000")[0]

    with pytest.raises(ValueError, match="overlap"):
        mask("电话13800138000", [span, span])


@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=14).map("".join))
def test_spans_stand_where_they_say_and_never_overlap(text):
    spans = private_spans(text)

    assert all(text[span.start : span.end] == span.words and span.words for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(0 < span.certainty <= 1 for span in spans)
    assert len(mask(text, spans)) >= len(text) - sum(len(span.words) for span in spans)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", " ", "-", "\u3000"]), st.booleans())
def test_every_mobile_number_is_found_however_it_is_written(number, gap, wide):
    if len(set(number)) <= 2:
        return
    written = gap.join((number[:3], number[3:7], number[7:]))
    if wide:
        written = written.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})

    assert ("phone", written) in kinds(f"请打{written}，谢谢")


@given(st.dates(min_value=__import__("datetime").date(1920, 1, 1)), st.integers(0, 999))
def test_every_valid_identity_number_is_found_and_sure(day, order):
    if day.year > 2099:
        return
    first = f"110105{day:%Y%m%d}{order:03d}"
    number = first + check_digit(first)

    assert [(span.words, span.certainty > 0.9) for span in private_spans(f"证件{number}。")] == [(number, True)]


@given(st.text("0123456789", min_size=15, max_size=18))
def test_exactly_one_last_digit_makes_a_bank_card_number(first):
    assert sum(luhn(first + str(last)) for last in range(10)) == 1
