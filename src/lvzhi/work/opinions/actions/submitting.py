"""Taking in an opinion (收集)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.core.text import normalise, signals
from lvzhi.core.upload import UploadRefused, clean_text, sentence
from lvzhi.records.jobs.worker import enqueue
from lvzhi.records.matters.models import Link, Matter
from lvzhi.records.matters.perform import Opening, open_matter
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people import door
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Body, Congress, Person
from lvzhi.work.opinions import queries
from lvzhi.work.opinions.models import PROCEDURE, Opinion
from lvzhi.work.opinions.receipts import code_for, fingerprint, new_code

MOST_SUBJECT = 60
MOST_TEXT = 5000
MOST_PLACE = 120
KEPT_YEARS = 5
RECEIVED = "opinion-received"
"""The job that looks through a fresh opinion; see `lvzhi.work.opinions.actions.triage`."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a citizen hands in. `particulars` (name, phone, address) are sealed; empty ones are not kept.

    `seed` is a secret of the form, from which the receipt's code is derived; without one the code is drawn.
    `station` is the station at which it was said, `deputy` the deputy who received it. `same_as` is the number of a
    public opinion the sender says this is about as well; the office decides whether to merge. `watched` is for what
    comes from the open net: a flood is taken in and flagged.
    """

    subject: str
    text: str
    category: str = ""
    area: Body | None = None
    community: Body | None = None
    place: str = ""
    station: Body | None = None
    deputy: Person | None = None
    channel: str = Opinion.Channel.WEB
    is_anonymous: bool = False
    may_publish: bool = True
    particulars: Mapping[str, str] = field(default_factory=dict)
    points: Sequence[str] = ()
    source_id: str = ""
    received_on: date | None = None
    seed: str = ""
    same_as: str = ""
    watched: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the citizen takes home: the number, and the code that opens it. The code is stored nowhere."""

    opinion: Opinion
    number: str
    code: str


def _checked(words: Words) -> tuple[str, str, str]:
    try:
        subject = " ".join(clean_text(words.subject, MOST_SUBJECT).split())
        text = clean_text(words.text, MOST_TEXT).strip()
        place = " ".join(clean_text(words.place, MOST_PLACE).split())
    except UploadRefused as refusal:
        raise NotAllowed(sentence(refusal.code, refusal.params, "zh")) from refusal
    if len(subject) < 2:
        raise NotAllowed(_("请用一句话写明什么事，至少两个字。"))
    if len(text) < 5:
        raise NotAllowed(_("请把事情说清楚一些，至少五个字。"))
    return subject, text, place


def digest_of(subject: str, text: str) -> str:
    """What identical submissions share: SHA-256 of their letters and digits, without spaces and signs (hex)."""
    bare = "".join(letter for letter in normalise(subject + text) if letter.isalnum())
    return hashlib.sha256(bare.encode()).hexdigest()


DANGERS = {"self_harm": "self_harm", "violence": "violence", "peril": "hazard"}


def danger_in(subject: str, text: str) -> str:
    """The gravest sign of danger in the words, as `Opinion.Danger` calls it; "" for none."""
    found = signals(f"{subject}\n{text}")
    return DANGERS[found[0].kind] if found else ""


@transaction.atomic
def submit(*, congress: Congress, words: Words, actor: Actor, on: date, at: datetime) -> Receipt:
    """提出: take in an opinion; the 15-day clocks start on `on` (信访工作条例第二十三条).

    Raises ActRefused with what to mend. Nine statements and the transaction's own; two more where floods are watched
    for, two where another opinion is named.
    """
    subject, text, place = _checked(words)
    area = words.area or (words.community.parent if words.community else None)
    opening = Opening(title=subject, category=words.category, area=area)
    data = {"received_on": words.received_on} if words.received_on else {}
    entry = open_matter(PROCEDURE, "submit", congress=congress, actor=actor, on=on, at=at, opening=opening, data=data)
    kept = {name: value.strip() for name, value in words.particulars.items() if value.strip()}
    sender = None
    if kept and not words.is_anonymous:
        until = on.replace(year=on.year + KEPT_YEARS, day=min(on.day, 28))
        sender = door.keep(congress=congress, about=f"matter:{entry.matter_id}", particulars=kept, at=at, until=until)
    code = code_for(words.seed) if words.seed else new_code()
    digest = digest_of(subject, text)
    suspicion = queries.surges(congress.pk, digest, at) if words.watched else []
    opinion = Opinion.objects.create(
        congress=congress,
        matter=entry.matter,
        text=text,
        points=[point.strip() for point in words.points if point.strip()],
        channel=words.channel,
        is_anonymous=sender is None,
        may_publish=words.may_publish,
        sender=sender,
        source_id=words.source_id,
        code_hash=fingerprint(entry.matter.number, code),
        community=words.community,
        place=place,
        station=words.station,
        deputy=words.deputy,
        danger=danger_in(subject, text),
        fingerprint=digest,
        is_suspected=bool(suspicion),
        suspicion=suspicion,
    )
    if words.same_as:
        _tie(entry.matter, words.same_as, on)
    enqueue(RECEIVED, congress_id=congress.pk, payload={"opinion": str(opinion.pk)}, at=at)
    return Receipt(opinion, entry.matter.number, code)


def _tie(matter: Matter, number: str, on: date) -> None:
    """Lay a thread to the public opinion the sender named; whether both are handled together is the office's to say."""
    other = queries.published(matter.congress_id, number)
    if other is not None:
        Link.objects.create(
            congress_id=matter.congress_id, source=matter, target=other, kind=Link.Kind.SAME_AS, since=on
        )
