"""Addresses of the library: a law, an edition of it, a unit of that, and two editions side by side."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from django.urls import reverse

HERE = "portal-law-library"


def law_url(slug: str, day: date | None = None, eid: str = "") -> str:
    """A law, one edition of it, or one unit.

    Written by hand after the first `reverse`: a long law links to hundreds of units.
    """
    edition = f"@{day.isoformat()}/" if day else ""
    return f"{reverse(HERE)}{quote(slug)}/{edition}{eid}"


def in_text_url(slug: str, day: date, eid: str) -> str:
    """The place of a unit inside the whole text."""
    return f"{law_url(slug, day)}#{eid}"


def compare_url(slug: str, old: date, new: date) -> str:
    """Two editions side by side."""
    return f"{reverse(HERE)}{quote(slug)}/compare/{old.isoformat()}..{new.isoformat()}"


def download_url(slug: str, day: date, suffix: str) -> str:
    """An edition as a file: `akn`, `json`, `txt` or `md`."""
    return f"{reverse(HERE)}{quote(slug)}/@{day.isoformat()}.{suffix}"


def cited_url(slug: str, eid: str = "") -> str:
    """Who cites a law, or one of its units."""
    return f"{reverse(HERE)}{quote(slug)}/cited/{'?unit=' + eid if eid else ''}"
