"""A message as the merging of reports sees it: its words, names and runs of characters, cut once."""

from __future__ import annotations

import math
import re
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from zlib import crc32

import rjieba

from lvzhi.core.text.fingerprint import bare
from lvzhi.core.text.words import STOP, cut, normal

BUCKETS = 1 << 20
OPENING = 600
LONGEST = 1500
"""Of a long text the names are looked for in the opening; words up to here."""

_CODE = re.compile(r"[a-z]\d{0,2}")
_PLACE_CODE = re.compile(r"西地省|[a-z]\d{0,2}[市县区]")
_RUN = re.compile(r"[\u4e00-\u9fff0-9]+")
_NAMES = frozenset(("nr", "nrt", "nrfg", "ns", "nt", "nz", "x"))


class Frequency:
    """In how many messages a term stands, counted in 2**20 buckets (4 MB however many messages there are).

    A term that falls into the bucket of another is held for a little commoner than it is.
    """

    def __init__(self, total: int = 0, counts: array[int] | None = None) -> None:
        self.total = total
        self.counts = counts if counts is not None else array("I", bytes(4 * BUCKETS))

    def add(self, report: Report) -> None:
        """Count one more message."""
        self.total += 1
        for bucket in {crc32(term.encode()) % BUCKETS for term in report.counted()}:
            self.counts[bucket] += 1

    def count(self, term: str) -> int:
        """In how many messages the term stands, or a little more."""
        return self.counts[crc32(term.encode()) % BUCKETS]

    def rarity(self, term: str) -> float:
        """From 0 (stands in every message) to about 1 (stands in none), whatever the number of messages."""
        return max(0.0, math.log((self.total + 1) / (self.count(term) + 0.5)) / math.log(self.total + 2))

    def to_bytes(self) -> bytes:
        """To be stored; some 4 MB, mostly zeros, that compress well."""
        counts = array("I", [self.total, *self.counts])
        if sys.byteorder == "big":
            counts.byteswap()
        return zlib.compress(counts.tobytes(), 6)

    @classmethod
    def from_bytes(cls, data: bytes) -> Frequency:
        """From what `to_bytes` gave. Raises ValueError for anything else."""
        try:
            plain = zlib.decompressobj().decompress(data, 4 * (BUCKETS + 1) + 1)
        except zlib.error as error:
            raise ValueError("These bytes are no frequencies.") from error
        if len(plain) != 4 * (BUCKETS + 1):
            raise ValueError("These bytes are no frequencies.")
        counts = array("I", plain)
        if sys.byteorder == "big":
            counts.byteswap()
        return cls(counts[0], counts[1:])

    @classmethod
    def of(cls, reports: Iterable[Report]) -> Frequency:
        """Counted from these messages."""
        made = cls()
        for report in reports:
            made.add(report)
        return made


@dataclass(frozen=True)
class Report:
    """One message, cut into what is compared. `day` is any count of days; `author` "" where nobody is known."""

    subject: frozenset[str]
    names: frozenset[str]
    body_names: frozenset[str]
    body: Mapping[str, int]
    grams: frozenset[str]
    flat_subject: str
    flat: str
    shingles: frozenset[str]
    author: str = ""
    day: float = 0.0
    cache: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, subject: str, text: str, *, author: str = "", day: float = 0.0) -> Report:
        """From a message as it was written; some 0.5 ms."""
        flat_subject = _PLACE_CODE.sub("|", normal(subject))
        flat = bare(text)[:LONGEST]
        return cls(
            frozenset(_words(subject)),
            frozenset(_names(subject)),
            frozenset(_names(text[:OPENING])),
            Counter(_words(text[:LONGEST])),
            frozenset(_grams(flat_subject)),
            flat_subject,
            flat_subject + "|" + _PLACE_CODE.sub("|", normal(text[:OPENING])),
            frozenset(flat[start : start + 4] for start in range(max(1, len(flat) - 3))),
            author,
            day,
        )

    @property
    def words(self) -> Counter[str]:
        """All words with their counts; a word of the subject counts three times more."""
        made = Counter(self.body)
        for word in self.subject:
            made[word] += 3
        return made

    def counted(self) -> set[str]:
        """What `Frequency` counts: the words, and the runs of characters of the subject."""
        return set(self.body) | self.subject | {f"#{gram}" for gram in self.grams}


def _words(text: str) -> list[str]:
    return [
        word
        for word in cut(text)
        if word not in STOP and (len(word) > 1 or word.isdigit()) and not _CODE.fullmatch(word)
    ]


@lru_cache(maxsize=50_000)
def _known(word: str) -> bool:
    return bool(rjieba.has_word(word))


def _names(text: str) -> set[str]:
    """Words that name a place, a person or an enterprise: tagged so, or in no dictionary."""
    return {
        word
        for word, tag in rjieba.tag(normal(text))
        if len(word) > 1
        and word not in STOP
        and not word.isascii()
        and re.search(r"[\u4e00-\u9fff]", word)
        and (tag in _NAMES or not _known(word))
    }


def _grams(flat: str) -> set[str]:
    return {
        run[start : start + size]
        for run in _RUN.findall(flat)
        for size in (2, 3)
        for start in range(len(run) - size + 1)
    }
