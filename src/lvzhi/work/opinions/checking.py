"""What a checker is shown of an answer before it goes out: sentences that say nothing, points left open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lvzhi.core.text import Point, flags, hollow, reason, untouched


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
    reply: str,
    text: str,
    points: Sequence[str],
    *,
    by_point: Sequence[str] = (),
    subject: str = "",
    others: Collection[str] = (),
) -> list[Flag]:
    """What may be empty in an answer to `text` under `subject`, whose points are `points`; strong findings only.

    What is said to each point (`by_point`) is looked at by itself; `reply` then is what stands before the points.
    `others` are fingerprints of answers the same body gave to other opinions.
    """
    asked = [Point(0, len(words), words) for words in (points or [text])]
    whole = "\n".join([reply, *by_point]).strip()
    empty = [] if not by_point else [(place, hollow(said)) for place, said in enumerate(by_point, 1)]
    told = [
        Flag(flag.code, flag.words, _("第 %(n)s 点：%(why)s") % {"n": place, "why": reason(flag.code)})
        for place, flag in empty
        if flag is not None
    ]
    found = flags(whole, subject=subject, asked=asked, others=others)
    # What is said of each point need not be said of all of them once more.
    return told or [Flag(flag.code, flag.words, reason(flag.code)) for flag in found]


def open_points(reply: str, points: Sequence[str]) -> list[str]:
    """The points of which no word stands in the answer: a hint for whoever writes it, never a finding."""
    return untouched(reply, points)
