"""What a checker is shown of an answer before it goes out: sentences that say nothing, points left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

EMPTY = ("已转相关部门", "已转有关部门", "正在研究", "请耐心等待", "将尽快处理", "会高度重视")


@dataclass(frozen=True, slots=True)
class Flag:
    """Why an answer may say nothing: a code, the words that show it, a sentence for the checker."""

    code: str
    words: str
    sentence: str

    def as_json(self) -> dict[str, str]:
        """The flag as it is stored."""
        return asdict(self)


def flags_of(reply: str, text: str, points: Sequence[str]) -> list[Flag]:
    """What may be empty in an answer to `text`, whose points are `points`."""
    del text, points
    found = [words for words in EMPTY if words in reply]
    if found and len(reply) < 120:
        return [Flag("hollow", found[0], _("只说「%(words)s」，没有说办了什么、什么时候办完。") % {"words": found[0]})]
    return []
