"""Papers to the bodies that handle an opinion: 转送函, 交办单, 重新办理通知单, 催办单."""

from __future__ import annotations

from datetime import date

from lvzhi.core.paper import Number, Paper, Paragraph, body, chinese_date, heading3
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.records.people.models import Body
from lvzhi.work.opinions.papers.writing import (
    Data,
    called,
    cite,
    instructions,
    letter,
    received_on,
    running,
    titled,
)


def transfer_letter(entry: Entry, data: Data, number: Number | None) -> Paper:
    """转送函: the opinion goes to the organ in whose powers it lies.

    信访工作条例第二十三条第三款 names only what the petition departments of Party and government, or a superior of
    the same system, pass on; a congress office is neither, so its days are asked for 参照, by analogy.
    """
    matter, unit = entry.matter, entry.matter.responsible
    basis = cite(matter, "petition.power", "transfer")
    paragraphs = [
        body(
            f"我办于{chinese_date(received_on(matter))}收到群众提出的{called(matter)}。{_why_yours(entry)}"
            f"依据{basis}，现转送你单位依法处理。有关事项函告如下："
        ),
        heading3(_ask_receipt(matter, unit)),
        *([] if entry.action == "designate" else [heading3(_ask_objection(matter))]),
        *_ask_handling(matter, unit),
        heading3(
            "请妥善保管信访材料，保护信访人的个人信息；不得将检举、揭发材料以及有关情况透露或者转给被检举、揭发的"
            f"人员或者单位（{cite(matter, 'accusation')}）。"
        ),
        heading3("办理结果由你单位答复信访人，同时反馈我办。"),
        *instructions(data),
        body("特此函达。"),
    ]
    return letter(entry, number, f"关于转送{titled(matter)}的函", unit.name if unit else "", paragraphs)


def _why_yours(entry: Entry) -> str:
    """Why it goes to this body: by its powers, or by the decision of the common superior."""
    if entry.action != "designate":
        return "经审核，该事项属于你单位职权范围。"
    decided = str(entry.data.get("decided_by") or "共同的上一级机关")
    return f"有关单位对受理有争议，{decided}已决定由你单位受理（{cite(entry.matter, 'dispute')}）。"


def _ask_receipt(matter: Matter, unit: Body | None) -> str:
    ask = "请自收到本函之日起15日内书面告知信访人接收情况以及处理途径和程序，信访人的姓名（名称）、住址不清的除外"
    by_analogy = f"参照{cite(matter, 'receipt')}"
    direct = cite(matter, "department-receipt") if unit and unit.kind == Body.Kind.DEPARTMENT else ""
    return f"{ask}（依据{direct}，{by_analogy}）。" if direct else f"{ask}（{by_analogy}）。"


def _ask_objection(matter: Matter) -> str:
    analogy = cite(matter, "object-by-analogy")
    when = "请自收到本函之日起5个工作日内提出异议" if analogy else "请及时提出异议"
    said = f"认为该事项不属于你单位职权范围的，{when}，详细说明理由，经我办核实同意后交还相关材料"
    return f"{said}（参照{analogy}）。" if analogy else f"{said}。"


def _ask_handling(matter: Matter, unit: Body | None) -> list[Paragraph]:
    """How long the receiving body has. Only a claim settled by a handling opinion has the sixty days of the nation."""
    sixty = (
        "应当自受理之日起60日内办结；情况复杂的，经你单位负责人批准可以适当延长，但延长期限不得超过30日，"
        "并告知信访人延期理由"
    )
    handle, study = cite(matter, "petition.handle"), cite(matter, "petition.suggestions")
    local = unit is not None and unit.kind in (Body.Kind.DEPARTMENT, Body.Kind.SUBDISTRICT)
    everywhere = cite(matter, "department-handles") if local else ""
    if procedure_of(matter).edition < "2022":  # the 信访条例 of 2005 made no difference between kinds
        return [heading3(f"你单位受理的，{sixty}（{handle}）。")]
    asked = [
        f"属于申诉求决类事项并应当出具信访处理意见书的，{sixty}（{handle}）；应当通过诉讼、仲裁、行政复议等法定途径处理的，"
        f"按照法律法规规定的程序处理（{cite(matter, 'by-other-procedure')}）。",
        f"属于建议意见类事项的，请认真研究论证，科学合理、具有现实可行性的，予以采纳或者部分采纳，并予以回复（{study}）。",
    ]
    if everywhere:
        asked[1] = f"{asked[1][:-1]}；你单位受理的，办理期限适用{everywhere}。"
    return [heading3(part) for part in asked]


