"""From a query to its candidates and their features: the same code when learning and when answering."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval.fields import Fields, Met
from lvzhi.core.law.retrieval.lore import MOST_PAIRS, MOST_WORDS, Lore, Seen, Translation
from lvzhi.core.law.retrieval.terms import Terms

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
POOL = 500
"""So many candidates are looked at closely."""


@dataclass(frozen=True)
class Space:
    """One embedding: points of the articles, middles of chapters and laws, known questions and their answers."""

    articles: Floats
    chapters: Floats
    works: Floats
    questions: Floats
    answers: Floats


@dataclass(frozen=True)
class Learned:
    """Everything learned, bound to an index. `plain` knows the corpus only, `taught` the questions too."""

    lore: Lore
    words: Translation
    pairs: Translation
    plain: Space
    taught: Space


@dataclass(frozen=True)
class Asked:
    """A query as terms and as points in both spaces."""

    terms: Terms
    plain: Floats
    taught: Floats


def candidates(
    fields: Fields, learned: Learned, asked: Asked, allowed: NDArray[np.bool_] | None
) -> tuple[Places, Floats]:
    """The places of at most POOL articles, the likeliest first, and a row of features for each."""
    met = fields.meet(asked.terms)
    seen = learned.lore.look(asked.terms, learned.taught.questions @ asked.taught, learned.plain.answers)
    word_keys, word_strength = learned.words.expand(asked.terms.word_keys, MOST_WORDS)
    pair_keys, pair_strength = learned.pairs.expand(asked.terms.pair_keys, MOST_PAIRS)
    wide = {
        "words_meant": fields.postings["text_words"].scores(word_keys, word_strength),
        "pairs_meant": fields.postings["text_pairs"].scores(pair_keys, pair_strength),
        "taught": learned.taught.articles @ asked.taught,
    }
    first = _first(fields, met, seen, wide)
    if allowed is not None:
        first = np.where(allowed, first, -np.inf)
    places = _best(first, POOL)
    return places, _features(fields, learned, asked, met, seen, wide, first, places)


def _first(fields: Fields, met: Met, seen: Seen, wide: dict[str, Floats]) -> Floats:
    """The score by which candidates are chosen."""
    work = 2 * seen.asked["work"] + 10 * seen.alike["work"]
    chapter = 2 * seen.asked["chapter"] + 12 * seen.alike["chapter"] + 5 * seen.near["chapter"]
    first = met.own + met.around + 20 * wide["taught"] + 0.5 * wide["words_meant"] + 0.3 * wide["pairs_meant"]
    first += work[fields.work] + chapter[fields.chapter] + 20 * seen.alike["article"]
    found: Floats = first.astype(np.float32)
    return found


def _best(scores: Floats, most: int) -> Places:
    places = np.argpartition(-scores, most)[:most] if most < len(scores) else np.arange(len(scores))
    places = places[np.isfinite(scores[places])]
    return places[np.argsort(-scores[places], kind="stable")]


def _features(
    fields: Fields, learned: Learned, asked: Asked, met: Met, seen: Seen, wide: dict[str, Floats], first: Floats,
    places: Places,
) -> Floats:  # fmt: skip
    work, chapter, part = fields.work[places], fields.chapter[places], fields.part[places]
    own = met.own[places]
    plain = learned.plain.articles[places].astype(np.float32)
    columns = [
        first[places], np.log1p(np.arange(len(places))), own, met.around[places],
        *(field[places] for field in met.fields.values()),
        own_share(met.fields["text_words"][places], fields.postings["text_words"].mass(asked.terms.word_keys)),
        own_share(met.fields["text_pairs"][places], fields.postings["text_pairs"].mass(asked.terms.pair_keys)),
        *(scores[places] for scores in wide.values()),
        plain @ asked.plain, plain @ seen.meaning,
        (learned.taught.chapters @ asked.taught)[chapter], (learned.taught.works @ asked.taught)[work],
        (learned.plain.chapters @ asked.plain)[chapter], (learned.plain.works @ asked.plain)[work],
        *(of[name][at] for of in (seen.asked, seen.alike, seen.near)
          for name, at in (("work", work), ("chapter", chapter), ("part", part), ("article", places))),
        *_beside(fields, met.own, places), *_among(work, own), *_among(chapter, own),
        np.log1p(fields.place[places]), fields.place[places] / fields.length[places],
        np.log1p(fields.length[places]), np.log1p(fields.long[places]), *fields.ranks(places),
        np.full(len(places), np.log1p(asked.terms.length)),
    ]  # fmt: skip
    found = np.stack(columns, 1).astype(np.float32)
    if not len(found):
        return np.zeros((0, 3 * found.shape[1]), np.float32)
    most = np.abs(found).max(0) + np.float32(1e-6)
    standing = (found - found.mean(0)) / (found.std(0) + np.float32(1e-6))
    return np.concatenate([found, found / most, standing], 1)


def own_share(scores: Floats, mass: float) -> Floats:
    """How much of the query's rarity an article meets."""
    return scores / np.float32(mass + 1e-6)


def _beside(fields: Fields, scores: Floats, places: Places) -> list[Floats]:
    """The scores of the articles before and behind, 0 where these are another law's."""
    found = []
    for step in (-1, 1):
        beside = np.clip(places + step, 0, fields.count - 1)
        found.append(np.where(fields.work[beside] == fields.work[places], scores[beside], 0))
    return found


def _among(groups: NDArray[np.int32], scores: Floats) -> list[Floats]:
    """Within the candidates of the same group: distance to the best, how many are better, sum of the best five."""
    order = np.lexsort((-scores, groups))
    sorted_groups = groups[order]
    starts = np.flatnonzero(np.diff(sorted_groups, prepend=-1))
    lengths = np.diff([*starts, len(groups)])
    rank = np.arange(len(groups)) - np.repeat(starts, lengths)
    sorted_scores = scores[order]
    best = np.repeat(sorted_scores[starts], lengths)
    sums = np.add.reduceat(np.where(rank < 5, sorted_scores, 0), starts) if len(starts) else np.zeros(0)
    found = np.zeros((3, len(groups)), np.float32)
    found[:, order] = best - sorted_scores, np.log1p(rank), np.repeat(sums, lengths)
    return list(found)
