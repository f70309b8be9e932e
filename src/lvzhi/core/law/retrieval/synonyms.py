"""Words of everyday speech with those of the law, from a small list; what questions teach is learned beside it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from lvzhi.core.law.retrieval.words import fold

LIST = Path(__file__).with_name("synonyms.txt")


@cache
def known() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """The words as one pattern, the longest first, and what each means."""
    meant: dict[str, tuple[str, ...]] = {}
    for line in LIST.read_text("utf-8").splitlines():
        said, equals, words = line.partition("=")
        if equals and not line.startswith("#"):
            for each in said.split():
                meant[fold(each)] = tuple(fold(word) for word in words.split())
    return re.compile("|".join(map(re.escape, sorted(meant, key=len, reverse=True)))), meant


def meant(folded: str) -> tuple[str, ...]:
    """The words of the law for what a query says, without those it says itself."""
    pattern, words = known()
    found = dict.fromkeys(word for each in pattern.findall(folded) for word in words[each])
    return tuple(word for word in found if word not in folded)
