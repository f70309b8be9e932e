"""What stands beside one opinion while it is handled: answers of every round, those merged with it, what is covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from lvzhi.records.matters.models import Entry
from lvzhi.work.opinions.models import Answer, Opinion, Redaction

RETURNS = frozenset({"object", "decline", "recall"})


def answers(opinion: Opinion) -> list[Answer]:
    """Every answer handed in, newest first; `body` is loaded. One statement."""
    return list(opinion.answers.select_related("body").order_by("-id"))


def waiting_answer(opinion: Opinion) -> Answer | None:
    """The answer that waits to be checked. One statement."""
    return opinion.answers.select_related("body").filter(verdict=Answer.Verdict.WAITING).first()


def last_sent_back(opinion: Opinion) -> Answer | None:
    """The answer of this round that was sent back last, for whoever writes the next. One statement."""
    rows = opinion.answers.filter(verdict=Answer.Verdict.SENT_BACK, round=opinion.round)
    return rows.order_by("-id").first()


def merged_with(opinion: Opinion) -> list[Opinion]:
    """The opinions merged into this one, oldest first; `matter` is loaded. One statement."""
    return list(opinion.merged.select_related("matter").order_by("id"))


def redactions(opinion: Opinion) -> list[Redaction]:
    """What is covered in the published text, in its order; `by` is loaded. One statement."""
    return list(opinion.redactions.select_related("by").order_by("part", "start"))


@dataclass(frozen=True, slots=True)
class Return:
    """That a body said it is not the one, or was relieved: who, when, why."""

    on: date
    action: str
    office: str
    reason: str


@dataclass(frozen=True, slots=True)
class Past:
    """What the ledger of an opinion says of its handling, read from entries already loaded."""

    returns: list[Return] = field(default_factory=list)
    reopened: list[Return] = field(default_factory=list)
    contributions: list[Return] = field(default_factory=list)
    notes: list[Return] = field(default_factory=list)


def past(entries: Sequence[Entry]) -> Past:
    """Sort the entries that the handling pages show apart. No statement."""
    found = Past()
    for entry in entries:
        data = entry.data
        who = entry.actor_office or entry.actor_name
        if entry.action in RETURNS:
            found.returns.append(Return(entry.on, entry.action, who, str(data.get("reason") or "")))
        elif entry.action in {"reopen", "reopen_own"}:
            found.reopened.append(Return(entry.on, entry.action, who, str(data.get("reason") or "")))
        elif entry.action in {"contribute", "conclude_contributions"}:
            found.contributions.append(Return(entry.on, entry.action, who, str(data.get("contribution") or "")))
        elif entry.action in {"note", "attend"}:
            said = str(data.get("note") or data.get("contact") or "")
            found.notes.append(Return(entry.on, entry.action, f"{who} {entry.actor_name}".strip(), said))
    return found
