"""A text of law as Markdown: headings with #, a paragraph to a line, the head closed by a comment.

Reading the result with `parse` gives the same units under the same ids.
"""

from __future__ import annotations

from lvzhi.core.law.exports.words import Words
from lvzhi.core.law.numerals import to_chinese
from lvzhi.core.law.structure import Document, Level, Unit, parse

HEAD_END = "<!-- INFO END -->"
_HASHES = {Level.PART: "##", Level.SUBPART: "###", Level.CHAPTER: "##", Level.SECTION: "###"}
_HEAD = frozenset({Level.TITLE, Level.HISTORY, Level.NOTE})


def markdown(document: Document) -> str:
    """The document in the Markdown layout of this library.

    A text in this layout is given as it stands. So is one that would be read otherwise in this layout: then the text
    itself is the only writing that gives these units.
    """
    if document.source.count(HEAD_END) == 1:
        return document.source
    written, units = _written(document), units_of(document)
    if units_of(parse(written)) == units or units_of(parse(document.source)) != units:
        return written  # put together from several files, a text is not what its source is read as
    return document.source


def units_of(document: Document) -> list[tuple[str, str]]:
    """What has to be the same when it is read again: every unit with an id, and its own words without white space."""
    words = Words(document.source, ())
    return [(unit.eid, words.plain(unit)) for unit in document.units if unit.eid]


def _written(document: Document) -> str:
    words = Words(document.source, ())
    title = document.metadata.title
    pieces = [f"# {title}\n\n"] if title else []
    in_head, notes = True, set[str]()
    for unit in document.units:
        if unit.level is Level.MARK and HEAD_END in document.source[unit.start : unit.end]:
            continue
        if unit.level in _HEAD:
            said = words.plain(unit)
            if unit.level is not Level.TITLE and (in_head or said not in notes):
                pieces.append(_piece(document, unit, words))
            notes.add(said)
            continue
        if in_head and unit.level is not Level.PART:  # a part named in the head opens the body
            pieces.append(f"{HEAD_END}\n\n")
            in_head = False
        pieces.append(_piece(document, unit, words))
    if in_head:
        pieces.append(f"{HEAD_END}\n\n")
    return "".join(pieces).rstrip() + "\n"


def _piece(document: Document, unit: Unit, words: Words) -> str:
    """A unit's own words with what ends them: a blank line, or the space before what follows on the same line."""
    own = document.source[unit.start : unit.end]
    lines = [document.source[start:end] for start, end, _ in words.lines(unit)]
    if unit.level is Level.PART and not unit.number and unit.eid.removeprefix("part_").isdigit():
        lines[:1] = [f"第{to_chinese(int(unit.eid.removeprefix('part_')))}编 {unit.heading}"]
    said = ("\n" if unit.level is Level.TABLE else "").join(lines)
    if not said:
        return ""
    headed = unit.level in _HASHES or (unit.heading and unit.level in (Level.CLAUSE, Level.PREAMBLE))
    if headed:
        return f"{_HASHES.get(unit.level, '##')} {said}\n\n"
    if unit.end < len(document.source) and not ("\n" in own[-4:] or "\r" in own[-4:]) and "\n" not in own:
        return said + (own[len(own.rstrip()) :] or " ")
    return said + "\n\n"
