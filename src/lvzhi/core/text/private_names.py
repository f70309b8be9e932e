"""Names of persons in free text: beside a number, behind a word that announces a name, before a form of address."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import rjieba

from lvzhi.core.text.span import Span

_SINGLE = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦付"
    "方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳"
    "翟殷詹申欧耿关兰焦俞"
    "左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳欧管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农"
    "司卓古吉缪简车项连芦"
    "麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑"
    "迟邝官封谈匡鞠惠荆乐冀"
    "胥郁南班储芮沃经晋楚皮植"
)
_DOUBLE_WORDS = """
欧阳 司马 上官 诸葛 司徒 东方 皇甫 尉迟 公孙 令狐 慕容 夏侯 独孤 端木 长孙 宇文 南宫
闻人 澹台 轩辕
"""
_DOUBLE = _DOUBLE_WORDS.split()
_SURNAME = rf"(?:{'|'.join(_DOUBLE)}|[{_SINGLE}])"
_HAN = r"[\u4e00-\u9fff]"
_NAME = rf"{_SURNAME}{_HAN}{{1,2}}"
_SIDE = r"[ \t\u3000:：,，、(（]{0,3}"

# What a name may be followed by: it is a word of its own, not the start of another.
_END = (
    r"(?=$|[\s,，。.;；:：、!！?？()（）\[\]【】\"“”'‘’/|\d*]|先生|女士|小姐|同志|电话|手机|联系|身份证|本人|住|系"
    r"|是|年|男|女|现|于|在|家|代表|等|一家|夫妇|及|和|与|反映|投诉|敬上|留|拜|叩)"
)
_CUE = (
    r"(?:联\s?系\s?人|姓\s?名|我叫|我名叫|名叫|名字叫|名字是|我是|本人叫?|本人姓名|投诉人|举报人|反映人|申请人"
    r"|当事人|被告|原告|受害人|户主|业主|房主|"
    r"房东|村民|居民|市民|职工|患者|家属|父亲|母亲|丈夫|妻子|儿子|女儿|老公|老婆|负责人|法人代表|法定代表人|法人"
    r"|老板|留言人|求助人|署名|落款|此致)"
)
_NEXT = re.compile(rf"[、,，和及/ \u3000]{{1,2}}({_NAME})(?=$|[\s,，、。;；/）)\d等])")
_STRONG = re.compile(
    r"联\s?系\s?人|姓\s?名|我叫|名叫|名字|投诉人|举报人|反映人|申请人|当事人|被告|原告|受害人|户主|留言人|求助人"
    r"|署名|落款|法定代表人|法人代表"
)
_CUED = re.compile(rf"({_CUE})[ \t\u3000:：,，(（]{{0,3}}(?:是|为|叫|名叫)?[ \t\u3000:：]{{0,2}}({_NAME}){_END}")
_ADDRESSED = re.compile(
    rf"(?<!{_HAN})({_NAME}|{_SURNAME})(先生|女士|小姐|同志|师傅|阿姨|大爷|大妈|大叔|奶奶|爷爷|夫妇)"
)
_ADDRESSED_INSIDE = re.compile(rf"({_NAME}|{_SURNAME})(先生|女士|夫妇)")
_HIDDEN = re.compile(rf"({_SURNAME}(?:某某|某|[*×xX＊]{{1,2}}))")
_BEFORE = re.compile(
    rf"(?:^|[^\u4e00-\u9fff])({_NAME}){_SIDE}(?:的?(?:电话|手机|联系电话|联系方式|身份证号?码?|银行卡号?|卡号"
    rf"|账号)){{0,2}}(?:是|为)?{_SIDE}$"
)
_AFTER = re.compile(rf"^{_SIDE}({_NAME})(?={_SIDE.replace('{0,3}', '')}|$|[\s)）。;；])")

# Words that begin like a name and are none; the segmenter knows most others.
_NOT_WORDS = """
高度 方便 方面 方向 方式 方案 成为 成立 成员 成功 时间 时候 时常 全部 全家 全体 全市
全县 全区 和谐 应该 应当 经常 经过 经济 经营 明显 明确 明白 于是 任何 任意 曾经 向上
向您 何时 何况 安全 安置 安装 安排 温馨 金额 周边 周围 周末 万元 万分 石头 白天 白色
连续 连夜 连接 单位 单独 路上 路口 路面 路灯 房子 房产 房屋 包括 管理 解决 解释 商业
商家 商品 常常 有关 关于 关心 关注 华侨 马上 马路 高速 高中 高考 高铁 高层 都是 江边
农民 农村 农业 应届 查处 查询 司机 车主 车辆 车库 车位 党员 党委 官员 家长 家人 学生
师傅 师范 乐意 文化 文件 文明 章程 易燃 牛奶 谢谢 许多 许可 严重 严格 施工 武汉 申请
申报 毕业 尤其 余款 游客 项目 简单 古城 古镇 阳光 阳台 阳性 宁可 童年 荣誉 干部 钱款
卫生 卫计 冷水 平时 康复 强烈 水电 沙石 边上 边界 景区 席位 费用 储蓄 老师 老人 代表
的人 本人 小区 单元 公司 公民 社区 居民 书记 市长 县长 局长 领导 相关 和平 明天 明年
明知 时代 向前 向政府 成年 成都 全国 金融 史上 华为 应聘 古稀 关系 关闭 解放 解除 房租
房贷 万一 连同 车间 车站 安徽 广大 本来 何处 路过 路边
"""
_NOT = frozenset(_NOT_WORDS.split())
_TAIL = frozenset("的了是在有不我们你他它这那就都也还没能会要去来说被把给让对从到吗呢吧啊呀个及或")


def _is_word(name: str) -> bool:
    """Whether the segmenter holds these characters for an ordinary word."""
    if name in _NOT or name[:2] in _NOT or name[-1] in _TAIL or name[1:2] in _TAIL:
        return True
    tagged = rjieba.tag(name)
    return len(tagged) == 1 and not tagged[0][1].startswith("nr") and bool(rjieba.has_word(name))


def _tagged(name: str) -> bool:
    tagged = rjieba.tag(name)
    return len(tagged) == 1 and tagged[0][1].startswith("nr")


def _shorter(flat: str, hit: re.Match[str], group: int) -> tuple[int, int]:
    """The hit without a last character that belongs to the next word (张三和, 李四住)."""
    start, end = hit.span(group)
    return (start, end - 1) if end - start >= 3 and flat[end - 1] in "和与及等系住现是在因家的" else (start, end)


def _cued(text: str, flat: str) -> Iterator[Span]:
    for hit in _CUED.finditer(flat):
        start, end = _shorter(flat, hit, 2)
        name = flat[start:end]
        if _is_word(name):
            continue
        strong = _STRONG.search(hit.group(1)) is not None
        if strong or _tagged(name):
            yield Span(start, end, "person", text[start:end], 0.92 if strong else 0.75, "name_cued")
            yield from _listed(text, flat, end)


def _listed(text: str, flat: str, start: int) -> Iterator[Span]:
    """Names that follow a name in a list: 申请人：张三、李四、王五."""
    while (hit := _NEXT.match(flat, start)) and not _is_word(hit.group(1)):
        yield Span(*hit.span(1), "person", text[hit.start(1) : hit.end(1)], 0.8, "name_cued")
        start = hit.end(1)


def _addressed(text: str, flat: str) -> Iterator[Span]:
    for pattern in (_ADDRESSED, _ADDRESSED_INSIDE):
        for hit in pattern.finditer(flat):
            name, (start, end) = hit.group(1), hit.span(1)
            if len(name) == 1 or name in _DOUBLE:
                yield Span(start, hit.end(), "person", text[start : hit.end()], 0.7, "name_addressed")
            elif not _is_word(name):
                yield Span(start, end, "person", text[start:end], 0.9 if _tagged(name) else 0.65, "name_addressed")


def _beside(text: str, flat: str, numbers: Collection[Span]) -> Iterator[Span]:
    for number in numbers:
        if number.kind not in ("phone", "identity", "bank_card"):
            continue
        first = max(0, number.start - 24)
        before = _BEFORE.search(flat[first : number.start])
        if before and not _is_word(before.group(1)):
            start, end = first + before.start(1), first + before.end(1)
            yield Span(start, end, "person", text[start:end], 0.88, "name_beside")
        after = _AFTER.search(flat[number.end : number.end + 10])
        if after and not _is_word(after.group(1)) and _tagged(after.group(1)):
            start, end = number.end + after.start(1), number.end + after.end(1)
            yield Span(start, end, "person", text[start:end], 0.8, "name_beside")


def _hidden(text: str, flat: str) -> Iterator[Span]:
    for hit in _HIDDEN.finditer(flat):
        start, end = hit.span(1)
        if "某" in hit.group(1) or not (start and flat[start - 1].isalnum()):
            yield Span(start, end, "person", text[start:end], 0.35, "name_hidden")


def names(text: str, flat: str, numbers: Collection[Span]) -> Iterator[Span]:
    """Every person's name that something in the text vouches for; `numbers` are what was found before."""
    yield from _cued(text, flat)
    yield from _addressed(text, flat)
    yield from _beside(text, flat, numbers)
    yield from _hidden(text, flat)
