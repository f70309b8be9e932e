"""What was learned, on disk, and bound to the articles of an index."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.bags import Bags
from lvzhi.core.law.retrieval.embedding import WIDE, encode
from lvzhi.core.law.retrieval.features import Asked, Learned, Space
from lvzhi.core.law.retrieval.fields import Fields, Read
from lvzhi.core.law.retrieval.lore import Groups, Lore, Question, Translation
from lvzhi.core.law.retrieval.model import Article, IndexRefused
from lvzhi.core.law.retrieval.postings import Keys
from lvzhi.core.law.retrieval.ranker import Ranker
from lvzhi.core.law.retrieval.store import Array, Strings, pack, read, write
from lvzhi.core.law.retrieval.terms import Terms
from lvzhi.core.law.retrieval.words import Reader, char_keys, fold, pair_keys

log = logging.getLogger(__name__)
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
PIECES = frozenset({"plain_table", "taught_table", "taught_articles"})
"""The arrays of an index of which a query wants a few rows, or that are read once."""
_HEAD_WEIGHT = 0.4
"""A word of a heading counts so much of one in the text."""


@dataclass(frozen=True)
class Vocabulary:
    """The features of the embeddings: keys in order, and how much each weighs."""

    keys: Keys
    rarity: Floats

    def features(self, keys: Keys) -> NDArray[np.int32]:
        """The place of each key, -1 for an unknown one."""
        if not len(self.keys):
            return np.full(len(keys), -1, np.int32)
        found = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[found] == keys, found, -1).astype(np.int32)

    def bags(self, parts: Sequence[tuple[Keys, Ints, float]], count: int) -> Bags:
        """Texts as bags: (keys, owner, weight) of each view."""
        return Bags.of([(owner, self.features(keys), weight) for keys, owner, weight in parts], count, self.rarity)

    def of_articles(self, found: Read, text: float = 1.0, head: float = _HEAD_WEIGHT) -> Bags:
        """The articles; a weight of 0 leaves text or headings out."""
        weights = {"text_words": text, "text_pairs": text, "text_chars": text, "head_words": head, "head_pairs": head}
        parts = [(*found.flat[name], weight) for name, weight in weights.items() if weight]
        return self.bags(parts, len(found.work))

    def of_texts(self, texts: Sequence[str]) -> Bags:
        """Questions, or any texts."""
        reader = Reader()
        keys = [np.concatenate([reader.words(each), pair_keys(each), char_keys(each)]) for each in map(fold, texts)]
        owner = np.repeat(np.arange(len(keys), dtype=np.int64), [len(each) for each in keys])
        return self.bags([(np.concatenate(keys) if keys else np.zeros(0, np.uint64), owner, 1.0)], len(keys))


@dataclass(frozen=True)
class Model:
    """What `train` makes: usable with any index, best with one of the laws it was learned on.

    `answers` are keys of articles, question by question; those an index does not hold teach it nothing.
    """

    vocabulary: Vocabulary
    plain: Floats
    taught: Floats
    questions: tuple[str, ...]
    answers: tuple[tuple[str, ...], ...]
    words: Translation
    pairs: Translation
    ranker: Ranker

    def save(self, folder: Path) -> int:
        """Write it in the place of the one that is there; return its bytes."""
        texts, ends = pack(self.questions)
        keys, key_ends = pack(key for each in self.answers for key in each)
        arrays: dict[str, Array] = {
            **self._common(), "question_blob": texts, "question_ends": ends, "answer_blob": keys,
            "answer_ends": key_ends, "answer_counts": np.array([len(each) for each in self.answers], np.int64),
        }  # fmt: skip
        return write(folder, arrays, {"questions": len(self.questions)})

    def _common(self) -> dict[str, Array]:
        found: dict[str, Array] = {
            "feature_keys": self.vocabulary.keys, "feature_rarity": self.vocabulary.rarity,
            "plain_table": self.plain.astype(np.float16), "taught_table": self.taught.astype(np.float16),
            **self.ranker.arrays(),
        }  # fmt: skip
        for name, each in (("words", self.words), ("pairs", self.pairs)):
            found |= {
                f"meant_{name}_asked": each.asked, f"meant_{name}_starts": each.starts,
                f"meant_{name}_answered": each.answered, f"meant_{name}_strength": each.strength,
            }  # fmt: skip
        return found

    @staticmethod
    def load(folder: Path) -> Model:
        """Read what was saved. Raises IndexRefused where there is nothing that can be read."""
        arrays, _about = read(folder)
        keys = Strings(arrays["answer_blob"], arrays["answer_ends"])
        counts = np.cumsum([0, *arrays["answer_counts"]])
        questions = Strings(arrays["question_blob"], arrays["question_ends"])
        return Model(
            _vocabulary(arrays), np.asarray(arrays["plain_table"]), np.asarray(arrays["taught_table"]),
            tuple(questions[place] for place in range(len(questions))),
            tuple(
                tuple(keys[at] for at in range(int(counts[place]), int(counts[place + 1])))
                for place in range(len(questions))
            ),
            _translation(arrays, "words"), _translation(arrays, "pairs"), Ranker.of(arrays),
        )  # fmt: skip

    @staticmethod
    def find(folder: Path) -> Model | None:
        """What was saved, or None where nothing was, or nothing that this version can read: that is logged."""
        try:
            return Model.load(folder)
        except IndexRefused:
            if folder.exists():
                log.warning("what was learned in %s cannot be read: run lvzhi laws train again", folder)
            return None

    def bind(self, articles: Sequence[Article], found: Read) -> dict[str, Array]:
        """What an index of these articles keeps of the model."""
        places: dict[str, list[int]] = {}
        for place, each in enumerate(articles):
            places.setdefault(each.key, []).append(place)
        answers = [[at for key in keys for at in places.get(key, ())] for keys in self.answers]
        kept = [place for place, each in enumerate(answers) if each]
        texts, ends = pack(self.questions[place] for place in kept)
        bound = [answers[place] for place in kept]
        asked = self.vocabulary.of_texts([self.questions[place] for place in kept])
        whole = self.vocabulary.of_articles(found)
        points = {"plain": encode(whole, self.plain), "taught": encode(whole, self.taught)}
        return {
            **self._common(), "question_blob": texts, "question_ends": ends,
            "lore_answers": np.array([place for each in bound for place in each], np.int64),
            "lore_ends": np.cumsum([len(each) for each in bound]).astype(np.int64),
            **{f"{name}_articles": points[name].astype(np.float16) for name in points},
            **{f"{name}_chapters": group_middles(points[name], found.chapter) for name in points},
            **{f"{name}_works": group_middles(points[name], found.work) for name in points},
            **{f"{name}_questions": encode(asked, getattr(self, name)) for name in points},
            **{f"{name}_answers": middles(points[name], bound) for name in points},
        }  # fmt: skip


def middles(points: Floats, answers: Sequence[Sequence[int]]) -> Floats:
    """For every question the mean of its answers' points."""
    found = np.zeros((len(answers), WIDE), np.float32)
    for place, each in enumerate(answers):
        found[place] = points[list(each)].mean(0)
    return found