def assignment_notice(entry: Entry, data: Data, number: Number | None) -> Paper:
    """交办单: a working body of the standing committee handles and answers."""
    matter, unit = entry.matter, entry.matter.responsible
    clock = running(matter, "handle_own", "answer")
    if clock and clock.due:
        limit = (
            f"该事项属于申诉求决类事项，请调查核实，于{chinese_date(clock.due)}前办结，出具信访处理意见书；情况复杂的，"
            "经本机关负责人批准，可以适当延长，但延长期限不得超过30日，并告知信访人延期理由"
            f"（{cite(matter, clock.citation.name)}）。"
        )
    else:
        day = clock.value.internal_due if clock else None
        target = f"请按本机关内部目标，于{chinese_date(day)}前" if day else "请及时"
        limit = (
            "请认真研究论证，科学合理、具有现实可行性的，提出采纳或者部分采纳的意见"
            f"（{cite(matter, 'petition.suggestions')}）。法律没有规定具体的回复期限，{target}答复。"
        )
    paragraphs = [
        body(f"现将群众提出的{called(matter)}交你单位办理，由你单位答复信访人。"),
        body(limit),
        *instructions(data),
    ]
    return letter(entry, number, f"关于办理{titled(matter)}的交办单", unit.name if unit else "", paragraphs)


def rehandling_notice(entry: Entry, data: Data, number: Number | None) -> Paper:
    """重新办理通知单: the sender says it is not settled; the body that answered handles it again."""
    matter, unit = entry.matter, entry.matter.responsible
    clock = running(matter, "rehandle", "rehandle_own")
    day = clock.value.internal_due if clock else None
    target = f"请争取于{chinese_date(day)}前" if day else "请及时"
    reason = " ".join(str(data.get("reason") or "").split()).rstrip("。")
    who = "信访人" if not entry.actor_account_id else "我办"
    paragraphs = [
        body(f"你单位办理的{called(matter)}已经答复。{who}提出重新办理，理由是：{reason}。"),
        body(
            f"请就没有解决的问题重新调查核实，逐点说明办理情况。重新办理没有法定期限，{target}再次答复信访人。"
            "没有新的情况的，也请如实说明原因和下一步打算。"
        ),
    ]
    return letter(entry, number, f"关于重新办理{titled(matter)}的通知单", unit.name if unit else "", paragraphs)


def reminder_letter(entry: Entry, data: Data, number: Number | None) -> Paper:
    """催办单: the office presses for an answer and names the day it is due."""
    matter, unit = entry.matter, entry.matter.responsible
    given = "转送" if unit and unit.is_supervised else "交"
    paragraphs = [
        body(f"{called(matter)}已{given}你单位办理，我办至今未收到办理结果。{_due(matter, entry.on)}"),
        *instructions(data),
    ]
    return letter(entry, number, f"关于{titled(matter)}的催办单", unit.name if unit else "", paragraphs)


def _due(matter: Matter, on: date) -> str:
    """Until when, by what rule; a target of the house is called one."""
    item = running(matter, *WAITING)
    if item is None:
        return "请抓紧办理，及时答复信访人。"
    cited, wanted, target = cite(matter, item.citation.name), WAITING[item.clock], item.value.internal_due
    if item.due and item.due < on:
        return f"法定期限已于{chinese_date(item.due)}届满（{cited}），请立即{wanted}，并向我办说明逾期原因。"
    if item.due:
        return f"请于{chinese_date(item.due)}前{wanted}（{cited}）。"
    if target and target >= on:
        return f"法律没有规定具体期限，请争取于{chinese_date(target)}前{wanted}。"
    return f"请抓紧办理，及时{wanted}。"


WAITING = {
    "handle": "办结并答复信访人",
    "handle_own": "办结并答复信访人",
    "study": "研究论证并回复信访人",
    "other_way": "办理并反馈",
    "answer": "答复信访人",
    "rehandle": "重新办理并答复信访人",
    "rehandle_own": "重新办理并答复信访人",
    "receipt": "书面告知信访人接收情况以及处理途径和程序",
}
"""The clocks of whoever handles the matter, with what each waits for."""
