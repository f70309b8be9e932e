"""What a text says about itself, gathered from head, history and its last articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from lvzhi.core.law.numerals import to_int
from lvzhi.core.law.structure.drafts import Sheet
from lvzhi.core.law.structure.head import Head
from lvzhi.core.law.structure.history import DATE, day, events, organ
from lvzhi.core.law.structure.lines import SPACE
from lvzhi.core.law.structure.model import Act, Basis, Event, Kind, Level, Metadata, Unit

_IN_NAME = re.compile(r"[（(](\d{4})-(\d{2})-(\d{2})[)）](?:\.[a-z]+)?$")
_STARTS = re.compile(rf"自\s*({DATE.pattern})\s*起\s*(?:正式)?(?:施行|实施|生效|执行)")
_AT_ONCE = re.compile(r"(?:自|从)?(?:公布|发布|颁布|通过|印发|下发)之日起(?:施行|实施|生效|执行|开始)")
_AFTER = re.compile(r"自(?:公布|发布)之?日起\s*(\d+|[一二三四五六七八九十]+)\s*日后(?:施行|实施)")
_LATE = timedelta(days=400)
"""Publication may follow adoption by months; a name newer by more than this means that the text is an older one."""
_LATE_CHANGE = timedelta(days=130)
"""The same where the last entry is no bare adoption: what is published or changed waits no longer for publication."""
_CHANGES = (Act.ADOPTED, Act.APPROVED, Act.PROMULGATED, Act.AMENDED, Act.REVISED)
_OF_THE_STATE = ("全国", "国务院", "国家", "最高", "中国")
_OF_THE_STATE_KINDS = frozenset({
    Kind.CONSTITUTION, Kind.LAW, Kind.DECISION, Kind.ADMINISTRATIVE_REGULATION, Kind.JUDICIAL_INTERPRETATION,
    Kind.DEPARTMENTAL_RULE,
})  # fmt: skip
_NATIONAL = ("全国人民代表大会常务委员会", "全国人民代表大会", "中央人民政府委员会")


def metadata(source: str, units: Sequence[Unit], head: Head, name: str, sheet: Sheet) -> Metadata:
    """Gather what is known; notes in `sheet` what contradicts the name or has no date."""
    history = tuple(event for line, text in head.history for event in events(text, line))
    for event in history:
        if event.day is None:
            sheet.note(event.line, "date_missing", event.by or event.act.value)
    days = [event.day for event in history if event.act in _CHANGES and event.day]
    edition = max(days, default=None)
    named = name_date(name)
    by = _organ(head.title, history)
    kind = _kind(head.title, by, history)
    stops_short = _compare(sheet, named, edition, history, kind)
    effective, basis = _effective(_tail(source, units), edition or named, history)
    if stops_short:
        edition = effective = named
        basis = Basis.EDITION
    edition = edition or named
    if not any(unit.level in (Level.ARTICLE, Level.CLAUSE) for unit in units):
        sheet.note(1, "no_articles")
    return Metadata(
        title=head.title,
        kind=kind,
        organ=by,
        region=_region(head.title, by),
        number=next(iter([*head.numbers, *(event.number for event in history if event.number)]), ""),
        adopted=_first(history, Act.ADOPTED, Act.APPROVED),
        promulgated=_first(history, Act.PROMULGATED),
        edition=edition,
        named=named,
        effective=effective,
        basis=basis,
        history=history,
    )


def name_date(name: str) -> date | None:
    """The date in round brackets at the end of a file's name, as the corpus writes it."""
    found = _IN_NAME.search(name)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _compare(sheet: Sheet, named: date | None, edition: date | None, history: Sequence[Event], kind: Kind) -> bool:
    """Note where name and history disagree; whether the history stops short of the edition that the name tells of.

    The heads of texts of the state leave out decisions that change many texts at once; their words are new all the same
    (docs/explanation/law-texts.md). Of local texts some are known to be older than their names.
    """
    if named is None or edition is None:
        return False
    last = {event.act for event in history if event.day == edition}
    if named - edition > (_LATE if last & {Act.ADOPTED, Act.APPROVED} else _LATE_CHANGE):
        stops_short = kind in _OF_THE_STATE_KINDS
        sheet.note(1, "history_stops_short" if stops_short else "edition_older_than_name", named.isoformat())
        return stops_short
    changed = [event.day for event in history if event.act in (Act.AMENDED, Act.REVISED) and event.day]
    if changed and max(changed) - named > _LATE:
        sheet.note(1, "edition_newer_than_name", named.isoformat())
    return False


