"""Opinions that may be about the same thing, found among a million others by a few keys and then compared.

Each opinion leaves keys (`Sketch`) when it comes in. A new one is compared only with those that share a key with it,
the latest first and at most `MOST_HELD` of them: what it costs does not grow with the number of opinions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from lvzhi.core.text import bands
from lvzhi.core.text.words import content_words
from lvzhi.work.opinions.models import Apart, Opinion, Sketch

MOST_HELD = 200
MOST_A_KEY = 50
MOST_SUGGESTED = 5
LEAST_ALIKE = 0.3
LEAST_SHARED = 2


@dataclass(frozen=True, slots=True)
class Alike:
    """An opinion that may be about the same thing: how much (0 to 1), the words in common, codes of reasons."""

    opinion: str
    score: float
    words: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As it is kept in `Triage.alike`."""
        return asdict(self)


def keys_of(subject: str, text: str) -> list[int]:
    """The keys by which an opinion is found: whole numbers below 2**63."""
    return bands(f"{subject}\n{text}")


def shared_words(one: str, two: str) -> list[str]:
    """The words of meaning that both texts use, longest first."""
    other = set(content_words(two))
    return sorted({word for word in content_words(one) if word in other}, key=lambda word: (-len(word), word))


def remember(opinion: Opinion, *, subject: str, text: str) -> None:
    """Keep the keys by which this opinion will be found. One statement."""
    Sketch.objects.bulk_create(
        [
            Sketch(congress_id=opinion.congress_id, opinion=opinion, key=key)
            for key in dict.fromkeys(keys_of(subject, text))
        ],
        ignore_conflicts=True,
    )


def find(opinion: Opinion, *, subject: str, text: str) -> list[Alike]:
    """The opinions most like this one, best first; those kept apart by a person are left out. Three statements."""
    held = _held(opinion, keys_of(subject, text))
    if not held:
        return []
    rows = Opinion.objects.of(opinion.congress_id).filter(pk__in=held).select_related("matter")
    apart = set(Apart.objects.of(opinion.congress_id).filter(opinion=opinion).values_list("other", flat=True))
    found = [_compared(subject, text, other) for other in rows if other.pk not in apart and not other.is_suspected]
    kept = [each for each in found if each.score >= LEAST_ALIKE]
    return sorted(kept, key=lambda each: (-each.score, each.opinion))[:MOST_SUGGESTED]


def _held(opinion: Opinion, keys: Sequence[int]) -> list[Any]:
    """Opinions that share a key, those that share most first, the latest first among equals."""
    rows = Sketch.objects.of(opinion.congress_id).filter(key__in=keys).exclude(opinion=opinion)
    latest = rows.order_by("-id").values_list("opinion", flat=True)[: MOST_HELD * 4]
    return [key for key, _count in Counter(latest).most_common(MOST_HELD)]


def _compared(subject: str, text: str, other: Opinion) -> Alike:
    one, two = set(content_words(f"{subject} {text}")), set(content_words(f"{other.matter.title} {other.text}"))
    common = one & two
    score = len(common) / max(1, len(one | two))
    words = sorted(common, key=lambda word: (-len(word), word))[:12]
    return Alike(str(other.pk), round(score, 3), words, ["same_issue"] if common else [])
