"""Where the bytes of attachments lie: once, under their SHA-256, in the installation's own folder.

Nothing is stored that `lvzhi.core.upload` has not looked through; pictures are stored without the place and the
device a phone writes into them (个人信息保护法 第六条: 收集个人信息限于最小范围).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from lvzhi.core.upload import IMAGES, clean_image, inspect
from lvzhi.records.documents.models import Attachment
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.people.actor import Actor

MOST_BYTES = 20 << 20
"""The largest file taken, in bytes."""


class FileLost(OSError):
    """The row is there and the bytes are not: the folder of files was not restored with the database."""


def place_of(sha256: str) -> Path:
    """Where a content lies: files/ab/abcd…"""
    return Path(settings.HOME) / "files" / sha256[:2] / sha256


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that was looked through and cleaned, and may be stored: `name` is safe to show."""

    name: str
    media_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The address of its content."""
        return hashlib.sha256(self.data).hexdigest()


def ready(name: str, data: bytes) -> Ready:
    """Look a file through, and clean it if it is a picture. Raises UploadRefused with the sentence for the sender."""
    checked = inspect(name, BytesIO(data), MOST_BYTES)
    if checked.kind in IMAGES:
        data = clean_image(BytesIO(data), checked.kind)
    return Ready(checked.name, checked.media_type, data)


def keep(matter: Matter, entry: Entry | None, name: str, data: bytes, actor: Actor, at: datetime) -> Attachment:
    """Store a file of a matter and return its row; the same file under the same name is kept once.

    Raises UploadRefused with the sentence for the sender. One or two statements. Call it inside the transaction of
    the act it belongs to: a rollback leaves at most bytes that nobody points to.
    """
    return keep_ready(matter, entry, ready(name, data), actor, at)


def keep_ready(matter: Matter, entry: Entry | None, file: Ready, actor: Actor, at: datetime) -> Attachment:
    """Store what `ready` has looked through, as `keep` does. One or two statements."""
    sha256 = file.sha256
    write_once(place_of(sha256), file.data)
    row, _made = Attachment.objects.of(matter.congress_id).get_or_create(
        matter=matter,
        sha256=sha256,
        name=file.name,
        defaults={
            "congress_id": matter.congress_id,
            "entry": entry,
            "media_type": file.media_type,
            "size": len(file.data),
            "added_at": at,
            "added_by": actor.name[:60],
        },
    )
    return row


def open_attachment(attachment: Attachment) -> BinaryIO:
    """The bytes of an attachment, open for reading. Raises FileLost."""
    return open_content(attachment.sha256)


def keep_content(file: Ready) -> str:
    """Store the bytes of a file that belongs to no matter, once, and return their SHA-256; the caller keeps the row.

    As with `keep`, a rollback leaves at most bytes that nobody points to.
    """
    sha256 = file.sha256
    write_once(place_of(sha256), file.data)
    return sha256


def open_content(sha256: str) -> BinaryIO:
    """The bytes of a content, open for reading. Raises FileLost."""
    try:
        return place_of(sha256).open("rb")
    except FileNotFoundError as error:
        raise FileLost(f"No file {sha256}.") from error


def write_once(place: Path, data: bytes) -> None:
    """Whole or not at all: a reader never meets half a file, and a crash leaves none."""
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=place.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(partial).replace(place)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
