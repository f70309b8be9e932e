"""Messages coming in from files, replayed through the procedure as if they had come day by day."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from lvzhi.core.procedure import ProcedureError
from lvzhi.core.upload import UploadRefused, clean_text, read_text, sentence
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.records.people.actor import Actor, citizen
from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.keywords import topic_of
from lvzhi.work.opinions.models import Opinion

LOCAL = ZoneInfo("Asia/Shanghai")
YEAR = timedelta(days=365)
MOST_NAME = 40
_WHEN = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Message:
    """One row of a file: what was said and answered, and when."""

    number: int
    name: str
    subject: str
    text: str
    reply: str
    said_at: datetime
    replied_at: datetime | None


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that cannot be read, and why."""

    number: int
    name: str
    why: str


@dataclass
class Outcome:
    """What became of the rows."""

    taken: int = 0
    known: int = 0
    answered: int = 0
    waiting: int = 0
    rejected: list[tuple[int, str, str]] = field(default_factory=list)


def parse_instant(text: str) -> datetime | None:
    """An instant in local time as people write it (2019/4/24 15:40:04, 2018-04-24, 2018年4月24日), or None."""
    found = _WHEN.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=LOCAL)
    except ValueError:
        return None


def read(data: bytes) -> list[Message | Broken]:
    """Read a .jsonl file; each line becomes a message, or a broken row with its reason. Never raises for content."""
    try:
        text = read_text(data)
    except UploadRefused as refusal:
        return [Broken(0, "", sentence(refusal.code, refusal.params, "zh"))]
    rows = [_read_line(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    first: dict[str, int] = {}
    for place, row in enumerate(rows):
        if isinstance(row, Message) and first.setdefault(row.name, row.number) != row.number:
            rows[place] = Broken(row.number, row.name, f"和第 {first[row.name]} 行用了同一个编号，只取了那一行。")
    return rows


def _read_line(number: int, line: str) -> Message | Broken:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return Broken(number, "", "这一行不是 JSON。")
    if not isinstance(row, dict):
        return Broken(number, "", "这一行不是一条留言。")
    name, said = _shown(row.get("id")), parse_instant(str(row.get("time") or ""))
    replied = parse_instant(str(row.get("reply_time") or "")) if row.get("reply") else None
    for wrong, why in (
        (not name, "没有编号（id）。"),
        (name != str(row["id"]) if name else False, f"编号（id）最多 {MOST_NAME} 个字，不能有看不见的字符。"),
        (said is None, f"留言时间「{_shown(row.get('time'))}」读不出来。"),
        (bool(row.get("reply")) and replied is None, f"答复时间「{_shown(row.get('reply_time'))}」读不出来。"),
        (not _is_usual(said), f"留言时间「{_shown(row.get('time'))}」不在可用的范围内。"),
        (not _is_usual(replied), f"答复时间「{_shown(row.get('reply_time'))}」不在可用的范围内。"),
        (said is not None and replied is not None and replied < said, "答复早于留言。"),
    ):
        if wrong:
            return Broken(number, name, why)
    if said is None:
        return Broken(number, name, "没有留言时间。")
    return Message(number, name, _text(row, "subject"), _text(row, "text"), _text(row, "reply"), said, replied)


def _shown(value: object) -> str:
    """A value of a row as it may stand in a sentence and a report: short, on one line, without invisible signs."""
    text = str(value) if isinstance(value, str | int) else ""
    return " ".join(clean_text(text, 4 * len(text) + 1).split())[:MOST_NAME]


def _is_usual(instant: datetime | None) -> bool:
    return instant is None or 1980 <= instant.year <= 2100


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


@dataclass(frozen=True)
class Plan:
    """For whom, by whom and on which days the rows are replayed."""

    congress: Congress
    today: date
    as_dated: bool
    bodies: Mapping[str, Body]
    fallback: Body
    office: Actor

    @classmethod
    def of(cls, congress: Congress, *, today: date, as_dated: bool = False) -> Plan:
        """Prepare a replay; raises ActRefused if the congress has no body that could answer."""
        supervised = [
            body for body in Body.objects.of(congress).filter(active=True).order_by("slug") if body.is_supervised
        ]
        if not supervised:
            raise ActRefused("这个人大还没有录入一府一委两院及其部门，先录入机构再导入留言。")
        fallback = next((body for body in supervised if body.kind == Body.Kind.SUPERVISED), supervised[0])
        office = Actor(congress=congress.pk, name="导入", roles=frozenset({"petition_office"}))
        return cls(congress, today, as_dated, {body.slug: body for body in supervised}, fallback, office)

    def days_later(self, message: Message) -> timedelta:
        """By how many whole days a message is moved so that it falls into the last twelve months."""
        if self.as_dated:
            return timedelta()
        age = (self.today - message.said_at.date()) % YEAR
        return self.today - age - message.said_at.date()

    def body_for(self, message: Message) -> Body:
        """Who answers: the body whose work the reply and the subject name most; the government otherwise."""
        _category, slug = topic_of(message.subject * 2 + message.reply[:400] + message.text[:200])
        return self.bodies.get(slug, self.fallback)


def take(row: Message | Broken, plan: Plan, outcome: Outcome) -> None:
    """Replay one row in one transaction; what was taken before is left as it is."""
    if isinstance(row, Broken):
        outcome.rejected.append((row.number, row.name, row.why))
        return
    source = f"import:{row.name}"
    if Opinion.objects.of(plan.congress).filter(source_id=source).exists():
        outcome.known += 1
        return
    try:
        answered = _replay(row, source, plan)
    except ActRefused as refusal:
        outcome.rejected.append((row.number, row.name, str(refusal)))
        return
    except ProcedureError:  # no edition is known for a day so long ago
        outcome.rejected.append((row.number, row.name, "留言那时施行的办理程序没有收录，不能按原来的日期导入。"))
        return
    outcome.taken += 1
    outcome.answered += answered
    outcome.waiting += not answered


@transaction.atomic
def _replay(row: Message, source: str, plan: Plan) -> bool:
    move = plan.days_later(row)
    said_at = (row.said_at + move).astimezone(UTC)
    said_on = (row.said_at + move).date()
    if said_on > plan.today:
        raise ActRefused(f"留言日期 {said_on.isoformat()} 还没有到。")
    words = actions.Words(
        subject=row.subject[: actions.MOST_SUBJECT],
        text=row.text,
        source_id=source,
        is_anonymous=True,
        category=topic_of(row.subject + row.text[:200])[0],
    )
    receipt = actions.submit(congress=plan.congress, words=words, actor=citizen(plan.congress), on=said_on, at=said_at)
    key = receipt.opinion.matter_id
    replied_on = (row.replied_at + move).date() if row.replied_at else None
    passed_on = min(said_on + timedelta(days=1 + _spread(row.name, 9)), replied_on or date.max)
    if passed_on > plan.today:
        return False
    actions.transfer(key, body=plan.body_for(row), actor=plan.office, on=passed_on, at=_noon(passed_on, said_at))
    if replied_on is None or replied_on > plan.today or not row.reply.strip():
        return False
    actions.answer(key, reply=row.reply, actor=plan.office, on=replied_on, at=_noon(replied_on, said_at))
    return True


def _noon(day: date, not_before: datetime) -> datetime:
    return max(datetime.combine(day, time(4, 0), tzinfo=UTC), not_before)


def _spread(name: str, most: int) -> int:
    """A steady number from 0 to `most`, so that running again gives the same days."""
    return hashlib.sha256(name.encode()).digest()[0] % (most + 1)
