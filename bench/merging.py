"""`python -m bench.merging MESSAGES GOLD`: learn the weights of the merging scorer again, and say how well they hold.

Pairs of labelled messages are examples; a message known to be single makes examples with every other. Events are held
out whole: five folds of events and singles, weights learned on four, measured on the fifth. Prints the constants of
`core/text/events_weights.py` and the measures, with only the labelled messages in the pool and with all of them.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random

from lvzhi.core.text import events
from lvzhi.core.text.events_features import FEATURES, features
from lvzhi.core.text.events_index import IN_BATCH, indexed
from lvzhi.core.text.events_report import Frequency, Report
from lvzhi.core.text.measures import read_gold, read_reports

FOLDS = 5
WEAK = 0.3
PENALTY = 1.0
Pair = tuple[str, str]


def _pairs(reports: Mapping[str, Report], frequency: Frequency) -> dict[Pair, list[float]]:
    index, keys = indexed(reports, frequency)
    found: dict[Pair, list[float]] = {}
    for name, report in reports.items():
        for other in index.near(keys[name], but=name, most=IN_BATCH):
            pair = (min(name, other), max(name, other))
            if pair not in found:
                found[pair] = features(report, reports[other], frequency)
    return found


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for place in range(size):
        best = max(range(place, size), key=lambda row: abs(rows[row][place]))
        rows[place], rows[best] = rows[best], rows[place]
        for row in range(place + 1, size):
            factor = rows[row][place] / rows[place][place]
            for column in range(place, size + 1):
                rows[row][column] -= factor * rows[place][column]
    found = [0.0] * size
    for place in reversed(range(size)):
        rest = sum(rows[place][column] * found[column] for column in range(place + 1, size))
        found[place] = (rows[place][size] - rest) / rows[place][place]
    return found


def learn(rows: Sequence[Sequence[float]], same: Sequence[bool], worth: Sequence[float]) -> tuple[float, list[float]]:
    """Intercept and weights of a logistic regression, by Newton's method on standardised numbers."""
    count, size = len(rows), len(rows[0])
    mean = [sum(row[place] for row in rows) / count for place in range(size)]
    spread = [math.sqrt(sum((row[place] - mean[place]) ** 2 for row in rows) / count) or 1.0 for place in range(size)]
    data = [
        (1.0, *((value - middle) / wide for value, middle, wide in zip(row, mean, spread, strict=True))) for row in rows
    ]
    weights = [0.0] * (size + 1)
    for _ in range(12):
        slope = [0.0, *(-weight / PENALTY for weight in weights[1:])]
        curve = [[0.0] * (size + 1) for _ in range(size + 1)]
        for row, is_same, value in zip(data, same, worth, strict=True):
            total = sum(weight * number for weight, number in zip(weights, row, strict=True))
            chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            error, bend = value * (is_same - chance), value * chance * (1 - chance)
            for place, number in enumerate(row):
                slope[place] += error * number
                if bend > 1e-6:
                    step, line = bend * number, curve[place]
                    for column in range(place, size + 1):
                        line[column] += step * row[column]
        for place in range(size + 1):
            curve[place][place] += 1 / PENALTY if place else 1e-9
            for column in range(place):
                curve[place][column] = curve[column][place]
        weights = [weight + step for weight, step in zip(weights, _solve(curve, slope), strict=True)]
    own = [weight / wide for weight, wide in zip(weights[1:], spread, strict=True)]
    return weights[0] - sum(weight * middle for weight, middle in zip(own, mean, strict=True)), own


def _examples(pairs: Mapping[Pair, list[float]], gold: Mapping[str, str]) -> list[tuple[Pair, bool, float]]:
    """Pairs of which it is known whether they tell of the same event; weak where one of them was never looked at."""
    made = []
    for one, other in pairs:
        if one in gold and other in gold:
            made.append(((one, other), gold[one] == gold[other] != "-", 1.0))
        elif gold.get(one) == "-" or gold.get(other) == "-":
            made.append(((one, other), False, WEAK))
    return made


def _folds(gold: Mapping[str, str], seed: int) -> dict[str, int]:
    random = Random(seed)
    known = sorted({event for event in gold.values() if event != "-"})
    single = sorted(name for name, event in gold.items() if event == "-")
    random.shuffle(known)
    random.shuffle(single)
    of_event = {event: place % FOLDS for place, event in enumerate(known)}
    of_single = {name: place % FOLDS for place, name in enumerate(single)}
    return {name: of_single[name] if event == "-" else of_event[event] for name, event in gold.items()}


def _fold_measures(
    pairs: Mapping[Pair, list[float]], gold: Mapping[str, str], names: Sequence[str], seed: int, together: float
) -> dict[str, float]:
    """Measures over held-out folds; a held-out message is judged by all labelled messages of its group."""
    folds, sums = _folds(gold, seed), {"b3_p": [], "b3_r": [], "kept": []}  # type: ignore[var-annotated]
    whole = {event: sum(1 for value in gold.values() if value == event) for event in set(gold.values())}
    for fold in range(FOLDS):
        chosen = [row for row in _examples(pairs, gold) if fold not in (folds.get(row[0][0]), folds.get(row[0][1]))]
        start, weights = learn(
            [pairs[row[0]] for row in chosen], [row[1] for row in chosen], [row[2] for row in chosen]
        )
        inside = set(names)
        likely = {}
        for pair, values in pairs.items():
            if pair[0] in inside and pair[1] in inside:
                total = start + sum(weight * value for weight, value in zip(weights, values, strict=True))
                chance = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
                if chance > events.NEGLIGIBLE:
                    likely[pair] = chance
        for group in events.joined(names, likely, together=together):
            known = [name for name in group if name in gold]
            for name in known:
                if folds[name] != fold:
                    continue
                if gold[name] == "-":
                    sums["kept"].append(float(len(known) == 1))
                else:
                    same = sum(1 for other in known if gold[other] == gold[name])
                    sums["b3_p"].append(same / len(known))
                    sums["b3_r"].append(same / whole[gold[name]])
    precision, recall, kept = (sum(values) / len(values) for values in sums.values())
    return {"b3_f1": 2 * precision * recall / (precision + recall), "b3_p": precision, "b3_r": recall, "kept": kept}


def main() -> None:
    """Learn, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.merging", description=__doc__)
    parser.add_argument("messages", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--together", type=float, nargs="*", default=[events.TOGETHER])
    given = parser.parse_args()
    reports, gold = read_reports(given.messages), read_gold(given.gold)
    frequency = Frequency.of(reports.values())
    pairs = _pairs(reports, frequency)
    rows = _examples(pairs, gold)
    start, weights = learn([pairs[row[0]] for row in rows], [row[1] for row in rows], [row[2] for row in rows])
    print(f"INTERCEPT = {start:.4f}\nWEIGHTS = (")
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"    {weight:.4f},  # {name}")
    print(")")
    for together in given.together:
        for seed in range(given.seeds):
            for pool, names in (("labelled", sorted(gold)), ("all", sorted(reports))):
                found = _fold_measures(pairs, gold, names, seed, together)
                print(
                    json.dumps(
                        {"together": together, "seed": seed, "pool": pool, **{k: round(v, 4) for k, v in found.items()}}
                    )
                )
                sys.stdout.flush()


if __name__ == "__main__":
    main()
