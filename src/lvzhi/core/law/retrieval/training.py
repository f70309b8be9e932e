"""Learning from questions with known answers, and from the corpus itself.

The ranker must learn from questions it was not taught, or it would trust too much in what only known questions have.
So the questions are cut into parts; for each part everything else is learned from the other parts, and its questions
are asked as if they were new. Only then is everything learned once more from all questions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval import ranker
from lvzhi.core.law.retrieval.bags import Floats, Ints
from lvzhi.core.law.retrieval.embedding import Corpus, encode, pretrain, refine
from lvzhi.core.law.retrieval.features import Asked, Learned, Space, candidates
from lvzhi.core.law.retrieval.fields import Fields, Read, arrays_of, neighbours, read
from lvzhi.core.law.retrieval.learned import Model, Vocabulary, group_middles, groups_of, middles
from lvzhi.core.law.retrieval.lore import Lore, Question, Translation, answers_terms, translate
from lvzhi.core.law.retrieval.model import Article
from lvzhi.core.law.retrieval.postings import Keys
from lvzhi.core.law.retrieval.terms import Terms
from lvzhi.core.law.retrieval.words import fold

_PARTS = 5
_LEAST = 3
"""A feature must stand in so many articles to get a vector."""
_PAIR_WEIGHT, _CHAR_WEIGHT = 0.7, 0.5
"""Single characters too: everyday speech says 狗, 偷, 撞 where the law says 动物, 盗窃, 碰撞."""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Ground:
    """What is learned on, and what the corpus alone taught."""

    articles: Sequence[Article]
    found: Read
    fields: Fields
    vocabulary: Vocabulary
    corpus: Corpus
    plain: Floats
    points: Floats


def prepare(articles: Sequence[Article], links: Sequence[tuple[str, str]], say: Say, seed: int = 0) -> Ground:
    """Read the articles and learn the plain embedding. `links` are keys (citing, cited)."""
    found = read(articles)
    fields = Fields({**arrays_of(found), "work": found.work}, len(articles))
    vocabulary = _vocabulary(found)
    places = {each.key: place for place, each in enumerate(articles)}
    joined = [(places[one], places[other]) for one, other in links if one in places and other in places]
    corpus = Corpus(
        vocabulary.of_articles(found), vocabulary.of_articles(found, head=0), vocabulary.of_articles(found, text=0),
        neighbours(articles), np.array(joined, np.int64).reshape(-1, 2),
    )  # fmt: skip
    say(f"{len(articles)} articles, {len(vocabulary.keys)} features, {len(joined)} citations")
    plain = pretrain(corpus, len(vocabulary.keys), np.random.default_rng(seed), say)
    return Ground(articles, found, fields, vocabulary, corpus, plain, encode(corpus.whole, plain))


def _vocabulary(found: Read) -> Vocabulary:
    keys, rarities = [], []
    count = max(len(found.work), 1)
    for names, weight in (
        (("text_words", "head_words"), 1.0), (("text_pairs", "head_pairs"), _PAIR_WEIGHT),
        (("text_chars",), _CHAR_WEIGHT),
    ):  # fmt: skip
        flat = np.concatenate([found.flat[name][0] for name in names])
        owner = np.concatenate([found.flat[name][1] for name in names])
        terms, inverse = np.unique(flat, return_inverse=True)
        often = np.bincount(np.unique(inverse.astype(np.int64) * count + owner) // count, minlength=len(terms))
        kept = often >= _LEAST
        keys.append(terms[kept])
        rarities.append(np.log(count / often[kept]) * weight)
    flat_keys = np.concatenate(keys)
    order = np.argsort(flat_keys)
    return Vocabulary(flat_keys[order], np.concatenate(rarities)[order].astype(np.float32))


@dataclass(frozen=True)
class Taught:
    """What a set of questions taught."""

    table: Floats
    learned: Learned


class Lessons:
    """The questions, read once for all parts."""

    def __init__(self, ground: Ground, questions: Sequence[tuple[str, Sequence[str]]], seed: int = 0) -> None:
        places = {each.key: place for place, each in enumerate(ground.articles)}
        self.ground = ground
        self.texts = [text for text, _keys in questions]
        self.keys = [tuple(key for key in keys if key in places) for _text, keys in questions]
        self.answers = [tuple(places[key] for key in keys) for keys in self.keys]
        self._bags = ground.vocabulary.of_texts(self.texts)
        self._plain = encode(self._bags, ground.plain)
        self._terms = [Terms.of(fold(text)) for text in self.texts]
        answered = sorted({place for each in self.answers for place in each})
        texts = [ground.articles[place].text for place in answered]
        self._answer_words = dict(zip(answered, answers_terms(texts, "words"), strict=True))
        self._answer_pairs = dict(zip(answered, answers_terms(texts, "pairs"), strict=True))
        self._seed = seed

    def teach(self, chosen: Ints) -> Taught:
        """Learn from some of the questions."""
        ground = self.ground
        questions = [Question(self.texts[each], self.answers[each]) for each in chosen if self.answers[each]]
        kept = np.array([each for each in chosen if self.answers[each]], np.int64)
        pairs = np.array([(each, place) for each in kept for place in self.answers[each]], np.int64).reshape(-1, 2)
        random = np.random.default_rng(self._seed + 1)
        table = refine(ground.plain, ground.corpus, self._bags, pairs, random)
        points = encode(ground.corpus.whole, table)
        bags = self._bags.take(kept)
        answers = [self.answers[each] for each in kept]
        learned = Learned(
            Lore(questions, groups_of(ground.fields)),
            self._translate(kept, [each.word_keys for each in self._terms], self._answer_words),
            self._translate(kept, [each.pair_keys for each in self._terms], self._answer_pairs),
            self._space(ground.points, self._plain[kept], answers),
            self._space(points, encode(bags, table), answers),
        )
        return Taught(table, learned)

    def _space(self, points: Floats, questions: Floats, answers: Sequence[Sequence[int]]) -> Space:
        chapters = group_middles(points, self.ground.found.chapter)
        works = group_middles(points, self.ground.found.work)
        return Space(points, chapters, works, questions, middles(points, answers))

    def _translate(self, kept: Ints, asked: Sequence[Keys], answered: Mapping[int, Keys]) -> Translation:
        texts = [[answered[place] for place in self.answers[each]] for each in kept]
        return translate([asked[each] for each in kept], texts)

    def ask(self, taught: Taught, place: int) -> tuple[Ints, Floats]:
        """The candidates of one question and their features, by what was taught."""
        point = encode(self._bags.take(np.array([place])), taught.table)[0]
        asked = Asked(self._terms[place], self._plain[place], point)
        return candidates(self.ground.fields, taught.learned, asked, None)

    def rank(self, chosen: Ints, say: Say) -> ranker.Ranker:
        """Learn the order of candidates, each question asked of what the other parts taught."""
        part = np.random.default_rng(self._seed + 2).permutation(len(chosen)) % _PARTS
        lists: list[Floats] = []
        right: list[NDArray[np.bool_]] = []
        for each in range(_PARTS):
            taught = self.teach(chosen[part != each])
            for place in chosen[part == each]:
                places, rows = self.ask(taught, int(place))
                lists.append(rows)
                right.append(np.isin(places, self.answers[place]))
            say(f"questions {each + 1}/{_PARTS}")
        return ranker.train(lists, right, self._seed)


def train(
    articles: Sequence[Article], questions: Sequence[tuple[str, Sequence[str]]],
    links: Sequence[tuple[str, str]] = (), say: Say = lambda _line: None,
) -> Model:  # fmt: skip
    """Learn from questions and the keys of their answers. Some minutes for 60,000 articles and 1,200 questions."""
    ground = prepare(articles, links, say)
    lessons = Lessons(ground, questions)
    return finish(lessons, np.arange(len(questions)), say)


def finish(lessons: Lessons, chosen: Ints, say: Say) -> Model:
    """The model that some of the questions make."""
    order = lessons.rank(chosen, say)
    taught = lessons.teach(chosen)
    return Model(
        lessons.ground.vocabulary, lessons.ground.plain, taught.table,
        tuple(lessons.texts[each] for each in chosen), tuple(lessons.keys[each] for each in chosen),
        taught.learned.words, taught.learned.pairs, order,
    )  # fmt: skip
