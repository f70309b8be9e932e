"""The month: planned, changed, taken through its procedure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.perform import Opening, open_matter, perform
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.stations import papers
from lvzhi.work.stations.actions.words import line
from lvzhi.work.stations.models import PROCEDURE, Campaign, CampaignStation, Station
from lvzhi.work.stations.papers import Handling

LONGEST = timedelta(days=62)
MOST_THEME = 60
DATED = frozenset({"announce", "change"})


def _checked(theme: str, first_day: date, last_day: date) -> str:
    found = line(theme, MOST_THEME)
    if len(found) < 2:
        raise NotAllowed(_("请写明活动主题，至少两个字。"))
    if last_day < first_day:
        raise NotAllowed(_("最后一天不能早于第一天。"))
    if last_day - first_day > LONGEST:
        raise NotAllowed(_("联系选民月最长两个月，请核对日期。"))
    return found


@transaction.atomic
def plan_month(
    *,
    congress: Congress,
    theme: str,
    first_day: date,
    last_day: date,
    stations: Collection[Station],
    actor: Actor,
    on: date,
    at: datetime,
) -> Campaign:
    """策划: begin the matter of a month. Two that overlap are refused. Raises ActRefused."""
    found = _checked(theme, first_day, last_day)
    others = Campaign.objects.of(congress).filter(first_day__lte=last_day, last_day__gte=first_day)
    if other := others.exclude(matter__state="called_off").first():
        raise NotAllowed(_("这段日子里已经有「%(theme)s」，请错开日期，或者改那一次。") % {"theme": other.theme})
    data = {"theme": found, "first_day": first_day, "last_day": last_day}
    title = f"{first_day.year}年代表联系选民月：{found}"
    entry = open_matter(
        PROCEDURE, "plan", congress=congress, actor=actor, on=on, at=at, opening=Opening(title=title), data=data
    )
    campaign = Campaign.objects.create(
        congress=congress, matter=entry.matter, theme=found, year=first_day.year, first_day=first_day, last_day=last_day
    )
    _set(campaign, stations)
    return campaign


def _set(campaign: Campaign, stations: Collection[Station]) -> None:
    if any(station.congress_id != campaign.congress_id for station in stations):
        raise NotAllowed(_("只能选本级人大的联络站。"))
    rows = CampaignStation.objects.of(campaign.congress_id).filter(campaign=campaign)
    rows.exclude(station__in=stations).delete()
    known = set(rows.values_list("station_id", flat=True))
    CampaignStation.objects.bulk_create(
        CampaignStation(congress_id=campaign.congress_id, campaign=campaign, station=each)
        for each in stations
        if each.pk not in known
    )


@transaction.atomic
def set_stations(campaign: Campaign, *, stations: Collection[Station], actor: Actor) -> None:
    """Say which stations take part. Raises NotAllowed."""
    if actor.congress != campaign.congress_id or "deputy_office" not in actor.roles:
        raise NotAllowed(_("参加活动的站由代表工作机构定。"))
    if not campaign.matter.is_open:
        raise NotAllowed(_("这一次活动已经结束，不能再改参加的站。"))
    _set(campaign, stations)


@transaction.atomic
def take(
    matter: UUID | Matter,
    action: str,
    *,
    actor: Actor,
    on: date,
    at: datetime,
    data: Mapping[str, object] | None = None,
    note: str = "",
    version: int | None = None,
    handling: Handling | None = None,
) -> Entry:
    """Take an action of the month, with what it changes in its facts and the papers it brings forth.

    `handling` is what became of the opinions, for the report: opinions are another line's, so the face brings it.
    Raises ActRefused.
    """
    key = matter.pk if isinstance(matter, Matter) else matter
    rows = Campaign.objects.of(actor.congress).select_related("matter__congress", "matter__responsible", "congress")
    campaign = rows.filter(matter=key).first()
    if campaign is None:
        raise NotAllowed(_("没有这次活动，或者它不属于本级人大。"))
    given = dict(data or {})
    if action == "change":
        _change(campaign, given)
    if action == "announce":
        given["last_day"] = campaign.last_day
        if not campaign.parts.exists():
            raise NotAllowed(_("还没有选参加活动的站，选好再公告。"))
    subject = matter if isinstance(matter, Matter) else campaign.matter
    entry = perform(subject, action, actor=actor, on=on, at=at, data=given, note=note, version=version)
    campaign.matter = entry.matter
    papers.issue_for(entry, campaign, given, handling)
    return entry


def _change(campaign: Campaign, given: dict[str, object]) -> None:
    first, last = given.get("first_day"), given.get("last_day")
    if not isinstance(first, date) or not isinstance(last, date):
        raise NotAllowed(_("请把第一天和最后一天都填上。"))
    given["theme"] = campaign.theme = _checked(str(given.get("theme") or ""), first, last)
    campaign.first_day, campaign.last_day, campaign.year = first, last, first.year
    campaign.save(update_fields=["theme", "first_day", "last_day", "year"])
