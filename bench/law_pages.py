"""`python -m bench.law_pages --laws <folder>`: the law library's pages over HTTP on real texts, cold and warm.

A fresh installation takes the folder in, builds its index and serves it; the first visit of a page is told apart from
the later ones. Ends with 1 when 民法典 takes longer than 300 ms.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bench.__main__ import ROOT, environment
from bench.http import Server, Timing, timing

MOST_MS = 300.0
ROUNDS = 60
_FRAME = """
import django; django.setup()
from django.core.management import call_command
from lvzhi.faces.commands.district import load
call_command("migrate", verbosity=0, interactive=False); load.load_frame()
"""
CODE, RULES = "民法典", "各级人民代表大会常务委员会监督法"
PAGES = {
    "library": "/law/",
    "search, a question": "/law/?q=房东不退押金怎么办",
    "search, words": "/law/?q=专项工作报告 征求意见",
    "suggestions": "/law/suggest?q=民法典 10",
    "民法典 (1,260 articles)": f"/law/{CODE}/",
    "民法典, print": f"/law/{CODE}/@2020-05-28/print",
    "one article": f"/law/{CODE}/art_1043",
    "its preview": f"/law/{CODE}/art_1043?part=preview",
    "监督法": f"/law/{RULES}/",
    "监督法 compared": f"/law/{RULES}/compare/2006-08-27..2024-11-08",
}


def fetch(port: int, path: str) -> tuple[int, float, int, int]:
    """Status, seconds until the last byte, bytes on the wire (gzip), bytes unpacked; one connection each."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    connection.request(
        "GET", quote(path, safe="/?=&@.+"), headers={"Accept-Encoding": "gzip", "Accept-Language": "zh-CN"}
    )
    answer = connection.getresponse()
    body = answer.read()
    seconds = time.perf_counter() - began
    connection.close()
    whole = gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
    return answer.status, seconds, len(body), len(whole)


def prepare(laws: Path) -> dict[str, float]:
    """Fill the installation of this environment; how long the import and the index took, in seconds."""
    subprocess.run([sys.executable, "-c", _FRAME], check=True)
    took = {}
    for name, arguments in {"import": ["laws", "import", str(laws)], "index": ["laws", "index"]}.items():
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "lvzhi.faces.commands", *arguments], check=True)
        took[name] = round(time.perf_counter() - began, 1)
    return took


def measure(rounds: int) -> dict[str, Any]:
    """Every page: the first visit of a fresh process, then `rounds` more."""
    found: dict[str, Any] = {}
    server = Server(workers=1)
    server.start()
    try:
        for name, path in PAGES.items():
            status, first, wire, whole = fetch(server.port, path)
            if status != 200:
                raise SystemExit(f"{path}: {status}")
            later: Timing = timing([fetch(server.port, path)[1] for _ in range(rounds)])
            found[name] = {
                "first_ms": round(first * 1000, 1), "p50": later.p50, "p99": later.p99,
                "gzip_kb": round(wire / 1000, 1), "html_kb": round(whole / 1000, 1),
            }  # fmt: skip
        found["memory_mb"] = server.memory()
    finally:
        server.stop()
    return found


def main() -> int:
    """Measure and tell."""
    parser = argparse.ArgumentParser(prog="python -m bench.law_pages", description=__doc__)
    parser.add_argument("--laws", type=Path, default=ROOT.parent / "shared" / "laws")
    parser.add_argument("--model", type=Path, default=None, help="what `lvzhi laws train` wrote: its laws-model")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--out", type=Path, default=None)
    given = parser.parse_args()
    if not given.laws.exists():
        print(f"{given.laws} is not at hand: nothing was measured.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(environment(Path(folder), f"sqlite:///{folder}/lvzhi.sqlite3"))
        if given.model:
            shutil.copytree(given.model, Path(folder) / "laws-model")
        figures: dict[str, Any] = {"seconds": prepare(given.laws), "pages": measure(given.rounds)}
    for name, page in figures["pages"].items():
        if name != "memory_mb":
            print(
                f"{name:26} first {page['first_ms']:7.1f} ms  p50 {page['p50']:6.1f}  p99 {page['p99']:6.1f}  "
                f"{page['html_kb']:7.1f} kB, gzip {page['gzip_kb']:6.1f} kB"
            )
    took = figures["seconds"]
    print(f"import {took['import']} s, index {took['index']} s, memory {figures['pages']['memory_mb']}")
    if given.out:
        given.out.write_text(json.dumps(figures, ensure_ascii=False, indent=1), "utf-8")
    code = figures["pages"]["民法典 (1,260 articles)"]
    return int(max(code["first_ms"], code["p99"]) > MOST_MS)


if __name__ == "__main__":
    sys.exit(main())
