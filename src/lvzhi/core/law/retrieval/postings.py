"""Which articles hold a term, and how much that says: BM25 with the length of the article taken into account.

A field is one way of looking at an article (its words, its headings, the name of its law); every field has its lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.store import Array, Sliced

K1, B = 1.2, 0.75
Keys = NDArray[np.uint64]
_MOST_TIMES = 255
_STEP = np.float32((K1 + 1) / 255)
"""Weights lie between 0 and K1 + 1 and are stored in 255 steps: a byte each, and nobody's order changes by it."""


@dataclass(frozen=True)
class Postings:
    """The lists of one field, laid end to end: terms sorted by key, articles of each in order, weight beside."""

    terms: Keys
    starts: NDArray[np.int64]
    articles: Sliced
    weights: Sliced
    rarity: NDArray[np.float32]
    documents: int

    @staticmethod
    def make(flat: Keys, owner: NDArray[np.int64], documents: int, by_length: float = B) -> Postings:
        """From terms, repeated as often as they come, and the document each stands in."""
        lengths = np.bincount(owner, minlength=documents).astype(np.int64)
        terms, inverse = np.unique(flat, return_inverse=True)
        count = max(documents, 1)
        cells, times = np.unique(inverse.astype(np.int64) * count + owner, return_counts=True)
        which, articles = np.divmod(cells, count)
        starts = np.searchsorted(which, np.arange(len(terms) + 1)).astype(np.int64)
        often = np.minimum(times, _MOST_TIMES).astype(np.float32)
        share = lengths / max(float(lengths.mean()), 1.0) if len(lengths) else lengths
        slack = (K1 * (1 - by_length + by_length * share)).astype(np.float32)
        weights = often * (K1 + 1) / (often + slack[articles]) if len(cells) else often
        held = np.diff(starts)
        rarity = np.log1p((count - held + 0.5) / (held + 0.5)).astype(np.float32)
        return Postings(terms, starts, articles.astype(np.int32), _stepped(weights), rarity, documents)

    def arrays(self, name: str) -> dict[str, Array]:
        """As they are stored, each under the field's name."""
        return {
            f"{name}_terms": self.terms, f"{name}_starts": self.starts, f"{name}_rarity": self.rarity,
            f"{name}_articles": np.asarray(self.articles), f"{name}_weights": np.asarray(self.weights),
        }  # fmt: skip

    @staticmethod
    def of(name: str, arrays: Mapping[str, Array], documents: int) -> Postings:
        """From what was stored."""
        terms, starts, articles, weights, rarity = (
            arrays[f"{name}_{part}"] for part in ("terms", "starts", "articles", "weights", "rarity")
        )
        return Postings(terms, starts, articles, weights, rarity, documents)

    def places(self, keys: Keys) -> NDArray[np.int64]:
        """The place of each key among the terms, -1 where no article holds it."""
        if not len(self.terms) or not len(keys):
            return np.full(len(keys), -1, np.int64)
        found = np.minimum(np.searchsorted(self.terms, keys), len(self.terms) - 1)
        return np.where(self.terms[found] == keys, found, -1)

    def held(self, place: int) -> NDArray[np.int32]:
        """The articles that hold a term."""
        return self.articles[self.starts[place] : self.starts[place + 1]]

    def scores(self, keys: Keys, factors: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
        """What the terms give to every document, each times its factor."""
        found = np.zeros(self.documents, np.float32)
        for at, place in enumerate(self.places(keys)):
            if place >= 0:
                span = slice(int(self.starts[place]), int(self.starts[place + 1]))
                factor = self.rarity[place] * (factors[at] if factors is not None else 1)
                found[self.articles[span]] += self.weights[span] * np.float32(factor * _STEP)
        return found

    def mass(self, keys: Keys) -> float:
        """The rarity of all terms together; a term that stands nowhere counts as the rarest."""
        if not len(keys):
            return 0.0
        most = float(np.log1p((self.documents + 0.5) / 0.5))
        places = self.places(keys)
        return float(np.where(places >= 0, self.rarity[np.maximum(places, 0)], most).sum()) if len(self.terms) else 0.0

    def table(self, keys: Keys, documents: NDArray[np.int64]) -> NDArray[np.float32]:
        """What each term gives to some documents: a row a term, 0 where the document does not hold it."""
        found = np.zeros((len(keys), len(documents)), np.float32)
        for row, place in enumerate(self.places(keys)):
            if place >= 0:
                span = slice(int(self.starts[place]), int(self.starts[place + 1]))
                held = self.articles[span]
                at = np.minimum(np.searchsorted(held, documents), len(held) - 1)
                found[row] = np.where(held[at] == documents, self.weights[span][at] * (self.rarity[place] * _STEP), 0)
        return found


def _stepped(weights: NDArray[np.float32]) -> NDArray[np.uint8]:
    found: NDArray[np.uint8] = np.clip(np.rint(weights / _STEP), 1, 255).astype(np.uint8)
    return found
