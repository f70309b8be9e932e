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
from lvzhi.core.text.words import STOP, USEFUL, normal

BUCKETS = 1 << 20
REMEMBERED = 50_000
OPENING = 600
LONGEST = 1500
"""Of a long text the names are looked for in the opening; words up to here."""

_CODE = re.compile(r"[a-z]\d{0,2}")
_PLACE_CODE = re.compile(r"西地省|[a-z]\d{0,2}[市县区]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_RUN = re.compile(r"[\u4e00-\u9fff0-9]+")
_SITE = re.compile(
    r"(?=([\u4e00-\u9fff0-9]{2}(?:小区|家园|花园|公园|社区|街道|新城|公寓|广场|市场|小学|中学|大学|学院|幼儿园|医院|公司|集团"
    r"|大道|大桥|地铁站|工地|酒店|超市|驾校|[路街巷村镇乡苑府湾城园里桥河湖站院])))"
)
_NAMES = frozenset(("nr", "nrt", "nrfg", "ns", "nt", "nz", "x"))


class Frequency:
    """In how many messages a term stands, counted in 2**20 buckets (4 MB however many messages there are).

    A term that falls into the bucket of another is held for a little commoner than it is.
    """

    def __init__(self, total: int = 0, counts: array[int] | None = None) -> None:
        self.total = total
        self.counts = counts if counts is not None else array("I", bytes(4 * BUCKETS))
        self._rarities: dict[str, float] = {}

    def add(self, report: Report) -> None:
        """Count one more message."""
        self.total += 1
        self._rarities.clear()
        for bucket in {crc32(term.encode()) % BUCKETS for term in report.counted()}:
            self.counts[bucket] += 1

    def count(self, term: str) -> int:
        """In how many messages the term stands, or a little more."""
        return self.counts[crc32(term.encode()) % BUCKETS]

    def rarity(self, term: str) -> float:
        """From 0 (stands in every message) to about 1 (stands in none), whatever the number of messages."""
        known = self._rarities.get(term)
        if known is None:
            if len(self._rarities) > REMEMBERED:
                self._rarities.clear()
            known = math.log((self.total + 1) / (self.count(term) + 0.5)) / math.log(self.total + 2)
            known = self._rarities[term] = max(0.0, known)
        return known

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
    sites: Mapping[str, int]
    author: str = ""
    day: float = 0.0
    cache: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, subject: str, text: str, *, author: str = "", day: float = 0.0) -> Report:
        """From a message as it was written; some 0.5 ms."""
        flat_subject = _PLACE_CODE.sub("|", normal(subject))
        flat = bare(text)[:LONGEST]
        subject_tags, body_tags = rjieba.tag(normal(subject)), rjieba.tag(normal(text[:LONGEST]))
        return cls(
            frozenset(_words(subject_tags)),
            frozenset(_names(subject_tags)),
            frozenset(_names(_opening(body_tags))),
            Counter(_words(body_tags)),
            frozenset(_grams(flat_subject)),
            flat_subject,
            flat_subject + "|" + _PLACE_CODE.sub("|", normal(text[:OPENING])),
            frozenset(flat[start : start + 4] for start in range(max(1, len(flat) - 3))),
            sites(subject, text),
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
        return set(self.body) | self.subject | {f"#{gram}" for gram in self.grams} | set(self.sites)


def sites(subject: str, text: str) -> Counter[str]:
    """Endings such as 小区 or 路 with the two characters before them: parts of names of places, however they are cut.

    One in the subject counts three times. Marked with @, so that they are no words.
    """
    found = Counter(f"@{site}" for site in _SITE.findall(text[:OPENING]))
    for site in _SITE.findall(subject):
        found[f"@{site}"] += 3
    return found


def _words(tagged: Iterable[tuple[str, str]]) -> list[str]:
    return [word for word, _ in tagged if _telling(word)]


@lru_cache(maxsize=50_000)
def _telling(word: str) -> bool:
    return (
        (len(word) > 1 or word.isdigit())
        and word not in STOP
        and USEFUL.fullmatch(word) is not None
        and not _CODE.fullmatch(word)
    )


def _opening(tagged: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The words of the first characters, where people say who and where they are."""
    length = 0
    for place, (word, _) in enumerate(tagged):
        length += len(word)
        if length > OPENING:
            return tagged[:place]
    return tagged


@lru_cache(maxsize=50_000)
def _known(word: str) -> bool:
    return bool(rjieba.has_word(word))


def _names(tagged: Iterable[tuple[str, str]]) -> set[str]:
    """Words that name a place, a person or an enterprise: tagged so, or in no dictionary."""
    return {word for word, tag in tagged if _nameable(word) and (tag in _NAMES or not _known(word))}


@lru_cache(maxsize=50_000)
def _nameable(word: str) -> bool:
    return len(word) > 1 and word not in STOP and _HAN.search(word) is not None


def _grams(flat: str) -> set[str]:
    return {
        run[start : start + size]
        for run in _RUN.findall(flat)
        for size in (2, 3)
        for start in range(len(run) - size + 1)
    }
