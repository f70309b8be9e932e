"""Official papers an opinion brings forth.

Every article a paper cites is read from the procedure the matter keeps, so a matter of an older edition, or of a
congress in another region, never cites a text that does not bind it.
"""

from __future__ import annotations

from collections.abc import Callable

from lvzhi.core.paper import Number, Paper
from lvzhi.records.documents.papers import issue
from lvzhi.records.matters.models import Entry
from lvzhi.records.matters.numbering import next_serial
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.work.opinions.papers.to_bodies import assignment_notice, rehandling_notice, reminder_letter, transfer_letter
from lvzhi.work.opinions.papers.to_petitioner import notification_letter, reply_letter
from lvzhi.work.opinions.papers.writing import Data, code_of, of_the_body, office_of


def issue_for(entry: Entry, data: Data) -> None:
    """Write and keep the papers this entry yields; numbered ones share the office's series of letters."""
    makers = [(kind, MAKERS[kind]) for kind in _yielded(entry) if kind in MAKERS]
    if not makers:
        return
    matter = entry.matter
    # What a supervised body sends bears that body's own number, which is not ours to give.
    ours = not of_the_body(entry)
    first = next_serial(matter.congress_id, code_of(matter), entry.on.year, len(makers)) if ours else 0
    numbers = [Number(code_of(matter), entry.on.year, first + place) if ours else None for place in range(len(makers))]
    issue(
        entry,
        [(kind, make(entry, data, number)) for (kind, make), number in zip(makers, numbers, strict=True)],
    )


def _yielded(entry: Entry) -> tuple[str, ...]:
    return procedure_of(entry.matter).action(entry.action).yields


MAKERS: dict[str, Callable[[Entry, Data, Number | None], Paper]] = {
    "transfer_letter": transfer_letter,
    "assignment_notice": assignment_notice,
    "rehandling_notice": rehandling_notice,
    "notification_letter": notification_letter,
    "reply_letter": reply_letter,
    "reminder_letter": reminder_letter,
}

__all__ = ["MAKERS", "issue_for", "office_of"]
