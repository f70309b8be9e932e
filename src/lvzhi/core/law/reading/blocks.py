"""From the flat list of units to blocks inside blocks, as they stand on a page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lvzhi.core.law.reading.contents import contents
from lvzhi.core.law.reading.definitions import definitions
from lvzhi.core.law.reading.model import Block, Reading
from lvzhi.core.law.reading.runs import Words
from lvzhi.core.law.structure import Document, Level, Unit

_HEADS = re.compile(r"[#\s\u200b\ufeff]*")
_RULE = re.compile(r"[\s|:\-]*")
_NEW = (Level.ARTICLE, Level.CLAUSE, Level.PREAMBLE, Level.ANNEX)


def lay_out(document: Document, cited: Sequence[tuple[int, int]] = ()) -> Reading:
    """The text as a reader sees it; `cited` says where its citations begin and end, as `find` gives them.

    What is shown is the source, but for white space, the `#` of headings, the rules of tables and marks of layout.
    """
    terms = definitions(document)
    words = Words(document.source, cited, terms)
    below = _below(document)
    blocks = tuple(_block(document, place, below, words) for place in below.get(-1, []))
    about = document.metadata
    return Reading(about.title, about.edition, blocks, terms, contents(document))


def _below(document: Document) -> dict[int, list[int]]:
    """The places of what stands in each unit. A head inside a part (one law in several files) stays in its place."""
    below: dict[int, list[int]] = {}
    top = -1
    for place, unit in enumerate(document.units):
        if unit.level is Level.MARK:
            continue
        inside = unit.parent
        if inside < 0:
            if top >= 0 and unit.start < document.units[top].last:
                inside = top
            else:
                top = place
        below.setdefault(inside, []).append(place)
    return below


def _block(document: Document, place: int, below: dict[int, list[int]], words: Words) -> Block:
    unit = document.units[place]
    if unit.level in _NEW:
        words.enter(above.eid for above in document.above(place) if above.eid)
    label, start, end = _own(document, unit)
    if unit.level is Level.TABLE:
        return Block(unit.level, unit.eid, unit.number, "", (), (), _rows(document.source[unit.start : unit.end]))
    runs = words.runs(start, end)
    inside = tuple(_block(document, each, below, words) for each in below.get(place, []))
    return Block(unit.level, unit.eid, unit.number, label, runs, inside)


def _own(document: Document, unit: Unit) -> tuple[str, int, int]:
    """The label as written, and where the unit's own words begin and end, white space left out."""
    source = document.source
    begin = unit.start + _length(_HEADS, source, unit.start, unit.end)
    label = ""
    if unit.label and source.startswith(unit.label, begin):
        label = unit.label.strip()
        begin += len(unit.label)
        begin += _length(_HEADS, source, begin, unit.end)
    piece = source[begin : unit.end]
    return label, begin, begin + len(piece.rstrip())


def _length(pattern: re.Pattern[str], source: str, start: int, end: int) -> int:
    found = pattern.match(source, start, end)
    return found.end() - start if found else 0


def _rows(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a table drawn with `|`; a line without any is a row of one cell."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    kept = [line for line in lines if not ("-" in line and _RULE.fullmatch(line))]
    return tuple(
        tuple(cell.strip() for cell in (line[1:-1] if line.endswith("|") and len(line) > 1 else line[1:]).split("|"))
        if line.startswith("|")
        else (line,)
        for line in kept
    )
