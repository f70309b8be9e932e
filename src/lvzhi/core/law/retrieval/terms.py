"""A query's terms: its words, pairs and characters, and the words of the law for what it says in everyday ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.synonyms import meant
from lvzhi.core.law.retrieval.words import char_keys, pair_key, pairs, word_key, words

Keys = NDArray[np.uint64]


@dataclass(frozen=True)
class Terms:
    """Each term once: words and pairs as written, and the keys of all. `meant_*` stand for what was said otherwise."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    word_keys: Keys
    pair_keys: Keys
    char_keys: Keys
    meant_words: Keys
    meant_pairs: Keys
    length: int

    @staticmethod
    def of(folded: str) -> Terms:
        """Of a text that went through `fold`."""
        written = tuple(dict.fromkeys(words(folded)))
        paired = tuple(dict.fromkeys(pairs(folded)))
        other = meant(folded)
        other_words = {word for each in other for word in words(each)} - set(written)
        other_pairs = {pair for each in other for pair in pairs(each)} - set(paired)
        return Terms(
            written, paired, _keys(map(word_key, written)), _keys(map(pair_key, paired)), np.unique(char_keys(folded)),
            _keys(map(word_key, sorted(other_words))), _keys(map(pair_key, sorted(other_pairs))), len(folded),
        )  # fmt: skip


def _keys(found: map[int]) -> Keys:
    return np.array([*found], np.uint64)
