"""Sixty-four writers at once on SQLite: nobody is turned away, nothing is lost, no number is given twice."""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, connections
from django.utils import timezone

from bench.district import Frame
from bench.http import timing
from lvzhi.records.matters.models import Matter, NumberSeries
from lvzhi.records.people.actor import citizen
from lvzhi.work.opinions import actions

PROCESSES, THREADS = 4, 16
Said = tuple[list[str], list[float], list[str]]


def run(frame: Frame, each: int) -> dict[str, Any]:
    """Every writer submits `each` opinions. Says what was acknowledged, what is there, and what was refused."""
    today = timezone.localdate()
    before = _numbers(frame, today)
    connections.close_all()
    begun = time.monotonic()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        said = pool.map(_writers, [(frame, each, number) for number in range(PROCESSES)])
    took = time.monotonic() - begun
    numbers = [number for one in said for number in one[0]]
    failures = [failure for one in said for failure in one[2]]
    waits = timing([wait for one in said for wait in one[1]])
    added = _numbers(frame, today) - before
    return {
        "vendor": connection.vendor,
        "writers": PROCESSES * THREADS,
        "tried": PROCESSES * THREADS * each,
        "acknowledged": len(numbers),
        "lost": len(set(numbers) - added),
        "twice": len(numbers) - len(set(numbers)),
        "unacknowledged": len(added - set(numbers)),
        "gaps": gaps(frame, today),
        "locked": sum("locked" in failure for failure in failures),
        "failures": sorted(set(failures))[:5],
        "per_second": round(len(numbers) / took, 1),
        "p50_ms": waits.p50,
        "p99_ms": waits.p99,
        "most_ms": waits.most,
    }


def _writers(given: tuple[Frame, int, int]) -> Said:
    frame, each, process = given
    numbers: list[str] = []
    waits: list[float] = []
    failures: list[str] = []

    def one(writer: int) -> None:
        for turn in range(each):
            words = actions.Words(
                subject=f"第{process}组{writer}号写第{turn}件", text="很多人在同一刻写，谁也不能落下。"
            )
            begun = time.perf_counter()
            try:
                receipt = actions.submit(
                    congress=frame.congress,
                    words=words,
                    actor=citizen(frame.congress),
                    on=timezone.localdate(),
                    at=timezone.now(),
                )
            except Exception as error:  # every refusal is what this bench looks for
                failures.append(f"{type(error).__name__}: {error}"[:200])
            else:
                numbers.append(receipt.number)
                waits.append(time.perf_counter() - begun)
        connections.close_all()

    threads = [threading.Thread(target=one, args=(writer,)) for writer in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return numbers, waits, failures


def _numbers(frame: Frame, today: date) -> set[str]:
    rows = Matter.objects.of(frame.congress).filter(number__startswith=f"意 {today.year}-")
    return set(rows.values_list("number", flat=True))


def serials(numbers: Sequence[str] | set[str]) -> set[int]:
    """The serial parts of matter numbers."""
    return {int(number.rpartition("-")[2]) for number in numbers}


def gaps(frame: Frame, today: date) -> int:
    """Serials of this year that no matter bears, up to the last one given."""
    last = NumberSeries.objects.of(frame.congress).get(prefix="意", year=today.year).last
    return len(set(range(1, last + 1)) ^ serials(_numbers(frame, today)))
