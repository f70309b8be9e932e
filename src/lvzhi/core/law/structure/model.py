"""What a text of law is made of: a flat list of units in the order of the text, each with its own piece of it.

A unit's own text is its label or its words with the white space behind, not its children's; so the pieces of all units
laid end to end are the source, to the letter.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal


class Level(StrEnum):
    """What a unit is. The values are the prefixes of stable ids, after the Akoma Ntoso naming convention."""

    TITLE = "title"
    HISTORY = "history"
    NOTE = "note"
    MARK = "mark"
    CONTENTS = "toc"
    PREAMBLE = "preamble"
    PART = "part"
    SUBPART = "subpart"
    CHAPTER = "chp"
    SECTION = "sec"
    ARTICLE = "art"
    CLAUSE = "cl"
    PARAGRAPH = "para"
    ITEM = "item"
    POINT = "point"
    SUBPOINT = "subpoint"
    CONTINUED = "p"
    TABLE = "table"
    SIGNATURE = "signature"
    ANNEX = "annex"


CONTAINERS = (Level.PART, Level.SUBPART, Level.CHAPTER, Level.SECTION)
CHINESE = {
    Level.PART: "编", Level.SUBPART: "分编", Level.CHAPTER: "章", Level.SECTION: "节", Level.ARTICLE: "条",
    Level.PARAGRAPH: "款", Level.ITEM: "项", Level.POINT: "目",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `number` is in figures, with 之一 as `-1`: '30', '30-1'; empty where there is none.

    `start` to `end` is the unit's own piece of the source, `last` the end of all it holds; `line` counts from 1;
    `parent` is its place in the document's units, -1 at the top.
    """

    level: Level
    eid: str
    number: str
    label: str
    heading: str
    start: int
    end: int
    last: int
    line: int
    parent: int


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something that could not be read as structure, or that stands otherwise than expected, with its line.

    `code` is stable, a key of ODDITIES; `detail` is what fills the gap of its sentence: words of the text, a number, a
    day as in 2024-03-01.
    """

    line: int
    code: str
    detail: str = ""

    def sentence(self, lang: Literal["zh", "en"] = "zh") -> str:
        """What is unclear, in Chinese or English, without its line. Raises KeyError for an unknown code."""
        return ODDITIES[self.code][lang == "en"].format(detail=self.told(lang))

    def told(self, lang: Literal["zh", "en"] = "zh") -> str:
        """The detail as the sentence has it: what the text itself says stays as it is written there."""
        return _ACT_WORDS.get(self.detail, self.detail) if lang == "zh" else self.detail

    def __str__(self) -> str:
        return f"第{self.line}行：{self.sentence()}"


ODDITIES: dict[str, tuple[str, str]] = {
    "article_gap": ("条文序号不连续（{detail}）。", "The numbers of the articles leave a gap ({detail})."),
    "articles_missing": (
        "这里缺条文（{detail}）：其余部分还没有导入。",
        "Articles are missing here ({detail}): another part has not been taken in.",
    ),
    "article_quoted": (
        "行首的“{detail}”不接前条序号，按引用的条文处理。",
        "The line begins with “{detail}”, which does not follow the article before; it was read as a quotation.",
    ),
    "article_without_di": (
        "条号“{detail}”缺“第”字，已按条文处理。",
        "“{detail}” lacks the character 第; it was read as an article.",
    ),
    "article_number_spaced": (
        "条号“{detail}”中间有空格，已按条文处理。",
        "The number “{detail}” has a space inside; it was read as an article.",
    ),
    "articles_run_on": (
        "一行里有 {detail} 条条文，已经分开。",
        "The line runs {detail} articles together; they were taken apart.",
    ),
    "number_repeated": ("序号重复（{detail}）。", "The number comes twice ({detail})."),
    "heading_without_words": ("标题没有文字。", "The heading has no words."),
    "title_broken": ("题目断成几行，已经连起来。", "The title is broken over several lines; they were joined."),
    "title_missing": ("没有找到题目。", "No title was found."),
    "head_line_unread": (
        "题注里的这一行没有认出来：{detail}",
        "This line below the title was not understood: {detail}",
    ),
    "date_missing": (
        "修改历史里的这一项没有日期：{detail}",
        "This entry of the revision history has no date: {detail}",
    ),
    "edition_older_than_name": (
        "文件名标注 {detail}，正文的修改历史停在更早的时间，请核对文本。",
        "The file name says {detail}, the revision history ends earlier. Compare the text.",
    ),
    "history_stops_short": (
        "文件名标注 {detail}，题注没有写这次修改，按文件名的日期作为版本日期。",
        "The file name says {detail}, a change the head does not list; the day in the name is taken as the edition’s.",
    ),
    "edition_newer_than_name": (
        "文件名标注 {detail}，正文的修改历史里有更晚的修改，请核对文本。",
        "The file name says {detail}, the revision history has a later change. Compare the text.",
    ),
    "no_articles": (
        "全文没有分条，也没有编号的段落。",
        "The text has neither articles nor numbered paragraphs.",
    ),
    "table_left_out": (
        "附表的内容不在文件里（{detail}）。",
        "The content of an annexed table is not in the file ({detail}).",
    ),
}
"""Code to the sentence in Chinese and in English. A code never changes its meaning: reports and exports carry it."""
_ACT_WORDS = {
    "adopted": "通过", "approved": "批准", "promulgated": "公布", "amended": "修正", "revised": "修订",
    "repealed": "废止", "effective": "施行",
}  # fmt: skip
"""Values of `Act`: they stand as the detail where an entry of the history names no decision."""


class Kind(StrEnum):
    """Rank and kind of a text, from the constitution down."""

    CONSTITUTION = "constitution"
    LAW = "law"
    DECISION = "decision"
    ADMINISTRATIVE_REGULATION = "administrative_regulation"
    JUDICIAL_INTERPRETATION = "judicial_interpretation"
    LOCAL_REGULATION = "local_regulation"
    DEPARTMENTAL_RULE = "departmental_rule"
    LOCAL_RULE = "local_rule"
    NORMATIVE_DOCUMENT = "normative_document"


class Act(StrEnum):
    """What happened to a text on a day."""

    ADOPTED = "adopted"
    APPROVED = "approved"
    PROMULGATED = "promulgated"
    AMENDED = "amended"
    REVISED = "revised"
    REPEALED = "repealed"
    EFFECTIVE = "effective"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the revision history. `day` is None where the text gives none; `by` is the decision's title."""

    act: Act
    day: date | None
    organ: str
    number: str
    by: str
    line: int


