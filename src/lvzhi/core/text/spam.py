"""Reasons for suspecting that a message is no opinion: advertisement, noise, or the same text over and over.

A suspicion puts a message into a queue where a person looks; nothing is thrown away by it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from lvzhi.core.text.fingerprint import bare
from lvzhi.core.text.span import plain
from lvzhi.core.text.words import cut

SUSPECTED = 0.5
"""From here on a message waits in the queue of suspicions."""
MASS = 5
"""So many other messages with the same text are a campaign or a machine."""


@dataclass(frozen=True, slots=True)
class Reason:
    """`code` is a key of `wording.SENTENCES`; `weight` 0 to 1; `words` what gave it, at most 60 characters."""

    code: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Suspicion:
    """`score` 0 to 1, never below the heaviest reason; an empty tuple of reasons goes with 0."""

    score: float
    reasons: tuple[Reason, ...]

    @property
    def suspected(self) -> bool:
        """Whether the message belongs into the queue of suspicions."""
        return self.score >= SUSPECTED


_LINK = re.compile(
    r"https?://\S+|(?<![A-Za-z0-9@.])(?:www\.|[A-Za-z0-9-]{2,30}\.(?:com|cn|net|top|xyz|vip|cc|shop|site|club|info"
    r"|app)(?![A-Za-z]))\S*",
    re.IGNORECASE,
)
_OFFERS: tuple[tuple[float, re.Pattern[str]], ...] = tuple(
    (weight, re.compile(pattern, re.IGNORECASE))
    for weight, pattern in (
        (0.9,
            r"(?:代开|出售|专业办理|办理各类)[^，。]{0,6}发票|发票[^，。]{0,4}(?:代开|点位|点数)|代办[^"
            r"，。]{0,8}(?:信用卡|证件|学历|文凭|毕业证|资质|贷款)|办(?:假)?证(?:刻章|件齐全)|刻章办证"),
        (0.9,
            r"(?:百家乐|时时彩|六合彩|北京赛车|棋牌游戏|澳门(?:赌场|新葡京|威尼斯)|真人荷官|网上博彩|体育投注"
            r"|开奖号码|内幕(?:消息|码)|稳赚不赔|包赢)"),
        (0.85, r"(?:同城约|约炮|上门服务[^，。]{0,6}(?:小姐|美女|学生妹)|裸聊|成人(?:视频|电影)|一夜情|楼凤|兼职妹)"),
        (0.8,
            r"(?:无抵押|免抵押|秒批|当天放款|极速放款|黑户可(?:贷|做)|凭身份证(?:即可)?贷"
            r"|信用贷款?)[^。]{0,24}(?:贷|办理|联系|加|电话|咨询|额度|放款)"),
        (0.8,
            r"(?:刷单|日赚|日结|日入)[^。]{0,10}(?:\d{2,}|过万|上万|百元|千元|兼职|佣金)|(?:轻松|在家"
            r"|兼职)[^。]{0,6}月入|(?:招聘|诚招|招)[^。]{0,10}(?:兼职|打字员|刷单员|代理)[^。]{0,20}(?:日结|日赚"
            r"|在家|轻松|佣金|加微信|加qq)"),
        (0.75,
            r"(?:加|添加|咨询|联系)(?:我)?(?:的)?(?:微信|薇信|威信|v信|vx|wx|qq)[^。]{0,20}(?:领取|免费|优惠|资料"
            r"|详谈|了解|返利|进群|福利|特价)|(?:免费|限时|扫码|点击)(?:领取|领红包|进群|抢购|下载)"),
        (0.7,
            r"(?:厂家直销|批发零售|特价促销|全场(?:\d|[一二三四五六七八九])折|跳楼价|清仓(?:甩卖|处理)|买一送一"
            r"|包邮[^。]{0,12}(?:联系|微信|电话)|诚信经营[^。]{0,10}(?:欢迎|联系)|欢迎(?:来电|新老客户|广大客户)"
            r"|量大从优|价格优惠[^。]{0,8}(?:联系|欢迎|电话))"),
        (0.7,
            r"(?:专业|承接|专注)[^。]{0,10}(?:疏通下水道|开锁换锁|搬家|防水补漏|网站建设|推广引流|刷票|投票|删帖"
            r"|增粉|涨粉|seo优化|短信群发)[^。]{0,16}(?:电话|联系|微信|服务|优惠|价格)"),
        (0.7,
            r"(?:减肥|壮阳|丰胸|祛斑|治疗(?:白癜风|牛皮癣|不孕不育))[^。]{0,16}(?:咨询|特效|秘方|一个疗程|包治"
            r"|无效退款|微信|电话)"),
    )
)  # fmt: skip
_REPEATED = re.compile(r"(.)\1{7,}", re.DOTALL)
_REPEATED_PIECE = re.compile(r"(.{2,12}?)\1{4,}", re.DOTALL)
_ONLY_IMAGE = re.compile(
    r"^(?:\s|\[?(?:图片|图|照片|附件|见图|如图|如下图|看图|见附件|image|img|photo)\]?|[。.，,、!！:：;；?？…])*$",
    re.IGNORECASE,
)
_ASKING = re.compile(r"请|希望|建议|反映|投诉|举报|咨询|怎么|为什么|能不能|解决|吗|呢|问题|没有|不")
_HAN = re.compile(r"[\u3400-\u9fff]")


def suspicion(text: str, *, subject: str = "", same: int = 0, images: int = 0) -> Suspicion:
    """Why a message looks like spam. `same`: how many other messages carry the same text; `images`: files with it.

    One thing alone that honest people do as well (a link, a few words) stays below `SUSPECTED`.
    """
    flat, whole = plain(text), plain(f"{subject} {text}")
    reasons = [*_empty(flat, plain(subject), images), *_offers(whole), *_links(whole), *_noise(flat)]
    if same >= MASS:
        reasons.append(Reason("spam_mass", min(0.95, 0.55 + same / 100), text.strip()[:60]))
    rest = 1.0
    for reason in reasons:
        rest *= 1 - reason.weight
    return Suspicion(round(1 - rest, 3), tuple(sorted(reasons, key=lambda reason: -reason.weight)))


def _empty(flat: str, subject: str, images: int) -> list[Reason]:
    said = len(bare(subject)) >= 6 and bool(_ASKING.search(subject))
    if _ONLY_IMAGE.match(flat):
        # A picture that speaks for itself is a report; it waits only because nobody can read it by machine.
        return [Reason("spam_only_image" if images else "spam_empty", 0.3 if said else 0.6, flat.strip()[:60])]
    if len(bare(flat)) < 3 and not said:
        return [Reason("spam_empty", 0.55, flat.strip()[:60])]
    return []


def _offers(flat: str) -> list[Reason]:
    found = []
    for weight, pattern in _OFFERS:
        if hit := pattern.search(flat):
            # Somebody who complains about an advertisement quotes it; then asking words stand around it.
            quoted = (
                re.search(r"举报|投诉|骗|违法|查处|打击|取缔|严查|小广告|收到|短信|骚扰|报警|曝光", flat) is not None
            )
            found.append(Reason("spam_offer", round(weight * (0.35 if quoted else 1), 2), hit.group()[:60]))
    return found[:3]


def _links(flat: str) -> list[Reason]:
    links = [
        link
        for link in _LINK.findall(flat)
        if not re.search(r"\.gov\.cn|weibo|qq\.com|baidu|people\.com|rednet|163\.com", link)
    ]
    if not links:
        return []
    around = len(_HAN.findall(_LINK.sub("", flat)))
    return [Reason("spam_link", 0.7 if around < 12 else 0.45 if len(links) > 2 else 0.25, links[0][:60])]


def _noise(flat: str) -> list[Reason]:
    found = []
    kept = bare(flat)
    for pattern in (_REPEATED, _REPEATED_PIECE):
        if hit := pattern.search(re.sub(r"[\s\d*.…。!！?？~-]{4,}", " ", flat)):
            share = len(hit.group()) / max(1, len(kept))
            found.append(Reason("spam_repeated", 0.7 if share > 0.5 else 0.3, hit.group()[:60]))
            break
    if len(kept) >= 8 and _gibberish(kept, flat):
        found.append(Reason("spam_gibberish", 0.65, flat.strip()[:60]))
    return found


def _gibberish(kept: str, flat: str) -> bool:
    """Letters without words, or characters of which no two neighbours make a word."""
    han = len(_HAN.findall(kept))
    if han < 0.2 * len(kept):
        letters = re.findall(r"[a-z]{6,}", kept)
        return any(len(re.findall("[aeiou]", word)) < 0.2 * len(word) or len(set(word)) < 4 for word in letters) or (
            kept.isdigit() and len(kept) > 14
        )
    words = cut(flat)
    alone = sum(1 for word in words if len(word) == 1)
    common = Counter(kept).most_common(1)[0][1]
    return (len(words) >= 12 and alone > 0.92 * len(words)) or (len(kept) >= 12 and common > 0.6 * len(kept))
