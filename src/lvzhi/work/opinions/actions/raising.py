"""向上: an opinion raises a clue for supervision or a deputy's suggestion, and learns what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from lvzhi.core.upload import UploadRefused, clean_text, sentence
from lvzhi.records.jobs.worker import enqueue
from lvzhi.records.matters.models import Entry, Link, Matter
from lvzhi.records.matters.perform import Opening, open_matter, perform
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor, system
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions import covering
from lvzhi.work.opinions.models import CLUE, SUGGESTION, Clue, Opinion, SuggestionSource
from lvzhi.work.opinions.rules import may_raise, may_write_from

RAISED = "opinion-raised"
"""The job that writes into the opinions of a large cluster what they raised."""
AT_ONCE = 20
"""So many opinions are written into in the act itself; a clerk does not wait for a cluster of hundreds."""
MOST_VOICES = 5000
MOST_TITLE = 80
MOST_WHAT = 3000


@dataclass(frozen=True, slots=True)
class ClueWords:
    """What a clue says. The public reads it unless `is_public` is off: no names, numbers or addresses."""

    use: str
    title: str
    what: str
    is_public: bool = True


@transaction.atomic
def raise_clue(
    *, congress: Congress, opinions: Iterable[UUID], words: ClueWords, actor: Actor, on: date, at: datetime
) -> Entry:
    """提出监督线索: open a clue from opinions (their ids, the lead first) and all that were merged into them.

    Every one of them is linked, and says in its own ledger what it raised: the first twenty at once, the rest by the
    worker. Opinions that came to nothing (withdrawn, not accepted, set aside) are left out. Returns the clue's first
    entry. Raises ActRefused with what to mend.
    """
    if why := may_raise.why_not(actor, congress):
        raise NotAllowed(why)
    title, what = _clean(words.title, MOST_TITLE), _clean(words.what, MOST_WHAT)
    if len(title) < 4:
        raise NotAllowed(_("请用一句话写明集中反映什么问题，至少四个字。"))
    if words.is_public:
        _refuse_personal(title, what)
    members = _voices(congress, list(opinions))
    streets = {opinion.matter.area_id for opinion in members}
    first = members[0].matter
    entry = open_matter(
        CLUE,
        "propose",
        congress=congress,
        actor=actor,
        on=on,
        at=at,
        opening=Opening(title=title, category=first.category, area=first.area if len(streets) == 1 else None),
        data={"use": words.use, "what": what},
    )
    clue = entry.matter
    Clue.objects.create(congress=congress, matter=clue, use=words.use, what=what, voices=len(members))
    if words.is_public:
        Matter.objects.of(congress).filter(pk=clue.pk).update(is_public=True, published_at=at)
        clue.is_public, clue.published_at = True, at
    lay(members, target=clue, actor=actor, on=on, at=at)
    return entry


def _voices(congress: Congress, keys: Sequence[UUID]) -> list[Opinion]:
    """The opinions and those merged into them, the ones named first; those that came to nothing left out."""
    rows = (
        Opinion.objects.of(congress)
        .filter(Q(pk__in=keys) | Q(merged_into__in=keys))
        .select_related("matter__congress", "matter__responsible", "matter__area")
        .order_by("pk")[: MOST_VOICES + 1]
    )
    found = [opinion for opinion in rows if opinion.matter.state in procedure_of(opinion.matter).action("raise").to]
    if len(rows) > MOST_VOICES:
        raise NotAllowed(_("一条线索最多从 %(most)s 件意见提出，请选得窄一些。") % {"most": MOST_VOICES})
    place = {key: index for index, key in enumerate(keys)}
    if not any(opinion.pk in place for opinion in found):
        raise NotAllowed(_("选中的意见已经撤回、不予受理或者没有作为意见办理，不能从它提出线索。"))
    return sorted(found, key=lambda opinion: place.get(opinion.pk, len(place)))


def _refuse_personal(title: str, what: str) -> None:
    for text in (title, what):
        if sure := next((each for each in covering.personal(text) if each.is_sure), None):
            raise NotAllowed(
                _("里面有个人信息「%(words)s」，公众会看到，请去掉。") % {"words": text[sure.start : sure.end]}
            )


def lay(members: Sequence[Opinion], *, target: Matter, actor: Actor, on: date, at: datetime) -> None:
    """Link every opinion to what it raised, and write it into each: the first ones now, the rest by the worker."""
    Link.objects.bulk_create(
        [
            Link(congress_id=target.congress_id, source=each.matter, target=target, kind=Link.Kind.RAISED, since=on)
            for each in members
        ],
        ignore_conflicts=True,
    )
    for opinion in members[:AT_ONCE]:
        day = max(on, opinion.matter.opened_on)  # a suggestion dated back is still told after the opinion came
        perform(opinion.matter, "raise", actor=actor, on=day, at=at, data={"raised": named(target)})
    for start in range(AT_ONCE, len(members), AT_ONCE):
        keys = [str(each.matter_id) for each in members[start : start + AT_ONCE]]
        payload = {"target": str(target.pk), "matters": keys, "on": on.isoformat(), "by": actor.name}
        enqueue(RAISED, congress_id=target.congress_id, payload=payload, at=at)


def named(target: Matter) -> str:
    """What was raised, as it stands in the opinion's ledger; the title only where the public may read it."""
    kind = procedure_of(target).text.zh
    return f"{kind} {target.number}《{target.title}》" if target.is_public else f"{kind} {target.number}"


