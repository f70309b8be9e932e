"""What is said of a text beside its words: read from it, and confirmed or mended by who publishes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from lvzhi.core import law
from lvzhi.work.statutes.models import Kind, Level

_STATE: Final = frozenset({
    Kind.CONSTITUTION, Kind.LAW, Kind.DECISION, Kind.ADMINISTRATIVE_REGULATION, Kind.JUDICIAL_INTERPRETATION,
    Kind.DEPARTMENTAL_RULE,
})  # fmt: skip
_PLACE = re.compile(r"(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区|自治州|地区|盟|市|自治县|县|自治旗|旗|区))+?(?=人民|监察|$)")
_NAMED = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:省|自治区|市)")
_MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")


@dataclass(frozen=True, slots=True)
class Facts:
    """The particulars of an edition and its work: `day` of its newest change, `effective` its first in force."""

    title: str
    kind: Kind
    level: Level
    region: str
    organ: str
    number: str
    day: date | None
    effective: date | None


def facts_of(document: law.Document) -> Facts:
    """What a text says of itself."""
    about = document.metadata
    kind = Kind(about.kind.value)
    level, region = place_of(kind, about.organ, about.title)
    if kind is Kind.LOCAL_REGULATION and level is Level.DISTRICT:
        # Only provinces and cities with districts make regulations (立法法 2023 第八十条、第八十一条).
        kind = Kind.NORMATIVE_DOCUMENT
    return Facts(
        " ".join(about.title.split()), kind, level, region, about.organ, about.number, about.edition, about.effective
    )


def place_of(kind: Kind, organ: str, title: str) -> tuple[Level, str]:
    """Whose text it is, and the name of the place: (CITY, 明川市), (NATIONAL, '')."""
    if kind in _STATE:
        return Level.NATIONAL, ""
    found = _PLACE.match(organ) or _PLACE.match(re.split("人民代表大会|人民政府|人大", title)[0])
    if found is None or found[0].startswith(("国家", "全国", "中国")):
        found = None if kind is Kind.NORMATIVE_DOCUMENT else _NAMED.match(title)
    if found is None:
        return Level.NATIONAL, ""
    place = found[0]
    if place in _MUNICIPALITIES or place.endswith(("省", "自治区")):
        return Level.PROVINCIAL, place
    if place.endswith(("区", "县", "旗")):
        return Level.DISTRICT, place
    return Level.CITY, place


def key_of_title(title: str) -> str:
    """The key of a work: its normal title, as `core.law` compares names."""
    return law.normal(title)


def days_of_change(document: law.Document) -> set[date]:
    """Every day on which the history says the text was made or changed."""
    made = (law.Act.ADOPTED, law.Act.AMENDED, law.Act.REVISED)
    return {event.day for event in document.metadata.history if event.day and event.act in made}
