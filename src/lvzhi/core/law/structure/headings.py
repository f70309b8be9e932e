"""Which lines are headings: marked as such, or told by how they stand in a text without marks."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from lvzhi.core.law.structure.drafts import Line
from lvzhi.core.law.structure.lines import SPACE, Style, heading, marker, words_at

_SENTENCE = re.compile("[。；：，！？]")
_LONGEST = 40
PREFACE = re.compile(rf"[序前引][{SPACE}]*言$")


def headings(lines: Sequence[Line], articles: Collection[int], *, amends: bool) -> set[int]:
    """The places of the headings among these lines. `articles` are the places where articles begin.

    A Markdown text marks them with #. In a plain text, 第一章 总则 is one by its look; a short 一、一般规定 without a
    full stop is one when such lines are numbered from one to the last and stand before articles or lists. A text that
    amends another quotes headings, so none of its unmarked lines is taken for one.
    """
    marked = {at for at, line in enumerate(lines) if line.text.startswith("#")}
    if amends:
        return marked
    if marked:
        return marked | _forgotten(lines, marked, articles)
    found = {
        at for at, line in enumerate(lines)
        if at not in articles and (heading(line.text, words_at(line.text)) or PREFACE.fullmatch(line.text.strip(SPACE)))
    }  # fmt: skip
    return found | _numbered(lines, articles)


def _bare(line: Line) -> str:
    """The number of a short 一、… without punctuation; empty for any other line."""
    text = line.text.strip(SPACE)
    if text[:1] not in "一二三四五六七八九十" or len(text) > _LONGEST or _SENTENCE.search(text):
        return ""
    mark = marker(line.text, words_at(line.text))
    return mark.number if mark is not None and mark.style is Style.CHINESE else ""


def _forgotten(lines: Sequence[Line], marked: Collection[int], articles: Collection[int]) -> set[int]:
    """Headings without their mark in a text that marks the others: the next number, right before an article."""
    found, last = set(), 0
    for at, line in enumerate(lines):
        if at in marked:
            mark = marker(line.text, words_at(line.text))
            last = int(mark.number) if mark is not None and mark.style is Style.CHINESE else last
        elif last and at + 1 in articles and _bare(line) == str(last + 1):
            found.add(at)
            last += 1
    return found


def _numbered(lines: Sequence[Line], articles: Collection[int]) -> set[int]:
    found: list[int] = []
    for at, line in enumerate(lines[:-1]):
        if _bare(line) != str(len(found) + 1):
            continue
        behind = marker(lines[at + 1].text, words_at(lines[at + 1].text))
        if articles and at + 1 not in articles:
            continue
        if not articles and behind is not None and behind.style is Style.CHINESE:
            return set()  # 一、甲 and 二、乙 follow one another: a list
        found.append(at)
    return set(found) if len(found) > 1 else set()
