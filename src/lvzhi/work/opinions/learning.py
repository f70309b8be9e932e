"""What a fresh opinion is about and who handles such things, learned from what this congress's clerks decided.

A model is learned by this installation from its own opinions and lies beside its data, under models/<congress>; none is
shipped. Where too little was decided yet, the words of the tree of topics and of `keywords` stand in.
"""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from lvzhi.core.text.events_report import Frequency, Report
from lvzhi.core.text.routing import Example, Model, Prediction, train
from lvzhi.core.text.routing_file import ModelRefused, load, save
from lvzhi.records.base.scope import ScopedQuerySet
from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions import topics
from lvzhi.work.opinions.categories import categories as subjects
from lvzhi.work.opinions.keywords import guesses
from lvzhi.work.opinions.models import Opinion

MOST_SUGGESTED = 3
LEAST_DECIDED = 60
"""Fewer decisions teach nothing that words do not say already."""
LEAST_A_LABEL = 3
MOST_LEARNED = 3000
"""The latest decisions; some minutes of one core, which the worker gives it in a process of its own."""
ENOUGH_NEW = 1.05
"""A model is learned anew when so many times more was decided than it was learned from."""
LEAST_SHARE = 0.05
"""A word that brought less of the evidence is not shown: a clerk looks at three words, not at twenty."""
MOST_WORDS = 4
WHAT = ("category", "body", "topic")


@dataclass(frozen=True, slots=True)
class Guess:
    """One suggestion: `key` (a subject, a path of topics or a body's id), `score` 0 to 1, the words that decided."""

    key: str
    score: float
    words: list[str] = field(default_factory=list)
    under: str = ""
    """The subject of a topic."""


@dataclass(frozen=True, slots=True)
class Guesses:
    """What is suggested of one opinion, best first in each list."""

    categories: list[Guess]
    topics: list[Guess]
    bodies: list[Guess]


def folder(congress: UUID) -> Path:
    """Where the models of a congress lie."""
    return Path(settings.HOME) / "models" / str(congress)


@dataclass
class _Kept:
    """A file read before, with the moment it was written."""

    written: int
    value: object


_read: dict[Path, _Kept] = {}


def _model(congress: UUID, what: str) -> Model | None:
    """A model as it lies on disk, read again when a newer one was learned; None where there is none to use."""
    path = folder(congress) / f"{what}.model"
    try:
        written = path.stat().st_mtime_ns
    except OSError:
        return None
    kept = _read.get(path)
    if kept is None or kept.written != written:
        try:
            kept = _Kept(written, load(path))
        except ModelRefused:
            kept = _Kept(written, None)
        _read[path] = kept
    return kept.value if isinstance(kept.value, Model) else None


def frequency(congress: UUID) -> Frequency:
    """How common words are in this congress's opinions; an empty count before the first learning."""
    path = folder(congress) / "frequency.bin"
    try:
        written = path.stat().st_mtime_ns
    except OSError:
        return _nothing_counted()
    kept = _read.get(path)
    if kept is None or kept.written != written:
        data = path.read_bytes()
        head, _, body = data.partition(b"\n")
        counts = array("I", body) if len(body) % array("I").itemsize == 0 else array("I")
        sound = head.isdigit() and len(counts) == len(Frequency().counts)
        kept = _Kept(written, Frequency(int(head), counts) if sound else Frequency())
        _read[path] = kept
    return kept.value if isinstance(kept.value, Frequency) else Frequency()


@cache
def _nothing_counted() -> Frequency:
    """An empty count: four megabytes of noughts, made once."""
    return Frequency()


def suggest(congress: Congress, subject: str, text: str) -> Guesses:
    """Suggestions for an opinion. Two statements at most."""
    known = topics.known(congress)
    model = _model(congress.pk, "category")
    if model is not None:
        categories = _guesses(model.predict(subject, text))
    else:
        categories = [Guess(key, score, words) for key, score, words in topics.categories_by_words(subject, text)]
    # The words of the tree, and what was learned before a congress changed its list, may name a subject it has not.
    offered = {each.key for each in subjects(congress)}
    categories = [guess for guess in categories if guess.key in offered]
    return Guesses(
        categories[:MOST_SUGGESTED],
        _topics(congress, known, subject, text, categories),
        _bodies(congress.pk, subject, text),
    )


def _guesses(found: Prediction) -> list[Guess]:
    """A prediction with its runners-up; the words belong to the first."""
    telling = [word for word, share in found.words if share >= LEAST_SHARE and len(word) > 1]
    first = Guess(found.label, round(found.score, 3), telling[:MOST_WORDS])
    return [first, *(Guess(label, round(score, 3)) for label, score in found.others)]


