"""An index of articles, built at one go."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import numpy as np

from lvzhi.core.law.retrieval import spelling
from lvzhi.core.law.retrieval.asking import plain
from lvzhi.core.law.retrieval.endpoint import Endpoint
from lvzhi.core.law.retrieval.endpoint import arrays_of as outside
from lvzhi.core.law.retrieval.fields import arrays_of, read
from lvzhi.core.law.retrieval.learned import Model
from lvzhi.core.law.retrieval.model import Article, Report
from lvzhi.core.law.retrieval.postings import Postings
from lvzhi.core.law.retrieval.store import Array, pack, write
from lvzhi.core.law.retrieval.words import word_key

NEVER, ALWAYS = 0, 10**9
"""Days as ordinals: since ever, and without an end."""
FACETS = ("kind", "level", "region", "status", "work")


def build(
    articles: Iterable[Article], folder: Path, model: Model | None = None, endpoint: Endpoint | None = None
) -> Report:
    """Build the index of these articles in a folder, in the place of the one that is there.

    The articles of one edition come together, in their order. An empty list makes an index that finds nothing.
    Without a model, answers come in the order of untrained weights. With an `endpoint` its embeddings are kept too;
    then raises EndpointRefused, and the index that is there stays.
    """
    began = time.perf_counter()
    found = list(articles)
    fields = read(found)
    arrays = {**_stored(found), **_facets(found), **arrays_of(fields)}
    arrays |= _spelling(fields.words, arrays, {each.work for each in found})
    if model is not None and found:
        arrays |= model.bind(found, fields)
    if endpoint is not None and found:
        arrays |= outside(found, endpoint, folder)
    works = len({each.work for each in found})
    terms = len(arrays["text_words_terms"]) + len(arrays["text_pairs_terms"])
    size = write(folder, arrays, {"articles": len(found), "works": works})
    return Report(len(found), works, terms, size, time.perf_counter() - began)


def _day(day: date | None, otherwise: int) -> int:
    return day.toordinal() if day else otherwise


def _stored(articles: Sequence[Article]) -> dict[str, Array]:
    arrays: dict[str, Array] = {
        "since": np.array([_day(each.since, NEVER) for each in articles], np.int32),
        "until": np.array([_day(each.until, ALWAYS) for each in articles], np.int32),
        "edition": np.array([_day(each.edition, NEVER) for each in articles], np.int32),
    }
    for name, texts in {
        "text": [each.text for each in articles],
        "label": [each.label for each in articles],
        "eid": [each.eid for each in articles],
        "number": [each.number for each in articles],
        "path": [" ".join(each.path) for each in articles],
    }.items():
        arrays[f"{name}_blob"], arrays[f"{name}_ends"] = pack(texts)
    return arrays


def _facets(articles: Sequence[Article]) -> dict[str, Array]:
    """For each facet its values, and each article's value by number; the works' titles beside."""
    arrays: dict[str, Array] = {}
    for facet in FACETS:
        values: dict[str, int] = {}
        column = [values.setdefault(getattr(each, facet), len(values)) for each in articles]
        arrays[facet] = np.array(column, np.int32)
        arrays[f"{facet}_values_blob"], arrays[f"{facet}_values_ends"] = pack(values)
    titles = dict.fromkeys(each.work for each in articles)
    titles |= {each.work: each.title for each in articles}
    arrays["title_blob"], arrays["title_ends"] = pack(str(title) for title in titles.values())
    return arrays


def _spelling(words: Sequence[str], arrays: dict[str, Array], works: set[str]) -> dict[str, Array]:
    lists = Postings.of("text_words", arrays, 0)
    places = lists.places(np.array([*map(word_key, words)], np.uint64))
    held = np.where(places >= 0, np.diff(lists.starts)[np.maximum(places, 0)], 0) if len(lists.terms) else 0 * places
    return spelling.arrays_of(words, held.tolist(), map(plain, works))
