"""kill -9 of web and worker under load, again and again; then everything acknowledged must be there, once."""

from __future__ import annotations

import email
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.models import Count
from django.utils import timezone

from bench.district import Frame
from bench.http import Server, job_worker, kill_group
from bench.loop import Refused, Round
from bench.writers import gaps
from lvzhi.core.trust import BrokenChain
from lvzhi.records.jobs.models import Job
from lvzhi.records.jobs.worker import work
from lvzhi.records.matters.ledger import verify
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.notices.deliver import LEASE, pump
from lvzhi.records.notices.models import Delivery, Notice
from lvzhi.records.search.models import SearchText

CLIENTS = 4
WHY = "the bench looks at everything"


@dataclass
class Heard:
    """What the server acknowledged before it died."""

    submitted: dict[str, str] = field(default_factory=dict)
    transferred: set[str] = field(default_factory=set)
    cut_off: int = 0
    refused: list[str] = field(default_factory=list)


class _Load:
    """Clients that submit and transfer whenever a server is there."""

    def __init__(self, frame: Frame, server: Server) -> None:
        self.up, self.over, self.heard = threading.Event(), threading.Event(), Heard()
        at = timezone.now()
        self.rounds = [Round.begin(frame, server, number, at, follow=False) for number in range(CLIENTS)]
        self.threads = [threading.Thread(target=self._one, args=(each,), daemon=True) for each in self.rounds]
        connections.close_all()
        for thread in self.threads:
            thread.start()

    def _one(self, browsers: Round) -> None:
        number = 0
        while not self.over.is_set():
            if not self.up.wait(0.2):
                continue
            number += 1
            try:
                slip = browsers.submit(number)
                self.heard.submitted[slip.number] = slip.matter
                browsers.route(slip.matter)
                self.heard.transferred.add(slip.matter)
            except OSError:
                self.heard.cut_off += 1
                time.sleep(0.02)
            except Refused as refusal:
                self.heard.refused.append(str(refusal)[:200])

    def await_answers(self, count: int) -> bool:
        """Wait until so many more acts were acknowledged; says whether they were within ten seconds."""
        wanted = self._answers() + count
        until = time.monotonic() + 10
        while self._answers() < wanted and time.monotonic() < until:
            time.sleep(0.005)
        return self._answers() >= wanted

    def _answers(self) -> int:
        return len(self.heard.submitted) + len(self.heard.transferred)

    def end(self) -> None:
        """Let the clients finish."""
        self.over.set()
        for thread in self.threads:
            thread.join(70)


def run(frame: Frame, times: int, folder: Path, say: Callable[[str], None], seed: int = 7) -> dict[str, Any]:
    """Kill web and worker `times` times, each time in the midst of answers; then check."""
    random, server, log = Random(seed), Server(log=folder / "server.log"), folder / "worker.log"
    before, under_load = timezone.now(), 0
    server.start()
    load = _Load(frame, server)
    worker = job_worker(log)
    try:
        for number in range(times):
            load.up.set()
            under_load += load.await_answers(random.randrange(2, 14))
            time.sleep(random.random() * 0.08)
            # The two die at different moments: between them one works on without the other.
            first, second = random.sample([server.process, worker], 2)
            for process in (first, second):
                if process is not None:
                    kill_group(process, signal.SIGKILL)
                time.sleep(random.random() * 0.1)
            load.up.clear()
            for process in (first, second):
                if process is not None:
                    process.wait()
            worker = job_worker(log)
            server.start()
            if number % 10 == 9:
                say(f"  killed {number + 1} times, {len(load.heard.submitted)} opinions acknowledged")
    finally:
        load.end()
        server.kill()
        kill_group(worker, signal.SIGKILL)
        worker.wait()
    return {"killed": times, "under_load": under_load, **_check(frame, load.heard, before)}


def _drain(say_after: float = 120.0) -> int:
    """Do what is left, as a worker would once leases and waits have passed; return what remains undone."""
    later, until = timezone.now() + LEASE + timedelta(hours=3), time.monotonic() + say_after
    while time.monotonic() < until:
        if not work(at=later) and not pump(at=later):
            break
    return Job.objects.everywhere(WHY).count()


def _check(frame: Frame, heard: Heard, before: Any) -> dict[str, Any]:
    waiting = Job.objects.everywhere(WHY).count()
    undone = _drain()
    mine = Matter.objects.of(frame.congress).filter(opened_at__gte=before)
    there = dict(mine.values_list("number", "pk"))
    lost = [number for number, key in heard.submitted.items() if str(there.get(number)) != key]
    moved = {str(key) for key in mine.exclude(state="received").values_list("pk", flat=True)}
    broken = 0
    for matter in mine.iterator(chunk_size=500):
        try:
            broken += verify(matter) != matter.version
        except BrokenChain:
            broken += 1
    entries = Entry.objects.of(frame.congress).filter(matter__in=mine.values("pk"))
    told = set(Notice.objects.of(frame.congress).values_list("entry_id", flat=True))
    return {
        "acknowledged": len(heard.submitted) + len(heard.transferred),
        "cut_off": heard.cut_off,
        "refused": dict(Counter(heard.refused).most_common(3)),
        "lost": len(lost) + len(heard.transferred - moved),
        "ledgers": len(there),
        "broken_ledgers": broken,
        "gaps": gaps(frame, timezone.localdate()),
        "jobs_after_the_last_kill": waiting,
        "jobs_undone": undone,
        "entries_without_a_notice": sum(key not in told for key in entries.values_list("pk", flat=True)),
        "not_indexed": mine.exclude(pk__in=SearchText.objects.of(frame.congress).values("matter")).count(),
        **_letters(frame),
    }


def _letters(frame: Frame) -> dict[str, int]:
    notices = Notice.objects.of(frame.congress)
    doubled = notices.values("entry", "account").annotate(n=Count("pk")).filter(n__gt=1).count()
    sent = Delivery.objects.of(frame.congress).filter(channel="email")
    files = list(Path(settings.EMAIL_FILE_PATH).glob("*.eml"))
    marks = Counter(str(email.message_from_bytes(path.read_bytes())["Message-ID"]) for path in files)
    return {
        "notices": notices.count(),
        "notices_twice": doubled,
        "letters": len(files),
        "letters_twice": sum(count - 1 for count in marks.values()),
        "letters_missing": sent.count() - len(files),
        "letters_not_sent": sent.exclude(status=Delivery.Status.SENT).count(),
    }
