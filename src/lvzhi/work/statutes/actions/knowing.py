"""Laws that are known by name and day although no text of them is held: what is cited must not look like an error."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from lvzhi.core import law
from lvzhi.core.law.structure.metadata import name_date
from lvzhi.work.statutes.actions.publishing import mark_stale
from lvzhi.work.statutes.actions.reckoning import WORK_FIELDS, describe, known_work
from lvzhi.work.statutes.describing import Facts, place_of
from lvzhi.work.statutes.models import Edition, Kind, Work


@transaction.atomic
def know(congress: UUID, names: Iterable[str]) -> int:
    """Note laws by names such as 各级人民代表大会常务委员会监督法(2024-11-08), with the day of an edition or without;
    return how many were new. A law of which a text is held is left as its text says. Some ten statements.
    """
    days: dict[str, set[date]] = defaultdict(set)
    for name in names:
        days[law.normal(name)] |= {day for day in (name_date(name),) if day}
    known = {work.key: work for work in Work.objects.of(congress).filter(key__in=days)}
    held = set(Edition.objects.of(congress).published().filter(work__key__in=days).values_list("work__key", flat=True))
    new, changed = [], []
    for key in sorted(days.keys() - held):
        work = known.get(key) or known_work(congress, key)
        told = sorted({*work.change_days, *days[key]})
        if key in known and list(work.change_days) == told:
            continue
        work.changes, work.first_day = [day.isoformat() for day in told], told[0] if told else None
        if key in known:
            changed.append(work)
        else:
            describe(work, _guessed(key))
            new.append(work)
    Work.objects.bulk_create(new)
    Work.objects.of(congress).bulk_update(changed, WORK_FIELDS)
    mark_stale(congress, [*new, *changed], new=new)
    return len(new)


def _guessed(title: str) -> Facts:
    """What a name tells of the kind of text; once a text comes in, it says so itself."""
    local = re.match(r"[\u4e00-\u9fff]{2,6}?(?:省|自治区|市)(?!场)", title)
    if local:
        kind = Kind.LOCAL_REGULATION
    elif title.endswith("法"):
        kind = Kind.LAW
    elif title.startswith("全国人民代表大会") and title.endswith(("决定", "决议")):
        kind = Kind.DECISION
    elif title.startswith("最高人民"):
        kind = Kind.JUDICIAL_INTERPRETATION
    else:
        kind = Kind.ADMINISTRATIVE_REGULATION if title.endswith("条例") else Kind.NORMATIVE_DOCUMENT
    level, region = place_of(kind, "", title)
    return Facts(title, kind, level, region, "", "", None, None)
