"""附件: photos and papers that come with an opinion; the same picture many times is seen for what it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from lvzhi.records.documents.models import Attachment
from lvzhi.records.documents.store import Ready, keep_ready
from lvzhi.records.matters.models import Entry
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions.models import Opinion

MOST_SAME_PHOTO = 20
"""So many other opinions with the same picture within `PHOTO_WINDOW`, and the next waits to be looked at."""
PHOTO_WINDOW = timedelta(hours=1)


def attach(
    opinion: Opinion, files: Iterable[Ready], *, actor: Actor, at: datetime, entry: Entry | None = None
) -> list[Attachment]:
    """Keep the files of an opinion, each content once; call it inside the transaction of the act.

    The bytes of a picture lie once in the whole installation, however often it is sent. An opinion whose picture came
    with `MOST_SAME_PHOTO` others in the hour is kept like any other and waits in the queue of suspicions.
    Two statements a file, one more for all of them.
    """
    kept = [
        keep_ready(opinion.matter, entry, file, actor, at) for file in {file.sha256: file for file in files}.values()
    ]
    if kept and not opinion.is_suspected and _is_a_flood(opinion, [each.sha256 for each in kept], at):
        opinion.is_suspected = True
        opinion.suspicion = [*opinion.suspicion, {"code": "flood", "words": "同一张照片"}]
        opinion.save(update_fields=["is_suspected", "suspicion"])
    return kept


def _is_a_flood(opinion: Opinion, contents: list[str], at: datetime) -> bool:
    rows = Attachment.objects.of(opinion.congress_id).filter(sha256__in=contents, added_at__gt=at - PHOTO_WINDOW)
    others = rows.exclude(matter=opinion.matter_id).values_list("matter", flat=True)[:MOST_SAME_PHOTO]
    return len(others) >= MOST_SAME_PHOTO
