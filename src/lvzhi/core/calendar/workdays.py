"""Which days are worked: weekends, public holidays and make-up days.

Source of the official days: the yearly notice of the General Office of the State Council
(国务院办公厅关于部分节假日安排的通知), as shipped by the package `chinesecalendar`. The package lacks
years that are not announced yet; those are reckoned by weekends and the overrides alone, and
`known()` says so, so that no date looks firmer than it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from chinese_calendar import constants

ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
# A run of rest days longer than this means a broken override table, not a holiday.
_LONGEST_REST: Final = 60


@dataclass(frozen=True, slots=True)
class DayOverride:
    """What a later notice, or the district itself, says of one day."""

    is_workday: bool
    name: str = ""


@cache
def _official() -> tuple[dict[date, str], dict[date, str], frozenset[int]]:
    """Holidays and make-up days with their English names, and the years announced."""
    holidays: dict[date, str] = dict(constants.holidays)
    makeups: dict[date, str] = dict(constants.workdays)
    # One stray day of a year does not make the year announced.
    counts: dict[int, int] = {}
    for day in holidays:
        counts[day.year] = counts.get(day.year, 0) + 1
    return holidays, makeups, frozenset(year for year, n in counts.items() if n >= _SATURDAY)


@cache
def _chinese_names() -> dict[str, str]:
    return {holiday.value: holiday.chinese for holiday in constants.Holiday}


class WorkCalendar:
    """Working days of the country, with overrides.

    `overrides` maps a day to a `DayOverride` (or a pair `(is_workday, name)`) and wins over the
    official table. `announced` names the years whose arrangement the overrides hold in full.
    Instances are immutable and may be shared between threads.
    """

    __slots__ = ("_announced", "_makeups", "_names", "_rests")

    def __init__(
        self,
        overrides: Mapping[date, DayOverride | tuple[bool, str]] | None = None,
        *,
        announced: Iterable[int] = (),
    ) -> None:
        holidays, makeups, years = _official()
        rests, works = set(holidays), set(makeups)
        names: dict[date, str] = {}
        for day, given in (overrides or {}).items():
            override = given if isinstance(given, DayOverride) else DayOverride(*given)
            (works if override.is_workday else rests).add(day)
            (rests if override.is_workday else works).discard(day)
            names[day] = override.name
        self._rests: frozenset[date] = frozenset(rests)
        self._makeups: frozenset[date] = frozenset(works)
        self._names = names
        self._announced = years | frozenset(announced)

    def is_workday(self, day: date) -> bool:
        """Whether offices work on `day`: weekdays that are no holiday, and make-up days."""
        return day in self._makeups or (day.weekday() < _SATURDAY and day not in self._rests)

    def is_holiday(self, day: date) -> bool:
        """Whether `day` is a rest day: a weekend, or a public holiday."""
        return not self.is_workday(day)

    def is_makeup(self, day: date) -> bool:
        """Whether `day` is a weekend day that is worked (调休上班)."""
        return day.weekday() >= _SATURDAY and day in self._makeups

    def known(self, year: int) -> bool:
        """Whether the holidays of `year` have been announced."""
        return year in self._announced

    def name(self, day: date, lang: str = "zh") -> str:
        """The name of the holiday or make-up day; "" for an ordinary workday or weekend."""
        if day in self._names:
            return self._names[day]
        holidays, makeups, _ = _official()
        english = holidays.get(day) or makeups.get(day) or ""
        return english if lang == "en" else _chinese_names().get(english, english)

    def next_workday(self, day: date) -> date:
        """The first workday on or after `day`."""
        return self._seek(day, ONE_DAY)

    def previous_workday(self, day: date) -> date:
        """The last workday on or before `day`."""
        return self._seek(day, -ONE_DAY)

    def _seek(self, day: date, step: timedelta) -> date:
        for _ in range(_LONGEST_REST):
            if self.is_workday(day):
                return day
            day += step
        raise ValueError(f"no workday within {_LONGEST_REST} days of {day}: check the overrides")

    def add_workdays(self, day: date, count: int) -> date:
        """The day reached after `count` workdays from `day`, which itself is not counted.

        A negative count goes back. Zero gives `day` itself.
        """
        step = ONE_DAY if count >= 0 else -ONE_DAY
        left = abs(count)
        rest = 0
        while left:
            day += step
            if self.is_workday(day):
                left, rest = left - 1, 0
            else:
                rest += 1
                if rest > _LONGEST_REST:
                    raise ValueError(f"no workday within {rest} days of {day}: check the overrides")
        return day

    def workdays_between(self, start: date, end: date) -> int:
        """How many workdays lie after `start` and up to and including `end`."""
        days = (end - start).days
        return sum(self.is_workday(start + timedelta(days=n)) for n in range(1, days + 1))


@cache
def official_calendar() -> WorkCalendar:
    """The calendar without overrides, built once."""
    return WorkCalendar()
