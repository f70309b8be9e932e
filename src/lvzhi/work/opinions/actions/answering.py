"""答复: an answer meets every point, goes out or first to be checked, and reaches everyone it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from lvzhi.core.text import fingerprint
from lvzhi.records.jobs.models import Job
from lvzhi.records.jobs.worker import enqueue
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.perform import perform
from lvzhi.records.matters.procedures import procedure_of
from lvzhi.records.matters.refusals import ActRefused, FieldsMissing, NotAllowed
from lvzhi.records.people.actor import Actor, system
from lvzhi.work.opinions import checking, papers
from lvzhi.work.opinions.actions.act import Act
from lvzhi.work.opinions.actions.publishing import refresh_reply
from lvzhi.work.opinions.models import Answer, Opinion

ANSWERED = "opinion-answered"
"""The job that passes an answer on to everyone whose opinion was merged into the one answered."""
LEAST_SAID = 2


def choose_the_way_out(act: Act) -> None:
    """Put the answer together, and decide whether it goes out or first to be checked. Raises ActRefused."""
    opinion = act.on_opinion
    points = list(opinion.points)
    by_point = [str(said).strip() for said in act.data.get("by_point") or ()] if points else []
    opening = str(act.data.get("reply") or "")
    if by_point:
        act.data["reply"] = _together(opening, points, by_point)
    print_ = fingerprint("\n".join([opening, *by_point]))
    others = {print_} if _said_before(opinion, print_) else set()
    flags = checking.flags_of(
        opening, opinion.text, points, by_point=by_point, subject=opinion.matter.title, others=others
    )
    act.kept.update(by_point=by_point, flags=flags, fingerprint=print_)
    mode = procedure_of(opinion.matter).values.get("answer_check", "none")
    ours = "petition_office" in act.actor.roles
    if not ours and (mode == "all" or (mode == "flagged" and flags)):
        act.name = "propose_answer"


def _said_before(opinion: Opinion, print_: str) -> bool:
    """Whether the body gave the very same answer to another opinion. One statement."""
    body = opinion.matter.responsible_id
    rows = Answer.objects.of(opinion.congress_id).filter(body=body, fingerprint=print_).exclude(opinion=opinion)
    return body is not None and rows.exists()


def _together(opening: str, points: Sequence[str], said: Sequence[str]) -> str:
    """The answer as one text: the opening, then each point with what is said to it."""
    if len(said) != len(points):
        raise NotAllowed(_("这件意见有 %(n)s 点，请逐点答复。") % {"n": len(points)})
    open_points = [place for place, words in enumerate(said, 1) if len(words) < LEAST_SAID]
    if open_points:
        places = _("、").join(str(place) for place in open_points)
        raise FieldsMissing(
            _("第 %(places)s 点还没有答。来信人问了几点，就答几点。") % {"places": places},
            [f"point_{place}" for place in open_points],
        )
    lines = [f"{place}. {point}\n{words}" for place, (point, words) in enumerate(zip(points, said, strict=True), 1)]
    return "\n\n".join([opening, *lines] if opening else lines)


def take_what_waits(act: Act) -> None:
    """Load the answer that waits to be checked. Raises NotAllowed where there is none."""
    waiting = act.on_opinion.answers.filter(verdict=Answer.Verdict.WAITING).first()
    if waiting is None:
        raise NotAllowed(_("现在没有等着核的答复，请刷新页面看看。"))
    act.kept["answer"] = waiting
    if act.name == "pass_answer":
        act.data["reply"] = waiting.text


def _keep(act: Act, entry: Entry, verdict: str) -> Answer:
    opinion = act.on_opinion
    return Answer.objects.create(
        congress_id=entry.congress_id,
        opinion=opinion,
        round=opinion.round,
        body=entry.matter.responsible,
        text=str(act.data.get("reply") or ""),
        by_point=act.kept["by_point"],
        flags=[flag.as_json() for flag in act.kept["flags"]],
        fingerprint=act.kept["fingerprint"],
        verdict=verdict,
        given_on=entry.on,
    )


def waits(act: Act, entry: Entry) -> None:
    """The answer waits for the petition office to check it."""
    _keep(act, entry, Answer.Verdict.WAITING)


def gone_out(act: Act, entry: Entry) -> None:
    """The answer went out unchecked."""
    _keep(act, entry, Answer.Verdict.UNCHECKED)
    _reached(act.on_opinion, str(act.data.get("reply") or ""), entry)


def passed(act: Act, entry: Entry) -> None:
    """The office has passed the answer, and it goes out."""
    answer: Answer = act.kept["answer"]
    answer.verdict, answer.checked_on = Answer.Verdict.PASSED, entry.on
    answer.save(update_fields=["verdict", "checked_on"])
    _reached(act.on_opinion, answer.text, entry)


def sent_back(act: Act, entry: Entry) -> None:
    """The office asks for another answer, and says why."""
    answer: Answer = act.kept["answer"]
    answer.verdict, answer.checked_on = Answer.Verdict.SENT_BACK, entry.on
    answer.reason = str(act.data.get("reason") or "")
    answer.save(update_fields=["verdict", "checked_on", "reason"])


def gone_out_together(act: Act, entry: Entry) -> None:
    """A merged opinion was answered along with its lead."""
    opinion = Opinion.objects.of(entry.congress_id).select_related("matter").get(matter=entry.matter_id)
    _reached(opinion, str(act.data.get("reply") or ""), entry)


def _reached(opinion: Opinion, reply: str, entry: Entry) -> None:
    """Store the answer where pages read it; those merged into this opinion are answered by the worker."""
    opinion.reply, opinion.replied_on = reply, entry.on
    opinion.save(update_fields=["reply", "replied_on"])
    refresh_reply(opinion, entry)
    payload = {"opinion": str(opinion.pk), "entry": str(entry.pk)}
    if opinion.merged.exists():
        enqueue(ANSWERED, congress_id=entry.congress_id, payload=payload, at=entry.at)


def after_answered(job: Job, at: datetime) -> None:
    """Answer every opinion merged into this one with the same words; each author rates alone. Runs in the worker."""
    del at
    lead = Opinion.objects.of(job.congress_id).select_related("matter__responsible").get(pk=job.payload["opinion"])
    entry = Entry.objects.of(job.congress_id).get(pk=job.payload["entry"])
    for member in lead.merged.select_related("matter__congress", "matter__responsible").order_by("pk"):
        if member.matter.state == "merged":
            answer_together(member.matter, lead=lead, actor=system(lead.congress_id), entry=entry)


def answer_together(matter: Matter, *, lead: Opinion, actor: Actor, entry: Entry) -> None:
    """一并答复: give a merged opinion the answer of its lead, in the name of the body that answered."""
    data: dict[str, Any] = {"reply": lead.reply}
    matter.responsible = lead.matter.responsible
    made = perform(matter, "answer_together", actor=actor, on=entry.on, at=entry.at, data=data)
    gone_out_together(Act("answer_together", data, actor, entry.on, entry.at), made)
    papers.issue_for(made, data)


__all__ = ["ANSWERED", "ActRefused", "after_answered", "answer_together"]
