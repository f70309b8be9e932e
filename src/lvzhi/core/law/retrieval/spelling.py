"""Slips of the keys inside a query: a term with one character wrong, or two neighbours swapped, is put right.

Only where a slip shows: a character that no article holds beside either of its neighbours. Terms are words of four to
eight characters that several articles hold, and names of laws; shorter ones are too near to one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.store import Array, Strings, pack
from lvzhi.core.law.retrieval.words import RUN, word_key

SHORT, LONG = 4, 8
_LEAST = 3
"""A word that fewer articles hold is no term people are led to."""
_ANY = "\0"
_MOST_PLACES = 12


def arrays_of(words: Sequence[str], held: Sequence[int], names: Iterable[str]) -> dict[str, Array]:
    """The terms of an index: words with how many articles hold each, and the names of its laws."""
    chosen = {word for word, count in zip(words, held, strict=True) if count >= _LEAST}
    terms = sorted(each for each in {*chosen, *names} if SHORT <= len(each) <= LONG)
    keys = [(word_key(shape), place) for place, word in enumerate(terms) for shape in _shapes(word)]
    keys.sort()
    blob, ends = pack(terms)
    return {
        "spell_blob": blob, "spell_ends": ends, "spell_keys": np.array([key for key, _place in keys], np.uint64),
        "spell_places": np.array([place for _key, place in keys], np.int32),
    }  # fmt: skip


def _shapes(word: str) -> list[str]:
    """The word with each character left open in turn."""
    return [word[:at] + _ANY + word[at + 1 :] for at in range(len(word))]


class Spelling:
    """The terms of an opened index. `known` says of pairs of characters whether any article holds them."""

    def __init__(self, arrays: Mapping[str, Array], known: Callable[[Sequence[str]], NDArray[np.bool_]]) -> None:
        self._terms = Strings(arrays["spell_blob"], arrays["spell_ends"])
        self._keys = arrays["spell_keys"]
        self._places = arrays["spell_places"]
        self._known = known

    def mend(self, folded: str) -> str:
        """The query with slips put right; most queries come back as they are."""
        for found in reversed(list(RUN.finditer(folded))):
            mended = self._mend_run(found[0])
            if mended != found[0]:
                folded = folded[: found.start()] + mended + folded[found.end() :]
        return folded

    def _mend_run(self, run: str) -> str:
        if len(run) < SHORT or not len(self._keys):
            return run
        strange = ~self._known([run[at : at + 2] for at in range(len(run) - 1)])
        before = np.concatenate([[True], strange])  # at the edge of a run nothing speaks against a slip
        after = np.concatenate([strange, [True]])
        for at in np.flatnonzero(before & after)[:_MOST_PLACES]:
            if mended := self._replaced(run, int(at)):
                return mended
        for at in np.flatnonzero(strange)[:_MOST_PLACES]:
            if mended := self._swapped(run, int(at)):
                return mended
        return run

    def _replaced(self, run: str, at: int) -> str:
        """The run with the character at a place exchanged so that a term comes out; empty where none does, or two."""
        for size in range(min(LONG, len(run)), SHORT - 1, -1):
            for start in range(max(0, at + 1 - size), min(at, len(run) - size) + 1):
                if at in (start, start + size - 1) and (size == SHORT or at in (0, len(run) - 1)):
                    continue  # 行政许可吗 is no slip for 行政许可法, nor is 做保证人 one for 被保证人
                piece = run[start : start + size]
                found = self._of(piece[: at - start] + _ANY + piece[at - start + 1 :])
                if len(found) == 1:
                    return run[:start] + self._terms[found[0]] + run[start + size :]
        return ""

    def _swapped(self, run: str, at: int) -> str:
        """The run with the character at a place and the next one swapped, where that makes a term."""
        turned = run[:at] + run[at + 1] + run[at] + run[at + 2 :]
        for size in range(min(LONG, len(run)), SHORT - 1, -1):
            for start in range(max(0, at + 2 - size), min(at, len(run) - size) + 1):
                piece = turned[start : start + size]
                if any(self._terms[place] == piece for place in self._of(_ANY + piece[1:])):
                    return turned
        return ""

    def _of(self, shape: str) -> list[int]:
        key = np.uint64(word_key(shape))
        start, end = np.searchsorted(self._keys, key), np.searchsorted(self._keys, key, "right")
        return [int(place) for place in self._places[start:end]]
