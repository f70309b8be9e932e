"""Taking any action of the petition procedure, with what it changes in the opinion itself.

Some actions are two in the procedure and one on the screen: an answer goes out, or first to be checked; a reopened
matter goes back to a supervised body or to one of our own. `BEFORE` chooses which; `AFTER` does what follows in the
opinion's own row, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.core.upload import UploadRefused, clean_text, sentence
from lvzhi.records.matters.models import Entry, Matter, Party
from lvzhi.records.matters.perform import perform
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Person
from lvzhi.work.opinions import papers
from lvzhi.work.opinions.actions import answering, deciding, merging, publishing, rounds
from lvzhi.work.opinions.actions.act import Act
from lvzhi.work.opinions.models import Opinion

MOST_REPLY = 20_000


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
) -> Entry:
    """Take an action, with what it changes in the opinion. Raises ActRefused.

    `data` may hold more than the procedure's fields: `by_point` of an answer (what is said to each point),
    `covers` of a publication (see `publishing`), `is_synthetic` of a rating.
    """
    act = Act(action, _clean(dict(data or {})), actor, on, at)
    subject: UUID | Matter = matter
    if prepare := BEFORE.get(action):
        act.opinion = _opinion(matter, actor)
        # The row read along is the one to act on, unless the caller has one of its own.
        subject = matter if isinstance(matter, Matter) else act.opinion.matter
        prepare(act)
    entry = perform(subject, act.name, actor=actor, on=on, at=at, data=act.data, note=note, version=version)
    if after := AFTER.get(act.name):
        after(act, entry)
    papers.issue_for(entry, act.data)
    return entry


def _opinion(matter: UUID | Matter, actor: Actor) -> Opinion:
    key = matter.pk if isinstance(matter, Matter) else matter
    rows = Opinion.objects.of(actor.congress).select_related("matter__congress", "matter__responsible")
    found = rows.filter(matter=key).first()
    if found is None:
        raise NotAllowed(_("没有这个事项，或者它不属于本级人大。"))
    return found


def _clean(data: dict[str, object]) -> dict[str, object]:
    try:
        return {
            name: clean_text(value, MOST_REPLY).strip() if isinstance(value, str) else value
            for name, value in data.items()
        }
    except UploadRefused as refusal:
        raise NotAllowed(sentence(refusal.code, refusal.params, "zh")) from refusal


def _recommended(act: Act, entry: Entry) -> None:
    """The deputy becomes a party, and so sees the opinion; never the sender, who stays sealed."""
    deputy = act.data.get("deputy")
    if isinstance(deputy, Person):
        party = Party(congress_id=entry.congress_id, matter=entry.matter, role="deputy", person=deputy, since=entry.on)
        Party.objects.bulk_create([party], ignore_conflicts=True)


def _attended(act: Act, entry: Entry) -> None:
    Opinion.objects.of(entry.congress_id).filter(matter=entry.matter_id).update(attended_at=act.at)


def _withdrawn(act: Act, entry: Entry) -> None:
    merging.withdrawn(act, entry)
    publishing.sender_withdrew(act, entry)


BEFORE: dict[str, Callable[[Act], None]] = {
    "answer": answering.choose_the_way_out,
    "pass_answer": answering.take_what_waits,
    "send_back": answering.take_what_waits,
    "reopen": rounds.choose_where_it_goes,
    "restore": rounds.keep_the_first_day,
    "contribute": rounds.say_if_it_is_the_last,
    "merge": merging.find_the_lead,
    "revisit": rounds.ask_the_uninvolved,
    "publish": publishing.black_out,
    "classify": deciding.check_the_subject,
    "itemise": deciding.tidy_points,
    "keep_apart": deciding.find_the_other,
}
AFTER: dict[str, Callable[[Act, Entry], None]] = {
    "answer": answering.gone_out,
    "propose_answer": answering.waits,
    "pass_answer": answering.passed,
    "send_back": answering.sent_back,
    "answer_together": answering.gone_out_together,
    "rate": rounds.rated,
    "reopen": rounds.begun_anew,
    "reopen_own": rounds.begun_anew,
    "merge": merging.merged,
    "unmerge": merging.parted,
    "withdraw": _withdrawn,
    "publish": publishing.published,
    "unpublish": publishing.unpublished,
    "recommend": _recommended,
    "attend": _attended,
    "classify": deciding.classified,
    "itemise": deciding.itemised,
    "keep_apart": deciding.kept_apart,
    "clear": deciding.looked_at,
    "set_aside": deciding.looked_at,
    "accept": publishing.kind_known,
    "assign": publishing.kind_known,
}
