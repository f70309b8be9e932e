"""Why an act did not happen. Every message is a sentence for the person who tried."""

from __future__ import annotations

from collections.abc import Sequence


class ActRefused(Exception):
    """The act did not happen and nothing was stored; the message says why and what to do."""


class NotAllowed(ActRefused):
    """The procedure, a guard or the actor's office stands in the way."""


class Overtaken(ActRefused):
    """Somebody else acted on the matter after the actor had opened it."""


class FieldsMissing(ActRefused):
    """Required fields are empty; `names` are their keys in the procedure."""

    def __init__(self, message: str, names: Sequence[str]) -> None:
        super().__init__(message)
        self.names = tuple(names)
