"""Keys under which reports of the same event meet, so that a new message is compared with few others.

A database holds the keys of every message in an indexed table (key, message). For a new message the newest few hundred
messages under each of its keys are read, most shared keys first, and only the best of these are compared in full.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from lvzhi.core.text.events_report import Frequency, Report

KEYS = 14
NEWEST = 200
"""So many messages are read under one key, newest first: a key that everybody uses costs no more than another."""
TELLING, DEEPER = 4, 5
"""Under the best few keys so many times more are read: among a million messages one place may have hundreds."""
UNREAD = 10
"""A key of which more than what was read is stored counts as if it stood in so many times as many messages."""
COMPARED = 12
"""So many are compared in full with a new message."""
IN_BATCH = 30
"""And so many where a whole batch is put into groups and there is no hurry."""
COMMON = 0.03
"""A term that stands in a larger share of the messages is no key."""
PROMISING = 400
"""So many are looked at under all keys of the new message."""
Name = TypeVar("Name", bound=Hashable)


def key(term: str) -> int:
    """A term as a whole number below 2**63."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "big") >> 1


def terms(report: Report, frequency: Frequency) -> list[tuple[str, float]]:
    """The telling terms of a report with their weight, best first, at most `KEYS`: rare words and names."""
    most = max(COMMON * frequency.total, 20.0)
    weights: dict[str, float] = {}
    for word, count in report.words.items():
        if frequency.count(word) <= most:
            weights[word] = frequency.rarity(word) * (
                1 + 0.3 * min(count, 6) + (0.6 if word in report.subject else 0.0)
            )
    for name in report.names | report.body_names:
        if name in weights:
            weights[name] *= 1.3
    for site, count in report.sites.items():
        if frequency.count(site) <= most:
            weights[site] = frequency.rarity(site) * (1.5 + 0.3 * min(count, 6))
    return sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:KEYS]


def sketch(report: Report, frequency: Frequency) -> list[int]:
    """The keys of a report, at most `KEYS`, best first; to be stored, and to be looked up with."""
    return [key(term) for term, _ in terms(report, frequency)]


def gathered(
    keys: Sequence[int],
    read: Callable[[int, int], Iterable[Name]],
    have: Callable[[Sequence[int], Sequence[Name]], Iterable[tuple[Name, int]]] | None = None,
    *,
    most: int = COMPARED,
    newest: int = NEWEST,
) -> list[Name]:
    """The messages that share most keys, best first, whatever the number of messages stored.

    `read(key, newest)` gives the newest messages under a key; `have(keys, names)` says which of these keys each of
    these few messages has. A key of few messages tells more than one of many; of a key of very many only the newest are
    read, so the most promising are asked for it once more.
    Without `have` that is left out; among very many messages fewer are then found.
    """
    shared: dict[Name, float] = defaultdict(float)
    worth: dict[int, float] = {}
    for place, found in enumerate(dict.fromkeys(keys)):
        most_read = newest * DEEPER if place < TELLING else newest
        names = list(read(found, most_read))
        # Of a key whose messages were not all read nobody knows how many it has: it counts as a common one.
        known = len(names) if len(names) < most_read else UNREAD * most_read
        worth[found] = 0.95**place / (1 + known) ** 0.4
        # Steep here, and the best keys first: new messages of one issue must not crowd out those of one place.
        first = 0.8**place / (1 + known) ** 1.5
        for name in names:
            shared[name] += first
    promising = heapq.nlargest(PROMISING, shared, key=shared.__getitem__)
    if have is not None and len(promising) > most:
        full: dict[Name, float] = dict.fromkeys(promising, 0.0)
        for name, found in have(list(worth), promising):
            full[name] += worth[found]
        return heapq.nlargest(most, promising, key=full.__getitem__)
    return promising[:most]


class MemoryIndex(Generic[Name]):
    """The index held in memory: for a batch, for tests, and as the reference of the one in a database."""

    def __init__(self) -> None:
        self._under: dict[int, list[Name]] = defaultdict(list)
        self._held: dict[Name, frozenset[int]] = {}

    def put(self, name: Name, keys: Iterable[int]) -> None:
        """Store a message under its keys."""
        self._held[name] = frozenset(keys)
        for found in self._held[name]:
            self._under[found].append(name)

    def read(self, found: int, newest: int) -> list[Name]:
        """The newest messages under a key."""
        return self._under.get(found, [])[-newest:]

    def have(self, keys: Sequence[int], names: Sequence[Name]) -> list[tuple[Name, int]]:
        """Which of these keys each of these messages has."""
        return [(name, found) for name in names for found in keys if found in self._held[name]]

    def near(self, keys: Sequence[int], *, but: Name | None = None, most: int = COMPARED) -> list[Name]:
        """The messages that share most keys, without `but`."""
        return [name for name in gathered(keys, self.read, self.have, most=most + 1) if name != but][:most]


def indexed(reports: Mapping[Name, Report], frequency: Frequency) -> tuple[MemoryIndex[Name], dict[Name, list[int]]]:
    """An index of all reports, and the keys of each."""
    index, keys = MemoryIndex[Name](), {name: sketch(report, frequency) for name, report in reports.items()}
    for name, found in keys.items():
        index.put(name, found)
    return index, keys
