"""Whether a reply speaks of what was asked, by what the two have in common: only plain cases are found."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from lvzhi.core.text.words import content_words, normal

ENOUGH = 5
"""A subject with fewer pairs of characters is not held against a reply."""
FEW = 3
"""Nor is a point with fewer than these."""
_FIGURE = re.compile(r"\d{2,}")


def _stems(text: str) -> set[str]:
    """Pairs of characters of the words that carry meaning: 公租房 and 租房 meet."""
    return {word[start : start + 2] for word in content_words(text) for start in range(len(word) - 1)}


def _signs(text: str) -> set[str]:
    """Characters of the words that carry meaning, and figures: 噪音 and 音量 meet."""
    return {char for word in content_words(text) for char in word if not char.isascii()} | set(
        _FIGURE.findall(normal(text))
    )


def unaddressed(reply: str, subject: str, asked: Collection[str]) -> bool:
    """Whether nothing in the reply belongs to the matter: no word, hardly a character of its subject."""
    about = _stems(subject) | {stem for words in asked for stem in _stems(words)}
    if len(_stems(subject)) < ENOUGH or len(about) < ENOUGH:
        return False
    return not about & _stems(reply) and len(_signs(subject) & _signs(reply)) <= 1


def untouched(reply: str, asked: Sequence[str]) -> list[str]:
    """Points of which no word stands in the reply. A hint where to look, no finding: an answer may use other words."""
    said = _stems(reply)
    return [words for words in asked if len(_stems(words)) >= FEW and not _stems(words) & said]
