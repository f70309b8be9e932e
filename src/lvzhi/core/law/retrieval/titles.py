"""Laws found by name: whole, short, in part, with one character wrong or two swapped; and suggestions while typing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from lvzhi.core.law.names import KNOWN_SHORT
from lvzhi.core.law.retrieval.asking import plain
from lvzhi.core.law.retrieval.fields import RANK

_SHORTEST = 3
"""A name of two characters with one wrong is another name."""
_DIGITS_BEHIND = re.compile(r"(?:第)?\d{1,4}(?:条)?$")


class Titles:
    """The names of all works of an index, by the number of the work."""

    def __init__(self, works: Sequence[str], kinds: Sequence[str]) -> None:
        self.works = list(works)
        self._rank = [RANK.get(kind, len(RANK)) for kind in kinds]
        self.plain = [plain(work) for work in works]
        self._by_name = {name: place for place, name in reversed(list(enumerate(self.plain)))}
        for short, full in KNOWN_SHORT.items():
            if (place := self._by_name.get(plain(full))) is not None:
                self._by_name.setdefault(plain(short), place)
        self._by_length: dict[int, list[int]] = defaultdict(list)
        for place, name in enumerate(self.plain):
            self._by_length[len(name)].append(place)

    def find(self, name: str) -> int | None:
        """The work of this name: its own, a short one, the only one that ends so, or one a slip of the keys away."""
        if len(name) < 2:
            return None
        if (place := self._by_name.get(name)) is not None:
            return place
        if len(name) < _SHORTEST:
            return None
        ending = [place for place, own in enumerate(self.plain) if own.endswith(name) and not own.startswith("关于")]
        lawful = [place for place in ending if self._rank[place] <= 1]
        for found in (ending, lawful):
            if len(found) == 1:
                return found[0]
        near = self.near(name)
        return near[0] if near else None

    def near(self, name: str) -> list[int]:
        """Works whose name differs in one character, more, less, wrong or swapped with its neighbour."""
        if len(name) < _SHORTEST:
            return []
        found = [
            place for length in (len(name), len(name) + 1, len(name) - 1) for place in self._by_length.get(length, ())
            if is_slip(name, self.plain[place])
        ]  # fmt: skip
        return sorted(found, key=lambda place: self._rank[place])

    def starting(self, begun: str, limit: int) -> list[int]:
        """Works for what was typed so far: those that begin so, then those that hold it; laws and short names first."""
        if not begun:
            return []
        found = [(not own.startswith(begun), self._rank[place], len(own), place)
                 for place, own in enumerate(self.plain) if begun in own]  # fmt: skip
        short = self._by_name.get(begun)
        places = [place for *_order, place in sorted(found)]
        if short is not None and short not in places[:1]:
            places = [short, *(place for place in places if place != short)]
        if not places:
            places = self._slipped_start(begun)
        return places[:limit]

    def _slipped_start(self, begun: str) -> list[int]:
        if len(begun) < _SHORTEST:
            return []
        found = [place for place, own in enumerate(self.plain) if is_slip(begun, own[: len(begun)])]
        return sorted(found, key=lambda place: (self._rank[place], len(self.plain[place])))


def split_number(typed: str) -> tuple[str, str]:
    """What was typed so far as a name and the beginning of an article's number, which may be empty."""
    found = _DIGITS_BEHIND.search(typed)
    if not found or not found.start():
        return typed, ""
    return typed[: found.start()], re.sub(r"\D", "", found[0])


def is_slip(one: str, other: str) -> bool:
    """Whether one becomes the other by a single slip: a character wrong, missing, too many, or two swapped."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    short, long = sorted((one, other), key=len)
    start = 0
    while start < len(short) and short[start] == long[start]:
        start += 1
    rest = slice(start + 1, None)
    if len(short) != len(long):
        return short[start:] == long[rest]
    if short[rest] == long[rest]:
        return True
    return (
        start + 1 < len(short)
        and short[start] == long[start + 1]
        and short[start + 1] == long[start]
        and short[start + 2 :] == long[start + 2 :]
    )
