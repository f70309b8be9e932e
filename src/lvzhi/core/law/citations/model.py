"""What a citation is: where it stands, what it names, and the unit it points at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lvzhi.core.law.structure import Level

Path = tuple[tuple[Level, str], ...]
"""Levels with their figures from the outside in: ((art, '30'), (para, '2'), (item, '1'))."""


class Form(StrEnum):
    """How the law is named."""

    TITLE = "title"
    NAME = "name"
    SELF = "self"
    RELATIVE = "relative"
    CONTINUED = "continued"
    ANAPHOR = "anaphor"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference to one unit, one range of units or one law.

    `start` and `end` are offsets in the text. `law` is the name as written, without 《》 and with abbreviations undone;
    empty when the citing text itself is meant. `path` is empty for a law as a whole, `to` the end of a range. `year` is
    that of （2024修正）, `number` a document number. `unit` is the id of the citing unit. `part` is the heading of the
    part that is named instead of numbered (刑法分则第三章); `former` says that an edition before the one in force is
    meant.
    """

    start: int
    end: int
    form: Form
    law: str = ""
    path: Path = ()
    to: Path = ()
    year: int | None = None
    number: str = ""
    unit: str = ""
    part: str = ""
    former: bool = False

    @property
    def eid(self) -> str:
        """The stable id the path spells: 'art_30__para_2__item_1'."""
        return spell(self.path)


def spell(path: Path) -> str:
    """The stable id of a path; empty for the law as a whole."""
    return "__".join(f"{level}_{number}" if number else str(level) for level, number in path)
