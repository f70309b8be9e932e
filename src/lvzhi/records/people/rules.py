"""Who may change the lists of bodies and people, and the sentence why not."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from lvzhi.core.permission import Rule, rule
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Congress

IMPORTING_ROLES: Final = frozenset({"general_office", "deputy_office", "operator"})


@rule(_("只能导入本级人大的机构和人员。"))
def is_of_the_congress(actor: Actor, congress: Congress) -> bool:
    """Whether the actor acts in this congress."""
    return actor.congress == congress.pk


@rule(_("只有常委会办公室、代表工作机构和平台运营者可以导入机构和人员。请联系其中一家。"))
def keeps_the_lists(actor: Actor, _congress: Congress) -> bool:
    """Whether keeping the lists is the actor's work."""
    return bool(actor.roles & IMPORTING_ROLES)


may_import_people: Rule[Actor, Congress] = is_of_the_congress & keeps_the_lists
