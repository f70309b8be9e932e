"""The procedures this installation knows, loaded once."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import lvzhi.procedures
from lvzhi.core.calendar import WorkCalendar
from lvzhi.core.procedure import Procedure, Registry

FOLDER = Path(lvzhi.procedures.__path__[0])


@cache
def registry() -> Registry:
    """Every procedure file of the package, checked at load."""
    return Registry.load(FOLDER)


@lru_cache(maxsize=512)
def procedure_by_key(key: str) -> Procedure:
    """The edition a matter keeps."""
    return registry().by_key(key)


@cache
def work_calendar() -> WorkCalendar:
    """The official calendar of working days."""
    return WorkCalendar()
