"""A run over files: read, stored in small transactions, then linked. Killed at any point, the next run goes on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from lvzhi.core import law
from lvzhi.core.law.structure.assemble import assemble, part_of, together
from lvzhi.records.jobs.worker import enqueue
from lvzhi.records.matters.procedures import registry
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.statutes import originals
from lvzhi.work.statutes.actions.knowing import know
from lvzhi.work.statutes.actions.linking import link_batch, unlinked
from lvzhi.work.statutes.actions.publishing import PUBLISHED, note_repeals
from lvzhi.work.statutes.catalogue import library_of
from lvzhi.work.statutes.imports.files import Found, digest_of, scan
from lvzhi.work.statutes.imports.placing import File, Text
from lvzhi.work.statutes.imports.report import NO_TITLE, UNREADABLE, Report
from lvzhi.work.statutes.imports.store import note_refused, store
from lvzhi.work.statutes.models import SourceFile
from lvzhi.work.statutes.models.kept import HELD
from lvzhi.work.statutes.reading import SHELF
from lvzhi.work.statutes.rules import may_keep

Step = Callable[[str, int, int], None]
"""Told how far a run is: what it does (reading, storing, linking), how many are done, of how many."""
CHUNK: Final = 2000
"""So many files are in memory at once,"""
CHUNK_BYTES: Final = 256 << 20
"""and so many bytes of them, or one file."""
BATCH: Final = 100
"""So many works, or texts to link, a transaction: a kill loses a second's work."""
T = TypeVar("T")


def run(congress: Congress, places: Iterable[Path], *, actor: Actor, at: datetime, step: Step) -> Report:
    """Take in files and folders: what was read before is left alone, what comes in is published.

    Raises NotAllowed. A file that cannot be taken in is in the report and stops nothing.
    """
    if why := may_keep.why_not(actor, congress):
        raise NotAllowed(why)
    report = Report()
    with _everything_at_hand():
        for files in _chunks(_fresh(congress, scan(places), report, step)):
            texts = _read(congress, files, report, at, step)
            groups = list(_by_work(texts).items())
            for done, batch in _batches(groups):
                step("storing", done, len(groups))
                store(congress, dict(batch), actor=actor, at=at, report=report)
            step("storing", len(groups), len(groups))
        know(congress.pk, _named_by_procedures())
        _link(congress, report, step)
    if report.editions:  # the worker then has the search index built anew
        enqueue(PUBLISHED, congress_id=congress.pk, payload={}, at=at)
    return report


def _named_by_procedures() -> set[str]:
    """The laws on which the procedures of this installation stand, so that a deadline's article leads somewhere."""
    cited = (each for procedure in registry().procedures.values() for each in procedure.cited())
    return {each.law for each in cited if each.kind != "practice"}


@contextmanager
def _everything_at_hand() -> Iterator[None]:
    """Keep every text that was parsed until the run ends: each is looked at again for what others cite of it."""
    most, SHELF.most = SHELF.most, 1 << 30
    try:
        yield
    finally:
        SHELF.most = most
        SHELF.clear()


def _batches(rows: Sequence[T]) -> Iterator[tuple[int, Sequence[T]]]:
    for start in range(0, len(rows), BATCH):
        yield start, rows[start : start + BATCH]


def _chunks(files: Sequence[Found]) -> Iterator[list[Found]]:
    """Files by the thousand, fewer where they are large: what is read of them is in memory until it is stored."""
    chunk: list[Found] = []
    size = 0
    for file in files:
        if chunk and (len(chunk) >= CHUNK or size + file.size > CHUNK_BYTES):
            yield chunk
            chunk, size = [], 0
        chunk.append(file)
        size += file.size
    if chunk:
        yield chunk


def _fresh(congress: Congress, found: list[Found], report: Report, step: Step) -> list[Found]:
    """The files whose content is not known under their name. One statement."""
    known = {name: (digest, code) for name, digest, code in _noted(congress)}
    fresh = []
    report.files = len(found)
    for done, file in enumerate(found):
        if done % BATCH == 0:
            step("reading", done, len(found))
        data = _bytes(file, report)
        if data is None:
            continue
        before, code = known.get(file.name, ("", ""))
        if before == digest_of(data):
            report.known += 1
            report.left_out += code not in HELD
        else:
            fresh.append(file)
    step("reading", len(found), len(found))
    return fresh


def _bytes(file: Found, report: Report) -> bytes | None:
    """What is in a file; None where it cannot be read, which is then in the report."""
    try:
        return file.bytes()
    except law.LawRefused as refused:
        report.refuse(file.name, refused.code, refused.params)
    except OSError as error:
        report.refuse(file.name, UNREADABLE, {"why": error.strerror or type(error).__name__})
    return None


def _noted(congress: Congress) -> list[tuple[str, str, str]]:
    return list(SourceFile.objects.of(congress).values_list("name", "digest", "code"))


def _read(congress: Congress, files: list[Found], report: Report, at: datetime, step: Step) -> list[Text]:
    """The texts of these files; those that are no law are noted, so that the next run need not try them again."""
    texts, refused = [], []
    for done, file in enumerate(files):
        if done % BATCH == 0:
            step("parsing", done, len(files))
        data = _bytes(file, report)
        if data is None:  # it was there a moment ago
            continue
        digest = digest_of(data)
        try:
            document, original = originals.read(file.name, data)
        except law.LawRefused as error:
            refused.append((report.refuse(file.name, error.code, error.params), digest))
            continue
        if not 1 < len(law.normal(document.metadata.title)) <= 300:
            refused.append((report.refuse(file.name, NO_TITLE, {}), digest))
            continue
        texts.append(Text(document, (File(file.name, digest, original),)))
    note_refused(congress, refused, at=at)
    step("parsing", len(files), len(files))
    return texts


def _by_work(texts: Iterable[Text]) -> dict[str, list[Text]]:
    """Texts by the key of their work, in the order in which they are stored; parts of a work are put together."""
    groups: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        groups[law.normal(text.document.metadata.title)].append(text)
    return {key: sorted(_together(found), key=_order) for key, found in groups.items()}


def _together(texts: Sequence[Text]) -> Iterator[Text]:
    """Texts of one work, parts of one edition put together."""
    came = {id(text.document): text for text in texts}
    for group in together(text.document for text in texts):
        if len(group) == 1 and not part_of(group[0]):
            yield came[id(group[0])]
        else:
            files = tuple(file for document in group for file in came[id(document)].files)
            yield Text(assemble(group), files, group)


def _order(text: Text) -> tuple[str, bool, str]:
    """Oldest first; of two that claim the same day, the one whose name agrees with its text."""
    about = text.document.metadata
    return str(about.edition or ""), about.named != about.edition, text.document.name


def _link(congress: Congress, report: Report, step: Step) -> None:
    """Read repeals and store the citations of whatever waits for it, also from a run that was killed."""
    waiting = list(unlinked(congress.pk).select_related("work"))
    if not waiting:
        return
    note_repeals(waiting)
    library, works = library_of(congress.pk)
    for done, batch in _batches(waiting):
        step("linking", done, len(waiting))
        report.citations += link_batch(list(batch), library, works)
    report.linked = len(waiting)
    step("linking", len(waiting), len(waiting))
