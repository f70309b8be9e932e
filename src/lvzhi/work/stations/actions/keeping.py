"""Stations: set up, described, given deputies, shut for a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Body, Congress, Person
from lvzhi.work.stations.actions.rota import strike_out
from lvzhi.work.stations.actions.words import block, line, reason_of
from lvzhi.work.stations.models import Closure, Slot, Station, StationDeputy
from lvzhi.work.stations.rules import may_add, may_keep

MOST_FEATURES = 500


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said of a station; `x` and `y` in the units of the district's drawing, both or neither."""

    name: str
    kind: str
    street: Body
    address: str
    community: Body | None = None
    committee: Body | None = None
    phone: str = ""
    hours: str = ""
    features: str = ""
    x: int | None = None
    y: int | None = None
    is_open: bool = True


def _write(station: Station, facts: Facts) -> None:
    if facts.community is not None and facts.community.parent_id != facts.street.pk:
        raise NotAllowed(_("这个社区不在所选的街道，请重新选社区或者街道。"))
    if (facts.x is None) != (facts.y is None):
        raise NotAllowed(_("图上的位置要横竖两个数都填，或者都不填。"))
    address = line(facts.address, 120)
    if len(address) < 2:
        raise NotAllowed(_("请填写地址，群众要找得到。"))
    station.kind, station.street, station.community = facts.kind, facts.street, facts.community
    station.committee, station.address = facts.committee, address
    station.phone, station.hours = line(facts.phone, 40), line(facts.hours, 120)
    station.features, station.x, station.y = block(facts.features, MOST_FEATURES), facts.x, facts.y
    station.is_open = facts.is_open


def _around(facts: Facts) -> Body:
    """What the station lies in: its community where it has one, else its street."""
    return facts.community or facts.street


def _named(congress: Congress, name: str, own: Body | None) -> str:
    found = line(name, 80)
    if len(found) < 2:
        raise NotAllowed(_("请填写站名，至少两个字。"))
    others = Body.objects.of(congress).filter(name=found)
    if (others.exclude(pk=own.pk) if own else others).exists():
        raise NotAllowed(_("已经有叫「%(name)s」的单位了，请换一个名字。") % {"name": found})
    return found


@transaction.atomic
def add_station(*, congress: Congress, slug: str, facts: Facts, actor: Actor) -> Station:
    """Set up a station with its body. `slug` stands in its address and on its poster. Raises NotAllowed."""
    if why := may_add.why_not(actor, congress):
        raise NotAllowed(why)
    if not slug or slug != slugify(slug) or len(slug) > 60:
        raise NotAllowed(_("网址里的名字只用小写字母、数字和短横，如 songyingli。"))
    if Body.objects.of(congress).filter(slug=slug).exists():
        raise NotAllowed(_("网址里的名字「%(slug)s」已经用过了，请换一个。") % {"slug": slug})
    name = _named(congress, facts.name, None)
    body = Body.objects.create(
        congress=congress, slug=slug, name=name, short=name[:30], kind=Body.Kind.STATION, parent=_around(facts)
    )
    station = Station(congress=congress, body=body)
    _write(station, facts)
    station.save(force_insert=True)
    return station


@transaction.atomic
def edit_station(station: Station, *, facts: Facts, actor: Actor) -> Station:
    """Change what is said of a station; its address on the web stays, for it is printed on posters."""
    if why := may_keep.why_not(actor, station):
        raise NotAllowed(why)
    station.body.name = _named(station.congress, facts.name, station.body)
    station.body.short, station.body.parent, station.body.active = station.body.name[:30], _around(facts), facts.is_open
    station.body.save(update_fields=["name", "short", "parent", "active"])
    _write(station, facts)
    station.save()
    return station


@transaction.atomic
def set_deputies(station: Station, *, people: Collection[Person], actor: Actor) -> None:
    """Say which deputies belong to a station. Raises NotAllowed."""
    if why := may_keep.why_not(actor, station):
        raise NotAllowed(why)
    if any(person.congress_id != station.congress_id for person in people):
        raise NotAllowed(_("只能选本级人大的代表。"))
    rows = StationDeputy.objects.of(station.congress_id).filter(station=station)
    rows.exclude(person__in=people).delete()
    known = set(rows.values_list("person_id", flat=True))
    StationDeputy.objects.bulk_create(
        StationDeputy(congress_id=station.congress_id, station=station, person=person)
        for person in people
        if person.pk not in known
    )


@transaction.atomic
def close_station(
    station: Station, *, first_day: date, last_day: date | None, reason: str, actor: Actor, on: date, at: datetime
) -> list[Slot]:
    """Shut a station for a time (停用): its slots then are struck out, and who booked is told. Returns those slots."""
    if why := may_keep.why_not(actor, station):
        raise NotAllowed(why)
    if last_day is not None and last_day < first_day:
        raise NotAllowed(_("最后一天不能早于第一天。"))
    if first_day < on:
        raise NotAllowed(_("停用从今天或者以后的日子算起。"))
    said = reason_of(reason)
    Closure.objects.create(
        congress_id=station.congress_id,
        station=station,
        first_day=first_day,
        last_day=last_day,
        reason=said,
        made_at=at,
    )
    rows = Slot.objects.of(station.congress_id).standing().filter(station=station, date__gte=first_day)
    if last_day is not None:
        rows = rows.filter(date__lte=last_day)
    struck = list(rows.select_related("station__body").order_by("date", "starts"))
    for slot in struck:
        strike_out(slot, because=f"本站停用：{said}", at=at)
    return struck


@transaction.atomic
def reopen_station(closure: Closure, *, actor: Actor, on: date) -> None:
    """Open a station again before or at the end of a closure; what was struck out is not set anew by itself."""
    if why := may_keep.why_not(actor, closure.station):
        raise NotAllowed(why)
    if closure.first_day >= on:
        closure.delete()
        return
    closure.last_day = date.fromordinal(on.toordinal() - 1)
    closure.save(update_fields=["last_day"])
