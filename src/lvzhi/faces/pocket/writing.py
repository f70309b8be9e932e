"""What a deputy does: write a suggestion, and take the steps that are theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lvzhi.core.procedure import Procedure
from lvzhi.records.matters.models import Entry
from lvzhi.records.matters.perform import Opening, open_matter, perform
from lvzhi.records.matters.procedures import registry
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions.actions.raising import put_forward as laid
from lvzhi.work.opinions.actions.raising import raise_suggestion
from lvzhi.work.opinions.models import Opinion

PROCEDURE = "deputy_suggestion"


def procedure(congress: Congress, on: date) -> Procedure:
    """The procedure of suggestions in force in this congress. No statement."""
    return registry().get(PROCEDURE, on, congress.region, congress.settings.get(PROCEDURE))


@transaction.atomic
def write(
    congress: Congress,
    values: Mapping[str, object],
    source: Opinion | None = None,
    *,
    actor: Actor,
    on: date,
    at: datetime,
    send: bool,
) -> Entry:
    """Draft a suggestion; with `send`, put it forward in the same breath (代表法第三十六条). Raises ActRefused.

    `source` is the opinion it is written from, which learns of it when it is put forward.
    """
    if source is not None:
        return raise_suggestion(congress=congress, opinion=source, values=values, actor=actor, on=on, at=at, send=send)
    if actor.person is None:
        raise ValueError("A deputy is a person.")
    opening = Opening(
        title=str(values.get("title") or "").strip(), persons={"lead_deputy": actor.person, "deputy": actor.person}
    )
    entry = open_matter(PROCEDURE, "draft", congress=congress, actor=actor, on=on, at=at, opening=opening, data=values)
    return put_forward(entry.matter_id, actor=actor, on=on, at=at) if send else entry


@transaction.atomic
def put_forward(matter: UUID, *, actor: Actor, on: date, at: datetime, version: int | None = None) -> Entry:
    """Confirm one's own text and put it forward: for a deputy without co-signers that is one act. Raises ActRefused."""
    perform(matter, "confirm", actor=actor, on=on, at=at, version=version)
    entry = perform(matter, "submit", actor=actor, on=on, at=at)
    laid(entry, actor=actor)
    return entry
