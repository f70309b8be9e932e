"""The district's own drawing with its stations: no map of another house is asked.

A congress keeps its drawing under `map` of its settings: `width` and `height` of the canvas, `areas` (slug of the
street office, `path` in SVG, `x` and `y` of its name) and `lines` such as rivers. Without one, pages
show the list only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lvzhi.records.people.models import Congress
from lvzhi.work.stations.models import Station

PATH = re.compile(r"[MLHVCSQTAZmlhvcsqtaz0-9 ,.\-]{1,2000}")


@dataclass(frozen=True, slots=True)
class Pin:
    """One station on the drawing."""

    x: int
    y: int
    here: bool


@dataclass(frozen=True, slots=True)
class Area:
    """One street with its stations; `spoken` is what a screen reader says of it."""

    path: str
    name: str
    x: int
    y: int
    url: str
    spoken: str
    pins: Sequence[Pin]
    current: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws."""

    width: int
    height: int
    areas: Sequence[Area]
    lines: Sequence[str]
    spoken: str


def drawing(congress: Congress, stations: Sequence[Station], *, street: str = "", here: str = "") -> Drawing | None:
    """The drawing with pins; None where the congress has none, or what it has is not one. No statement.

    `street` marks the street that is shown, `here` the station whose page it is.
    """
    given = congress.settings.get("map")
    if not isinstance(given, dict):
        return None
    areas = [_area(each, stations, street, here) for each in given.get("areas", []) if _is_area(each)]
    width, height = given.get("width"), given.get("height")
    if not areas or not isinstance(width, int) or not isinstance(height, int):
        return None
    lines = [each for each in given.get("lines", []) if isinstance(each, str) and PATH.fullmatch(each)]
    spoken = _("街道示意图，共 %(n)s 个街道和镇") % {"n": len(areas)}
    return Drawing(width, height, areas, lines, spoken)


def _is_area(given: Any) -> bool:
    return (
        isinstance(given, dict)
        and {"slug", "path", "name", "x", "y"} <= given.keys()
        and PATH.fullmatch(str(given["path"])) is not None
    )


def _area(given: dict[str, Any], stations: Sequence[Station], street: str, here: str) -> Area:
    own = [each for each in stations if each.street.slug == given["slug"]]
    pins = [Pin(each.x, each.y, each.body.slug == here) for each in own if each.x is not None and each.y is not None]
    return Area(
        path=str(given["path"]),
        name=str(given["name"]),
        x=int(given["x"]),
        y=int(given["y"]),
        url=f"{reverse('portal-stations')}?street={given['slug']}",
        spoken=_("%(name)s，%(n)s 个联络站") % {"name": given["name"], "n": len(own)},
        pins=pins,
        current=given["slug"] == street,
    )
