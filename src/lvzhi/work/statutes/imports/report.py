"""What became of an import, for the person who ran it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from lvzhi.core import law

CLASH, SAME, NO_DAY, NO_TITLE, UNREADABLE = "clash", "same_text", "no_day", "no_title", "unreadable"
SENTENCES: Final = {
    CLASH: "《{title}》{day} 的文本已经在库里（来自“{first}”），这份文件的文字不同，没有导入。请核对哪一份对；"
           "要换成这一份，请在工作台打开那个版本选“更正”。",
    SAME: "和“{first}”是同一部文件的同一个版本，文字一样，不重复导入。",
    NO_DAY: "正文和文件名里都没有日期，不知道是哪个版本。请在文件名末尾加上日期，如“示例办法(2024-03-01).md”，再导入。",
    NO_TITLE: "没有找到题目。请把文件全称写在第一行，再导入。",
    UNREADABLE: "文件读不出来（{why}）。请检查文件和权限，再运行一次。",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refused:
    """A file of which no edition came, and why; `code` also tells a refusal from a file that was there already."""

    name: str
    code: str
    sentence: str


@dataclass
class Report:
    """Counts of one run. `odd` holds file, line and what is unclear there; `known` files were not read again,
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
    odd: list[tuple[str, int, str]] = field(default_factory=list)

    def refuse(self, name: str, code: str, sentence: str) -> Refused:
        """Note a file that is left out."""
        found = Refused(name, code, sentence[:500])
        self.refused.append(found)
        return found

    def note_oddities(self, document: law.Document) -> None:
        """Note what is unclear in a text that came in."""
        self.odd += [(document.name, oddity.line, str(oddity)) for oddity in document.oddities]

    @property
    def clashes(self) -> list[Refused]:
        """Files that claim to be an edition that is there with other words."""
        return [each for each in self.refused if each.code == CLASH]

    @property
    def rejected(self) -> list[Refused]:
        """Files that could not be taken in, without clashes and second copies."""
        return [each for each in self.refused if each.code not in (CLASH, SAME)]
