"""A piece of a text with what it is, and the form in which patterns look at a text without losing its offsets."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end] == words`, in characters of the stored text.

    `kind` is a key of the room that found it, `certainty` between 0 and 1, `reason` a key of
    `wording.SENTENCES` that says in a sentence why this piece was found.
    """

    start: int
    end: int
    kind: str
    words: str
    certainty: float
    reason: str


class _Ordinary(dict[int, str]):
    """Characters and what they are looked at as; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _ordinary(chr(code))
        return found


_ORDINARY = _Ordinary()


def plain(text: str) -> str:
    """`text` with full-width and other compatible characters as ordinary ones, of exactly the same length.

    A character whose ordinary form has another length stays as it is, so an offset here is an offset there.
    """
    return text if text.isascii() else text.translate(_ORDINARY)


def _ordinary(char: str) -> str:
    if char.isascii() or "\u4e00" <= char <= "\u9fff":
        return char
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.digit(char))
    if char in "‐‑‒–—―−－":
        return "-"
    flat = unicodedata.normalize("NFKC", char)
    return flat if len(flat) == 1 else char


def apart(found: Iterable[Span]) -> list[Span]:
    """The spans in order of place, none overlapping: where two do, the more certain stays, then the longer."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda span: (-span.certainty, span.start - span.end, span.start)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
