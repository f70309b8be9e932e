"""Invented data for the style page: every component in every state. Nothing here is real."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from django import forms
from django.contrib.staticfiles import finders
from django.utils.translation import gettext_lazy as _

from lvzhi.faces.design.shapes import (
    AgendaItem,
    Basis,
    Choice,
    Column,
    Count,
    DayLoad,
    Due,
    Entry,
    Figure,
    File,
    Link,
    NavGroup,
    NavItem,
    NextAction,
    Party,
    ProcedureStep,
    Row,
    State,
    Step,
    Story,
    Task,
    ThreadItem,
    TimelineEntry,
    WorklistGroup,
    WorklistRow,
)
from lvzhi.faces.design.wording import due_on

TODAY = date(2026, 9, 8)
HERE = "#list"
REPLY = Basis("代表法 第五十一条第二款", url="#seal")
CIVIL = Basis("民法典 第二百零三条", url="#seal")
ARTICLE = Basis(
    "监督法 第十五条",
    url="#seal",
    title="监督法（2024年修正）第十五条",
    paragraphs=(
        "人民政府、监察委员会、人民法院或者人民检察院应当在常务委员会举行会议的二十日前，由其办事机构将专项工作报告"
        "送交本级人民代表大会有关专门委员会或者常务委员会有关工作机构征求意见……",
        "常务委员会办事机构应当在常务委员会举行会议的七日前，将专项工作报告发给常务委员会组成人员。",
    ),
    effective="2024年11月8日起施行",
)
INTERNAL = Basis("内部目标", kind="internal")
KINDS = (
    REPLY,
    Basis("备案审查条例 第十一条", url="#seal", kind="local"),
    Basis("测评办法 第九条", url="#seal", kind="rule"),
    INTERNAL,
)


def explained(day: date) -> Due:
    """A deadline with its whole reasoning."""
    return replace(
        due_on(day, TODAY),
        rule="答复代表建议：交办之日起三个月内",
        citation=REPLY,
        started="2026年6月11日 交办（第 4 号记录）",
        steps=(
            "6月11日当天不算，满三个月为 9月11日",
            Step("9月11日是星期五、工作日，不用调整", CIVIL),
        ),
    )


def dues() -> list[Due]:
    """The deadline in its seven states, and two with their reasons."""
    return [
        explained(date(2026, 9, 3)),
        due_on(TODAY, TODAY),
        explained(date(2026, 9, 11)),
        due_on(date(2026, 11, 20), TODAY),
        due_on(date(2026, 8, 28), TODAY, met_on=date(2026, 8, 20)),
        due_on(date(2026, 10, 15), TODAY, paused=True),
        due_on(None, TODAY),
        replace(due_on(date(2027, 1, 8), TODAY), internal=True, rule="办公室自己定的目标，不是法定期限"),
    ]


def worklist() -> list[WorklistGroup]:
    """Two groups of the worklist."""
    late = WorklistRow(
        "催办答复",
        "建 031",
        "关于在柳巷社区设置老年助餐点的建议",
        HERE,
        "区民政局",
        REPLY,
        explained(date(2026, 9, 3)),
        pick="1",
    )
    rows = [
        WorklistRow(
            "登记报告",
            "报 2026-06",
            "义务教育优质均衡发展情况的报告（修改稿），附三个学区的对照表和说明",
            HERE,
            "区政府",
            ARTICLE,
            explained(date(2026, 9, 11)),
            pick="2",
            current=True,
        ),
        WorklistRow(
            "核对目录",
            "备 2026-11",
            "户外招牌设置管理规定",
            HERE,
            "区城管委",
            KINDS[1],
            due_on(date(2026, 9, 14), TODAY),
            pick="3",
        ),
        WorklistRow(
            "回访群众",
            "选 0207",
            "青石路口晚高峰左转灯时间太短",
            HERE,
            "柳巷站",
            INTERNAL,
            due_on(None, TODAY),
            pick="4",
        ),
    ]
    return [WorklistGroup("已逾期", [late], tone="late"), WorklistGroup("本周", rows)]


def nexts() -> list[NextAction]:
    """An action of each kind: primary, posted, refused."""
    return [
        NextAction(
            "登记报告修改稿",
            "登记",
            "#next",
            "登记即停止计时",
            explained(date(2026, 9, 11)),
            ARTICLE,
            primary=True,
        ),
        NextAction("请承办单位补充材料", "发补充通知", "#next", "不影响期限", method="post"),
        NextAction("印发组成人员", "印发", why_not="还不能做：要等报告修改稿登记后才能印发"),
    ]


def timeline() -> list[TimelineEntry]:
    """What is to come, what happened, what was corrected."""
    return [
        TimelineEntry("9月24日", "常委会第二十八次会议审议", "会议", "future"),
        TimelineEntry(
            "9月4日",
            "区政府送来报告征求意见稿",
            "16:20",
            text="比法定日期早 1 天。",
            meta=["第 8 号记录"],
            basis=ARTICLE,
            hash="3fa1…90c2",
        ),
        TimelineEntry("8月19日", "更正第 5 号记录", "09:12", "fix", "17 条改为 18 条。原记录保留。"),
    ]


def thread() -> list[ThreadItem]:
    """From a sentence to next year's check."""
    return [
        ThreadItem(
            "群众",
            on=date(2025, 4, 12),
            said="「灯还没走到一半就红了，我妈拄着拐站在路中间。」",
            text="柳巷联络站记下",
        ),
        ThreadItem("建议", "写成代表建议，5 人联名", text="区交通支队办理", note="比期限早 6 天答复", basis=REPLY),
        ThreadItem("整改", "31 个路口调了绿灯", "now", text="还有 9 个在改", due=explained(date(2026, 9, 11))),
        ThreadItem("再查", "明年春天再走一遍", "later"),
    ]


