"""The words of units as inline text with links in it, each at its offsets in the source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement

from lvzhi.core.law.exports.frbr import Reference
from lvzhi.core.law.structure import Unit
from lvzhi.core.law.structure.lines import SPACE

Line = tuple[int, int, str]
"""Where a line of words starts and ends in the source, and the words."""
_WHITE = SPACE + "\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_BREAK = re.compile("\r\n|\n|\r")
_HASHES = re.compile(rf"#{{1,6}}[{SPACE}]*")
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RULE = re.compile(r"[|\s:-]*-[|\s:-]*")


class Words:
    """One source with its links in order."""

    def __init__(self, source: str, references: Iterable[Reference]) -> None:
        self.source = source
        self.references: list[Reference] = []
        for each in sorted(references, key=lambda each: (each.start, -each.end)):
            if not self.references or each.start >= self.references[-1].end:
                self.references.append(each)
        self._starts = [each.start for each in self.references]

    @staticmethod
    def clean(text: str) -> str:
        """Text without signs that XML 1.0 has no way to write."""
        return _NOT_XML.sub("\ufffd", text.strip(_WHITE))

    def lines(self, unit: Unit, *, label: bool = False) -> list[Line]:
        """The lines of a unit's own piece that have words, without #; with `label` also without its number."""
        found: list[Line] = []
        at = unit.start
        for text in _BREAK.split(self.source[unit.start : unit.end]):
            start, end = self._trim(at, at + len(text))
            if start < end and (hashes := _HASHES.match(self.source, start, end)):
                start = hashes.end()
            if label and not found and unit.label and self.source.startswith(unit.label, start, end):
                start, end = self._trim(start + len(unit.label), end)
            if start < end:
                found.append((start, end, self.source[start:end]))
            at += len(text)
            at += 2 if self.source.startswith("\r\n", at) else 1
        return found

    def plain(self, unit: Unit) -> str:
        """A unit's own words without white space, to be compared."""
        return "".join("".join(words.split()) for _, _, words in self.lines(unit))

    def cells(self, start: int, end: int) -> list[Line]:
        """The cells of one line of a table; none for the rule below its head."""
        if not self.source.startswith("|", start):
            return [(start, end, self.source[start:end])]
        if _RULE.fullmatch(self.source, start, end):
            return []
        found: list[Line] = []
        at = start + 1
        for text in self.source[start + 1 : end].removesuffix("|").split("|"):
            first, last = self._trim(at, at + len(text))
            found.append((first, max(first, last), self.source[first:last]))
            at += len(text) + 1
        return found

    def block(self, start: int, end: int, words: str) -> Element:
        """A line of words as a paragraph."""
        line = Element("p")
        self.write(line, start, end, words)
        return line

    def write(self, element: Element, start: int, end: int, words: str) -> None:
        """Put the words into an element, with the links that lie wholly inside."""
        at, last = start, None
        for each in self.references[bisect_left(self._starts, start) :]:
            if each.start >= end:
                break
            if each.end > end or each.start < at:
                continue
            _append(element, last, self.clean_inside(self.source[at : each.start]))
            if each.to:
                last = SubElement(element, "rref", {"from": each.href, "upTo": each.to})
            else:
                last = SubElement(element, "ref", {"href": each.href})
            last.text = self.clean_inside(self.source[each.start : each.end])
            at = each.end
        _append(element, last, self.clean_inside(self.source[at:end]) if at > start else self.clean_inside(words))

    @staticmethod
    def clean_inside(text: str) -> str:
        """The same as `clean` for a piece of a line: white space at its ends is kept."""
        return _NOT_XML.sub("\ufffd", text)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        while start < end and self.source[start] in _WHITE:
            start += 1
        while end > start and self.source[end - 1] in _WHITE:
            end -= 1
        return start, end


def _append(element: Element, last: Element | None, text: str) -> None:
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text
