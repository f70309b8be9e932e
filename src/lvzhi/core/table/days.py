"""Days as people write them in tables."""

import re
import unicodedata
from datetime import date

from lvzhi.core.table.refusal import TableRefused

FIRST_YEAR = 1949
LAST_YEAR = 2100
"""Outside these years a date is a slip of the pen: 1900 is what an empty cell becomes in a spreadsheet."""

_SPLIT = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[ T]00:00(?::00)?)?")
_CHINESE = re.compile(r"([0-9]{4})\s*年\s*([0-9]{1,2})\s*月\s*([0-9]{1,2})\s*[日号]")
_SOLID = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


def parse_day(text: str) -> date:
    """Read 2026-03-05, 2026/3/5, 2026.3.5, 2026年3月5日 or 20260305, full-width digits included.

    Raises TableRefused('day'), ('no_such_day') for 30 February and ('day_range') outside 1949..2100.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _SPLIT.fullmatch(plain):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
    elif found := _CHINESE.fullmatch(plain) or _SOLID.fullmatch(plain):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    else:
        raise TableRefused("day", text=text.strip()[:40])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise TableRefused("day_range", year=year, month=month, day=day, first=FIRST_YEAR, last=LAST_YEAR)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise TableRefused("no_such_day", year=year, month=month, day=day) from error
