"""Made-up opinions for benches: varied enough that common words are common, rare words rare, and most titles differ.

Everything is put together from pieces; pieces are parted by punctuation, so that the index terms of a text are the
terms of its pieces and need not be reckoned from the whole text again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from lvzhi.core.text import grams

PLACES = (
    "听泉路", "凤起路", "石桥大街", "书院巷", "观澜苑", "水岸嘉园", "柳荫北里", "机械厂院", "望川桥", "清浅河",
    "云台广场", "南圃早市",
    "松陵村", "下坡村", "白鹭村", "东塘村", "物流园", "花圃里", "河沿里", "苇塘村", "云台站", "望川小学",
    "柳荫幼儿园", "石桥菜市场",
    "桃园路", "星桥街", "竹影里", "枫林小区", "晚晴公寓", "青砖胡同", "南圃公园", "云麓医院", "听泉社区", "鹭鸣路",
    "麦田街", "松陵大集",
)  # fmt: skip
WHEN = (
    "早高峰",
    "晚上九点以后",
    "半夜",
    "周末",
    "下雨天",
    "冬天",
    "开学以后",
    "这半年来",
    "从去年起",
    "放学的时候",
    "赶集那天",
    "清早",
)
WHO = (
    "老人",
    "孩子",
    "骑车的人",
    "上夜班的人",
    "租户",
    "坐轮椅的邻居",
    "带孩子的家长",
    "外地来的亲戚",
    "摊主",
    "送货的师傅",
)

# Subject, what is wrong, what is wished; by category.
TOPICS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "transport": (
        ("没有公交车", "公交车末班太早，走回家要四十分钟", "希望末班车延长到二十三点"),
        ("路口红绿灯时间太短", "绿灯只有十二秒，走到一半就变了", "请把绿灯延长，或者加一个安全岛"),
        ("停车位被长期占用", "几辆车一年没有动过，轮胎都瘪了", "请交管部门把僵尸车清走"),
        ("自行车道断成几截", "自行车道画着画着就没有了，只能上机动车道", "请把断开的地方连起来"),
    ),
    "housing": (
        ("电梯三天两头坏", "电梯一个月坏了五次，物业说没有维修资金", "请有关部门督促物业把电梯修好"),
        ("物业费涨了服务没有变", "物业费每平方米涨了三角，楼道灯还是不亮", "请公布收支账目"),
        ("老楼外墙掉瓷砖", "外墙瓷砖往下掉，砸坏了一辆电动车", "请安排鉴定和维修"),
        ("加装电梯迟迟没有进展", "业主都签了字，手续办了两年还没有开工", "请说明卡在哪一步"),
    ),
    "environment": (
        ("工地夜里施工", "打桩机夜里两点还在响，一家人睡不着", "请查一查有没有夜间施工的许可"),
        ("河道里漂着垃圾", "河面上漂着塑料袋和死鱼，味道很大", "请安排人定期打捞"),
        ("垃圾桶满了没有人收", "垃圾桶满得盖不上，苍蝇到处飞", "请增加清运的次数"),
        ("烧烤摊油烟进家里", "油烟顺着窗户往家里钻，关窗也没用", "请让摊主装上净化设备"),
    ),
    "education": (
        ("学校门口接送拥堵", "放学的时候车停三排，救护车也进不来", "请划出接送区，错峰放学"),
        ("托育班名额太少", "两岁的孩子排了一百多号，轮不上", "请多办几个普惠的托育点"),
        ("课后服务内容单一", "课后服务只有写作业，孩子坐不住", "请增加体育和手工"),
    ),
    "health": (
        ("社区医院配不到药", "降压药断了两个月，要跑到大医院去", "请把常用药配齐"),
        ("看病预约全要用手机", "不会用智能手机，窗口说没有号了", "请给老年人留一些现场的号"),
    ),
    "elderly": (
        ("养老驿站关门太早", "养老驿站四点就锁门，冬天没有地方去", "请延长到下午六点"),
        ("盲道被电动车占满", "盲道上停满了共享单车，根本走不了", "请划出停车的范围，占道的清走"),
        ("老年食堂停了", "食堂说亏本就不开了，吃饭又成了问题", "请想办法把食堂办下去"),
    ),
    "facilities": (
        ("路灯坏了很久", "一整条街的路灯都不亮，夜里看不见坑", "请尽快修好路灯"),
        ("雨后积水过膝", "一下雨就积水，水从井盖往上冒", "请疏通排水管道"),
        ("自来水发黄", "早上放出来的水是黄的，有铁锈味", "请换掉老旧的水管"),
        ("井盖松动车一过就响", "井盖松了半年，车一压就咣当响", "请更换井盖"),
    ),
    "safety": (
        ("电动车在楼道里充电", "楼道里停着七八辆电动车，电线从窗户拉下来", "请建充电棚，把楼道清出来"),
        ("消防通道被堵", "消防通道上停着车，还堆着旧家具", "请把通道清开，装上监控"),
    ),
    "business": (
        ("健身房关门不退钱", "办的年卡才用两个月，门上就贴了停业", "请帮助要回预付的钱"),
        ("菜市场的秤不准", "买三斤少了三两，换了几家都一样", "请检查秤，放一台公平秤"),
    ),
    "rural": (
        ("灌溉渠淤了几年", "渠里长满了草，水放不下来", "请在春耕以前清淤"),
        ("果树补贴没有发下来", "前年的补贴到现在没有见到", "请说明什么时候发、按什么标准发"),
    ),
    "governance": (
        ("办证跑了四趟", "窗口每次说缺的材料都不一样", "请把要的材料一次说清楚"),
        ("热线打不通", "热线一直占线，打通了又让等", "请增加接线的人"),
    ),
    "culture": (
        ("图书馆闭馆太早", "下班赶到的时候已经闭馆了", "请每周有两天开到晚上九点"),
        ("球场晚上不开灯", "球场六点就关灯，上班的人用不上", "请把开放的时间放长一些"),
    ),
    "employment": (
        ("工地拖欠工资", "干了三个月只拿到一个月的钱", "请帮我们把工钱要回来"),
        ("灵活就业交社保太难", "交社保要跑两个地方，还要排半天队", "请把手续合到一个窗口"),
    ),
}
REPLIES = (
    "您反映的情况我们派人到现场看过，确实存在", "我们已经约谈有关单位，要求限期整改",
    "这项工作已经列入今年的计划，将在第三季度完工",
    "经核实，该路段由两家单位分段管理，现已明确由我们统一负责", "从下月起增加巡查次数，每周不少于三次",
    "施工单位已经停工整改，并在门口公示了联系电话", "相关设施已经更换，请您继续监督",
    "因为涉及管线迁改，需要和供电、供水单位一起安排",
    "受资金的限制今年不能全部完成，先解决最急的一处", "我们会在办结以后再次回访",
    "补贴已经核对完毕，随下一批一并发放", "谢谢您对我们工作的支持",
)  # fmt: skip
COMMENTS = ("", "", "", "谢谢，问题解决了", "办得很快", "只解决了一半", "希望以后也有人管")
_RARE_THINGS = "铜铃 燕麦 琉璃 蒲扇 檀木 糖画 皮影 风筝 磨盘 桂花 石榴 芦笙 陶埙 竹编 油伞 银杏 水车"
_RARE_PLACES = "展馆 作坊 步道 驿站 巷口 码头 花架 长廊 学堂 灯会 渡口 茶摊 集市 戏台 牌坊 栈桥 花房 苗圃"
RARE = tuple(thing + place for thing in _RARE_THINGS.split() for place in _RARE_PLACES.split())
"""Each stands in about one opinion in 40,000 (see `RARE_SHARE`)."""
RARE_SHARE = 1 / 130

QUERIES = (
    "公交", "电梯", "停车", "路灯", "物业", "老人", "积水", "噪声", "充电", "食堂",
    # two characters; 噪声 stands nowhere
    "听泉路", "红绿灯", "自行车道", "消防通道", "养老驿站", "石桥大街", "夜间施工", "降压药", "课后服务", "灌溉渠",
    "听泉路 电梯", "柳荫北里 积水", "孩子 托育", "路灯 半夜", "铜铃展馆", "皮影戏台", "芦笙码头", "油伞", "绿灯延长",
    "僵尸车",
)  # fmt: skip
"""Thirty searches: common, rare, of two to five characters, of one word and two, and one without a hit."""


@dataclass(frozen=True, slots=True)
class Said:
    """One opinion with its answer; `terms` are the index terms of everything but the number."""

    category: str
    subject: str
    text: str
    reply: str
    comment: str
    terms: tuple[str, ...]
    reply_terms: tuple[str, ...]


@lru_cache(maxsize=60_000)
def piece_terms(piece: str) -> tuple[str, ...]:
    """The index terms of one piece between two marks."""
    return tuple(grams(piece))


_CATEGORIES = tuple(TOPICS)
_WEIGHTS = (18, 17, 14, 8, 5, 8, 12, 6, 4, 3, 4, 2, 3)


def said(random: Random) -> Said:
    """One more opinion; the same generator state gives the same opinion."""
    category = random.choices(_CATEGORIES, _WEIGHTS)[0]
    about, wrong, wish = random.choice(TOPICS[category])
    place, when, who = random.choice(PLACES), random.choice(WHEN), random.choice(WHO)
    subject = f"{place}{about}"
    pieces = [f"我住在{random.choice(PLACES)}旁边", f"{place}{when}{wrong}", f"{who}最为难"]
    if random.random() < 0.35:
        other = random.choice(TOPICS[random.choice(_CATEGORIES)])
        pieces.append(f"顺便说一句，{other[1]}")
    if random.random() < RARE_SHARE:
        pieces.append(f"位置在{random.choice(RARE)}往东{random.randrange(20, 900)}米")
    pieces.append(wish)
    answers = random.sample(REPLIES, 2)
    terms = [term for piece in (subject, *pieces) for term in piece_terms(piece)]
    replied = [term for piece in answers for term in piece_terms(piece)]
    return Said(
        category, subject, "，".join(pieces) + "。", "，".join(answers) + "。", random.choice(COMMENTS),
        tuple(dict.fromkeys(terms)), tuple(replied),
    )  # fmt: skip
