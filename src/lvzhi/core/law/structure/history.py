"""The revision history under a title: who passed, published or changed the text, when, and by which decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from lvzhi.core.law.numerals import to_int
from lvzhi.core.law.structure.model import Act, Event

_CN = "〇零○Ｏ一二三四五六七八九十"
DATE = re.compile(rf"([\d{_CN}]{{4}})\s*年\s*([\d{_CN}]{{1,3}})\s*月\s*([\d{_CN}]{{1,3}})\s*日")
_ACTS = (
    (Act.REPEALED, re.compile("废止$|予以废止|起废止")),
    (Act.AMENDED, re.compile("修正")),
    (Act.REVISED, re.compile("修订|重新公布|修改$")),
    (Act.ADOPTED, re.compile("通过")),
    (Act.APPROVED, re.compile("批准")),
    (Act.EFFECTIVE, re.compile("施行|实施|生效|执行")),
    (Act.PROMULGATED, re.compile("公布|发布|颁布|颁发|印发|令第|通知")),
)
_TITLES = re.compile(r"《(?:[^《》]|《[^《》]*》)*》?")
_NUMBER = re.compile(
    r"令\s*[（(]?第?\s*[\d一二三四五六七八九十百零〇]+\s*号|[\u4e00-\u9fff]{1,8}[〔［\[]\d{4}[〕］\]]\s*\d+\s*号"
)
_SESSION = re.compile(r"第?[\d一二三四五六七八九十百零〇]+届")
_ORGAN = re.compile(
    r"[\u4e00-\u9fff、]{0,40}?(?:人民代表大会常务委员会|人民代表大会|国务院|中央军事委员会|中央军委|最高人民法院|最高人民检察院"
    r"|人民政府|委员会|[部局署]|办公室|总行|人民银行|办公厅|总会|政务院)(?:、[\u4e00-\u9fff]{2,20}?(?:部|委员会|局|署|办公室))*"
)


def day(found: re.Match[str]) -> date | None:
    """The date a match of DATE writes, or None when there is no such day."""
    try:
        year, month, of_month = (to_int(part.replace("○", "〇").replace("Ｏ", "〇")) for part in found.groups())
        return date(year, month, of_month)
    except ValueError:
        return None


def is_event(text: str) -> bool:
    """Whether a line of the head tells of an event."""
    return DATE.search(text) is not None or any(pattern.search(text.rstrip("）) 　")) for _, pattern in _ACTS[:5])


def events(text: str, line: int) -> list[Event]:
    """The events one line or paragraph tells of, in its order. An act without a day has `day` None."""
    pieces = list(_pieces(text))
    found: list[Event] = []
    act: Act | None = None
    for when, words in reversed(pieces):
        plain = _TITLES.sub("", words).strip("，,、；;。（()） 　")
        act = _act(plain) or act or Act.ADOPTED
        by = _TITLES.search(words)
        found.append(
            Event(act, when, organ(plain, by[0] if by else ""), number(words), by[0][1:-1] if by else "", line)
        )
        if act is Act.PROMULGATED and re.search("自(?:公布|发布)之日起(?:施行|实施)|发布之日施行", plain) and when:
            found.insert(0, Event(Act.EFFECTIVE, when, found[-1].organ, "", "", line))
    return found[::-1]


def _pieces(text: str) -> Iterator[tuple[date | None, str]]:
    """The text cut before each date that stands outside a title, with the date."""
    titles = [found.span() for found in _TITLES.finditer(text)]
    dates = [
        found for found in DATE.finditer(text) if not any(start < found.start() < end for start, end in titles)
    ]  # fmt: skip
    if not dates:
        yield None, text
        return
    if _act(text[: dates[0].start()].strip("（( ")):
        yield None, text[: dates[0].start()]
    for found, end in zip(dates, [*(later.start() for later in dates[1:]), len(text)], strict=True):
        yield day(found), text[found.end() : end]


def _act(words: str) -> Act | None:
    for act, pattern in _ACTS:
        if pattern.search(words):
            return act
    return None


def organ(words: str, by: str = "") -> str:
    """Who acted: the organ without its session, such as 全国人民代表大会常务委员会; empty when none is named."""
    text = _SESSION.sub("", re.sub(r"\s+", "", words)).replace("中华人民共和国", "")
    text = text.replace("人大常委会", "人民代表大会常务委员会")
    found = _ORGAN.match(text.lstrip("由经根据"))
    if found is None and by:
        found = _ORGAN.match(by.lstrip("《").replace("中华人民共和国", ""))
    return found[0] if found else ""


def number(words: str) -> str:
    """The number under which it was published: 国务院令第397号, 法释〔2021〕11号."""
    text = re.sub(r"\s+", "", words)
    found = _NUMBER.search(_TITLES.sub("", text))
    if found is None:
        return ""
    if not found[0].startswith("令"):
        return found[0]
    before = text[: found.start()].replace("中华人民共和国", "")
    who = re.search(r"[\u4e00-\u9fff]{2,20}$", before)
    return (who[0] if who else "") + found[0]
