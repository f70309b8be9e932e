"""What a fresh opinion is about and who handles such things, learned from what this congress's clerks decided.

Where too little was decided yet, the words of `keywords` stand in. A model is learned by this installation from its own
opinions and lies beside its data; none is shipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from lvzhi.records.people.models import Body
from lvzhi.work.opinions.keywords import guesses

MOST_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """One suggestion: `key` (a subject, a path of topics or a body's id), `score` 0 to 1, the words that decided."""

    key: str
    score: float
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Guesses:
    """What is suggested of one opinion, best first in each list."""

    categories: list[Guess]
    topics: list[Guess]
    bodies: list[Guess]


def suggest(congress: UUID, subject: str, text: str) -> Guesses:
    """Suggestions for an opinion. At most one statement."""
    found = guesses(subject * 2 + text[:200])
    bodies = _bodies(congress, {slug for _category, slug, _score, _words in found})
    return Guesses(
        _first(Guess(category, score, words) for category, _slug, score, words in found),
        [],
        _first(Guess(bodies[slug], score, words) for _category, slug, score, words in found if slug in bodies),
    )


def _bodies(congress: UUID, slugs: set[str]) -> Mapping[str, str]:
    if not slugs:
        return {}
    rows = Body.objects.of(congress).answering().filter(slug__in=slugs)
    return {slug: str(key) for slug, key in rows.values_list("slug", "pk")}


def _first(guessed: Iterable[Guess]) -> list[Guess]:
    kept: dict[str, Guess] = {}
    for guess in guessed:
        kept.setdefault(guess.key, guess)
    return list(kept.values())[:MOST_SUGGESTED]
