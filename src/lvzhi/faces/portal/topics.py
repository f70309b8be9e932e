"""Where an opinion can be about: the streets, towns and communities offered by the form, and its subjects."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions.categories import categories, category_name

__all__ = ["Places", "Station", "category_choices", "category_name", "places", "station_of"]

_SLUG = re.compile(r"[-\w]{1,60}", re.ASCII)
_STREETS = (Body.Kind.SUBDISTRICT, Body.Kind.STREET)


def category_choices(congress: Congress) -> list[tuple[str, str]]:
    """Keys and names of the subjects, in the order they are offered."""
    return [(each.key, str(each)) for each in categories(congress)]


@dataclass
class Places:
    """The streets and towns of a district, and the communities in them; the parent of each is loaded."""

    streets: list[Body] = field(default_factory=list)
    communities: list[Body] = field(default_factory=list)

    @property
    def by_street(self) -> list[tuple[Body, list[Body]]]:
        """Each street that has any with its communities."""
        found = [
            (street, [body for body in self.communities if body.parent_id == street.pk]) for street in self.streets
        ]
        return [(street, inside) for street, inside in found if inside]


def places(congress: Congress) -> Places:
    """The places of the district. One statement."""
    kinds = [*_STREETS, Body.Kind.COMMUNITY]
    found = list(Body.objects.of(congress).filter(kind__in=kinds, active=True).order_by("slug"))
    offices = [body for body in found if body.kind == Body.Kind.SUBDISTRICT]
    streets = offices or [body for body in found if body.kind == Body.Kind.STREET]
    known = {body.pk: body for body in found}
    communities = [body for body in found if body.kind == Body.Kind.COMMUNITY]
    for body in communities:
        if body.parent_id in known:
            body.parent = known[body.parent_id]
    return Places(streets, [body for body in communities if body.parent_id in known])


@dataclass(frozen=True, slots=True)
class Station:
    """A station named by a QR code: where it lies, and whether it still receives."""

    body: Body
    street: Body | None
    community: Body | None

    @property
    def is_open(self) -> bool:
        """Whether it is still in service; what is sent through a closed one still arrives."""
        return self.body.active


def station_of(congress: Congress, slug: str) -> Station | None:
    """The station with this key, with the street and community it lies in; None for no station. One statement."""
    rows = Body.objects.of(congress).filter(kind=Body.Kind.STATION, slug=slug).select_related("parent__parent")
    body = rows.first() if _SLUG.fullmatch(slug) else None
    if body is None:
        return None
    around = [place for place in (body.parent, body.parent.parent if body.parent else None) if place is not None]
    street = next((place for place in around if place.kind in _STREETS), None)
    return Station(body, street, next((place for place in around if place.kind == Body.Kind.COMMUNITY), None))
