"""Who keeps the texts, and the sentence why not."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from lvzhi.core.permission import Rule, rule
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.statutes.models import Edition, Work

KEEPERS: Final = frozenset({"filing_review_office", "general_office"})
"""备案审查工作机构 lives by the texts it reviews against; the general office publishes what the committee passes."""


@rule(_("法律文本由备案审查工作机构和常委会办公室管理。请联系其中一家。"))
def keeps_the_texts(actor: Actor, congress: Congress) -> bool:
    """Whether keeping the library of this congress is the actor's work; who runs the command imports as the system."""
    return actor.congress == congress.pk and bool(actor.roles & (KEEPERS | {"system"}))


@rule(_("这个版本已经公布，不能再改。要更正请另存一份更正稿并写明原因。"))
def is_a_draft(_actor: Actor, edition: Edition) -> bool:
    """Whether an edition may still be changed."""
    return edition.state == Edition.State.DRAFT


@rule(_("法律文本由备案审查工作机构和常委会办公室管理。请联系其中一家。"))
def keeps_the_edition(actor: Actor, edition: Edition) -> bool:
    """Whether the edition belongs to a library the actor keeps."""
    return actor.congress == edition.congress_id and bool(actor.roles & KEEPERS)


@rule(_("法律文本由备案审查工作机构和常委会办公室管理。请联系其中一家。"))
def keeps_the_work(actor: Actor, work: Work) -> bool:
    """Whether the work belongs to a library the actor keeps."""
    return actor.congress == work.congress_id and bool(actor.roles & KEEPERS)


may_keep: Rule[Actor, Congress] = keeps_the_texts
may_publish: Rule[Actor, Edition] = keeps_the_edition & is_a_draft
may_correct: Rule[Actor, Edition] = keeps_the_edition
may_describe: Rule[Actor, Work] = keeps_the_work
