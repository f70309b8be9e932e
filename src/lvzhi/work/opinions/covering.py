"""What is covered before the public reads it: personal data in free text, and how a covered stretch looks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

LABELS = {
    "mobile": _("手机号"),
    "id_card": _("身份证号"),
    "plate": _("车牌"),
    "email": _("邮箱"),
    "other": _("个人信息"),
}
_MARKS = {
    "mobile": re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"),
    "id_card": re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),
    "email": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch that is personal: where (characters), what kind, and whether that is sure."""

    start: int
    end: int
    kind: str
    is_sure: bool


def personal(text: str) -> list[Found]:
    """The stretches of `text` that are personal data, in order, never overlapping."""
    found = [
        Found(hit.start(), hit.end(), kind, True) for kind, pattern in _MARKS.items() for hit in pattern.finditer(text)
    ]
    kept: list[Found] = []
    for each in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def covered(text: str, stretches: Iterable[tuple[int, int, str]]) -> str:
    """`text` with each stretch (start, end, kind) replaced by its kind in brackets; overlapping ones become one."""
    pieces: list[str] = []
    place = 0
    for start, end, kind in sorted(stretches):
        if end <= place:
            continue
        if start >= place:
            pieces += [text[place:start], f"〔{LABELS.get(kind, LABELS['other'])}〕"]
        place = end
    return "".join([*pieces, text[place:]])
