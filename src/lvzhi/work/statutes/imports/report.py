"""What became of an import, for the person who ran it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from lvzhi.core import law
from lvzhi.core.law.refusal import sentence as law_sentence
from lvzhi.work.statutes.models.kept import (
    COPIES,
    CORRECTED,
    DISMISSED,
    HELD,
    PARTS,
    PENDING,
    SAME,
    SAME_WORDS,
)

Params = Mapping[str, str | int]
NO_DAY, NO_TITLE, UNREADABLE, CLASH = "no_day", "no_title", "unreadable", "clash"
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    CLASH: (
        "《{title}》{day} 的文本已经在库里（来自“{first}”），这份文件只是其中一部分，又和已有的条文接不上，没有导入。"
        "请用全文更正，或者换成不缺条文的那一部分。",
        "The text of 《{title}》 of {day} is in the library (from “{first}”). This file holds a part of it that fits "
        "neither beside nor in the place of what is there; it was left out. Take the whole text, or a part that lacks "
        "no article.",
    ),
    PENDING: (
        "《{title}》{day} 的文本已经公布（来自“{first}”），这份文件的文字不同，已存为待核对的更正。"
        "请在工作台打开“法律文本”，对照以后采用或者不采用。",
        "The text of 《{title}》 of {day} has been published (from “{first}”); the words of this file differ, and it "
        "was stored as a correction to be compared. Open 法律文本 at the desk to take it or to dismiss it.",
    ),
    PARTS: (
        "《{title}》{day} 的文本还不全，已存为草稿，等其余部分导入以后自动接上并公布。"
        "没有其余部分的，请在工作台打开“法律文本”里的草稿公布。",
        "The text of 《{title}》 of {day} is not complete yet. It was stored as a draft; the other parts join it when "
        "they are imported, and it is then published. Where there are none, publish the draft at the desk.",
    ),
    SAME: (
        "和“{first}”是同一部文件的同一个版本，文字一样，不重复导入。",
        "The same edition of the same law as “{first}”, with the same words; it is not taken in twice.",
    ),
    SAME_WORDS: (
        "和“{first}”是同一部文件的同一个版本，只有题注、空白或者排版不同，不重复导入。",
        "The same edition of the same law as “{first}”: only head, white space or layout differ; it is not taken in "
        "twice.",
    ),
    CORRECTED: (
        "和“{first}”的文字一样，这份文字已经被更正，没有再导入。",
        "The same words as “{first}”, which have been corrected since; it was not taken in again.",
    ),
    DISMISSED: (
        "《{title}》{day} 的这份文字核对过，没有采用，不再导入。原因见那部文件的变更记录。",
        "This text of 《{title}》 of {day} was compared and dismissed; it is not taken in again. The reason is in the "
        "record of changes of that law.",
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
    def pending(self) -> list[Refused]:
        """Files that wait at the desk to be compared with the published text."""
        return [each for each in self.refused if each.code == PENDING]

    @property
    def waiting(self) -> list[Refused]:
        """Files that hold a part of a law and wait for the others."""
        return [each for each in self.refused if each.code == PARTS]

    @property
    def copies(self) -> list[Refused]:
        """Files whose text is in the library already, or was decided on before."""
        return [each for each in self.refused if each.code in COPIES]

    @property
    def rejected(self) -> list[Refused]:
        """Files that could not be taken in."""
        return [each for each in self.refused if each.code not in HELD]
