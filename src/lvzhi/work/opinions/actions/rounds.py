"""评价与重办: what the sender says of it, and another round with its own clock."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lvzhi.records.matters import joining
from lvzhi.records.matters.models import Entry
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.work.opinions.actions.act import Act
from lvzhi.work.opinions.models import Opinion
from lvzhi.work.opinions.rules import has_no_part

MOST_ROUNDS = 3
"""So many rounds may be begun by the sender; a further one is the office's to begin."""


def choose_where_it_goes(act: Act) -> None:
    """A matter goes back to the body that handled it: one we supervise, or one of our own. Raises NotAllowed."""
    opinion = act.on_opinion
    if "citizen" in act.actor.roles and opinion.round >= MOST_ROUNDS:
        raise NotAllowed(
            _(
                "已经重新办理过 %(n)s 次了，再办请打电话找信访办公室。"
                "对处理意见不服的，还可以自收到书面答复之日起三十日内请求复查。"
            )
            % {"n": opinion.round - 1}
        )
    body = opinion.matter.responsible
    if body is None:
        raise NotAllowed(_("这件事没有承办单位，不能直接重办；请信访办公室先确定由谁办。"))
    act.name = "reopen" if body.is_supervised else "reopen_own"


def begun_anew(act: Act, entry: Entry) -> None:
    """A new round: what was rated belongs to the round before, and stays in the ledger."""
    opinion = act.on_opinion
    opinion.round += 1
    opinion.result_rating = opinion.process_rating = opinion.rating_comment = ""
    opinion.rated_on = None
    opinion.save(update_fields=["round", "result_rating", "process_rating", "rating_comment", "rated_on"])
    del entry


def rated(act: Act, entry: Entry) -> None:
    """评价: whether it was solved, and apart from it how the sender was treated."""
    Opinion.objects.of(entry.congress_id).filter(matter=entry.matter_id).update(
        result_rating=str(act.data.get("result") or ""),
        process_rating=str(act.data.get("process") or ""),
        rating_comment=str(act.data.get("comment") or ""),
        rated_on=entry.on,
        is_synthetic_rating=bool(act.data.get("is_synthetic")),
    )


def keep_the_first_day(act: Act) -> None:
    """What is restored is as old as it was: its clocks run from the day it was first received."""
    act.data["received_on"] = act.on_opinion.matter.opened_on


def say_if_it_is_the_last(act: Act) -> None:
    """The last contribution awaited ends the clock of all."""
    awaited = joining.waiting(act.on_opinion.matter.bound)
    ours = {str(body) for body in act.actor.bodies}
    if set(awaited.values()) <= ours:
        act.name = "conclude_contributions"


def ask_the_uninvolved(act: Act) -> None:
    """A re-visit is made by somebody who had no part in the matter. Raises NotAllowed."""
    if why := has_no_part.why_not(act.actor, act.on_opinion):
        raise NotAllowed(why)
