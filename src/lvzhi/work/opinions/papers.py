"""Official papers an opinion brings forth: 告知书, 转送函, 交办单, 答复意见, 催办单."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from lvzhi.core.paper import Form, Number, Paper, Paragraph, body, chinese_date
from lvzhi.records.documents.papers import issue
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.numbering import next_serial
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.records.matters.queries import explanations
from lvzhi.records.people.models import Body

Data = Mapping[str, object]


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
    # An answer by a supervised body bears that body's own number, which is not ours to give.
    ours = not (entry.action == "answer" and matter.responsible and matter.responsible.is_supervised)
    first = next_serial(matter.congress_id, code_of(matter), entry.on.year, len(makers)) if ours else 0
    numbers = [Number(code_of(matter), entry.on.year, first + place) if ours else None for place in range(len(makers))]
    issue(
        entry,
        [(kind, make(entry, data, number)) for (kind, make), number in zip(makers, numbers, strict=True)],
    )


def _yielded(entry: Entry) -> tuple[str, ...]:
    return procedure_of(entry.matter).action(entry.action).yields


def _due(matter: Matter, clock: str) -> str:
    for item in explanations(matter):
        if item.clock == clock and item.due:
            return f"请于{chinese_date(item.due)}前办理（{item.citation.render('zh')}）。"
    return "请及时办理。"


def _letter(
    entry: Entry,
    number: Number | None,
    title: str,
    addressee: str,
    paragraphs: list[Paragraph],
    signature: str = "",
) -> Paper:
    office = signature or office_of(entry.matter)
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


def _quoted(matter: Matter) -> str:
    return f"《{matter.title}》（编号：{matter.number}）"


def transfer_letter(entry: Entry, data: Data, number: Number | None) -> Paper:
    """转送函: the opinion goes to the organ in whose powers it lies (信访工作条例第二十三条)."""
    matter, unit = entry.matter, _unit(entry)
    paragraphs = [
        body(f"我办收到群众来信{_quoted(matter)}。经甄别，该事项属于你单位职责范围，现转送你单位办理。"),
        body(
            "对转送事项有异议的，请自收到之日起五个工作日内提出，并详细说明理由；未提出异议的，请自收到之日起十五日内书面告知信访人是否受理。"
        ),
        body(
            "受理的，请自受理之日起六十日内办结；情况复杂确需延长的，经本单位负责人批准可以延长，延长期限不超过三十日，并告知信访人延长理由。"
        ),
        body("请注意保护来信人信息，不得将来信材料转给被检举、控告的人员或者单位。办理结果请通过本平台反馈我办。"),
        *_instructions(data),
    ]
    return _letter(entry, number, f"关于转送群众意见《{matter.title}》的函", unit.name if unit else "", paragraphs)


def assignment_notice(entry: Entry, data: Data, number: Number | None) -> Paper:
    """交办单: a working body of the standing committee handles and answers."""
    matter, unit = entry.matter, _unit(entry)
    paragraphs = [
        body(f"现将群众来信{_quoted(matter)}交你单位办理。请研究论证，形成答复意见，经我办审核后答复来信人。"),
        body("对建议意见类事项，法律没有规定答复的具体期限；请按本机关内部目标办理，需要延长的，请说明理由。"),
        *_instructions(data),
    ]
    return _letter(entry, number, f"关于办理群众意见《{matter.title}》的交办单", unit.name if unit else "", paragraphs)


def notification_letter(entry: Entry, data: Data, number: Number | None) -> Paper:
    """告知书: the petitioner is told within fifteen days what becomes of the matter (第二十三条第二款)."""
    matter, unit = entry.matter, _unit(entry)
    where = {
        "transfer": f"该事项不属于本级人大常委会直接办理的范围，已转送{unit.name if unit else '有关单位'}，由其在法定期限内办理并答复您。",
        "assign": f"该事项属于本级人大常委会职权范围，已交{unit.name if unit else '有关工作机构'}办理，办理结果将答复您。",
        "not_accept": f"经审查，该事项不予受理。理由：{_reason(entry)}",
        "extend": f"该事项情况复杂，经承办单位负责人批准，办理期限予以延长。理由：{data.get('reason') or ''}",
    }.get(entry.action, "该事项正在办理。")
    paragraphs = [
        body(f"您{_day(matter.opened_on)}提出的{_quoted(matter)}收悉。{where}"),
        body("您可以凭回执上的编号和查询码，在本机关网站随时查看办理情况。"),
    ]
    return _letter(entry, number, "信访事项告知书", "来信人", paragraphs)


def reply_letter(entry: Entry, data: Data, number: Number | None) -> Paper:
    """答复意见: what the body that handled the matter answers."""
    matter = entry.matter
    parts = [body(part) for part in str(data.get("reply") or "").split("\n") if part.strip()]
    paragraphs = [
        body(f"您{_day(matter.opened_on)}提出的{_quoted(matter)}收悉，现答复如下："),
        *parts,
        body("感谢您对我们工作的关心和支持。"),
    ]
    unit = _unit(entry)
    signature = unit.name if unit and unit.is_supervised else ""
    return _letter(entry, number, f"关于《{matter.title}》的答复", "来信人", paragraphs, signature)


def reminder_letter(entry: Entry, data: Data, number: Number | None) -> Paper:
    """催办单: the office presses for an answer and names the day it is due."""
    matter, unit = entry.matter, _unit(entry)
    paragraphs = [
        body(f"{_quoted(matter)}已交你单位办理，尚未收到答复。{_due(matter, 'handle')}"),
        *_instructions(data),
    ]
    return _letter(entry, number, f"关于《{matter.title}》的催办单", unit.name if unit else "", paragraphs)


def _unit(entry: Entry) -> Body | None:
    return entry.matter.responsible


def _instructions(data: Data) -> list[Paragraph]:
    note = str(data.get("note") or "").strip()
    return [body(f"办理要求：{part}") for part in note.split("\n") if part.strip()]


def _reason(entry: Entry) -> str:
    fields = procedure_of(entry.matter).action(entry.action).fields
    chosen = entry.data.get("reason")
    choices = [choice for field in fields if field.name == "reason" for choice in field.choices]
    return next((choice.text.zh for choice in choices if choice.name == chosen), str(chosen or "")) + "。"


def _day(day: date) -> str:
    return chinese_date(day)


MAKERS: dict[str, Callable[[Entry, Data, Number | None], Paper]] = {
    "transfer_letter": transfer_letter,
    "assignment_notice": assignment_notice,
    "notification_letter": notification_letter,
    "reply_letter": reply_letter,
    "reminder_letter": reminder_letter,
}
