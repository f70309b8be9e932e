"""`python -m bench.text`: how long suggestions take: candidates among many messages, predictions, checks.

Messages are put together from pieces (bench.texts) about four thousand made-up places, so that one place with one
issue has from one message to some dozens. Two hundred new messages tell in other words of events that are stored;
recall is the share for which one of the ten best candidates is about the same place and issue.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from random import Random

import rjieba

from bench.texts import TOPICS, WHEN, WHO
from lvzhi.core.text import (
    Example,
    Frequency,
    Report,
    flags,
    gathered,
    points,
    private_spans,
    rank,
    signals,
    sketch,
    suspicion,
    train,
)
from lvzhi.core.text.events_index import COMPARED
from lvzhi.core.text.events_report import _names, _opening, _words, sites
from lvzhi.core.text.words import normal

SIZES = (10_000, 100_000, 1_000_000)
NEW = 200
SAMPLED = 20_000
"""Frequencies are counted from so many messages: what a nightly job would do."""
_FIRST = "云听凤石书观水柳望清南松白东花苇星竹枫晚青鹭麦桃银金玉翠锦兰"
_SECOND = "泉起桥院澜岸荫川浅圃陵鹭塘影林霞砖鸣田园溪湖亭台坪岭湾渡"
_LAST = ("小区", "家园", "苑", "路", "街", "里", "社区", "花园", "公寓", "村")
ISSUES = tuple(issue for group in TOPICS.values() for issue in group)


def places() -> list[str]:
    """Some four thousand names."""
    return [one + two + last for one in _FIRST for two in _SECOND for last in _LAST if (ord(one) + ord(two)) % 2]


def written(random: Random, place: str, issue: tuple[str, str, str], others: list[str]) -> tuple[str, list[str]]:
    """A subject and the pieces of a text about one issue at one place."""
    about, wrong, wish = issue
    form = random.choice(("{p}{a}", "反映{p}{a}", "{p}的{a}问题", "请管管{p}{a}"))
    pieces = [
        f"我住在{random.choice(others)}旁边", f"{place}{random.choice(WHEN)}{wrong}", f"{random.choice(WHO)}最为难",
        f"已经有{random.randrange(2, 90)}天了", wish,
    ]  # fmt: skip
    if random.random() < 0.4:
        other = random.choice(ISSUES)
        pieces.insert(3, f"顺便说一句{other[1]}")
    return form.format(p=place, a=about), pieces


@lru_cache(maxsize=400_000)
def _cut(piece: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    tagged = rjieba.tag(normal(piece))
    return tuple(_words(tagged)), tuple(_names(_opening(tagged)))


def quick(subject: str, pieces: list[str]) -> Report:
    """What `sketch` needs of a report, from pieces that were cut before: a million are made in a minute or two."""
    body: Counter[str] = Counter()
    names: set[str] = set()
    for piece in pieces:
        words, named = _cut(piece)
        body.update(words)
        names.update(named)
    words, named = _cut(subject)
    return Report(
        frozenset(words),
        frozenset(named),
        frozenset(names),
        body,
        frozenset(),
        "",
        "",
        frozenset(),
        sites(subject, "，".join(pieces)),
    )


def _percentile(values: list[float], share: float) -> float:
    return round(sorted(values)[min(len(values) - 1, int(len(values) * share))], 2)


def fill(folder: Path, count: int) -> tuple[sqlite3.Connection, Frequency]:
    """A database of messages with their keys, as a platform would hold them."""
    random, names = Random(11), places()
    base = sqlite3.connect(folder / f"{count}.sqlite3")
    base.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; CREATE TABLE message (id INTEGER PRIMARY KEY, event INTEGER, subject TEXT, text TEXT); CREATE TABLE found (key INTEGER, message INTEGER);")  # fmt: skip # noqa: E501
    made = []
    for _ in range(min(count, SAMPLED)):
        place, issue = random.randrange(len(names)), random.randrange(len(ISSUES))
        made.append(quick(*written(random, names[place], ISSUES[issue], names)))
    frequency = Frequency.of(made)
    random = Random(12)
    for start in range(0, count, 20_000):
        messages, keys = [], []
        for number in range(start, min(start + 20_000, count)):
            place, issue = random.randrange(len(names)), random.randrange(len(ISSUES))
            subject, pieces = written(random, names[place], ISSUES[issue], names)
            messages.append((number, place * len(ISSUES) + issue, subject, "，".join(pieces) + "。"))
            keys += [(key, number) for key in sketch(quick(subject, pieces), frequency)]
        base.executemany("INSERT INTO message VALUES (?,?,?,?)", messages)
        base.executemany("INSERT INTO found VALUES (?,?)", keys)
    base.execute("CREATE INDEX by_key ON found (key, message)")
    base.execute("CREATE INDEX by_event ON message (event)")
    base.commit()
    return base, frequency


def measure(base: sqlite3.Connection, frequency: Frequency) -> dict[str, float]:
    """Milliseconds from a new message to its ten candidates with reasons, and their recall."""
    random, names = Random(13), places()
    whole, read_only, used, hits, known = [], [], [], 0, 0
    while known < NEW:
        place, issue = random.randrange(len(names)), random.randrange(len(ISSUES))
        event = place * len(ISSUES) + issue
        if not base.execute("SELECT 1 FROM message WHERE event = ? LIMIT 1", (event,)).fetchone():
            continue
        known += 1
        subject, pieces = written(random, names[place], ISSUES[issue], names)
        started, cpu = time.perf_counter(), time.process_time()
        new = Report.of(subject, "，".join(pieces) + "。")
        keys = sketch(new, frequency)

        def read(key: int, newest: int) -> list[int]:
            rows = base.execute("SELECT message FROM found WHERE key = ? ORDER BY message DESC LIMIT ?", (key, newest))
            return [row[0] for row in rows]

        def have(asked: Sequence[int], among: Sequence[int]) -> list[tuple[int, int]]:
            holes = ",".join("?" * len(asked)), ",".join("?" * len(among))
            return base.execute(
                f"SELECT message, key FROM found WHERE key IN ({holes[0]}) AND message IN ({holes[1]})",
                (*asked, *among),
            ).fetchall()

        near = gathered(keys, read, have, most=COMPARED)
        read_only.append((time.perf_counter() - started) * 1000)
        marks = ",".join("?" * len(near))
        rows = base.execute(f"SELECT id, event, subject, text FROM message WHERE id IN ({marks})", near).fetchall()
        best = rank(new, [((row[0], row[1]), Report.of(row[2], row[3])) for row in rows], frequency)
        used.append((time.process_time() - cpu) * 1000)
        whole.append((time.perf_counter() - started) * 1000)
        hits += any(name[1] == event for name, _ in best)
    return {
        "p50_ms": _percentile(whole, 0.5), "p99_ms": _percentile(whole, 0.99),
        "cpu_p50_ms": _percentile(used, 0.5), "cpu_p99_ms": _percentile(used, 0.99),
        "keys_p50_ms": _percentile(read_only, 0.5), "keys_p99_ms": _percentile(read_only, 0.99),
        "recall_at_10": round(hits / known, 3),
    }  # fmt: skip


def checks() -> dict[str, float]:
    """Milliseconds of each check of one message, and of a prediction."""
    random, names = Random(14), places()
    texts = []
    for _ in range(400):
        subject, pieces = written(random, random.choice(names), random.choice(ISSUES), names)
        texts.append((subject, "，".join(pieces * 3) + "。"))
    model = train(Example.of(f"{names[place]}{issue[0]}", issue[1] + issue[2], category) for category, group in TOPICS.items() for issue in group for place in range(40))  # fmt: skip # noqa: E501
    found = {}
    for name, check in (
        ("private", lambda _, text: private_spans(text)),
        ("danger", lambda _, text: signals(text)),
        ("spam", lambda subject, text: suspicion(text, subject=subject)),
        ("points", lambda _, text: points(text)),
        ("hollow", lambda subject, text: flags(text, subject=subject)),
        ("predict", model.predict),
    ):
        taken = []
        for subject, text in texts:
            started = time.perf_counter()
            check(subject, text)
            taken.append((time.perf_counter() - started) * 1000)
        found[name] = {"p50_ms": _percentile(taken, 0.5), "p99_ms": _percentile(taken, 0.99)}
    return found  # type: ignore[return-value]


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench.text", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    given = parser.parse_args()
    print(json.dumps({"checks": checks()}, ensure_ascii=False))
    for count in given.sizes:
        with tempfile.TemporaryDirectory(prefix="lvzhi-text-") as folder:
            started = time.perf_counter()
            base, frequency = fill(Path(folder), count)
            filled = time.perf_counter() - started
            size = (Path(folder) / f"{count}.sqlite3").stat().st_size >> 20
            print(json.dumps({"messages": count, "fill_s": round(filled), "mb": size, **measure(base, frequency)}))
            sys.stdout.flush()
            base.close()


if __name__ == "__main__":
    main()
