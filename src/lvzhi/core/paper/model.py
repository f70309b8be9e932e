"""What an official document is made of, before anyone decides how it looks.

Words of the standard: GB/T 9704-2012 《党政机关公文格式》 section 7 (elements) and 10 (letters).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PaperError(ValueError):
    """A paper that cannot be laid out, said so that its author knows what to mend."""


class Form(StrEnum):
    """Which layout: 下行文, 上行文 (with the signer beside the number), or 信函格式 for a 函."""

    DOWNWARD = "downward"
    UPWARD = "upward"
    LETTER = "letter"


class Style(StrEnum):
    """The five levels of text. Headings and items are numbered by the layout, never by the author."""

    BODY = "body"
    HEADING1 = "heading1"
    HEADING2 = "heading2"
    HEADING3 = "heading3"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Number:
    """发文字号. `str(Number("云人常办", 2026, 12))` is 云人常办〔2026〕12号 (7.2.5: no leading zeros)."""

    code: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the text; `text` has no line breaks and no number of its own."""

    style: Style
    text: str


def body(text: str) -> Paragraph:
    """A paragraph of running text."""
    return Paragraph(Style.BODY, text)


def heading1(text: str) -> Paragraph:
    """A heading numbered 一、"""
    return Paragraph(Style.HEADING1, text)


def heading2(text: str) -> Paragraph:
    """A heading numbered （一）"""
    return Paragraph(Style.HEADING2, text)


def heading3(text: str) -> Paragraph:
    """A heading or paragraph numbered 1."""
    return Paragraph(Style.HEADING3, text)


def item(text: str) -> Paragraph:
    """A list item numbered （1）"""
    return Paragraph(Style.ITEM, text)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: how long it is, and the words at its end (`shown`, else the number)."""

    label: str
    value: float
    shown: str = ""

    @property
    def words(self) -> str:
        """What stands at the end of the bar."""
        return self.shown or f"{self.value:g}"


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from zero among the paragraphs (图), with all figures written out. The title says the conclusion."""

    title: str
    unit: str
    bars: tuple[Bar, ...]

    def __post_init__(self) -> None:
        if not self.bars:
            raise PaperError("A chart needs at least one bar; leave it out where there is nothing to show.")
        if any(bar.value < 0 for bar in self.bars):
            raise PaperError("A chart's bars start at zero; it cannot show less.")
        if any("\n" in words for bar in self.bars for words in (self.title, bar.label, bar.words)):
            raise PaperError("The words of a chart have no line breaks.")

    def share(self, bar: Bar) -> float:
        """Length of a bar beside the longest, 0 to 1."""
        most = max(each.value for each in self.bars)
        return bar.value / most if most else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One official document of one issuer.

    `title` may hold line breaks where the author wants them. `signature` is the name above the
    date (as on the seal); `sealed` says whether room for the seal is left. The seal itself is
    never drawn. `copy_number` is the 份号, 1 to 999999. `red_header` False leaves the 版头 out,
    for drafts and for copies published on a page. `dated` is the 成文日期; None for a draft.
    """

    issuer: str
    number: Number | None
    title: str
    paragraphs: tuple[Paragraph | Chart, ...]
    dated: date | None
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    signature: str = ""
    note: str = ""
    copy_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    secrecy: str = ""
    urgency: str = ""
    copy_number: int | None = None
    signer: str = ""
    form: Form = Form.DOWNWARD
    red_header: bool = True
    sealed: bool = True

    def __post_init__(self) -> None:
        if not self.issuer.strip() or not self.title.strip():
            raise PaperError("A paper needs an issuer and a title.")
        if self.copy_number is not None and not 1 <= self.copy_number <= 999_999:
            raise PaperError("A copy number (份号) has one to six digits.")
        if bool(self.printed_by) != (self.printed_on is not None):
            raise PaperError("Give both who printed the paper and on which day, or neither.")
        if any("\n" in each.text for each in self.paragraphs if isinstance(each, Paragraph)):
            raise PaperError("A paragraph has no line breaks; make it two paragraphs.")
