"""Suspicions of spam, each with its reason; honest short messages go through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lvzhi.core.text import fingerprint, near_duplicate, suspicion
from lvzhi.core.text.fingerprint import bands

DISTRICT = Path(__file__).parents[3] / "src/lvzhi/faces/commands/district/opinions.jsonl"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("代开发票，加微信fapiao888详谈", "spam_offer"),
        ("兼职刷单，日赚300元，在家就能做", "spam_offer"),
        ("加我微信领取免费资料", "spam_offer"),
        ("好看 http://abc.top/x", "spam_link"),
        ("哈哈哈哈哈哈哈哈哈哈哈哈哈哈", "spam_repeated"),
        ("asdfkjh sdkfjhq ksdjfhg", "spam_gibberish"),
        ("1111222233334444555566", "spam_gibberish"),
        ("", "spam_empty"),
        ("。。。", "spam_empty"),
    ],
)
def test_spam_is_suspected_and_says_why(text, code):
    found = suspicion(text)

    assert found.suspected
    assert code in {reason.code for reason in found.reasons}


def test_a_picture_without_words_waits_for_a_person():
    assert [reason.code for reason in suspicion("[图片]", images=1).reasons] == ["spam_only_image"]
    assert suspicion("[图片]", images=1).suspected


def test_a_telling_subject_makes_a_picture_a_report():
    assert not suspicion("见图", subject="听泉路路灯坏了请修", images=1).suspected


def test_the_same_text_many_times_is_suspected():
    text = "请把听泉路的路灯修好，老人晚上不敢出门。"

    assert not suspicion(text, same=1).suspected
    assert [reason.code for reason in suspicion(text, same=500).reasons] == ["spam_mass"]


@pytest.mark.parametrize(
    "text",
    [
        "路灯坏了",
        "投诉有人发短信说代开发票，请查处",
        "请看新闻 http://www.mingchuan.gov.cn/1.html，楼道灯不亮",
        "太吵了！！！！！！",
        "井盖松动，车一过就响",
    ],
)
def test_an_honest_message_goes_through(text):
    assert not suspicion(text).suspected


def test_no_opinion_of_the_made_up_district_is_suspected():
    rows = [json.loads(line) for line in DISTRICT.read_text("utf-8").splitlines()]

    assert [row["id"] for row in rows if suspicion(row["text"], subject=row["subject"]).suspected] == []


def test_spaces_marks_and_width_do_not_make_another_text():
    assert fingerprint("路灯 坏了，１２ 天！") == fingerprint("路灯坏了12天")
    assert fingerprint("路灯坏了12天") != fingerprint("路灯坏了13天")


def test_a_text_with_a_few_words_changed_is_nearly_the_same():
    text = "听泉路的路灯坏了一个月，没有人修，老人晚上不敢出门，孩子放学要打手电，请有关部门尽快修好，谢谢。"

    assert near_duplicate(text, text.replace("一个月", "两个月"))
    assert not near_duplicate(text, "柳荫北里的电梯坏了一个月，没有人修，老人下不了楼，请督促物业尽快修好，谢谢。")
    assert set(bands(text)) & set(bands(text.replace("一个月", "两个月")))


def test_a_text_without_letters_has_no_bands():
    assert bands("！！！") == []
