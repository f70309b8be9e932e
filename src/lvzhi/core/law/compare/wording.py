"""What changed inside an article, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from lvzhi.core.law.compare.align import words
from lvzhi.core.law.compare.model import Mark, Piece

_MOST = 6_000
"""Beyond so many words the paragraphs are paired first: matching words takes time with the square of their number."""


_WIDE = str.maketrans({":": "：", ",": "，", ";": "；", "(": "（", ")": "）", "<": "〈", ">": "〉"})
"""How marks are typed differs between files; it is no change of the law."""


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The words of both texts in one row, each marked. What is the same is shown as the new text writes it."""
    if old == new:
        return (Piece(Mark.SAME, new),) if new else ()
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
    return _joined([Piece(Mark.SAME, start), *inner, Piece(Mark.SAME, end)])


def _same(one: str, two: str) -> bool:
    return one == two or one.translate(_WIDE) == two.translate(_WIDE)


def _inner(one: Sequence[str], two: Sequence[str]) -> list[Piece]:
    if len(one) + len(two) > _MOST:
        one, two = _by_line(one), _by_line(two)
    found: list[Piece] = []
    keys = [word.translate(_WIDE) for word in one], [word.translate(_WIDE) for word in two]
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


def _by_line(tokens: Sequence[str]) -> list[str]:
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