def _first(history: Sequence[Event], *acts: Act) -> date | None:
    return next((event.day for event in history if event.act in acts and event.day), None)


def _tail(source: str, units: Sequence[Unit]) -> str:
    """The text of the last articles, where 施行 stands: before the first annex."""
    end = next((unit.start for unit in units if unit.level is Level.ANNEX), len(source))
    numbered = [unit for unit in units if unit.level in (Level.ARTICLE, Level.CLAUSE) and unit.start < end]
    start = numbered[-4].start if len(numbered) > 4 else 0
    return source[start:end]


def _effective(tail: str, edition: date | None, history: Sequence[Event]) -> tuple[date | None, Basis]:
    told = [found for match in _STARTS.finditer(tail) if (found := _day_of(match[1]))]
    told += [event.day for event in history if event.act is Act.EFFECTIVE and event.day]
    fitting = [found for found in told if edition is None or found >= edition]
    if fitting:
        return min(fitting), Basis.TEXT
    changed = any(event.act in (Act.AMENDED, Act.REVISED) for event in history)
    published = max((e.day for e in history if e.act in (Act.PROMULGATED, Act.ADOPTED) and e.day), default=edition)
    if not changed and published:
        if after := _AFTER.search(tail):
            return published + timedelta(days=to_int(after[1])), Basis.PUBLICATION
        if _AT_ONCE.search(tail):
            return published, Basis.PUBLICATION
    if edition:
        return edition, Basis.EDITION
    return (max(told), Basis.TEXT) if told else (None, Basis.UNKNOWN)


def _day_of(text: str) -> date | None:
    found = DATE.search(text)
    return day(found) if found else None


def _organ(title: str, history: Sequence[Event]) -> str:
    """Who made the text: the organ of the first adoption or publication; else the one the title begins with."""
    for event in history:
        if event.organ and event.act in (Act.ADOPTED, Act.PROMULGATED, Act.APPROVED):
            return event.organ
    for event in history:
        if event.organ:
            return event.organ
    return organ(title) if re.match("最高人民|国务院|全国人民代表大会", title) else ""


def _region(title: str, by: str) -> str:
    found = re.match(r"[\u4e00-\u9fff]{2,8}?(?:省|市|自治区|自治州|自治县|县|区)(?!域)", by)
    if found and not by.startswith(_OF_THE_STATE):
        return found[0]
    found = re.match(r"([\u4e00-\u9fff]{2,4}?(?:省|市|自治区))(?=[^场政])", title)
    return found[1] if found and not by.startswith(_OF_THE_STATE) and "人民代表大会" in by else ""


def _kind(title: str, by: str, history: Sequence[Event]) -> Kind:
    plain = title.replace("中华人民共和国", "").strip(SPACE)
    national = by.startswith(_NATIONAL) or any(event.organ.startswith(_NATIONAL) for event in history)
    if plain.startswith("宪法") and national:
        return Kind.CONSTITUTION
    if by.startswith("最高人民") or plain.startswith("最高人民"):
        return Kind.JUDICIAL_INTERPRETATION
    local = "人民代表大会" in by and not by.startswith("全国")
    if national and not local:
        decided = plain.endswith(("决定", "决议")) and not plain.endswith("法")
        return Kind.DECISION if decided else Kind.LAW
    if local:
        return Kind.LOCAL_REGULATION
    if plain.startswith("国务院") or any(
        event.organ.startswith(("国务院", "中央军", "政务院")) or "国务院" in event.by for event in history
    ):
        return Kind.ADMINISTRATIVE_REGULATION
    if re.match(r"[\u4e00-\u9fff]{2,12}人民政府", by):
        return Kind.LOCAL_RULE
    if re.search("[部局署行]$|委员会$|办公室$", by):
        return Kind.DEPARTMENTAL_RULE
    # Rules of departments and of local governments may not be called 条例 (规章制定程序条例 2017-12-22 第七条).
    nameless = not by and plain.endswith("条例")
    return Kind.ADMINISTRATIVE_REGULATION if nameless else Kind.NORMATIVE_DOCUMENT
