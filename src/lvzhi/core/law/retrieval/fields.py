"""The ways in which a query can meet an article, and what the law around an article adds to it.

An article is met by its text (words, pairs, single characters), by its headings and its law's name, by the chapter it
stands in and by its law as a whole: a question that misses the article's own words still meets its chapter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.model import Article
from lvzhi.core.law.retrieval.postings import Keys, Postings
from lvzhi.core.law.retrieval.spelling import LONG, SHORT
from lvzhi.core.law.retrieval.store import Array
from lvzhi.core.law.retrieval.terms import Terms
from lvzhi.core.law.retrieval.words import Reader, char_keys, fold, pair_keys

Floats = NDArray[np.float32]
TEXT, HEAD = ("text_words", "text_pairs", "text_chars"), ("head_words", "head_pairs")
RANK = {kind: rank for rank, kind in enumerate((
    "constitution", "law", "administrative_regulation", "judicial_interpretation", "local_regulation",
))}  # fmt: skip
"""The kinds of texts from the highest down; what is not named comes last."""
_GROUPS = ("chapter_terms", "work_terms")
_HEAD_LENGTH, _GROUP_LENGTH = 0.3, 0.9
"""How much a long heading or a long chapter counts less, in the place of BM25's b."""
HEAD_FACTOR, CHAPTER_FACTOR, WORK_FACTOR = 0.5, 0.25, 0.2
"""Chosen on the training questions; the places of the optimum are flat."""
MEANT_FACTOR = 0.4


@dataclass(frozen=True)
class Read:
    """The articles as keys: flat terms with the article each stands in, for every field."""

    flat: dict[str, tuple[Keys, NDArray[np.int64]]]
    work: NDArray[np.int32]
    chapter: NDArray[np.int32]
    part: NDArray[np.int32]
    rank: NDArray[np.int32]
    words: list[str]


def read(articles: Sequence[Article]) -> Read:
    """Read every article's fields."""
    reader = Reader()
    found: dict[str, list[Keys]] = {name: [] for name in (*TEXT, *HEAD)}
    heads: dict[str, tuple[Keys, Keys]] = {}
    works: dict[object, int] = {}
    chapters: dict[object, int] = {}
    parts: dict[object, int] = {}
    groups = []
    for each in articles:
        head = f"{each.work} {' '.join(each.path)}"
        if head not in heads:
            folded = fold(head)
            heads[head] = (reader.words(folded), pair_keys(folded))
        folded = fold(each.text)
        for name, keys in zip(
            (*TEXT, *HEAD), (reader.words(folded), pair_keys(folded), char_keys(folded), *heads[head]), strict=True
        ):
            found[name].append(keys)
        groups.append((
            works.setdefault(each.work, len(works)), chapters.setdefault((each.work, each.path), len(chapters)),
            parts.setdefault((each.work, each.path[:1]), len(parts)),
        ))  # fmt: skip
    columns = np.array(groups, np.int32).reshape(-1, 3)
    flat = {name: _flat(lists) for name, lists in found.items()}
    rank = np.array([RANK.get(each.kind, len(RANK)) for each in articles], np.int32)
    return Read(flat, columns[:, 0].copy(), columns[:, 1].copy(), columns[:, 2].copy(), rank, reader.seen(SHORT, LONG))


def _flat(lists: list[Keys]) -> tuple[Keys, NDArray[np.int64]]:
    owner = np.repeat(np.arange(len(lists), dtype=np.int64), [len(each) for each in lists])
    return (np.concatenate(lists) if lists else np.zeros(0, np.uint64)), owner


def arrays_of(found: Read) -> dict[str, Array]:
    """What is stored of the fields."""
    count = len(found.work)
    arrays: dict[str, Array] = {"chapter": found.chapter, "part": found.part, "rank": found.rank}
    for name in (*TEXT, *HEAD):
        length = _HEAD_LENGTH if name in HEAD else 0.75
        arrays |= Postings.make(*found.flat[name], count, length).arrays(name)
    arrays["long"] = np.bincount(arrays["text_pairs_articles"], minlength=count).astype(np.float32)
    for name, group in zip(_GROUPS, (found.chapter, found.work), strict=True):
        flat = [found.flat[each] for each in ("text_words", "text_pairs", "head_words", "head_pairs")]
        keys = np.concatenate([each[0] for each in flat])
        owner = group[np.concatenate([each[1] for each in flat])].astype(np.int64)
        arrays |= Postings.make(keys, owner, int(group.max()) + 1 if count else 0, _GROUP_LENGTH).arrays(name)
    return arrays


