"""A name for a group of messages: the subject that stands for the others, what sets it apart, and its places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lvzhi.core.text.events_features import prepared
from lvzhi.core.text.events_report import Frequency, Report

LONGEST = 40
WORDS = 6
PLACES = 4
_PLACE = re.compile(
    r"[\u4e00-\u9fff0-9]{2,8}?(?:小区|花园|家园|公园|社区|街道|新城|公寓|广场|市场|小学|中学|大学|学院|幼儿园|医院"
    r"|公司|集团"
    r"|大道|大桥|地铁站|路口|路|街|巷|村|镇|乡|苑|桥|河|湖|里|院)"
)
_LEADING = re.compile(
    r"^(?:请求|请问|请|咨询|投诉|举报|反映|关于|建议|希望|呼吁|恳请|要求|再次|对|在|的|和|与|从|到|于|我是|我家"
    r"|住在|本人|位于|家住|[市县区])+"
)
_OPENING = re.compile(r"^(?:请问|咨询|投诉|举报|反映|关于|再次|强烈)+")


@dataclass(frozen=True, slots=True)
class Topic:
    """`title` is the subject of one of the messages; `words` and `places` are commonest and rarest elsewhere first."""

    title: str
    words: tuple[str, ...]
    places: tuple[str, ...]


def places(text: str) -> list[str]:
    """Names of places in a text by their usual endings, each once, in order; a rough guess."""
    found: dict[str, None] = {}
    for hit in _PLACE.finditer(text):
        name = _LEADING.sub("", hit.group())
        if len(name) >= 3:
            found[name] = None
    return list(found)


def topic(messages: Sequence[tuple[str, str]], frequency: Frequency) -> Topic:
    """Name a group of messages, each a subject and a text. Raises ValueError for an empty group.

    The title is the subject nearest to all the others, the shorter where two are as near.
    """
    if not messages:
        raise ValueError("A group without messages has no name.")
    reports = [Report.of(subject, text) for subject, text in messages]
    sums: Counter[str] = Counter()
    stands: Counter[str] = Counter()
    for report in reports:
        for word, value in prepared(report, frequency)["whole"].items():
            sums[word] += value  # type: ignore[assignment]
            stands[word] += 1
    least = 2 if len(reports) > 2 else 1
    words = [word for word, _ in sums.most_common(40) if stands[word] >= least and not word.isdigit()]

    def central(place: int) -> tuple[float, int]:
        vector = prepared(reports[place], frequency)["subject"]
        return sum(value * sums[word] for word, value in vector.items()), -len(messages[place][0])

    best = max(range(len(messages)), key=central)
    named = Counter(place for subject, text in messages for place in set(places(subject + "。" + text)))
    shared = [place for place, count in named.most_common() if count >= least]
    title = _OPENING.sub("", messages[best][0].strip()) or messages[best][0].strip()
    return Topic(
        title if len(title) <= LONGEST else title[: LONGEST - 1] + "…",
        tuple(words[:WORDS]),
        tuple(shared[:PLACES] or list(named)[:1]),
    )
