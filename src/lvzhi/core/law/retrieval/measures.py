"""How good answers are: recall, reciprocal rank and discounted gain, averaged over questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import log2
from statistics import fmean

RECALLS = (5, 10, 20, 50, 100)
MOST = max(RECALLS)
UNSEEN_RECALLS = (10, 100)


def recall(found: Sequence[str], right: Collection[str], most: int) -> float:
    """The share of the right ones among the first `most` found."""
    return len(set(found[:most]) & set(right)) / len(right)


def reciprocal_rank(found: Sequence[str], right: Collection[str], most: int) -> float:
    """One over the place of the first right one; 0 where none is among the first `most`."""
    return next((1 / place for place, key in enumerate(found[:most], 1) if key in right), 0.0)


def gain(found: Sequence[str], right: Collection[str], most: int) -> float:
    """Normalised discounted cumulative gain with gains of 0 and 1."""
    got = sum(1 / log2(place + 1) for place, key in enumerate(found[:most], 1) if key in right)
    best = sum(1 / log2(place + 1) for place in range(1, min(len(right), most) + 1))
    return got / best


def measure(
    found: Sequence[Sequence[str]], right: Sequence[Collection[str]], seen: Collection[str] | None
) -> dict[str, float | int | None]:
    """All figures over the questions that have an answer; unseen ones over those with an answer not in `seen`.

    Without `seen` the unseen figures are None. Raises ValueError when no question has an answer.
    """
    pairs = [(keys, answers) for keys, answers in zip(found, right, strict=True) if answers]
    if not pairs:
        raise ValueError("no question has an answer")
    figures: dict[str, float | int | None] = {"questions": len(pairs)}
    for most in RECALLS:
        figures[f"recall@{most}"] = fmean(recall(keys, answers, most) for keys, answers in pairs)
    figures["mrr@10"] = fmean(reciprocal_rank(keys, answers, 10) for keys, answers in pairs)
    figures["ndcg@10"] = fmean(gain(keys, answers, 10) for keys, answers in pairs)
    known = set(seen or ())
    fresh = [(keys, rest) for keys, answers in pairs if (rest := set(answers) - known)] if seen is not None else []
    figures["unseen_questions"] = len(fresh)
    for most in UNSEEN_RECALLS:
        figures[f"unseen_recall@{most}"] = fmean(recall(keys, rest, most) for keys, rest in fresh) if fresh else None
    return figures


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of all lies: the nearest one that was measured."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
