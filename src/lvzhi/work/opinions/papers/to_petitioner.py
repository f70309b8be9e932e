"""Papers to whoever wrote: 告知书, 答复意见."""

from __future__ import annotations

from collections.abc import Callable

from lvzhi.core.paper import Number, Paper, body, chinese_date
from lvzhi.records.matters.models import Entry
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.work.opinions.papers.writing import (
    Data,
    called,
    cite,
    kind_of,
    letter,
    of_the_body,
    received_on,
    running,
    titled,
)


def notification_letter(entry: Entry, data: Data, number: Number | None) -> Paper:
    """告知书: what became of the matter, by which way and procedure (信访工作条例第二十三条第一款、第二款)."""
    matter = entry.matter
    tell = TELLING.get(entry.action, _tell_received)
    paragraphs = [
        body(f"您于{chinese_date(received_on(matter))}提出的{called(matter)}，我办已经收到并登记。{tell(entry, data)}")
        if not of_the_body(entry)
        else body(f"您于{chinese_date(received_on(matter))}提出的{called(matter)}由我单位办理。{tell(entry, data)}"),
        body("您可以凭回执上的编号和查询码，在本级人大网站查询办理进展和结果。"),
    ]
    return letter(entry, number, "信访事项告知书", "信访人", paragraphs)


def _tell_transferred(entry: Entry, _data: Data) -> str:
    matter, unit = entry.matter, entry.matter.responsible
    local = cite(matter, "transfer")
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


def _tell_designated(entry: Entry, _data: Data) -> str:
    unit = entry.matter.responsible
    decided = str(entry.data.get("decided_by") or "共同的上一级机关")
    return (
        f"有关单位对受理有争议，经{decided}决定（{cite(entry.matter, 'dispute')}），该事项由"
        f"{unit.name if unit else '有关单位'}受理。我办已于{chinese_date(entry.on)}转送该单位，由其依法处理并答复您。"
    )


def _tell_merged(entry: Entry, _data: Data) -> str:
    lead = str(entry.data.get("lead") or "")
    other = f"意见（编号：{lead}）" if lead else "一件意见"
    return (
        f"该事项与此前收到的{other}反映的是同一件事，我办已于{chinese_date(entry.on)}并案，"
        "一起办理。您的意见单独保留，办理结果会单独答复您，由您单独评价。"
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
        cited = cite(entry.matter, "register")
        return f"经审核，该事项不属于本机关职权范围，请您向有权处理的机关、单位提出（{cited}）。{more}"
    names, verb, way = GROUNDS.get(reason, ((), "不予受理", ""))
    cited = cite(entry.matter, *names)
    basis = f"，依据{cited}" if cited else ""
    return f"经审核，该事项属于“{_ground(entry).removesuffix('的')}”的情形{basis}，我办{verb}。{more}{way}"


def _tell_extended(entry: Entry, data: Data) -> str:
    clock = running(entry.matter, "handle", "study", "handle_own")
    until = f"至{chinese_date(clock.due)}" if clock and clock.due else ""
    cited = f"（{cite(entry.matter, clock.citation.name)}）" if clock else ""
    whose = "我单位" if of_the_body(entry) else "办理单位"
    reason = " ".join(str(data.get("reason") or "").split()).rstrip("。")
    return f"因情况复杂，经{whose}负责人批准，办理期限延长{until}{cited}。延期理由：{reason}。"


def _tell_received(entry: Entry, data: Data) -> str:
    note = " ".join(str(data.get("note") or "").split()).rstrip("。")
    standing = "该事项正在办理。" if entry.matter.responsible else "我办正在审核由哪个机关、单位办理，确定后另行告知。"
    return f"{standing}{note}。" if note else standing


TELLING: dict[str, Callable[[Entry, Data], str]] = {
    "transfer": _tell_transferred,
    "assign": _tell_assigned,
    "designate": _tell_designated,
    "merge": _tell_merged,
    "not_accept": _tell_not_accepted,
    "extend": _tell_extended,
}


def reply_letter(entry: Entry, data: Data, number: Number | None) -> Paper:
    """答复意见: what the body that handled the matter answers; for a claim, the 信访处理意见书 with its remedy."""
    matter = entry.matter
    parts = [body(part.strip()) for part in str(data.get("reply") or "").split("\n") if part.strip()]
    claim, theirs = kind_of(entry) == "claim", of_the_body(entry)
    closing = f"感谢您对{'我单位' if theirs else '人大'}工作的关心和支持。"
    if claim and theirs:
        closing = (
            "对本处理意见不服的，可以自收到本意见书之日起30日内，请求我单位的上一级机关、单位复查"
            f"（{cite(matter, 'review')}）。"
        )
    paragraphs = [
        body(f"您于{chinese_date(received_on(matter))}提出的{called(matter)}收悉。经研究，现答复如下："),
        *parts,
        body(closing),
    ]
    named = "信访处理意见书" if claim else "答复意见"
    return letter(entry, number, f"关于{titled(matter)}的{named}", "信访人", paragraphs)


def _ground(entry: Entry) -> str:
    chosen = entry.data.get("reason")
    fields = procedure_of(entry.matter).action(entry.action).fields
    choices = [choice for field in fields if field.name == "reason" for choice in field.choices]
    return next((choice.text.zh for choice in choices if choice.name == chosen), str(chosen or ""))
