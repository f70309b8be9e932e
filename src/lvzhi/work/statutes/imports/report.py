"""What became of an import, for the person who ran it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from lvzhi.core import law
from lvzhi.core.law.refusal import sentence as law_sentence

Params = Mapping[str, str | int]
CLASH, SAME, NO_DAY, NO_TITLE, UNREADABLE = "clash", "same_text", "no_day", "no_title", "unreadable"
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    CLASH: (
        "《{title}》{day} 的文本已经在库里（来自“{first}”），这份文件的文字不同，没有导入。请核对哪一份对；"
        "要换成这一份，请在工作台打开那个版本选“更正”。",
        "The text of 《{title}》 of {day} is in the library (from “{first}”); the words of this file differ, and it "
        "was left out. Check which one is right; to take this one, open that edition at the desk and choose “更正”.",
    ),
    SAME: (
        "和“{first}”是同一部文件的同一个版本，文字一样，不重复导入。",
        "The same edition of the same law as “{first}”, with the same words; it is not taken in twice.",
    ),
    NO_DAY: (
        "正文和文件名里都没有日期，不知道是哪个版本。请在文件名末尾加上日期，如“示例办法(2024-03-01).md”，再导入。",
        "Neither the text nor the name of the file tells of a day, so that the edition is not known. Put the day at "
        "the end of the name, as in “示例办法(2024-03-01).md”, and import it again.",
    ),
    NO_TITLE: (
        "没有找到题目。请把文件全称写在第一行，再导入。",
        "No title was found. Write the full name of the law in the first line and import it again.",
    ),
    UNREADABLE: (
        "文件读不出来（{why}）。请检查文件和权限，再运行一次。",
        "The file cannot be read ({why}). Check it and its permissions, then run the command again.",
    ),
}
"""Code to the sentence in Chinese and in English; beside these the codes of `core.law.LawRefused`."""


def sentence(code: str, params: Params, lang: Literal["zh", "en"] = "zh") -> str:
    """Why no edition came of a file. Raises KeyError for an unknown code."""
    if code in SENTENCES:
        return SENTENCES[code][lang == "en"].format_map(params)
    return law_sentence(code, params, lang)


@dataclass(frozen=True, slots=True)
class Refused:
    """A file of which no edition came, and why; `code` also tells a refusal from a file that was there already."""

    name: str
    code: str
    params: Params

    def sentence(self, lang: Literal["zh", "en"] = "zh") -> str:
        """Why, in Chinese or English."""
        return sentence(self.code, self.params, lang)


@dataclass
class Report:
    """Counts of one run. `odd` holds each file with what is unclear in it; `known` files were not read again,
    and of `left_out` ones among them nothing had come before."""

    files: int = 0
    known: int = 0
    left_out: int = 0
    works: int = 0
    editions: int = 0
    articles: int = 0
    characters: int = 0
    linked: int = 0
    citations: int = 0
    refused: list[Refused] = field(default_factory=list)
    odd: list[tuple[str, law.Oddity]] = field(default_factory=list)

    def refuse(self, name: str, code: str, params: Params) -> Refused:
        """Note a file that is left out."""
        found = Refused(name, code, params)
        self.refused.append(found)
        return found

    def note_oddities(self, document: law.Document) -> None:
        """Note what is unclear in a text that came in."""
        self.odd += [(document.name, oddity) for oddity in document.oddities]

    @property
    def clashes(self) -> list[Refused]:
        """Files that claim to be an edition that is there with other words."""
        return [each for each in self.refused if each.code == CLASH]

    @property
    def rejected(self) -> list[Refused]:
        """Files that could not be taken in, without clashes and second copies."""
        return [each for each in self.refused if each.code not in (CLASH, SAME)]
