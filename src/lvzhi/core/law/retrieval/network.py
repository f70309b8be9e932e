"""A small network that puts candidates in order, learned from lists: of each list the answers must come first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.store import Array

Floats = NDArray[np.float32]
_HIDDEN = (64, 32)
_EPOCHS, _LISTS, _RATE, _DECAY, _DROPPED = 12, 16, 2e-3, 1e-3, 0.2
_FAR = 6.0
"""A feature never counts as farther from the mean than so many deviations."""


@dataclass
class Layers:
    """Weights and offsets of every layer; rectified between them."""

    weights: list[Floats]
    offsets: list[Floats]

    def score(self, rows: Floats) -> Floats:
        """One number a row."""
        for at, (weight, offset) in enumerate(zip(self.weights, self.offsets, strict=True)):
            rows = rows @ weight + offset
            if at < len(self.weights) - 1:
                np.maximum(rows, 0, out=rows)
        return rows[:, 0]


@dataclass(frozen=True)
class Networks:
    """Several networks that vote, with the mean and the spread of each feature."""

    mean: Floats
    spread: Floats
    voters: tuple[Layers, ...]

    def score(self, rows: Floats) -> Floats:
        """The mean of the voters' scores."""
        scaled: Floats = np.clip((rows - self.mean) / self.spread, -_FAR, _FAR)
        total = np.zeros(len(rows), np.float32)
        for each in self.voters:
            total += each.score(scaled)
        total /= np.float32(max(len(self.voters), 1))
        return total

    def arrays(self) -> dict[str, Array]:
        """As it is stored."""
        found: dict[str, Array] = {"rank_mean": self.mean, "rank_spread": self.spread}
        for voter, layers in enumerate(self.voters):
            for layer, (weight, offset) in enumerate(zip(layers.weights, layers.offsets, strict=True)):
                found[f"rank_{voter}_{layer}_weight"], found[f"rank_{voter}_{layer}_offset"] = weight, offset
        return found

    @staticmethod
    def of(arrays: Mapping[str, Array]) -> Networks:
        """From what was stored."""
        voters: list[Layers] = []
        while f"rank_{len(voters)}_0_weight" in arrays:
            names = [f"rank_{len(voters)}_{layer}" for layer in range(len(_HIDDEN) + 1)]
            voters.append(Layers(
                [np.asarray(arrays[f"{name}_weight"]) for name in names],
                [np.asarray(arrays[f"{name}_offset"]) for name in names],
            ))  # fmt: skip
        return Networks(np.asarray(arrays["rank_mean"]), np.asarray(arrays["rank_spread"]), tuple(voters))


def learn(lists: Sequence[Floats], right: Sequence[NDArray[np.bool_]], voters: int, seed: int) -> Networks:
    """Learn from lists of candidates: a row of features each, and which are right.

    Softmax over each list; every right candidate is to have the same share. Lists without a right one are left out. All
    must be equally long.
    """
    chosen = [place for place, each in enumerate(right) if each.any()]
    rows = np.stack([lists[place] for place in chosen])
    share = np.stack([right[place] / right[place].sum() for place in chosen]).astype(np.float32)
    flat = rows.reshape(-1, rows.shape[-1])
    mean, spread = flat.mean(0), flat.std(0) + np.float32(1e-6)
    rows -= mean
    rows /= spread
    np.clip(rows, -_FAR, _FAR, out=rows)
    found = tuple(_voter(rows, share, np.random.default_rng(seed + each)) for each in range(voters))
    return Networks(mean.astype(np.float32), spread.astype(np.float32), found)


def _voter(rows: Floats, share: Floats, random: np.random.Generator) -> Layers:
    wide = (rows.shape[-1], *_HIDDEN, 1)
    layers = Layers(
        [(random.standard_normal(shape) * np.sqrt(2 / shape[0])).astype(np.float32) for shape in pairwise(wide)],
        [np.zeros(each, np.float32) for each in wide[1:]],
    )
    layers.weights[-1] *= np.float32(0.1)
    adam = _Adam([*layers.weights, *layers.offsets])
    count = len(rows)
    size = min(_LISTS, count)
    steps = _EPOCHS * (count // size)
    for step in range(steps):
        if step % (count // size) == 0:
            order = random.permutation(count)
        at = step % (count // size) * size
        chosen = order[at : at + size]
        slopes = _slopes(layers, rows[chosen], share[chosen], random)
        rate = _RATE * 0.5 * (1 + np.cos(np.pi * step / steps))
        adam.step(slopes, rate, decayed=len(layers.weights))
    return layers


def _slopes(layers: Layers, rows: Floats, share: Floats, random: np.random.Generator) -> list[Floats]:
    """The gradient of the loss, with some of the inner values dropped."""
    passed = [rows.reshape(-1, rows.shape[-1])]
    last = len(layers.weights) - 1
    for at, (weight, offset) in enumerate(zip(layers.weights, layers.offsets, strict=True)):
        after = passed[-1] @ weight + offset
        if at < last:
            kept = random.random(after.shape, np.float32) > _DROPPED
            after = np.where((after > 0) & kept, after / (1 - _DROPPED), 0).astype(np.float32)
        passed.append(after)
    scores = passed.pop().reshape(share.shape)
    odds = np.exp(scores - scores.max(1, keepdims=True))
    odds /= odds.sum(1, keepdims=True)
    slope = ((odds - share) / len(share)).reshape(-1, 1).astype(np.float32)
    weights, offsets = [], []
    for at in range(last, -1, -1):
        weights.append(passed[at].T @ slope)
        offsets.append(slope.sum(0))
        if at:
            slope = (slope @ layers.weights[at].T) * (passed[at] > 0) / (1 - _DROPPED)
    return [*weights[::-1], *offsets[::-1]]


class _Adam:
    """Adam with decoupled decay of the weights."""

    def __init__(self, learned: list[Floats]) -> None:
        self._learned = learned
        self._mean = [np.zeros_like(each) for each in learned]
        self._square = [np.zeros_like(each) for each in learned]
        self._steps = 0

    def step(self, slopes: list[Floats], rate: float, decayed: int) -> None:
        """One step; the first `decayed` arrays shrink a little."""
        self._steps += 1
        for at, (value, slope) in enumerate(zip(self._learned, slopes, strict=True)):
            self._mean[at] += np.float32(0.1) * (slope - self._mean[at])
            self._square[at] += np.float32(0.001) * (slope * slope - self._square[at])
            mean = self._mean[at] / (1 - 0.9**self._steps)
            square = self._square[at] / (1 - 0.999**self._steps)
            value -= np.float32(rate) * (mean / (np.sqrt(square) + np.float32(1e-8))).astype(np.float32)
            if at < decayed:
                value -= np.float32(rate * _DECAY) * value
