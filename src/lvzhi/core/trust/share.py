"""How far a share found in a sample may be from the share of all."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple


class Interval(NamedTuple):
    """From where to where a share lies, each from 0 to 1."""

    low: float
    high: float


def share_interval(count: int, total: int, *, z: float = 1.96) -> Interval:
    """The interval in which the share of all lies with 95 % confidence, when `count` of `total` were found so.

    Wilson's score interval: it stays within 0 and 1 and holds for small samples, where the usual formula does not.
    Being drawn from a list that is not endless only narrows it, so it rather says too little than too much.
    Raises ValueError for a sample of none, or a count outside it.
    """
    if not 0 <= count <= total or total < 1:
        raise ValueError(f"{count} of {total} is not a share of a sample.")
    share, square = count / total, z * z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = z * sqrt(share * (1 - share) / total + square / (4 * total * total)) / (1 + square / total)
    return Interval(max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)))
