"""Every write on an opinion, one function a verb."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Body
from lvzhi.work.opinions.actions.attaching import attach
from lvzhi.work.opinions.actions.figures import reckon_tables, reckon_year
from lvzhi.work.opinions.actions.hot import reckon_topics
from lvzhi.work.opinions.actions.merging import ANSWERED_STATES
from lvzhi.work.opinions.actions.posting import post_all
from lvzhi.work.opinions.actions.publishing import Cover, suggested, texts_of
from lvzhi.work.opinions.actions.sorting import Decision, classify, dispatch, itemise, keep_apart
from lvzhi.work.opinions.actions.submitting import (
    KEPT_YEARS,
    MOST_PLACE,
    MOST_SUBJECT,
    MOST_TEXT,
    Receipt,
    Words,
    digest_of,
    submit,
)
from lvzhi.work.opinions.actions.subscribing import Wish, confirm, subscribe
from lvzhi.work.opinions.actions.subscribing import end as end_subscription
from lvzhi.work.opinions.actions.sweeping import Swept, sweep
from lvzhi.work.opinions.actions.taking import MOST_REPLY, take


def assign(
    matter: UUID | Matter, *, body: Body, actor: Actor, on: date, at: datetime, version: int | None = None
) -> Entry:
    """交办: give an opinion to a working body of the standing committee's own."""
    return take(matter, "assign", actor=actor, on=on, at=at, data={"body": body}, version=version)


def transfer(
    matter: UUID | Matter, *, body: Body, actor: Actor, on: date, at: datetime, version: int | None = None
) -> Entry:
    """转送: pass an opinion to the organ in whose powers it lies (北京市信访条例第三十一条)."""
    return take(matter, "transfer", actor=actor, on=on, at=at, data={"body": body}, version=version)


def answer(
    matter: UUID | Matter, *, reply: str, actor: Actor, on: date, at: datetime, version: int | None = None
) -> Entry:
    """答复: put the answer that the citizen will read; it may first go to the office to be checked."""
    return take(matter, "answer", actor=actor, on=on, at=at, data={"reply": reply}, version=version)


def rate(
    matter: UUID | Matter, *, result: str, process: str, actor: Actor, on: date, at: datetime, comment: str = ""
) -> Entry:
    """评价: the citizen says whether it was solved, and apart from it how they were treated."""
    data = {"result": result, "process": process, "comment": comment}
    return take(matter, "rate", actor=actor, on=on, at=at, data=data)


def merge(matter: UUID | Matter, *, lead: str, actor: Actor, on: date, at: datetime) -> Entry:
    """并案: handle an opinion together with the one that has the number `lead`."""
    return take(matter, "merge", actor=actor, on=on, at=at, data={"lead": lead})


__all__ = [
    "ANSWERED_STATES",
    "KEPT_YEARS",
    "MOST_PLACE",
    "MOST_REPLY",
    "MOST_SUBJECT",
    "MOST_TEXT",
    "ActRefused",
    "Cover",
    "Decision",
    "Receipt",
    "Swept",
    "Wish",
    "Words",
    "answer",
    "assign",
    "attach",
    "classify",
    "confirm",
    "digest_of",
    "dispatch",
    "end_subscription",
    "itemise",
    "keep_apart",
    "merge",
    "post_all",
    "rate",
    "reckon_tables",
    "reckon_topics",
    "reckon_year",
    "submit",
    "subscribe",
    "suggested",
    "sweep",
    "take",
    "texts_of",
    "transfer",
]
