"""The terms by which articles are found: words, and pairs of neighbouring characters, as 64-bit keys."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

import numpy as np
import rjieba
from numpy.typing import NDArray

LONGEST = 400
"""Of a query only so many characters are read: a question has some forty, and time must stay bounded."""
_TOP = 1 << 63
RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaffa-z0-9]+")


def fold(text: str) -> str:
    """Small letters, half width, nothing else changed in what Chinese texts consist of."""
    return unicodedata.normalize("NFKC", text).lower()


def words(folded: str) -> list[str]:
    """The words of two characters and more, in order, as often as they come."""
    return [word for word in rjieba.cut(folded) if len(word) > 1 and RUN.fullmatch(word)]


def pairs(folded: str) -> list[str]:
    """Neighbouring characters, never across punctuation or white space."""
    return [run[at : at + 2] for run in RUN.findall(folded) for at in range(len(run) - 1)]


def word_key(word: str) -> int:
    """A word's key: 63 bits of a hash, the topmost bit set so that it never meets a pair's."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") | _TOP


def pair_key(pair: str) -> int:
    """A pair's key: its two code points."""
    return ord(pair[0]) << 21 | ord(pair[1])


_KEEP = np.zeros(0x10000, bool)
_KEEP[0x3400:0xA000] = _KEEP[0xF900:0xFB00] = _KEEP[ord("a") : ord("z") + 1] = _KEEP[ord("0") : ord("9") + 1] = True


def pair_keys(folded: str) -> NDArray[np.uint64]:
    """The keys of all pairs of a long text, at array speed; the same pairs as `pairs` finds."""
    points = np.frombuffer(folded.encode("utf-32-le", "replace"), np.uint32)
    if len(points) < 2:
        return np.zeros(0, np.uint64)
    kept = _KEEP[np.minimum(points, 0xFFFF)] & (points < 0x10000)
    both = kept[:-1] & kept[1:]
    return (points[:-1][both].astype(np.uint64) << np.uint64(21)) | points[1:][both].astype(np.uint64)


class Reader:
    """Texts to keys, each word hashed once."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def seen(self, shortest: int, longest: int) -> list[str]:
        """The words read so far, of some lengths."""
        return [word for word in self._known if shortest <= len(word) <= longest]

    def words(self, folded: str) -> NDArray[np.uint64]:
        """The keys of a text's words, as often as they come."""
        known = self._known
        found = []
        for word in words(folded):
            key = known.get(word)
            if key is None:
                key = known[word] = word_key(word)
            found.append(key)
        return np.array(found, np.uint64)


def char_keys(folded: str) -> NDArray[np.uint64]:
    """The keys of single characters, as often as they come: below those of all pairs."""
    points = np.frombuffer(folded.encode("utf-32-le", "replace"), np.uint32)
    points = points[points < 0x10000]
    return points[_KEEP[points]].astype(np.uint64)
