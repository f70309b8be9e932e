"""Official papers an opinion brings forth: 告知书, 转送函, 交办单, 答复意见, 催办单.

Every article a paper cites is read from the procedure the matter keeps, so a matter of an older edition, or of a
congress in another region, never cites a text that does not bind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from lvzhi.core.paper import Form, Number, Paper, Paragraph, body, chinese_date, heading3
from lvzhi.core.procedure import Explanation
from lvzhi.records.documents.papers import issue
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.numbering import next_serial
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.records.matters.queries import explanations
from lvzhi.records.people.models import Body

Data = Mapping[str, object]

OF_THE_BODY = ("answer", "extend")
"""What a supervised body tells the petitioner itself, in its own name and under its own number."""

DATED = re.compile(r"[(（][0-9-]+[)）]$")


def office_of(matter: Matter) -> str:
    """Who signs: the congress's petition office as its settings name it."""
    return str(matter.congress.settings.get("petition_office_name") or f"{matter.congress.name}常务委员会信访办公室")


def code_of(matter: Matter) -> str:
    """机关代字 of the office's letters."""
    return str(matter.congress.settings.get("petition_paper_code") or f"{matter.congress.short[:1]}人信函")


def issue_for(entry: Entry, data: Data) -> None:
    """Write and keep the papers this entry yields; numbered ones share the office's series of letters."""
    makers = [(kind, MAKERS[kind]) for kind in _yielded(entry) if kind in MAKERS]
    if not makers:
        return
    matter = entry.matter
    # What a supervised body sends bears that body's own number, which is not ours to give.
    ours = not _of_the_body(entry)
    first = next_serial(matter.congress_id, code_of(matter), entry.on.year, len(makers)) if ours else 0
    numbers = [Number(code_of(matter), entry.on.year, first + place) if ours else None for place in range(len(makers))]
    issue(
        entry,
        [(kind, make(entry, data, number)) for (kind, make), number in zip(makers, numbers, strict=True)],
    )


def _yielded(entry: Entry) -> tuple[str, ...]:
    return procedure_of(entry.matter).action(entry.action).yields


def _of_the_body(entry: Entry) -> bool:
    unit = entry.matter.responsible
    return entry.action in OF_THE_BODY and unit is not None and unit.is_supervised


def _letter(
    entry: Entry,
    number: Number | None,
    title: str,
    addressee: str,
    paragraphs: list[Paragraph],
) -> Paper:
    unit = entry.matter.responsible
    office = unit.name if unit and _of_the_body(entry) else office_of(entry.matter)
    return Paper(
        issuer=office,
        number=number,
        title=title,
        paragraphs=tuple(paragraphs),
        dated=entry.on,
        addressee=addressee,
        signature=office,
        form=Form.LETTER,
    )


def transfer_letter(entry: Entry, data: Data, number: Number | None) -> Paper:
    """转送函: the opinion goes to the organ in whose powers it lies.

    信访工作条例第二十三条第三款 names only what the petition departments of Party and government, or a superior of
    the same system, pass on; a congress office is neither, so its days are asked for 参照, by analogy.
    """
    matter, unit = entry.matter, entry.matter.responsible
    basis = _cite(matter, "petition.power", "transfer")
    paragraphs = [
        body(
            f"我办于{chinese_date(_received(matter))}收到群众提出的{_called(matter)}。经审核，该事项属于你单位职权范围。"
            f"依据{basis}，现转送你单位依法处理。有关事项函告如下："
        ),
        heading3(_ask_receipt(matter, unit)),
        heading3(_ask_objection(matter)),
        *_ask_handling(matter, unit),
        heading3(
            "请妥善保管信访材料，保护信访人的个人信息；不得将检举、揭发材料以及有关情况透露或者转给被检举、揭发的"
            f"人员或者单位（{_cite(matter, 'accusation')}）。"
        ),
        heading3("办理结果由你单位答复信访人，同时反馈我办。"),
        *_instructions(data),
        body("特此函达。"),
    ]
    return _letter(entry, number, f"关于转送{_titled(matter)}的函", unit.name if unit else "", paragraphs)


