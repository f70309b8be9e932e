"""The file between the two steps of a page: sealed, for an hour, for the one who sent it."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, cast
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.core.table import Limits, read_table
from lvzhi.core.upload import clean_name
from lvzhi.records.base.sealed import key_ring
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.imports.plan import ImportRefused, Kind, Preview, Result
from lvzhi.records.people.imports.run import apply, preview
from lvzhi.records.people.models import Congress
from lvzhi.records.people.models_imports import PendingImport

LIMITS: Final = Limits()
LIFETIME: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Uploaded:
    """What the first step gives. `pending` is None when a row has an error: there is nothing to confirm."""

    preview: Preview
    pending: PendingImport | None


def upload(
    kind: Kind,
    name: str,
    data: bytes,
    *,
    congress: Congress,
    actor: Actor,
    on: date,
    at: datetime,
    roles: Mapping[str, str],
) -> Uploaded:
    """First step: read and plan the file, and keep it sealed if it could be imported.

    Raises TableRefused for a file that cannot be read, ImportRefused for the actor or the columns.
    """
    table = read_table(name, data, limits=LIMITS)
    planned = preview(kind, table, congress=congress, actor=actor, on=on, roles=roles)
    if not planned.ready:
        return Uploaded(planned, None)
    kept = PendingImport(
        congress=congress,
        kind=kind,
        name=clean_name(name),
        sha256=hashlib.sha256(data).hexdigest(),
        fingerprint=planned.fingerprint,
        on=on,
        uploader_id=actor.account,
        uploader_name=actor.name[:60],
        uploaded_at=at,
    )
    text = base64.b64encode(data).decode()
    kept.sealed = key_ring(settings.LVZHI_DATA_KEYS).seal(text, bound_to=str(kept.pk))
    kept.save(force_insert=True)
    return Uploaded(planned, kept)


@transaction.atomic
def confirm(pending: UUID, *, congress: Congress, actor: Actor, at: datetime, roles: Mapping[str, str]) -> Result:
    """Second step: import the file that was shown, exactly as it was shown, and wipe its bytes.

    Raises ImportRefused: ('missing') for an unknown or somebody else's file, ('expired') after an hour,
    ('applied') when it has been imported, and whatever `apply` raises.
    """
    kept = (
        PendingImport.objects.of(congress)
        .select_for_update(of=("self",))
        .filter(pk=pending, uploader_id=actor.account)
        .first()
    )
    if kept is None or actor.account is None:
        raise ImportRefused("missing", _("找不到这次上传的文件。请重新上传。"))
    if kept.applied_at is not None:
        raise ImportRefused("applied", _("这个文件已经导入，不用再次确认。"))
    if at - kept.uploaded_at > LIFETIME or not kept.sealed:
        raise ImportRefused("expired", _("上传已经超过一小时，文件已不再保留。请重新上传。"))
    text = key_ring(settings.LVZHI_DATA_KEYS).unseal(bytes(kept.sealed), bound_to=str(kept.pk))
    table = read_table(kept.name, base64.b64decode(text), limits=LIMITS)
    planned = preview(cast(Kind, kept.kind), table, congress=congress, actor=actor, on=kept.on, roles=roles)
    result = apply(planned, actor=actor, congress=congress, at=at, expected=kept.fingerprint)
    kept.applied_at, kept.counts, kept.sealed = at, dict(result.counts), b""
    kept.save(update_fields=["applied_at", "counts", "sealed"])
    return result


def drop_old(*, at: datetime) -> int:
    """Delete uploads nobody confirmed within the hour; how many. For the daily job."""
    old = PendingImport.objects.everywhere("uploads of every congress are kept for one hour only").filter(
        applied_at=None, uploaded_at__lt=at - LIFETIME
    )
    return old.delete()[0]
