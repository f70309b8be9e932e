"""Drafts: a text taken in but not yet read by anybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.core import law
from lvzhi.core.law.structure.assemble import assemble, is_part
from lvzhi.records.documents.store import Ready
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.statutes import originals
from lvzhi.work.statutes.actions.reckoning import (
    TEXT_FIELDS,
    WORK_FIELDS,
    describe,
    digest_of,
    new_edition,
    new_work,
    set_text,
)
from lvzhi.work.statutes.actions.words import line, note, reason_of
from lvzhi.work.statutes.describing import Facts, facts_of, key_of_title
from lvzhi.work.statutes.models import Change, Edition, Incoming, SourceFile, Work
from lvzhi.work.statutes.reading import loses, with_parts
from lvzhi.work.statutes.rules import is_a_draft, may_correct, may_keep

MOST_DRAFTS = 5


def _checked(facts: Facts) -> Facts:
    title = line(facts.title, 300)
    if len(key_of_title(title)) < 2:
        raise NotAllowed(_("请填写题目，至少两个字。"))
    if facts.day is None:
        raise NotAllowed(_("请填写这个版本的日期：通过或者最近一次修改的日子。"))
    return replace(
        facts, title=title, region=line(facts.region, 40), organ=line(facts.organ, 120), number=line(facts.number, 60)
    )


def _work(congress: Congress, facts: Facts) -> Work:
    key = key_of_title(facts.title)
    work = Work.objects.of(congress).select_for_update().filter(key=key).first()
    if work is None:
        work = new_work(congress.pk, facts)
        if Work.objects.of(congress).filter(slug=work.slug).exists():
            raise NotAllowed(_("已经有一部网址相同的文件，请核对题目。"))
        work.save(force_insert=True)
    elif not Edition.objects.of(congress).published().filter(work=work).exists():
        describe(work, facts)
        work.save(update_fields=WORK_FIELDS)
    return work


@transaction.atomic
def draft(
    *,
    congress: Congress,
    document: law.Document,
    facts: Facts | None = None,
    original: Ready | None = None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Edition:
    """Take in a text as a draft of the edition that `facts` name; by default what the text says of itself.

    A part of a law joins the draft of the same edition that has the others. `original` is the file, where it is to
    be kept beside its words.
    Raises NotAllowed, also where that edition has been published: then `correct` is the verb.
    """
    if why := may_keep.why_not(actor, congress):
        raise NotAllowed(why)
    said = reason_of(reason)
    told = _checked(facts or facts_of(document))
    work = _work(congress, told)
    if any(edition.day == told.day for edition in Edition.objects.of(congress).published().filter(work=work)):
        raise NotAllowed(
            _("《%(title)s》%(day)s的版本已经公布。要换文字，请打开那个版本选“更正”。")
            % {"title": work.title, "day": told.day}
        )
    made = _join(work, document, told, reason=said, actor=actor, at=at)
    made = made or _store(work, document, told, reason=said, actor=actor, at=at)
    originals.keep([(made, original)] if original else [], at=at)
    return made


def _join(
    work: Work, document: law.Document, told: Facts, *, reason: str, actor: Actor, at: datetime
) -> Edition | None:
    """Add a part to the draft that has the others; None where there is none such."""
    if told.day is None:
        return None
    drafts = Edition.objects.of(work.congress_id).filter(work=work, day=told.day, state=Edition.State.DRAFT)
    for held in drafts.filter(replaces=None).order_by("-made_at").with_source()[:MOST_DRAFTS]:
        parts = with_parts(held, [document])
        if parts is None:
            continue
        before, whole = held.digest, assemble(parts)
        set_text(held, whole, replace(told, title=held.title, effective=held.effective), parts=parts)
        held.save(update_fields=TEXT_FIELDS)
        Incoming.objects.of(work.congress_id).filter(edition=held).update(digest=held.digest)
        detail = {"digest": [before, held.digest]}
        note(work, Change.Verb.DRAFTED, actor=actor, at=at, edition=held, reason=reason, detail=detail).save()
        return held
    return None


@transaction.atomic
def correct(
    edition: Edition,
    *,
    document: law.Document,
    original: Ready | None = None,
    reason: str,
    actor: Actor,
    at: datetime,
) -> Edition:
    """Take in a corrected text of a published edition as a draft that will take its place. Raises NotAllowed.

    A part of a law that fits is added to the text, or takes the place of the same part of it.
    """
    if why := may_correct.why_not(actor, edition):
        raise NotAllowed(why)
    if not edition.is_published:
        raise NotAllowed(_("只有已公布的版本可以更正；草稿请放弃后重新上传。"))
    said = reason_of(reason)
    told = facts_of(document)
    if key_of_title(told.title) != edition.work.key:
        raise NotAllowed(_("文件的题目是《%(title)s》，和要更正的文件不是同一部，请核对。") % {"title": told.title})
    document, parts = as_corrected(edition, document)
    if digest_of(document.source) == edition.digest:
        raise NotAllowed(_("这份文件和已公布的文字一字不差，没有要更正的内容。"))
    told = replace(told, day=edition.day, effective=edition.effective)
    made = _store(edition.work, document, told, parts=parts, reason=said, actor=actor, at=at, replaces=edition)
    originals.keep([(made, original)] if original else [], at=at)
    originals.carry_over([made])
    return made


def as_corrected(edition: Edition, document: law.Document) -> tuple[law.Document, tuple[law.Document, ...]]:
    """The whole text that a file would make of an edition, with its parts if several. One statement.

    Raises NotAllowed for a part of a law that fits neither beside nor in the place of what is there.
    """
    parts = with_parts(edition, [document])
    if parts is not None:
        return assemble(parts), parts
    if is_part(document) and loses(edition, document):
        raise NotAllowed(
            _(
                "这份文件只有一部分条文（%(first)s至%(last)s），和已公布的文字接不上。请上传全文，或者不缺条文的那一部分。"
            )
            % {"first": _label(document, 0), "last": _label(document, -1)}
        )
    return document, ()


def _label(document: law.Document, place: int) -> str:
    return document.units[document.articles[place]].label if document.articles else ""


def _store(
    work: Work,
    document: law.Document,
    facts: Facts,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    parts: tuple[law.Document, ...] = (),
    replaces: Edition | None = None,
) -> Edition:
    edition = new_edition(work, document, facts, parts=parts, actor=actor, at=at)
    edition.reason, edition.replaces = reason, replaces
    edition.save(force_insert=True)
    detail = {"digest": [replaces.digest if replaces else "", edition.digest]}
    note(work, Change.Verb.DRAFTED, actor=actor, at=at, edition=edition, reason=reason, detail=detail).save()
    return edition


@transaction.atomic
def drop(edition: Edition, *, reason: str, actor: Actor, at: datetime) -> None:
    """Give up a draft; that there was one stays on record. Raises NotAllowed."""
    if why := (may_correct & is_a_draft).why_not(actor, edition):
        raise NotAllowed(why)
    said = reason_of(reason)
    SourceFile.objects.of(edition.congress_id).filter(edition=edition).delete()  # the next import may bring them again
    note(edition.work, Change.Verb.DROPPED, actor=actor, at=at, edition=edition, reason=said).save()
    edition.delete()
