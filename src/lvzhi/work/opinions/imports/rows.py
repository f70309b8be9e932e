"""Rows of a file as messages, or with the reason why not. Nothing here raises for what a file contains."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from lvzhi.core.table import Limits, TableRefused, read_table
from lvzhi.core.upload import UploadRefused, clean_text, read_text, sentence
from lvzhi.work.opinions.imports.columns import COLUMNS, Mapping, guess

LOCAL = ZoneInfo("Asia/Shanghai")
MOST_NAME = 40
MOST_LINE = 120
LIMITS = Limits(size=30 << 20, rows=100_000, columns=60, cell=32_000, text=120_000_000, unpacked=400 << 20)
_WHEN = re.compile(r"(\d{4})[-/年.](\d{1,2})[-/月.](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?")


@dataclass(frozen=True, slots=True)
class Message:
    """One row of a file: what was said and answered, and when; the rest is "" where the file does not say."""

    number: int
    name: str
    subject: str
    text: str
    reply: str
    said_at: datetime
    replied_at: datetime | None
    status: str = ""
    category: str = ""
    body: str = ""
    street: str = ""
    place: str = ""
    channel: str = ""
    result: str = ""
    process: str = ""

    def as_json(self) -> dict[str, Any]:
        """As it is kept until it is taken."""
        times = {
            name: each and each.isoformat()
            for name, each in (("said_at", self.said_at), ("replied_at", self.replied_at))
        }
        return {**asdict(self), **times}

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> Message:
        """What `as_json` wrote."""
        times = {name: row[name] and datetime.fromisoformat(row[name]) for name in ("said_at", "replied_at")}
        return cls(**{**row, **times})


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that cannot be read, and why."""

    number: int
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as headings and rows of values by heading; a row that is none is a sentence instead."""

    headings: tuple[str, ...]
    rows: list[tuple[int, dict[str, Any] | str]]


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


def open_sheet(name: str, data: bytes) -> Sheet:
    """A .jsonl, .csv or .xlsx as a sheet. Raises TableRefused for a file that cannot be read at all."""
    if name.casefold().endswith((".jsonl", ".ndjson", ".json")):
        return _lines(data)
    table = read_table(name, data, limits=LIMITS)
    return Sheet(table.headers, [(row.number, _without_marks(row.cells, row.formulas)) for row in table.rows])


def _without_marks(cells: Any, formulas: Sequence[str]) -> dict[str, Any]:
    """A cell that a spreadsheet would run is text like any other here; the apostrophe before it is taken off."""
    return {name: value.removeprefix("'") if name in formulas else value for name, value in cells.items()}


def _lines(data: bytes) -> Sheet:
    text = read_text(data)
    headings: dict[str, None] = {}
    rows: list[tuple[int, dict[str, Any] | str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            rows.append((number, _("这一行不是 JSON。")))
            continue
        if not isinstance(row, dict):
            rows.append((number, _("这一行不是一条留言。")))
            continue
        headings.update(dict.fromkeys(str(key)[:MOST_NAME] for key in list(row)[:60]))
        rows.append((number, row))
    return Sheet(tuple(headings), rows)


def read(data: bytes) -> list[Message | Broken]:
    """Read a .jsonl file with the usual keys; each line becomes a message, or a broken row with its reason."""
    return read_file("messages.jsonl", data, {field: field for field in COLUMNS})


def read_file(name: str, data: bytes, mapping: Mapping | None = None) -> list[Message | Broken]:
    """Read a .jsonl, .csv or .xlsx by its columns (guessed where not given). Never raises for content."""
    try:
        sheet = open_sheet(name, data)
    except UploadRefused as refusal:
        return [Broken(0, "", sentence(refusal.code, refusal.params, "zh"))]
    except TableRefused as refusal:
        return [Broken(0, "", refusal.sentence("zh"))]
    return list(messages_of(sheet, mapping or guess(sheet.headings)))


def messages_of(sheet: Sheet, mapping: Mapping) -> Iterator[Message | Broken]:
    """Each row as a message or as broken; of rows with the same id only the first is taken."""
    first: dict[str, int] = {}
    for number, row in sheet.rows:
        made = Broken(number, "", row) if isinstance(row, str) else _message(number, row, mapping)
        if isinstance(made, Message) and first.setdefault(made.name, number) != number:
            why = _("和第 %(row)s 行用了同一个编号，只取了那一行。") % {"row": first[made.name]}
            made = Broken(number, made.name, why)
        yield made


def _message(number: int, row: dict[str, Any], mapping: Mapping) -> Message | Broken:
    def value(field: str) -> Any:
        return row.get(mapping[field]) if field in mapping else None

    name, raw = _named(value("id"), "id" in mapping, row, mapping)
    time, reply_time = value("time"), value("reply_time")
    said = parse_instant(str(time or ""))
    replied = parse_instant(str(reply_time or "")) if value("reply") else None
    if why := _named_wrong(name, raw) or _said_wrong(time, said):
        return Broken(number, name, why)
    if why := _replied_wrong(reply_time, replied, said, has_reply=bool(value("reply"))):
        return Broken(number, name, why)
    if said is None:
        return Broken(number, name, _("没有留言时间。"))
    text = _text(value("text"))
    more = {field: _shown(value(field), MOST_LINE) for field in _MORE}
    subject = _text(value("subject")) if "subject" in mapping else _first_words(text)
    return Message(number, name, subject, text, _text(value("reply")), said, replied, **more)


def _named_wrong(name: str, raw: str) -> str:
    if not name:
        return _("没有编号（id）。")
    return _("编号（id）最多 %(most)s 个字，不能有看不见的字符。") % {"most": MOST_NAME} if name != raw else ""


def _said_wrong(given: object, said: datetime | None) -> str:
    if given in (None, ""):
        return _("没有留言时间。")
    if said is None:
        return _("留言时间「%(time)s」读不出来。") % {"time": _shown(given)}
    return "" if _is_usual(said) else _("留言时间「%(time)s」不在可用的范围内。") % {"time": _shown(given)}


def _replied_wrong(given: object, replied: datetime | None, said: datetime | None, *, has_reply: bool) -> str:
    if has_reply and replied is None:
        return _("有答复，答复时间「%(time)s」读不出来。") % {"time": _shown(given)}
    if not _is_usual(replied):
        return _("答复时间「%(time)s」不在可用的范围内。") % {"time": _shown(given)}
    return _("答复早于留言。") if said and replied and replied < said else ""


_MORE = ("status", "category", "body", "street", "place", "channel", "result", "process")


def _named(given: Any, has_column: bool, row: dict[str, Any], mapping: Mapping) -> tuple[str, str]:
    """The id as it may be kept, and as it stands; a file without ids is known by its words and their time."""
    if has_column:
        name = _shown(given)
        return name, str(given) if name else ""
    digest = hashlib.sha256(
        "\x1f".join(str(row.get(mapping.get(f, ""), "")) for f in ("subject", "text", "time")).encode(
            "utf-8", "replace"
        )
    )
    name = f"#{digest.hexdigest()[:24]}"
    return name, name


def _first_words(text: str) -> str:
    return re.split(r"[。！!？?；;\n]", text.strip(), maxsplit=1)[0][:30]


def _shown(value: object, most: int = MOST_NAME) -> str:
    """A value of a row as it may stand in a sentence and a report: short, on one line, without invisible signs."""
    text = str(value) if isinstance(value, str | int) else ""
    return " ".join(clean_text(text, 4 * len(text) + 1).split())[:most]


def _is_usual(instant: datetime | None) -> bool:
    return instant is None or 1980 <= instant.year <= 2100


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
