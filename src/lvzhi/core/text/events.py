"""Which reports tell of the same event: the same place or enterprise, and the same issue there.

Two reports are compared by some numbers (`events_features`) that a logistic function turns into a probability. For a
new message the likeliest others are named, with the words that both have; a batch is put into groups so that one chance
likeness does not chain two groups together. Whether reports are merged a person decides.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from lvzhi.core.text.events_features import features, prepared
from lvzhi.core.text.events_index import COMPARED, IN_BATCH, MemoryIndex, indexed
from lvzhi.core.text.events_report import Frequency, Report
from lvzhi.core.text.events_weights import INTERCEPT, WEIGHTS

FIRST = 0.8
"""Two single reports begin a group only where they are this likely the same event."""
TOGETHER = 0.3
"""A group grows while the likelier links between it and the other are at least this on average."""
UPPER_SHARE = 0.3
"""So large a share of the links between two groups, the likeliest, is averaged: not everyone says everything."""
NEGLIGIBLE = 0.03
SHOWN = 6
Name = TypeVar("Name", bound=Hashable)
Compared = TypeVar("Compared")


@dataclass(frozen=True, slots=True)
class Match:
    """How likely two reports tell of the same event, and why.

    `words` are what both have, rarest first; `reasons` are keys of `wording.SENTENCES`.
    """

    score: float
    words: tuple[str, ...]
    reasons: tuple[str, ...]


def probability(one: Report, other: Report, frequency: Frequency) -> float:
    """How likely two reports tell of the same event, 0 to 1."""
    values = features(one, other, frequency)
    total = INTERCEPT + sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True))
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, total))))


def compare(one: Report, other: Report, frequency: Frequency) -> Match:
    """The likelihood with the words both have and the sentences why."""
    first, second = prepared(one, frequency), prepared(other, frequency)
    both = {word: value * second["whole"][word] for word, value in first["whole"].items() if word in second["whole"]}
    words = tuple(sorted(both, key=lambda word: -both[word])[:SHOWN])
    reasons = []
    if len(one.shingles & other.shingles) >= 0.7 * max(1, min(len(one.shingles), len(other.shingles))):
        reasons.append("same_text")
    if (one.names & (other.names | other.body_names)) | (other.names & (one.names | one.body_names)):
        reasons.append("same_place")
    if (one.subject - one.names) & (other.subject - other.names):
        reasons.append("same_issue")
    if one.author and one.author == other.author:
        reasons.append("same_author")
    if abs(one.day - other.day) <= 7:
        reasons.append("same_days")
    return Match(probability(one, other, frequency), words, tuple(reasons))


def rank(
    new: Report, others: Iterable[tuple[Compared, Report]], frequency: Frequency, *, most: int = 10, least: float = 0.05
) -> list[tuple[Compared, Match]]:
    """The likeliest of the candidates, best first, with why; some 0.2 ms a candidate beside cutting it."""
    scored = [(probability(new, report, frequency), place, name, report) for place, (name, report) in enumerate(others)]
    best = heapq.nsmallest(most, scored, key=lambda found: (-found[0], found[1]))
    return [(name, compare(new, report, frequency)) for score, _, name, report in best if score >= least]


def candidates(
    new: Report,
    keys: Sequence[int],
    index: MemoryIndex[Name],
    reports: Mapping[Name, Report],
    frequency: Frequency,
    *,
    but: Name | None = None,
    most: int = 10,
) -> list[tuple[Name, Match]]:
    """For a new message the likeliest others, without scanning: keys, then a full comparison of the few they give.

    `candidate_recall@10` is the share of the messages of known events for which another message of the same event is
    among the ten that this gives (`but` is the message itself).
    """
    near = index.near(keys, but=but, most=COMPARED)
    return rank(new, ((name, reports[name]) for name in near), frequency, most=most, least=0.0)


def links(reports: Mapping[Name, Report], frequency: Frequency) -> dict[tuple[Name, Name], float]:
    """The likelihoods of all pairs worth looking at in a batch."""
    index, keys = indexed(reports, frequency)
    order = {name: place for place, name in enumerate(reports)}
    found: dict[tuple[Name, Name], float] = {}
    for name, report in reports.items():
        for other in index.near(keys[name], but=name, most=IN_BATCH):
            pair = (name, other) if order[name] < order[other] else (other, name)
            if pair not in found:
                found[pair] = probability(report, reports[other], frequency)
    return {pair: value for pair, value in found.items() if value > NEGLIGIBLE}


def cluster(
    reports: Mapping[Name, Report],
    frequency: Frequency | None = None,
    *,
    first: float = FIRST,
    together: float = TOGETHER,
) -> list[list[Name]]:
    """The reports in groups, each report in one, the largest group first; most groups hold a single report.

    About 2 ms a report: keys, comparisons of at most `IN_BATCH` others each, joining of groups.
    """
    used = frequency or Frequency.of(reports.values())
    return joined(list(reports), links(reports, used), first=first, together=together)


def joined(
    names: Collection[Name],
    likely: Mapping[tuple[Name, Name], float],
    *,
    first: float = FIRST,
    together: float = TOGETHER,
) -> list[list[Name]]:
    """Groups joined from the most likely link on, while the likelier links between two groups allow it."""
    members: dict[Name, list[Name]] = {name: [name] for name in names}
    order = {name: place for place, name in enumerate(names)}
    between: dict[Name, dict[Name, list[float]]] = defaultdict(dict)
    waiting: list[tuple[float, int, int, int, int, Name, Name]] = []
    for (one, other), value in likely.items():
        between[one][other] = between[other][one] = [value]
        if value >= first:
            heapq.heappush(waiting, (-value, order[one], order[other], 1, 1, one, other))
    while waiting:
        _, _, _, size, other_size, one, other = heapq.heappop(waiting)
        if len(members.get(one, ())) != size or len(members.get(other, ())) != other_size:
            continue
        members[one] += members.pop(other)
        for third, values in between.pop(other).items():
            if third == one:
                continue
            between[one][third] = between[one].get(third, []) + values
            del between[third][other]
            between[third][one] = between[one][third]
        del between[one][other]
        for third, values in between[one].items():
            value = _upper(values, len(members[one]) * len(members[third]))
            if value >= together:
                sizes = (len(members[one]), len(members[third]))
                heapq.heappush(waiting, (-value, order[one], order[third], *sizes, one, third))
    return sorted(members.values(), key=lambda group: (-len(group), order[group[0]]))


def _upper(values: list[float], pairs: int) -> float:
    """The average of the likelier links between two groups; a link that was not looked at counts as none."""
    counted = max(1, math.ceil(UPPER_SHARE * pairs))
    return sum(heapq.nlargest(counted, values)) / counted
