"""回访: close a list, take a seed that becomes known only later, draw, and ask those who were drawn."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.core.trust import DrawRefused, canonical_list, list_hash
from lvzhi.core.trust import draw as drawn_from
from lvzhi.core.upload import UploadRefused, clean_text, sentence
from lvzhi.records.matters.models import Entry
from lvzhi.records.matters.numbering import next_serial
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people import door
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions.actions.taking import take
from lvzhi.work.opinions.models import REVISITABLE, Opinion, RevisitCase, RevisitRound
from lvzhi.work.opinions.rules import ACCUSATION, has_no_part, keeps_revisits, may_call

SERIES = "回访"
MOST_DRAWN = 500
MOST_LISTED = 200_000
MOST_SEED = 200
MOST_NOTE = 2000
HANDED_OVER = ("accept", "assign")
"""The acts that say of what kind a matter is."""


def plan_round(
    *,
    congress: Congress,
    answered_from: date,
    answered_until: date,
    size: int,
    actor: Actor,
    on: date,
    at: datetime,
    stratified_by: str = "",
) -> RevisitRound:
    """Begin a round on what was answered from one day to another, both counted. Raises NotAllowed."""
    _only_those_who_keep(actor, congress)
    if answered_until < answered_from:
        raise NotAllowed(_("结束日期不能早于开始日期。"))
    if answered_until > on:
        raise NotAllowed(_("只能回访已经答复的意见，结束日期不能晚于今天。"))
    if not 1 <= size <= MOST_DRAWN:
        raise NotAllowed(_("抽取件数要在 1 到 %(most)s 之间。") % {"most": MOST_DRAWN})
    if stratified_by not in RevisitRound.By.values:
        raise NotAllowed(_("没有这种分层办法，请从列出的里面选。"))
    with transaction.atomic():
        serial = next_serial(congress.pk, SERIES, on.year)
        return RevisitRound.objects.create(
            congress=congress,
            number=f"{on.year}-{serial:02d}",
            answered_from=answered_from,
            answered_until=answered_until,
            size=size,
            stratified_by=stratified_by,
            made_at=at,
            made_by=actor.name,
        )


@transaction.atomic
def publish_list(
    *, key: UUID, seed_source: str, seed_due_on: date, actor: Actor, on: date, at: datetime
) -> RevisitRound:
    """公布名单: close the list, publish its hash, and say what the seed will be and on which day it becomes known.

    That day must come later: a seed that is known already could have shaped the list. Raises NotAllowed.
    Five statements and the transaction's own.
    """
    found = _locked(key, actor)
    if found.list_published_at:
        raise NotAllowed(_("这一轮的名单已经公布，不能再改。要换名单，请另开一轮。"))
    seed_source = _line(seed_source)
    if len(seed_source) < 4:
        raise NotAllowed(_("请写明用什么作种子，如「中国福利彩票双色球第 2026067 期开奖号码」。"))
    if seed_due_on <= on:
        raise NotAllowed(_("种子要在名单公布以后才产生，请填今天以后的日期。"))
    members, left_out = _eligible(found)
    if len(members) < found.size:
        raise NotAllowed(
            _("这段时间能回访的意见有 %(there)s 件，不够抽 %(size)s 件。请另开一轮，把时间放长或者少抽几件。")
            % {"there": len(members), "size": found.size}
        )
    text = canonical_list(members)
    found.list_text, found.list_hash, found.listed, found.left_out = text, list_hash(text), len(members), left_out
    found.seed_source, found.seed_due_on, found.list_published_at = seed_source, seed_due_on, at
    found.save()
    return found


def _eligible(found: RevisitRound) -> tuple[dict[str, str], dict[str, int]]:
    """Numbers with their stratum, and how many were left out for which reason. Two statements.

    Whoever left no way to be reached cannot be asked; of an accusation nobody else is to learn
    (信访工作条例 第三十条第三款).
    """
    span = (found.answered_from, found.answered_until)
    entries = Entry.objects.of(found.congress_id).filter(action__in=HANDED_OVER, data__kind=ACCUSATION)
    accused = set(entries.filter(matter__opinion__replied_on__range=span).values_list("matter", flat=True))
    rows = (
        Opinion.objects.of(found.congress_id)
        .filter(replied_on__range=span, matter__state__in=REVISITABLE)
        .values_list("matter__number", "sender", "matter", "matter__area__name", "matter__responsible__name")
    )[: MOST_LISTED + 1]
    if len(rows) > MOST_LISTED:
        raise NotAllowed(_("这段时间的意见太多，一轮最多列 %(most)s 件，请把时间缩短。") % {"most": MOST_LISTED})
    members: dict[str, str] = {}
    left_out = {"no_contact": 0, "accusation": 0}
    for number, sender, matter, street, body in rows:
        if matter in accused or sender is None:
            left_out["accusation" if matter in accused else "no_contact"] += 1
            continue
        name = {RevisitRound.By.STREET: street, RevisitRound.By.BODY: body}.get(RevisitRound.By(found.stratified_by))
        members[number] = name or ("" if not found.stratified_by else "没有写明")
    return members, left_out


@transaction.atomic
def draw(*, key: UUID, seed: str, actor: Actor, on: date, at: datetime) -> RevisitRound:
    """抽签: enter the seed as it was announced; who is drawn follows from it and the list. Raises NotAllowed.

    Refused before the announced day, and before or at the instant of the list's publication.
    """
    found = _locked(key, actor)
    if found.list_published_at is None or found.seed_due_on is None:
        raise NotAllowed(_("先公布名单，再等种子产生，才能抽签。"))
    if found.drawn_at:
        raise NotAllowed(_("这一轮已经抽过，结果不能改。"))
    if on < found.seed_due_on or at <= found.list_published_at:
        raise NotAllowed(
            _("种子要到 %(day)s 才产生，请到那天照公布的号码录入。") % {"day": found.seed_due_on.isoformat()}
        )
    found.seed = _line(seed)
    try:
        drawn = drawn_from(found.list_text, seed=found.seed, size=found.size)
    except DrawRefused as refusal:
        raise NotAllowed(_("请照公布的样子录入种子，如「03 08 14 17 22 31 + 09」。")) from refusal
    found.drawn_at, found.drawn_by = at, actor.name
    found.save(update_fields=["seed", "drawn_at", "drawn_by"])
    rows = Opinion.objects.of(found.congress_id).filter(matter__number__in=[one.number for one in drawn])
    opinions = {opinion.matter.number: opinion for opinion in rows.select_related("matter")}
    RevisitCase.objects.bulk_create(
        RevisitCase(
            congress_id=found.congress_id,
            round=found,
            opinion=opinions[one.number],
            position=position,
            stratum=one.stratum,
            rated=opinions[one.number].result_rating,
        )
        for position, one in enumerate(drawn, 1)
    )
    return found


@transaction.atomic
def record(*, key: UUID, result: str, note: str, actor: Actor, on: date, at: datetime) -> RevisitCase:
    """记结果: what a drawn sender said; solved, partly or not becomes an entry of the opinion. Raises ActRefused.

    Who was not reached may be called again, and is not written into the ledger. A sender who has had the matter
    reopened meanwhile has said it already: `reopened` is kept, and nobody is called.
    """
    case = _case(key, actor, lock=True)
    _only_those_who_keep(actor, case.round.congress)
    if why := has_no_part.why_not(actor, case.opinion):
        raise NotAllowed(why)
    if case.round.closed_on:
        raise NotAllowed(_("这一轮已经结束，不能再记。"))
    if case.is_settled:
        raise NotAllowed(_("这一件已经记过结果。"))
    if result not in RevisitCase.Result.values:
        raise NotAllowed(_("请选来信人怎么说的。"))
    under_way = case.opinion.matter.state not in REVISITABLE
    if under_way and result != RevisitCase.Result.REOPENED:
        raise NotAllowed(_("这件事正在重新办理，不用再问，请记「来信人已经要求重新办理」。"))
    if result == RevisitCase.Result.REOPENED and not under_way:
        raise NotAllowed(_("这件事没有在重新办理，请照来信人说的选。"))
    note = _worded(note, MOST_NOTE)
    if result in RevisitCase.REACHED:
        data = {"result": result, "note": note}
        take(case.opinion.matter_id, "revisit", actor=actor, on=on, at=at, data=data)
    case.result, case.note, case.on, case.by_id, case.by_name = result, note, on, actor.account, actor.name
    case.attempts += 1
    case.save(update_fields=["result", "note", "on", "by", "by_name", "attempts"])
    return case


@transaction.atomic
def close(*, key: UUID, actor: Actor, on: date) -> RevisitRound:
    """结束: every one who was drawn was asked, or tried. Raises NotAllowed while somebody was not even called."""
    found = _locked(key, actor)
    if found.drawn_at is None:
        raise NotAllowed(_("还没有抽签，不能结束。"))
    if found.closed_on:
        raise NotAllowed(_("这一轮已经结束。"))
    if left := found.cases.filter(result="").count():
        raise NotAllowed(_("还有 %(n)s 件没有回访，联系不上的也请记上。") % {"n": left})
    found.closed_on = on
    found.save(update_fields=["closed_on"])
    return found


def read_contact(*, key: UUID, actor: Actor, at: datetime) -> dict[str, str]:
    """Unseal who is to be called; the reading is recorded with round, place and number. Raises NotAllowed."""
    case = _case(key, actor)
    if why := may_call.why_not(actor, case):
        raise NotAllowed(why)
    sender = case.opinion.sender
    if sender is None:
        raise NotAllowed(_("来信人没有留下联系方式，或者已经到期删除。请记「没有联系上」。"))
    purpose = _("回访 %(round)s 第 %(place)s 件：%(number)s") % {
        "round": case.round.number,
        "place": case.position,
        "number": case.opinion.matter.number,
    }
    return door.read(sender, actor=actor, purpose=purpose, at=at)


def _only_those_who_keep(actor: Actor, congress: Congress) -> None:
    if why := keeps_revisits.why_not(actor, congress):
        raise NotAllowed(why)


def _locked(key: UUID, actor: Actor) -> RevisitRound:
    rows = RevisitRound.objects.of(actor.congress).select_for_update(of=("self",)).select_related("congress")
    found = rows.filter(pk=key).first()
    if found is None:
        raise NotAllowed(_("没有这一轮回访，或者它不属于本级人大。"))
    _only_those_who_keep(actor, found.congress)
    return found


def _case(key: UUID, actor: Actor, *, lock: bool = False) -> RevisitCase:
    rows = RevisitCase.objects.of(actor.congress).select_related(
        "congress", "round__congress", "opinion__matter", "opinion__sender"
    )
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=key).first()
    if found is None:
        raise NotAllowed(_("没有这一件回访，或者它不属于本级人大。"))
    return found


def _line(text: str) -> str:
    return " ".join(_worded(text, MOST_SEED).split())


def _worded(text: str, most: int) -> str:
    try:
        return clean_text(text, most).strip()
    except UploadRefused as refusal:
        raise NotAllowed(sentence(refusal.code, refusal.params, "zh")) from refusal
