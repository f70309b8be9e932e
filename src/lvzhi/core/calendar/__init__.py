"""Terms, working days with make-up days (调休), and how each date was reached.

Everything here is a value: no clock is read, no file is opened after import.
"""

from lvzhi.core.calendar.periods import FixedDate, Frequency, Window
from lvzhi.core.calendar.steps import Step, chinese_number
from lvzhi.core.calendar.terms import Reckoning, Term
from lvzhi.core.calendar.workdays import DayOverride, WorkCalendar, official_calendar

__all__ = [
    "DayOverride",
    "FixedDate",
    "Frequency",
    "Reckoning",
    "Step",
    "Term",
    "Window",
    "WorkCalendar",
    "chinese_number",
    "official_calendar",
]
