"""Which article of one edition became which of the other.

Articles are compared by their words, rare words counting more. The pairs in order that fit best together are found
first (a heaviest chain through all likely pairs); what is left may have moved out of order, been split or been merged.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import pairwise

import rjieba

LIKELY = 0.34
"""From this similarity on, two articles in order may be one."""
MOVED = 0.55
"""Out of order, articles have to be more alike."""
MUTUAL = 0.4
"""Out of order, this is enough where each is the one most alike to the other."""
FAIR = 0.75
"""A pair less alike than this part of what either could have is no pair: the better one may stand out of order."""
NEIGHBOURS = 0.2
"""Between two certain pairs the articles left over on both sides are one from this similarity on."""
HELD = 0.62
"""So much of an article's weight stands in another when it was split from it or merged into it."""
ABSORBED = 0.62
"""So much of a short article stands in a longer one that was written out from it."""
_ENOUGH = 8
"""Of fewer words one cannot tell where they went."""
_COMMON = 60
"""A word in more articles than this proposes no pairs; it still counts in those proposed."""

_MOST_LIKELY = 80
"""An article is compared with so many others that share its rare words, and with those at about its place."""

Bag = Counter[str]


@dataclass(frozen=True, slots=True)
class Link:
    """Old articles that became new ones, by their places; `likeness` of the main pair; `moved` out of order."""

    old: tuple[int, ...]
    new: tuple[int, ...]
    likeness: float = 0.0
    moved: bool = False


@dataclass(slots=True)
class Weights:
    """How much a word counts: the fewer articles hold it, the more."""

    of: dict[str, float] = field(default_factory=dict)

    def total(self, bag: Bag) -> float:
        """The weight of a whole bag."""
        return sum(self.of[word] * count for word, count in bag.items())

    def shared(self, one: Bag, two: Bag) -> float:
        """The weight of what two bags share."""
        if len(one) > len(two):
            one, two = two, one
        return sum(self.of[word] * min(count, two[word]) for word, count in one.items() if word in two)


def words(text: str) -> list[str]:
    """The words and marks of a text, in order; nothing left out."""
    return list(rjieba.cut(text, False))


def bag(text: str) -> Bag:
    """The words of a text with how often each occurs; marks and white space left out."""
    return Counter(word for word in words(text) if word.strip(" \n\t\u3000，。；：、（）()“”《》"))


def align(old: Sequence[str], new: Sequence[str]) -> list[Link]:
    """Link the articles of two editions. Every article of both stands in exactly one link."""
    before, after = [bag(text) for text in old], [bag(text) for text in new]
    weights = _weights([*before, *after])
    sums = [weights.total(each) or 1.0 for each in before], [weights.total(each) or 1.0 for each in after]
    likeness = _pairs(before, after, weights, sums, _unchanged(old, new))
    fair = _fair(likeness, sums)
    pairs = _chain({pair: value for pair, value in fair.items() if value >= LIKELY})
    moved = _moved(pairs, likeness)
    pairs.update(moved)
    _neighbours(pairs, moved, fair, len(old), len(new))
    absorbed = _absorbed(pairs, likeness, (before, after), sums)
    pairs.update(absorbed)
    return _links(pairs, set(moved) | set(absorbed), likeness, (before, after), weights, sums)


def _bests(likeness: dict[tuple[int, int], float]) -> tuple[dict[int, float], dict[int, float]]:
    """How alike the article most alike is, for every old and for every new one."""
    of_old: dict[int, float] = defaultdict(float)
    of_new: dict[int, float] = defaultdict(float)
    for (one, two), value in likeness.items():
        of_old[one], of_new[two] = max(of_old[one], value), max(of_new[two], value)
    return of_old, of_new


def _held(pair: tuple[int, int], value: float, sums: tuple[list[float], list[float]]) -> float:
    """How much of the shorter article's weight stands in the other, from how alike the two are."""
    one, two = sums[0][pair[0]], sums[1][pair[1]]
    return value * (one + two) / 2 / min(one, two)


def _fair(
    likeness: dict[tuple[int, int], float], sums: tuple[list[float], list[float]]
) -> dict[tuple[int, int], float]:
    """The pairs of which neither article has another one that is far more alike, wherever it stands.

    An article that was written out at length is less like its old self than like a short neighbour: where one holds the
    other nearly whole, that is fair too.
    """
    of_old, of_new = _bests(likeness)
    return {
        pair: value
        for pair, value in likeness.items()
        if value >= FAIR * max(of_old[pair[0]], of_new[pair[1]]) or _held(pair, value, sums) >= ABSORBED
    }


