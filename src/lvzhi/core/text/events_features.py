"""How two reports resemble each other: numbers for the scorer, each between about 0 and 1."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import cast

from lvzhi.core.text.events_report import Frequency, Report

FEATURES = (
    "subject_words", "subject_runs", "body", "whole", "cover_least", "cover_most", "rarest_run", "rarest_crossing",
    "crossing", "subject_overlap", "copied", "author", "days", "rare_runs", "subject_by_body", "rarest_name",
    "rarest_name_crossing", "names_apart", "names_cover_least", "names_cover_most", "issue_subject", "issue_body",
    "longest_run", "top_words", "names", "name_by_issue", "whole_root",
)  # fmt: skip
Vector = Mapping[str, float]


def _scaled(counts: Mapping[str, float], frequency: Frequency, mark: str = "") -> dict[str, float]:
    values = {term: (1 + math.log(count)) * frequency.rarity(mark + term) for term, count in counts.items()}
    length = math.sqrt(sum(value * value for value in values.values())) or 1.0
    return {term: value / length for term, value in values.items()}


def _ones(terms: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(terms, 1.0)


def prepared(report: Report, frequency: Frequency) -> dict[str, Vector]:
    """The weighted vectors of a report, made once and kept with it for this frequency."""
    kept = report.cache.get("vectors")
    if kept is not None and report.cache.get("of") is frequency:
        return cast("dict[str, Vector]", kept)
    named = report.names | report.body_names
    whole = _scaled({term: float(count) for term, count in report.words.items()}, frequency)
    made: dict[str, Vector] = {
        "subject": _scaled(_ones(report.subject), frequency),
        "runs": _scaled(_ones(report.grams), frequency, "#"),
        "body": _scaled({term: float(count) for term, count in report.body.items()}, frequency),
        "whole": whole,
        "issue": _scaled(_ones(report.subject - report.names), frequency),
        "issue_body": _scaled({t: float(c) for t, c in report.body.items() if t not in named}, frequency),
        "names": _scaled(_ones(report.names), frequency),
        "top": dict(sorted(whole.items(), key=lambda pair: (-pair[1], pair[0]))[:10]),
    }
    report.cache["of"], report.cache["vectors"] = frequency, made
    return made


def _dot(one: Vector, other: Vector) -> float:
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    return sum(value * long[term] for term, value in short.items() if term in long)


def _share(terms: Iterable[str], inside: Iterable[str] | str, weigh: Mapping[str, float]) -> float:
    whole = found = 0.0
    for term in terms:
        whole += weigh[term]
        found += weigh[term] if term in inside else 0.0
    return found / whole if whole else 0.0


def longest_common(subject: str, text: str) -> str:
    """The longest run of characters of `subject` that stands in `text`."""
    best = ""
    for start in range(len(subject)):
        end = start + len(best) + 1
        while end <= len(subject) and subject[end - 1] != "|" and subject[start:end] in text:
            best = subject[start:end]
            end += 1
    return best


def features(one: Report, other: Report, frequency: Frequency) -> list[float]:
    """The numbers of a pair in the order of `FEATURES`; the order of the two makes no difference."""
    first, second = prepared(one, frequency), prepared(other, frequency)
    return [*_by_runs(one, other, first, second, frequency), *_by_names(one, other, first, second, frequency)]


def _by_runs(
    one: Report, other: Report, first: Mapping[str, Vector], second: Mapping[str, Vector], frequency: Frequency
) -> list[float]:
    crossing = {gram for gram in one.grams if gram in other.flat} | {gram for gram in other.grams if gram in one.flat}
    weigh = {gram: frequency.rarity("#" + gram) for gram in one.grams | other.grams}
    both = sorted((weigh[gram] for gram in one.grams & other.grams if len(gram) == 3), reverse=True)
    crossed = sorted((weigh[gram] for gram in crossing if len(gram) == 3), reverse=True)
    cover = (_share(one.grams, other.flat, weigh), _share(other.grams, one.flat, weigh))
    runs, body, whole = (_dot(first[name], second[name]) for name in ("runs", "body", "whole"))
    return [
        _dot(first["subject"], second["subject"]), runs, body, whole, min(cover), max(cover),
        both[0] if both else 0.0, crossed[0] if crossed else 0.0, min(1.0, sum(crossed[:6]) / 5),
        len(one.subject & other.subject) / (min(len(one.subject), len(other.subject)) or 1),
        len(one.shingles & other.shingles) / (min(len(one.shingles), len(other.shingles)) or 1),
        float(bool(one.author) and one.author == other.author), math.log1p(abs(one.day - other.day)) / 6,
        min(1.0, len(both) / 10), runs * body,
    ]  # fmt: skip


def _by_names(
    one: Report, other: Report, first: Mapping[str, Vector], second: Mapping[str, Vector], frequency: Frequency
) -> list[float]:
    all_one, all_other = one.names | one.body_names, other.names | other.body_names
    same, crossing = one.names & other.names, (one.names & all_other) | (other.names & all_one)
    weigh = {name: frequency.rarity(name) for name in one.names | other.names}
    cover = (_share(one.names, all_other, weigh), _share(other.names, all_one, weigh))
    issue_body, whole = _dot(first["issue_body"], second["issue_body"]), _dot(first["whole"], second["whole"])
    run = max(len(longest_common(one.flat_subject, other.flat)), len(longest_common(other.flat_subject, one.flat)))
    return [
        max((weigh[name] for name in same), default=0.0), max((weigh[name] for name in crossing), default=0.0),
        float(bool(one.names) and bool(other.names) and not crossing), min(cover), max(cover),
        _dot(first["issue"], second["issue"]), issue_body, min(run, 12) / 12,
        len(first["top"].keys() & second["top"].keys()) / 10, _dot(first["names"], second["names"]),
        float(bool(same)) * issue_body, math.sqrt(whole),
    ]  # fmt: skip
