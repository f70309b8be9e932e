"""A text of law as Akoma Ntoso 3.0 (OASIS LegalDocML): the units as elements, under the ids they have everywhere.

编 part, 分编 subpart, 章 chapter, 节 section, 条 article, 款 paragraph, 项 point, 目 indent; a numbered paragraph of
a text without articles is a clause. Each element names its Chinese level by `refersTo`, for those English names mean
other things elsewhere. Annexes are attachments. Comments of the source and marks of Markdown are no text of the law.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from xml.etree.ElementTree import Element, SubElement, tostring

from lvzhi.core.law.exports.frbr import Identity, Reference
from lvzhi.core.law.exports.meta import NAMESPACE, annex_meta, level_id, meta
from lvzhi.core.law.exports.words import Words
from lvzhi.core.law.structure import Document, Level, Unit

HIERARCHY = {
    Level.PART: "part", Level.SUBPART: "subpart", Level.CHAPTER: "chapter", Level.SECTION: "section",
    Level.ARTICLE: "article", Level.CLAUSE: "clause", Level.PARAGRAPH: "paragraph", Level.ITEM: "point",
    Level.POINT: "indent",
}  # fmt: skip
HEADED = frozenset({Level.PART, Level.SUBPART, Level.CHAPTER, Level.SECTION})
_FRONT = frozenset({Level.TITLE, Level.HISTORY, Level.NOTE, Level.CONTENTS})
_BLOCKS = frozenset({Level.CONTINUED, Level.TABLE})
_BODY = frozenset({Level.ARTICLE, Level.CLAUSE})


def akn(
    document: Document,
    references: Iterable[Reference] = (),
    *,
    made: date | None = None,
    identity: Identity | None = None,
) -> bytes:
    """The document as UTF-8 XML. `made` is the day of this file (FRBRManifestation), by default that of the edition.

    `references` are the links to set, as `exports.references` gives them; one that crosses units is left out.
    `identity` names work and expression where the text's own word is not to be taken.
    """
    return Writer(document, references, identity or Identity.of(document.metadata), made).write()


class Writer:
    """The writing of one document."""

    def __init__(
        self, document: Document, references: Iterable[Reference], identity: Identity, made: date | None
    ) -> None:
        self.document = document
        self.identity = identity
        self.made = made
        self.words = Words(document.source, references)
        self.below: dict[int, list[int]] = {}
        for place, unit in enumerate(document.units):
            if unit.level is not Level.MARK:
                self.below.setdefault(unit.parent, []).append(place)
        self.levels: set[Level] = set()

    @cached_property
    def headings(self) -> dict[str, Unit]:
        """The first heading of every wording."""
        headed = [unit for unit in self.document.units if unit.level in HEADED]
        return {self.words.plain(unit): unit for unit in reversed(headed)}

    def write(self) -> bytes:
        """The whole file."""
        root = Element("akomaNtoso", {"xmlns": NAMESPACE})
        about = self.document.metadata
        act = SubElement(root, "act", {"name": str(about.kind), "contains": _version(self.document)})
        preface, preamble = Element("preface"), Element("preamble")
        body, conclusions, attachments = Element("body"), Element("conclusions"), Element("attachments")
        self._sort(preface, preamble, body, conclusions, attachments)
        act.append(meta(self.document, self.identity, self.levels, self.made))
        act.extend(each for each in (preface, preamble) if len(each))
        if not len(body):
            SubElement(body, "hcontainer", {"name": "empty"})
        act.append(body)
        act.extend(each for each in (conclusions, attachments) if len(each))
        for each in root.iter():  # a title or an id may hold a sign that XML cannot write
            for name, value in each.items():
                if (cleaned := self.words.clean_inside(value)) != value:
                    each.set(name, cleaned)
        written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
        return written

    def _sort(
        self, preface: Element, preamble: Element, body: Element, conclusions: Element, attachments: Element
    ) -> None:
        """Every unit at the top to its part of the file."""
        units = self.document.units
        seen, contents = set[str](), None
        tops = self.below.get(-1, [])
        first = next((at for at, unit in enumerate(units) if unit.level in _BODY), len(units))
        numbered = any(unit.level in HIERARCHY for unit in (units[at] for at in tops))
        for place in tops:
            unit = units[place]
            begun = place >= first
            words = self.words.plain(unit)
            if unit.level is Level.ANNEX:
                attachments.append(self._annex(place))
            elif unit.level is Level.SIGNATURE:
                self._block(conclusions, unit)
            elif unit.level is Level.PREAMBLE and numbered and not begun:
                self._preamble(preamble, place)
            elif unit.level not in _FRONT:
                body.append(self._unit(place))
            elif unit.level is Level.CONTENTS and not begun:
                contents = self._contents(preface, contents, unit)
            elif not begun:
                self._front(preface, unit)
            elif words not in seen:  # the parts of one law repeat its title and history
                body.append(self._unit(place))
            seen.add(words)

    def _front(self, preface: Element, unit: Unit) -> None:
        for start, end, words in self.words.lines(unit):
            holder = preface
            if unit.level is Level.TITLE:
                holder = SubElement(preface, "longTitle")
            line = SubElement(holder, "p", {} if unit.level is Level.TITLE else {"class": str(unit.level)})
            if unit.level is Level.TITLE:
                line = SubElement(line, "docTitle")
            self.words.write(line, start, end, words)

    def _contents(self, preface: Element, contents: Element | None, unit: Unit) -> Element:
        """One line of the table of contents, led to the heading of the same words."""
        if contents is None or preface[-1] is not contents:
            contents = SubElement(preface, "toc")
        headed = self.headings.get(self.words.plain(unit))
        depth = str(list(HIERARCHY).index(headed.level) + 1) if headed else "1"
        entry = SubElement(contents, "tocItem", {"href": f"#{headed.eid}" if headed else "#", "level": depth})
        for start, end, line in self.words.lines(unit):
            self.words.write(entry, start, end, line)
        return contents

    def _preamble(self, preamble: Element, place: int) -> None:
        holder = SubElement(preamble, "container", {"name": "preamble", "eId": self.document.units[place].eid})
        self._block(holder, self.document.units[place], named=False)
        self._flat(holder, place)
        if not len(holder):
            SubElement(holder, "p")

    def _flat(self, holder: Element, place: int) -> None:
        """Everything below a unit as blocks one after another: a preamble knows no hierarchy."""
        for below in self.below.get(place, ()):
            self._block(holder, self.document.units[below])
            self._flat(holder, below)

    def _unit(self, place: int) -> Element:
        """A unit with all below it as an element of the hierarchy."""
        unit = self.document.units[place]
        self.levels.add(unit.level)
        tag = HIERARCHY.get(unit.level, "hcontainer")
        element = Element(tag, {"name": str(unit.level)} if tag == "hcontainer" else {})
        if unit.eid:
            element.set("eId", unit.eid)
        if unit.level in HIERARCHY:
            element.set("refersTo", f"#{level_id(unit.level)}")
        own = self._head(element, unit)
        children = self.below.get(place, [])
        first = next((at for at, each in enumerate(children) if not self._is_block(each)), len(children))
        for each in children[:first]:
            own.extend(self._blocks(each))
        last = len(children)
        while last > first and self._is_block(children[last - 1]):
            last -= 1
        if own:
            SubElement(element, "intro" if first < last else "content").extend(own)
        for each in children[first:last]:
            element.append(self._unit(each))
        if tail := [block for each in children[last:] for block in self._blocks(each)]:
            SubElement(element, "wrapUp").extend(tail)
        return element

    def _head(self, element: Element, unit: Unit) -> list[Element]:
        """Number and heading; gives the unit's own words as blocks where they are no heading."""
        if unit.label:
            SubElement(element, "num").text = self.words.clean(unit.label)
        lines = self.words.lines(unit, label=True)
        if lines and (unit.level in HEADED or unit.heading):
            heading = SubElement(element, "heading")
            for at, (start, end, words) in enumerate(lines):
                if at:
                    SubElement(heading, "br")
                self.words.write(heading, start, end, words)
            return []
        return [self.words.block(*line) for line in lines] if unit.level is not Level.TABLE else [self._table(unit)]

    def _is_block(self, place: int) -> bool:
        return self.document.units[place].level in _BLOCKS and place not in self.below

    def _blocks(self, place: int) -> list[Element]:
        holder = Element("content")
        self._block(holder, self.document.units[place])
        return list(holder)

    def _block(self, holder: Element, unit: Unit, *, named: bool = True) -> None:
        """A unit's own words as paragraphs, or its table; the first of them carries the id."""
        made = [self._table(unit)] if unit.level is Level.TABLE else [
            self.words.block(*line) for line in self.words.lines(unit)
        ]  # fmt: skip
        if not made and unit.eid and named:
            made = [Element("p")]
        if made and named and unit.eid:
            made[0].set("eId", unit.eid)
        if made and unit.level is Level.SIGNATURE:
            made[0].set("class", "signature")
        holder.extend(made)

    def _table(self, unit: Unit) -> Element:
        table = Element("table")
        for start, end, _ in self.words.lines(unit):
            cells = self.words.cells(start, end)
            if not cells:
                continue
            row = SubElement(table, "tr")
            for each in cells:
                SubElement(row, "td").append(self.words.block(*each))
        if not len(table):
            SubElement(SubElement(SubElement(table, "tr"), "td"), "p")
        return table

    def _annex(self, place: int) -> Element:
        unit = self.document.units[place]
        attachment = Element("attachment", {"eId": unit.eid})
        own = self._head(attachment, unit)
        doc = SubElement(attachment, "doc", {"name": "annex"})
        main = Element("mainBody")
        main.extend(own)
        for each in self.below.get(place, ()):
            main.extend(self._blocks(each) if self._is_block(each) else [self._unit(each)])
        if not len(main):
            SubElement(main, "p")
        doc.append(annex_meta(self.document, self.identity, unit, self.made))
        doc.append(main)
        return attachment


def _version(document: Document) -> str:
    """Whether this text is the work's first or a later state of it."""
    about = document.metadata
    later = about.edition and about.adopted and about.edition > about.adopted
    return "singleVersion" if later else "originalVersion"
