"""并案: opinions about the same thing are handled together; every author stays, and a merger can be undone."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from lvzhi.records.matters.models import Entry
from lvzhi.records.matters.perform import perform
from lvzhi.records.matters.refusals import NotAllowed
from lvzhi.records.people.actor import system
from lvzhi.work.opinions.actions.act import Act
from lvzhi.work.opinions.models import Merger, Opinion

ANSWERED_STATES = frozenset({"answer_check", "result_check", "replied", "result_returned"})


def find_the_lead(act: Act) -> None:
    """Find the opinion to merge into by its number. Raises NotAllowed with what to mend."""
    number = " ".join(str(act.data.get("lead") or "").split())
    rows = Opinion.objects.of(act.actor.congress).select_related("matter", "merged_into__matter")
    lead = rows.filter(matter__number=number).first()
    if lead is None:
        raise NotAllowed(_("没有编号是「%(number)s」的意见，请照「意 2026-0128」的样子填。") % {"number": number[:30]})
    lead = lead.merged_into or lead
    if lead.pk == act.on_opinion.pk:
        raise NotAllowed(_("不能把一件意见并入它自己。"))
    if not lead.matter.is_open:
        raise NotAllowed(_("%(number)s 已经办结，不能再并入；可以把两件连起来。") % {"number": lead.matter.number})
    if lead.matter.state in ANSWERED_STATES:
        raise NotAllowed(_("%(number)s 已经答复，不能再并入；可以把两件连起来。") % {"number": lead.matter.number})
    act.kept["lead"] = lead
    act.data["lead"] = lead.matter.number


def merged(act: Act, entry: Entry) -> None:
    """Note the merger; what was merged into this opinion before follows it to the new lead."""
    opinion, lead = act.on_opinion, act.kept["lead"]
    _lead_to(lead, [*opinion.merged.all(), opinion], act, entry.at)


def _lead_to(lead: Opinion, members: list[Opinion], act: Act, at: datetime) -> None:
    rows = Merger.objects.of(lead.congress_id)
    rows.filter(member__in=members, ended_at=None).update(ended_at=at, ended_because="moved")
    Opinion.objects.of(lead.congress_id).filter(pk__in=[each.pk for each in members]).update(merged_into=lead)
    Merger.objects.bulk_create(
        Merger(congress_id=lead.congress_id, lead=lead, member=each, made_at=at, by_id=act.actor.account)
        for each in members
    )


def parted(act: Act, entry: Entry) -> None:
    """Undo the merger: the opinion goes its own way again, and the merger stays on record."""
    opinion = Opinion.objects.of(entry.congress_id).get(matter=entry.matter_id)
    reason = str(act.data.get("reason") or "")[:200]
    _end(opinion, entry.at, reason)


def _end(opinion: Opinion, at: datetime, reason: str) -> None:
    Merger.objects.of(opinion.congress_id).filter(member=opinion, ended_at=None).update(
        ended_at=at, ended_because=reason
    )
    opinion.merged_into = None
    opinion.save(update_fields=["merged_into"])


def withdrawn(act: Act, entry: Entry) -> None:
    """A member that withdraws leaves its cluster; when the lead withdraws, the oldest member takes its place."""
    opinion = Opinion.objects.of(entry.congress_id).get(matter=entry.matter_id)
    if opinion.merged_into_id:
        _end(opinion, entry.at, "withdrawn")
        return
    members = list(opinion.merged.select_related("matter__congress", "matter__responsible").order_by("pk"))
    if not members:
        return
    heir, others = members[0], members[1:]
    _end(heir, entry.at, "the lead withdrew")
    perform(heir.matter, "promote", actor=system(entry.congress_id), on=entry.on, at=entry.at)
    if others:
        _lead_to(heir, others, act, entry.at)
