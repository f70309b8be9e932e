"""Statutory terms: how long, and the last day they reach.

Sources: 民法典 (2020-05-28) 第二百零一条 to 第二百零四条.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from lvzhi.core.calendar.steps import Lang, Step, term_words, weekday_name
from lvzhi.core.calendar.workdays import WorkCalendar

Pause = tuple[date, date]
_MONTHS: Final = 12
_LIMITS: Final = {"years": 100, "months": 1200, "days": 36_600, "workdays": 25_000}


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Where a term ends. `raw` is the last day before moving it past a rest."""

    due: date
    raw: date
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A statutory period: years, months and days, or working days.

    A term of nothing at all is 当日: the same day.

    >>> from lvzhi.core.calendar import official_calendar
    >>> Term(months=3).end(date(2026, 3, 5), official_calendar()).due
    datetime.date(2026, 6, 5)
    """

    years: int = 0
    months: int = 0
    days: int = 0
    workdays: int = 0

    def __post_init__(self) -> None:
        for unit, most in _LIMITS.items():
            value = getattr(self, unit)
            if not 0 <= value <= most:
                raise ValueError(f"a term has 0 to {most} {unit}, not {value}")
        if self.workdays and (self.years or self.months or self.days):
            raise ValueError("a term counts working days or calendar days, not both")

    def words(self, lang: Lang = "zh") -> str:
        """三个月, 15个工作日; "3 months"."""
        return _words(self, lang)

    @property
    def is_same_day(self) -> bool:
        """Whether the duty is due on the day itself."""
        return not (self.years or self.months or self.days or self.workdays)

    @property
    def longest_days(self) -> int:
        """An upper bound in calendar days, to compare terms in different units."""
        return self.years * 366 + self.months * 31 + self.days + self.workdays * 2

    def shift(self, start: date, calendar: WorkCalendar) -> date:
        """The last day counted from `start`, not yet moved past a rest."""
        if self.workdays:
            return calendar.add_workdays(start, self.workdays)
        return _add_months(start, self.years * _MONTHS + self.months) + timedelta(days=self.days)

    def end(self, start: date, calendar: WorkCalendar, *, pauses: Sequence[Pause] = ()) -> Reckoning:
        """The last day on which a duty that began on `start` can still be met.

        The starting day is not counted (民法典 第二百零一条); a month without that day ends on its
        last day (第二百零二条); a last day of rest moves to the next workday (第二百零三条).
        `pauses` are pairs (from, to): the days after `from` up to `to` are not counted.
        """
        if self.is_same_day and not pauses:
            return Reckoning(start, start, (Step("same_day", start, {}),))
        raw = self.shift(start, calendar)
        steps = [self._counted(start, raw)]
        if missing := self._missing_day(start):
            steps.append(Step("no_such_day", _add_months(start, self.years * _MONTHS + self.months), {"day": missing}))
        return settle(raw, steps, self, pauses, calendar)

    def before(self, anchor: date, calendar: WorkCalendar) -> Reckoning:
        """The last day that still leaves the whole term before `anchor`, such as a meeting.

        The day of the meeting is not counted. The date is never put off for a rest day: the
        recipient must have all the days.
        """
        named: dict[str, str | int] = {"anchor_zh": _full(anchor, "zh"), "anchor_en": _full(anchor, "en")}
        if self.is_same_day:
            return Reckoning(anchor, anchor, (Step("anchored", anchor, named),))
        if self.workdays:
            raw = calendar.add_workdays(anchor, -self.workdays)
        else:
            raw = _add_months(anchor, -(self.years * _MONTHS + self.months)) - timedelta(days=self.days)
        steps = [Step("before", raw, {**named, **_term_params(self)})]
        if not calendar.is_workday(raw):
            by = calendar.previous_workday(raw)
            steps.append(Step("not_moved", raw, {"by": by.isoformat(), **_why(raw, calendar)}))
        return Reckoning(raw, raw, (*steps, *unknown_years((raw, anchor), calendar)))

    def _counted(self, start: date, raw: date) -> Step:
        params = {"start": start.isoformat(), **_term_params(self)}
        if not self.workdays:
            return Step("term_ends", raw, params)
        return Step("workdays_counted", raw, {**params, "rests": (raw - start).days - self.workdays})

    def _missing_day(self, start: date) -> int:
        """The day of the month that the month of the end does not have, or 0."""
        months = self.years * _MONTHS + self.months
        return start.day if months and _add_months(start, months).day < start.day else 0


def settle(raw: date, steps: list[Step], term: Term, pauses: Sequence[Pause], calendar: WorkCalendar) -> Reckoning:
    """Add the pauses to a raw last day, then move it past a rest (民法典 第二百零三条)."""
    for begun, ended in pauses:
        length = calendar.workdays_between(begun, ended) if term.workdays else (ended - begun).days
        raw = calendar.add_workdays(raw, length) if term.workdays else raw + timedelta(days=length)
        pause = Term(workdays=length) if term.workdays else Term(days=length)
        params: dict[str, str | int] = {"from": begun.isoformat(), "to": ended.isoformat()}
        steps.append(Step("paused", raw, {**params, "length_zh": pause.words("zh"), "length_en": pause.words("en")}))
    due = raw if calendar.is_workday(raw) else calendar.next_workday(raw)
    if due != raw:
        steps.append(Step("moved", due, {"from": raw.isoformat(), **_why(raw, calendar)}))
    elif calendar.is_makeup(due):
        steps.append(Step("makeup", due, {"name_zh": calendar.name(due), "name_en": calendar.name(due, "en")}))
    else:
        steps.append(Step("workday", due, {}))
    years = (raw, due) if not term.workdays else (*(p[0] for p in pauses), raw, due)
    return Reckoning(due, raw, (*steps, *unknown_years(years, calendar)))


def unknown_years(days: Sequence[date], calendar: WorkCalendar) -> tuple[Step, ...]:
    """A step for each year whose holidays are not announced yet."""
    years = sorted({day.year for day in days if not calendar.known(day.year)})
    return tuple(Step("year_unknown", date(year, 1, 1), {"year": year}) for year in years)


@lru_cache(maxsize=512)
def _words(term: Term, lang: Lang) -> str:
    return term_words(term.years, term.months, term.days, term.workdays, lang)


def _term_params(term: Term) -> dict[str, str | int]:
    return {"term_zh": _words(term, "zh"), "term_en": _words(term, "en")}


def _full(day: date, lang: Lang) -> str:
    """A day that must be clear without its neighbours: 2026年4月30日."""
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return day.isoformat()


def _why(day: date, calendar: WorkCalendar) -> dict[str, str | int]:
    """Why a day is a rest: its holiday's name, or its weekday."""
    zh, en = calendar.name(day, "zh"), calendar.name(day, "en")
    return {
        "why_zh": f"{zh}假期" if zh else weekday_name(day, "zh"),
        "why_en": f"a holiday ({en})" if en else f"a {weekday_name(day, 'en')}",
    }


def _add_months(day: date, months: int) -> date:
    """The matching day of another month, or that month's last day (民法典 第二百零二条)."""
    if not months:
        return day
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
