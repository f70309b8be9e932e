"""Where an opinion can be about: the streets and towns offered by the form."""

from __future__ import annotations

from collections.abc import Sequence

from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions.categories import categories, category_name

__all__ = ["areas", "category_choices", "category_name"]


def category_choices(congress: Congress) -> list[tuple[str, str]]:
    """Keys and names of the subjects, in the order they are offered."""
    return [(each.key, str(each)) for each in categories(congress)]


def areas(congress: Congress) -> Sequence[Body]:
    """The streets and towns of the district. One statement."""
    kinds = [Body.Kind.SUBDISTRICT, Body.Kind.STREET]
    found = list(Body.objects.of(congress).filter(kind__in=kinds, active=True).order_by("slug"))
    offices = [body for body in found if body.kind == Body.Kind.SUBDISTRICT]
    return offices or found
