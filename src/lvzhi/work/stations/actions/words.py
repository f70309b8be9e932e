"""Words as they are stored: without signs nobody can see, and never longer than they may be."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from lvzhi.core.upload import UploadRefused, clean_text, sentence
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.work.stations.models import Slot

MOST_REASON = 200


def line(text: str, most: int) -> str:
    """One line of at most `most` characters. Raises NotAllowed."""
    return " ".join(block(text, most).split())


def block(text: str, most: int) -> str:
    """A text of at most `most` characters. Raises NotAllowed."""
    try:
        return clean_text(text, most).strip()
    except UploadRefused as refusal:
        raise NotAllowed(sentence(refusal.code, refusal.params, "zh")) from refusal


def reason_of(text: str) -> str:
    """Why; what is cancelled or shut is told to people who relied on it. Raises NotAllowed."""
    found = line(text, MOST_REASON)
    if len(found) < 2:
        raise NotAllowed(_("请写明原因，约好的人和值班的代表都会看到。"))
    return found


def at_start(slot: Slot) -> datetime:
    """The moment a slot starts."""
    return timezone.make_aware(datetime.combine(slot.date, slot.starts))


def at_end(slot: Slot) -> datetime:
    """The moment a slot ends."""
    return timezone.make_aware(datetime.combine(slot.date, slot.ends))


def day_words(day: date) -> str:
    """6月9日, for refusals."""
    return _("%(month)s月%(day)s日") % {"month": day.month, "day": day.day}


def slot_words(slot: Slot) -> str:
    """6月9日 15:00, for what is stored: it is Chinese whoever caused it, for it is read by others."""
    return f"{slot.date.month}月{slot.date.day}日 {slot.starts:%H:%M}"
