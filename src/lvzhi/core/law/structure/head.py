"""The head of a text: its title, also when it is broken over lines, and the lines of its history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lvzhi.core.law.structure.drafts import Draft, Line, Sheet
from lvzhi.core.law.structure.history import DATE, is_event
from lvzhi.core.law.structure.lines import SPACE, article, heading, marker, words_at
from lvzhi.core.law.structure.model import Level

_MOST = 80
"""A head has at most so many lines with words."""
_AMENDS = re.compile(r"修正案|^[^《]{0,40}关于(?:修改|修订|修正|废止)|修改.{0,60}决定$")
_NUMBER = re.compile(
    r"[（(]?[\u4e00-\u9fff]{1,8}[〔［\[(（]\d{4}[〕］\])）]第?\d+号[）)]?$|[（(]?第?[\d一二三四五六七八九十百零〇]+号[）)]?$"
)
_ISSUED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_ENDS = tuple("。；！？：，")


@dataclass(slots=True)
class Head:
    """What the head says: the title joined to one line, and the lines of the history with what continues them."""

    title: str = ""
    history: list[tuple[int, str]] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    part: Draft | None = None


def amends(title: str) -> bool:
    """Whether a text with this title changes another: its 第…条 are then mostly those of the other."""
    return _AMENDS.search(title) is not None


def read(sheet: Sheet, lines: Sequence[Line]) -> tuple[int, Head]:
    """Read the head; how many of the lines it takes, and what it says."""
    end = next((at for at, line in enumerate(lines[:_MOST]) if "<!-- INFO END -->" in line.text), -1)
    found = Head()
    count = _marked(sheet, lines[: end + 1], found) if end >= 0 else _plain(sheet, lines, found)
    if not found.title:
        sheet.note(1, "title_missing")
    return count, found


def _squeezed(text: str) -> str:
    return "".join(text.split()).strip("#" + SPACE)


def _marked(sheet: Sheet, lines: Sequence[Line], found: Head) -> int:
    """The head of the Markdown layout, closed by a comment."""
    unread: list[Line] = []
    for line in lines[:-1]:
        text = line.text.strip(SPACE)
        if text.startswith("# ") and not found.title:
            found.title = text[2:].strip(SPACE)
            sheet.add(Level.TITLE, line)
        elif text.startswith("#"):
            found.part = sheet.add(Level.PART, line)
            found.part.heading = text.strip("#" + SPACE)
        elif _continues(found):
            found.history[-1] = (found.history[-1][0], found.history[-1][1] + text)
            sheet.add(Level.HISTORY, line)
        elif DATE.search(text) and is_event(text):
            found.history.append((line.number, text))
            sheet.add(Level.HISTORY, line)
        elif _squeezed(text) and _squeezed(text) in _squeezed(found.title):
            sheet.add(Level.TITLE, line)
            sheet.note(line.number, "title_broken")
        elif _NUMBER.match(_squeezed(text)):
            found.numbers.append(_squeezed(text))
            sheet.add(Level.NOTE, line)
        else:
            sheet.add(Level.NOTE, line)
            unread.append(line)
    sheet.add(Level.MARK, lines[-1])
    _late_acts(sheet, found, unread)
    return len(lines)


def again(sheet: Sheet, lines: Sequence[Line], found: Head) -> int:
    """The title repeated at the head of the body, over several lines, with the text's number: how many lines."""
    title, seen, at = _squeezed(found.title), "", 0
    while at < min(len(lines), 8) and seen != title and title.startswith(seen + _squeezed(lines[at].text)):
        seen += _squeezed(lines[at].text)
        at += 1
    if not title or seen != title:
        return 0
    for line in lines[:at]:
        sheet.add(Level.TITLE, line)
    while at < len(lines) and (not _squeezed(lines[at].text) or _NUMBER.match(_squeezed(lines[at].text))):
        if number := _squeezed(lines[at].text):
            found.numbers.append(number.strip("（）()"))
        sheet.add(Level.NOTE, lines[at])
        at += 1
    return at


def _continues(found: Head) -> bool:
    return bool(found.history) and found.history[-1][1].count("《") > found.history[-1][1].count("》")


