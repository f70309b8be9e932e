"""One act on one matter, between the lock and the commit: see `perform`, the only one to call it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lvzhi.core.procedure import (
    Action,
    ClockRun,
    Procedure,
    Refused,
    Text,
    advance,
    anchors_after,
    apply,
    missing_fields,
)
from lvzhi.core.upload import clean_text
from lvzhi.records.jobs.models import Job
from lvzhi.records.matters import joining, standing
from lvzhi.records.matters.ledger import jsonable, seal_entry
from lvzhi.records.matters.models import Deadline, Entry, Matter, Party, WorkItem
from lvzhi.records.matters.procedures import procedure_of, words, work_calendar
from lvzhi.records.matters.refusals import FieldsMissing, NotAllowed, Overtaken
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Body


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new matter begins with.

    `persons` binds people to roles, as a lead deputy to a suggestion; `bodies` binds further bodies, as the working
    body that prepares the hearing of a report.
    """

    title: str
    category: str = ""
    area: Body | None = None
    responsible: Body | None = None
    persons: Mapping[str, UUID] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)


def cleaned(text: str) -> str:
    """Without signs nobody can see or that turn others around; how long it may be is its form's to say."""
    return clean_text(text, 4 * len(text) + 1).strip()


def overtaken(matter: Matter) -> str:
    """The sentence for whoever was looking at an older state: who acted since, and how. One statement."""
    last = matter.entries.order_by("-seq").first()
    if last is None:
        return _("事项刚刚有了变化，请刷新页面再办。")
    return _("%(who)s刚刚办了「%(action)s」，请看看最新情况再决定。您填的内容没有存。") % {
        "who": last.actor_name or _("来信人"),
        "action": words(procedure_of(matter).action(last.action).text),
    }


