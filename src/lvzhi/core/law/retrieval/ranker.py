"""The order of candidates: networks see all of them, trees look again at the best; each sees what the other misses."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval import network, trees
from lvzhi.core.law.retrieval.network import Networks
from lvzhi.core.law.retrieval.store import Array
from lvzhi.core.law.retrieval.trees import Trees, TreesRefused

log = logging.getLogger(__name__)
Floats = NDArray[np.float32]
_VOTERS, _FORESTS = 3, 2
_LOOKED_AT_AGAIN = 150
"""Nobody reads farther, and every tree costs time."""
_TREES_COUNT = np.float32(2)
"""Two forests, two votes; the networks together have one."""


@dataclass(frozen=True)
class Ranker:
    """Networks and trees that were learned from the same lists."""

    networks: Networks
    trees: Trees

    def score(self, rows: Floats) -> Floats:
        """One number a row; where both looked the sum of how far each puts it above the mean."""
        found = self.networks.score(rows)
        if not len(rows):
            return found
        best = np.argsort(-found, kind="stable")[:_LOOKED_AT_AGAIN]
        try:
            again = _standing(found[best]) + _TREES_COUNT * _standing(self.trees.score(rows[best]))
        except TreesRefused:  # a model brought from another machine: a somewhat worse order is better than none
            log.warning("articles are put in order without trees", exc_info=True)
            return found
        found += again.min() - 1 - found.max()
        found[best] = again
        return found

    def arrays(self) -> dict[str, Array]:
        """As it is stored."""
        return {**self.networks.arrays(), **self.trees.arrays()}

    @staticmethod
    def of(arrays: Mapping[str, Array]) -> Ranker:
        """From what was stored."""
        return Ranker(Networks.of(arrays), Trees.of(arrays))


def _standing(scores: Floats) -> Floats:
    found: Floats = (scores - scores.mean()) / (scores.std() + np.float32(1e-6))
    return found


def train(lists: Sequence[Floats], right: Sequence[NDArray[np.bool_]], seed: int) -> Ranker:
    """Learn from lists of candidates, all equally long: a row of features each, and which are right."""
    return Ranker(network.learn(lists, right, _VOTERS, seed), trees.grow(lists, right, _FORESTS, seed))
