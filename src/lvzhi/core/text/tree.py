"""Below a first-level label: the second and third level, by the words a message has in common with their names.

There are no messages sorted that finely to learn from, so this only compares words with names, inside the label that
was predicted. It is a hint for the person who chooses, not a prediction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lvzhi.core.text.words import content_words

SUBJECT_COUNTS = 3
VAGUE = frozenset("其他 管理 工作 问题 建设 政策 制度 服务 相关 综合 其它 方面 及其".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Leaf:
    """One third-level label under its first and second."""

    first: str
    second: str
    third: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """A label with its score (0 to 1, the share of the best possible) and the words in common."""

    leaf: Leaf
    score: float
    words: tuple[str, ...]


def _stems(text: str) -> set[str]:
    """Words of two characters and the pairs of longer ones: 公租房 and 租房 meet."""
    return {
        word[start : start + 2] for word in content_words(text) if word not in VAGUE for start in range(len(word) - 1)
    }


def suggest(leaves: Iterable[Leaf], first: str, subject: str, text: str, *, most: int = 3) -> list[Likeness]:
    """The likeliest leaves under `first`, best first; none where no word of any name stands in the message.

    A stem that few names have tells more than one of many; a name in the subject counts more than one in the text.
    """
    inside: Sequence[Leaf] = [leaf for leaf in leaves if leaf.first == first]
    in_names = Counter(stem for leaf in inside for stem in _stems(f"{leaf.second} {leaf.third}"))
    said = Counter(_stems(text))
    for stem in _stems(subject):
        said[stem] += SUBJECT_COUNTS
    found = []
    for leaf in inside:
        third, second = _stems(leaf.third), _stems(leaf.second) - _stems(leaf.third)
        worth = {stem: 1 / in_names[stem] for stem in third} | {stem: 0.5 / in_names[stem] for stem in second}
        gain = sum(value * said[stem] for stem, value in worth.items())
        best = (1 + SUBJECT_COUNTS) * sum(worth.values())
        if gain > 0:
            words = tuple(sorted((stem for stem in worth if said[stem]), key=lambda stem: (-worth[stem], stem)))
            found.append((gain, Likeness(leaf, round(gain / best, 3), words)))
    found.sort(key=lambda pair: (-pair[0], pair[1].leaf.second, pair[1].leaf.third))
    return [likeness for _, likeness in found[:most]]
