"""Receptions as a calendar that telephones subscribe to (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from lvzhi.work.stations.actions.words import at_end, at_start
from lvzhi.work.stations.models import Slot

LINE = 73
"""Octets of a line before it is folded; the standard allows 75 with its end."""


def ical(slots: Sequence[Slot], *, name: str, host: str, now: datetime) -> str:
    """A calendar of these slots; what was cancelled stays in it as cancelled, so that subscribed telephones hear of it.

    `slots` are drawn with their seats. Personal data: the names of deputies, who act in public office, and none else.
    """
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//lvzhi//stations//ZH", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
    ]  # fmt: skip
    for slot in slots:
        lines += _event(slot, host, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(slot: Slot, host: str, now: datetime) -> list[str]:
    who = "、".join(seat.person.name for seat in getattr(slot, "sitting", []))
    title = f"{slot.station.body.short} {who}".strip()
    said = [slot.topic] if slot.topic else []
    if slot.is_cancelled:
        said.append(slot.cancelled_because)
    found = [
        "BEGIN:VEVENT",
        f"UID:{slot.pk}@{host}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(at_start(slot))}",
        f"DTEND:{_utc(at_end(slot))}",
        f"SUMMARY:{_escaped(title)}",
        f"LOCATION:{_escaped(slot.station.whole_address)}",
        f"STATUS:{'CANCELLED' if slot.is_cancelled else 'CONFIRMED'}",
    ]
    if said:
        found.append(f"DESCRIPTION:{_escaped('；'.join(said))}")
    return [*found, "END:VEVENT"]


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _folded(line: str) -> list[str]:
    """A line in pieces of at most 75 octets; those that follow begin with a space. No letter is cut in two."""
    pieces, piece = [], b""
    for letter in line:
        raw = letter.encode()
        if len(piece) + len(raw) > LINE:
            pieces.append(piece.decode())
            piece = b" "
        piece += raw
    return [*pieces, piece.decode()]
