"""What a checker is shown of an answer before it goes out: sentences that say nothing, points left open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from django.utils.translation import get_language

from lvzhi.core.text import Point, flags, reason, untouched


@dataclass(frozen=True, slots=True)
class Flag:
    """Why an answer may say nothing: a code, the words that show it, a sentence for the checker."""

    code: str
    words: str
    sentence: str

    def as_json(self) -> dict[str, str]:
        """The flag as it is stored."""
        return asdict(self)


def sentence_of(code: str) -> str:
    """What a flag's code means, in the reader's language; "" for a code no longer known."""
    language: Literal["zh", "en"] = "en" if (get_language() or "").startswith("en") else "zh"
    try:
        return reason(code, language)
    except KeyError:
        return ""


def flags_of(
    reply: str, text: str, points: Sequence[str], *, subject: str = "", others: Collection[str] = ()
) -> list[Flag]:
    """What may be empty in an answer to `text` under `subject`, whose points are `points`; strong findings only.

    `others` are fingerprints of answers the same body gave to other opinions.
    """
    asked = [Point(0, len(words), words) for words in (points or [text])]
    found = flags(reply, subject=subject, asked=asked, others=others)
    return [Flag(flag.code, flag.words, reason(flag.code)) for flag in found]


def open_points(reply: str, points: Sequence[str]) -> list[str]:
    """The points of which no word stands in the answer: a hint for whoever writes it, never a finding."""
    return untouched(reply, points)