def group_middles(points: Floats, groups: NDArray[np.int32]) -> Floats:
    """For every chapter or law the mean of its articles' points."""
    found = np.zeros((int(groups.max()) + 1 if len(groups) else 0, WIDE), np.float32)
    order = np.argsort(groups, kind="stable")
    ends = np.cumsum(np.bincount(groups, minlength=len(found)))
    for group, end in enumerate(ends):
        begin = int(ends[group - 1]) if group else 0
        found[group] = points[order[begin:end]].mean(0)
    return found


def _vocabulary(arrays: Mapping[str, Array]) -> Vocabulary:
    return Vocabulary(np.asarray(arrays["feature_keys"]), np.asarray(arrays["feature_rarity"]))


def _translation(arrays: Mapping[str, Array], name: str) -> Translation:
    return Translation(*(arrays[f"meant_{name}_{part}"] for part in ("asked", "starts", "answered", "strength")))


def groups_of(fields: Fields) -> Groups:
    """The groups by which known questions speak of articles."""
    return Groups(
        {"work": fields.work, "chapter": fields.chapter, "part": fields.part,
         "article": np.arange(fields.count, dtype=np.int32)},
        {"work": fields.works, "chapter": fields.chapters, "part": fields.parts, "article": fields.count},
    )  # fmt: skip


class Bound:
    """A model inside an opened index."""

    def __init__(self, arrays: Mapping[str, Array], fields: Fields) -> None:
        texts = Strings(arrays["question_blob"], arrays["question_ends"])
        ends = [0, *arrays["lore_ends"].tolist()]
        answers = arrays["lore_answers"].tolist()
        questions = [
            Question(texts[place], tuple(answers[ends[place] : ends[place + 1]])) for place in range(len(texts))
        ]
        spaces = {
            name: Space(*(arrays[f"{name}_{part.name}"] for part in dataclasses.fields(Space)))
            for name in ("plain", "taught")
        }
        # Every question is multiplied with all of these points, and processors have no product of sixteen bits.
        wide = np.asarray(spaces["taught"].articles, np.float32)
        spaces["taught"] = dataclasses.replace(spaces["taught"], articles=wide)
        self.ranker = Ranker.of(arrays)
        self.learned = Learned(
            Lore(questions, groups_of(fields)), _translation(arrays, "words"), _translation(arrays, "pairs"), **spaces
        )
        self._vocabulary = _vocabulary(arrays)
        self._tables = {name: arrays[f"{name}_table"] for name in ("plain", "taught")}

    def ask(self, terms: Terms, folded: str) -> Asked:
        """A query with its points."""
        bags = self._vocabulary.of_texts([folded])
        points = {name: encode(bags, table)[0] for name, table in self._tables.items()}
        return Asked(terms, **points)
