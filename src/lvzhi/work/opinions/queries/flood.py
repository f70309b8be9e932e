"""Whether what comes in is part of a flood: the same words many times, or more than a district ever says.

Nothing is refused here, and nothing dropped: what is found is written beside the opinion, and a person looks.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from lvzhi.records.matters.models import Matter
from lvzhi.work.opinions.models import PROCEDURE, Opinion

SAME_WINDOW = timedelta(hours=1)
ALL_WINDOW = timedelta(minutes=10)


def surges(congress: UUID, fingerprint: str, at: datetime) -> list[dict[str, str]]:
    """Reasons for suspecting a flood, as `Opinion.suspicion` keeps them; none in a quiet hour. Two statements.

    `LVZHI_FLOOD_SAME` others with the same words within an hour, or `LVZHI_FLOOD_ALL` of any kind within ten minutes;
    0 switches a limit off. Asked once the matter has been opened; it is not counted itself. Both read a few rows from
    an index, however many there are.
    """
    found = []
    same = settings.LVZHI_FLOOD_SAME
    if same:
        rows = Opinion.objects.of(congress).filter(fingerprint=fingerprint, matter__opened_at__gt=at - SAME_WINDOW)
        if len(rows.values_list("pk", flat=True)[:same]) >= same:
            found.append({"code": "flood", "words": "同样的话"})
    most = settings.LVZHI_FLOOD_ALL
    if most and not found:
        newest = Matter.objects.of(congress).filter(procedure=PROCEDURE).order_by("-opened_at", "-id")
        marked = newest.values_list("opened_at", flat=True)[
            most : most + 1
        ]  # the newest is the one that has just been opened
        if any(opened > at - ALL_WINDOW for opened in marked):
            found.append({"code": "flood", "words": "短时间里件数太多"})
    return found