def table() -> Mapping[str, object]:
    """Columns and rows with every kind of cell."""
    columns = [
        Column("建议"),
        Column("承办"),
        Column("状态"),
        Column("期限", sort_url="?sort=-due", sort="ascending"),
        Column("联名", number=True, sort_url="?sort=names"),
    ]
    rows = [
        Row(
            [
                Link("柳巷社区设置老年助餐点", HERE),
                "区民政局",
                State("办理中", "doing"),
                explained(date(2026, 9, 3)),
                5,
            ],
            "31",
        ),
        Row(
            [Link("青石路口延长行人绿灯", HERE), "区交通支队", State("等代表评价", "wait"), dues()[3], 1284],
            "32",
            selected=True,
        ),
        Row([Link("菜市场增设分类垃圾桶", HERE), "柳巷街道", State("已办结", "closed"), dues()[4], 1], "33"),
    ]
    return {"columns": columns, "rows": rows}


def nav() -> list[NavGroup]:
    """A navigation with counts, an overdue count and headings."""
    first = [
        NavItem(HERE, "待办", "inbox", 12, current=True, late=2, go="w"),
        NavItem(HERE, "全部事项", "list", 486),
        NavItem(HERE, "日程与会议", "calendar"),
        NavItem(HERE, "查找", "search"),
    ]
    second = [NavItem(HERE, "年度计划", "plan", 18), NavItem(HERE, "专项工作报告", "report", 6)]
    return [
        NavGroup(first),
        NavGroup(second, "监督"),
        NavGroup([NavItem(HERE, "议案建议", "pen", 128)], "代表"),
    ]