def _ask_receipt(matter: Matter, unit: Body | None) -> str:
    ask = "请自收到本函之日起15日内书面告知信访人接收情况以及处理途径和程序，信访人的姓名（名称）、住址不清的除外"
    by_analogy = f"参照{_cite(matter, 'receipt')}"
    direct = _cite(matter, "department-receipt") if unit and unit.kind == Body.Kind.DEPARTMENT else ""
    return f"{ask}（依据{direct}，{by_analogy}）。" if direct else f"{ask}（{by_analogy}）。"


def _ask_objection(matter: Matter) -> str:
    analogy = _cite(matter, "object-by-analogy")
    when = "请自收到本函之日起5个工作日内提出异议" if analogy else "请及时提出异议"
    said = f"认为该事项不属于你单位职权范围的，{when}，详细说明理由，经我办核实同意后交还相关材料"
    return f"{said}（参照{analogy}）。" if analogy else f"{said}。"


def _ask_handling(matter: Matter, unit: Body | None) -> list[Paragraph]:
    """How long the receiving body has. Only a claim settled by a handling opinion has the sixty days of the nation."""
    sixty = (
        "应当自受理之日起60日内办结；情况复杂的，经你单位负责人批准可以适当延长，但延长期限不得超过30日，"
        "并告知信访人延期理由"
    )
    handle, study = _cite(matter, "petition.handle"), _cite(matter, "petition.suggestions")
    local = unit is not None and unit.kind in (Body.Kind.DEPARTMENT, Body.Kind.SUBDISTRICT)
    everywhere = _cite(matter, "department-handles") if local else ""
    if procedure_of(matter).edition < "2022":  # the 信访条例 of 2005 made no difference between kinds
        return [heading3(f"你单位受理的，{sixty}（{handle}）。")]
    asked = [
        f"属于申诉求决类事项并应当出具信访处理意见书的，{sixty}（{handle}）；应当通过诉讼、仲裁、行政复议等法定途径处理的，"
        f"按照法律法规规定的程序处理（{_cite(matter, 'by-other-procedure')}）。",
        f"属于建议意见类事项的，请认真研究论证，科学合理、具有现实可行性的，予以采纳或者部分采纳，并予以回复（{study}）。",
    ]
    if everywhere:
        asked[1] = f"{asked[1][:-1]}；你单位受理的，办理期限适用{everywhere}。"
    return [heading3(part) for part in asked]


def assignment_notice(entry: Entry, data: Data, number: Number | None) -> Paper:
    """交办单: a working body of the standing committee handles and answers."""
    matter, unit = entry.matter, entry.matter.responsible
    clock = _running(matter, "handle_own", "answer")
    if clock and clock.due:
        limit = (
            f"该事项属于申诉求决类事项，请调查核实，于{chinese_date(clock.due)}前办结，出具信访处理意见书；情况复杂的，"
            "经本机关负责人批准，可以适当延长，但延长期限不得超过30日，并告知信访人延期理由"
            f"（{_cite(matter, clock.citation.name)}）。"
        )
    else:
        day = clock.value.internal_due if clock else None
        target = f"请按本机关内部目标，于{chinese_date(day)}前" if day else "请及时"
        limit = (
            "请认真研究论证，科学合理、具有现实可行性的，提出采纳或者部分采纳的意见"
            f"（{_cite(matter, 'petition.suggestions')}）。法律没有规定具体的回复期限，{target}答复。"
        )
    paragraphs = [
        body(f"现将群众提出的{_called(matter)}交你单位办理，由你单位答复信访人。"),
        body(limit),
        *_instructions(data),
    ]
    return _letter(entry, number, f"关于办理{_titled(matter)}的交办单", unit.name if unit else "", paragraphs)