class Move:
    """One act on one matter, between the lock and the commit."""

    def __init__(
        self,
        matter: Matter,
        procedure: Procedure,
        action: Action,
        actor: Actor,
        on: date,
        at: datetime,
        data: dict[str, Any],
        note: str,
    ) -> None:
        self.matter, self.procedure, self.action = matter, procedure, action
        self.actor, self.on, self.at, self.note = actor, on, at, cleaned(note)
        # What is only invisible signs counts as empty, and so as missing where it is required.
        self.data = {name: cleaned(value) if isinstance(value, str) else value for name, value in data.items()}
        self.runs = tuple(ClockRun.from_json(run) for run in matter.clocks)
        self.opening: Opening | None = None
        self.touched: set[str] = set()
        self.is_new = matter._state.adding
        self.entry = Entry(congress_id=matter.congress_id, matter=matter, seq=matter.version + 1)

    @property
    def parties(self) -> standing.Parties:
        return standing.parties_of(self.matter)

    def take(self, state: str, *, facts: Mapping[str, object]) -> None:
        """Do everything one act does."""
        self._check_fields()
        anchors = {name: date.fromisoformat(day) for name, day in self.matter.anchors.items()}
        try:
            step = advance(
                self.procedure,
                state,
                self.runs,
                self.action.name,
                on=self.on,
                entry=str(self.entry.pk),
                anchors=anchors,
                facts=facts,
            )
        except Refused as refusal:
            raise NotAllowed(words(Text(refusal.zh, refusal.en))) from refusal
        self.runs = apply(self.runs, step.events)
        self.touched = {event.clock for event in step.events}
        anchors = anchors_after(self.action, anchors, facts)
        self._hand_over()
        self._write_entry(state, step.to_state)
        self._move_matter(state, step.to_state, anchors)
        self._follow()

    def _check_fields(self) -> None:
        if missing := missing_fields(self.action, self.data):
            names = _("、").join(words(item.text) for item in missing)
            raise FieldsMissing(_("还要填：%(fields)s。") % {"fields": names}, [item.name for item in missing])
        for item in self.action.fields:
            value = self.data.get(item.name)
            if item.choices and value not in (None, "") and value not in {choice.name for choice in item.choices}:
                raise NotAllowed(_("「%(field)s」没有这个选项，请从列出的选项里选。") % {"field": words(item.text)})
        if not self.is_new and self.on < self.matter.opened_on:
            raise NotAllowed(_("办理日期不能早于收到的日期 %(day)s。") % {"day": self.matter.opened_on.isoformat()})

    def _hand_over(self) -> None:
        """A field of type body hands the matter to that body."""
        for item in self.action.fields:
            body = self.data.get(item.name)
            if item.type == "body" and isinstance(body, Body):
                if body.congress_id != self.matter.congress_id:
                    raise NotAllowed(_("这个单位不属于本级人大的监督范围，请另选。"))
                if self.matter.responsible_id not in (None, body.pk):
                    joining.released(self.matter.bound)
                self.matter.responsible = body
                self.touched = {run.clock for run in self.runs}
        self._join_in()

    def _join_in(self) -> None:
        """A field of type unit lets a further body join; an act of those who joined is their contribution."""
        for item in self.action.fields:
            body = self.data.get(item.name)
            if item.type == "unit" and isinstance(body, Body):
                if body.congress_id != self.matter.congress_id:
                    raise NotAllowed(_("这个单位不属于本级人大的监督范围，请另选。"))
                if body.pk == self.matter.responsible_id:
                    raise NotAllowed(_("%(body)s已经是主办单位，会办请选别的单位。") % {"body": body.name})
                if not joining.join(self.matter.bound, body):
                    raise NotAllowed(_("%(body)s已经在会办，正等它的意见。") % {"body": body.name})
        if set(self.action.by) == {joining.ROLE}:
            joining.contributed(self.matter.bound, self.actor.bodies)

    def _write_entry(self, state: str, target: str) -> None:
        entry = self.entry
        entry.action, entry.from_state, entry.to_state = self.action.name, state, target
        entry.on, entry.at, entry.note = self.on, self.at, self.note
        entry.actor_account_id, entry.actor_name = self.actor.account, self.actor.name
        entry.actor_office = "、".join(self.actor.body_names)[:120]
        entry.rules = [{"rule": c.rule, "law": c.law, "article": c.article} for c in self.action.rules]
        entry.data = {
            item.name: jsonable(self.data.get(item.name))
            for item in self.action.fields
            if self.data.get(item.name) not in (None, "")
        }
        entry.is_public = self.action.public
        seal_entry(entry, self.matter)

    def _move_matter(self, state: str, target: str, anchors: Mapping[str, date]) -> None:
        matter = self.matter
        matter.state, matter.version, matter.touched_at = target, matter.version + 1, self.at
        matter.is_open = not self.procedure.states[target].final
        # What is done on a closed matter, as a re-visit, does not close it anew.
        stays = state == target and matter.closed_on is not None
        matter.closed_on = None if matter.is_open else matter.closed_on if stays else self.on
        matter.clocks = [run.to_json() for run in self.runs]
        matter.anchors = {name: day.isoformat() for name, day in anchors.items()}
        self.values = standing.reckoned(self.procedure, list(self.runs), work_calendar(), anchors)
        matter.next_due = standing.next_due(self.procedure, self.values)
        if self.is_new:
            matter.save(force_insert=True)
        else:
            self._update_matter()
        self.entry.save(force_insert=True)

    def _update_matter(self) -> None:
        """Store what moved, if nobody else has moved the matter since it was read."""
        matter = self.matter
        moved = (
            "state", "version", "touched_at", "is_open", "closed_on", "clocks", "anchors", "next_due", "responsible_id",
            "last_hash", "bound",
        )  # fmt: skip
        rows = Matter.objects.of(matter.congress_id).filter(pk=matter.pk)
        if not rows.filter(version=matter.version - 1).update(**{name: getattr(matter, name) for name in moved}):
            raise Overtaken(overtaken(rows.get()))

    def _follow(self) -> None:
        matter, parties = self.matter, self.parties
        runs = [run for run in self.runs if run.clock in self.touched]
        if rows := standing.deadlines(matter, self.procedure, runs, self.values, parties):
            Deadline.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["matter", "clock"],
                update_fields=[
                    "rule",
                    "holder",
                    "status",
                    "started_on",
                    "due",
                    "internal_due",
                    "met_on",
                    "is_late",
                ],
            )
        if not self.is_new:
            WorkItem.objects.of(matter.congress_id).filter(matter=matter).delete()
        if items := standing.work_items(matter, self.procedure, self.values, parties):
            WorkItem.objects.bulk_create(items)
        self._write_parties()
        Job.objects.create(
            congress_id=matter.congress_id,
            kind="entry",
            run_at=self.at,
            payload={"matter": str(matter.pk), "entry": str(self.entry.pk)},
        )

    def _write_parties(self) -> None:
        handed = [
            self.data[item.name]
            for item in self.action.fields
            if item.type == "body" and isinstance(self.data.get(item.name), Body)
        ]
        new = [
            Party(
                congress_id=self.matter.congress_id,
                matter=self.matter,
                role="responsible",
                body=body,
                since=self.on,
            )
            for body in handed
            if isinstance(body, Body)
        ]
        new += [
            Party(congress_id=self.matter.congress_id, matter=self.matter, role=joining.ROLE, body=body, since=self.on)
            for item in self.action.fields
            if item.type == "unit" and isinstance(body := self.data.get(item.name), Body)
        ]
        if self.opening:
            new += self._opening_parties(self.opening, handed=bool(handed))
        if new:
            Party.objects.bulk_create(new, ignore_conflicts=True)

    def _opening_parties(self, opening: Opening, *, handed: bool) -> list[Party]:
        given: list[dict[str, Any]] = [{"role": role, "person_id": key} for role, key in opening.persons.items()]
        given += [{"role": role, "body": body} for role, body in opening.bodies.items()]
        if opening.responsible and not handed:
            given.append({"role": "responsible", "body": opening.responsible})
        return [
            Party(congress_id=self.matter.congress_id, matter=self.matter, since=self.on, **party) for party in given
        ]
