"""Who may do what at a station, and the sentence why not."""

from __future__ import annotations

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lvzhi.core.permission import Rule, rule
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.stations.models import Station

KEEPERS: Final = frozenset({"deputy_office", "petition_office"})
"""Offices that keep every station of the district."""

DEPUTIES: Final = frozenset({"deputy", "lead_deputy"})
HOLDS_A_SEAT: Final = Q(role="deputy") | Q(constituency__isnull=False)
"""Memberships of deputies: members of the standing committee are elected deputies too, and their office names their
constituency (地方组织法 第四十七条: 由代表大会在代表中选举)."""


@rule(_("联络站由代表工作机构、信访工作机构和所在的街道人大工委管理。请联系其中一家。"))
def keeps_the_station(actor: Actor, station: Station) -> bool:
    """地方组织法 第五十九条第三款: the street committee organises what the deputies of its street do."""
    if actor.congress != station.congress_id:
        return False
    return bool(actor.roles & KEEPERS) or (
        "street_committee" in actor.roles and station.committee_id is not None and station.committee_id in actor.bodies
    )


@rule(_("新设联络站由代表工作机构和信访工作机构办。请联系其中一家。"))
def keeps_all_stations(actor: Actor, congress: Congress) -> bool:
    """Whether every station of the congress is the actor's to keep."""
    return actor.congress == congress.pk and bool(actor.roles & KEEPERS)


@rule(_("只有本级人大代表可以在联络站接待选民。"))
def is_a_deputy_here(actor: Actor, station: Station) -> bool:
    """Whether the actor is a deputy of the station's congress."""
    return actor.congress == station.congress_id and bool(actor.roles & DEPUTIES) and actor.person is not None


@rule(_("预约人的姓名和电话只给常委会机关看。街道要打电话，请代表工作机构代办。"))
def may_read_visitor(actor: Actor, station: Station) -> bool:
    """个人信息保护法 第六条: no more people see a telephone number than need it."""
    return actor.congress == station.congress_id and bool(actor.roles & KEEPERS)


may_keep: Rule[Actor, Station] = keeps_the_station
may_add: Rule[Actor, Congress] = keeps_all_stations
may_receive: Rule[Actor, Station] = is_a_deputy_here
