"""Dates and numbers in words, as the design's rules of writing want them.

Chinese is the source; English is the translation of whole patterns, so that each language decides
the order of its parts. Nothing here reads the clock: `today` is always an argument.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext, ngettext

from lvzhi.faces.design.shapes import Due, DueTone

SOON = 7  # days: from here on a deadline is drawn as near


def local_day(value: date | datetime) -> date:
    """The day on screens of an instant; a legal date is returned as it is."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def cn_date(value: date | datetime | None) -> str:
    """The full day: 2026年3月3日, 3 March 2026. None gives an empty string."""
    return date_format(local_day(value), gettext("Y年n月j日")) if value else ""


def short_date(value: date | datetime | None, today: date) -> str:
    """The day without its year while it is the year of `today`: 6月15日, else 2027年6月15日."""
    if not value:
        return ""
    day = local_day(value)
    return cn_date(day) if day.year != today.year else date_format(day, gettext("n月j日"))


def near_date(value: date | datetime | None, today: date) -> str:
    """The day as one says it: 今天, 明天, 6月12日 星期五 within seven days, else as `short_date`."""
    if not value:
        return ""
    day = local_day(value)
    if day == today:
        return gettext("今天")
    if day == today + timedelta(days=1):
        return gettext("明天")
    if today < day <= today + timedelta(days=SOON):
        return date_format(day, gettext("n月j日 l"))
    return short_date(day, today)


def cn_weekday(value: date | datetime | None) -> str:
    """The day with its weekday: 2026年6月9日 星期二."""
    return date_format(local_day(value), gettext("Y年n月j日 l")) if value else ""


def cn_datetime(value: datetime | None) -> str:
    """Day and time of day in Shanghai, 24 hours: 2026年6月25日 15:00."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return date_format(local, gettext("Y年n月j日 H:i"))


def cn_time(value: datetime | None) -> str:
    """The time of day in Shanghai: 15:00."""
    if not value:
        return ""
    return date_format(timezone.localtime(value) if timezone.is_aware(value) else value, "H:i")


def day_range(start: date, end: date, today: date) -> str:
    """From one day to another: 6月9日至 12日, 6月28日至 7月3日, 2026年12月30日至 2027年1月4日."""
    if start == end:
        return short_date(start, today)
    first = short_date(start, today) if start.year == end.year else cn_date(start)
    if start.year != end.year:
        last = cn_date(end)
    elif start.month == end.month:
        last = date_format(end, gettext("j日"))
    else:
        last = date_format(end, gettext("n月j日"))
    return gettext("%(first)s至 %(last)s") % {"first": first, "last": last}


def late_words(late_days: int) -> str:
    """How far off: 逾期 4 天, 今天到期, 还有 12 天. Positive is overdue."""
    if late_days > 0:
        return ngettext("逾期 %(count)s 天", "逾期 %(count)s 天", late_days) % {"count": thousands(late_days)}
    if late_days == 0:
        return gettext("今天到期")
    return ngettext("还有 %(count)s 天", "还有 %(count)s 天", -late_days) % {"count": thousands(-late_days)}


def due_words(value: date | datetime | None, today: date) -> str:
    """How far off a deadline is, seen from `today`; without one: 没有法定期限."""
    if not value:
        return gettext("没有法定期限")
    return late_words((today - local_day(value)).days)


def met_words(value: date, met_on: date) -> str:
    """A deadline that was met: 已完成，早 1 天; 已完成，晚 2 天; 已完成."""
    gap = (value - met_on).days
    if gap > 0:
        return ngettext("已完成，早 %(count)s 天", "已完成，早 %(count)s 天", gap) % {"count": gap}
    if gap < 0:
        return ngettext("已完成，晚 %(count)s 天", "已完成，晚 %(count)s 天", -gap) % {"count": -gap}
    return gettext("已完成")


def due_tone(value: date | datetime | None, today: date) -> DueTone:
    """The tone of an open deadline: late, soon within seven days, ok, or none."""
    if not value:
        return "none"
    left = (local_day(value) - today).days
    if left < 0:
        return "late"
    return "soon" if left <= SOON else "ok"


def due_on(value: date | None, today: date, *, met_on: date | None = None, paused: bool = False) -> Due:
    """A deadline ready for the chip, without its reasons: add them with `dataclasses.replace`."""
    if value is None:
        return Due(tone="none")
    shown = short_date(value, today)
    if met_on:
        return Due(tone="met", date=value, text=met_words(value, met_on), date_text=shown)
    if paused:
        return Due(tone="paused", date=value, text=gettext("停止计时"), date_text=shown)
    days = (today - value).days
    return Due(tone=due_tone(value, today), date=value, late_days=days, date_text=shown)


def thousands(value: int | float | Decimal | None) -> str:
    """A number with a comma every three digits: 1,284. None gives a dash."""
    return "—" if value is None else f"{value:,}"


def percent(part: int | Decimal, whole: int | Decimal | Literal[0] = 100) -> str:
    """A share with one decimal, rounded half up: 86.0%. Of nothing: a dash."""
    if not whole:
        return "—"
    share = Decimal(part) * 100 / Decimal(whole)
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def yuan_words(fen: int | None) -> str:
    """Money for a sentence: 3.2 亿元, 12.5 万元, 860 元. Takes fen; a table shows `wan_yuan`."""
    if fen is None:
        return "—"
    yuan = Decimal(fen) / 100
    if abs(yuan) >= 10**8:
        return gettext("%(amount)s 亿元") % {"amount": _trim(yuan / 10**8)}
    if abs(yuan) >= 10**4:
        return gettext("%(amount)s 万元") % {"amount": _trim(yuan / 10**4)}
    return gettext("%(amount)s 元") % {"amount": _trim(yuan)}


def wan_yuan(fen: int | None) -> str:
    """Money for a table, in 万元 with two decimals and no unit: 32,000.00. Takes fen."""
    if fen is None:
        return "—"
    return f"{(Decimal(fen) / 1000000).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


def _trim(amount: Decimal) -> str:
    short = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{short:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text
