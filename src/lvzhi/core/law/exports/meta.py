"""What an Akoma Ntoso file says about itself: work, expression, manifestation, life, days in force."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from xml.etree.ElementTree import Element, SubElement

from lvzhi.core.law.address import Address, slug
from lvzhi.core.law.exports.frbr import Identity
from lvzhi.core.law.structure import Act, Document, Event, Level, Metadata, Unit
from lvzhi.core.law.structure.model import CHINESE

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:lvzhi:law"
"""The namespace of what Akoma Ntoso has no word for."""
SOURCE = "#meta_lvzhi"
UNKNOWN_DAY = "0001-01-01"
"""The schema wants a date where the text gives none; the name `unknown` beside it says so."""
_TYPES = {Act.ADOPTED: "generation", Act.AMENDED: "amendment", Act.REVISED: "amendment", Act.REPEALED: "repeal"}


def level_id(level: Level) -> str:
    """The id of the concept that says what the level is called."""
    return f"meta_level_{level}"


def meta(document: Document, identity: Identity, levels: Collection[Level], made: date | None) -> Element:
    """The <meta> of the act."""
    about = document.metadata
    element = Element("meta")
    element.append(_identification(about, identity, "!main", made))
    if about.promulgated:
        published = SubElement(element, "publication", {"date": about.promulgated.isoformat(), "name": "promulgation"})
        published.set("showAs", about.organ or about.title)
        if about.number:
            published.set("number", about.number)
    _life(element, about)
    _in_force(element, about)
    element.append(_named(about, levels))
    own = SubElement(element, "proprietary", {"source": SOURCE, "xmlns:lvzhi": OWN})
    SubElement(own, "lvzhi:address").text = str(Address(slug(identity.key), identity.edition))
    SubElement(own, "lvzhi:effectiveBasis").text = str(about.basis)
    for oddity in document.oddities:
        SubElement(own, "lvzhi:oddity", {"line": str(oddity.line), "code": oddity.code})
    return element


def annex_meta(document: Document, identity: Identity, annex: Unit, made: date | None) -> Element:
    """The <meta> of an annex: a component of the same work and expression."""
    element = Element("meta")
    element.append(_identification(document.metadata, identity, f"!{annex.eid}", made))
    return element


def _identification(about: Metadata, identity: Identity, component: str, made: date | None) -> Element:
    element = Element("identification", {"source": SOURCE})
    work = _named_part(element, "FRBRWork", identity.work, component)
    SubElement(work, "FRBRalias", {"value": about.title or "?", "name": "title"})
    SubElement(work, "FRBRalias", {"value": str(Address(slug(identity.key))), "name": "address"})
    _day(work, identity.made, "adoption")
    SubElement(work, "FRBRauthor", {"href": "#meta_organ", "as": "#meta_author"})
    SubElement(work, "FRBRcountry", {"value": "cn"})
    SubElement(work, "FRBRsubtype", {"value": identity.kind})
    if about.number:
        SubElement(work, "FRBRnumber", {"value": about.number})
    SubElement(work, "FRBRname", {"value": identity.key or "?"})
    expression = _named_part(element, "FRBRExpression", identity.expression, component)
    _day(expression, identity.edition, "edition")
    SubElement(expression, "FRBRauthor", {"href": "#meta_organ", "as": "#meta_author"})
    SubElement(expression, "FRBRlanguage", {"language": "zho"})
    manifestation = _named_part(element, "FRBRManifestation", identity.expression, component, ".akn")
    _day(manifestation, made or identity.edition, "generation")
    SubElement(manifestation, "FRBRauthor", {"href": SOURCE, "as": "#meta_editor"})
    SubElement(manifestation, "FRBRformat", {"value": "application/akn+xml"})
    return element


def _named_part(element: Element, tag: str, iri: str, component: str, ending: str = "") -> Element:
    part = SubElement(element, tag)
    SubElement(part, "FRBRthis", {"value": f"{iri}/{component}{ending}"})
    SubElement(part, "FRBRuri", {"value": iri + ending})
    return part


def _day(part: Element, day: date | None, name: str) -> None:
    SubElement(part, "FRBRdate", {"date": day.isoformat() if day else UNKNOWN_DAY, "name": name if day else "unknown"})


def _dated(about: Metadata) -> list[tuple[int, Event, date]]:
    return [(number, event, event.day) for number, event in enumerate(about.history, 1) if event.day]


def _life(element: Element, about: Metadata) -> None:
    """<lifecycle>: every dated entry of the history, and the first day in force. Entries without a day stay text."""
    events = _dated(about)
    if not events and about.effective is None:
        return
    life = SubElement(element, "lifecycle", {"source": SOURCE})
    for number, event, day in events:
        entry = SubElement(life, "eventRef", {"eId": f"meta_event_{number}", "date": day.isoformat()})
        entry.set("source", "#meta_organ")
        entry.set("refersTo", f"#meta_act_{event.act}")
        if kind := _TYPES.get(event.act):
            entry.set("type", kind)
    if about.effective is not None:
        entry = SubElement(life, "eventRef", {"eId": "meta_effective", "date": about.effective.isoformat()})
        entry.set("source", "#meta_organ")
        entry.set("refersTo", f"#meta_act_{Act.EFFECTIVE}")


def _in_force(element: Element, about: Metadata) -> None:
    if about.effective is None:
        return
    group = SubElement(SubElement(element, "temporalData", {"source": SOURCE}), "temporalGroup", {"eId": "meta_period"})
    SubElement(group, "timeInterval", {"start": "#meta_effective", "refersTo": "#meta_in_force"})


def _named(about: Metadata, levels: Collection[Level]) -> Element:
    """<references>: who made the law, who made the file, what the acts and the levels are called."""
    names = SubElement(Element("meta"), "references", {"source": SOURCE})

    def name(tag: str, eid: str, path: str, shown: str) -> None:
        SubElement(names, tag, {"eId": eid, "href": f"/akn/ontology/{path}", "showAs": shown})

    name("TLCOrganization", "meta_organ", "organization/cn/issuer", about.organ or "未载明")
    name("TLCOrganization", SOURCE[1:], "organization/lvzhi", "履职")
    name("TLCRole", "meta_author", "role/author", "制定机关")
    name("TLCRole", "meta_editor", "role/editor", "文本整理")
    name("TLCConcept", "meta_in_force", "concept/in-force", "施行")
    acts = {event.act for _, event, _ in _dated(about)} | ({Act.EFFECTIVE} if about.effective else set())
    for act in sorted(acts):
        name("TLCConcept", f"meta_act_{act}", f"concept/{act}", ACTS[act])
    for level in Level:
        if level in levels and level not in (Level.MARK, Level.TABLE):
            name(
                "TLCConcept", level_id(level), f"concept/cn/{level}", CHINESE.get(level, _OTHER.get(level, str(level)))
            )
    return names


ACTS = {
    Act.ADOPTED: "通过", Act.APPROVED: "批准", Act.PROMULGATED: "公布", Act.AMENDED: "修正", Act.REVISED: "修订",
    Act.REPEALED: "废止", Act.EFFECTIVE: "施行",
}  # fmt: skip
_OTHER = {Level.CLAUSE: "编号的段落", Level.PREAMBLE: "前言", Level.SUBPOINT: "目之下"}
