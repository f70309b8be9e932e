"""A surge of the public: so many opinions handed in a second while many more people read, for minutes on end.

The load is open: every request has its moment beforehand, and is late from that moment on, however long the ones
before it took. So a server that stalls is not let off by clients that wait for it. What was acknowledged is looked up
in the database afterwards, number by number.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from bench.district import Frame
from bench.http import Client, Server, timing
from bench.loop import NEW, opinion, slip_of
from bench.writers import gaps
from lvzhi.records.matters.models import Matter

READ = ("/", "/opinions/", "/opinions/?category=transport", "/opinions/new", "/opinions/?category=housing")
SENDERS, READERS = 10, 20
TAKEN = (302, 303)


@dataclass
class Crowd:
    """What one kind of visitor saw."""

    waits: list[float] = field(default_factory=list)
    wrong: dict[str, int] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, waited: float, failure: str = "") -> None:
        """Keep one wait in seconds, or count what went wrong."""
        with self.lock:
            if failure:
                self.wrong[failure] = self.wrong.get(failure, 0) + 1
            else:
                self.waits.append(waited)


def _paced(begun: float, rate: float, seconds: float, part: int, parts: int, act: Callable[[int, float], None]) -> None:
    """Call `act(number, due)` for every parts-th request, each at its own moment."""
    number = part
    while (due := begun + number / rate) < begun + seconds:
        pause = due - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        act(number, due)
        number += parts


def run(frame: Frame, server: Server, *, seconds: float, sends: float = 25, reads: float = 100) -> dict[str, Any]:
    """`sends` opinions and `reads` pages a second for `seconds`; waits, failures, and what is missing afterwards."""
    senders, readers, numbers = Crowd(), Crowd(), list[str]()
    begun = time.monotonic() + 0.5

    def send(client: Client) -> Callable[[int, float], None]:
        def one(number: int, due: float) -> None:
            try:
                answer = client.post(NEW, opinion(number))
            except OSError as error:
                senders.note(0, type(error).__name__)
                return
            if answer.status not in TAKEN:
                senders.note(0, str(answer.status))
                return
            senders.note(time.monotonic() - due)
            with senders.lock:
                numbers.append(slip_of(answer.place).number)

        client.get(NEW)
        return one

    def read(client: Client) -> Callable[[int, float], None]:
        def one(number: int, due: float) -> None:
            try:
                answer = client.get(READ[number % len(READ)])
            except OSError as error:
                readers.note(0, type(error).__name__)
                return
            readers.note(time.monotonic() - due, "" if answer.status == 200 else str(answer.status))

        return one

    threads = [
        threading.Thread(target=_paced, args=(begun, rate, seconds, part, parts, act(Client(server.port))), daemon=True)
        for act, rate, parts in ((send, sends, SENDERS), (read, reads, READERS))
        for part in range(parts)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(seconds + 120)
    took = time.monotonic() - begun
    return {**_told(frame, numbers), "seconds": round(took, 1), **_of("sent", senders), **_of("read", readers)}


def _of(name: str, crowd: Crowd) -> dict[str, Any]:
    found = timing(crowd.waits or [0.0])
    return {
        f"{name}": len(crowd.waits),
        f"{name}_p50_ms": found.p50,
        f"{name}_p99_ms": found.p99,
        f"{name}_most_ms": found.most,
        f"{name}_wrong": dict(sorted(crowd.wrong.items())),
    }


def _told(frame: Frame, numbers: Sequence[str]) -> dict[str, Any]:
    rows = Matter.objects.of(frame.congress)
    there: set[str] = set()
    for start in range(0, len(numbers), 500):
        there |= set(rows.filter(number__in=numbers[start : start + 500]).values_list("number", flat=True))
    return {
        "acknowledged": len(numbers),
        "lost": len(set(numbers) - there),
        "twice": len(numbers) - len(set(numbers)),
        "gaps": gaps(frame, timezone.localdate()),
    }
