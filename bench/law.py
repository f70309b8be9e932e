"""`python -m bench.law --laws <folder>`: reading, citations and comparison on a folder of Markdown texts of law."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from lvzhi.core import law

ROOT = Path(__file__).resolve().parents[1]
Result = TypeVar("Result")
MOST_SECONDS = 60.0
LEAST_MEGABYTES = 5.0


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What the work gives, and its CPU time in seconds."""
    begun = time.process_time()
    found = work()
    return found, time.process_time() - begun


def measure(folder: Path) -> dict[str, Any]:
    """Every figure, as it is written to the JSON."""
    texts = [(path.name, path.read_text("utf-8")) for path in sorted(folder.rglob("*.md"))]
    size = sum(len(text.encode()) for _, text in texts) / 1e6
    documents, reading = timed(lambda: [law.parse(text, name) for name, text in texts])
    lost = sum(document.join() != text for document, (_, text) in zip(documents, texts, strict=True))
    library, gathering = timed(lambda: law.Library(documents))
    names = library.names()
    for document in documents:
        _ = document.starts
    citations, finding = timed(lambda: sum(len(law.find(document, names)) for document in documents))
    _, indexing = timed(lambda: law.index(library))
    outcomes = Counter(
        str(each.outcome)
        for work in library.works.values()
        for expression in work.expressions
        for each in law.cites(expression.document, library, names)
    )
    pairs = [pair for work in library.works.values() for pair in pairwise(work.expressions)]
    compared = [(timed(lambda pair=pair: law.compare(pair[0].document, pair[1].document)), pair) for pair in pairs]
    changes = Counter(str(row.change) for (rows, _), _ in compared for row in rows)
    return {
        "python": platform.python_version(), "texts": len(texts), "megabytes": round(size, 1), "lost": lost,
        "units": sum(len(document.units) for document in documents), "read_seconds": round(reading, 2),
        "works": len(library.works), "library_seconds": round(gathering, 2), "citations": citations,
        "megabytes_a_second": round(size / finding, 1), "index_seconds": round(indexing, 2), "outcomes": outcomes,
        "pairs": len(pairs), "compare_seconds": round(sum(seconds for (_, seconds), _ in compared), 2),
        "longest_pair_seconds": round(max((seconds for (_, seconds), _ in compared), default=0.0), 2),
        "changes": changes, "oddities": Counter(each.code for document in documents for each in document.oddities),
    }  # fmt: skip


def main() -> int:
    """Measure, print, write the JSON; 1 when a figure does not hold, 3 when there are no texts."""
    parser = argparse.ArgumentParser(prog="python -m bench.law", description=__doc__)
    parser.add_argument("--laws", type=Path, default=ROOT.parent / "shared" / "laws", help="a folder of .md texts")
    parser.add_argument("--out", type=Path, default=None, help="where the JSON goes")
    given = parser.parse_args()
    if not given.laws.is_dir():
        sys.stderr.write(f"{given.laws} is no folder; name one with --laws\n")
        return 3
    figures = measure(given.laws)
    for name, value in figures.items():
        print(f"{name:>24}  {dict(value) if isinstance(value, Counter) else value}")
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    holds = (
        figures["lost"] == 0
        and figures["read_seconds"] < MOST_SECONDS
        and figures["megabytes_a_second"] >= LEAST_MEGABYTES
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
