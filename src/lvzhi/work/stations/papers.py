"""Official papers of the month: 活动方案 and 总结报告."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lvzhi.core.paper import Bar, Chart, Form, Paper, Paragraph, body, chinese_date, heading1, heading2
from lvzhi.records.documents.papers import issue
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.records.people.models import Person
from lvzhi.work.stations.models import Campaign, Slot
from lvzhi.work.stations.queries.months import Gaps, MonthFigures, gaps, month_figures, previous, stations_of
from lvzhi.work.stations.queries.rota import rota

Data = Mapping[str, object]
Block = Paragraph | Chart
MOST_BARS = 13
MOST_NAMES = 30


@dataclass(frozen=True, slots=True)
class Handling:
    """What became of the opinions carried on from a month; ratings are apart: solved first, then how it was done.

    `by_category` and `topics` are (name, count), most first; `before` is the same of the month before, if there was
    one.
    """

    received: int = 0
    answered: int = 0
    late: int = 0
    rated: int = 0
    solved: int = 0
    partly: int = 0
    not_solved: int = 0
    satisfied: int = 0
    raised: int = 0
    by_category: Sequence[tuple[str, int]] = ()
    before: Handling | None = field(default=None)


def office_of(matter: Matter) -> str:
    """Who signs: the deputies' office as the congress's settings name it."""
    return str(matter.congress.settings.get("deputy_office_name") or f"{matter.congress.name}常务委员会代表工作机构")


def issue_for(entry: Entry, campaign: Campaign, data: Data, handling: Handling | None) -> None:
    """Write and keep the paper this entry yields, if it yields one."""
    if entry.action == "announce":
        issue(entry, [("contact_month_plan", month_plan(campaign, dated=entry.on))])
    elif entry.action == "review":
        words = (str(data.get("findings") or ""), str(data.get("next_steps") or ""))
        paper = month_report(campaign, today=entry.on, handling=handling, findings=words[0], next_steps=words[1])
        issue(entry, [("contact_month_report", paper)])


def _cite(matter: Matter, *names: str) -> str:
    """The articles behind these citations, as the procedure the matter keeps has them; unknown ones are left out."""
    known = {citation.name: citation for citation in procedure_of(matter).cited()}
    found = [known[name] for name in names if name in known and known[name].level != "practice"]
    return "、".join(f"《{_inner(each.law.partition('(')[0])}》{each.article}" for each in found)


def _inner(law: str) -> str:
    """A title within a title has single marks: 《北京市实施〈…〉办法》."""
    return law.replace("《", "〈").replace("》", "〉")


def _span(campaign: Campaign) -> str:
    return f"{chinese_date(campaign.first_day)}至{chinese_date(campaign.last_day)}"


def _paper(campaign: Campaign, title: str, blocks: Sequence[Block], dated: date | None, *, red: bool = False) -> Paper:
    office = office_of(campaign.matter)
    return Paper(
        issuer=office, number=None, title=title, paragraphs=tuple(blocks), dated=dated, signature=office,
        form=Form.DOWNWARD, red_header=red, sealed=False,
    )  # fmt: skip


def month_plan(campaign: Campaign, *, dated: date | None) -> Paper:
    """活动方案: theme, days, stations, who receives when, what happens to what is heard. Five statements."""
    matter = campaign.matter
    stations = stations_of(campaign)
    slots = rota(
        campaign.congress_id, first=campaign.first_day, last=campaign.last_day, stations=[each.pk for each in stations]
    )
    values = procedure_of(matter).values
    basis = _cite(matter, "deputy_contact.organize", "deputy_contact.street-committee", "deputy_contact.mailbox")
    blocks: list[Block] = [
        body(f"为密切代表同选民和人民群众的联系，依据{basis}，制定本方案。"),
        heading1("主题和时间"),
        body(f"主题：{campaign.theme}。时间：{_span(campaign)}。"),
        heading1("接待安排"),
        body(f"{len(stations)}个代表之家、代表联络站参加，共安排接待{len(slots)}场。"),
        *_schedule(slots),
        heading1("听到的意见怎样办"),
        body(
            "能当场答复的，由代表当场答复并记录；需要办理的，当场登记，交信访工作机构分送有权处理的单位，"
            "群众凭回执查询每一步。涉及面广的，由代表提出建议，或者建议列为监督议题。"
        ),
        body(
            f"法律没有规定的环节按本会的目标办：活动结束后{values.get('register_days')}日内登记完毕，其后"
            f"{values.get('route_days')}日内分流、{values.get('handle_days')}日内办理、"
            f"{values.get('feedback_days')}日内反馈。"
        ),
        heading1("要求"),
    ]
    floor = values.get("receptions_a_year")
    if floor:
        cited = _cite(matter, "deputy_contact.reception-days")
        blocks.append(
            body(
                f"区人大代表每年参加选民接待日活动应当不少于{floor}次（{cited}），以到站签到为准；"
                f"本月内的接待合计最多计{values.get('month_counts')}次。"
            )
        )
    blocks.append(
        body(
            "代表不办理具体案件，不干预执法司法，不插手招标投标；与本人或者亲属有利害关系的，应当回避。"
            "来访群众的姓名、电话加密保存。"
        )
    )
    return _paper(campaign, f"{campaign.year}年代表联系选民月\n活动方案", blocks, dated)


def _schedule(slots: Sequence[Slot]) -> list[Block]:
    """Who receives when, by street and station."""
    found: list[Block] = []
    streets: dict[str, dict[str, list[Slot]]] = {}
    for slot in slots:
        streets.setdefault(slot.station.street.short, {}).setdefault(slot.station.body.name, []).append(slot)
    for street, stations in streets.items():
        found.append(heading2(street))
        for station, own in stations.items():
            times = "；".join(_time(slot) for slot in own)
            found.append(body(f"{station}（{own[0].station.address}）：{times}。"))
    return found


def _time(slot: Slot) -> str:
    who = "、".join(seat.person.name for seat in getattr(slot, "sitting", []))
    return f"{slot.date.month}月{slot.date.day}日{slot.starts:%H:%M}—{slot.ends:%H:%M}{who}"


def month_report(
    campaign: Campaign,
    *,
    today: date,
    handling: Handling | None = None,
    findings: str = "",
    next_steps: str = "",
) -> Paper:
    """总结报告 with charts, as it stands on `today`; before the month ends it says so. At most 24 statements.

    What became of the opinions comes in `handling`.
    """
    figures = month_figures(campaign, today=today)
    before = previous(campaign)
    earlier = month_figures(before, today=today) if before else None
    done = handling or Handling()
    missing = gaps(campaign, today=today)
    state = "" if today > campaign.last_day else f"（活动还在进行，数据截至{chinese_date(today)}）"
    blocks: list[Block] = [
        body(f"{_span(campaign)}，以「{campaign.theme}」为主题开展了代表联系选民月活动{state}。现将情况总结如下。"),
        heading1("基本情况"),
        body(_basics(figures)),
        *_charts(figures),
        heading1("意见办理情况"),
        *_handled(done),
        *_compared(campaign, before, figures, earlier, done),
        heading1("存在的缺口"),
        *_missing(missing, campaign),
    ]
    for title, text in (("总结和评价", findings), ("下一步打算", next_steps)):
        if text.strip():
            blocks += [heading1(title), *(body(part.strip()) for part in text.splitlines() if part.strip())]
    return _paper(campaign, f"{campaign.year}年代表联系选民月\n总结报告", blocks, today)


def _basics(figures: MonthFigures) -> str:
    struck = f"，另有{figures.struck}场取消或者改期" if figures.struck else ""
    return (
        f"{len(figures.stations)}个站共安排接待{figures.slots}场{struck}；{figures.deputies}名代表到站签到，"
        f"占在任代表{figures.expected}名的{_percent(figures.deputies, figures.expected)}；"
        f"接待群众{figures.visits}人次，其中当场答复{figures.answered}人次，记下来办理{figures.carried}件。"
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "0.0%"


def _charts(figures: MonthFigures) -> list[Block]:
    streets = list(figures.by_street.items())
    if not figures.visits or not streets:
        return [body("还没有接待记录。")]
    found: list[Block] = []
    if len(streets) > 1:
        bars = tuple(Bar(name, count) for name, count in streets[:MOST_BARS])
        found.append(Chart(f"{streets[0][0]}接待群众最多", "人次", bars))
    busiest = sorted(figures.stations, key=lambda each: -each.visits)[:10]
    if len(figures.stations) > len(streets):
        found.append(
            Chart(
                f"接待群众最多的{len(busiest)}个站",
                "人次",
                tuple(Bar(each.station.body.short, each.visits) for each in busiest),
            )
        )
    return found


def _handled(done: Handling) -> list[Block]:
    if not done.received:
        return [body("没有需要办理的意见。")]
    late = f"，其中{done.late}件已经超过法定期限" if done.late else ""
    found: list[Block] = [
        body(
            f"记下来办理的意见{done.received}件，已经答复{done.answered}件，"
            f"占{_percent(done.answered, done.received)}；还在办理{done.received - done.answered}件{late}。"
        )
    ]
    if done.by_category:
        found.append(
            Chart(
                f"{done.by_category[0][0]}方面的意见最多",
                "件",
                tuple(Bar(name, count) for name, count in done.by_category[:MOST_BARS]),
            )
        )
    if done.rated:
        found.append(
            body(
                f"已有{done.rated}人评价。问题解决了的{done.solved}件（{_percent(done.solved, done.rated)}），"
                f"解决了一部分的{done.partly}件，没有解决的{done.not_solved}件。对办理过程满意或者基本满意的{done.satisfied}件"
                f"（{_percent(done.satisfied, done.rated)}）。"
            )
        )
        found.append(
            Chart(
                f"评价的人里，{_percent(done.solved, done.rated)}说问题解决了",
                "件",
                (Bar("解决了", done.solved), Bar("解决了一部分", done.partly), Bar("没有解决", done.not_solved)),
            )
        )
    if done.raised:
        found.append(body(f"由这些意见引出代表建议或者监督议题{done.raised}件。"))
    return found


def _compared(
    campaign: Campaign, before: Campaign | None, figures: MonthFigures, earlier: MonthFigures | None, done: Handling
) -> list[Block]:
    if before is None or earlier is None:
        return []
    pairs = [
        ("接待场次", earlier.slots, figures.slots, "场"),
        ("到站代表", earlier.deputies, figures.deputies, "名"),
        ("接待群众", earlier.visits, figures.visits, "人次"),
    ]
    found: list[Block] = [
        heading1("与上一次比较"),
        body(
            f"与{before.year}年「{before.theme}」相比，"
            + "，".join(_change(name, old, new, unit) for name, old, new, unit in pairs)
            + "。"
        ),
        Chart(
            f"接待群众{_more_or_less(earlier.visits, figures.visits)}",
            "人次",
            (Bar(f"{before.year}年", earlier.visits), Bar(f"{campaign.year}年", figures.visits)),
        ),
    ]
    if done.before and done.before.rated and done.rated:
        old, new = _percent(done.before.solved, done.before.rated), _percent(done.solved, done.rated)
        found.append(body(f"评价说问题解决了的，上一次占{old}，这一次占{new}。"))
    return found


def _change(name: str, old: int, new: int, unit: str) -> str:
    if old == new:
        return f"{name}同为{new}{unit}"
    return f"{name}由{old}{unit}{'增加' if new > old else '减少'}到{new}{unit}"


def _more_or_less(old: int, new: int) -> str:
    return "与上一次持平" if old == new else "比上一次多" if new > old else "比上一次少"


def _missing(missing: Gaps, campaign: Campaign) -> list[Block]:
    found: list[Block] = []
    if missing.without_slot:
        names = "、".join(
            f"{station.body.short}（停用：{reason}）" if reason else station.body.short
            for station, reason in missing.without_slot
        )
        found.append(body(f"没有安排接待的站{len(missing.without_slot)}个：{names}。"))
    if missing.floor is not None and missing.below:
        people = [each for each, _days in missing.below]
        cited = _cite(campaign.matter, "deputy_contact.reception-days")
        found.append(
            body(
                f"{campaign.year}年参加选民接待日不到{missing.floor}次的代表{len(people)}名（{cited}）：{_names(people)}。"
            )
        )
    if missing.without_station:
        found.append(body(f"没有归到站的代表{len(missing.without_station)}名：{_names(missing.without_station)}。"))
    return found or [body("没有发现缺口。")]


def _names(people: Sequence[Person]) -> str:
    shown = "、".join(each.name for each in people[:MOST_NAMES])
    return f"{shown}等" if len(people) > MOST_NAMES else shown
