"""What the public reads: the board of published opinions."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.paging import Mark, Page, mark
from lvzhi.work.opinions.models import PROCEDURE

BOARD_PAGE = 20


def board(congress: UUID, *, category: str = "", after: str = "", limit: int = BOARD_PAGE) -> Page[Matter]:
    """Published opinions, newest first; `opinion` and the bodies are loaded. One statement."""
    rows = Matter.objects.of(congress).published().filter(procedure=PROCEDURE)
    if category:
        rows = rows.filter(category=category)
    place = Mark.read(after)
    if place and (instant := place.instant()):
        rows = rows.filter(
            Q(published_at__lt=instant) | Q(published_at=instant, id__lt=place.key), published_at__lte=instant
        )
    found = list(rows.select_related("opinion", "responsible", "area").order_by("-published_at", "-id")[: limit + 1])
    page = found[:limit]
    last = page[-1] if page else None
    return Page(page, mark(last.published_at, last.pk) if last and last.published_at and len(found) > limit else None)


def published(congress: UUID, number: str) -> Matter | None:
    """One published opinion by its number, with `opinion` loaded. One statement."""
    rows = Matter.objects.of(congress).published().filter(procedure=PROCEDURE, number=number)
    return rows.select_related("opinion", "responsible", "area").first()
