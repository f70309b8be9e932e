"""Dates that the law names outright: a day of the year, a window, so many times a period."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from lvzhi.core.calendar.steps import Step
from lvzhi.core.calendar.terms import Reckoning

Per = Literal["month", "quarter", "year", "term"]
_LEAP: Final = 2000  # any leap year: 02-29 is a legal day to write down
_QUARTER: Final = 3


def _month_day(text: str) -> tuple[int, int]:
    """Read MM-DD; raises ValueError for a day that no year has."""
    if len(text) != 5 or text[2] != "-":  # "07-31"
        raise ValueError(f"write the day as MM-DD, not {text!r}")
    day = date.fromisoformat(f"{_LEAP}-{text}")
    return day.month, day.day


def _in_year(year: int, text: str) -> date:
    month, day = _month_day(text)
    return date(year, month, min(day, monthrange(year, month)[1]))


def _words(text: str) -> dict[str, str | int]:
    month, day = _month_day(text)
    return {"day_zh": f"{month}月{day}日", "day_en": text}


@dataclass(frozen=True, slots=True)
class FixedDate:
    """A day of every year, such as 07-31 for 七月底前. It is not moved for a rest day."""

    day: str

    def __post_init__(self) -> None:
        _month_day(self.day)

    def due(self, start: date) -> Reckoning:
        """The first such day on or after `start`."""
        this = _in_year(start.year, self.day)
        due = this if this >= start else _in_year(start.year + 1, self.day)
        return Reckoning(due, due, (Step("fixed", due, _words(self.day)),))


@dataclass(frozen=True, slots=True)
class Window:
    """Between two days of a year, both included, such as 06-01 to 09-30."""

    opens: str
    closes: str

    def __post_init__(self) -> None:
        if _month_day(self.opens) > _month_day(self.closes):
            raise ValueError(f"the window opens ({self.opens}) after it closes ({self.closes})")

    def days(self, start: date) -> tuple[date, date]:
        """The window that is open on `start`, or the next one."""
        year = start.year if _in_year(start.year, self.closes) >= start else start.year + 1
        return _in_year(year, self.opens), _in_year(year, self.closes)

    def due(self, start: date) -> Reckoning:
        """The closing day of the window that is open on `start`, or of the next one."""
        opens, closes = self.days(start)
        return Reckoning(closes, closes, (Step("window", closes, {"from": opens.isoformat()}),))


@dataclass(frozen=True, slots=True)
class Frequency:
    """So many times a month, quarter, year or term of office; `at_least` marks a floor."""

    count: int
    per: Per
    at_least: bool = False

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"a frequency is at least once, not {self.count}")

    def period(self, day: date, term_of_office: tuple[date, date] | None = None) -> tuple[date, date]:
        """First and last day of the period that holds `day`.

        Raises ValueError for `per: term` when the term of office is not given.
        """
        if self.per == "term":
            if term_of_office is None:
                raise ValueError("say when the term of office begins and ends")
            return term_of_office
        if self.per == "year":
            return date(day.year, 1, 1), date(day.year, 12, 31)
        first = day.month if self.per == "month" else (day.month - 1) // _QUARTER * _QUARTER + 1
        last = first if self.per == "month" else first + _QUARTER - 1
        return date(day.year, first, 1), date(day.year, last, monthrange(day.year, last)[1])

    def due(self, start: date, term_of_office: tuple[date, date] | None = None) -> Reckoning:
        """The end of the period that holds `start`."""
        last = self.period(start, term_of_office)[1]
        return Reckoning(last, last, (Step("period", last, {"per": self.per, "count": self.count}),))
