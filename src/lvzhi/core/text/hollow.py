"""Replies that say nothing: what is left of an answer when its courtesies are taken away.

A flag is for the person who checks the answer; it never sends an answer back by itself. It is raised only where nothing
of substance is left, since a checker who is warned in vain stops reading the warnings.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from lvzhi.core.text.fingerprint import fingerprint
from lvzhi.core.text.hollow_answered import unaddressed
from lvzhi.core.text.points import Point
from lvzhi.core.text.span import plain

CODES = (
    "only_courtesy",
    "only_forwarded",
    "only_promised",
    "only_waiting",
    "sent_elsewhere",
    "no_fact",
    "identical",
    "unaddressed",
)
SHORT = 4
"""So many Chinese characters make something that says anything."""
LITTLE = 10
"""A reply with no more left than this, and no fact in it, says nothing."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Why a reply seems to say nothing. `code` is one of `CODES` and a key of `wording.SENTENCES`."""

    code: str
    words: str


_SENTENCE = re.compile(r"[。！!？?；;\n]+")
_CLAUSE = re.compile(r"[，,：:]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LAYOUT = re.compile(r"_x000D_|[\s\u3000]+")
_EDGES = " ,，：:、.·-—\"“”'‘’()（）[]【】《》"

_WHO = (
    r"(?:尊敬的|亲爱的)[^您你]{0,16}(?=您|你|$)|[“\"'‘【]?(?:UU|A|U)\d{4,}[”\"'’】]?"
    r"|(?:问政)?网友[“\"‘'][^”\"’']{0,20}[”\"’']?|(?:市民|群众|网|好|朋)友(?:同志|朋友)?(?=您|你|$)|^(?:先生|女士"
    r"|同志|市民|来信人)$"
    r"|[“\"‘'][^”\"’']{0,14}[”\"’'](?:网友|同志|先生|女士)?(?=您好|你好|$)|[您你]们?好"
)
_RECEIVED = (
    r"[您你贵](?:们|栏目|网)?[^。]{0,40}?(?:来信|留言|函件?|咨询|问题|帖文?|帖子|信件|来件|诉求|情况|建议|投诉|反馈"
    r"|信息|事项|事情|意见|内容)[^转交]{0,8}?"
    r"(?:收悉|获悉|知悉|悉知|收到|阅办|阅知|阅悉|详悉|敬悉|已阅|知晓|收集)(?:了)?"
    r"|(?:来信|留言|函件|来电|邮件|来件|帖文?|信件|咨询|投诉|建议)(?:已|均已)?(?:收悉|获悉|知悉|收到|悉|阅)(?:了)?"
    r"|^(?:已|我们已)?(?:收悉|获悉|知悉|收到)(?:了)?$"
    r"|(?:现|兹|特)?(?:就|将|对|把|针对)?[^。]{0,40}(?:回复|答复|反馈|回答|解答|汇报|说明|告知)(?:说明)?如下"
)
_POLITE = (
    r"^[^。]{0,14}(?:高度|非常|十分|很)重视[^。]{0,8}$|^引起[^。]{0,10}重视$|很高兴能?帮助到?[您你]|[您你]的(?:建议"
    r"|意见|想法|提议)(?:很|非常|十分)(?:好|中肯|宝贵)|会?继续努力|^希望能?对[^。]{0,16}有(?:所)?帮助"
    r"|最大限度满足[^。]*|为[^。]{0,24}(?:贡献|添砖加瓦)[^。]*|^以便[^。]*|^请勿重复[^。]*"
    r"|(?:最后|在此|再次|同时|首先|多|深|衷心|非常|十分|诚挚|真诚|特别|很)*(?:地)?(?:感谢|谢谢|多谢"
    r"|致谢)(?:[您你大广]|$|[^。]{0,30}(?:支持|监督|关注|关心|信任|理解|建议|意见|留言|来信))[^。]*"
    r"|(?:衷心|同时|并)?(?:希望|欢迎|恳请|敬请|期待)[您你大广][^。]{0,12}(?:继续|一如既往|多|对)[^。]{0,24}(?:支持"
    r"|监督|关注|关心|建议|意见|批评|理解)[^。]{0,20}"
    r"|(?:祝|愿)[您你]?[^。]{0,24}(?:愉快|健康|顺利|顺心|如意|幸福|吉祥|快乐|开心)|(?:特此|专此)(?:回复|答复|函复"
    r"|说明|致谢)?|此复|此致|敬礼"
    r"|(?:还?请|敬请|望)[您你]?(?:予以|给予)?(?:理解|谅解|见谅|知悉|知晓|悉知|周知)(?:[和与及]?支持)?"
    r"|(?:给[您你][^。]{0,12})?(?:带来|造成)[^。]{0,6}不便|(?:深表|表示)歉意"
)
_SIGNED = (
    r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?|\d{1,2}月\d{1,2}日$|[（(]?\[?(?:联系|咨询)?电话\]?[\d\-\[\]电话]*[)）]?$"
    r"|(?:回复|详见)?链接$|https?\S+|详见"
    r"|^[^已转请将您你给由]{0,20}(?:局|委|办|办公室|中心|政府|办事处|委员会|支队|大队|公司|集团|学院|学校|医院|部"
    r"|厅|所)$"
)
_COURTESY = re.compile(f"{_WHO}|{_RECEIVED}|{_POLITE}|{_SIGNED}")
_TOPIC = re.compile(
    r"^(?:关于|对于|针对|对|就|按照|根据|为|鉴于)[^。]{0,60}(?:问题|情况|建议|意见|事宜|诉求|投诉|一事|要求|内容"
    r"|解决|情形|服务)$|^(?:[您你]|网友)[^。]{0,40}(?:问题|情况|建议|意见|事宜|诉求|事项|内容|投诉|一事)$"
    r"|^待[^。]{0,16}[时后]$|^(?:另外|同时|此外|因此|所以|其中|具体|下一步|对此|在此)$"
)

_BODY = (
    r"(?:局|委|办|镇|乡|街道|区|市|县|州|部门|单位|学?校|公司|院|社区|村|集团|中心|大队|支队|所|站|处|组|政府|会|厅"
    r"|方|科室?|银行)"
)
_DEAL = (
    r"(?:调查|处理|核处|核实|办理|办复|答复|研究|处置|回复|落实|查处|解决|核查|阅处|跟进|反馈|了解|督办|阅示|参考"
    r"|阅研|知悉|关注|查实|查核)"
)
_PASSED_ON = (
    r"(?:转(?:交|至|到|给|办|送|达|发|呈|往|入|有关|相关|报)?|交办|批转|批交|交由|交给|交有关|交相关|移送|移交|上报"
    r"|呈报|呈送|报送|汇报|反馈(?:至|给|到)|反映(?:给|至|到))"
)
_FORWARDED = re.compile(
    r"(?:已|现|将|会|正|及时|立即|第一时间|我们|我办|并|均|予以|拟|其"
    rf"|^)[^。]{{0,24}}?{_PASSED_ON}[^。]{{0,30}}?(?:{_BODY}|{_DEAL}|相关|有关|领导)"
    rf"|(?:已|将)(?:要求|督促|责成|通知|联系|协调|交)[^。]{{0,16}}{_BODY}[^。]{{0,12}}{_DEAL}|(?:交办|办理"
    rf"|处理)(?:当)?中$|^由[^。]{{0,12}}{_BODY}[^。]{{0,6}}{_DEAL}$"
)
_WAITING = re.compile(
    r"(?:请|敬请|望|还请)[^。]{0,12}(?:等待|等候|留意|关注|静候|耐心)|一有[^。]{0,6}(?:消息|结果|进展)"
    r"|如有[^。]{0,6}(?:情况|进展|结果|消息)|(?:结果|情况)?[^。]{0,8}(?:稍后|随后|另行|及时|尽快|再"
    r"|将)[^。]{0,6}(?:回复|答复|反馈|告知|通知|公布)"
)
_ELSEWHERE = re.compile(
    r"(?:请|建议|可以?|烦请|敬请|欢迎)[^。]{0,24}(?:咨询|询问|拨打|致电|来电|联系|联络|登录|登陆|查阅|查看|查询"
    r"|对接|反映|反馈|投诉|了解)"
    r"|(?:不(?:属于?|在|是)|非)[^。]{0,14}(?:职责|职能|管辖|管理|受理|权限|业务|职权)(?:权限)?(?:范围|范畴)?内?$"
    r"|(?:已|已经|曾|均已?|进行|作出|做)[^。]{0,12}(?:回复|答复|回答|解答)(?:过|了|$)"
)
_PROMISED = re.compile(
    r"(?:正在|正|将|会|拟|尽快|尽早|及时|立即|进一步|继续|积极|认真|马上|抓紧|努力|适时|加快|加强|加大|争取|即将"
    rf"|力争|逐步|不断|切实|全力)[^。]{{0,30}}"
    rf"(?:{_DEAL}|协调|沟通|推进|推动|关注|考虑|论证|调研|梳理|加强|力度|衔接|改善|服务|工作|提高|提升|维护|汇总"
    rf"|采纳|借鉴|吸取|探讨|重视)(?:$|[^。]{{0,8}}$)"
)
_KINDS = (
    ("only_forwarded", _FORWARDED),
    ("only_waiting", _WAITING),
    ("sent_elsewhere", _ELSEWHERE),
    ("only_promised", _PROMISED),
)

# What makes a clause say something, whatever else stands in it.
_FACT = re.compile(
    r"\d+(?:\.\d+)?\s*(?:元|万|亿|%|米|公里|㎡|m2|平方|平米|亩|户|人|栋|套|个|台|天|个?月(?!\d|\d*日)|小时|岁|名|条"
    r"|次|kv|千|吨|辆|盏|所|家|座|层|年|分钟|点|时|折|级|批|期|路)"
    r"|[一二两三四五六七八九十百](?:元|万|米|公里|户|栋|台|个月|小时|年内|天内|日内|车道)"
    r"|《[^》]{2,40}》[^。]*(?:规定|要求|第)|第[一二三四五六七八九十百\d]+条|\[政府发文\]|〔\d{4}〕"
    r"|^经[^。]{0,14}(?:查|核实|了解|调查|勘[查察]|协商|认定|鉴定|走访|核查|检测|排查|检查)"
    r"|(?:已|已经|均已|现已|予以|进行了|给予|作出|下达|采取了)[^。]{0,16}(?:完成|竣工|整改|清理|修复|维修|修缮|拆除"
    r"|关闭|停工|停业|停产|退还|退款|退费|安装|开通|启动|发放|支付|责令|处罚|罚款|约谈|(?<!调)查处|清除|更换|立案"
    r"|取缔|抓获|拘留|批评教育|告诫|疏通|硬化|恢复|划定|施划|设置|增设|调整|纠正|缴纳|办结|注销|查封|纳入|列入|规划"
    r"|动工|施工|验收|招标|公示|到位|签订|达成|劝离|清运|现场|实地|上门|取消|停止|补办|通车|通过|确定|明确|打通"
    r"|建成|上户)"
    r"|属实|不实|违规|违法|合法|合规|暂无|尚未|未能|没有|不能|不可|无法|无需|无权|必须|方可|才能|能够|由于|原因"
    r"|导致|预计|年底|因[^。]{2,}(?:损坏|问题|原因)|不知道|超出"
    r"|(?:携带|凭|持)[^。]{0,16}(?:证|材料|证明|发票|合同|复印件)|提供[^。]{0,10}(?:证|材料|证明|发票|合同|信息"
    r"|凭证|情况)|完善[^。]{0,6}信息|留下|清[楚晰析]|办理即可|提出申请"
    r"|(?:安排|派遣?|组织)[^。]{0,12}(?:人员|现场|勘|专项|执法)|更换|设立|设置|安装|拆除|整治行动|专项|严处"
    r"|(?<!调)查处|增设|调整|开展|启动|建设|改造|施工|维修|修复|纳入|列入"
)  # fmt: skip
_ANSWER = re.compile(r"[可能是有在行按带不]|元")
"""A few characters may still be an answer: 可以申请."""


def _clauses(reply: str) -> list[str]:
    """The clauses that are left when courtesies, dates, signatures and mentions of the matter are gone."""
    kept = []
    for sentence in _SENTENCE.split(_LAYOUT.sub(" ", plain(reply))):
        for clause in _CLAUSE.split(sentence):
            rest, before = clause.strip(_EDGES), None
            while before != rest:
                before, rest = rest, _COURTESY.sub("", rest).strip(_EDGES)
            if len(_HAN.findall(rest)) >= SHORT and not _TOPIC.search(rest):
                kept.append(rest)
    return kept


def _kind(clause: str) -> str:
    """Which empty form a clause has; "" for one that says something."""
    for code, pattern in _KINDS:
        if hit := pattern.search(clause):
            # "转市城管局设置…" names a body that sets up things, not a thing done: only what stands around it counts.
            around = clause[: hit.start()] + " " + clause[hit.end() :] if code == "only_forwarded" else clause
            return "" if _FACT.search(around) else code
    return ""


def hollow(reply: str) -> Flag | None:
    """Whether the whole of a reply says nothing, and in which way; None for a reply with any substance."""
    clauses = _clauses(reply)
    if not clauses:
        return Flag("only_courtesy", _LAYOUT.sub("", reply)[:40])
    kinds = [_kind(clause) for clause in clauses]
    if all(kinds):
        first = next(code for code, _pattern in _KINDS if code in kinds)
        return Flag(first, clauses[kinds.index(first)][:60])
    left = [clause for clause, kind in zip(clauses, kinds, strict=True) if not kind]
    if not any(_FACT.search(clause) or _ANSWER.search(clause) for clause in left) and sum(map(len, left)) <= LITTLE:
        return Flag("no_fact", left[0][:60])
    return None


def flags(reply: str, *, subject: str = "", asked: Collection[Point] = (), others: Collection[str] = ()) -> list[Flag]:
    """Everything a checker should look at in `reply`, most serious first; an empty list for an answer that answers.

    `subject` and `asked` (see `points`) are what the citizen wrote; `others` are fingerprints of replies that the same
    body gave to other messages: an identical text is flagged. A reply that says nothing is not also measured
    against the points.
    """
    found = [flag] if (flag := hollow(reply)) else []
    if others and fingerprint(reply) in others:
        found.append(Flag("identical", _LAYOUT.sub("", reply)[:60]))
    if not found and unaddressed(reply, subject, [point.words for point in asked]):
        found.append(Flag("unaddressed", subject[:60]))
    return found
