"""Texts as points in a space where a question lies near its answer, learned from the corpus itself.

One table holds a vector for every word and pair; a text is the sum of its features' vectors, weighted and of length
one. The table starts at random, which keeps distances roughly, and learns from pairs of texts that belong together: a
part of an article and the whole, headings and what stands below, an article and the next one, a citing article and the
cited one. Then questions with known answers move it a little further. Within a batch every text's partner must be
nearer to it than everybody else's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from lvzhi.core.law.retrieval.bags import Bags, Floats, Ints, join

WIDE = 128
_BATCH = 512
_RATE, _EPOCHS = 0.05, 6
_FINE_RATE, _FINE_EPOCHS, _FINE_BATCH = 0.03, 5, 256
_SHARP, _FINE_SHARP = 0.05, 0.15
"""How sharply nearness is told apart: the temperature of the softmax."""
_AS_ASKED = 0.15
"""A question holds so little of what its article says."""
_MISTAKEN_AFTER = (1, 3)
"""Before these rounds the table says what it takes for answers; these are then told apart from the right ones."""
_SPARED, _MISTAKEN, _HARD = 10, 110, 3
"""The first few of them are spared, as not every answer is known to be one; of the rest a few are drawn."""
_SMALL = 1e-6
_NEVER = -30.0


@dataclass
class Table:
    """The vectors that are learned, with what Adagrad remembers of past steps."""

    vectors: Floats
    past: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.past = np.full(self.vectors.shape, 3e-3, np.float32)

    def step(self, asking: Bags, answering: Bags, rate: float, sharp: float, barred: Ints | None = None) -> float:
        """Pull each text to its partner, the one at the same place; return the loss before the step.

        There may be more answering texts than asking ones. `barred` are (asking, answering) not to be
        counted as wrong.
        """
        count = len(asking)
        u, u_long = _unit(asking.sums(self.vectors))
        v, v_long = _unit(answering.sums(self.vectors))
        nearness = u @ v.T / sharp
        if barred is not None and len(barred):
            nearness[barred[:, 0], barred[:, 1]] = _NEVER
        share = np.exp(nearness - nearness.max(1, keepdims=True))
        share /= share.sum(1, keepdims=True)
        own = np.arange(count)
        loss = float(-np.log(share[own, own] + 1e-9).mean())
        share[own, own] -= 1
        share /= count * sharp
        du, dv = share @ v, share.T @ u
        gradient = np.vstack([_through(du, u, u_long), _through(dv, v, v_long)]).astype(np.float32)
        features, slope = join(asking, answering).spread(gradient)
        self.past[features] += slope * slope
        self.vectors[features] -= rate * slope / np.sqrt(self.past[features])
        return loss


def _unit(sums: Floats) -> tuple[Floats, Floats]:
    long = np.sqrt((sums * sums).sum(1, keepdims=True)) + np.float32(_SMALL)
    return sums / long, long


def _through(slope: Floats, unit: Floats, long: Floats) -> Floats:
    found: Floats = (slope - unit * (unit * slope).sum(1, keepdims=True)) / long
    return found


def encode(bags: Bags, vectors: Floats) -> Floats:
    """Every text's point: length one, or zero for a text of unknown features."""
    return _unit(bags.sums(vectors))[0]


@dataclass(frozen=True)
class Corpus:
    """The articles as bags: all of an article, its text alone, its headings and its law's name alone.

    `follows` says which article stands behind each (itself for the last of a law), `links` are pairs (citing, cited).
    """

    whole: Bags
    text: Bags
    head: Bags
    follows: Ints
    links: Ints


def pretrain(corpus: Corpus, features: int, random: np.random.Generator, say: Callable[[str], None]) -> Floats:
    """Learn the table from the corpus alone."""
    table = Table((random.standard_normal((features, WIDE)) * 0.1 / np.sqrt(WIDE)).astype(np.float32))
    count = len(corpus.whole)
    for epoch in range(_EPOCHS):
        order = random.permutation(count)
        losses = [
            table.step(*_partners(corpus, order[at : at + _BATCH], random), _RATE, _SHARP)
            for at in range(0, count, _BATCH)
        ]
        say(f"embedding {epoch + 1}/{_EPOCHS}: {np.mean(losses):.3f}")
    return table.vectors


