"""公开: what the public reads is the citizen's own words with stretches blacked out, never words touched up.

The stored original is not changed. Each stretch is kept as a `Redaction`: where it stands, what kind, who covered it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.perform import perform
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import system
from lvzhi.work.opinions import covering
from lvzhi.work.opinions.actions import posting
from lvzhi.work.opinions.actions.act import Act
from lvzhi.work.opinions.models import Opinion, Redaction
from lvzhi.work.opinions.rules import ACCUSATION, why_not_public


@dataclass(frozen=True, slots=True)
class Cover:
    """One stretch to black out: `part` of `Redaction.Part`, where it starts, how long it is (characters), its kind."""

    part: str
    start: int
    length: int
    kind: str
    was_suggested: bool = False


def black_out(act: Act) -> None:
    """Check what is to be covered; `covers` (a list of `Cover`) missing, all that was found by itself is covered.

    Raises NotAllowed when the sender did not agree to publication, it is an accusation, or a cover lies outside its
    text.
    """
    opinion = act.on_opinion
    if why := why_not_public(opinion):
        raise NotAllowed(why)
    given: Sequence[Cover] | None = act.data.pop("covers", None)
    texts = texts_of(opinion)
    if given is None:
        given = [cover for part, text in texts.items() for cover in suggested(part, text)]
    for cover in given:
        if cover.part not in texts or not 0 <= cover.start < cover.start + cover.length <= len(texts[cover.part]):
            raise NotAllowed(_("要遮的地方不在原文里，请刷新页面再选。"))
    act.kept["covers"] = list(given)


def texts_of(opinion: Opinion) -> dict[str, str]:
    """The parts of an opinion that the public may come to read, by `Redaction.Part`."""
    part = Redaction.Part
    return {part.TITLE: opinion.matter.title, part.TEXT: opinion.text, part.REPLY: opinion.reply}


def suggested(part: str, text: str) -> list[Cover]:
    """What is covered by itself: every stretch that is surely personal."""
    return [
        Cover(part, span.start, span.end - span.start, span.kind, was_suggested=True)
        for span in covering.personal(text)
        if span.is_sure
    ]


def published(act: Act, entry: Entry) -> None:
    """Put the covered words on the board, and keep the log of what was covered."""
    opinion, covers, texts = act.on_opinion, act.kept["covers"], texts_of(act.on_opinion)
    opinion.redactions.all().delete()
    _log(opinion, covers, act.actor.account, entry)
    shown = {part: covering.covered(text, _of(covers, part)) for part, text in texts.items()}
    opinion.public_title, opinion.public_text, opinion.public_reply = (
        shown[Redaction.Part.TITLE], shown[Redaction.Part.TEXT], shown[Redaction.Part.REPLY],
    )  # fmt: skip
    opinion.save(update_fields=["public_title", "public_text", "public_reply"])
    Matter.objects.of(entry.congress_id).filter(pk=entry.matter_id).update(is_public=True, published_at=entry.at)
    posting.follow(entry.congress_id, entry.matter_id)


def _of(covers: Sequence[Cover], part: str) -> list[tuple[int, int, str]]:
    return [(cover.start, cover.start + cover.length, cover.kind) for cover in covers if cover.part == part]


def _log(opinion: Opinion, covers: Sequence[Cover], account: UUID | None, entry: Entry) -> None:
    Redaction.objects.bulk_create(
        Redaction(
            congress_id=opinion.congress_id,
            opinion=opinion,
            part=cover.part,
            start=cover.start,
            length=cover.length,
            kind=cover.kind,
            was_suggested=cover.was_suggested,
            by_id=account,
            at=entry.at,
        )
        for cover in covers
    )


def refresh_reply(opinion: Opinion, entry: Entry) -> None:
    """A new answer to an opinion that is public already is shown with what is surely personal covered."""
    if not entry.matter.is_public:
        return
    covers = suggested(Redaction.Part.REPLY, opinion.reply)
    opinion.redactions.filter(part=Redaction.Part.REPLY).delete()
    _log(opinion, covers, None, entry)
    opinion.public_reply = covering.covered(opinion.reply, _of(covers, Redaction.Part.REPLY))
    opinion.save(update_fields=["public_reply"])


def kind_known(act: Act, entry: Entry) -> None:
    """A matter found to be an accusation is taken off the board at once (信访工作条例第三十条第三款)."""
    if act.data.get("kind") == ACCUSATION:
        _take_off(act, entry, _("属于检举控告类事项，依法不公开。"))


def sender_withdrew(act: Act, entry: Entry) -> None:
    """What its sender takes back is not shown any longer: the words were theirs, and so was the leave to show them."""
    _take_off(act, entry, _("来信人撤回了这件意见。"))


def _take_off(act: Act, entry: Entry, why: str) -> None:
    if not entry.matter.is_public:
        return
    acting = system(entry.congress_id)
    unpublished(act, perform(entry.matter, "unpublish", actor=acting, on=entry.on, at=entry.at, data={"reason": why}))


def unpublished(act: Act, entry: Entry) -> None:
    """Take it off the board; what was published stays known to the office through the ledger."""
    del act
    Matter.objects.of(entry.congress_id).filter(pk=entry.matter_id).update(is_public=False, published_at=None)
    posting.follow(entry.congress_id, entry.matter_id)
