"""A query's terms: its words, pairs and characters, and the words of the law for what it says in everyday ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.synonyms import meant
from lvzhi.core.law.retrieval.words import RUN, char_keys, pair_key, pairs, word_key, words

Keys = NDArray[np.uint64]
_ASKING = re.compile(
    "请问|想问|问一下|为什么|怎么办|怎么样|怎么|怎样|什么样的|什么|哪些|哪个|哪里|多少|是不是|能不能|可不可以|会不会|有没有|要不要|该不该"
    "|谁|(?<!自)我们?(?!国)|你们?|[吗呢吧啊呀了](?=[^\\u3400-\\u9fff]|$)"
)
"""Words of asking say nothing of what is asked; laws hardly use them, so the few articles that do would come first."""


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
        said = _ASKING.sub(" ", folded)
        said = said if RUN.search(said) else folded
        written = tuple(dict.fromkeys(words(said)))
        paired = tuple(dict.fromkeys(pairs(said)))
        other = meant(folded)
        other_words = {word for each in other for word in words(each)} - set(written)
        other_pairs = {pair for each in other for pair in pairs(each)} - set(paired)
        return Terms(
            written, paired, _keys(map(word_key, written)), _keys(map(pair_key, paired)), np.unique(char_keys(said)),
            _keys(map(word_key, sorted(other_words))), _keys(map(pair_key, sorted(other_pairs))), len(folded),
        )  # fmt: skip


def _keys(found: map[int]) -> Keys:
    return np.array([*found], np.uint64)
