"""What somebody typed, taken apart: phrases in quotes, a law's name with a number, and the words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lvzhi.core.law.names import normal
from lvzhi.core.law.numerals import DIGITS, to_int
from lvzhi.core.law.retrieval.words import LONGEST, fold

_PHRASE = re.compile(r"[“\"「]([^“”\"「」]{2,60})[”\"」]")
_NUMBER = re.compile(
    rf"第?\s*(?P<number>[{DIGITS}]{{1,9}})\s*(?P<article>条|條)?\s*(?:之\s*(?P<more>[{DIGITS}]{{1,3}}))?"
)
_BETWEEN = re.compile(r"[\s《》〈〉<>,，、的]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """`folded` is all that is searched by words; `name` and `number` are set where the whole query is 法名 + 条号."""

    folded: str
    phrases: tuple[str, ...]
    name: str
    number: str


def read(typed: str) -> Asked:
    """Take a query apart. Never raises; what is longer than `LONGEST` characters is cut off."""
    text = typed[:LONGEST].replace("\0", " ")
    phrases = tuple(dict.fromkeys(fold(found).strip() for found in _PHRASE.findall(text)))[:5]
    name, number = _exact(text.strip())
    return Asked(fold(text), tuple(each for each in phrases if len(each) > 1), name, number)


def _exact(text: str) -> tuple[str, str]:
    """The name and the number where the query is nothing but these; else the whole as a name."""
    for found in _NUMBER.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        if after.strip() or not before.strip():
            continue
        if not found["article"] and not found["number"].isdigit():
            continue  # 二 at the end of a name
        try:
            number = str(to_int(found["number"])) + (f"-{to_int(found['more'])}" if found["more"] else "")
        except ValueError:
            continue
        return plain(before), number
    return plain(text), ""


def plain(name: str) -> str:
    """A law's name as people type it, in the form in which names are compared and without quotation marks."""
    return fold(_BETWEEN.sub("", normal(name)))
