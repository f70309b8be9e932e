"""A file in three steps: uploaded, its columns mapped, confirmed; then the worker takes it in by chunks."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lvzhi.core.table import TableRefused
from lvzhi.core.upload import UploadRefused, clean_name, in_units, sentence
from lvzhi.records.base.sealed import key_ring
from lvzhi.records.jobs.models import Job
from lvzhi.records.jobs.worker import enqueue
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions.imports.columns import COLUMNS, NEEDED, Mapping, column_name, guess
from lvzhi.work.opinions.imports.replay import Options, Outcome, Plan, take
from lvzhi.work.opinions.imports.rows import LIMITS, Broken, Message, Sheet, messages_of, open_sheet
from lvzhi.work.opinions.models import MessageFile, Opinion

IMPORTED = "messages-confirmed"
"""The job that takes in the next chunk of a confirmed file."""
CHUNK = 8
"""So many rows a job: on SQLite others wait while it writes."""
LIFETIME = timedelta(hours=24)
SHOWN = 8
COUNTED = ("taken", "known", "answered", "waiting", "classified", "merged", "hollow", "rated", "made_up")
MOST_REJECTED = 5000


class ImportRefused(ValueError):
    """A file that cannot be taken in; `str()` is the sentence."""


@dataclass(frozen=True)
class Preview:
    """What would become of a file: how many rows are good, known or broken, with a few of each."""

    headings: tuple[str, ...]
    columns: Mapping
    missing: list[str]
    good: int
    known: int
    answered: int
    shown: list[Message]
    broken: list[Broken]
    broken_count: int


def _require(actor: Actor) -> None:
    if "petition_office" not in actor.roles or actor.account is None:
        raise ImportRefused(_("留言由信访工作机构导入。"))


def upload(name: str, data: bytes, *, congress: Congress, actor: Actor, at: datetime) -> MessageFile:
    """First step: keep the file sealed, its columns guessed by their headings. Raises ImportRefused."""
    _require(actor)
    if len(data) > LIMITS.size:
        raise ImportRefused(sentence("too_large", {"limit": in_units(LIMITS.size)}, "zh"))
    sheet = _sheet(name, data)
    kept = MessageFile(
        congress=congress,
        name=clean_name(name)[:120],
        sha256=hashlib.sha256(data).hexdigest(),
        columns=guess(sheet.headings),
        uploader_id=actor.account,
        uploaded_at=at,
        total=len(sheet.rows),
    )
    _seal(kept, data)
    kept.save(force_insert=True)
    return kept


def _sheet(name: str, data: bytes) -> Sheet:
    try:
        sheet = open_sheet(name, data)
    except TableRefused as refusal:
        raise ImportRefused(str(refusal)) from refusal
    except UploadRefused as refusal:
        raise ImportRefused(sentence(refusal.code, refusal.params, "zh")) from refusal
    if not sheet.rows:
        raise ImportRefused(_("这个文件里没有留言。"))
    return sheet


def _seal(kept: MessageFile, data: bytes) -> None:
    text = base64.b64encode(data).decode()
    kept.sealed = key_ring(settings.LVZHI_DATA_KEYS).seal(text, bound_to=str(kept.pk))


def _opened(kept: MessageFile) -> bytes:
    text = key_ring(settings.LVZHI_DATA_KEYS).unseal(bytes(kept.sealed), bound_to=str(kept.pk))
    return base64.b64decode(text)


def latest(congress: UUID, *, limit: int = 20) -> list[MessageFile]:
    """The files brought in last, newest first, without their bytes. One statement."""
    rows = MessageFile.objects.of(congress).filter(confirmed_at__isnull=False).defer("sealed")
    return list(rows.select_related("uploader").order_by("-uploaded_at")[:limit])


def preview(kept: MessageFile, columns: Mapping | None = None) -> Preview:
    """What would become of the file with these columns. Nothing is written. One statement."""
    sheet = _sheet(kept.name, _opened(kept))
    chosen = columns if columns is not None else dict(kept.columns)
    missing = [column_name(field) for field in NEEDED if field not in chosen]
    if missing:
        return Preview(sheet.headings, chosen, missing, 0, 0, 0, [], [], 0)
    rows = list(messages_of(sheet, chosen))
    good = [row for row in rows if isinstance(row, Message)]
    broken = [row for row in rows if isinstance(row, Broken)]
    known = _known(kept.congress_id, good)
    answered = sum(bool(row.reply) for row in good)
    return Preview(
        sheet.headings, chosen, [], len(good) - known, known, answered, good[:SHOWN], broken[: SHOWN * 5], len(broken)
    )


def _known(congress: UUID, rows: list[Message]) -> int:
    """How many of these were taken before."""
    names, found = [f"import:{row.name}" for row in rows], 0
    for start in range(0, len(names), 500):
        found += Opinion.objects.of(congress).filter(source_id__in=names[start : start + 500]).count()
    return found


def map_columns(given: Mapping, headings: tuple[str, ...]) -> Mapping:
    """The columns chosen in a form, without what is not there or chosen twice. Raises ImportRefused."""
    chosen = {field: heading for field, heading in given.items() if field in COLUMNS and heading in headings}
    twice = {heading for heading in chosen.values() if list(chosen.values()).count(heading) > 1}
    if twice:
        raise ImportRefused(_("「%(heading)s」这一列选了两次，一列只能用一次。") % {"heading": sorted(twice)[0][:40]})
    return chosen


@transaction.atomic
def confirm(
    key: UUID, *, columns: Mapping, options: Options, congress: Congress, actor: Actor, at: datetime
) -> MessageFile:
    """Last step: keep the rows as they were looked at, and leave the work to the worker. Raises ImportRefused."""
    _require(actor)
    kept = (
        MessageFile.objects.of(congress)
        .select_for_update(of=("self",))
        .filter(pk=key, uploader_id=actor.account)
        .first()
    )
    if kept is None or not kept.sealed:
        raise ImportRefused(_("找不到这次上传的文件。请重新上传。"))
    if kept.confirmed_at is not None:
        raise ImportRefused(_("这个文件已经在导入，不用再次确认。"))
    try:
        Plan.of(congress, today=localdate(at), options=options)
    except ActRefused as refusal:
        raise ImportRefused(str(refusal)) from refusal
    rows = list(messages_of(_sheet(kept.name, _opened(kept)), columns))
    good = [row for row in rows if isinstance(row, Message)]
    kept.rejected = [[row.number, row.name, row.why] for row in rows if isinstance(row, Broken)][:MOST_REJECTED]
    kept.columns, kept.options = dict(columns), asdict(options)
    kept.confirmed_at, kept.total, kept.done = at, len(good), 0
    lines = "\n".join(json.dumps(row.as_json(), ensure_ascii=False) for row in good)
    _seal(kept, lines.encode())
    kept.save()
    enqueue(IMPORTED, congress_id=congress.pk, payload={"file": str(kept.pk)}, at=at)
    return kept


def after_confirmed(job: Job, at: datetime) -> None:
    """Take in the next chunk, and leave the rest to the next job; a row taken before a crash is not taken twice."""
    kept = MessageFile.objects.of(job.congress_id).select_related("congress").get(pk=job.payload["file"])
    if kept.finished_at is not None:
        return
    lines = _opened(kept).decode().split("\n") if kept.total else []
    chunk = lines[kept.done : kept.done + CHUNK]
    outcome = Outcome()
    plan = Plan.of(kept.congress, today=localdate(at), options=Options(**kept.options))
    for line in chunk:
        take(Message.from_json(json.loads(line)), plan, outcome)
    kept.done += len(chunk)
    kept.counts = {name: int(kept.counts.get(name, 0)) + getattr(outcome, name) for name in COUNTED}
    kept.rejected = [*kept.rejected, *map(list, outcome.rejected)][:MOST_REJECTED]
    if kept.done >= kept.total:
        kept.finished_at, kept.sealed = at, b""
    kept.save(update_fields=["done", "counts", "rejected", "finished_at", "sealed"])
    if kept.finished_at is None:
        enqueue(IMPORTED, congress_id=job.congress_id, payload=job.payload, at=at)


def drop_old(*, at: datetime) -> int:
    """Delete uploads nobody confirmed within a day; how many. For the daily job."""
    old = MessageFile.objects.everywhere("uploads of every congress are kept for a day only").filter(
        confirmed_at=None, uploaded_at__lt=at - LIFETIME
    )
    return old.delete()[0]
