"""The index of the library's articles: built beside the database, opened by whoever searches."""

from __future__ import annotations

import fcntl
import logging
import subprocess
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import Final

from django.conf import settings

from lvzhi.core.law import retrieval
from lvzhi.records.jobs.models import Job
from lvzhi.records.people.models import Congress
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Edition

log = logging.getLogger(__name__)
STAMP: Final = "library.txt"
"""The file beside an index that says of which state of the library it was made."""
LOCK: Final = "building.lock"
_ROWS = 50
_ROUNDS = 3


def folder_of(congress: Congress) -> Path:
    """Where the index of a congress's library lies."""
    return Path(settings.LVZHI_LAWS_INDEX) / congress.slug


def state_of(congress: Congress) -> str:
    """What tells one state of the published library, and of what was learned, from another. One statement."""
    return f"{queries.library_state(congress.pk)} {_learned_at()}".strip()


def _learned_at() -> str:
    """When something was last learned; empty where nothing was."""
    folder = Path(settings.LVZHI_LAWS_MODEL)
    return str(max((path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()), default=""))


def articles_of(congress: Congress, on: date) -> Iterator[retrieval.Article]:
    """Every article of every published edition, as it stands on a day. One statement; texts are read in turn."""
    rows = queries.published_editions(congress.pk).with_source()
    for edition in rows.iterator(chunk_size=_ROWS):
        yield from _articles(edition, on)


def _articles(edition: Edition, on: date) -> Iterator[retrieval.Article]:
    work = edition.work
    ends = [edition.closed_on, work.repealed_since if work.is_repealed else None]
    yield from retrieval.of_document(
        queries.document_of(edition), work=work.key, title=work.title, kind=work.kind, level=work.level,
        region=work.region, edition=edition.day, since=edition.effective,
        until=min((day for day in ends if day), default=None), status=queries.edition_status(edition, on).value,
    )  # fmt: skip


def endpoint() -> retrieval.Endpoint | None:
    """The embedding endpoint this installation names; None, as by default, where it names none."""
    url = settings.LVZHI_EMBEDDING_URL
    return retrieval.Endpoint(url, settings.LVZHI_EMBEDDING_MODEL, settings.LVZHI_EMBEDDING_KEY) if url else None


def rebuild(congress: Congress, on: date) -> retrieval.Report:
    """Build the index anew in the place of the one that is there; a search meanwhile asks the old one."""
    folder, state = folder_of(congress), state_of(congress)
    model = retrieval.Model.find(Path(settings.LVZHI_LAWS_MODEL))
    try:
        report = retrieval.build(articles_of(congress, on), folder, model, endpoint())
    except retrieval.EndpointRefused:
        log.exception("the embedding endpoint did not answer; the index is built without it")
        report = retrieval.build(articles_of(congress, on), folder, model)
    (folder / STAMP).write_text(state, "utf-8")
    return report


def is_due(congress: Congress) -> bool:
    """Whether the library changed since its index was built, or has none that this version can read. One statement."""
    return index_of(congress) is None or built_of(congress) != state_of(congress)


def built_of(congress: Congress) -> str:
    """The state of the library of which the index was made; empty where there is none."""
    try:
        return (folder_of(congress) / STAMP).read_text("utf-8")
    except OSError:
        return ""


_open: dict[Path, tuple[int, retrieval.Index]] = {}
_lock = Lock()


def index_of(congress: Congress) -> retrieval.Index | None:
    """The index, opened once a process and again when it was built anew; None where there is none. No statement."""
    folder = folder_of(congress)
    try:
        made = (folder / STAMP).stat().st_mtime_ns
    except OSError:
        return None
    with _lock:
        held = _open.get(folder)
        if held is None or held[0] != made:
            try:
                held = _open[folder] = (made, retrieval.Index.open(folder, endpoint()))
            except retrieval.IndexRefused:
                return None
        return held[1]


_child: list[subprocess.Popen[bytes]] = []


def after_published(_job: Job, _at: datetime) -> None:
    """The job `edition-published`: build the index anew in a process of its own, for it may take a minute.

    Does nothing while one is at it (it looks again when it is done), nor where `LVZHI_REINDEX` is empty.
    """
    if _child and _child[0].poll() is None:
        return
    _child.clear()
    if settings.LVZHI_REINDEX:
        _child.append(subprocess.Popen(settings.LVZHI_REINDEX, stdin=subprocess.DEVNULL))


def rebuild_when_due(congress: Congress, today: Callable[[], date]) -> list[retrieval.Report]:
    """Build the index until it is as new as the library, a report for each time. Nothing while another process does.

    A text published while the index is built makes a second round; three at most, for one more job is on its way then.
    """
    made: list[retrieval.Report] = []
    folder = folder_of(congress)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return made
        while len(made) < _ROUNDS and is_due(congress):
            made.append(rebuild(congress, today()))
    return made