def _topics(
    congress: Congress, known: Mapping[str, str], subject: str, text: str, categories: Sequence[Guess]
) -> list[Guess]:
    """Topics of the likeliest subjects: learned where enough was decided, else by their words."""
    likely = {guess.key for guess in categories[:2]}
    if (model := _model(congress.pk, "topic")) is not None:
        learned = [guess for guess in _guesses(model.predict(subject, text)) if guess.key in known]
        return [replace(guess, under=known[guess.key]) for guess in learned][:MOST_SUGGESTED]
    by_leaf = {(leaf.group, leaf.name): (score, words) for leaf, score, words in topics.by_words(subject, text)}
    found: dict[str, Guess] = {}
    for path, category in known.items():
        _first, group, name = (*path.split("/", 2), "", "")[:3]
        score, words = by_leaf.get((group, name), (0.0, []))
        if words and (not likely or category in likely):
            found[path] = Guess(path, score, words[:MOST_WORDS], category)
    for path, score, words in topics.suggest_below(known, likely, subject, text):
        found.setdefault(path, Guess(path, min(score, 0.5), words[:MOST_WORDS], known[path]))
    return sorted(found.values(), key=lambda guess: -guess.score)[:MOST_SUGGESTED]


def _bodies(congress: UUID, subject: str, text: str) -> list[Guess]:
    """Bodies that still answer; learned, else by the words that name their work. One statement."""
    model = _model(congress, "body")
    if model is not None:
        found = _guesses(model.predict(subject, text))
        keys = [UUID(guess.key) for guess in found]
        active = {
            str(key) for key in Body.objects.of(congress).answering().filter(pk__in=keys).values_list("pk", flat=True)
        }
        return [guess for guess in found if guess.key in active][:MOST_SUGGESTED]
    named = guesses(subject * 2 + text[:200])
    slugs = {slug for _category, slug, _score, _words in named}
    rows = Body.objects.of(congress).answering().filter(slug__in=slugs) if slugs else Body.objects.of(congress).none()
    keyed = {body.slug: str(body.pk) for body in rows}
    return _first(Guess(keyed[slug], score, words) for _category, slug, score, words in named if slug in keyed)


def _first(guessed: Iterable[Guess]) -> list[Guess]:
    kept: dict[str, Guess] = {}
    for guess in guessed:
        kept.setdefault(guess.key, guess)
    return list(kept.values())[:MOST_SUGGESTED]


@dataclass(frozen=True, slots=True)
class Learned:
    """What a learning came to: of how many decisions, and the models that were written."""

    decided: int
    models: tuple[str, ...]


def is_due(congress: Congress) -> bool:
    """Whether enough was decided since the models were learned. One statement."""
    decided = _decided(congress).count()
    return decided >= LEAST_DECIDED and decided >= _learned_from(congress.pk) * ENOUGH_NEW


def _decided(congress: Congress) -> ScopedQuerySet[Opinion]:
    """Opinions a clerk handed over: what was decided of them can be learned from."""
    rows = Opinion.objects.of(congress).filter(~Q(matter__responsible=None), merged_into=None)
    return rows.exclude(matter__state__in=["screened", "set_aside"])


def _learned_from(congress: UUID) -> int:
    try:
        return int(json.loads((folder(congress) / "learned.json").read_text("utf-8"))["decided"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def learn(congress: Congress, *, at: datetime) -> Learned:
    """Learn from the latest decisions, and count how common words are; what was learned before is replaced whole.

    A few minutes for thousands of decisions, a few seconds for hundreds. Two statements.
    """
    rows = list(
        _decided(congress)
        .order_by("-id")[:MOST_LEARNED]
        .values_list("matter__title", "text", "matter__category", "matter__responsible", "topic")
    )
    if not rows:
        return Learned(0, ())
    _count(congress.pk, [(title, text) for title, text, *_labels in rows])
    written = []
    labelled: dict[str, list[Example]] = {what: [] for what in WHAT}
    for title, text, category, body, topic in rows:
        for what, label in zip(WHAT, (category, str(body), topic), strict=True):
            if label:
                labelled[what].append(Example.of(title, text, label))
    for what, examples in labelled.items():
        sizes = Counter(example.label for example in examples)
        kept = [example for example in examples if sizes[example.label] >= LEAST_A_LABEL]
        if len(kept) >= LEAST_DECIDED and len({example.label for example in kept}) > 1:
            save(train(kept), folder(congress.pk) / f"{what}.model")
            written.append(what)
    note = {"decided": _decided(congress).count(), "at": at.isoformat(), "models": written}
    _write(folder(congress.pk) / "learned.json", json.dumps(note).encode())
    return Learned(len(rows), tuple(written))


def _count(congress: UUID, texts: Sequence[tuple[str, str]]) -> None:
    counted = Frequency.of(Report.of(title, text) for title, text in texts)
    _write(folder(congress) / "frequency.bin", f"{counted.total}\n".encode() + counted.counts.tobytes())


def _write(path: Path, data: bytes) -> None:
    """A reader sees the old file or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    partial.write_bytes(data)
    partial.replace(path)
