"""Replies that say nothing are flagged; an answer with any substance is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lvzhi.core.text import fingerprint, flags, hollow, points, reason, untouched
from lvzhi.core.text.hollow import CODES

DISTRICT = Path(__file__).parents[3] / "src/lvzhi/faces/commands/district/opinions.jsonl"


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ("您好！留言已收悉。", "only_courtesy"),
        ("感谢您对我们工作的关心、理解和支持！2026年3月1日", "only_courtesy"),
        ("您反映的问题已转相关部门。", "only_forwarded"),
        ("您好！您反映的问题已转交区城市管理委员会调查处理，感谢您的留言。", "only_forwarded"),
        ("来信收悉。我们将认真研究您的建议。感谢您的支持！", "only_promised"),
        ("您的问题正在处理，请耐心等待。", "only_waiting"),
        ("您好，请您咨询区教育委员会，电话：8888 6666。", "sent_elsewhere"),
        ("您反映的问题不属于我单位职责范围，感谢您的留言。", "sent_elsewhere"),
    ],
)
def test_a_reply_that_says_nothing_is_flagged_by_its_form(reply, code):
    flag = hollow(reply)

    assert flag is not None
    assert flag.code == code
    assert reason(flag.code).endswith("。")


@pytest.mark.parametrize(
    "reply",
    [
        "您反映的问题已转城管大队。3月9日，执法人员到现场责令摊主清走油桶，现已恢复通行。",
        "经核实，该路段路灯因电缆被盗不亮，将于4月底前修复。",
        "可以申请。",
        "按照《物业管理条例》第十二条的规定，应当由业主大会决定。",
        "你的建议很好，我们增设了两处斑马线。",
        "M站暂无拓宽计划。",
        "请携带身份证和户口本到街道政务服务中心办理。",
    ],
)
def test_an_answer_with_substance_is_left_alone(reply):
    assert hollow(reply) is None


def test_a_reply_about_something_else_is_flagged():
    found = flags(
        "现就物业费标准说明：住宅每平方米每月一元八角。",
        subject="听泉路公交车末班太早",
        asked=points("听泉路公交车末班太早，请延长运营。"),
    )

    assert [flag.code for flag in found] == ["unaddressed"]


def test_a_reply_used_before_is_flagged():
    reply = "经查，该路段路灯因电缆被盗不亮，将于4月底前修复。"

    assert [flag.code for flag in flags(reply, others={fingerprint(reply)})] == ["identical"]


def test_points_that_no_word_of_the_reply_touches_are_named():
    asked = ["听泉路公交车末班太早请延长", "小区垃圾桶满了没有人清运"]

    assert untouched("公交车末班已经延长到二十三点。", asked) == ["小区垃圾桶满了没有人清运"]


def test_no_reply_of_the_made_up_district_is_called_hollow():
    rows = [json.loads(line) for line in DISTRICT.read_text("utf-8").splitlines()]

    assert [row["id"] for row in rows if row.get("reply") and hollow(row["reply"])] == []


def test_every_code_has_its_sentences():
    assert all(reason(code) and reason(code, "en") for code in CODES)