class SampleForm(forms.Form):
    """A field of each kind."""

    title = forms.CharField(label=_("标题"), help_text=_("写清楚是哪件事，不超过 40 字"))
    words = forms.CharField(label=_("什么事"), widget=forms.Textarea, help_text=_("在哪里、出了什么问题、您希望怎样"))
    unit = forms.ChoiceField(label=_("承办单位"), choices=[("", _("请选择")), ("1", "区民政局"), ("2", "区交通支队")])
    phone = forms.CharField(
        label=_("手机号"),
        min_length=11,
        widget=forms.TextInput(attrs={"type": "tel"}),
        error_messages={"min_length": _("手机号是 11 位，现在只有 10 位")},
    )
    day = forms.DateField(label=_("会议日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    how = forms.ChoiceField(
        label=_("怎么处理"), choices=[("1", "当场答复"), ("2", "写成代表建议")], widget=forms.RadioSelect
    )
    photo = forms.FileField(label=_("照片"), required=False, help_text=_("最多 6 张，请不要拍到别人的脸和车牌"))
    open = forms.BooleanField(label=_("可以公开"), required=False)


def forms_shown() -> Mapping[str, object]:
    """The form as first seen and as sent back."""
    sent = {"title": "", "words": "路口的灯太短", "unit": "", "phone": "1390000041", "how": "2"}
    return {
        "form": SampleForm(prefix="a", initial={"title": "关于延长行人绿灯的建议"}),
        "form_sent": SampleForm({f"b-{name}": value for name, value in sent.items()}, prefix="b"),
    }


def lists() -> Mapping[str, object]:
    """The smaller lists."""
    return {
        "agenda": [
            AgendaItem(
                "9月15日",
                "旁听常委会会议",
                HERE,
                "截止",
                "9月24日，议义务教育。10 个名额，抽签",
                State("可报名", "doing"),
            ),
            AgendaItem("今天", "柳巷联络站接待", HERE, "15:00", "两位代表在站，不用预约", State("有人在", "done")),
        ],
        "tasks": [
            Task("15:00 柳巷联络站接待选民", HERE, "预约 3 人", due_on(TODAY, TODAY)),
            Task("您对建议 031 的答复满意吗", HERE, "区民政局 9月2日答复", dues()[2], KINDS[1]),
        ],
        "parties": [Party("府", "区人民政府", "报告机关", "已读"), Party("教", "区教委", "承办", "未读")],
        "files": [
            File("报告（征求意见稿）", HERE, "文", "区政府 9月4日送，32 页"),
            File("安装包.exe", "", "?", "没有上传：只收文档、表格和图片", bad=True),
        ],
        "figures": [Figure("1,284", "件意见"), Figure("85.8%", "已答复"), Figure("2", "件逾期", "late")],
        "doors": [
            Entry(HERE, "说一件事", "三分钟，可以不留名", "chat", main=True),
            Entry(HERE, "找我的代表", "按地址找", "users"),
            Entry(HERE, "看办得怎样", "今年 1,284 件", "thread"),
            Entry(HERE, "查法规和文件", "国家法律、本区文件", "law"),
        ],
        "facts": [("编号", "报 2026-06"), ("主办", "教科文卫办公室"), ("期限", dues()[2]), ("件数", 1284)],
        "steps": [
            ProcedureStep("列入计划", "2月12日", "done"),
            ProcedureStep("调研", "6月10日", "done"),
            ProcedureStep("征求意见", "9月4日起", "now"),
            ProcedureStep("报送", "9月14日前"),
            ProcedureStep("审议", "9月24日"),
        ],
        "tabs": [
            Link("办理", HERE, current=True),
            Link("意见", HERE, 18),
            Link("材料", HERE, 7),
            Link("公开", HERE),
        ],
        "chips": [
            Link("我经办", HERE, 12, current=True),
            Link("本处室", HERE, 41),
            Link("承办：区民政局", HERE, icon="x"),
            Link("加条件", HERE, icon="plus"),
        ],
        "crumbs": [Link("监督", HERE), Link("专项工作报告", HERE), Link("报 2026-06")],
        "story": Story("从一盏绿灯到 31 个路口", HERE, "一位居民的一句话，走了一年五个月。", thread()[:3]),
    }


def charts() -> Mapping[str, object]:
    """Numbers for charts, the ballot and the strip of deadlines."""
    loads = [1, 0, 2, 3, 0, 0, 4, 0, 1, 2, 0, 0, 0, 6, 0, 1, 1, 0, 0, 0, 2, 0, 1, 0, 0, 0, 0, 1]
    days = [TODAY + timedelta(days=each) for each in range(len(loads))]
    return {
        "pairs": [{"label": f"{month}月", "value": 60 + 7 * month, "part": 50 + 5 * month} for month in range(1, 13)],
        "counts": [
            Count("住房和小区", 128),
            Count("出行停车", 97),
            Count("养老托育", 64),
            Count("环境卫生", 41, tone="late"),
        ],
        "choices": [
            Choice("a", "满意", "问题改到位"),
            Choice("b", "基本满意", "大部分改到位"),
            Choice("c", "不满意", "需要重新整改"),
            Choice("d", "弃权", "计入总数"),
        ],
        "votes": [Count("满意", 15), Count("基本满意", 7), Count("不满意", 3), Count("弃权", 2)],
        "loads": [DayLoad(day, count, day.weekday() > 4) for day, count in zip(days, loads, strict=True)],
    }


def icons() -> list[str]:
    """The ids of the sprite, read from the file itself."""
    found = finders.find("design/icons.svg")
    return re.findall(r'id="([^"]+)"', Path(str(found)).read_text("utf-8")) if found else []


def context() -> Mapping[str, object]:
    """Everything the style page shows."""
    return {
        "today": TODAY,
        "kinds": KINDS,
        "article": ARTICLE,
        "dues": dues(),
        "groups": worklist(),
        "actions": nexts(),
        "entries": timeline(),
        "thread_items": thread(),
        "table": table(),
        "sample_nav": nav(),
        "site": {
            "name": "云麓人大",
            "district": "明川市云麓区",
            "body": "云麓区人民代表大会常务委员会",
            "short": "云麓区",
        },
        "icons": [each.removeprefix("i-") for each in icons()],
        "foot_lines": ["抄送：区监察委员会、区人民法院、区人民检察院。"],
        **forms_shown(),
        **lists(),
        **charts(),
    }
