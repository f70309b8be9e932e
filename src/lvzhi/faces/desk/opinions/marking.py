"""Words of a text marked, with everything else escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SHORT = 180


def places_of(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where these words stand in `text`, in order, touching and overlapping places joined."""
    found: list[tuple[int, int]] = []
    for word in {word for word in words if word}:
        start = text.find(word)
        while start >= 0:
            found.append((start, start + len(word)))
            start = text.find(word, start + 1)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def marked(text: str, words: Iterable[str]) -> SafeString:
    """`text` with these words in <mark>."""
    return marked_at(text, places_of(text, words))


def marked_at(text: str, places: Sequence[tuple[int, int]]) -> SafeString:
    """`text` with these stretches in <mark>; they do not overlap."""
    pieces: list[tuple[str | SafeString]] = []
    last = 0
    for start, end in places:
        pieces += [(text[last:start],), (format_html("<mark>{}</mark>", text[start:end]),)]
        last = end
    return format_html_join("", "{}", [*pieces, (text[last:],)])


def begin(text: str, words: Iterable[str] = (), most: int = SHORT) -> SafeString:
    """The beginning of a text on one line, cut at `most` characters, with these words marked."""
    flat = " ".join(text.split())
    shown = flat if len(flat) <= most else f"{flat[:most]}…"
    return marked(shown, words)
