"""What the board is asked for in its address: filters that are known, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from lvzhi.faces.design.shapes import Link
from lvzhi.faces.portal.topics import Places, category_choices, places
from lvzhi.faces.signin import clock
from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions.models import Posting
from lvzhi.work.opinions.queries import Wanted, years

MOST_ASKED = 100
NAMES = ("q", "category", "topic", "street", "community", "state", "year")
"""The fields of the address, in the order they stand in it."""


@dataclass(frozen=True, slots=True)
class Select:
    """A list to choose from, as the form of the board draws it: values, their names, whether chosen."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]


@dataclass(frozen=True)
class Asked:
    """The filters of one request. `words` is what is searched for; `kept` is the address they make."""

    congress: Congress
    places: Places
    years: list[int]
    values: Mapping[str, str]
    wanted: Wanted
    street: Body | None = None
    community: Body | None = None

    @property
    def words(self) -> str:
        """What is searched for."""
        return self.values.get("q", "")

    def url(self, name: str = "portal-board", without: str = "", **more: str) -> str:
        """An address with these filters, one left out or others added."""
        kept = {key: value for key, value in {**self.values, **more}.items() if value and key != without}
        ordered = {key: kept[key] for key in (*NAMES, "after") if key in kept}
        return reverse(name) + (f"?{urlencode(ordered)}" if ordered else "")

    def label(self, name: str) -> str:
        """A filter as it is named among the conditions; empty where it is not set."""
        value = self.values.get(name, "")
        if not value or name == "q":
            return value
        if name in ("street", "community"):
            among = self.places.streets if name == "street" else self.places.communities
            return next((body.short for body in among if body.slug == value), "")
        known = dict(category_choices(self.congress)) | dict(Posting.Standing.choices)
        return _("%(year)s 年") % {"year": value} if name == "year" else str(known.get(value, value.rsplit("/", 1)[-1]))

    def conditions(self) -> list[Link]:
        """The filters that are set, each with the address that takes it off."""
        named = [(name, self.label(name)) for name in NAMES if name not in ("q", "state")]
        return [Link(label, self.url(without=name), current=True, icon="x") for name, label in named if label]

    def standings(self) -> list[Link]:
        """Solved, partly or not before anything else: the standings to choose from."""
        chosen = self.values.get("state", "")
        order = (Posting.Standing.SOLVED, Posting.Standing.PARTLY, Posting.Standing.NOT, Posting.Standing.ANSWERED,
                 Posting.Standing.IN_HAND)  # fmt: skip
        every = Link(_("全部"), self.url(without="state"), current=not chosen)
        return [every, *(Link(str(each.label), self.url(state=each.value), current=chosen == each) for each in order)]

    def selects(self) -> list[Select]:
        """The lists of the form."""
        found = [
            self._select("category", _("类别"), _("全部类别"), category_choices(self.congress)),
            self._select("street", _("街道、镇"), _("全区"), [(each.slug, each.short) for each in self.places.streets]),
        ]
        inside = [
            each for each in self.places.communities if not self.wanted.area or each.parent_id == self.wanted.area
        ]
        if inside and (self.wanted.area or self.wanted.community):
            options = [(each.slug, each.short) for each in inside]
            found.append(self._select("community", _("社区、村"), _("整个街道"), options))
        spans = [(str(each), _("%(year)s 年") % {"year": each}) for each in self.years]
        return [*found, self._select("year", _("哪一年公开的"), _("全部年份"), spans)]

    def _select(self, name: str, label: str, every: str, options: Iterable[tuple[str, str]]) -> Select:
        chosen = self.values.get(name, "")
        return Select(name, label, [("", every, not chosen), *((key, text, key == chosen) for key, text in options)])


def read(request: HttpRequest, congress: Congress, given: QueryDict | None = None) -> Asked:
    """The filters of the address. What is not known is dropped, so that a mangled link shows more. Two statements."""
    around, spans = places(congress), years(congress.pk, clock.today().year)
    given = request.GET if given is None else given
    values = {name: " ".join(given.get(name, "").replace("\x00", "").split())[:MOST_ASKED] for name in NAMES}
    street = _known(around.streets, values["street"])
    community = _known(around.communities, values["community"])
    if street and community and community.parent_id != street.pk:
        community = None
    known = {
        "category": values["category"] in dict(category_choices(congress)),
        "street": street is not None,
        "community": community is not None,
        "state": values["state"] in Posting.Standing.values,
        "year": values["year"] in {str(each) for each in spans},
    }
    values = {name: value for name, value in values.items() if value and known.get(name, True)}
    wanted = Wanted(
        category=values.get("category", ""),
        topic=values.get("topic", ""),
        area=_key(street),
        community=_key(community),
        standing=values.get("state", ""),
        year=int(values["year"]) if "year" in values else None,
    )
    return Asked(congress, around, spans, values, wanted, street, community)


def _known(among: Iterable[Body], slug: str) -> Body | None:
    return next((body for body in among if body.slug == slug), None) if slug else None


def _key(body: Body | None) -> UUID | None:
    return body.pk if body else None
