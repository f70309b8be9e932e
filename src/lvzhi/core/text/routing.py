"""Where a message belongs: a linear classifier of words, learned from messages that people have sorted before.

One trainer for every kind of label: the subjects of a congress, the seven classes of a national hotline, the body that
answers. Words of the subject count more than words of the text, and also by themselves. Prediction is a few hundred
additions, and each of them belongs to a word that can be shown.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from lvzhi.core.text.routing_svm import Rows, separate
from lvzhi.core.text.words import STOP, cut

SUBJECT_COUNTS = 4
"""A word of the subject counts as so many of the text."""
OPENING = 9
"""A segmented text without a subject of its own is taken to begin with one of about so many words."""
FIELD_SHARE = 0.6
"""How much the words, told apart by field, weigh beside the words themselves."""
COST = 0.5
SHOWN = 8
LEAST_DOCUMENTS = 2
FEW = 2000
"""From fewer examples than these, characters of words are learned as well: whole words are too rare."""
LONGEST = 3000
"""So many characters of a text are looked at."""

_WRITTEN = re.compile(r"^[SB] ")
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Example:
    """A message whose label is known, as words. Copies of one message share a `group`: scores are calibrated on
    messages of which no copy was learned from."""

    subject: tuple[str, ...]
    body: tuple[str, ...]
    label: str
    group: str = ""

    @classmethod
    def of(cls, subject: str, text: str, label: str, group: str = "") -> Example:
        """From a message as it was written."""
        return cls(tuple(_words(subject)), tuple(_words(text)), label, group or subject + text[:40])

    @classmethod
    def of_tokens(cls, tokens: str, label: str, group: str = "") -> Example:
        """From a text that was segmented before; its first words stand for its subject."""
        words = [word for word in tokens.lower().split() if _counts(word)]
        return cls(tuple(words[:OPENING]), tuple(words[OPENING:]), label, group or tokens[:60])


@dataclass(frozen=True, slots=True)
class Prediction:
    """A label with its score (calibrated: of predictions scored 0.8 about 80 % are right) and the words that decided.

    `words` are in order of their weight, with the share of the whole evidence each brought; `others` are the next
    labels with their scores.
    """

    label: str
    score: float
    words: tuple[tuple[str, float], ...]
    others: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Model:
    """What was learned. `weights` holds one row of `len(labels)` numbers per term."""

    labels: tuple[str, ...]
    terms: Mapping[str, int]
    rarity: array[float]
    weights: array[float]
    bias: array[float]
    sharpness: float
    characters: bool = False

    def predict(self, subject: str, text: str) -> Prediction:
        """The label of a message; without a known word the label that is commonest, with a low score."""
        found = _terms(Example.of(subject, text[:LONGEST], ""), self.terms, self.rarity, self.characters)
        scores = softmax(self.margins([(place, value) for _, place, value in found]), self.sharpness)
        order = sorted(range(len(self.labels)), key=lambda label: -scores[label])
        return Prediction(
            self.labels[order[0]],
            scores[order[0]],
            self._decisive(found, order[0], order[1]),
            tuple((self.labels[label], scores[label]) for label in order[1:4]),
        )

    def margins(self, found: Iterable[tuple[int, float]]) -> list[float]:
        """How far a message lies on the side of each label."""
        count = len(self.labels)
        sums = list(self.bias)
        for place, value in found:
            start = place * count
            for label, weight in enumerate(self.weights[start : start + count]):
                sums[label] += value * weight
        return sums

    def _decisive(
        self, found: Iterable[tuple[str, int, float]], first: int, second: int
    ) -> tuple[tuple[str, float], ...]:
        """Words that speak for the first label rather than for the second, however they entered the sum."""
        count, brought, pieces = len(self.labels), dict[str, float](), dict[str, float]()
        for term, place, value in found:
            start = place * count
            gain = value * (self.weights[start + first] - self.weights[start + second])
            into, name = (pieces, term[2:]) if term[:2] == "C " else (brought, _WRITTEN.sub("", term))
            into[name] = into.get(name, 0.0) + gain
        for word in brought:
            brought[word] += sum(gain for piece, gain in pieces.items() if piece in word)
        whole = sum(gain for gain in brought.values() if gain > 0) or 1.0
        best = sorted(brought.items(), key=lambda pair: -pair[1])[:SHOWN]
        return tuple((word, gain / whole) for word, gain in best if gain > 0)


def _counts(word: str) -> bool:
    """Whether a word may say what a message is about: no stop word, no figure, no code such as A3."""
    return word not in STOP and not (word.isascii() and any(char.isdigit() for char in word)) and word != "_x000d_"


def _words(text: str) -> list[str]:
    return [word for word in cut(text) if _counts(word)]


def _blocks(example: Example, characters: bool) -> list[tuple[dict[str, float], float]]:
    """The words of a message, the same told apart by field, perhaps their characters; with counts and shares."""
    subject, body = Counter(example.subject), Counter(example.body)
    together: Counter[str] = Counter(body)
    for word, times in subject.items():
        together[word] += SUBJECT_COUNTS * times
    fields = {f"S {word}": float(times) for word, times in subject.items()}
    fields.update({f"B {word}": float(times) for word, times in body.items()})
    blocks: list[tuple[dict[str, float], float]] = [
        ({word: float(times) for word, times in together.items()}, 1.0),
        (fields, FIELD_SHARE),
    ]
    if characters:
        pieces: dict[str, float] = {}
        for word, times in together.items():
            for piece in {*word, *(word[start : start + 2] for start in range(len(word) - 1))}:
                pieces[f"C {piece}"] = pieces.get(f"C {piece}", 0.0) + times
        blocks.append((pieces, 1.0))
    return blocks


def _terms(
    example: Example, terms: Mapping[str, int], rarity: Sequence[float], characters: bool
) -> list[tuple[str, int, float]]:
    """The known terms with their places and values: logarithmic counts times rarity, each block scaled to length 1."""
    made: list[tuple[str, int, float]] = []
    for block, share in _blocks(example, characters):
        known = [
            (term, place, (1 + math.log(count)) * rarity[place])
            for term, count in block.items()
            if (place := terms.get(term)) is not None
        ]
        length = math.sqrt(sum(value * value for _, _, value in known)) or 1.0
        made += [(term, place, share * value / length) for term, place, value in known]
    return made


def _vector(
    example: Example, terms: Mapping[str, int], rarity: Sequence[float], characters: bool
) -> list[tuple[int, float]]:
    return [(place, value) for _, place, value in _terms(example, terms, rarity, characters)]


def softmax(margins: Sequence[float], sharpness: float) -> list[float]:
    """Margins as probabilities."""
    highest = max(margins)
    raised = [math.exp(sharpness * (margin - highest)) for margin in margins]
    total = sum(raised)
    return [value / total for value in raised]


def _vocabulary(examples: Sequence[Example], least: int, characters: bool) -> tuple[dict[str, int], array[float]]:
    seen: Counter[str] = Counter()
    for example in examples:
        for block, _ in _blocks(example, characters):
            seen.update(block.keys())
    kept = sorted(term for term, count in seen.items() if count >= least)
    rarity = array("f", (math.log((1 + len(examples)) / (1 + seen[term])) + 1 for term in kept))
    return {term: place for place, term in enumerate(kept)}, rarity


def _fit(examples: Sequence[Example], labels: Sequence[str], progress: Progress) -> Model:
    characters = len(examples) < FEW
    terms, rarity = _vocabulary(examples, 1 if characters else LEAST_DOCUMENTS, characters)
    rows = Rows.of((_vector(example, terms, rarity, characters) for example in examples), len(terms))
    count = len(labels)
    weights, bias = array("f", bytes(4 * len(terms) * count)), array("f", bytes(4 * count))
    sizes = Counter(example.label for example in examples)
    for place, label in enumerate(labels):
        balance = len(examples) / (count * max(1, sizes[label]))
        found = separate(rows, [example.label == label for example in examples], COST * balance, COST)
        weights[place::count] = array("f", found[:-1])
        bias[place] = found[-1]
        progress(f"{place + 1}/{count} {label}")
    return Model(tuple(labels), terms, rarity, weights, bias, 1.0, characters)


def train(examples: Iterable[Example], *, progress: Progress = lambda _: None) -> Model:
    """Learn from examples; the same examples in the same order give the same model.

    About 30 s for 7,000 messages and seven labels on one core; memory some 400 MB meanwhile. Raises ValueError
    where there are fewer than two labels.
    """
    rows = [example for example in examples if example.label and (example.subject or example.body)]
    labels = sorted({example.label for example in rows})
    if len(labels) < 2:
        raise ValueError("Give messages with at least two different labels to learn from.")
    held = [example for example in rows if crc32(example.group.encode()) % 5 == 3]
    kept = [example for example in rows if crc32(example.group.encode()) % 5 != 3]
    sharpness = 4.0
    if held and len({example.label for example in kept}) == len(labels):
        progress("calibrating")
        sharpness = calibrate(_fit(kept, labels, lambda _: None), held)
    model = _fit(rows, labels, progress)
    return replace(model, sharpness=sharpness)


def calibrate(model: Model, held: Sequence[Example]) -> float:
    """The sharpness under which the scores of messages not learned from are most truthful (least log loss)."""
    margins = [
        (
            model.margins(_vector(example, model.terms, model.rarity, model.characters)),
            model.labels.index(example.label),
        )
        for example in held
    ]

    def loss(sharpness: float) -> float:
        return -sum(math.log(max(1e-12, softmax(row, sharpness)[label])) for row, label in margins)

    return min((0.5 * 1.15**step for step in range(24)), key=loss)
