"""What changed inside an article, word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from lvzhi.core.law.compare.align import bag, words
from lvzhi.core.law.compare.model import Mark, Piece

_MOST = 6_000
"""Beyond so many words the paragraphs are paired first: matching words takes time with the square of their number."""


_MOST_PAIRS = 40_000
"""Beyond so many pairs of lines the words are matched straight through."""
_ALIKE = 0.35
"""From this likeness on, two lines may be one."""
_MOST_WORK = 2_000_000
"""Beyond so many pairs of equal words, as in a text that repeats itself, the whole stretch counts as rewritten."""
_WIDE = str.maketrans({":": "：", ",": "，", ";": "；", "(": "（", ")": "）", "<": "〈", ">": "〉"})
"""How marks are typed differs between files; it is no change of the law."""


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The words of both texts in one row, each marked. What is the same is shown as the new text writes it."""
    if old == new:
        return (Piece(Mark.SAME, new),) if new else ()
    one, two = old.splitlines(keepends=True), new.splitlines(keepends=True)
    through = _joined(_marked(old, new))
    if len(one) + len(two) == 2 or len(one) * len(two) > _MOST_PAIRS:
        return through
    lined = _joined(piece for before, after in _by_line(one, two) for piece in _marked(before, after))
    # A paragraph cut in two is one line against two: there the straight comparison shows less as changed.
    return lined if _changed(lined) <= _changed(through) * 1.15 + 8 else through


def _changed(found: Sequence[Piece]) -> int:
    return sum(len(piece.text) for piece in found if piece.mark is not Mark.SAME)


def _by_line(one: Sequence[str], two: Sequence[str]) -> list[tuple[str, str]]:
    """Lines that belong together, in order; a line of one side alone stands beside an empty text.

    The numbers of items shift when one is inserted: so lines are paired by their words before words are.
    """
    bags = [bag(line) for line in one], [bag(line) for line in two]
    sums = [sum(each.values()) for each in bags[0]], [sum(each.values()) for each in bags[1]]
    best = [[0.0] * (len(two) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) - 1, -1, -1):
        for j in range(len(two) - 1, -1, -1):
            alike = 2 * sum((bags[0][i] & bags[1][j]).values()) / ((sums[0][i] + sums[1][j]) or 1)
            paired = best[i + 1][j + 1] + alike if alike >= _ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    found: list[tuple[str, str]] = []
    i = j = 0
    while i < len(one) or j < len(two):
        if i < len(one) and best[i][j] == best[i + 1][j]:
            found.append((one[i], ""))
            i += 1
        elif j < len(two) and best[i][j] == best[i][j + 1]:
            found.append(("", two[j]))
            j += 1
        else:
            found.append((one[i], two[j]))
            i, j = i + 1, j + 1
    return found


def _marked(old: str, new: str) -> list[Piece]:
    """The words of two texts; what both begin or end with is not looked at twice."""
    one, two = words(old), words(new)
    shorter = min(len(one), len(two))
    head = 0
    while head < shorter and _same(one[head], two[head]):
        head += 1
    tail = 0
    while tail < shorter - head and _same(one[-1 - tail], two[-1 - tail]):
        tail += 1
    inner = _inner(one[head : len(one) - tail], two[head : len(two) - tail])
    start, end = "".join(two[:head]), "".join(two[len(two) - tail :])
    return [Piece(Mark.SAME, start), *inner, Piece(Mark.SAME, end)]


def _same(one: str, two: str) -> bool:
    return one == two or one.translate(_WIDE) == two.translate(_WIDE)


def _inner(one: Sequence[str], two: Sequence[str]) -> list[Piece]:
    if len(one) + len(two) > _MOST:
        one, two = _sentences(one), _sentences(two)
    found: list[Piece] = []
    keys = [word.translate(_WIDE) for word in one], [word.translate(_WIDE) for word in two]
    if _work(*keys) > _MOST_WORK:
        return [Piece(Mark.DELETED, "".join(one)), Piece(Mark.INSERTED, "".join(two))]
    matcher = SequenceMatcher(None, *keys, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found.append(Piece(Mark.SAME, "".join(two[c:d])))
            continue
        if a < b:
            found.append(Piece(Mark.DELETED, "".join(one[a:b])))
        if c < d:
            found.append(Piece(Mark.INSERTED, "".join(two[c:d])))
    return _settled(found)


def _work(one: Sequence[str], two: Sequence[str]) -> int:
    """How many pairs of equal words there are: with it grows the time of matching."""
    times = Counter(two)
    return sum(times[word] for word in one)


def _sentences(tokens: Sequence[str]) -> list[str]:
    """Whole sentences instead of words, for very long texts."""
    found, at = [], ""
    for token in tokens:
        at += token
        if token.endswith(("\n", "。", "；")):
            found.append(at)
            at = ""
    return [*found, at] if at else found


def _settled(found: Sequence[Piece]) -> list[Piece]:
    """A single character that happens to be the same between two changes is part of the change: it reads better."""
    kept: list[Piece] = []
    for at, piece in enumerate(found):
        lone = piece.mark is Mark.SAME and len(piece.text.strip()) <= 1 and "\n" not in piece.text
        inside = 0 < at < len(found) - 1 and found[at - 1].mark is not Mark.SAME and found[at + 1].mark is not Mark.SAME
        if lone and inside and piece.text.strip():
            kept += [Piece(Mark.DELETED, piece.text), Piece(Mark.INSERTED, piece.text)]
        else:
            kept.append(piece)
    return kept


def _joined(found: Iterable[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one mark as one; between two unchanged stretches first what was deleted, then what came."""
    kept: list[Piece] = []
    gone, come = "", ""
    for piece in [*found, Piece(Mark.SAME, "")]:
        if piece.mark is Mark.DELETED:
            gone += piece.text
        elif piece.mark is Mark.INSERTED:
            come += piece.text
        elif piece.text or not (gone or come):
            kept += [each for each in (Piece(Mark.DELETED, gone), Piece(Mark.INSERTED, come)) if each.text]
            gone = come = ""
            if piece.text:
                if kept and kept[-1].mark is Mark.SAME:
                    kept[-1] = Piece(Mark.SAME, kept[-1].text + piece.text)
                else:
                    kept.append(piece)
        else:
            kept += [each for each in (Piece(Mark.DELETED, gone), Piece(Mark.INSERTED, come)) if each.text]
            gone = come = ""
    return tuple(kept)
