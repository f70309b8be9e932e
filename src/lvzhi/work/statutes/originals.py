"""The files that texts came in: what is kept of them beside the words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from lvzhi.core import law
from lvzhi.core.law.readers import MEDIA_TYPES
from lvzhi.core.upload import clean_name
from lvzhi.records.documents.store import Ready, keep_content
from lvzhi.work.statutes.models import Edition, Original


def read(name: str, data: bytes) -> tuple[law.Document, Ready | None]:
    """The law in a file, and the file itself where its bytes are more than the words, letter for letter.

    A Markdown file in UTF-8 is its own text: a second copy would say nothing new. Raises LawRefused.
    """
    source = law.read_text_of(name, data)
    document = law.understood(source)
    if document.source.encode() == data:
        return document, None
    return document, Ready(clean_name(name), MEDIA_TYPES[source.kind], data)


def keep(files: Iterable[tuple[Edition, Ready]], *, at: datetime) -> None:
    """Store files with the editions they hold, each content once. One statement, none without files.

    Call it inside the transaction of the act it belongs to.
    """
    rows = [
        Original(
            congress_id=edition.congress_id, edition=edition, sha256=keep_content(file), name=file.name,
            media_type=file.media_type, size=len(file.data), added_at=at,
        )
        for edition, file in files
    ]  # fmt: skip
    if rows:
        Original.objects.bulk_create(rows, ignore_conflicts=True)


def carry_over(editions: Iterable[Edition]) -> None:
    """Have each text that was joined to a published one keep the files of that, too. Two statements, or none."""
    new = {edition.replaces_id: edition for edition in editions if edition.replaces_id and len(edition.parts) > 1}
    if not new:
        return
    congress = next(iter(new.values())).congress_id
    rows = [
        Original(
            congress_id=row.congress_id, edition=new[row.edition_id], sha256=row.sha256, name=row.name,
            media_type=row.media_type, size=row.size, added_at=row.added_at,
        )
        for row in Original.objects.of(congress).filter(edition__in=new)
    ]  # fmt: skip
    Original.objects.bulk_create(rows, ignore_conflicts=True)
