"""The plain sentences that tell how a date was reached, in Chinese and English.

A step carries a stable `kind` and its figures; the words are chosen when it is shown, so
stored steps survive a change of wording.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Lang = Literal["zh", "en"]
Params = Mapping[str, str | int]

_DIGITS: Final = "零一二三四五六七八九"
_WEEKDAYS: Final = {
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August",
                  "September", "October", "November", "December")  # fmt: skip

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "term_ends": (
        "{start}当天不算，满{term}为{end}。",
        "{start} itself is not counted; {term} later is {end}.",
    ),
    "same_day": ("应当在{end}当日完成。", "It is due on the same day, {end}."),
    "no_such_day": (
        "当月没有{day}日，以月末{end}为最后一日。",
        "That month has no day {day}, so its last day, {end}, counts.",
    ),
    "workdays_counted": (
        "{start}当天不算，往后数{term}为{end}，其间{rests}个休息日不计。",
        "{start} itself is not counted; {term} lead to {end}, leaving out {rests} rest days.",
    ),
    "workday": (
        "{end}是{weekday}、工作日，不用调整。",
        "{end} is a {weekday} and a workday; nothing to adjust.",
    ),
    "makeup": (
        "{end}是{weekday}，但按{name}调休上班，不用调整。",
        "{end} is a {weekday}, but worked in exchange for {name}; nothing to adjust.",
    ),
    "moved": (
        "{from}是{why}，顺延到休假结束的次日{end}。",
        "{from} is {why}, so the last day moves to {end}, the day after the rest.",
    ),
    "before": (
        "{anchor}当天不算，往前数{term}为{end}。",
        "{anchor} itself is not counted; {term} before it is {end}.",
    ),
    "not_moved": (
        "{end}是{why}；往前数的期限不能顺延，最迟应在{by}送到。",
        "{end} is {why}; a term counted back is never put off, so deliver by {by}.",
    ),
    "year_unknown": (
        "{year}年放假安排尚未公布，按周末推算。",
        "The holidays of {year} are not announced yet; only weekends are taken into account.",
    ),
    "paused": (
        "{from}至{to}暂停，{length}不计入，最后一日后移到{end}。",
        "Paused from {from} to {to}: {length} are not counted and the last day becomes {end}.",
    ),
    "pausing": (
        "{from}起暂停计算，恢复后再定最后一日。",
        "Paused since {from}; the last day is set when it resumes.",
    ),
    "extended": ("{from}同意延长{term}，到{end}。", "Extended on {from} by {term}, to {end}."),
    "ceiling": (
        "{from}同意延期：从{start}起算，最长{term}，到{end}。",
        "Put off on {from}: at most {term} counted from {start}, to {end}.",
    ),
    "until": ("延期批准到{end}为止。", "The extension was granted until {end}."),
    "fixed": ("每年{day}前，本次为{end}。", "Due by {day} each year, this time {end}."),
    "window": ("应当在{from}至{end}之间完成。", "To be done between {from} and {end}."),
    "period": ("每{per}{count}次，本期到{end}为止。", "{count} each {per}; this period ends on {end}."),
    "not_before": (
        "从{start}起至少保留{term}，{end}以前不得提前。",
        "Kept for at least {term} from {start}; not before {end}.",
    ),
    "anchored": ("就在{anchor}当天。", "Due on {anchor} itself."),
    "unanchored": (
        "{anchor}还没有确定，暂不能计算。",
        "The {anchor} is not set yet, so no date can be given.",
    ),
    "no_limit": ("法律没有规定具体期限。", "No statutory limit."),
    "internal": (
        "内部目标（不是法定期限）：{term}，到{end}。",
        "Internal target, not statutory: {term}, to {end}.",
    ),
    "earlier_of": (
        "两个期限取先到的：{other}更早，到{end}。",
        "The earlier of two applies: {other}, on {end}.",
    ),
    "waived": ("{from}经批准不适用本期限：{reason}", "Waived on {from}: {reason}"),
}
_PERIODS: Final = {"month": "月", "quarter": "季度", "year": "年", "term": "届"}


def chinese_number(number: int) -> str:
    """A whole number from 0 to 999 in Chinese numerals: 20 is 二十, 105 is 一百零五."""
    if not 0 <= number <= 999:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones or not number else "")


def term_words(years: int, months: int, days: int, workdays: int, lang: str) -> str:
    """A term as the reader says it: 三个月, 15个工作日, "3 months"."""
    if lang == "zh":
        parts = (
            (f"{chinese_number(years)}年", years),
            (f"{chinese_number(months)}个月", months),
            (f"{chinese_number(days)}日", days),
            (f"{workdays}个工作日", workdays),
        )
        return "".join(word for word, n in parts if n) or "当日"
    units = (("year", years), ("month", months), ("day", days), ("working day", workdays))
    return " ".join(f"{n} {unit}{'s' if n > 1 else ''}" for unit, n in units if n) or "the same day"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a reckoning: `kind` is stable, `date` is where the step arrives."""

    kind: str
    date: date
    params: Params

    def render(self, lang: Lang = "zh") -> str:
        """The step as one sentence."""
        days = {key: date.fromisoformat(str(value)) for key, value in self.params.items() if key in _DAY_KEYS}
        spans = len({day.year for day in (*days.values(), self.date)}) > 1
        words: dict[str, str] = {"end": _day(self.date, lang, year=spans)}
        words["weekday"] = _WEEKDAYS[lang][self.date.weekday()]
        for key, value in self.params.items():
            words[key] = _day(days[key], lang, year=spans) if key in days else str(value)
        _localise(words, self.params, lang)
        return SENTENCES[self.kind][lang == "en"].format_map(words)

    def to_json(self) -> dict[str, object]:
        """The step as plain data, with both sentences."""
        return {
            "kind": self.kind,
            "date": self.date.isoformat(),
            "params": dict(self.params),
            "zh": self.render("zh"),
            "en": self.render("en"),
        }


_DAY_KEYS: Final = frozenset({"start", "from", "to", "by"})


def _localise(words: dict[str, str], params: Params, lang: Lang) -> None:
    """Choose the language of the values that have one: names, units and lengths."""
    for key in ("term", "anchor", "length", "why", "name", "other", "day", "reason"):
        chosen = params.get(f"{key}_{lang}")
        if chosen is not None:
            words[key] = str(chosen)
    if lang == "zh" and "per" in words:
        words["per"] = _PERIODS.get(words["per"], words["per"])


def _day(day: date, lang: str, *, year: bool) -> str:
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if year else f"{day.day} {_MONTHS[day.month - 1]}"


def weekday_name(day: date, lang: Lang) -> str:
    """星期一 or Monday."""
    return _WEEKDAYS[lang][day.weekday()]
