"""What a deputy does: write a suggestion, and take the steps that are theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from lvzhi.core.procedure import Procedure
from lvzhi.records.matters.models import Entry
from lvzhi.records.matters.perform import Opening, open_matter, perform
from lvzhi.records.matters.procedures import registry
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress

PROCEDURE = "deputy_suggestion"


def procedure(congress: Congress, on: date) -> Procedure:
    """The procedure of suggestions in force in this congress. No statement."""
    return registry().get(PROCEDURE, on, congress.region, congress.settings.get(PROCEDURE))


@transaction.atomic
def write(
    congress: Congress, values: Mapping[str, object], *, actor: Actor, on: date, at: datetime, send: bool
) -> Entry:
    """Draft a suggestion; with `send`, put it forward in the same breath (代表法第三十六条). Raises ActRefused."""
    if actor.person is None:
        raise ValueError("A deputy is a person.")
    opening = Opening(title=str(values.get("title") or "").strip(), persons={"lead_deputy": actor.person})
    entry = open_matter(PROCEDURE, "draft", congress=congress, actor=actor, on=on, at=at, opening=opening, data=values)
    if send:
        for step in ("confirm", "submit"):
            entry = perform(entry.matter_id, step, actor=actor, on=on, at=at)
    return entry
