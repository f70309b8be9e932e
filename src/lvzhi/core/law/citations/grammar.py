"""The grammar of citations as compiled expressions.

Everything begins at one of few characters (《 第 本 前 上 该 同 法 典 and some more), so that one expression with a
small first set runs through a text, and the rest is looked at only there.
"""

from __future__ import annotations

import re

from lvzhi.core.law.numerals import DIGITS
from lvzhi.core.law.structure import Level

NUM = f"[{DIGITS}]{{1,9}}"
_CN = "[一二三四五六七八九十百零〇\\d]"

LEVELS = {
    "编": Level.PART, "分编": Level.SUBPART, "章": Level.CHAPTER, "节": Level.SECTION, "条": Level.ARTICLE,
    "款": Level.PARAGRAPH, "项": Level.ITEM, "目": Level.POINT,
}  # fmt: skip
DEPTH = {level: depth for depth, level in enumerate(LEVELS.values())}

SELF_NAMES = (
    "法典", "法", "实施条例", "暂行条例", "条例", "暂行规定", "补充规定", "若干规定", "规定", "实施办法", "暂行办法",
    "办法", "实施细则", "细则", "规则", "解释", "决定", "批复", "通知", "意见", "规范", "章程", "安排", "公约", "准则",
    "守则", "方案", "规程", "标准", "决议", "解答", "纲要",
)  # fmt: skip
_SELF = "|".join(SELF_NAMES)

ANCHOR = re.compile(
    rf"《|第(?=[（(]?[{DIGITS}])|本(?:(?:{_SELF})(?=第)|[章节编]第|[条款项章节编])|[前上][一二两三四五六七八九十几]?(?:[条款项])"
    rf"|[该同](?:(?:{_SELF})(?=第)|[条款](?=第))"
    rf"|(?<!各)该(?:法(?![律人定院官学庭制治则医案师务度规])|条例|[条款](?![例件约目式项款]))"
    rf"|[法典](?!定(?!罪)|[人律院官学庭制治则医案师务度]|规(?!定))|(?:条例|办法|规定|细则|规则|解释)(?=第)|[〔［\[](?=(?:19|20)\d\d[〕］\]])"
    rf"|[（(](?=[一二三四五六七八九十]{{1,3}}[)）](?:项(?!目)|[、和至][（(]))"
    rf"|附(?=[件录表][ 　]?[一二三四五六七八九十\d])"
)

PIECE = re.compile(
    rf"[ 　]?第(?P<n>{NUM})(?P<u>分编|[编章节条款目]|项)(?:之(?P<s>[一二三四五六七八九十]{{1,3}}))?"
    rf"|[ 　]?第?[（(](?P<m>{NUM})[)）](?P<v>[项目])"
)
"""One step down: 第三十条之一, 第二款, 第（一）项. What 项 and 款 and 条 must not be followed by stands in NO_WORD."""
NO_WORD = {"条": "件约例款", "款": "项式", "项": "目", "目": "的标录前", "节": "课目约日", "章": "程", "编": "制号"}
SHARED = re.compile(
    rf"[ 　]?第(?P<n>{NUM}(?:[、和及至到]第?{NUM})+)(?P<u>[条款项章节目])"
    rf"|[ 　]?第?[ 　]?(?P<m>[（(]{NUM}[)）](?:(?:[、和及至到]|以及)?[ 　]?第?[ 　]?[（(]{NUM}[)）])+)(?P<v>[项目])"
)
"""Numbers that share one 条, 款 or 项: 第一、二款, 第（一）至（三）项."""
LISTED = re.compile(rf"(?P<join>[、和及至到]|以及)?[ 　]?(?P<own>第?[ 　]?[（(]?(?P<n>{NUM})[)）]?)")
LOOSE = re.compile(rf"(?P<n>{NUM})条(?=第|规定|明文|之|中|的|和|及|[，。；、：:“\s]|$)")
"""An article named without 第 right behind its law, as letters do: 刑法342条."""
OTHER_PAPER = re.compile(r"(?:合同|协议|文件|章程|公约|书|令|号|通知|意见|方案|标准|[”»）)\]])$")
"""What stands before a 第…条 that is no law's: 购房合同第九条."""
JOIN = re.compile(
    r"(?:的?规定(?=[和以及与或]))?(?:、|和|以及|及其|及|与|或者|或|并|；|;|，|,)?[ 　]?(?=第)"
    r"|[、和及与或]?(?=[（(][一二三四五六七八九十\d]{1,3}[)）]项)"
)
INSIDE = re.compile(r"(?:所列|所述|规定|所规定|中)的?(?=第?[ 　]?[（(\d一二三四五六七八九十])")
"""What stands between an article and a unit inside it: 第一百零九条所列第（一）项."""
RANGE = re.compile(r"[ 　]?(?:至|到|—{1,2}|－|-|~|～)[ 　]?(?=第)")