@dataclass(frozen=True)
class Met:
    """What a query gives to every article: by field, by the article itself, by the chapter and law around it."""

    fields: dict[str, Floats]
    own: Floats
    around: Floats

    @property
    def plain(self) -> Floats:
        """The order without anything learned: what stands around counts only where the article itself was met."""
        found: Floats = np.where(self.own > 0, self.own + self.around, 0).astype(np.float32)
        return found


class Fields:
    """The fields of an index, asked one query at a time."""

    def __init__(self, arrays: Mapping[str, Array], count: int) -> None:
        self.count = count
        self.work: NDArray[np.int32] = np.asarray(arrays["work"])
        self.chapter: NDArray[np.int32] = np.asarray(arrays["chapter"])
        self.part: NDArray[np.int32] = np.asarray(arrays["part"])
        self.rank: NDArray[np.int32] = np.asarray(arrays["rank"])
        self.works, self.chapters, self.parts = (
            int(group.max()) + 1 if count else 0 for group in (self.work, self.chapter, self.part)
        )
        sizes = {"chapter_terms": self.chapters, "work_terms": self.works}
        self.postings = {name: Postings.of(name, arrays, sizes.get(name, count)) for name in (*TEXT, *HEAD, *_GROUPS)}
        starts = np.flatnonzero(np.diff(self.work, prepend=-1)) if count else np.zeros(0, np.int64)
        lengths = np.diff([*starts, count])
        self.place = (np.arange(count) - np.repeat(starts, lengths)).astype(np.float32)
        self.length = np.repeat(lengths, lengths).astype(np.float32)
        self.long: Floats = np.asarray(arrays["long"])

    def ranks(self, places: NDArray[np.int64]) -> list[Floats]:
        """What kind of text each article stands in: a column each for laws, regulations, interpretations."""
        rank = self.rank[places]
        return [(rank <= 1).astype(np.float32), (rank == 2).astype(np.float32), (rank == 3).astype(np.float32)]

    def meet(self, terms: Terms) -> Met:
        """Score every article in every field."""
        both = np.concatenate([terms.word_keys, terms.pair_keys])
        asked = {
            "text_words": terms.word_keys, "text_pairs": terms.pair_keys, "text_chars": terms.char_keys,
            "head_words": terms.word_keys, "head_pairs": terms.pair_keys,
        }  # fmt: skip
        fields = {name: self.postings[name].scores(keys) for name, keys in asked.items()}
        fields["chapter"] = self.postings["chapter_terms"].scores(both)[self.chapter]
        fields["work"] = self.postings["work_terms"].scores(both)[self.work]
        total = fields["text_words"] + fields["text_pairs"]
        met = total + HEAD_FACTOR * (fields["head_words"] + fields["head_pairs"])
        if len(terms.meant_pairs):
            met += MEANT_FACTOR * self.postings["text_words"].scores(terms.meant_words)
            met += MEANT_FACTOR * self.postings["text_pairs"].scores(terms.meant_pairs)
        around = CHAPTER_FACTOR * fields["chapter"] + WORK_FACTOR * fields["work"]
        return Met(fields, met, around)


PIECES = frozenset(f"{name}_articles" for name in (*TEXT, *HEAD, *_GROUPS))
"""The arrays of which a query wants a few stretches."""


def neighbours(articles: Sequence[Article]) -> NDArray[np.int64]:
    """For each article the one behind it in its law; the last of a law stands for itself."""
    found = np.arange(len(articles), dtype=np.int64)
    for place, (one, other) in enumerate(pairwise(articles)):
        if one.work == other.work:
            found[place] = place + 1
    return found
