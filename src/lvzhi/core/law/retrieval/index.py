"""The index, opened for reading: search by words, by phrase, by name and number; suggestions."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lvzhi.core.law.retrieval import asking, fields, learned
from lvzhi.core.law.retrieval.building import FACETS, NEVER
from lvzhi.core.law.retrieval.endpoint import Endpoint, EndpointRefused, together
from lvzhi.core.law.retrieval.features import candidates
from lvzhi.core.law.retrieval.fields import Fields
from lvzhi.core.law.retrieval.learned import Bound
from lvzhi.core.law.retrieval.model import Filter, Hit, Suggestion
from lvzhi.core.law.retrieval.spelling import Spelling
from lvzhi.core.law.retrieval.store import Array, Strings, read
from lvzhi.core.law.retrieval.terms import Terms
from lvzhi.core.law.retrieval.titles import Titles, split_number
from lvzhi.core.law.retrieval.words import LONGEST, fold, pair_key, pairs

log = logging.getLogger(__name__)
Mask = NDArray[np.bool_]
_LOOKED_AT = 100
"""So many of each order are put together where an endpoint is asked."""
_MOST_WORDS = 5
_STRINGS = ("text", "label", "eid", "number", "path", "title")
_PIECES = frozenset({*fields.PIECES, *learned.PIECES, *(f"{name}_blob" for name in _STRINGS)})
_EXACT = 1000.0
"""The score of what was asked for by name and number: above every sum of words."""


class Index:
    """One index on disk. Safe to share between threads: nothing is written after opening."""

    def __init__(self, arrays: dict[str, Array], endpoint: Endpoint | None = None) -> None:
        self._arrays = arrays
        self._endpoint = endpoint if "outside_points" in arrays else None
        self.size = len(arrays["since"])
        self._fields = Fields(arrays, self.size)
        self._spelling = Spelling(arrays, self._known)
        self._bound = Bound(arrays, self._fields) if "plain_table" in arrays else None
        self._strings = {name: Strings(arrays[f"{name}_blob"], arrays[f"{name}_ends"]) for name in _STRINGS}
        self._values = {
            facet: list(_all(Strings(arrays[f"{facet}_values_blob"], arrays[f"{facet}_values_ends"])))
            for facet in FACETS
        }
        self._work: NDArray[np.int32] = np.asarray(arrays["work"])
        self._titles = Titles(self._values["work"], self._kinds())

    @staticmethod
    def open(folder: Path, endpoint: Endpoint | None = None) -> Index:
        """Open the index in a folder. Raises IndexRefused where there is none that can be read.

        An `endpoint` is asked about questions where the index was built with one.
        """
        arrays, _about = read(folder, _PIECES)
        return Index(arrays, endpoint)

    def _kinds(self) -> list[str]:
        works = len(self._values["work"])
        kinds = [""] * works
        if self.size:
            first = np.unique(self._work, return_index=True)[1]
            for place, article in enumerate(first):
                kinds[place] = self._values["kind"][int(self._arrays["kind"][article])]
        return kinds

    def search(self, words: str, *, limit: int = 20, where: Filter | None = None) -> list[Hit]:
        """The articles that answer best, best first; empty where nothing fits. Any text is a query.

        “…” asks for a phrase letter for letter. A law's name with a number (民法典 1043, 劳动合同法第38条) puts that
        article first, a name alone puts the law's articles first; both with `exact`.
        """
        asked = asking.read(words)
        if not self.size or limit < 1:
            return []
        allowed = self._allowed(where)
        exact = [place for place in self._named(asked) if allowed is None or allowed[place]][:limit]
        folded = self._spelling.mend(asked.folded)
        terms = Terms.of(folded)
        if asked.phrases:
            held = self._with_phrases(asked.phrases)
            allowed = held if allowed is None else held & allowed
        found = self._found(asked, folded, terms, allowed, set(exact), limit - len(exact))
        whys = self._whys([place for place, _score in found], terms)
        return [
            *(self._hit(place, _EXACT - rank, (), True) for rank, place in enumerate(exact)),
            *(self._hit(place, score, why, False) for (place, score), why in zip(found, whys, strict=True)),
        ]

    def _found(
        self, asked: asking.Asked, folded: str, terms: Terms, allowed: Mask | None, without: set[int], limit: int
    ) -> list[tuple[int, float]]:
        """The best articles: in our own order, or that and the endpoint's together where one answers."""
        if self._endpoint is None or asked.phrases or without or limit < 1:
            return self._ranked(folded, terms, allowed, without, limit)
        own = [place for place, _score in self._ranked(folded, terms, allowed, without, max(limit, _LOOKED_AT))]
        try:
            point = self._endpoint.embed([folded])[0].astype(np.float16)
            near = (self._arrays["outside_points"] @ point).astype(np.float32)
        except (EndpointRefused, ValueError):  # it is away, or is another model now: our own order stands
            log.warning("the embedding endpoint gave nothing to search by", exc_info=True)
            return self._ranked(folded, terms, allowed, without, limit)
        near = near if allowed is None else np.where(allowed, near, 0)
        return together(own, [int(place) for place in _top(near, max(limit, _LOOKED_AT))])[:limit]

    def _ranked(
        self, folded: str, terms: Terms, allowed: Mask | None, without: set[int], limit: int
    ) -> list[tuple[int, float]]:
        """The best articles with their scores: by what was learned for a question, else by untrained weights."""
        if limit < 1 or not len(terms.char_keys):
            return []
        if self._bound is None:
            scores = self._fields.meet(terms).plain
            if allowed is not None:
                scores = np.where(allowed, scores, 0)
            scores[list(without)] = 0
            return [(int(place), float(scores[place])) for place in _top(scores, limit)]
        places, rows = candidates(self._fields, self._bound.learned, self._bound.ask(terms, folded), allowed)
        scores = self._bound.ranker.score(rows)
        order = np.argsort(-scores, kind="stable")
        found = [(int(places[at]), float(scores[at])) for at in order if int(places[at]) not in without]
        return found[:limit]

    def suggest(self, prefix: str, limit: int = 8) -> list[Suggestion]:
        """Laws whose name begins with what was typed or holds it, and articles once a number is begun."""
        name, begun = split_number(fold(prefix[:LONGEST]).strip())
        found: list[Suggestion] = []
        for work in self._titles.starting(asking.plain(name), limit):
            title = self._values["work"][work]
            if not begun:
                found.append(Suggestion(title, title))
            elif self._titles.find(asking.plain(name)) in (work, None):
                found += self._articles_starting(work, begun, limit)
        return found[:limit]

    def _articles_starting(self, work: int, begun: str, limit: int) -> list[Suggestion]:
        found = []
        seen = set()
        for place in self._of_work(work):
            number = self._strings["number"][place]
            if number.startswith(begun) and number not in seen:
                seen.add(number)
                title, label = self._values["work"][work], self._strings["label"][place]
                found.append((len(number), number, Suggestion(f"{title}{label}", title, f"{title}{label}")))
        return [each for *_order, each in sorted(found, key=lambda one: one[:2])][:limit]

    def _of_work(self, work: int) -> list[int]:
        return [int(place) for place in np.flatnonzero(self._work == work)]

    def _named(self, asked: asking.Asked) -> list[int]:
        """The articles asked for by name, the newest edition first."""
        work = self._titles.find(asked.name) if asked.name and not asked.phrases else None
        if work is None:
            return []
        places = self._of_work(work)
        if asked.number:
            places = [place for place in places if self._strings["number"][place] == asked.number]
        edition = self._arrays["edition"]
        return sorted(places, key=lambda place: (-int(edition[place]), place))

    def _allowed(self, where: Filter | None) -> Mask | None:
        """Which articles a filter lets through; None when it asks for nothing."""
        if where is None or where == Filter():
            return None
        allowed = np.ones(self.size, bool)
        for facet, wanted in {
            "kind": where.kinds, "level": where.levels, "region": where.regions, "status": where.statuses,
            "work": where.works,
        }.items():  # fmt: skip
            if wanted:
                numbers = [place for place, value in enumerate(self._values[facet]) if value in wanted]
                allowed &= np.isin(self._arrays[facet], numbers)
        if where.on:
            day = where.on.toordinal()
            allowed &= (self._arrays["since"] <= day) & (self._arrays["until"] > day)
        return allowed

    def _known(self, written: Sequence[str]) -> Mask:
        """Which pairs of characters any article or heading holds."""
        keys = np.array([*map(pair_key, written)], np.uint64)
        text, head = self._fields.postings["text_pairs"], self._fields.postings["head_pairs"]
        found: Mask = (text.places(keys) >= 0) | (head.places(keys) >= 0)
        return found

    def _with_phrases(self, phrases: Sequence[str]) -> Mask:
        """Which articles hold every phrase in their text, letter for letter."""
        lists = self._fields.postings["text_pairs"]
        held: NDArray[np.int32] | None = None
        for phrase in phrases:
            places = lists.places(np.array([*map(pair_key, pairs(phrase))], np.uint64))
            for place in places:
                found = lists.held(int(place)) if place >= 0 else np.zeros(0, np.int32)
                held = found if held is None else np.intersect1d(held, found, assume_unique=True)
        kept = np.zeros(self.size, bool)
        for place in held if held is not None else ():
            kept[place] = all(phrase in fold(self._strings["text"][int(place)]) for phrase in phrases)
        return kept

    def _whys(self, places: Sequence[int], terms: Terms) -> list[tuple[str, ...]]:
        """For each article the words that gave most, at most five; pairs only where no word did."""
        whys: list[tuple[str, ...]] = [()] * len(places)
        at = np.array(places, np.int64)
        for names, written, keys in (
            (("text_words", "head_words"), terms.words, terms.word_keys),
            (("text_pairs", "head_pairs"), terms.pairs, terms.pair_keys),
        ):
            given = np.maximum(*(self._fields.postings[name].table(keys, at) for name in names))
            for row in range(len(places)):
                if not whys[row] and len(written):
                    best = np.argsort(-given[:, row], kind="stable")[:_MOST_WORDS]
                    whys[row] = tuple(written[term] for term in best if given[term, row] > 0)
        return whys

    def _hit(self, place: int, score: float, why: tuple[str, ...], exact: bool) -> Hit:
        edition = int(self._arrays["edition"][place])
        strings, work = self._strings, int(self._work[place])
        name, label = self._values["work"][work], strings["label"][place]
        return Hit(
            key=name + label, work=name, title=strings["title"][work],
            edition="" if edition == NEVER else date.fromordinal(edition).isoformat(), eid=strings["eid"][place],
            label=label, number=strings["number"][place], path=strings["path"][place], text=strings["text"][place],
            score=score, why=why, exact=exact,
        )  # fmt: skip


def _all(strings: Strings) -> list[str]:
    return [strings[place] for place in range(len(strings))]


def _top(scores: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
    """The places of the highest scores above 0, best first, the earlier of equals first."""
    if limit < 1:
        return np.zeros(0, np.int64)
    if limit < len(scores):
        floor = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        places = np.flatnonzero(scores >= max(float(floor), 1e-9))
    else:
        places = np.flatnonzero(scores > 0)
    return places[np.lexsort((places, -scores[places]))][:limit]
