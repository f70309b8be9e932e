"""Who may do what with an opinion beyond what the procedure itself says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from lvzhi.core.permission import rule
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.actor import Actor


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
