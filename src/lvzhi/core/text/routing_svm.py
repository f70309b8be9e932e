"""A linear support vector machine with squared hinge loss, by dual coordinate descent (Hsieh et al., 2008).

Plain Python: for some thousands of messages it takes seconds, and nothing has to be installed for it.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter, mul
from random import Random
from typing import Any

ENOUGH = 0.05
MOST_PASSES = 60


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse rows: places, a getter of them, values and squared length of each; a last place for the bias."""

    places: tuple[tuple[int, ...], ...]
    getters: tuple[Any, ...]
    values: tuple[tuple[float, ...], ...]
    lengths: tuple[float, ...]
    width: int

    @classmethod
    def of(cls, vectors: Iterable[Sequence[tuple[int, float]]], width: int) -> Rows:
        """From vectors of places below `width`; the constant 1 of the bias is put at the end of each."""
        places, values = [], []
        for vector in vectors:
            places.append((*(place for place, _ in vector), width, width))
            values.append((*(value for _, value in vector), 1.0, 0.0))  # two places at least, so a getter gives a tuple
        lengths = tuple(sum(value * value for value in row) for row in values)
        return cls(tuple(places), tuple(itemgetter(*row) for row in places), tuple(values), lengths, width + 1)


def separate(rows: Rows, belongs: Sequence[bool], cost_in: float, cost_out: float) -> array[float]:
    """Weights, the bias last, that part the rows that belong from the others.

    Rows that are settled (far on their side, not in use) are left out of later passes; one whole pass at the end
    checks that they still are.
    """
    weights = [0.0] * rows.width
    duals = [0.0] * len(belongs)
    soft = [1 / (2 * (cost_in if inside else cost_out)) for inside in belongs]
    active = list(range(len(belongs)))
    random = Random(7)  # noqa: S311 - an order of visits, no secret
    bound = float("inf")
    for _ in range(MOST_PASSES):
        random.shuffle(active)
        highest, lowest = 0.0, 0.0
        kept = []
        for row in active:
            sign = 1.0 if belongs[row] else -1.0
            dual = duals[row]
            margin = sum(map(mul, rows.getters[row](weights), rows.values[row]))
            slope = sign * margin - 1 + soft[row] * dual
            if dual == 0.0 and slope > bound:
                continue
            kept.append(row)
            if dual == 0.0 and slope >= 0:
                continue
            highest, lowest = max(highest, slope), min(lowest, slope)
            if -1e-9 < slope < 1e-9:
                continue
            duals[row] = max(0.0, dual - slope / (rows.lengths[row] + soft[row]))
            step = (duals[row] - dual) * sign
            for place, value in zip(rows.places[row], rows.values[row], strict=True):
                weights[place] += step * value
        settled = highest - lowest < ENOUGH
        if settled and len(kept) == len(belongs):
            break
        bound = float("inf") if settled else (highest if highest > 0 else float("inf"))
        active = list(range(len(belongs))) if settled else kept
    return array("d", weights)