def notification_letter(entry: Entry, data: Data, number: Number | None) -> Paper:
    """告知书: what became of the matter, by which way and procedure (信访工作条例第二十三条第一款、第二款)."""
    matter = entry.matter
    tell = TELLING.get(entry.action, _tell_received)
    paragraphs = [
        body(f"您于{chinese_date(_received(matter))}提出的{_called(matter)}，我办已经收到并登记。{tell(entry, data)}")
        if not _of_the_body(entry)
        else body(f"您于{chinese_date(_received(matter))}提出的{_called(matter)}由我单位办理。{tell(entry, data)}"),
        body("您可以凭回执上的编号和查询码，在本级人大网站查询办理进展和结果。"),
    ]
    return _letter(entry, number, "信访事项告知书", "信访人", paragraphs)


def _tell_transferred(entry: Entry, _data: Data) -> str:
    matter, unit = entry.matter, entry.matter.responsible
    local = _cite(matter, "transfer")
    return (
        f"经审核，该事项属于{unit.name if unit else '有关单位'}的职权范围。{f'依据{local}，' if local else ''}我办已于"
        f"{chinese_date(entry.on)}转送该单位，由其依法处理并答复您。我办将跟踪办理情况。"
    )


def _tell_assigned(entry: Entry, _data: Data) -> str:
    unit = entry.matter.responsible
    return (
        f"经审核，该事项属于本级人民代表大会及其常务委员会的职权范围，我办已于{chinese_date(entry.on)}"
        f"交{unit.name if unit else '有关工作机构'}办理，由其研究处理后答复您。"
    )


GROUNDS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "in_litigation": (
        ("in-court", "petition.not-accept"),
        "不予受理",
        "请您按照法律法规规定的程序向有关政法部门提出。",
    ),
    "review_final": (("reviewed", "petition.not-accept"), "不再受理", ""),
    "in_hand": (("in-hand",), "不予受理", "请您等候受理、办理该事项的机关、单位答复。"),
    "other_by_law": (("petition.not-accept",), "不予受理", ""),
}
"""Per ground of refusal: the provisions it stands on, what the law calls the refusal, and where to turn."""


def _tell_not_accepted(entry: Entry, data: Data) -> str:
    reason = str(entry.data.get("reason") or "")
    note = " ".join(str(data.get("note") or "").split()).rstrip("。")
    more = f"{note}。" if note else ""
    if reason == "not_ours":
        cited = _cite(entry.matter, "register")
        return f"经审核，该事项不属于本机关职权范围，请您向有权处理的机关、单位提出（{cited}）。{more}"
    names, verb, way = GROUNDS.get(reason, ((), "不予受理", ""))
    cited = _cite(entry.matter, *names)
    basis = f"，依据{cited}" if cited else ""
    return f"经审核，该事项属于“{_ground(entry).removesuffix('的')}”的情形{basis}，我办{verb}。{more}{way}"


def _tell_extended(entry: Entry, data: Data) -> str:
    clock = _running(entry.matter, "handle", "study", "handle_own")
    until = f"至{chinese_date(clock.due)}" if clock and clock.due else ""
    cited = f"（{_cite(entry.matter, clock.citation.name)}）" if clock else ""
    whose = "我单位" if _of_the_body(entry) else "办理单位"
    reason = " ".join(str(data.get("reason") or "").split()).rstrip("。")
    return f"因情况复杂，经{whose}负责人批准，办理期限延长{until}{cited}。延期理由：{reason}。"


def _tell_received(entry: Entry, data: Data) -> str:
    note = " ".join(str(data.get("note") or "").split()).rstrip("。")
    standing = "该事项正在办理。" if entry.matter.responsible else "我办正在审核由哪个机关、单位办理，确定后另行告知。"
    return f"{standing}{note}。" if note else standing


TELLING: dict[str, Callable[[Entry, Data], str]] = {
    "transfer": _tell_transferred,
    "assign": _tell_assigned,
    "not_accept": _tell_not_accepted,
    "extend": _tell_extended,
}


