"""All that is measured on one database, in a process of its own (Django's settings stand once in a process).

Started by `python -m bench`; the environment says which database, the arguments say what.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django

from bench.cluster import stop_on_signals

Figures = dict[str, Any]


def say(text: str) -> None:
    """Progress goes to stderr."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


class Bench:
    """The parts, each returning its figures."""

    def __init__(self, options: argparse.Namespace) -> None:
        from django.utils import timezone

        from bench.district import lay_out

        self.share = 1.0 if options.size == "full" else 0.34
        self.folder, self.times, self.options = Path(options.folder), options.kills, options
        self.now, self.frame = timezone.now(), lay_out()

    def lists(self) -> Figures:
        """Waits, rates and statements of every page; the memory of the server afterwards.

        No page is kept for a moment here: what is measured is what it costs to make it.
        """
        from django.conf import settings

        from bench.http import serving
        from bench.pages import asked_pages, measure

        pages: Figures = {}
        settings.LVZHI_PAGE_SECONDS = 0
        with patch.dict(os.environ, LVZHI_PAGE_SECONDS="0"), serving(self.folder / "server.log") as server:
            for asked in asked_pages(self.frame, self.now):
                pages[asked.name] = measure(asked, server, self.share)
                say(f"  {asked.name}: p50 {pages[asked.name]['p50']} ms, p99 {pages[asked.name]['p99']} ms")
            memory = server.memory()
        return {"pages": pages, "memory": memory}

    def search(self) -> Figures:
        """True hits found and missed."""
        from bench.district import acting
        from bench.search import compare

        found = compare(acting(self.frame.clerk, self.now.date()))
        return {
            "queries": [asdict(each) for each in found],
            "true": sum(each.true for each in found),
            "missed": sum(each.missed for each in found),
        }

    def loop(self) -> Figures:
        """Loops a second: the POSTs alone, with pages between, and with the job worker beside; and statements."""
        from bench import loop
        from bench.http import Server, job_worker, kill_group, serving

        seconds = 24 * self.share

        def once(server: Server, *, follow: bool = False) -> Figures:
            return loop.run(self.frame, server, seconds, follow=follow)

        with serving(self.folder / "server.log") as server:
            figures: Figures = {"alone": once(server), "pages_between": once(server, follow=True)}
            worker = job_worker(self.folder / "worker.log")
            try:
                figures["with_job_worker"] = once(server)
            finally:
                kill_group(worker, signal.SIGTERM)
                worker.wait()
            figures["memory"] = server.memory()
        return {**figures, "statements": loop.statements(self.frame)}

    def writers(self) -> Figures:
        """Sixty-four writers."""
        from bench.writers import run

        return run(self.frame, 25 if self.options.size == "full" else 8)

    def surge(self) -> Figures:
        """The public at its most: 25 opinions and 100 pages a second for ten minutes, the job worker beside."""
        from bench import surge
        from bench.http import job_worker, kill_group, serving

        with serving(self.folder / "server.log") as server:
            worker = job_worker(self.folder / "worker.log")
            try:
                found = surge.run(self.frame, server, seconds=600 if self.options.size == "full" else 30)
            finally:
                kill_group(worker, signal.SIGTERM)
                worker.wait()
            return {**found, "memory": server.memory()}

    def kill(self) -> Figures:
        """kill -9."""
        from bench.kill import run

        return run(self.frame, self.times, self.folder, say)


def main() -> None:
    """Fill, measure, write the figures as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--size", required=True)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--parts", required=True)
    options = parser.parse_args()
    stop_on_signals()
    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from bench.fill import fill

    call_command("migrate", verbosity=0, interactive=False)
    figures: Figures = {"fill": fill(options.count, timezone.localdate(), Path(options.folder), say)}
    bench = Bench(options)
    parts: dict[str, Callable[[], Figures]] = {
        "lists": bench.lists, "search": bench.search, "loop": bench.loop, "writers": bench.writers,
        "surge": bench.surge, "kill": bench.kill,
    }  # fmt: skip
    for name in options.parts.split(","):
        begun = time.monotonic()
        say(f"{name} …")
        try:
            figures[name] = parts[name]()
        except Exception as error:  # one part that fails must not cost the figures of the others
            say(f"{name} failed: {type(error).__name__}: {error}")
            figures[name] = {"failed": f"{type(error).__name__}: {error}"}
        figures[name]["seconds"] = round(time.monotonic() - begun, 1)
        Path(options.out).write_text(json.dumps(figures, ensure_ascii=False, indent=1, default=str), "utf-8")


if __name__ == "__main__":
    main()
