"""Whether what others cite by name and date exists: each rule of a procedure against the texts of a library."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lvzhi.core.law.address import address_of, units_named
from lvzhi.core.law.citations.model import Path
from lvzhi.core.law.citations.resolve import place
from lvzhi.core.law.library import Expression, Library
from lvzhi.core.law.numerals import to_chinese
from lvzhi.core.law.structure import Level
from lvzhi.core.law.structure.model import CHINESE


class Finding(StrEnum):
    """What became of one rule's citation. MISSING and UNREADABLE are mistakes, the two after them gaps."""

    HOLDS = "holds"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    NO_TEXT = "no_text"
    NO_EDITION = "no_edition"


@dataclass(frozen=True, slots=True)
class Rule:
    """A citation as a file writes it: where it stands, its name there, the law with its date, the article.

    `on` is the day on which the rule begins to be followed: without a date of its own, the law is read as of then.
    """

    file: str
    line: int
    name: str
    law: str
    article: str
    on: date | None = None

    def __str__(self) -> str:
        return f"《{self.law}》{self.article}"


@dataclass(frozen=True, slots=True)
class Checked:
    """A rule with what was found, and the sentence for it (Chinese, English)."""

    rule: Rule
    finding: Finding
    sentence: tuple[str, str]

    @property
    def is_wrong(self) -> bool:
        """Whether somebody has to mend the file."""
        return self.finding in (Finding.MISSING, Finding.UNREADABLE)


def check(rules: Iterable[Rule], library: Library) -> list[Checked]:
    """Look every rule up in the edition it names, or where it names none in the one in force when it begins."""
    return [_checked(rule, library) for rule in rules]


def _checked(rule: Rule, library: Library) -> Checked:
    named = address_of(rule.law)
    works = library.find(rule.law)
    if len(works) != 1 or not library.works[works[0]].expressions:
        said = (f"库中没有《{named.slug}》的文本，没有核对。", "The library holds no text of this law; not checked.")
        return Checked(rule, Finding.NO_TEXT, said)
    held = library.works[works[0]].expressions
    found = _of_day(held, named.edition) if named.edition else _on(library, works[0], rule.on)
    if found is None:
        days = ", ".join(each.edition.isoformat() for each in held if each.edition)
        wanted = named.edition or rule.on
        said = (
            f"库中没有 {wanted} 的版本（有 {days}），没有核对。",
            f"The library holds no edition of {wanted} (it has {days}); not checked.",
        )
        return Checked(rule, Finding.NO_EDITION, said)
    paths = units_named(rule.article)
    if rule.article and not paths:
        said = (f"看不懂“{rule.article}”指哪一条，请写成第几条第几款的样子。", "This names no article; write 第…条.")
        return Checked(rule, Finding.UNREADABLE, said)
    for path in paths:
        if not place(found.document, path):
            return Checked(rule, Finding.MISSING, _missing(found, path))
    return Checked(rule, Finding.HOLDS, ("条文存在。", "It exists."))


def _of_day(held: list[Expression], day: date) -> Expression | None:
    """The edition of a day, also one whose file says so where the history stops short."""
    for each in held:
        if day in (each.edition, each.document.metadata.named):
            return each
    return None


def _on(library: Library, work: str, on: date | None) -> Expression | None:
    """The text in force on a day; None where the histories tell of an edition nearer to it than what is held."""
    found = library.held(work, on)
    return found.expression if found and found.exact else None


def _missing(found: Expression, path: Path) -> tuple[str, str]:
    """What is not there: the outermost unit that the text lacks."""
    depth = next(depth for depth in range(1, len(path) + 1) if not place(found.document, path[:depth]))
    words = "".join(_word(level, number) for level, number in path[:depth])
    count = len(found.document.articles)
    day = found.edition.isoformat() if found.edition else "?"
    return (
        f"{day} 的版本没有{words}（共 {count} 条），请核对条号。",
        f"The edition of {day} has no {words} (it has {count} articles); check the number.",
    )


def _word(level: Level, number: str) -> str:
    head, _, tail = number.partition("-")
    words = f"第{to_chinese(int(head)) if head.isdigit() else head}{CHINESE.get(level, '段')}"
    return words + (f"之{to_chinese(int(tail))}" if tail.isdigit() else "")
