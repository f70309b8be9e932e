"""Replaying messages through the procedure as if they had come day by day."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.core.procedure import ProcedureError
from lvzhi.core.text import hollow
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.records.people.actor import Actor, citizen
from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.actions.triage import look_through
from lvzhi.work.opinions.categories import categories
from lvzhi.work.opinions.imports.rows import Broken, Message
from lvzhi.work.opinions.keywords import topic_of
from lvzhi.work.opinions.models import Opinion, Triage

YEAR = timedelta(days=365)
MERGED_FROM = 0.6
"""From this likeness on an import that acts on the suggestions merges two opinions."""

CHANNELS = (
    ("web", ("网", "web", "app", "微信", "邮箱", "信箱")),
    ("phone", ("电话", "热线", "phone", "12345")),
    ("visit", ("来访", "上门", "visit", "走访")),
    ("station", ("联络站", "代表之家", "station")),
    ("letter", ("来信", "信件", "letter", "书信")),
)
RESULTS = (
    ("not", ("没有解决", "未解决", "否", "not")),
    ("partly", ("部分", "partly")),
    ("solved", ("解决", "是", "solved")),
)
PROCESSES = (
    ("unsatisfied", ("不满意", "unsatisfied")),
    ("basically", ("基本满意", "一般", "basically")),
    ("satisfied", ("满意", "satisfied")),
)
"""Words in a file and what they say; the longer ones first, since 不满意 holds 满意."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is replayed.

    `as_dated` keeps its dates; `acts` lets the import act on what the platform suggests (subject, body, merger) where
    the file does not say; `rates` makes up ratings where it has none, and marks each as made up.
    """

    as_dated: bool = False
    acts: bool = False
    rates: bool = False


@dataclass
class Outcome:
    """What became of the rows."""

    taken: int = 0
    known: int = 0
    answered: int = 0
    waiting: int = 0
    classified: int = 0
    merged: int = 0
    hollow: int = 0
    rated: int = 0
    made_up: int = 0
    rejected: list[tuple[int, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """For whom, by whom and on which days the rows are replayed."""

    congress: Congress
    today: date
    as_dated: bool
    bodies: Mapping[str, Body]
    fallback: Body
    office: Actor
    options: Options = field(default_factory=Options)
    named: Mapping[str, Body] = field(default_factory=dict)
    """Bodies and streets by every name a file may call them by."""

    @classmethod
    def of(cls, congress: Congress, *, today: date, as_dated: bool = False, options: Options | None = None) -> Plan:
        """Prepare a replay; raises ActRefused if the congress has no body that could answer. One statement."""
        known = list(Body.objects.of(congress).filter(active=True).order_by("slug"))
        supervised = [body for body in known if body.is_supervised]
        if not supervised:
            raise ActRefused(_("这个人大还没有录入一府一委两院及其部门，先录入机构再导入留言。"))
        fallback = next((body for body in supervised if body.kind == Body.Kind.SUPERVISED), supervised[0])
        office = Actor(congress=congress.pk, name="导入", roles=frozenset({"petition_office"}))
        chosen = options or Options(as_dated=as_dated)
        named = {name: body for body in known for name in (body.slug, body.name, body.short)}
        return cls(
            congress, today, chosen.as_dated, {body.slug: body for body in supervised}, fallback, office, chosen, named
        )

    def days_later(self, message: Message) -> timedelta:
        """By how many whole days a message is moved so that it falls into the last twelve months."""
        if self.as_dated:
            return timedelta()
        age = (self.today - message.said_at.date()) % YEAR
        return self.today - age - message.said_at.date()

    def body_for(self, message: Message, triage: Triage | None = None) -> Body:
        """Who answers: whom the file names, whom the platform suggests, whom the words name; else the government."""
        named = self.named.get(message.body)
        if named is not None and (named.is_supervised or named.kind in Body.WORKING):
            return named
        by_key = {str(body.pk): body for body in self.named.values()}
        for item in triage.bodies if triage else ():
            if str(item["body"]) in by_key:
                return by_key[str(item["body"])]
        _category, slug = topic_of(message.subject * 2 + message.reply[:400] + message.text[:200])
        return self.bodies.get(slug, self.fallback)

    def category_for(self, message: Message) -> str:
        """The subject the file names, else by words; "" is left to the suggestions."""
        if message.category:
            known = {name: each.key for each in categories(self.congress) for name in (each.key, each.zh, each.en)}
            if found := known.get(message.category):
                return found
        return "" if self.options.acts else topic_of(message.subject + message.text[:200])[0]

    def street_for(self, message: Message) -> Body | None:
        """The street a file names, by its name, its short name, or that of its office."""
        names = (message.street, f"{message.street}街道办事处", f"{message.street}办事处", f"{message.street}人民政府")
        found = next((self.named[name] for name in names if name in self.named), None)
        return found if found and found.kind == Body.Kind.SUBDISTRICT else None


def word_of(text: str, known: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    """What a word in a file says: the first entry one of whose words it holds; "" for none."""
    low = text.casefold()
    return next((key for key, words in known if any(word in low for word in words)), "") if low else ""


def take(row: Message | Broken, plan: Plan, outcome: Outcome) -> None:
    """Replay one row in one transaction; what was taken before is left as it is."""
    if isinstance(row, Broken):
        outcome.rejected.append((row.number, row.name, row.why))
        return
    source = f"import:{row.name}"
    if Opinion.objects.of(plan.congress).filter(source_id=source).exists():
        outcome.known += 1
        return
    one = Outcome()
    try:
        with transaction.atomic():
            _Story(row, source, plan, one).tell()
    except ActRefused as refusal:
        outcome.rejected.append((row.number, row.name, str(refusal)))
        return
    except ProcedureError:  # no edition is known for a day so long ago
        why = _("留言那时施行的办理程序没有收录，不能按原来的日期导入。")
        outcome.rejected.append((row.number, row.name, why))
        return
    outcome.taken += 1
    for name in ("answered", "waiting", "classified", "merged", "hollow", "rated", "made_up"):
        setattr(outcome, name, getattr(outcome, name) + getattr(one, name))


class _Story:
    """One message's life; an act that would lie ahead of today is not taken."""

    def __init__(self, row: Message, source: str, plan: Plan, outcome: Outcome) -> None:
        self.row, self.plan, self.outcome = row, plan, outcome
        move = plan.days_later(row)
        self.said_at = (row.said_at + move).astimezone(UTC)
        self.said_on = (row.said_at + move).date()
        self.replied_on = (row.replied_at + move).date() if row.replied_at else None
        if self.said_on > plan.today:
            raise ActRefused(_("留言日期 %(day)s 还没有到。") % {"day": self.said_on.isoformat()})
        words = actions.Words(
            subject=row.subject[: actions.MOST_SUBJECT],
            text=row.text,
            source_id=source,
            is_anonymous=True,
            category=plan.category_for(row),
            area=plan.street_for(row),
            place=row.place[: actions.MOST_PLACE],
            channel=word_of(row.channel, CHANNELS) or Opinion.Channel.WEB,
        )
        receipt = actions.submit(
            congress=plan.congress, words=words, actor=citizen(plan.congress), on=self.said_on, at=self.said_at
        )
        self.opinion = receipt.opinion
        self.key: UUID = receipt.opinion.matter_id

    def tell(self) -> None:
        """Everything the file and the options say of it."""
        row, plan = self.row, self.plan
        triage = look_through(self.opinion, at=self.said_at, compares=not row.reply) if plan.options.acts else None
        passed_on = min(self.said_on + timedelta(days=1 + _spread(row.name, 9)), self.replied_on or date.max)
        if passed_on > plan.today:
            self.outcome.waiting += 1
            return
        if closed := _closed_without(row):
            self._close(closed, passed_on)
            return
        if triage and not row.reply and self._merge(triage, passed_on):
            return
        self._pass_on(triage, passed_on)
        if self.replied_on is None or self.replied_on > plan.today or not row.reply.strip():
            self.outcome.waiting += 1
            return
        self.outcome.hollow += hollow(row.reply) is not None
        at = _noon(self.replied_on, self.said_at)
        actions.answer(self.key, reply=row.reply, actor=plan.office, on=self.replied_on, at=at)
        self.outcome.answered += 1
        self._rate(self.replied_on)

    def _pass_on(self, triage: Triage | None, on: date) -> None:
        body = self.plan.body_for(self.row, triage)
        category = topic = ""
        if triage and not self.opinion.matter.category and triage.categories:
            category = str(triage.categories[0]["key"])
            topic = str(triage.topics[0]["path"]) if triage.topics else ""
            self.outcome.classified += 1
        decision = actions.Decision(body, category=category, topic=topic)
        actions.dispatch(self.key, decision, actor=self.plan.office, on=on, at=_noon(on, self.said_at))

    def _merge(self, triage: Triage, on: date) -> bool:
        """Into the likeliest opinion that is near enough and still open; says whether it was done."""
        for item in triage.alike:
            if float(item["score"]) < MERGED_FROM:
                break
            lead = Opinion.objects.of(self.plan.congress).select_related("matter").filter(pk=item["opinion"]).first()
            if lead is None or not lead.matter.is_open or lead.matter.opened_on > on:
                continue
            try:
                with transaction.atomic():
                    actions.merge(
                        self.key, lead=lead.matter.number, actor=self.plan.office, on=on, at=_noon(on, self.said_at)
                    )
            except ActRefused:  # answered meanwhile: the next likely one may still be open
                continue
            self.outcome.merged += 1
            return True
        return False

    def _close(self, how: str, on: date) -> None:
        at = _noon(on, self.said_at)
        if how == "withdraw":
            sender = citizen(self.plan.congress, matters=frozenset({self.key}))
            actions.take(self.key, "withdraw", actor=sender, on=on, at=at)
            return
        data = {"reason": "other_by_law", "note": self.row.status}
        actions.take(self.key, "not_accept", actor=self.plan.office, on=on, at=at, data=data)

    def _rate(self, replied_on: date) -> None:
        row, plan = self.row, self.plan
        result, process = word_of(row.result, RESULTS), word_of(row.process, PROCESSES)
        made_up = not (result or process) and plan.options.rates
        if made_up:
            result, process = _made_up(row)
        on = replied_on + timedelta(days=2)
        if not (result or process) or on > plan.today:
            return
        # A file that says only one of the two says nothing about the other; it is not guessed.
        if not (result and process):
            return
        data: dict[str, Any] = {"result": result, "process": process, "is_synthetic": made_up}
        sender = citizen(plan.congress, matters=frozenset({self.key}))
        actions.take(self.key, "rate", actor=sender, on=on, at=_noon(on, self.said_at), data=data)
        self.outcome.rated += 1
        self.outcome.made_up += made_up


def _closed_without(row: Message) -> str:
    """How a message ended without an answer, where its status says so."""
    if row.reply.strip():
        return ""
    return (
        "withdraw" if "撤" in row.status else "not_accept" if "不予受理" in row.status or "不受理" in row.status else ""
    )


def _made_up(row: Message) -> tuple[str, str]:
    """A rating nobody gave, the same each time for the same row: answers that say nothing are rated low."""
    if hollow(row.reply) is not None:
        return "not", "unsatisfied"
    place = _spread(f"rating:{row.name}", 255)
    result = "solved" if place < 150 else "partly" if place < 215 else "not"
    process = {"solved": "satisfied", "partly": "basically", "not": "unsatisfied"}[result]
    return result, process if place % 5 else "satisfied"


def _noon(day: date, not_before: datetime) -> datetime:
    return max(datetime.combine(day, time(4, 0), tzinfo=UTC), not_before)


def _spread(name: str, most: int) -> int:
    """A steady number from 0 to `most`, so that running again gives the same days."""
    return hashlib.sha256(name.encode()).digest()[0] % (most + 1)
