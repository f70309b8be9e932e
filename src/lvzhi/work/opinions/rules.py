"""Who may do what with an opinion beyond what the procedure itself says."""

from __future__ import annotations

from typing import Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lvzhi.core.permission import Rule, rule
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress
from lvzhi.work.opinions.models import Opinion, RevisitCase

REVISITING: Final = frozenset({"deputy_office", "general_office"})
RAISING: Final = frozenset({"petition_office", "deputy_office"})


@rule(_("来信人信息只给本级人大信访工作机构看。承办单位只看内容。"))
def may_read_sender(actor: Actor, matter: Matter) -> bool:
    """信访工作条例: the particulars of a petitioner are not passed on with the petition."""
    return actor.congress == matter.congress_id and "petition_office" in actor.roles


ACCUSATION = "accusation"
"""The kind of matter (事项类别) that is never made public."""


def is_accusation(matter: Matter) -> bool:
    """Whether the matter was accepted or assigned as an accusation (信访工作条例第三十条第三款). One statement."""
    last = matter.entries.filter(action__in=["accept", "assign"]).order_by("-seq").first()
    return last is not None and last.data.get("kind") == ACCUSATION


def why_not_public(opinion: Opinion) -> str:
    """Why an opinion cannot be published, or "". One statement at most; `matter` is loaded."""
    if not opinion.may_publish:
        return str(_("来信人没有同意公开这条意见，不能公布。"))
    if is_accusation(opinion.matter):
        return str(_("检举控告类事项不公开，也不能透露给被检举、控告的人（信访工作条例第三十条第三款）。"))
    return ""


@rule(_("回访由代表工作机构或者常委会办公室组织，信访工作机构和承办单位不参加。请联系其中一家。"))
def keeps_revisits(actor: Actor, congress: Congress) -> bool:
    """An office that neither sorts opinions nor answers them; who also sits in the petition office has a part."""
    return actor.congress == congress.pk and bool(actor.roles & REVISITING) and "petition_office" not in actor.roles


@rule(_("这件事您经手过，回访要由没有经手的人来做。请换一位同事。"))
def has_no_part(actor: Actor, opinion: Opinion) -> bool:
    """Whether the actor neither acted on the matter, nor on the one it was merged into, nor is of the body in charge.

    A call at an earlier re-visit is no part in the matter. One statement; `matter` is loaded.
    """
    if actor.account is None or opinion.matter.responsible_id in actor.bodies:
        return False  # who cannot be told apart cannot be shown to have had no part
    theirs = Q(matter=opinion.matter_id)
    if opinion.merged_into_id:
        theirs |= Q(matter__opinion=opinion.merged_into_id)
    acts = Entry.objects.of(opinion.congress_id).filter(theirs, actor_account=actor.account)
    return not acts.exclude(action="revisit").exists()


@rule(_("这次抽签已经有结果，或者这一轮已经结束，来信人信息不再打开。"))
def _is_to_be_called(_actor: Actor, case: RevisitCase) -> bool:
    return not case.is_settled and case.round.closed_on is None


@rule(_("来信人没有留下联系方式，或者已经到期删除。请记「没有联系上」。"))
def _left_a_contact(_actor: Actor, case: RevisitCase) -> bool:
    return case.opinion.sender_id is not None


def _keeps(actor: Actor, case: RevisitCase) -> str:
    return keeps_revisits.why_not(actor, case.congress)


def _no_part(actor: Actor, case: RevisitCase) -> str:
    return has_no_part.why_not(actor, case.opinion)


may_call: Rule[Actor, RevisitCase] = Rule(_keeps) & Rule(_no_part) & _is_to_be_called & _left_a_contact
"""Who reads a drawn sender's number, and only to ask them: the one use for which this office may open the seal."""


@rule(_("提出监督线索由信访工作机构或者代表工作机构办。"))
def may_raise(actor: Actor, congress: Congress) -> bool:
    """Those who gather what letters speak of (监督法 第十二条第一款第五项) and those who serve the deputies."""
    return actor.congress == congress.pk and bool(actor.roles & RAISING)


@rule(_("这条意见没有公开，也没有推荐给您，不能据此写建议。"))
def may_write_from(actor: Actor, opinion: Opinion) -> bool:
    """Public, received by the deputy, or recommended to them. At most one statement; `matter` is loaded."""
    if actor.congress != opinion.congress_id or actor.person is None:
        return False
    if opinion.matter.is_public or opinion.deputy_id == actor.person:
        return True
    return opinion.matter.parties.filter(person=actor.person).exists()
