"""Lines of the worklist, drawn once.

A line depends on its work item, the day and the reader's language, and on nothing else: every act on a matter lays new
work items, under new ids. So a drawn line stays true until the day ends, and a busy worklist is put together from
lines that were drawn before. Each process keeps its own, the latest few thousand.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from threading import Lock
from uuid import UUID

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from lvzhi.records.matters.models import WorkItem
from lvzhi.records.people.actor import Actor

MOST = 4000
"""Some two and a half kilobytes each: about ten megabytes a process."""

Key = tuple[UUID, date, str]
_lines: OrderedDict[Key, SafeString] = OrderedDict()
_lock = Lock()


def lines(
    items: Sequence[WorkItem], *, actor: Actor, today: date, draw: Callable[[WorkItem], SafeString]
) -> list[SafeString]:
    """The drawn line of each item, in order. One statement when some were not drawn before, else none."""
    language = get_language() or ""
    keys = [(item.pk, today, language) for item in items]
    with _lock:
        found = {key: _lines[key] for key in keys if key in _lines}
    missing = [key[0] for key in keys if key not in found]
    if missing:
        rows = WorkItem.objects.of(actor.congress).filter(pk__in=missing)
        for item in rows.select_related("matter__responsible", "matter__area"):
            found[(item.pk, today, language)] = draw(item)
    with _lock:
        for key in keys:
            if key in found:
                _lines[key] = found[key]
                _lines.move_to_end(key)
        while len(_lines) > MOST:
            _lines.popitem(last=False)
    # An item that somebody acted on a moment ago is gone, and its line with it.
    return [found.get(key, SafeString("")) for key in keys]
