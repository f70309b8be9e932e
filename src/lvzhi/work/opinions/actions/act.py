"""One act under way: what was asked, by whom, on which opinion."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lvzhi.records.people.actor import Actor
from lvzhi.work.opinions.models import Opinion


@dataclass
class Act:
    """An action on its way to the procedure; what prepares it may choose another name and fill in values.

    `opinion` is loaded (with `matter`, its congress and its responsible body) for the actions that are prepared.
    `kept` passes what preparing found out to what follows the act.
    """

    name: str
    data: dict[str, Any]
    actor: Actor
    on: date
    at: datetime
    opinion: Opinion | None = None
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def on_opinion(self) -> Opinion:
        """The opinion, where preparing has loaded it."""
        if self.opinion is None:
            raise LookupError(f"{self.name} was not prepared with its opinion")
        return self.opinion
