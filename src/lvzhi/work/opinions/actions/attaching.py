"""附件: photos and papers that come with an opinion."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lvzhi.records.documents.models import Attachment
from lvzhi.records.documents.store import Ready, keep_ready
from lvzhi.records.matters.models import Entry
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions.models import Opinion


def attach(
    opinion: Opinion, files: Iterable[Ready], *, actor: Actor, at: datetime, entry: Entry | None = None
) -> list[Attachment]:
    """Keep the files of an opinion, each content once; call it inside the transaction of the act.

    The bytes of a picture lie once in the whole installation, however often it is sent; that the same picture came
    many times is seen by `triage.look`. Two statements a file.
    """
    once = {file.sha256: file for file in files}
    return [keep_ready(opinion.matter, entry, file, actor, at) for file in once.values()]
