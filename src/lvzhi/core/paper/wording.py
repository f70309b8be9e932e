"""The words that the layout itself adds: numbers of headings, 附件, 抄送, dates, line breaks of titles."""

import math
import re
from collections.abc import Iterator
from datetime import date

from lvzhi.core.paper.measures import MM, SIZE_FOUR, TEXT_WIDTH, TITLE_CHARS
from lvzhi.core.paper.model import Chart, Form, Paper, Paragraph, Style

_DIGITS = "〇一二三四五六七八九"
_ORDER = (Style.HEADING1, Style.HEADING2, Style.HEADING3, Style.ITEM)
_BREAK_AFTER = re.compile(r"[，、；：》）”的和及]")
_BREAK_BEFORE = re.compile(r"(?:关于|《|（|“|征求|通知|报告|意见|函$)")


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese figures: 一, 十, 二十一. Raises ValueError outside that range."""
    if not 1 <= number <= 99:
        raise ValueError(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def chinese_date(day: date) -> str:
    """成文日期 in Arabic figures without leading zeros (7.3.5.4): 2026年3月9日."""
    return f"{day.year}年{day.month}月{day.day}日"


def numbered(paragraphs: tuple[Paragraph | Chart, ...]) -> Iterator[tuple[Style, str, str] | tuple[Chart, str, str]]:
    """Style, number and text of each paragraph; a number starts anew under a higher heading (7.3.3).

    A chart comes as itself with its number (图1) and its title with the unit.
    """
    counts = dict.fromkeys(_ORDER, 0)
    charts = 0
    for paragraph in paragraphs:
        if isinstance(paragraph, Chart):
            charts += 1
            unit = f"（单位：{paragraph.unit}）" if paragraph.unit else ""
            yield paragraph, f"图{charts}　", paragraph.title + unit
            continue
        style = paragraph.style
        if style is Style.BODY:
            yield style, "", paragraph.text
            continue
        counts[style] += 1
        for lower in _ORDER[_ORDER.index(style) + 1 :]:
            counts[lower] = 0
        yield style, _label(style, counts[style]), paragraph.text


def _label(style: Style, number: int) -> str:
    if style is Style.HEADING1:
        return f"{chinese_number(number)}、"
    if style is Style.HEADING2:
        return f"（{chinese_number(number)}）"
    return f"{number}." if style is Style.HEADING3 else f"（{number}）"


def mark(paper: Paper) -> str:
    """发文机关标志: the issuer and 文件 (7.2.4); a letter carries the issuer alone (10.1)."""
    return paper.issuer if paper.form is Form.LETTER else f"{paper.issuer}文件"


def front_lines(paper: Paper) -> tuple[str, ...]:
    """份号, 密级 and 紧急程度 as they stand above each other, those that are given (7.2.1 to 7.2.3)."""
    copy = "" if paper.copy_number is None else f"{paper.copy_number:06d}"
    return tuple(line for line in (copy, paper.secrecy, paper.urgency) if line)


def addressee_line(paper: Paper) -> str:
    """主送机关 with its colon; empty when there is none (7.3.2)."""
    return f"{paper.addressee}：" if paper.addressee else ""


def attachment_lines(paper: Paper) -> tuple[tuple[str, str], ...]:
    """附件说明 as pairs of lead and name: ("附件：1.", name), ("2.", name) (7.3.4)."""
    if len(paper.attachments) == 1:
        return (("附件：", paper.attachments[0]),)
    return tuple((f"附件：{n}." if n == 1 else f"{n}.", name) for n, name in enumerate(paper.attachments, start=1))


def copy_to_line(paper: Paper) -> str:
    """The bodies of 抄送, with the full stop that ends them (7.4.2); empty when there are none."""
    return "，".join(paper.copy_to) + "。" if paper.copy_to else ""


def imprint_rows(copy_to: str) -> int:
    """How many lines of size four the 抄送 takes: one character in on both sides, hanging by three."""
    chars = TEXT_WIDTH * MM / SIZE_FOUR - 5
    return math.ceil(width_in_chars(copy_to) / chars)


def printed_line(paper: Paper) -> tuple[str, str] | None:
    """印发机关 and 印发日期 (7.4.3); None for a letter, which has neither (10.1)."""
    if paper.printed_on is None or paper.form is Form.LETTER:
        return None
    return paper.printed_by, f"{chinese_date(paper.printed_on)}印发"


def title_lines(title: str) -> list[str]:
    """The title in lines of like length, broken where a reader would pause (7.3.1).

    Line breaks of the author are kept as they are.
    """
    if "\n" in title:
        return [line.strip() for line in title.splitlines() if line.strip()]
    wanted = -(-_width(title) // (2 * TITLE_CHARS))
    lines: list[str] = []
    rest = title
    for left in range(wanted, 1, -1):
        at = _pause(rest, round(len(rest) / left))
        lines.append(rest[:at])
        rest = rest[at:]
    return [*lines, rest]


def _width(text: str) -> int:
    """Width in half characters: letters and figures of ASCII count one, all others two."""
    return sum(1 if char.isascii() else 2 for char in text)


def width_in_chars(text: str) -> float:
    """Width in whole Chinese characters, figures counting half."""
    return _width(text) / 2


def _pause(text: str, about: int) -> int:
    """Where to break near `about`, never leaving a line longer than the page is wide."""
    places = {m.end() for m in _BREAK_AFTER.finditer(text)} | {m.start() for m in _BREAK_BEFORE.finditer(text)}
    fitting = [at for at in places if abs(at - about) <= max(4, about // 3) and 0 < at <= TITLE_CHARS]
    return min(fitting, key=lambda at: (abs(at - about), -at)) if fitting else min(about, TITLE_CHARS)


def closing_indents(paper: Paper, day: str) -> tuple[float, float]:
    """How far signature and date stand from the right edge, in characters (7.3.5.1, 7.3.5.2).

    With a seal the date stands four in and the signature is centred on it; without, the
    signature stands two in and the date begins two to the right of it.
    """
    sign, dated = width_in_chars(paper.signature), width_in_chars(day)
    if paper.sealed:
        middle = 4 + dated / 2
        if middle < sign / 2:
            middle = sign / 2
        return middle - sign / 2, middle - dated / 2
    if dated + 2 > sign:
        return 2 + (dated + 2 - sign), 2.0
    return 2.0, 2 + sign - 2 - dated
