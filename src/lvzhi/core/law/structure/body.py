"""What stands inside an article, a clause, a preamble or an annex: 款, 项, 目, tables, signatures."""

from __future__ import annotations

from collections.abc import Sequence

from lvzhi.core.law.structure.drafts import Draft, Line, Sheet
from lvzhi.core.law.structure.lines import SPACE, Mark, is_date, marker, words_at
from lvzhi.core.law.structure.model import Level

_DEPTHS = (Level.ITEM, Level.POINT, Level.SUBPOINT)
_SIGNED = 30
"""A line of a signature has at most so many characters."""


class Filling:
    """The state while the lines below one owner are read."""

    def __init__(self, sheet: Sheet, owner: Draft) -> None:
        self.sheet = sheet
        self.owner = owner
        self.paragraph: Draft | None = None
        self.lists: list[Draft] = []
        self.table: Draft | None = None

    def plain(self, line: Line, ahead: Mark | None) -> None:
        """A line without a number: a new 款, or more of the item when its list goes on behind it."""
        if self.lists and ahead is not None and self._goes_on(ahead):
            item = self.lists[-1]
            piece = self.sheet.add(Level.CONTINUED, line, item)
            piece.number = str(int(item.count(Level.CONTINUED)) + 1)
            return
        self.lists.clear()
        self.paragraph = self.sheet.add(Level.PARAGRAPH, line, self.owner)
        self.paragraph.number = self.owner.count(Level.PARAGRAPH)

    def item(self, line: Line, mark: Mark) -> bool:
        """A numbered line; False when its number does not fit, so that it is no list item."""
        depth = next((at for at, item in enumerate(self.lists) if item.style is mark.style), len(self.lists))
        if depth == len(self.lists):
            if mark.number not in ("1", "a"):
                return False
        elif not _follows(self.lists[depth].number, mark.number):
            return False
        del self.lists[depth:]
        above = self.lists[-1] if self.lists else self.paragraph or self.owner
        self.lists.append(self.sheet.add(_DEPTHS[min(depth, 2)], line, above, mark))
        return True

    def row(self, line: Line, *, begins: bool) -> None:
        """A line of a table: the whole table is one unit."""
        if begins or self.table is None:
            above = self.lists[-1] if self.lists else self.paragraph or self.owner
            self.table = self.sheet.add(Level.TABLE, line, above)
            self.table.number = above.count(Level.TABLE)

    def _goes_on(self, ahead: Mark) -> bool:
        return any(
            item.style is ahead.style and ahead.number.isdigit() and int(ahead.number) == int(item.number) + 1
            for item in self.lists
            if item.number.isdigit()
        )


def fill(sheet: Sheet, owner: Draft, lines: Sequence[Line], *, ends: bool = False) -> None:
    """Read the lines below `owner` into 款, 项 and 目. `ends`: a signature may close them."""
    signed = _signature(lines) if ends else len(lines)
    marks = [marker(line.text, words_at(line.text)) for line in lines[:signed]]
    ahead: list[Mark | None] = [None] * (len(marks) + 1)
    for at in range(len(marks) - 1, -1, -1):
        ahead[at] = marks[at] or ahead[at + 1]
    state = Filling(sheet, owner)
    in_table = False
    for at, (line, mark) in enumerate(zip(lines, marks, strict=False)):
        stripped = line.text.strip(SPACE)
        if stripped.startswith("<!--"):
            in_table = "TABLE" in stripped and "END" not in stripped
            if not in_table or "-->" not in stripped:
                state.table = None
            sheet.add(Level.MARK, line, owner)
            continue
        if stripped.startswith("|") or in_table:
            state.row(line, begins=state.table is None)
            continue
        state.table = None
        if mark is None or not state.item(line, mark):
            state.plain(line, ahead[at + 1])
    if signed < len(lines):
        close(sheet, lines[signed:])


def close(sheet: Sheet, lines: Sequence[Line]) -> None:
    """The signature: who issued it, and when."""
    for count, line in enumerate(lines, 1):
        sheet.add(Level.SIGNATURE, line).number = str(count)


def _follows(last: str, number: str) -> bool:
    if last.isdigit() and number.isdigit():
        return int(number) == 1 or int(last) < int(number) <= int(last) + 3
    return len(last) == len(number) == 1 and 0 <= ord(number) - ord(last) <= 3


def _signature(lines: Sequence[Line]) -> int:
    """Where the signature begins: a last line that is a date, and the short lines before it; len(lines) if none."""
    if not lines or not is_date(lines[-1].text):
        return len(lines)
    at = len(lines) - 1
    while at > 0 and len(lines) - at < 6 and _is_organ(lines[at - 1].text):
        at -= 1
    return at


def _is_organ(text: str) -> bool:
    words = text.strip(SPACE)
    return (
        len(words) <= _SIGNED and not words.endswith(("。", "；", "：", "！", "，", "、")) and marker(words, 0) is None
    )
