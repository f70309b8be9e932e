"""`python -m bench.retrieval`: how fast articles are found, in which space, and how that grows.

Needs a folder of real texts (`--laws`) and one of questions (`--questions`); nothing of either is kept. The index holds
every edition of every text. Cold start and memory are those of a fresh process that opens the index and answers. Growth
is measured on synthetic copies: each has laws of its own, their texts cut in fives and put together in another order.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))  # figures of one core

from lvzhi.core import law
from lvzhi.core.law import retrieval
from lvzhi.core.law.retrieval import measures, sets

ROOT = Path(__file__).parent.parent
ON = date(2026, 1, 1)
MOST = {
    "build_seconds": 60, "index_megabytes": 300, "p99_ms": 30, "cold_seconds": 2, "memory_megabytes": 300,
}  # fmt: skip
FRESH = """
import json, sys, time
began = time.perf_counter()
from pathlib import Path
from lvzhi.core.law import retrieval
index = retrieval.Index.open(Path(sys.argv[1]))
index.search(sys.argv[2])
cold = time.perf_counter() - began
for question in json.loads(sys.stdin.read()):
    index.search(question)
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(json.dumps([cold, int(status["VmHWM"].split()[0]) / 1024]))  # what getrusage tells, a child inherits
"""


def everything(folder: Path) -> list[retrieval.Article]:
    """Every article of every edition of every text below a folder."""
    texts = [law.read(path.name, path.read_bytes()) for path in sorted(folder.rglob("*.md"))]
    return list(retrieval.of_library(law.Library(texts), ON))


def copies(articles: list[retrieval.Article], times: int) -> Iterator[retrieval.Article]:
    """The articles, and so many copies less one under other names, in other words of the same frequency."""
    yield from articles
    for number in range(1, times):
        random = Random(number)
        for each in articles:
            yield replace(each, work=f"{each.work}副本{number}", text=_stirred(each.text, random))


def _stirred(text: str, random: Random) -> str:
    pieces = [text[at : at + 5] for at in range(0, len(text), 5)]
    random.shuffle(pieces)
    return "".join(pieces)


def times(index: retrieval.Index, questions: Iterable[str]) -> dict[str, float]:
    """Milliseconds a question, the half and the ninety-ninth of a hundred, when the index is in memory.

    `cpu` is the processor's time, which other programs do not lengthen; the clock's time is what somebody waits.
    """
    found, worked = [], []
    for warm in (True, False):
        for question in questions:
            began, own = time.perf_counter(), time.thread_time()
            index.search(question)
            if not warm:
                found.append((time.perf_counter() - began) * 1000)
                worked.append((time.thread_time() - own) * 1000)
    return {
        f"p{share:.0f}_{name}": round(measures.percentile(values, share / 100), 2)
        for name, values in (("ms", found), ("cpu_ms", worked)) for share in (50, 99)
    }  # fmt: skip


def measure(laws: Path, questions: list[str], model: retrieval.Model | None, growth: int) -> dict[str, object]:
    """All figures of the whole index, then those of growth from every `growth`-th law on; 0 leaves growth out."""
    began = time.perf_counter()
    articles = everything(laws)
    reading = time.perf_counter() - began
    figures: dict[str, object] = {
        "articles": len(articles), "works": len({each.work for each in articles}),
        "in_force": sum(each.status == "in_force" for each in articles), "trained": model is not None,
        "reading_seconds": round(reading, 1),
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="lvzhi-bench-") as folder:
        report = retrieval.build(articles, Path(folder), model)
        figures |= {
            "build_seconds": round(reading + report.seconds, 1),
            "index_megabytes": round(report.bytes / 1e6, 1),
        }
        figures |= times(retrieval.Index.open(Path(folder)), questions)
        told = subprocess.run(
            [sys.executable, "-c", FRESH, folder, questions[0]], input=json.dumps(questions), capture_output=True,
            text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
    cold, memory = json.loads(told.stdout)
    figures |= {"cold_seconds": round(cold, 2), "memory_megabytes": round(memory, 1)}
    if growth:
        chosen = {each.work for each in articles}
        base = sorted(chosen)[::growth]
        figures["growth"] = [_grown([each for each in articles if each.work in set(base)], size, questions, model)
                             for size in (1, 4, 16)]  # fmt: skip
    return figures


def _grown(
    articles: list[retrieval.Article], size: int, questions: list[str], model: retrieval.Model | None
) -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="lvzhi-bench-") as folder:
        report = retrieval.build(copies(articles, size), Path(folder), model)
        return {"size": size, "articles": report.articles, "build_seconds": round(report.seconds, 1),
                **times(retrieval.Index.open(Path(folder)), questions)}  # fmt: skip


def main() -> int:
    """Measure, print, write the JSON; 1 when a figure does not hold, 3 when there are no texts."""
    parser = argparse.ArgumentParser(prog="python -m bench.retrieval", description=__doc__)
    shared = ROOT.parent / "shared"
    parser.add_argument("--laws", type=Path, default=shared / "laws", help="a folder of .md texts")
    parser.add_argument("--questions", type=Path, default=shared / "data" / "stard" / "queries_train.jsonl")
    parser.add_argument("--model", type=Path, default=None, help="what `lvzhi laws train` wrote")
    parser.add_argument("--growth", type=int, default=4, help="growth from every so-many-th law on; 0 leaves it out")
    parser.add_argument("--out", type=Path, default=None, help="where the JSON goes")
    given = parser.parse_args()
    if not given.laws.is_dir() or not given.questions.is_file():
        sys.stderr.write("no texts or no questions here; name them with --laws and --questions\n")
        return 3
    questions = [each.text for each in sets.questions(given.questions, None)][:500]
    model = retrieval.Model.load(given.model) if given.model else None
    figures = measure(given.laws, questions, model, given.growth)
    for name, value in figures.items():
        print(f"{name:>18}  {value}")
    if given.out:
        given.out.parent.mkdir(parents=True, exist_ok=True)
        given.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    return 0 if all(float(str(figures[name])) <= most for name, most in MOST.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
