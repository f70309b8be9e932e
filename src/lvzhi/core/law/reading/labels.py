"""How a unit is called: 第三十条第二款第（一）项, and with its law: 《监督法》（2024）第三十条第二款."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from lvzhi.core.law.names import KNOWN_SHORT, normal
from lvzhi.core.law.numerals import to_chinese
from lvzhi.core.law.structure import Document, Level, Unit
from lvzhi.core.law.structure.model import CHINESE, CONTAINERS

_NUMBER = re.compile(r"\d{1,4}(?:-\d{1,2})?")
_LONG = 12
"""Only titles longer than this are shortened when cited: 《环境保护法》 is short enough."""

_NAMES = {**{level.value: name for level, name in CHINESE.items()}, Level.CLAUSE.value: "条"}


@lru_cache(maxsize=4096)
def short_title(title: str) -> str:
    """The name people use: the settled short one for a long title, else the title without 中华人民共和国."""
    full = normal(title)
    if len(full) > _LONG:
        for short, long in KNOWN_SHORT.items():
            if long == full:
                return short
    return full


def unit_label(document: Document, eid: str) -> str:
    """The unit as one cites it; empty for a text's head and for an unknown id.

    The only paragraph of an article is not named: its first item is 第十二条第（一）项, as drafting offices write.
    """
    place = document.by_eid.get(eid)
    if place is None:
        return ""
    words: list[str] = []
    for unit in document.above(place):
        words.append(_word(document, unit, inner=bool(words)))
        if unit.level in (Level.ARTICLE, Level.CLAUSE) or (unit.level is Level.ANNEX and not words[-1]):
            break
    return "".join(reversed(words))


def citation_label(document: Document, eid: str = "", edition: date | None = None) -> str:
    """Law, year of the edition and unit, ready to be pasted: 《监督法》（2024）第三十条第二款."""
    day = edition or document.metadata.edition
    year = f"（{day.year}）" if day else ""
    return f"《{short_title(document.metadata.title)}》{year}{unit_label(document, eid)}"


def _word(document: Document, unit: Unit, *, inner: bool) -> str:
    level = unit.level
    label = "".join(unit.label.split()).rstrip("、．.：:")
    if level is Level.ARTICLE:
        return label if label.startswith("第") else _article(unit.number)
    if level in CONTAINERS:
        return label or unit.heading
    if level is Level.CLAUSE:
        return f"第{label.strip('（）()')}条"
    if level is Level.PARAGRAPH:
        return "" if _is_only(document, unit) else f"第{_figures(unit.number)}款"
    if level in (Level.ITEM, Level.POINT, Level.SUBPOINT):
        return f"第{label or unit.number}{CHINESE.get(level, '')}"
    if level is Level.ANNEX:
        return label or "附件"
    if level is Level.PREAMBLE:
        return "" if inner else "序言"
    return ""


def _article(number: str) -> str:
    whole, _, sub = number.partition("-")
    return f"第{_figures(whole)}条" + (f"之{_figures(sub)}" if sub else "")


def _figures(number: str) -> str:
    return to_chinese(int(number)) if number.isdecimal() else number


def _is_only(document: Document, unit: Unit) -> bool:
    """Whether a paragraph is the only one of its article."""
    above, _, _last = unit.eid.rpartition("__")
    return unit.number == "1" and f"{above}__para_2" not in document.by_eid


def spelled(eid: str) -> str:
    """What an id says where no text is at hand: art_30__para_2 is 第三十条第二款. Empty for what is no id."""
    words = []
    for step in eid.split("__"):
        level, _, number = step.partition("_")
        if level == Level.PREAMBLE:
            words.append("序言")
            continue
        if level == Level.ANNEX:
            words.append(f"附件{_figures(number)}")
            continue
        name = _NAMES.get(level, "")
        if not name or not _NUMBER.fullmatch(number):
            return ""
        whole, _, sub = number.partition("-")
        written = f"（{_figures(whole)}）" if level == Level.ITEM else _figures(whole)
        words.append(f"第{written}{name}" + (f"之{_figures(sub)}" if sub else ""))
    return "".join(words)