def reply_letter(entry: Entry, data: Data, number: Number | None) -> Paper:
    """答复意见: what the body that handled the matter answers; for a claim, the 信访处理意见书 with its remedy."""
    matter = entry.matter
    parts = [body(part.strip()) for part in str(data.get("reply") or "").split("\n") if part.strip()]
    claim, theirs = _kind(entry) == "claim", _of_the_body(entry)
    closing = f"感谢您对{'我单位' if theirs else '人大'}工作的关心和支持。"
    if claim and theirs:
        closing = (
            "对本处理意见不服的，可以自收到本意见书之日起30日内，请求我单位的上一级机关、单位复查"
            f"（{_cite(matter, 'review')}）。"
        )
    paragraphs = [
        body(f"您于{chinese_date(_received(matter))}提出的{_called(matter)}收悉。经研究，现答复如下："),
        *parts,
        body(closing),
    ]
    named = "信访处理意见书" if claim else "答复意见"
    return _letter(entry, number, f"关于{_titled(matter)}的{named}", "信访人", paragraphs)


def reminder_letter(entry: Entry, data: Data, number: Number | None) -> Paper:
    """催办单: the office presses for an answer and names the day it is due."""
    matter, unit = entry.matter, entry.matter.responsible
    given = "转送" if unit and unit.is_supervised else "交"
    paragraphs = [
        body(f"{_called(matter)}已{given}你单位办理，我办至今未收到办理结果。{_due(matter, entry.on)}"),
        *_instructions(data),
    ]
    return _letter(entry, number, f"关于{_titled(matter)}的催办单", unit.name if unit else "", paragraphs)


def _due(matter: Matter, on: date) -> str:
    """Until when, by what rule; a target of the house is called one."""
    item = _running(matter, *WAITING)
    if item is None:
        return "请抓紧办理，及时答复信访人。"
    cited, wanted, target = _cite(matter, item.citation.name), WAITING[item.clock], item.value.internal_due
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
    "receipt": "书面告知信访人接收情况以及处理途径和程序",
}
"""The clocks of whoever handles the matter, with what each waits for."""


def _running(matter: Matter, *names: str) -> Explanation | None:
    """The first of these clocks that still runs."""
    known = {item.clock: item for item in explanations(matter) if item.value.status in {"running", "paused"}}
    return next((known[name] for name in names if name in known), None)


def _received(matter: Matter) -> date:
    """The day the matter reached us, which for a letter is not the day it was entered."""
    days = [item.value.started_on for item in explanations(matter) if item.clock == "notify"]
    return next((day for day in days if day), matter.opened_on)


def _kind(entry: Entry) -> object:
    """The 事项类别 chosen when the matter was accepted or assigned. One statement."""
    last = entry.matter.entries.filter(action__in=["accept", "assign"]).order_by("-seq").first()
    return last.data.get("kind") if last else None


def _cite(matter: Matter, *names: str) -> str:
    """《信访工作条例》第三十四条, for those of `names` the matter's procedure knows; without the date of the text."""
    known = procedure_of(matter).citations
    found = [known[name] for name in names if name in known]
    return "和".join(f"《{DATED.sub('', item.law)}》{item.article.removesuffix('（参照）')}" for item in found)


def _titled(matter: Matter) -> str:
    return f"“{matter.title}”信访事项"


def _called(matter: Matter) -> str:
    return f"{_titled(matter)}（编号：{matter.number}）"


def _instructions(data: Data) -> list[Paragraph]:
    parts = [part.strip() for part in str(data.get("note") or "").split("\n") if part.strip()]
    return [body(f"办理要求：{part}" if place == 0 else part) for place, part in enumerate(parts)]


def _ground(entry: Entry) -> str:
    chosen = entry.data.get("reason")
    fields = procedure_of(entry.matter).action(entry.action).fields
    choices = [choice for field in fields if field.name == "reason" for choice in field.choices]
    return next((choice.text.zh for choice in choices if choice.name == chosen), str(chosen or ""))


MAKERS: dict[str, Callable[[Entry, Data, Number | None], Paper]] = {
    "transfer_letter": transfer_letter,
    "assignment_notice": assignment_notice,
    "notification_letter": notification_letter,
    "reply_letter": reply_letter,
    "reminder_letter": reminder_letter,
}