QUOTED = re.compile(r"《((?:[^《》\n]|《[^《》\n]*》)+)》")
YEAR = re.compile(r"[（(](\d{4})年?(?:[^（）()]{0,6}(?:修正|修订|版|本|文本))?[)）]")
ASIDE = re.compile(r"\s?[（(](?:以下|下文|下称|简称)[^（）()]{0,60}[)）]")
PART_WORD = re.compile(r"(?P<part>分则|总则|附则|正文)(?=第)")
ANNEX = re.compile(
    r"附[件录表][ 　]?(?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})(?![\d.．]|[并起同律致次份式种个些旦切经般定])"
)
ANNEX_JOIN = re.compile(r"(?:、|和|及|以及|与|或者|或)(?=附[件录表])")
SELF_BEFORE = re.compile(rf"本(?:{_SELF})的?$")
FORMER = re.compile(r"修(?:改|正|订)前的?$")
"""What says that an edition before the one in force is meant: 修正前刑法第五十条."""
VALUATION = re.compile(r"(?:受控|销售|清算|市场)价格法$")
"""Ways of finding a price, which are not the law of that name."""
NUMBER = re.compile(r"[〔［\[]((?:19|20)\d\d)[〕］\]]\s?第?\s?(\d{1,5})\s?号")
NUMBERED = re.compile(rf"\s?[（(]([^（）()《》\n]{{0,30}}?{NUMBER.pattern})([^（）()\n]{{0,60}})[)）]")
ORDER = re.compile(r"[（(][^（）()\n]{0,40}令\s?第?\s?[\d一二三四五六七八九十百零〇]+\s?号[^（）()\n]{0,20}[)）]")
CIVIL = re.compile("总则|通则")
TAIL = re.compile(r"修正案(?:[（(][一二三四五六七八九十]{1,3}[)）])?|实施(?:条例|细则|办法)|法(?:实施)?(?:条例|细则)")
NO_NAME = ("条约", "宣誓", "和法律委员会", "日")
"""What makes another word of a law's name when it follows: 宪法宣誓, 专利法条约."""

RELATIVE = re.compile(r"(?P<w>[前上])(?P<n>[一二两三四五六七八九十几])?(?P<u>[条款项])(?![件例约目式])(?!项)")
HERE = re.compile(r"本(?P<u>[条款项章节编])(?!程(?!序)|[件例约目式制课日写造列点能水])(?!款|项)")
FIRST_FEW = re.compile(r"前(?P<n>[二两三四五六七八九])(?P<u>[款项])(?!目)")
SELF = re.compile(rf"本(?:{_SELF})(?=第)")
OF_SELF = re.compile(r"本(?P<u>[章节编])(?=第)")
ANAPHOR = re.compile(rf"[该同](?:(?P<l>{_SELF})|(?P<u>[条款]))(?=第)")
THAT = re.compile(r"该(?:(?P<l>法|条例)|(?P<u>[条款]))")
"""A law or a unit of it named again as a whole: 依照该条处罚."""
AGENCY = re.compile(r"[\u4e00-\u9fff]{1,10}(?:[（(][\u4e00-\u9fff]{1,4}[)）])?$")
AGENCY_STOPS = re.compile(
    r".*(?:以|由|将|转发|执行|贯彻|认为|下发|遵照|参照|关于|有关|和|与|及|的|按|照|见|据|院|部|局|委|会|厅|府|通过|发布|印发|文件|文|号|、|根)(?=[\u4e00-\u9fff]{1,6}$)"
)

ALIAS = re.compile(
    r"》\s?[（(](?:(?:[^（）()“”\"《》\n]{1,40}[，,])?(?:以下|下文)?(?:统|均|合)?(?:简称|称)(?:为|：|:)?(?P<q>[“\"「《〈])?"
    r"(?P<a>[^（）()“”\"《》〈〉，。；、\n]{1,24})[”\"」》〉]?|(?P<b>[\u4e00-\u9fff]{2,16}(?:公约|协定|条约|法|条例|办法)))[)）]"
)
"""An abbreviation that stands right behind the title it stands for."""
