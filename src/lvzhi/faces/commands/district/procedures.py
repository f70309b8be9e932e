"""Replaying the made-up deputies' suggestions and special work reports, act by act, through the one door."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from lvzhi.faces.commands.district.moments import by_now
from lvzhi.faces.commands.district.replay import Cast
from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.perform import Opening, open_matter, perform
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Body, Congress, Person
from lvzhi.work.opinions.actions.raising import put_forward
from lvzhi.work.opinions.models import Opinion, SuggestionSource

Step = tuple[str, str, int, dict[str, object]]
"""An action, who takes it, how many days after the beginning, and the values of its fields."""

WRITTEN = "正文.docx"


class Told(Exception):
    """The story has reached today: what would come later has not happened."""


class Teller:
    """Takes the acts of one matter in order, each by somebody who may."""

    def __init__(self, congress: Congress, cast: Cast, begins: date) -> None:
        self.congress, self.cast, self.begins, self.day = congress, cast, begins, begins
        self.matter: Matter | None = None
        self.actors: dict[str, Actor] = {}

    def office(self, role: str, name: str) -> None:
        """Somebody of the office in this role."""
        self.actors[role] = Actor(congress=self.congress.pk, name=name, roles=frozenset({role}))

    def speaker(self, role: str, body: Body, name: str) -> None:
        """Somebody who speaks for a body in this role."""
        self.actors[role] = Actor(
            congress=self.congress.pk,
            name=name,
            roles=frozenset({role}),
            bodies=frozenset({body.pk}),
            body_names=(body.name,),
        )

    def open(self, procedure: str, action: str, by: str, opening: Opening, data: dict[str, object]) -> None:
        """Begin the matter."""
        entry = open_matter(
            procedure, action, congress=self.congress, actor=self.actors[by], on=self.begins, at=_at(self.begins),
            opening=opening, data=data,
        )  # fmt: skip
        self.matter = entry.matter

    def _day_of(self, value: object) -> object:
        """The day of the act where a story leaves a date open; so many days from today where it gives a number."""
        if value is None:
            return self.day
        return self.cast.today + timedelta(days=value) if isinstance(value, int) else value

    def take(self, step: Step) -> None:
        """Take one act, not before the last one; raises Told when its day has not come."""
        action, by, days, data = step
        self.day = max(self.day, self.begins + timedelta(days=days))
        if self.day > self.cast.today or self.matter is None:
            raise Told
        data = {name: self._day_of(value) for name, value in data.items()}
        facts = {"opinion_adopted": True, "items_answered": True, "contact_logged": True, "cosigners_confirmed": True}
        perform(
            self.matter.pk, action, actor=self.actors[by], on=self.day, at=_at(self.day), data=data, facts=facts
        )  # fmt: skip


def _at(day: date) -> datetime:
    return by_now(datetime.combine(day, time(3, 0), tzinfo=UTC))


def _told(congress: Congress, procedure: str, title: str) -> bool:
    return Matter.objects.of(congress).filter(procedure=procedure, title=title).exists()


def _run(teller: Teller, steps: list[Step]) -> None:
    try:
        for step in steps:
            teller.take(step)
    except Told:
        return


@transaction.atomic
def tell_suggestion(row: dict[str, Any], cast: Cast) -> bool:
    """One suggestion up to where it stands today; False if it was told before."""
    congress = cast.congress
    if _told(congress, "deputy_suggestion", row["title"]):
        return False
    people = {person.slug: person for person in Person.objects.of(congress)}
    lead, body = people[row["lead"]], cast.bodies[row["body"]]
    teller = Teller(congress, cast, cast.today - timedelta(days=row["submitted"]))
    teller.actors["lead_deputy"] = Actor(
        congress=congress.pk, name=lead.name, roles=frozenset({"deputy", "lead_deputy"}), person=lead.pk
    )
    teller.office("deputy_office", "唐书怡")
    teller.office("council", "主任会议")
    teller.speaker("supervised_body", body, f"{body.short}经办人")
    opening = Opening(title=row["title"], category=row["category"], persons={"lead_deputy": lead.pk, "deputy": lead.pk})
    values: dict[str, object] = {"title": row["title"], "facts": row["text"], "proposal": row["text"].split("建议")[-1]}
    teller.open("deputy_suggestion", "draft", "lead_deputy", opening, values)
    _raise_from(row["sources"], teller)
    _run(teller, _suggestion_steps(row, body))
    if teller.matter is not None and (put := teller.matter.entries.filter(action="submit").first()):
        put_forward(put, actor=teller.actors["lead_deputy"])
    return True


def _raise_from(sources: list[str], teller: Teller) -> None:
    """The opinions it is written from; they learn of it when it is put forward."""
    names = [f"demo:{source}" for source in sources]
    for opinion in Opinion.objects.of(teller.congress).filter(source_id__in=names):
        if teller.matter is not None:
            SuggestionSource.objects.create(congress=teller.congress, suggestion=teller.matter, opinion=opinion)


def _suggestion_steps(row: dict[str, Any], body: Body) -> list[Step]:
    path = row["path"]
    if path == "drafted":
        return []
    steps: list[Step] = [("confirm", "lead_deputy", 0, {})]
    if path == "confirmed":
        return steps
    steps.append(("submit", "lead_deputy", 0, {}))
    if path == "withdrawn":
        return [*steps, ("withdraw", "lead_deputy", 2, {"reason": row["reason"]})]
    if path == "submitted":
        return steps
    steps.append(("register", "deputy_office", 1, {}))
    if path == "refused":
        return [*steps, ("refuse", "deputy_office", 3, {"ground": "pending_case", "note": row["reason"]})]
    if path == "registered":
        return steps
    assigned = int(row["assigned_days"])
    steps.append(("assign", "deputy_office", assigned, {"body": body}))
    if row.get("key_supervised"):
        steps.append(("mark_key", "council", assigned + 1, {}))
    if path == "escalated":
        way = "报市人大常委会代表工作机构"
        return [*steps, ("escalate", "deputy_office", assigned + 70, {"escalated_to": way, "reason": row["reason"]})]
    if path != "assigned":
        steps += _handling_steps(row, assigned)
    return steps


def _handling_steps(row: dict[str, Any], assigned: int) -> list[Step]:
    path, unit = row["path"], "supervised_body"
    accepted = int(row.get("accepted_days") or 3)
    steps: list[Step] = [("accept", unit, assigned + accepted, {"responsible": "分管负责人"})]
    for days in row.get("contact_days") or ():
        content = "就事由和建议逐条听取代表意见，商定答复的重点。"
        steps.append(("log_contact", unit, assigned + days, {"contacted_on": None, "way": "visit", "content": content}))
    if row.get("extended"):
        steps.append(("grant_extension", "deputy_office", assigned + 80, {"reason": row["reason"]}))
    if not row.get("reply_days"):
        return steps
    replied = assigned + int(row["reply_days"])
    steps.append(("reply", unit, replied, {"reply": row["reply"]}))
    if not row.get("feedback_days"):
        return steps
    heard = replied + int(row["feedback_days"])
    steps.append(("feedback", "lead_deputy", heard, {"opinion": row["feedback_text"], "rating": row["feedback"]}))
    if path == "rehandling":
        steps.append(("redo", "deputy_office", heard + 5, {"reason": row["reason"]}))
    if path == "committed_follow_up":
        steps.append(("commit", "deputy_office", heard + 3, _promise(row["commitment"])))
    if path == "closed":
        steps.append(("close", "deputy_office", heard + 10, {}))
    return steps


def _promise(commitment: dict[str, Any]) -> dict[str, object]:
    return {"commitment": commitment["text"], "promised_on": commitment["due_in_days"]}


@transaction.atomic
def tell_report(row: dict[str, Any], cast: Cast) -> bool:
    """One special work report up to where it stands today; False if it was told before."""
    congress = cast.congress
    if _told(congress, "special_report", row["title"]):
        return False
    body, office = cast.bodies[row["reporting_body"]], cast.bodies[row["working_body"]]
    meeting = cast.today - timedelta(days=row["meeting"])
    teller = Teller(congress, cast, meeting - timedelta(days=75))
    teller.office("general_office", "方静川")
    teller.office("council", "主任会议")
    teller.office("standing_committee", "区人大常委会")
    presenter = Person.objects.of(congress).get(slug=row["presenter"]).name
    teller.speaker("supervised_body", body, presenter)
    teller.speaker("working_body", office, f"{office.short}经办人")
    opening = Opening(title=row["title"], responsible=body, bodies={"working_body": office})
    values: dict[str, object] = {"topic": row["topic"], "body": body, "meeting_date": meeting}
    teller.open("special_report", "schedule", "general_office", opening, values)
    _run(teller, _report_steps({**row, "presenter": presenter}))
    return True


def _report_steps(row: dict[str, Any]) -> list[Step]:
    items = "\n".join(f"{item['no']}. {item['text']}" for item in row["items"])
    before: list[Step] = [
        ("plan_work", "working_body", 5, {"file": WRITTEN}),
        ("add_research_report", "working_body", 40, {"file": WRITTEN}),
        ("forward_opinions", "general_office", 45, {"opinions": row.get("research") or row["summary"]}),
        ("consult_draft", "supervised_body", 53, {"file": WRITTEN}),
        ("submit_report", "supervised_body", 64, {"file": WRITTEN}),
        ("distribute", "general_office", 66, {}),
        ("hear", "general_office", 75, {"presented_by": row["presenter"]}),
        ("compile", "working_body", 80, {"opinions": items}),
        ("send_opinion", "general_office", 84, {"received_on": None}),
    ]
    if row["path"] == "draft_under_consultation":
        return before[:4]
    received = 75 + row["meeting"] - int(row.get("opinion_received") or 0)
    after: list[Step] = []
    if row.get("plan_days"):
        after.append(("send_plan", "supervised_body", received + row["plan_days"], {"file": WRITTEN}))
    if row.get("handling_report_days"):
        days = received + row["handling_report_days"]
        after.append(("consult_handling", "supervised_body", days - 10, {"file": WRITTEN}))
        after.append(("report_handling", "supervised_body", days, {"file": WRITTEN}))
        if row["path"] in {"evaluated", "closed"}:
            after.append(("evaluate", "council", days + 10, {}))
        if row["path"] == "closed":
            after.append(("follow_up", "standing_committee", days + 20, {}))
            after.append(("close", "council", days + 200, {}))
    return [*before, *after]
