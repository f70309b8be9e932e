"""Words by which a message shows what it is about, for where no model has been trained."""

from __future__ import annotations

# Words by which a message shows what it is about: the subject (see categories), and the body with that work.
KEYWORDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("housing", "housing", ("住建", "住房", "房屋", "物业", "房产", "公积金", "开发商", "小区")),
    ("transport", "transport", ("交通", "公交", "道路", "地铁", "出租", "高速", "停车")),
    ("education", "edu", ("教育", "学校", "幼儿园", "老师", "学生")),
    ("health", "health", ("卫健", "卫生", "医院", "医生", "疫苗")),
    ("health", "medical-insurance", ("医保", "医疗保险")),
    ("environment", "ecology", ("环保", "生态环境", "噪音", "噪声", "污染", "扬尘")),
    ("elderly", "civil-affairs", ("民政", "养老", "低保", "老人")),
    ("employment", "hrss", ("人社", "社保", "工资", "劳动", "就业")),
    ("safety", "public-security", ("公安", "交警", "派出所", "户口", "治安")),
    ("facilities", "city-management", ("城管", "垃圾", "违建", "路灯", "绿化", "水管")),
    ("rural", "agriculture", ("农村", "农业", "村民", "征地")),
)


def guesses(said: str) -> list[tuple[str, str, float, list[str]]]:
    """(subject, slug of a body, share of the words found, the words), best first; nothing where none occurs."""
    counted = [
        (sum(said.count(word) for word in words), category, slug, [word for word in words if word in said])
        for category, slug, words in KEYWORDS
    ]
    total = sum(count for count, _category, _slug, _words in counted)
    found = sorted((item for item in counted if item[0]), key=lambda item: -item[0])
    return [(category, slug, round(count / total, 2), words) for count, category, slug, words in found]


def topic_of(said: str) -> tuple[str, str]:
    """The subject and the body whose words occur most; ("other", "") where none does."""
    found = guesses(said)
    return found[0][:2] if found else ("other", "")
