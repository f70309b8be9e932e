"""What became of the opinions of a month, brought from their line of work to the month's report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from lvzhi.faces.desk.shown import category_names
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions import queries as opinions
from lvzhi.work.opinions.queries.stations import Outcome, outcome_of_stations
from lvzhi.work.stations import actions
from lvzhi.work.stations.models import Campaign, CampaignStation
from lvzhi.work.stations.papers import Handling
from lvzhi.work.stations.queries.months import previous

__all__ = ["handling_of", "opinions", "take"]


def _outcome(campaign: Campaign, today: date) -> Outcome:
    parts = CampaignStation.objects.of(campaign.congress_id).filter(campaign=campaign)
    bodies = list(parts.values_list("station__body", flat=True))
    return outcome_of_stations(
        campaign.congress_id, bodies, first=campaign.first_day, last=campaign.last_day, today=today
    )


def handling_of(campaign: Campaign, *, today: date) -> Handling:
    """The month's opinions in figures, with those of the month before. At most seven statements."""
    names = category_names(campaign.congress)
    before = previous(campaign)
    earlier = _handling(_outcome(before, today), {}) if before else None
    return _handling(_outcome(campaign, today), names, earlier)


def _handling(found: Outcome, names: Mapping[str, str], before: Handling | None = None) -> Handling:
    subjects = tuple((names.get(key, key) or "没有分类", n) for key, n in found.by_category)
    return Handling(
        received=found.received, answered=found.answered, late=found.late, rated=found.rated, solved=found.solved,
        partly=found.partly, not_solved=found.not_solved, satisfied=found.satisfied, raised=found.raised,
        by_category=subjects, before=before,
    )  # fmt: skip


def take(
    matter: Matter, action: str, *, actor: Actor, on: date, at: datetime, data: Mapping[str, Any], version: int | None
) -> Entry:
    """Take an action of the month; for the report, with what became of the opinions. Raises ActRefused."""
    handling = None
    if action == "review":
        campaign = Campaign.objects.of(matter.congress_id).select_related("congress").filter(matter=matter).first()
        handling = handling_of(campaign, today=on) if campaign else None
    return actions.take(matter, action, actor=actor, on=on, at=at, data=data, version=version, handling=handling)