def _partners(corpus: Corpus, rows: Ints, random: np.random.Generator) -> tuple[Bags, Bags]:
    """A batch of pairs of one sort."""
    sort = int(random.integers(5 if len(corpus.links) else 4))
    if sort <= 1:
        return corpus.text.take(rows, _AS_ASKED, random), corpus.whole.take(rows, 0.8, random)
    if sort == 2:
        return corpus.head.take(rows), corpus.text.take(rows)
    if sort == 3:
        return corpus.text.take(rows, 0.4, random), corpus.whole.take(corpus.follows[rows])
    chosen = corpus.links[random.integers(len(corpus.links), size=len(rows))]
    return corpus.text.take(chosen[:, 0], 0.6, random), corpus.whole.take(chosen[:, 1])


def refine(vectors: Floats, corpus: Corpus, questions: Bags, pairs: Ints, random: np.random.Generator) -> Floats:
    """Move the table by questions and their answers: `pairs` of (question, article).

    An answer is told apart from the other questions' answers, from articles near it in its law, and from what the table
    itself took for an answer. Between the steps the corpus is rehearsed, so that what it taught is not forgotten.
    """
    table = Table(vectors.copy())
    count = len(corpus.whole)
    answers = {(int(question), int(article)) for question, article in pairs}
    mistaken: Ints | None = None
    for epoch in range(_FINE_EPOCHS if len(pairs) else 0):
        if epoch in _MISTAKEN_AFTER:
            mistaken = _mistaken(table.vectors, corpus.whole, questions, pairs)
        order = random.permutation(len(pairs))
        for at in range(0, len(order), _FINE_BATCH):
            rows = order[at : at + _FINE_BATCH]
            asked, right = pairs[rows].T
            beside = np.clip(right + random.choice([-3, -2, -1, 1, 2, 3], len(rows)), 0, count - 1)
            hard = [] if mistaken is None else [
                mistaken[rows, random.integers(mistaken.shape[1], size=len(rows))] for _ in range(_HARD)
            ]  # fmt: skip
            offered = np.concatenate([right, beside, *hard])
            table.step(
                questions.take(asked, 0.6, random), corpus.whole.take(offered, 0.8, random),
                _FINE_RATE, _FINE_SHARP, _barred(asked, offered, answers),
            )  # fmt: skip
            rehearsed = random.integers(count, size=_FINE_BATCH)
            table.step(
                corpus.text.take(rehearsed, 0.25, random), corpus.whole.take(rehearsed, 0.8, random),
                _FINE_RATE / 2, _FINE_SHARP,
            )  # fmt: skip
    return table.vectors


def _mistaken(vectors: Floats, whole: Bags, questions: Bags, pairs: Ints) -> Ints:
    """For each pair the articles that its question takes for answers: as many for each, the first few spared."""
    points = encode(whole, vectors)
    asked, place = np.unique(pairs[:, 0], return_inverse=True)
    most = min(_MISTAKEN, len(points) - 1)
    spared = min(_SPARED, most - 1)
    found = np.zeros((len(asked), most - spared), np.int64)
    for at, question in enumerate(asked):
        near = points @ encode(questions.take(np.array([question])), vectors)[0]
        own = [article for other, article in pairs[pairs[:, 0] == question].tolist()]
        near[own] = -np.inf
        best = np.argpartition(-near, most - 1)[:most]
        found[at] = best[np.argsort(-near[best])][spared:]
    return found[place]


def _barred(questions: Ints, offered: Ints, answers: set[tuple[int, int]]) -> Ints:
    """Where another question's answer is an answer to this one too."""
    found = [
        (row, column)
        for row, question in enumerate(questions) for column, article in enumerate(offered)
        if row != column and (int(question), int(article)) in answers
    ]  # fmt: skip
    return np.array(found, np.int64).reshape(-1, 2)