class Basis(StrEnum):
    """On what the first day in force rests."""

    TEXT = "text"
    PUBLICATION = "publication"
    EDITION = "edition"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a text says about itself. `title` is written as in the text; `edition` is the day of its newest change.

    `named` is the date the file's name claims. Where it is later than the history, it is the edition of a text of the
    state, whose history leaves out collective changes; a local text may then be an older edition.

    `effective` is the first day this edition is in force, as far as the text tells: see `basis`. EDITION means that
    an amending decision set the day, which the consolidated text does not repeat, and the day of the change stands in.
    """

    title: str
    kind: Kind
    organ: str
    region: str
    number: str
    adopted: date | None
    promulgated: date | None
    edition: date | None
    named: date | None
    effective: date | None
    basis: Basis
    history: tuple[Event, ...]


@dataclass(frozen=True)
class Document:
    """A text with its structure. `source` is the text that was read; offsets everywhere count its characters."""

    name: str
    source: str
    units: tuple[Unit, ...]
    metadata: Metadata
    oddities: tuple[Oddity, ...] = field(default=())

    def join(self) -> str:
        """The pieces of all units laid end to end: equal to `source`."""
        return "".join(self.source[unit.start : unit.end] for unit in self.units)

    @cached_property
    def by_eid(self) -> dict[str, int]:
        """The place of every unit that has a stable id."""
        return {unit.eid: place for place, unit in enumerate(self.units) if unit.eid}

    @cached_property
    def starts(self) -> list[int]:
        """Where every unit starts, in order."""
        return [unit.start for unit in self.units]

    @cached_property
    def articles(self) -> tuple[int, ...]:
        """The places of all articles, or of the numbered clauses of a text without articles; annexes left out."""
        found = tuple(place for place, unit in enumerate(self.units) if unit.level is Level.ARTICLE)
        return found or tuple(
            place for place, unit in enumerate(self.units)
            if unit.level is Level.CLAUSE and unit.eid.startswith(Level.CLAUSE)
        )  # fmt: skip

    def unit(self, eid: str) -> Unit | None:
        """The unit with this id, or None."""
        place = self.by_eid.get(eid)
        return None if place is None else self.units[place]

    def text(self, unit: Unit) -> str:
        """The whole text of a unit with all it holds, without the white space around it."""
        return self.source[unit.start : unit.last].strip()

    def words(self, unit: Unit) -> str:
        """The whole text of a unit without its label: what is compared and searched."""
        return self.source[unit.start : unit.last].lstrip("# \u3000\t").removeprefix(unit.label).strip()

    def at(self, offset: int) -> int:
        """The place of the unit whose own piece holds this offset."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def above(self, place: int) -> Iterator[Unit]:
        """The unit at `place`, then its parent, and so on to the top."""
        while place >= 0:
            unit = self.units[place]
            yield unit
            place = unit.parent

    def children(self, place: int) -> Iterator[int]:
        """The places of the units directly below the one at `place`."""
        end = self.units[place].last
        for below in range(place + 1, len(self.units)):
            unit = self.units[below]
            if unit.start >= end and unit.start > self.units[place].start:
                return
            if unit.parent == place:
                yield below
