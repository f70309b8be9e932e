"""Names of laws: the form in which they are compared, their short form, and what a name says about its kind."""

from __future__ import annotations

import re
from functools import lru_cache

STATE = "中华人民共和国"
_SPACE = re.compile(r"[\s\u200b\u3000\ufeff]+")
_YEAR = re.compile(r"[（(](?P<year>\d{4})年?(?:[^（）()]{0,8}(?:修正|修订|版|本|文本|通过|公布))?[)）]$")
_DAY = re.compile(r"[（(]\d{4}-\d{2}-\d{2}[)）]$")
_QUOTES = str.maketrans({"<": "〈", ">": "〉", "＜": "〈", "＞": "〉"})
_INNER = str.maketrans({"〈": "《", "〉": "》", "(": "（", ")": "）"})

KNOWN_SHORT = {
    "监督法": "各级人民代表大会常务委员会监督法",
    "代表法": "全国人民代表大会和地方各级人民代表大会代表法",
    "选举法": "全国人民代表大会和地方各级人民代表大会选举法",
    "地方组织法": "地方各级人民代表大会和地方各级人民政府组织法",
    "地方各级人大和政府组织法": "地方各级人民代表大会和地方各级人民政府组织法",
    "法院组织法": "人民法院组织法",
    "检察院组织法": "人民检察院组织法",
    "环保法": "环境保护法",
    "刑诉法": "刑事诉讼法",
    "民诉法": "民事诉讼法",
    "行诉法": "行政诉讼法",
    "消费者保护法": "消费者权益保护法",
    "消法": "消费者权益保护法",
    "社保法": "社会保险法",
    "招标法": "招标投标法",
    "招投标法": "招标投标法",
    "税收征管法": "税收征收管理法",
    "土地承包法": "农村土地承包法",
    "道交法": "道路交通安全法",
    "个税法": "个人所得税法",
    "治安处罚法": "治安管理处罚法",
    "香港基本法": "香港特别行政区基本法",
    "澳门基本法": "澳门特别行政区基本法",
}
"""Short names in general use which are no plain ending of the full name, or are the ending of several."""


@lru_cache(maxsize=16384)
def normal(title: str) -> str:
    """The form in which names are compared: without 中华人民共和国, white space, and an edition in brackets at the end.

    Inner quotation marks become 《》 and brackets full width, so that 〈…〉 inside a quoted title compares equal.
    """
    text = _SPACE.sub("", title).translate(_QUOTES).translate(_INNER)
    text = _DAY.sub("", text)
    if found := _YEAR.search(text):
        text = text[: found.start()]
    return text.replace(STATE, "") or text


def edition_year(title: str) -> int | None:
    """The year of the edition that a name carries in brackets at its end: 2024 for 监督法（2024修正）."""
    found = _YEAR.search(_SPACE.sub("", title))
    return int(found["year"]) if found else None


_LAWFUL = (
    "法", "法典", "宪法", "条例", "规定", "办法", "细则", "规则", "决定", "决议", "解释", "意见", "通知", "批复",
    "公约", "协定", "议定书", "宪章", "章程", "规范", "标准", "目录", "名录", "纲要", "方案", "修正案", "安排",
    "公告", "命令", "答复", "解答", "规程", "守则", "准则", "制度", "条约", "协议", "声明", "清单", "指引", "规划",
    "计划", "措施", "纪要", "编", "税则", "指南", "通告", "令", "法律", "补充规定", "暂行规定", "通则", "要点",
    "复函", "附则", "总则", "分则", "原则", "大纲", "宣言", "换文", "备忘录", "政策", "问题的意见",
)  # fmt: skip
"""How the names of texts with rules end. What ends otherwise, such as 许可证, 起诉书 or 日报, is another paper."""
_LAWFUL_END = re.compile("(?:" + "|".join(sorted(map(re.escape, _LAWFUL), key=len, reverse=True)) + ")$")
_NOT_LAWFUL = re.compile(
    r"(?:处罚|复议|许可|行政|仲裁|执行|逮捕|释放|起诉|裁定|赔偿|检察|强制|回避|受理|保全|扣押|冻结|协助|调解)"
    r"[^关于]{0,8}(?:通知|决定|意见|公告|命令|令|建议)$|^(?:通知|公告|决定|意见|协议|说明|函|命令|章程|合同)$"
    r"|使用说明$|招标公告$|招股说明|合作协议$|产品说明$|日报|调查令$|搜查令$|拘传令$|执行令$"
)


@lru_cache(maxsize=16384)
def is_lawful(title: str) -> bool:
    """Whether a name in 《》 is that of a text with rules, and not of a form, a licence or a newspaper."""
    text = normal(title)
    text = re.sub(r"(?:[（(][^（）()]{1,24}[)）])+$", "", text)
    return bool(_LAWFUL_END.search(text)) and not _NOT_LAWFUL.search(text)
