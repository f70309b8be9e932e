"""What is covered before the public reads it: personal data in free text, and how a covered stretch looks.

个人信息保护法 (2021-08-20) 第二十五条: personal information handled is not made public without separate consent.
What is sure is covered by itself; what is not sure is shown to a person who decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lvzhi.core.text import LABELS, SURE, private_spans, reason

OTHER = "other"
_NAMES = {
    "phone": gettext_noop("电话"),
    "identity": gettext_noop("身份证号"),
    "bank_card": gettext_noop("银行卡号"),
    "plate": gettext_noop("车牌号"),
    "email": gettext_noop("邮箱"),
    "passport": gettext_noop("护照号"),
    "wechat": gettext_noop("微信号"),
    "qq": gettext_noop("QQ号"),
    "door": gettext_noop("门牌号"),
    "person": gettext_noop("姓名"),
    OTHER: gettext_noop("个人信息"),
}
KINDS = tuple(_NAMES)
"""What a covered stretch may be."""


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that is personal: where (characters), what kind, whether that is sure, and the code of the reason."""

    start: int
    end: int
    kind: str
    is_sure: bool
    words: str = ""
    certainty: float = 1.0
    reason: str = ""

    def sentence(self, language: Literal["zh", "en"] = "zh") -> str:
        """Why it was found."""
        return reason(self.reason, language) if self.reason else ""


def kind_name(kind: str) -> str:
    """What a kind is called, in the reader's language."""
    return _(_NAMES.get(kind, _NAMES[OTHER]))


def personal(text: str) -> list[Found]:
    """The stretches of `text` that are personal data, in order, never overlapping."""
    return [
        Found(span.start, span.end, span.kind, span.certainty >= SURE, span.words, span.certainty, span.reason)
        for span in private_spans(text)
    ]


def everything_covered(text: str) -> str:
    """`text` with whatever is surely personal in it covered, as the public may read it."""
    return covered(text, [(found.start, found.end, found.kind) for found in personal(text) if found.is_sure])


def places_of(text: str, words: str) -> list[Found]:
    """Every place where `words` stand in `text`, as stretches a clerk wants covered."""
    found: list[Found] = []
    start = text.find(words) if words else -1
    while start >= 0:
        found.append(Found(start, start + len(words), OTHER, True, words))
        start = text.find(words, start + len(words))
    return found


def covered(text: str, stretches: Iterable[tuple[int, int, str]]) -> str:
    """`text` with each stretch (start, end, kind) replaced by its kind in brackets; overlapping ones become one."""
    pieces: list[str] = []
    place = 0
    for start, end, kind in sorted(stretches):
        if end <= place:
            continue
        if start >= place:
            pieces += [text[place:start], f"〔{LABELS.get(kind, _NAMES[OTHER])}〕"]
        place = end
    return "".join([*pieces, text[place:]])
