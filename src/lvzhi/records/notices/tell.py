"""Telling the people concerned that something has happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from lvzhi.records.base.scope import ScopedQuerySet
from lvzhi.records.jobs.models import Job
from lvzhi.records.matters.models import Entry, WorkItem
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.records.notices.models import Delivery, Notice
from lvzhi.records.people.actor import BODY_ROLES, PERSON_ROLES
from lvzhi.records.people.models import Account, Membership

MOST = 300
OLD = timedelta(days=2)
"""An act this old was replayed from a file or a backlog: nobody is woken up for it."""


def after_entry(job: Job, at: datetime) -> None:
    """Tell whoever the matter now waits for, except the one who just acted; e-mail where an address is known."""
    entry = Entry.objects.of(job.congress_id).select_related("matter").get(pk=job.payload["entry"])
    if at - entry.at > OLD:
        return
    holders = WorkItem.objects.of(job.congress_id).filter(matter=entry.matter_id, kind=WorkItem.Kind.ACT)
    accounts = {
        account.pk: account
        for holder in holders.values_list("holder", flat=True)
        for account in accounts_of(holder, entry)
        if account.pk != entry.actor_account_id
    }
    with override("zh-hans"):
        text = sentence(entry)
    tell(accounts.values(), entry=entry, text=text, at=at)


def tell(accounts: Iterable[Account], *, entry: Entry, text: str, at: datetime) -> None:
    """Give each account one notice about an entry, and send it out; nobody is told of the same entry twice."""
    notices = [
        Notice(
            congress_id=entry.congress_id,
            account=account,
            matter_id=entry.matter_id,
            entry=entry,
            text=text[:MOST],
            at=at,
        )
        for account in accounts
    ]
    # A notice told before stays as it is: the job may run again after a crash.
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    _send_out(Notice.objects.of(entry.congress_id).filter(entry=entry))


def tell_of(accounts: Iterable[Account], *, about: str, text: str, congress: UUID, at: datetime) -> None:
    """Give each account one notice about something that is no matter (see `Notice.about`), and send it out.

    Nobody is told of the same thing twice. Four statements.
    """
    notices = [
        Notice(congress_id=congress, account=account, about=about, text=text[:MOST], at=at) for account in accounts
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    _send_out(Notice.objects.of(congress).filter(about=about))


def sentence(entry: Entry) -> str:
    """What the notice says: number, title, what was done; a line of business may have something graver to say."""
    if (graver := _graver(entry.matter.procedure)) and (said := graver(entry)):
        return said[:MOST]
    action = procedure_of(entry.matter).action(entry.action)
    return _("%(number)s《%(title)s》：%(action)s，等您处理") % {
        "number": entry.matter.number,
        "title": entry.matter.title[:80],
        "action": action.text.zh,
    }


@cache
def _graver(procedure: str) -> Callable[[Entry], str] | None:
    """What a line of business says instead, from the setting `LVZHI_NOTICE_TEXT`; "" for nothing special."""
    path = settings.LVZHI_NOTICE_TEXT.get(procedure)
    return import_string(path) if path else None


def accounts_of(holder: str, entry: Entry) -> list[Account]:
    """The accounts behind a worklist key on the day of the entry."""
    role, _colon, key = holder.partition(":")
    members = Membership.objects.of(entry.congress_id).on(entry.on).filter(role=role, person__account__isnull=False)
    if role in BODY_ROLES:
        members = members.filter(body=UUID(key))
    elif role in PERSON_ROLES:
        members = members.filter(person=UUID(key))
    return [member.person.account for member in members.select_related("person__account") if member.person.account]


def _send_out(notices: ScopedQuerySet[Notice]) -> None:
    rows = notices.filter(deliveries=None).select_related("account")
    Delivery.objects.bulk_create(
        [
            Delivery(congress_id=notice.congress_id, notice=notice, channel=channel)
            for notice in rows
            for channel in channels_for(notice.account)
        ],
        ignore_conflicts=True,
    )


def channels_for(account: Account) -> list[str]:
    """The channels a notice to this account leaves through: e-mail by default, the gateway where one is set up."""
    found = ["email"] if account.email else []
    return [*found, "gateway"] if settings.LVZHI_GATEWAY_URL else found
