"""Drafts: a text taken in but not yet read by anybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lvzhi.core import law
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.statutes.actions.reckoning import WORK_FIELDS, describe, digest_of, new_edition, new_work
from lvzhi.work.statutes.actions.words import line, note, reason_of
from lvzhi.work.statutes.describing import Facts, facts_of, key_of_title
from lvzhi.work.statutes.models import Change, Edition, Work
from lvzhi.work.statutes.rules import is_a_draft, may_correct, may_keep


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
    *, congress: Congress, document: law.Document, facts: Facts | None = None, reason: str, actor: Actor, at: datetime
) -> Edition:
    """Take in a text as a draft of the edition that `facts` name; by default what the text says of itself.

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
    return _store(work, document, told, reason=said, actor=actor, at=at)


@transaction.atomic
def correct(edition: Edition, *, document: law.Document, reason: str, actor: Actor, at: datetime) -> Edition:
    """Take in a corrected text of a published edition as a draft that will take its place. Raises NotAllowed."""
    if why := may_correct.why_not(actor, edition):
        raise NotAllowed(why)
    if not edition.is_published:
        raise NotAllowed(_("只有已公布的版本可以更正；草稿请放弃后重新上传。"))
    said = reason_of(reason)
    if digest_of(document.source) == edition.digest:
        raise NotAllowed(_("这份文件和已公布的文字一字不差，没有要更正的内容。"))
    told = facts_of(document)
    if key_of_title(told.title) != edition.work.key:
        raise NotAllowed(_("文件的题目是《%(title)s》，和要更正的文件不是同一部，请核对。") % {"title": told.title})
    told = replace(told, day=edition.day, effective=edition.effective)
    return _store(edition.work, document, told, reason=said, actor=actor, at=at, replaces=edition)


def _store(
    work: Work,
    document: law.Document,
    facts: Facts,
    *,
    reason: str,
    actor: Actor,
    at: datetime,
    replaces: Edition | None = None,
) -> Edition:
    edition = new_edition(work, document, facts, parts=(), actor=actor, at=at)
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
    note(edition.work, Change.Verb.DROPPED, actor=actor, at=at, edition=edition, reason=reason_of(reason)).save()
    edition.delete()
