"""The procedures this installation knows, loaded once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.utils.translation import get_language

import lvzhi.procedures
from lvzhi.core.calendar import WorkCalendar
from lvzhi.core.procedure import Procedure, Registry, Text
from lvzhi.records.matters.models import Matter

FOLDER = Path(lvzhi.procedures.__path__[0])


@cache
def registry() -> Registry:
    """Every procedure file of the package, checked at load."""
    return Registry.load(FOLDER)


def procedure_of(matter: Matter) -> Procedure:
    """The procedure in the edition, and with the congress's choices, that the matter keeps from its beginning."""
    return registry().by_key(matter.edition, matter.choices or None)


@cache
def work_calendar() -> WorkCalendar:
    """The official calendar of working days."""
    return WorkCalendar()


def words(text: Text) -> str:
    """A procedure's text in the reader's language."""
    return text.get("en" if (get_language() or "").startswith("en") else "zh")
