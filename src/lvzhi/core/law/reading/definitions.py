"""The words a text explains itself: 本法所称…，是指…; 以下简称…; the list of terms at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lvzhi.core.law.citations.grammar import SELF_NAMES
from lvzhi.core.law.reading.model import Term
from lvzhi.core.law.structure import Document, Level, Unit
from lvzhi.core.law.structure.model import CONTAINERS

_SELF = "|".join(SELF_NAMES)
_MEANS = "是指|系指|指的是|指"
_CALLED = re.compile(
    rf"(?:本(?P<self>{_SELF})|本(?P<inner>[编章节条款])|(?P<before>前[款条]))所称的?(?:，)?"
    rf"(?P<names>[^，。；：\n]{{2,40}}?)[，,]?(?:{_MEANS}|包括)"
)
_SHORT = re.compile(
    r"(?:以下|下文)(?:统|均|合|分别)?(?:简称|称)(?:为|：|:)?[“\"「]?(?P<name>[^（）()“”\"「」《》，。；、\n]{2,20})[”\"」]?[）)]"
)
_LISTED = re.compile(rf"[“\"「]?(?P<name>[^，。；：“”\"「」\n]{{2,24}}?)[”\"」]?[，,：:]?(?:{_MEANS})")
_LIST_HEAD = re.compile(r"(?:用语|术语|概念|名词|词语)[^。\n]{0,16}(?:含义|定义|解释)|(?:含义|定义)[^。\n]{0,8}[：:]")
_PART_OF = re.compile(r"[、]|以及|(?<=[^共])和(?=[^谐平])|及其")
_NO_TERM = re.compile(r"[第本前该其]|^的|[（(《]|^以[上下内外]$|^[一二三五十百]?[日年月]$")
_STRIP = '“”"「」的 　'
_SILENT = (Level.TITLE, Level.HISTORY, Level.NOTE, Level.MARK, Level.CONTENTS)


def definitions(document: Document) -> tuple[Term, ...]:
    """Every word the text explains, in order; one explained twice counts where it is explained first in its scope."""
    found: dict[tuple[str, str], Term] = {}
    for place, unit in enumerate(document.units):
        if unit.level in _SILENT or unit.end - unit.start < 4:
            continue
        for term in _in_unit(document, place, unit):
            found.setdefault((term.name, term.scope), term)
    return tuple(sorted(found.values(), key=lambda term: term.start))


def _in_unit(document: Document, place: int, unit: Unit) -> Iterator[Term]:
    """What one unit explains."""
    source = document.source
    if "所称" in source[unit.start : unit.end]:
        for match in _CALLED.finditer(source, unit.start, unit.end):
            scope = _scope(document, place, match["inner"] or ("条" if match["before"] else ""))
            yield from _named(document, place, match.start("names"), match["names"], scope)
    if "称" in source[unit.start : unit.end]:
        for match in _SHORT.finditer(source, unit.start, unit.end):
            name = match["name"].strip(_STRIP)
            start = match.start("name") + match["name"].index(name) if name else 0
            if len(name) > 1 and not name.startswith("本"):
                yield Term(name, start, start + len(name), _eid(document, place), "", _full(source, match.start()))
    if unit.level in (Level.ITEM, Level.POINT) and _is_glossary(document, place):
        begin = unit.start + len(unit.label) if source.startswith(unit.label, unit.start) else unit.start
        if listed := _LISTED.match(source, begin + _blank(source, begin), unit.end):
            yield from _named(document, place, listed.start("name"), listed["name"], "")


def _blank(source: str, at: int) -> int:
    return len(source[at : at + 4]) - len(source[at : at + 4].lstrip(" \u3000\u2002"))


def _named(document: Document, place: int, start: int, names: str, scope: str) -> Iterator[Term]:
    """The words of 本法所称甲、乙，是指…, each with its place."""
    at = 0
    for piece in _PART_OF.split(names):
        offset = names.index(piece, at)
        at = offset + len(piece)
        name = piece.strip(_STRIP)
        if 1 < len(name) <= 20 and not _NO_TERM.search(name):
            begin = start + offset + piece.index(name)
            yield Term(name, begin, begin + len(name), _eid(document, place), scope)


def _eid(document: Document, place: int) -> str:
    """The nearest unit with an id."""
    return next((unit.eid for unit in document.above(place) if unit.eid), "")


def _scope(document: Document, place: int, word: str) -> str:
    """The unit in which 本章所称 or 前款所称 holds; empty where the whole text is meant."""
    if not word:
        return ""
    wanted = {"编": Level.PART, "章": Level.CHAPTER, "节": Level.SECTION}.get(word, Level.ARTICLE)
    wide = CONTAINERS if wanted in CONTAINERS else (Level.ARTICLE, Level.CLAUSE)
    above = [unit for unit in document.above(place) if unit.level in wide]
    return next((unit.eid for unit in above if unit.level is wanted), above[0].eid if above else "")


def _is_glossary(document: Document, place: int) -> bool:
    """Whether the list around an item says what words mean."""
    parent = document.units[place].parent
    if parent < 0:
        return False
    unit = document.units[parent]
    return bool(_LIST_HEAD.search(document.source, unit.start, unit.end))


def _full(source: str, bracket: int) -> str:
    """What stands before （以下简称…）: the title in 《》, or the words back to the last mark."""
    opened = source.rfind("（", max(0, bracket - 60), bracket)
    opened = opened if opened >= 0 else source.rfind("(", max(0, bracket - 60), bracket)
    before = source[max(0, opened - 60) : opened] if opened >= 0 else ""
    if before.endswith("》"):
        return before[before.rfind("《") :] if "《" in before else ""
    return re.split(r"[，。；：、\n ]", before)[-1].strip()
