"""Every write on an opinion, one function a verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.core.upload import UploadRefused, clean_text, sentence
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.perform import Opening, open_matter, perform
from lvzhi.records.matters.refusals import ActRefused, NotAllowed
from lvzhi.records.people import door
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Body, Congress
from lvzhi.work.opinions import papers, queries
from lvzhi.work.opinions.models import PROCEDURE, Opinion, YearFigure
from lvzhi.work.opinions.receipts import code_for, fingerprint, new_code

MOST_SUBJECT = 60
MOST_TEXT = 5000
MOST_REPLY = 20_000
KEPT_YEARS = 5


@dataclass(frozen=True, slots=True)
class Words:
    """What a citizen hands in. `particulars` (name, phone, address) are sealed; empty ones are not kept.

    `seed` is a secret of the form, from which the receipt's code is derived; without one the code is drawn.
    """

    subject: str
    text: str
    category: str = ""
    area: Body | None = None
    channel: str = Opinion.Channel.WEB
    is_anonymous: bool = False
    may_publish: bool = True
    particulars: Mapping[str, str] = field(default_factory=dict)
    source_id: str = ""
    received_on: date | None = None
    seed: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the citizen takes home: the number, and the code that opens it. The code is stored nowhere."""

    opinion: Opinion
    number: str
    code: str


def _checked(words: Words) -> tuple[str, str]:
    try:
        subject = " ".join(clean_text(words.subject, MOST_SUBJECT).split())
        text = clean_text(words.text, MOST_TEXT).strip()
    except UploadRefused as refusal:
        raise NotAllowed(sentence(refusal.code, refusal.params, "zh")) from refusal
    if len(subject) < 2:
        raise NotAllowed(_("请用一句话写明什么事，至少两个字。"))
    if len(text) < 5:
        raise NotAllowed(_("请把事情说清楚一些，至少五个字。"))
    return subject, text


@transaction.atomic
def submit(*, congress: Congress, words: Words, actor: Actor, on: date, at: datetime) -> Receipt:
    """提出: take in an opinion; the 15-day clocks start on `on` (信访工作条例第二十三条).

    Raises ActRefused with what to mend. Eight statements and the transaction's own.
    """
    subject, text = _checked(words)
    opening = Opening(title=subject, category=words.category, area=words.area)
    data = {"received_on": words.received_on} if words.received_on else {}
    entry = open_matter(PROCEDURE, "submit", congress=congress, actor=actor, on=on, at=at, opening=opening, data=data)
    kept = {name: value.strip() for name, value in words.particulars.items() if value.strip()}
    sender = None
    if kept and not words.is_anonymous:
        until = on.replace(year=on.year + KEPT_YEARS, day=min(on.day, 28))
        sender = door.keep(congress=congress, about=f"matter:{entry.matter_id}", particulars=kept, at=at, until=until)
    code = code_for(words.seed) if words.seed else new_code()
    opinion = Opinion.objects.create(
        congress=congress,
        matter=entry.matter,
        text=text,
        channel=words.channel,
        is_anonymous=sender is None,
        may_publish=words.may_publish,
        sender=sender,
        source_id=words.source_id,
        code_hash=fingerprint(entry.matter.number, code),
    )
    return Receipt(opinion, entry.matter.number, code)


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
    """Take any action of the petition procedure, with what it changes in the opinion itself. Raises ActRefused."""
    given = _clean(dict(data or {}))
    entry = perform(matter, action, actor=actor, on=on, at=at, data=given, note=note, version=version)
    if after := AFTER.get(action):
        after(entry, given)
    papers.issue_for(entry, given)
    return entry


def _clean(data: dict[str, object]) -> dict[str, object]:
    try:
        return {
            name: clean_text(value, MOST_REPLY).strip() if isinstance(value, str) else value
            for name, value in data.items()
        }
    except UploadRefused as refusal:
        raise NotAllowed(sentence(refusal.code, refusal.params, "zh")) from refusal


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
    """答复: put the answer that the citizen will read."""
    return take(matter, "answer", actor=actor, on=on, at=at, data={"reply": reply}, version=version)


def rate(matter: UUID | Matter, *, rating: str, comment: str, actor: Actor, on: date, at: datetime) -> Entry:
    """评价: the citizen says whether it was settled."""
    return take(matter, "rate", actor=actor, on=on, at=at, data={"rating": rating, "comment": comment})


def _after_answer(entry: Entry, data: Mapping[str, object]) -> None:
    Opinion.objects.of(entry.congress_id).filter(matter=entry.matter_id).update(
        reply=str(data.get("reply") or ""), replied_on=entry.on
    )


def _after_rate(entry: Entry, data: Mapping[str, object]) -> None:
    Opinion.objects.of(entry.congress_id).filter(matter=entry.matter_id).update(
        rating=str(data.get("rating") or ""), rating_comment=str(data.get("comment") or "")
    )


def _after_publish(entry: Entry, data: Mapping[str, object]) -> None:
    opinion = Opinion.objects.of(entry.congress_id).get(matter=entry.matter_id)
    if not opinion.may_publish:
        raise NotAllowed(_("来信人没有同意公开这条意见，不能公布。"))
    opinion.public_text = str(data.get("public_text") or opinion.text)
    opinion.save(update_fields=["public_text"])
    Matter.objects.of(entry.congress_id).filter(pk=entry.matter_id).update(is_public=True, published_at=entry.at)


def _after_unpublish(entry: Entry, _data: Mapping[str, object]) -> None:
    Matter.objects.of(entry.congress_id).filter(pk=entry.matter_id).update(is_public=False, published_at=None)


def reckon_year(congress: Congress, *, today: date, at: datetime) -> None:
    """Write down the figures of the year `today` lies in, for pages to read. Two statements."""
    values = asdict(queries.year_figures(congress.pk, year=today.year, today=today))
    YearFigure.objects.bulk_create(
        [YearFigure(congress=congress, year=today.year, values=values, reckoned_at=at)],
        update_conflicts=True,
        unique_fields=["congress", "year"],
        update_fields=["values", "reckoned_at"],
    )


AFTER: dict[str, Callable[[Entry, Mapping[str, object]], None]] = {
    "answer": _after_answer,
    "rate": _after_rate,
    "publish": _after_publish,
    "unpublish": _after_unpublish,
}

__all__ = ["ActRefused", "Receipt", "Words", "answer", "assign", "rate", "submit", "take", "transfer"]
