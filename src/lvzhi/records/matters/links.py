"""Tying two matters together by a typed thread that both of them show."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lvzhi.core.permission import rule
from lvzhi.records.matters.models import Link, Matter
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import Actor


@rule(gettext_lazy("把两件事连起来，由常委会机关的工作人员办。"))
def may_connect(actor: Actor, matter: Matter) -> bool:
    """The office sees both ends; a body would learn of matters that are not its own."""
    return actor.is_staff and actor.congress == matter.congress_id


def connect(source: Matter, *, number: str, kind: Link.Kind, actor: Actor, on: date) -> Link:
    """Lay a thread from `source` to the matter with this number, as in: the opinion *raised* the suggestion.

    Raises NotAllowed with what to mend. Two statements.
    """
    if why := may_connect.why_not(actor, source):
        raise NotAllowed(why)
    target = Matter.objects.visible_to(actor).filter(number=" ".join(number.split())).first()
    if target is None:
        raise NotAllowed(_("没有编号是「%(number)s」的事项，请照「意 2026-0128」的样子填。") % {"number": number[:30]})
    if target.pk == source.pk:
        raise NotAllowed(_("不能把一件事和它自己连起来。"))
    try:
        with transaction.atomic():
            return Link.objects.create(
                congress_id=source.congress_id, source=source, target=target, kind=kind, since=on
            )
    except IntegrityError as error:
        raise NotAllowed(_("这两件事已经这样连着了。")) from error