def _late_acts(sheet: Sheet, found: Head, unread: Sequence[Line]) -> None:
    """Lines such as 国家档案局发布 or 发布之日施行 belong to the dated line before them."""
    for line in unread:
        text = line.text.strip(SPACE)
        before = [at for at, (number, _) in enumerate(found.history) if number < line.number]
        if before and len(text) <= 20 and not text.endswith(_ENDS):
            at = before[-1]
            found.history[at] = (found.history[at][0], f"{found.history[at][1]} {text}")
        elif is_event(text) and len(text) < 80 and not text.startswith("关于"):
            found.history.append((line.number, text))
        else:
            sheet.note(line.number, "head_line_unread", text[:40])


def _plain(sheet: Sheet, lines: Sequence[Line], found: Head) -> int:
    """The head of a plain text: an order that publishes it, the title, the history in brackets."""
    at = _order(sheet, lines)
    first = at
    while at < len(lines) and at - first < 5 and _is_title(lines[at], first=at == first):
        if at > first and _squeezed(found.title).startswith(_squeezed(lines[at].text)):
            break  # the title is repeated: see `again`
        sheet.add(Level.TITLE, lines[at])
        found.title += lines[at].text[words_at(lines[at].text) :].strip(SPACE)
        at += 1
        if _complete(found.title, lines, at):
            break
    if at - first > 1:
        sheet.note(lines[first].number, "title_broken")
    return _under_title(sheet, lines, at, found)


def _complete(title: str, lines: Sequence[Line], at: int) -> bool:
    """Whether the title ends here: what follows is no further line of it."""
    if at >= len(lines):
        return True
    balanced = title.count("《") == title.count("》") and title.count("（") == title.count("）")
    text = lines[at].text.strip(SPACE)
    return balanced and (text.startswith("#") or text.endswith(_ENDS) or len(text) > 40)


def _under_title(sheet: Sheet, lines: Sequence[Line], at: int, found: Head) -> int:
    opened, begun = 0, at
    while at < len(lines) and at - begun < _MOST:
        text = lines[at].text.strip(SPACE)
        fresh = opened <= 0
        bracketed = text.startswith(("（", "(")) and (DATE.search(text) or is_event(text))
        dated = DATE.match(text) and is_event(text) and not text.endswith("。") and len(text) < 200
        if fresh and _NUMBER.match(_squeezed(text)) and len(text) < 40:
            found.numbers.append(_squeezed(text))
            sheet.add(Level.NOTE, lines[at])
        elif fresh and (bracketed or dated):
            found.history.append((lines[at].number, text))
            sheet.add(Level.HISTORY, lines[at])
            opened = _depth(text)
        elif not fresh:
            found.history[-1] = (found.history[-1][0], found.history[-1][1] + text)
            sheet.add(Level.HISTORY, lines[at])
            opened += _depth(text)
        else:
            break
        at += 1
    return at


def _depth(text: str) -> int:
    return sum(text.count(char) for char in "（(") - sum(text.count(char) for char in "）)")


def _order(sheet: Sheet, lines: Sequence[Line]) -> int:
    """Where the title stands behind an order that publishes the text (…令 第…号 《X》已由…通过，现予公布)."""
    for at, line in enumerate(lines[:12]):
        named = _ISSUED.search(line.text) if re.search("公布|印发|发布", line.text) else None
        if named is None:
            continue
        title = _squeezed(named[1])
        for below in range(at + 1, min(len(lines), at + 12)):
            if _squeezed(lines[below].text) and title.startswith(_squeezed(lines[below].text)):
                for above in lines[:below]:
                    sheet.add(Level.NOTE, above)
                return below
    return 0


def _is_title(line: Line, *, first: bool) -> bool:
    text = line.text.strip(SPACE)
    at = words_at(line.text)
    if text.endswith(_ENDS) or len(text) > 100 or text.startswith("<!--") or (text.startswith("#") and not first):
        return False
    if not first and (text.startswith(("（", "(", "目")) or DATE.match(text) or _NUMBER.match(_squeezed(text))):
        return False
    numbered = article(line.text, at) or heading(line.text, at) or marker(line.text, at)
    return numbered is None and "".join(text.split()) not in ("目录", "目次")
