"""What follows from acts on other matters: an opinion learns what came of what it raised. All run in the worker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from lvzhi.records.jobs.models import Job
from lvzhi.records.jobs.worker import enqueue
from lvzhi.records.matters.models import Entry, Link, Matter
from lvzhi.records.matters.procedures import procedure_of, words
from lvzhi.records.notices.tell import OLD, accounts_of, tell
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Account, Person
from lvzhi.work.opinions.actions.raising import AT_ONCE, named, put_forward, write_into
from lvzhi.work.opinions.models import CLUE, PROCEDURE, SUGGESTION

OUTCOME = "raised-outcome"
"""The job that writes into opinions what came of what they raised."""
TOLD_TO = ("petition_office", "deputy_office")
MOST_TOLD = 600


def after_entry(job: Job, at: datetime) -> None:
    """What an act on a matter means for opinions: a suggestion put forward, a clue or suggestion at its end, a call.

    One statement for most acts.
    """
    entry = Entry.objects.of(job.congress_id).select_related("matter").get(pk=job.payload["entry"])
    matter = entry.matter
    if matter.procedure == PROCEDURE:
        if entry.action == "recommend":
            _tell_the_deputy(entry, at)
        elif entry.action == "revisit" and entry.data.get("result") == "not":
            _tell_the_office(entry, _("回访说没有解决，可以重新办理。"), at)
        return
    if matter.procedure == SUGGESTION and entry.action == "submit":
        # Whoever put it forward by another way than the deputy's own page: the thread is laid all the same.
        who = Actor(congress=entry.congress_id, name=entry.actor_name, account=entry.actor_account_id)
        put_forward(entry, actor=who)
    if matter.procedure in (CLUE, SUGGESTION) and procedure_of(matter).states[entry.to_state].final:
        _reached_its_end(entry, at)


def _reached_its_end(entry: Entry, at: datetime) -> None:
    sources = (
        Link.objects.of(entry.congress_id)
        .filter(target=entry.matter_id, kind=Link.Kind.RAISED, source__procedure=PROCEDURE)
        .order_by("source_id")
        .values_list("source_id", flat=True)
    )
    keys = [str(key) for key in sources]
    if not keys:
        return
    with override("zh-hans"):
        said = outcome_words(entry)
        for start in range(0, len(keys), AT_ONCE):
            payload = {
                "target": str(entry.matter_id),
                "matters": keys[start : start + AT_ONCE],
                "on": entry.on.isoformat(),
                "came_of_it": said,
            }
            enqueue(OUTCOME, congress_id=entry.congress_id, payload=payload, at=at)
        _tell_the_office(entry, _("%(said)s由 %(n)s 件群众意见引出。") % {"said": said, "n": len(keys)}, at)


def outcome_words(entry: Entry) -> str:
    """What came of it in words for the public: where it ended, and the result or reason if it may be read by all."""
    state = procedure_of(entry.matter).states[entry.to_state]
    said = words(state.public or state.text)
    told = str(entry.data.get("result") or entry.data.get("reason") or "") if entry.matter.is_public else ""
    return f"{said}：{told}"[:MOST_TOLD] if told else f"{said}。"


def after_outcome(job: Job, at: datetime) -> None:
    """Write what came of it into some opinions; each tells those who follow it by its own entry."""
    target = Matter.objects.of(job.congress_id).get(pk=job.payload["target"])
    data = {"raised": named(target), "came_of_it": job.payload["came_of_it"]}
    on = date.fromisoformat(job.payload["on"])
    write_into(_matters(job), "outcome", data=data, on=on, at=at)


def after_raised(job: Job, at: datetime) -> None:
    """Write into the further opinions of a large cluster what they raised."""
    target = Matter.objects.of(job.congress_id).get(pk=job.payload["target"])
    on = date.fromisoformat(job.payload["on"])
    write_into(_matters(job), "raise", data={"raised": named(target)}, on=on, at=at)


def _matters(job: Job) -> Iterable[Matter]:
    rows = Matter.objects.of(job.congress_id).filter(pk__in=job.payload["matters"])
    return rows.select_related("congress", "responsible").order_by("pk")


def _tell_the_office(entry: Entry, text: str, at: datetime) -> None:
    if at - entry.at > OLD:
        return
    accounts: dict[object, Account] = {account.pk: account for role in TOLD_TO for account in accounts_of(role, entry)}
    accounts.pop(entry.actor_account_id, None)
    said = _("%(number)s《%(title)s》：%(text)s") % {
        "number": entry.matter.number,
        "title": entry.matter.title[:80],
        "text": text,
    }
    tell(accounts.values(), entry=entry, text=said, at=at)


def _tell_the_deputy(entry: Entry, at: datetime) -> None:
    deputy = Person.objects.of(entry.congress_id).filter(pk=entry.data.get("deputy")).select_related("account").first()
    if deputy is None or deputy.account is None or at - entry.at > OLD:
        return
    said = _("%(number)s《%(title)s》推荐给您，可以据此写建议。") % {
        "number": entry.matter.number,
        "title": entry.matter.title[:80],
    }
    tell([deputy.account], entry=entry, text=said, at=at)
