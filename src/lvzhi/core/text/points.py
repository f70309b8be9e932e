"""What a message asks for, point by point, so that an answer can be held against each."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST = 12
"""More points than these are not told apart: the message is one long account."""
LONGEST = 120
SHORTEST = 6

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
_CHINESE = "一二三四五六七八九十"
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chinese", re.compile(
        r"(?:^|(?<=[\s。；;：:！!？?，,）)]))(?P<n>[一二三四五六七八九十]{1,2})[、.．，:：](?!\s*$)")),
    ("bracketed_chinese", re.compile(r"[（(](?P<n>[一二三四五六七八九十]{1,2})[)）]")),
    ("ordinal", re.compile(
        r"(?:^|(?<=[\s。；;：:！!？?，,]))第(?P<n>[一二三四五六七八九十]|\d{1,2})(?:点|条|个问题|个)?[、，,：:.]")),
    ("first", re.compile(r"(?:^|(?<=[\s。；;：:！!？?，,]))(?P<n>[一二三四五六七八九])(?:是|来)(?!一)")),
    ("number", re.compile(r"(?:^|(?<=[^\d.．A-Za-z\-]))(?P<n>\d{1,2})(?:[、．]|\.(?!\d)|，(?=[^\d]))\s*(?=[^\s\d])")),
    ("bracketed", re.compile(
        r"(?:^|(?<=[^\d]))[（(](?P<n>\d{1,2})[)）](?!\d)|(?:^|(?<=[\s。；;：:]))(?P<m>\d{1,2})[)）]")),
    ("circled", re.compile(rf"(?P<n>[{_CIRCLED}])")),
)  # fmt: skip
_ALSO = re.compile(
    r"(?:^|(?<=[。；;！!？?\n]))\s*(?:另外|此外|还有(?:一|就|个|，|,)|其次|再者|再次|同时(?:也?请|希望|建议|，)|另"
    r"|最后(?:，|一点|一个)|第二个问题|顺便)[，,：:]?"
)
_ASKED = re.compile(r"[^。！!？?；;\n]*[？?]")
_ASKING = re.compile(
    r"(?:请问|能否|可否|是否|能不能|可不可以|是不是|什么时候|何时|怎么|如何|为什么|为何|多少|哪|有没有|吗|呢|几时"
    r"|多久|谁|什么)"
)  # fmt: skip
_RHETORICAL = re.compile(
    r"难道|凭什么|何在|天理|良心|怎么能|怎能|岂|有没有王法|还有没有|谁来管|管不管|您好|你好吗|知道吗|对吧|是吧|何必"
    r"|于心何忍|哪里去了|难不成|情何以堪"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that is asked; `text[start:end]` holds it, `words` is it in short (at most `LONGEST` characters)."""

    start: int
    end: int
    words: str


def points(text: str) -> list[Point]:
    """The points a message makes, in order. One point, the whole message, where it is not plain that there are more.

    Told apart are numbered lists (一、 1. (1) ① 第一，), "另外/此外/其次…", and, where there is neither, two or more
    genuine questions that differ. An empty text has no points.
    """
    if not text.strip():
        return []
    for cut in (_numbered(text), _added(text), _questions(text)):
        made = [_point(text, start, end) for start, end in cut]
        kept = [point for point in made if len(point.words) >= SHORTEST]
        if 2 <= len(kept) <= MOST:
            return kept
    return [_point(text, 0, len(text))]


def _point(text: str, start: int, end: int) -> Point:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" \t\r\n\u3000，,。；;、"))
    piece = text[start:end].rstrip(" \t\r\n\u3000，,；;、")
    flat = re.sub(r"\s+", " ", piece).strip()
    return Point(start, start + len(piece), flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…")


def _value(sign: str) -> int:
    if sign.isascii() and sign.isdigit():
        return int(sign)
    if sign in _CIRCLED:
        return _CIRCLED.index(sign) + 1
    tens, _, ones = sign.partition("十")
    if "十" in sign:
        return (_CHINESE.index(tens) + 1 if tens else 1) * 10 + (_CHINESE.index(ones) + 1 if ones else 0)
    return _CHINESE.index(sign[0]) + 1


def _numbered(text: str) -> list[tuple[int, int]]:
    """The pieces of the first kind of numbering that counts from one upwards without a gap."""
    best: list[tuple[int, int]] = []
    for _name, form in _FORMS:
        marks: list[re.Match[str]] = []
        for hit in form.finditer(text):
            sign = hit.groupdict().get("n") or hit.groupdict().get("m") or ""
            if _value(sign) == len(marks) + 1:
                marks.append(hit)
        if len(marks) >= 2 and (not best or marks[0].start() < best[0][0]):
            ends = [mark.start() for mark in marks[1:]] + [_last_end(text, marks[-1].end())]
            best = [(mark.end(), end) for mark, end in zip(marks, ends, strict=True)]
    return best


def _last_end(text: str, start: int) -> int:
    """Where the last item ends: its paragraph, so that a greeting at the end is no part of it."""
    stop = text.find("\n", start)
    return stop if stop - start >= SHORTEST else len(text)


def _added(text: str) -> list[tuple[int, int]]:
    """What stands before the first "另外", and what stands from each on."""
    marks = list(_ALSO.finditer(text))
    if not marks or not text[: marks[0].start()].strip():
        return []
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(text)]
    return list(zip(starts, ends, strict=True))


def _questions(text: str) -> list[tuple[int, int]]:
    """Sentences that ask, without those that only complain in the form of a question, each once."""
    found: dict[str, tuple[int, int]] = {}
    for hit in _ASKED.finditer(text):
        sentence = hit.group().strip(" \u3000\n？?")
        if len(sentence) >= SHORTEST and _ASKING.search(sentence) and not _RHETORICAL.search(sentence):
            found.setdefault(sentence, hit.span())
    return list(found.values())