def _weights(bags: Sequence[Bag]) -> Weights:
    seen: Counter[str] = Counter()
    for each in bags:
        seen.update(each.keys())
    return Weights({word: math.log(1 + len(bags) / count) for word, count in seen.items()})


def _unchanged(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Articles whose words stand once in each edition: they are one, and need not be compared with any other."""
    times = Counter(old), Counter(new)
    places = {text: place for place, text in enumerate(new)}
    return {
        place: places[text] for place, text in enumerate(old) if text and times[0][text] == times[1].get(text, 0) == 1
    }


def _pairs(
    before: Sequence[Bag],
    after: Sequence[Bag],
    weights: Weights,
    sums: tuple[list[float], list[float]],
    sure: dict[int, int],
) -> dict[tuple[int, int], float]:
    """The likeness of every pair that shares rare words or stands at about the same place; of `sure` ones their own."""
    taken = set(sure.values())
    holding: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(after):
        for word in each if place not in taken else ():
            holding[word].append(place)
    found: dict[tuple[int, int], float] = dict.fromkeys(sure.items(), 1.0)
    for one, each in enumerate(before):
        if one in sure:
            continue
        likely = _likely(each, holding, weights)
        likely.update(place for place in range(one - 3, one + 12) if 0 <= place < len(after) and place not in taken)
        for two in likely:
            shared = weights.shared(each, after[two])
            value = 2 * shared / (sums[0][one] + sums[1][two])
            if value >= NEIGHBOURS / 2:
                found[one, two] = value
    return found


def _likely(bag: Bag, holding: dict[str, list[int]], weights: Weights) -> set[int]:
    """The articles that share a rare word; of many those that share the most, so that time stays in proportion."""
    scores: dict[int, float] = defaultdict(float)
    for word in bag:
        places = holding.get(word, ())
        if len(places) <= _COMMON:
            for place in places:
                scores[place] += weights.of[word]
    return set(nlargest(_MOST_LIKELY, scores, key=scores.__getitem__) if len(scores) > _MOST_LIKELY else scores)


def _chain(pairs: dict[tuple[int, int], float]) -> dict[int, int]:
    """The heaviest set of pairs that keeps both orders."""
    ends: list[int] = []  # new places, ascending, each with a heavier chain than the one before
    best: list[tuple[float, int]] = []  # weight of the chain that ends there, and the node of its last pair
    nodes: list[tuple[int, int, int]] = []
    by_old: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (one, two), value in pairs.items():
        by_old[one].append((two, value * value))
    for one in sorted(by_old):
        fresh = []
        for two, value in by_old[one]:
            at = bisect_left(ends, two)
            weight, node = best[at - 1] if at else (0.0, -1)
            fresh.append((two, weight + value, node))
        for two, weight, node in fresh:
            at = bisect_left(ends, two)
            if at and best[at - 1][0] >= weight:
                continue
            if at < len(ends) and ends[at] == two and best[at][0] >= weight:
                continue
            nodes.append((one, two, node))
            end = at
            while end < len(ends) and best[end][0] <= weight:
                end += 1
            ends[at:end] = [two]
            best[at:end] = [(weight, len(nodes) - 1)]
    found: dict[int, int] = {}
    at = best[-1][1] if best else -1
    while at >= 0:
        one, two, at = nodes[at]
        found[one] = two
    return found


def _neighbours(
    pairs: dict[int, int], moved: Collection[int], likeness: dict[tuple[int, int], float], old: int, new: int
) -> None:
    """Pair what is left between two certain pairs in order, when it is at least a little alike."""
    certain = sorted((one, two) for one, two in pairs.items() if one not in moved)
    taken = {pairs[one] for one in moved}
    bounds = [(-1, -1), *certain, (old, new)]
    for (one, two), (next_one, next_two) in pairwise(bounds):
        inner = {
            (i, j): value
            for i in range(one + 1, next_one)
            if i not in moved
            for j in range(two + 1, next_two)
            if j not in taken
            if (value := likeness.get((i, j), 0.0)) >= NEIGHBOURS
        }
        if inner:
            pairs.update(_chain(inner))


def _moved(pairs: dict[int, int], likeness: dict[tuple[int, int], float]) -> dict[int, int]:
    """Pair what is left out of order, the most alike first."""
    taken = set(pairs.values())
    of_old, of_new = _bests(likeness)
    found: dict[int, int] = {}
    for (one, two), value in sorted(likeness.items(), key=lambda each: (-each[1], each[0])):
        if value < MUTUAL:
            break
        if value < MOVED and value < max(of_old[one], of_new[two]):
            continue
        if one not in pairs and one not in found and two not in taken:
            found[one] = two
            taken.add(two)
    return found


def _absorbed(
    pairs: dict[int, int],
    likeness: dict[tuple[int, int], float],
    bags: tuple[Sequence[Bag], Sequence[Bag]],
    sums: tuple[list[float], list[float]],
) -> dict[int, int]:
    """Pair what is left when a short article stands nearly whole in a longer one: it was written out at length."""
    taken = set(pairs.values())
    fitting = []
    for (one, two), value in likeness.items():
        if one in pairs or two in taken:
            continue
        held = _held((one, two), value, sums)
        if held >= ABSORBED and min(sum(bags[0][one].values()), sum(bags[1][two].values())) >= _ENOUGH:
            fitting.append((held, one, two))
    found: dict[int, int] = {}
    for _, one, two in sorted(fitting, key=lambda each: (-each[0], each[1:])):
        if one not in found and two not in taken:
            found[one] = two
            taken.add(two)
    return found


def _links(
    pairs: dict[int, int],
    moved: set[int],
    likeness: dict[tuple[int, int], float],
    bags: tuple[Sequence[Bag], Sequence[Bag]],
    weights: Weights,
    sums: tuple[list[float], list[float]],
) -> list[Link]:
    """Splits and merges among what has no partner yet; then one link for every group."""
    before, after = bags
    with_old: dict[int, list[int]] = {one: [two] for one, two in pairs.items()}
    with_new: dict[int, list[int]] = {two: [one] for one, two in pairs.items()}
    near_new: dict[int, list[int]] = defaultdict(list)
    near_old: dict[int, list[int]] = defaultdict(list)
    for one, two in likeness:
        near_new[two].append(one)
        near_old[one].append(two)
    single_new = [two for two in range(len(after)) if two not in with_new]
    single_old = [one for one in range(len(before)) if one not in with_old]
    for two in single_new:
        held = [
            (weights.shared(_rest(before[one], after[pairs[one]]), after[two]) / sums[1][two], one)
            for one in near_new[two]
            if one in pairs and len(with_new[pairs[one]]) == 1
        ]
        if held and max(held)[0] >= HELD and sum(after[two].values()) >= _ENOUGH:
            with_old[max(held)[1]].append(two)
            with_new[two] = []
    for one in single_old:
        held = [
            (weights.shared(_rest(after[two], before[with_new[two][0]]), before[one]) / sums[0][one], two)
            for two in near_old[one]
            if with_new.get(two) and len(with_old[with_new[two][0]]) == 1
        ]
        if held and max(held)[0] >= HELD and sum(before[one].values()) >= _ENOUGH:
            with_new[max(held)[1]].append(one)
            with_old[one] = []
    links = [
        Link(
            tuple(sorted(with_new[two])), tuple(sorted(with_old[one])), likeness.get((one, two), 0.0), one in moved
        )
        for one, two in pairs.items()
    ]  # fmt: skip
    links += [Link((one,), ()) for one in single_old if one not in with_old]
    links += [Link((), (two,)) for two in single_new if two not in with_new]
    return _ordered(links)


def _rest(whole: Bag, partner: Bag) -> Bag:
    """What of an article its partner does not account for: only that can have gone elsewhere."""
    return whole - partner


def _ordered(links: Sequence[Link]) -> list[Link]:
    """In the order of the new edition; what was deleted stands behind what stood before it."""
    kept = sorted((link for link in links if link.new), key=lambda link: link.new)
    behind: dict[int, list[Link]] = defaultdict(list)
    at_old = sorted((one, place) for place, link in enumerate(kept) if not link.moved for one in link.old)
    for link in sorted((link for link in links if not link.new), key=lambda link: link.old):
        before = [place for one, place in at_old if one < link.old[0]]
        behind[before[-1] if before else -1].append(link)
    found = list(behind[-1])
    for place, link in enumerate(kept):
        found += [link, *behind[place]]
    return found
