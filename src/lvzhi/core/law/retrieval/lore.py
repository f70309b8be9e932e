"""What questions with known answers teach beside the embedding: which laws are asked about, and in which words.

Three things. How often a law, a chapter, an article was the answer. Which known questions are alike, and what answered
them: also for an article nobody asked about yet its chapter and its law tell much. And which words of the law answer
which words of everyday speech (a question of 老公 is answered where it says 配偶).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.postings import Keys
from lvzhi.core.law.retrieval.store import Array
from lvzhi.core.law.retrieval.terms import Terms
from lvzhi.core.law.retrieval.words import Reader, fold, pair_keys

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_ALIKE = 30
"""So many known questions are looked at."""
MOST_WORDS, MOST_PAIRS = 60, 60
_LEAST_LIFT = 0.3


@dataclass(frozen=True)
class Question:
    """A question with the places of its answers among the articles."""

    text: str
    answers: tuple[int, ...]


@dataclass(frozen=True)
class Translation:
    """For each term of a question the terms of the law that go with it: rows laid end to end, strength beside."""

    asked: Keys
    starts: Ints
    answered: Keys
    strength: Floats

    def expand(self, keys: Keys, most: int) -> tuple[Keys, Floats]:
        """The terms that go with these, the strongest first, the first with strength 1."""
        if not len(self.asked) or not len(keys):
            return np.zeros(0, np.uint64), np.zeros(0, np.float32)
        found = np.minimum(np.searchsorted(self.asked, keys), len(self.asked) - 1)
        rows = found[self.asked[found] == keys]
        spans = [slice(int(self.starts[row]), int(self.starts[row + 1])) for row in rows]
        if not spans:
            return np.zeros(0, np.uint64), np.zeros(0, np.float32)
        terms, inverse = np.unique(np.concatenate([self.answered[span] for span in spans]), return_inverse=True)
        strength = np.bincount(inverse, np.concatenate([self.strength[span] for span in spans])).astype(np.float32)
        best = np.argsort(-strength, kind="stable")[:most]
        return terms[best], strength[best] / strength[best[0]]


def translate(asked: Sequence[Keys], answered: Sequence[Sequence[Keys]]) -> Translation:
    """From questions' terms and their answers' terms, each once a text.

    Strength is the logarithm of how much oftener the two come together than by chance, less where that was seen seldom.
    """
    every_asked, every_answered, every_weight = [], [], []
    for keys, texts in zip(asked, answered, strict=True):
        for text in texts:
            every_asked.append(np.repeat(keys, len(text)))
            every_answered.append(np.tile(text, len(keys)))
            every_weight.append(np.full(len(keys) * len(text), 1 / len(texts), np.float32))
    if not every_asked:
        return Translation(
            np.zeros(0, np.uint64), np.zeros(1, np.int64), np.zeros(0, np.uint64), np.zeros(0, np.float32)
        )
    rows, row = np.unique(np.concatenate(every_asked), return_inverse=True)
    columns, column = np.unique(np.concatenate(every_answered), return_inverse=True)
    cells, inverse = np.unique(row.astype(np.int64) * len(columns) + column, return_inverse=True)
    together = np.bincount(inverse, np.concatenate(every_weight))
    at_row, at_column = np.divmod(cells, len(columns))
    asked_often = np.bincount(np.searchsorted(rows, np.concatenate(asked)), minlength=len(rows))
    weights = [np.full(len(text), 1 / len(texts)) for texts in answered for text in texts]
    flat = np.concatenate([text for texts in answered for text in texts])
    answered_often = np.bincount(np.searchsorted(columns, flat), np.concatenate(weights), len(columns))
    lift = np.log(together * len(asked) / (asked_often[at_row] * answered_often[at_column]))
    strength = lift * together / (together + 2)
    kept = (strength > _LEAST_LIFT) & (together >= 1)
    starts = np.searchsorted(at_row[kept], np.arange(len(rows) + 1)).astype(np.int64)
    return Translation(rows, starts, columns[at_column[kept]], strength[kept].astype(np.float32))


@dataclass(frozen=True)
class Seen:
    """What known questions say about a new one, by work, chapter, part and article."""

    asked: dict[str, Floats]
    alike: dict[str, Floats]
    near: dict[str, Floats]
    meaning: Floats


@dataclass(frozen=True)
class Groups:
    """Which work, chapter and part each article belongs to, and how many there are of each."""

    of: Mapping[str, NDArray[np.int32]]
    sizes: Mapping[str, int]


class Lore:
    """Known questions, bound to the articles of one index."""

    def __init__(self, questions: Sequence[Question], groups: Groups) -> None:
        self.questions = [each for each in questions if each.answers]
        self._sizes = groups.sizes
        reader = Reader()
        folded = [fold(each.text) for each in self.questions]
        self.words = [np.unique(reader.words(text)) for text in folded]
        self.pairs = [np.unique(pair_keys(text)) for text in folded]
        self._index_questions()
        self._members: dict[str, tuple[Ints, Ints]] = {}
        for name, of in groups.of.items():
            found = [np.unique(of[np.array(each.answers)]) for each in self.questions]
            owner = np.repeat(np.arange(len(found)), [len(each) for each in found]).astype(np.int64)
            flat = np.concatenate(found).astype(np.int64) if found else np.zeros(0, np.int64)
            self._members[name] = (owner, flat)
        self.prior = {
            name: np.log1p(np.bincount(flat, minlength=self._sizes[name]) * 1000 / max(len(self.questions), 1))
            .astype(np.float32)
            for name, (_owner, flat) in self._members.items()
        }  # fmt: skip

    def _index_questions(self) -> None:
        count = len(self.questions)
        owner = np.repeat(
            np.arange(count), [len(words) + len(pairs) for words, pairs in zip(self.words, self.pairs, strict=True)]
        )
        flat = [np.concatenate(both) for both in zip(self.words, self.pairs, strict=True)]
        keys = np.concatenate(flat) if flat else np.zeros(0, np.uint64)
        self._terms, inverse = np.unique(keys, return_inverse=True)
        often = np.bincount(inverse, minlength=len(self._terms))
        self._rarity = np.log((count + 1) / (often + 0.5))
        long = np.sqrt(np.bincount(owner, self._rarity[inverse] ** 2, count)) + 1e-9
        order = np.argsort(inverse, kind="stable")
        self._starts = np.searchsorted(inverse[order], np.arange(len(self._terms) + 1))
        self._owner = owner[order]
        self._weight = self._rarity[inverse[order]] / long[self._owner]

    def likeness(self, terms: Terms) -> Floats:
        """How alike each known question is, by its rare words and pairs: 0 to 1."""
        found: NDArray[np.float64] = np.zeros(len(self.questions))
        keys = np.concatenate([terms.word_keys, terms.pair_keys])
        if not len(self._terms) or not len(keys):
            return found.astype(np.float32)
        at = np.minimum(np.searchsorted(self._terms, keys), len(self._terms) - 1)
        known = at[self._terms[at] == keys]
        strange = (len(keys) - len(known)) * np.log((len(self.questions) + 1) / 0.5) ** 2
        for term in known:
            span = slice(int(self._starts[term]), int(self._starts[term + 1]))
            found[self._owner[span]] += self._weight[span] * self._rarity[term]
        long = float(np.sqrt((self._rarity[known] ** 2).sum() + strange)) + 1e-9
        alike: Floats = (found / long).astype(np.float32)
        return alike

    def look(self, terms: Terms, nearness: Floats, meanings: Floats) -> Seen:
        """What is known. `nearness` is each known question's nearness by embedding, `meanings` its answers' points."""
        alike = _strongest(self.likeness(terms) ** 2)
        near = _strongest(np.maximum(nearness, 0) ** 4)
        found = Seen(self.prior, {}, {}, alike @ meanings if len(alike) else np.zeros(meanings.shape[1], np.float32))
        for name, (owner, member) in self._members.items():
            size = self._sizes[name]
            for into, strength in ((found.alike, alike), (found.near, near)):
                into[name] = np.log1p(3 * np.bincount(member, strength[owner], size)).astype(np.float32)
        return found

    def arrays(self) -> dict[str, Array]:
        """What the index keeps: the rest is made of it on opening."""
        flat = [answer for each in self.questions for answer in each.answers]
        return {
            "lore_answers": np.array(flat, np.int64),
            "lore_ends": np.cumsum([len(each.answers) for each in self.questions]).astype(np.int64),
        }


def _strongest(strength: Floats) -> Floats:
    """Only the strongest few, the rest 0."""
    if len(strength) <= _ALIKE:
        return strength
    floor = np.partition(strength, len(strength) - _ALIKE)[len(strength) - _ALIKE]
    found: Floats = np.where(strength >= floor, strength, 0).astype(np.float32)
    return found


def answers_terms(texts: Sequence[str], keys_of: str) -> list[Keys]:
    """The words or the pairs of articles, each once."""
    reader = Reader()
    return [np.unique(reader.words(fold(text)) if keys_of == "words" else pair_keys(fold(text))) for text in texts]
