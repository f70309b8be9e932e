"""Opinions that may be about the same thing, found among a million others by a few keys and then compared.

Each opinion leaves keys (`Sketch`) when it comes in. A new one is compared only with those that share the most telling
keys with it, the latest first: what it costs does not grow with the number of opinions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import CharField
from django.db.models.functions import Cast

from lvzhi.core.text.events import NEGLIGIBLE, compare, probability
from lvzhi.core.text.events_features import prepared
from lvzhi.core.text.events_index import COMPARED, gathered, indexed, sketch
from lvzhi.core.text.events_report import Frequency, Report
from lvzhi.core.text.topics import places
from lvzhi.core.text.words import content_words
from lvzhi.work.opinions.learning import frequency
from lvzhi.work.opinions.models import Apart, Opinion, Sketch

MOST_SUGGESTED = 5
LEAST_ALIKE = 0.25
"""Below this nobody would take two opinions for the same thing."""


@dataclass(frozen=True, slots=True)
class Alike:
    """An opinion that may be about the same thing: how likely (0 to 1), the words in common, codes of reasons."""

    opinion: str
    score: float
    words: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """As it is kept in `Triage.alike`."""
        return asdict(self)


SAID_ALIKE = 0.4
"""From this cosine of their words on two opinions are alike, whatever the learned scorer makes of so few words."""
SAME_PLACE = 0.12
"""So much is enough where both name the same street, estate, school or enterprise."""


def likelihood(one: Report, other: Report, known: Frequency) -> float:
    """How likely two opinions tell of the same thing, 0 to 1.

    The scorer of `core/text` was learned from long messages; two short notes of the same street about the same thing
    hardly have enough words for it. What they have in common is then enough to be shown to a person.
    """
    return max(probability(one, other, known), _by_words(one, other, known))


def _by_words(one: Report, other: Report, known: Frequency) -> float:
    first, second = prepared(one, known)["whole"], prepared(other, known)["whole"]
    cosine = sum(value * second.get(word, 0.0) for word, value in first.items())
    if cosine >= SAME_PLACE and _share_a_place(one, other):
        return min(1.0, 0.3 + cosine)
    return min(1.0, cosine) if cosine >= SAID_ALIKE else 0.0


def links(reports: Mapping[UUID, Report], known: Frequency) -> dict[tuple[UUID, UUID], float]:
    """The likelihoods of all pairs of a batch that are worth looking at."""
    index, keys = indexed(reports, known)
    found: dict[tuple[UUID, UUID], float] = {}
    for name, report in reports.items():
        for other in index.near(keys[name], but=name):
            pair = (name, other) if name < other else (other, name)
            if pair not in found:
                found[pair] = likelihood(report, reports[other], known)
    return {pair: value for pair, value in found.items() if value >= NEGLIGIBLE}


def _share_a_place(one: Report, other: Report) -> bool:
    """Whether both name a place; one may have caught a word before its name (我们听泉路)."""
    return any(a.endswith(b) or b.endswith(a) for a in _places(one) for b in _places(other))


def _places(report: Report) -> frozenset[str]:
    found = report.cache.get("places")
    return found if isinstance(found, frozenset) else frozenset()


def report_of(opinion: Opinion) -> Report:
    """An opinion as it is compared; `matter` is loaded. The author is never looked at."""
    matter = opinion.matter
    return told(matter.title, f"{opinion.place}。{opinion.text}" if opinion.place else opinion.text, matter.opened_on)


def told(subject: str, text: str, on: date) -> Report:
    """What was said, with the places it names kept beside it."""
    report = Report.of(subject, text, day=float(on.toordinal()))
    report.cache["places"] = frozenset(places(f"{subject}。{text}"))
    return report


def shared_words(one: str, two: str) -> list[str]:
    """The words of meaning that both texts use, longest first."""
    other = set(content_words(two))
    return sorted({word for word in content_words(one) if word in other}, key=lambda word: (-len(word), word))


def remember(opinion: Opinion, report: Report) -> None:
    """Keep the keys by which this opinion will be found. One statement."""
    keys = sketch(report, frequency(opinion.congress_id))
    Sketch.objects.bulk_create(
        [Sketch(congress_id=opinion.congress_id, opinion=opinion, key=key) for key in dict.fromkeys(keys)],
        ignore_conflicts=True,
    )


def find(opinion: Opinion, report: Report) -> list[Alike]:
    """The opinions most like this one, best first; those kept apart by a person are left out.

    One statement for each of at most fourteen keys, each reading a bounded piece of an index, and three more.
    """
    known = frequency(opinion.congress_id)

    # As text: thousands of identifiers are read to choose a dozen, and only those are worth making into UUIDs.
    rows = Sketch.objects.of(opinion.congress_id).annotate(name=Cast("opinion", CharField()))

    def read(key: int, newest: int) -> Iterable[str]:
        return rows.filter(key=key).order_by("-id").values_list("name", flat=True)[:newest]

    def have(keys: Sequence[int], names: Sequence[str]) -> Iterable[tuple[str, int]]:
        wanted = [UUID(name) for name in names]
        return rows.filter(opinion__in=wanted, key__in=keys).values_list("name", "key")

    best_first = [UUID(name) for name in gathered(sketch(report, known), read, have, most=COMPARED + 1)]
    near = [key for key in best_first if key != opinion.pk]
    if not near:
        return []
    apart = set(Apart.objects.of(opinion.congress_id).filter(opinion=opinion).values_list("other", flat=True))
    likely = Opinion.objects.of(opinion.congress_id).filter(pk__in=near[:COMPARED], is_suspected=False)
    others = [each for each in likely.select_related("matter").order_by("id") if each.pk not in apart]
    scored = [(likelihood(report, other, known), each.pk, other) for each in others if (other := report_of(each))]
    best = sorted((item for item in scored if item[0] >= LEAST_ALIKE), key=lambda item: (-item[0], item[1]))
    found = []
    for score, key, other in best[:MOST_SUGGESTED]:
        match = compare(report, other, known)
        found.append(Alike(str(key), round(score, 3), list(match.words), list(match.reasons)))
    return found