@transaction.atomic
def raise_suggestion(
    *,
    congress: Congress,
    opinion: Opinion,
    values: Mapping[str, object],
    actor: Actor,
    on: date,
    at: datetime,
    send: bool,
) -> Entry:
    """据此写建议: a deputy drafts a suggestion from an opinion they may see; `send` puts it forward at once.

    The opinion learns of it when it is put forward, not before: a draft binds nobody (代表法 第三十六条).
    `matter` of the opinion is loaded. Raises ActRefused.
    """
    if why := may_write_from.why_not(actor, opinion):
        raise NotAllowed(why)
    if actor.person is None:
        raise ValueError("A deputy is a person.")
    opening = Opening(
        title=str(values.get("title") or "").strip(),
        category=opinion.matter.category,
        persons={"lead_deputy": actor.person, "deputy": actor.person},
    )
    entry = open_matter(SUGGESTION, "draft", congress=congress, actor=actor, on=on, at=at, opening=opening, data=values)
    SuggestionSource.objects.create(congress=congress, suggestion=entry.matter, opinion=opinion)
    if send:
        perform(entry.matter, "confirm", actor=actor, on=on, at=at)
        entry = perform(entry.matter, "submit", actor=actor, on=on, at=at)
        put_forward(entry, actor=actor)
    return entry


@transaction.atomic
def put_forward(entry: Entry, *, actor: Actor) -> int:
    """Link a suggestion that was just put forward to the opinions it was written from; how many. May run twice.

    It is the platform that writes into the opinion, in the deputy's name: a deputy has no say over the opinion itself.
    """
    rows = SuggestionSource.objects.of(entry.congress_id).filter(suggestion=entry.matter_id)
    sources = list(rows.select_related("opinion__matter__congress", "opinion__matter__responsible").order_by("pk"))
    if not sources:
        return 0
    platform = replace(actor, roles=frozenset({"system"}))
    can = [
        each.opinion
        for each in sources
        if each.opinion.matter.state in procedure_of(each.opinion.matter).action("raise").to
    ]
    lay(can, target=entry.matter, actor=platform, on=entry.on, at=entry.at)
    rows.delete()
    return len(can)


def write_into(matters: Iterable[Matter], action: str, *, data: Mapping[str, object], on: date, at: datetime) -> int:
    """Take a system action on every matter whose state allows it; how many. Used by the jobs."""
    count = 0
    for matter in matters:
        if matter.state in procedure_of(matter).action(action).to:
            day = max(on, matter.opened_on)
            perform(matter, action, actor=system(matter.congress_id), on=day, at=at, data=data)
            count += 1
    return count


def _clean(text: str, most: int) -> str:
    try:
        return clean_text(text, most).strip()
    except UploadRefused as refusal:
        raise NotAllowed(sentence(refusal.code, refusal.params, "zh")) from refusal
