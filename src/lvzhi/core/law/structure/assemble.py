"""One law published in several files, a part in each, put together as one document (民法典)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lvzhi.core.law.structure.model import Document, Level


def part_of(document: Document) -> str:
    """The words of the part that a file says it is, such as 总则; empty for a whole law."""
    for unit in document.units[:8]:
        if unit.level is Level.PART and unit.number == "" and unit.eid == "part_n1":
            return unit.heading
        if unit.level is Level.MARK:
            break
    return ""


def assemble(documents: Sequence[Document]) -> Document:
    """The parts in the order of their first articles, as one document whose source is theirs, laid end to end.

    The parts are numbered in that order. Raises ValueError for an empty sequence.
    """
    if not documents:
        raise ValueError("nothing to assemble")
    ordered = sorted(documents, key=_first)
    units, oddities = [], []
    source, offset, lines, taken = "", 0, 0, 0
    for number, document in enumerate(ordered, 1):
        for unit in document.units:
            eid = unit.eid
            if eid == "part_n1" or eid.startswith("part_n1__"):
                eid = f"part_{number}{eid[len('part_n1') :]}"
            units.append(
                replace(
                    unit, eid=eid, start=unit.start + offset, end=unit.end + offset, last=unit.last + offset,
                    line=unit.line + lines, parent=unit.parent + taken if unit.parent >= 0 else -1,
                )
            )  # fmt: skip
        oddities += [replace(oddity, line=oddity.line + lines) for oddity in document.oddities]
        source += document.source
        offset, taken, lines = len(source), len(units), lines + document.source.count("\n")
    return Document(ordered[0].name, source, tuple(units), ordered[0].metadata, tuple(oddities))


def _first(document: Document) -> int:
    for place in document.articles:
        return int(document.units[place].number.partition("-")[0] or 0)
    return 0
