"""Index terms that never miss a hit, and segmented queries that stay precise.

A text is indexed by every character and every pair of neighbouring characters of its Chinese runs, and by whole
words of its Latin and digit runs. A query is segmented into words (rjieba); a word asks for all its pairs, and
the caller keeps rows that really contain the word. So whatever contains the word is found, also where the
segmenter would have cut the text elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import rjieba

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[0-9a-z]+", re.IGNORECASE)
MOST_TERMS = 12


def normalise(text: str) -> str:
    """The form in which text is compared: NFKC, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def _is_word(run: str) -> bool:
    return run.isascii()


def grams(text: str) -> list[str]:
    """Every index term of `text`, each once, in order of first appearance."""
    found: dict[str, None] = {}
    for run in _RUN.findall(normalise(text)):
        if _is_word(run):
            found[run] = None
            continue
        for start, char in enumerate(run):
            found[char] = None
            pair = run[start : start + 2]
            if len(pair) == 2:
                found[pair] = None
    return list(found)


def _asked(word: str) -> list[str]:
    """The index terms a word needs; a single Chinese character is its own term."""
    if _is_word(word) or len(word) == 1:
        return [word]
    return [word[start : start + 2] for start in range(len(word) - 1)]


@dataclass(frozen=True, slots=True)
class Terms:
    """A segmented query: the words that must all appear, and the index terms they need."""

    words: tuple[str, ...]
    needed: tuple[str, ...]

    @property
    def to_check(self) -> tuple[str, ...]:
        """Words the index alone cannot vouch for: three or more Chinese characters."""
        return tuple(word for word in self.words if not _is_word(word) and len(word) > 2)


@lru_cache(maxsize=4096)
def terms(query: str) -> Terms:
    """Segment a query. At most twelve words count; a query without words gives empty terms."""
    words: dict[str, None] = {}
    for run in _RUN.findall(normalise(query)[:200]):
        pieces = [run] if _is_word(run) else rjieba.cut(run, True)
        for piece in pieces:
            words[piece] = None
    kept = tuple(words)[:MOST_TERMS]
    needed = dict.fromkeys(gram for word in kept for gram in _asked(word))
    return Terms(kept, tuple(needed))


def snippet(text: str, words: tuple[str, ...], width: int = 90) -> str:
    """A piece of `text` around the first word found, with … where it was cut."""
    flat = " ".join(text.split())
    lowered = normalise(flat)
    if len(lowered) != len(flat):  # a character that changes length when normalised: show from the start
        return flat[:width] + ("…" if len(flat) > width else "")
    places = [place for place in (lowered.find(word) for word in words) if place >= 0]
    start = max(0, min(places) - width // 3) if places else 0
    piece = flat[start : start + width]
    return ("…" if start else "") + piece + ("…" if start + width < len(flat) else "")


def highlight(text: str, words: tuple[str, ...]) -> list[tuple[str, bool]]:
    """`text` in pieces, each with whether it is a hit; the longest word wins where words overlap."""
    if not words:
        return [(text, False)]
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    pieces: list[tuple[str, bool]] = []
    last = 0
    for hit in pattern.finditer(text):
        if hit.start() > last:
            pieces.append((text[last : hit.start()], False))
        pieces.append((hit.group(), True))
        last = hit.end()
    if last < len(text):
        pieces.append((text[last:], False))
    return pieces
