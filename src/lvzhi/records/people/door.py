"""The one door to personal data: whoever opens it is written down (个人信息保护法 第五十一条、第五十四条)."""

from __future__ import annotations

import json
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from lvzhi.core.upload import clean_text
from lvzhi.records.base.sealed import key_ring
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress, PersonalReading, PersonalRecord


class DoorClosed(PermissionError):
    """The actor may not read these particulars; the message says whom to ask."""


def keep(
    *, congress: Congress, about: str, particulars: dict[str, str], at: datetime, until: date | None
) -> PersonalRecord:
    """Seal a person's particulars. `about` names the row they belong to, as in ``matter:<id>``."""
    record = PersonalRecord(congress=congress, about=about, made_at=at, kept_until=until)
    text = json.dumps({name: _clean(value) for name, value in particulars.items()}, ensure_ascii=False, sort_keys=True)
    record.sealed = key_ring(settings.LVZHI_DATA_KEYS).seal(text, bound_to=str(record.pk))
    record.save(force_insert=True)
    return record


@transaction.atomic
def read(record: PersonalRecord, *, actor: Actor, purpose: str, at: datetime) -> dict[str, str]:
    """Unseal particulars for `actor` and record the reading. Raises DoorClosed.

    Only the congress's own office may read (信访工作条例 第十一条: 不得泄露信访人信息); a body that handles the
    matter sees the text, not the person.
    """
    if actor.congress != record.congress_id or not actor.is_staff:
        raise DoorClosed("只有本级人大常委会机关的工作人员可以查看来信人信息。请联系信访工作机构。")
    purpose = _clean(purpose)
    if not purpose:
        raise DoorClosed("请先写明查看来信人信息的用途。")
    PersonalReading.objects.create(
        congress_id=record.congress_id,
        record=record,
        about=record.about,
        reader_id=actor.account,
        reader_name=actor.name,
        purpose=purpose[:120],
        at=at,
    )
    text = key_ring(settings.LVZHI_DATA_KEYS).unseal(bytes(record.sealed), bound_to=str(record.pk))
    return {str(key): str(value) for key, value in json.loads(text).items()}


def use(record: PersonalRecord, name: str) -> str:
    """One particular for the platform's own use, as an address a letter is sent to; "" where it is not kept.

    No person sees it, so it is no reading: what was done with it is written where it is done. Never show it on a page.
    """
    text = key_ring(settings.LVZHI_DATA_KEYS).unseal(bytes(record.sealed), bound_to=str(record.pk))
    return str(json.loads(text).get(name, ""))


def _clean(text: str) -> str:
    """On one line, without signs nobody can see or that turn others around."""
    return " ".join(clean_text(text, 4 * len(text) + 1).split())


def expire(*, today: date) -> int:
    """Delete particulars whose time is up (个人信息保护法 第四十七条第一款); how many. The readings stay on record."""
    old = PersonalRecord.objects.everywhere("what has expired is deleted in every congress").filter(
        kept_until__lt=today
    )
    return old.delete()[1].get("people.PersonalRecord", 0)


def reseal(*, after: UUID | None = None, batch: int = 500) -> UUID | None:
    """Seal a batch of particulars anew with the newest key; returns where to go on, None at the end.

    Once everything is resealed, an old key is needed only as the last of the ring, for fingerprints.
    """
    ring = key_ring(settings.LVZHI_DATA_KEYS)
    rows = PersonalRecord.objects.everywhere("a key is replaced for every congress")
    page = list((rows.filter(pk__gt=after) if after else rows).order_by("pk")[:batch])
    for record in page:
        record.sealed = ring.seal(ring.unseal(bytes(record.sealed), str(record.pk)), bound_to=str(record.pk))
    rows.bulk_update(page, ["sealed"])
    return page[-1].pk if page else None
