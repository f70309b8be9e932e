"""What one line of a law looks like, before its place in the whole is known."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from lvzhi.core.law.numerals import DIGITS, to_int
from lvzhi.core.law.structure.model import Level

SPACE = " \t\u3000\u2002\u2003\u00a0\u200b\ufeff"
NUM = f"[{DIGITS}]{{1,9}}"
_CN = "[〇零一二三四五六七八九十百]{1,5}"

_ARTICLE = re.compile(rf"第({NUM})([{SPACE}]?)条(?:之([一二三四五六七八九十]{{1,3}}))?(?:(?=[{SPACE}])|$|(?=【))")
_TIGHT = re.compile(
    rf"第({NUM})([{SPACE}]?)条(?:之([一二三四五六七八九十]{{1,3}}))?(?![第款项规所的、，。；：和至及或与之中])"
)
_BARE = re.compile(rf"({_CN})()条()(?=[{SPACE}])")
_HEADING = re.compile(rf"第({NUM})[{SPACE}]?(分编|编|章|节)(?![的规、，。；第所])[{SPACE}]*([^。；！？]{{0,60}})$")
_MARKDOWN = re.compile(rf"#{{1,6}}[{SPACE}]*")
_ANNEX = re.compile(
    rf"附[{SPACE}]*(?:件|录|表|图)?[{SPACE}]*(?P<number>[一二三四五六七八九十\d]{{1,3}})?"
    rf"[{SPACE}]*(?:[：:][{SPACE}]*.{{0,80}}|$|[{SPACE}][^。；，]{{1,40}}$)"
)
_DATE = re.compile(r"[一二三四五六七八九〇零○\d]{4}年[一二三四五六七八九十\d]{1,3}月[一二三四五六七八九十\d]{1,3}日$")


class Style(Enum):
    """How a list is numbered: each style one depth further in than the one that holds it."""

    CHINESE = auto()
    CHINESE_ROUND = auto()
    FIGURES = auto()
    FIGURES_ROUND = auto()
    CIRCLED = auto()
    LETTERS = auto()


_MARKERS = (
    (Style.CHINESE_ROUND, re.compile(rf"[（(]({_CN})[)）]")),
    (Style.CHINESE, re.compile(rf"({_CN})、")),
    (Style.FIGURES, re.compile(r"([\d０-９]{1,3})(?:[．、]|\.(?!\d))")),
    (Style.FIGURES_ROUND, re.compile(r"[（(]([\d０-９]{1,3})[)）]|([\d０-９]{1,2})[)）]")),
    (Style.CIRCLED, re.compile(r"([①-⑳])")),
    (Style.CIRCLED, re.compile(r"([⒈-⒛⑴-⒇])")),
    (Style.LETTERS, re.compile(r"[（(]?([A-Za-z])(?:[)）]|[．、]|\.(?![A-Za-z\d]))")),
)
_MARKER_STARTS = frozenset("（(〇零一二三四五六七八九十百0123456789０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Mark:
    """The number at the head of a line: its level, figures, written label, and where the words begin in the line."""

    level: Level
    number: str
    label: str
    words: int
    heading: str = ""
    style: Style | None = None
    hashes: int = 0
    note: str = ""


def article(line: str, at: int, *, tight: bool = False) -> Mark | None:
    """The article that begins at offset `at` of the line. `tight` also takes one without a space behind 条."""
    found = _ARTICLE.match(line, at) or (_TIGHT.match(line, at) if tight else None)
    note = "article_number_spaced" if found and found[2] else ""
    if found is None and tight:
        found, note = _BARE.match(line, at), "article_without_di"
    if found is None:
        return None
    try:
        number = str(to_int(found[1])) + (f"-{to_int(found[3])}" if found[3] else "")
    except ValueError:
        return None
    words = _after_space(line, found.end())
    return Mark(Level.ARTICLE, number, found[0], words, note=note)


def heading(line: str, at: int) -> Mark | None:
    """编, 分编, 章 or 节 with its words, at offset `at`."""
    found = _HEADING.match(line, at)
    if found is None:
        return None
    level = {"编": Level.PART, "分编": Level.SUBPART, "章": Level.CHAPTER, "节": Level.SECTION}[found[2]]
    try:
        number = str(to_int(found[1]))
    except ValueError:
        return None
    label = found[0][: found.start(3) - found.start()].rstrip(SPACE)
    return Mark(level, number, label, len(line), heading=found[3].strip(SPACE), hashes=hashes(line))


def marker(line: str, at: int) -> Mark | None:
    """The number of a list item at offset `at`: （一）, 一、, 1., （1）, ①, a）."""
    first = line[at : at + 1]
    if first not in _MARKER_STARTS and not "①" <= first <= "⒛" and not first.isascii():
        return None
    for style, pattern in _MARKERS:
        if found := pattern.match(line, at):
            number = _figures(found[1] or found[found.lastindex or 1], style)
            if number:
                return Mark(Level.ITEM, number, found[0], _after_space(line, found.end()), style=style)
    return None


def annex(line: str, at: int) -> Mark | None:
    """The line that opens an annex: 附件, 附件一, 附：, 附录, 附表1：…; not a sentence that begins with 附."""
    if not line.startswith("附", at) or line.startswith("附则", at):
        return None
    found = _ANNEX.match(line, at)
    if found is None or found.end() < len(line.rstrip(SPACE)) or line.rstrip(SPACE).endswith("。"):
        return None
    number = ""
    if found["number"]:
        try:
            number = str(to_int(found["number"]))
        except ValueError:
            number = ""
    label = line[at:].strip(SPACE)
    head, colon, words = label.partition("：") if "：" in label else label.partition(":")
    return Mark(Level.ANNEX, number, head + colon, len(line), heading=words.strip(SPACE), hashes=hashes(line))


def is_date(line: str) -> bool:
    """Whether the line is a date and nothing else, as below a signature."""
    return _DATE.match(line.strip(SPACE).replace(" ", "")) is not None


def hashes(line: str) -> int:
    """How many # a Markdown heading begins with; 0 for any other line."""
    return len(line) - len(line.lstrip("#"))


def words_at(line: str) -> int:
    """Where the words of a line begin, behind white space and the # of a heading."""
    at = _after_space(line, 0)
    if line.startswith("#", at) and (found := _MARKDOWN.match(line, at)):
        return found.end()
    return at


def _after_space(line: str, at: int) -> int:
    while at < len(line) and line[at] in SPACE:
        at += 1
    return at


def _figures(written: str, style: Style) -> str:
    if style is Style.LETTERS:
        return written.lower()
    if style is Style.CIRCLED:
        for first in "①⑴⒈":
            if 0 <= ord(written) - ord(first) < 20:
                return str(ord(written) - ord(first) + 1)
    try:
        return str(to_int(written))
    except ValueError:
        return ""
