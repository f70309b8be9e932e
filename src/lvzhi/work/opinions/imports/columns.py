"""Which column of a file is what: guessed by its heading, and corrected by a person."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

Mapping = dict[str, str]
"""A field of a message, and the heading of the column it stands in."""

COLUMNS: dict[str, tuple[str, tuple[str, ...]]] = {
    "id": (gettext_noop("编号"), ("id", "编号", "留言编号", "工单编号", "工单号", "信访编号", "受理编号", "序号")),
    "subject": (gettext_noop("题目"), ("subject", "title", "主题", "标题", "题目", "留言主题", "诉求标题", "事项")),
    "text": (
        gettext_noop("内容"),
        ("text", "content", "内容", "详情", "留言详情", "留言内容", "诉求内容", "问题描述", "反映内容", "工单内容"),
    ),
    "time": (
        gettext_noop("收到时间"),
        (
            "time",
            "date",
            "时间",
            "留言时间",
            "收到时间",
            "来电时间",
            "受理时间",
            "登记时间",
            "收到日期",
            "日期",
            "提交时间",
        ),
    ),
    "reply": (
        gettext_noop("答复"),
        ("reply", "答复", "回复", "答复意见", "答复内容", "回复内容", "办理结果", "处理结果", "办理意见"),
    ),
    "reply_time": (
        gettext_noop("答复时间"),
        ("reply_time", "答复时间", "回复时间", "办结时间", "答复日期", "回复日期", "办理时间"),
    ),
    "status": (gettext_noop("状态"), ("status", "状态", "办理状态", "工单状态", "处理状态")),
    "category": (gettext_noop("类别"), ("category", "类别", "分类", "一级分类", "诉求类别", "问题分类", "事项类别")),
    "body": (
        gettext_noop("办理单位"),
        ("body", "办理单位", "承办单位", "责任单位", "主办单位", "转办单位", "答复单位"),
    ),
    "street": (gettext_noop("街道、镇"), ("street", "街道", "街镇", "镇街", "所属街道", "属地")),
    "place": (gettext_noop("地点"), ("place", "地点", "地址", "事发地点", "发生地点", "位置")),
    "channel": (gettext_noop("渠道"), ("channel", "渠道", "来源", "诉求来源", "受理渠道")),
    "result": (gettext_noop("解决没有"), ("result", "是否解决", "解决情况", "解决没有", "问题是否解决")),
    "process": (gettext_noop("满意不满意"), ("process", "满意度", "满意情况", "是否满意", "评价", "回访评价")),
}
"""What a message may bring along: the name of the column in a form, and the headings it is known by."""

NEEDED = ("text", "time")
_SIGNS = re.compile(r"[\s（）()\[\]【】*:：_\-]+")


def column_name(field: str) -> str:
    """What a field is called in the form."""
    return _(COLUMNS[field][0])


def _plain(heading: str) -> str:
    return _SIGNS.sub("", heading).casefold()


def guess(headings: Sequence[str]) -> Mapping:
    """The likeliest column of each field; an exact heading before one that merely holds the word. Each is used once."""
    found: Mapping = {}
    for exact in (True, False):
        for field, (_label, known) in COLUMNS.items():
            if field in found:
                continue
            for word in (_plain(each) for each in known):
                hit = next(
                    (each for each in headings if _fits(_plain(each), word, exact) and each not in found.values()), ""
                )
                if hit:
                    found[field] = hit
                    break
    return found


def _fits(heading: str, word: str, exact: bool) -> bool:
    return heading == word if exact else len(word) > 1 and not word.isascii() and word in heading


def parse_map(text: str) -> Mapping:
    """`--map` of the command: field=heading pairs with commas between. Raises ValueError with what to mend."""
    found: Mapping = {}
    for pair in filter(None, (each.strip() for each in text.split(","))):
        field, equals, heading = pair.partition("=")
        if not equals or field.strip() not in COLUMNS or not heading.strip():
            raise ValueError(f"{pair!r}: write field=heading; the fields are {', '.join(COLUMNS)}.")
        found[field.strip()] = heading.strip()
    return found
