"""Boosted trees that put candidates in order, learned from lists: LambdaMART, as LightGBM does it.

LightGBM is loaded when it is first needed: it takes longer to load than a search without it takes, and an index without
a model never asks for it.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.store import Array, Strings, pack

Floats = NDArray[np.float32]
_TREES = 250
_GROWN: Mapping[str, Any] = {
    "objective": "lambdarank", "lambdarank_truncation_level": 30, "num_leaves": 31, "learning_rate": 0.06,
    # A tree that sees a fifth of the features cannot lean on how often an article was the answer before: what carries
    # over to articles nobody asked about is learned beside it.
    "feature_fraction": 0.2, "bagging_fraction": 0.8, "bagging_freq": 1, "min_data_in_leaf": 40, "lambda_l2": 5,
    "num_threads": 1, "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip


class TreesRefused(Exception):
    """LightGBM is there and does not run: it needs a library of the system."""


def _lightgbm() -> Any:
    try:
        import lightgbm
    except OSError as error:
        raise TreesRefused(f"LightGBM cannot be loaded; on Debian: apt-get install libgomp1 ({error})") from error
    return lightgbm


@dataclass(frozen=True)
class Trees:
    """Several forests that vote, as LightGBM writes them."""

    forests: tuple[str, ...]

    @functools.cached_property
    def _grown(self) -> list[Any]:
        lightgbm = _lightgbm()
        return [lightgbm.Booster(model_str=each) for each in self.forests]

    def score(self, rows: Floats) -> Floats:
        """One number a row. Raises TreesRefused where LightGBM cannot be loaded."""
        found: Floats = sum(each.predict(rows, num_threads=1) for each in self._grown).astype(np.float32)
        return found

    def arrays(self) -> dict[str, Array]:
        """As it is stored."""
        texts, ends = pack(self.forests)
        return {"rank_trees_blob": texts, "rank_trees_ends": ends}

    @staticmethod
    def of(arrays: Mapping[str, Array]) -> Trees:
        """From what was stored."""
        texts = Strings(arrays["rank_trees_blob"], arrays["rank_trees_ends"])
        return Trees(tuple(texts[place] for place in range(len(texts))))


def grow(lists: Sequence[Floats], right: Sequence[NDArray[np.bool_]], forests: int, seed: int) -> Trees:
    """Learn from lists of candidates: a row of features each, and which are right.

    Lists without a right one are left out. Raises TreesRefused where LightGBM cannot be loaded.
    """
    lightgbm = _lightgbm()
    chosen = [place for place, each in enumerate(right) if each.any()]
    told = lightgbm.Dataset(
        np.concatenate([lists[place] for place in chosen]),
        np.concatenate([right[place] for place in chosen]).astype(int),
        group=[len(right[place]) for place in chosen], params={"verbose": -1}, free_raw_data=False,
    )  # fmt: skip
    grown = [lightgbm.train({**_GROWN, "seed": seed + each}, told, _TREES) for each in range(forests)]
    return Trees(tuple(each.model_to_string() for each in grown))
