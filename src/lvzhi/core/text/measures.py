"""Measures of routing and of merging, and the files they are reckoned from.

Merging is judged as in the usual task of grouping reports: B³ over the members of known events, pairs over all labelled
messages, and the share of single reports that stay alone.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from lvzhi.core.text.events_report import Report

_FORMS = ("%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d", "%Y/%m/%d")


class Unreadable(Exception):
    """A file or a row that is not of the expected shape; says which."""


def read_rows(path: Path, needed: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of a .jsonl file, each an object with the needed fields."""
    rows = []
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path} cannot be read: {error}.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise Unreadable(f"{path}, line {number}: not JSON.") from error
        if not isinstance(row, dict) or any(not isinstance(row.get(name), str) for name in needed):
            raise Unreadable(f"{path}, line {number}: an object with the texts {', '.join(needed)} is needed.")
        rows.append(row)
    if not rows:
        raise Unreadable(f"{path} holds no rows.")
    return rows


def moment(text: str) -> float:
    """A time as a number of days; 0 for one that is not understood."""
    for form in _FORMS:
        try:
            return datetime.strptime(text.strip(), form).timestamp() / 86400  # noqa: DTZ007 - only differences count
        except ValueError:
            continue
    return 0.0


def read_reports(path: Path) -> dict[str, Report]:
    """Messages by id, from rows with id, subject, text and perhaps user and time."""
    return {
        row["id"]: Report.of(
            row["subject"], row["text"], author=str(row.get("user", "")), day=moment(str(row.get("time", "")))
        )
        for row in read_rows(path, ("id", "subject", "text"))
    }


def read_gold(path: Path) -> dict[str, str]:
    """The event of each labelled message, from a .tsv with a head line: id, event, …; "-" for a single one."""
    gold = {}
    try:
        lines = path.read_text("utf-8-sig").splitlines()[1:]
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path} cannot be read: {error}.") from error
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) < 2:
            raise Unreadable(f"{path}, line {number}: an id and an event with a tab between are needed.")
        gold[cells[0]] = cells[1]
    if not gold:
        raise Unreadable(f"{path} holds no rows.")
    return gold


def macro_f1(true: Sequence[str], said: Sequence[str]) -> float:
    """The mean over the true labels of their F1."""
    labels = sorted(set(true))
    total = 0.0
    for label in labels:
        both = sum(1 for one, other in zip(true, said, strict=True) if one == other == label)
        total += 2 * both / (true.count(label) + said.count(label))
    return total / len(labels)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score_events(gold: Mapping[str, str], groups: Sequence[Sequence[str]]) -> dict[str, float]:
    """`b3_f1` over members of events, `pair_f1`, `singles_kept`; messages without a label are not counted."""
    true = {name: event if event != "-" else f"-{name}" for name, event in gold.items()}
    said = {name: place for place, group in enumerate(groups) for name in group if name in true}
    said |= {name: -1 - place for place, name in enumerate(true) if name not in said}
    in_event, in_group = Counter(true.values()), Counter(said.values())
    both = Counter((true[name], said[name]) for name in true)
    together = sum(count * (count - 1) // 2 for count in both.values())
    in_groups = sum(count * (count - 1) // 2 for count in in_group.values())
    in_events = sum(count * (count - 1) // 2 for count in in_event.values())
    members = [name for name in true if not true[name].startswith("-")]
    singles = [name for name in true if true[name].startswith("-")]
    precision = sum(both[true[name], said[name]] / in_group[said[name]] for name in members) / max(1, len(members))
    recall = sum(both[true[name], said[name]] / in_event[true[name]] for name in members) / max(1, len(members))
    return {
        "b3_f1": _f1(precision, recall),
        "pair_f1": _f1(together / in_groups if in_groups else 1.0, together / in_events if in_events else 1.0),
        "singles_kept": sum(1 for name in singles if in_group[said[name]] == 1) / len(singles) if singles else 1.0,
    }


def events_of(gold: Mapping[str, str]) -> dict[str, list[str]]:
    """The members of each event."""
    found = defaultdict(list)
    for name, event in gold.items():
        if event != "-":
            found[event].append(name)
    return dict(found)
