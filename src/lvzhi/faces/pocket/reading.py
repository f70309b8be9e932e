"""What a deputy reads: what waits, what they proposed, and how each matter stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from lvzhi.core.procedure import Action
from lvzhi.faces.design.deadlines import basis_of, lang, running
from lvzhi.faces.design.shapes import AgendaItem, Due, State, Task, TimelineEntry
from lvzhi.faces.design.wording import cn_date, due_on, short_date
from lvzhi.records.matters import standing
from lvzhi.records.matters.models import NO_LIMIT, Entry, Matter, Party, WorkItem
from lvzhi.records.matters.paging import Mark, Page, mark
from lvzhi.records.matters.procedures import procedure_of, words
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import Body
from lvzhi.work.opinions import covering
from lvzhi.work.opinions.models import PROCEDURE as PETITION

PAGE = 20
SHOWN_ABOVE = frozenset({"draft", "reply"})
"""Entries whose words stand on the page in full above the timeline."""


def url_of(matter: Matter) -> str:
    """Where a deputy reads a matter."""
    return reverse("pocket-matter", args=[matter.pk])


def covered(text: str) -> str:
    """`text` without what is surely personal in it."""
    return covering.covered(
        text, [(each.start, each.end, each.kind) for each in covering.personal(text) if each.is_sure]
    )


def own(actor: Actor, *, after: str = "", limit: int = PAGE) -> Page[Matter]:
    """The matters the deputy is party to, newest first. One statement; the answering body is loaded."""
    parts = Party.objects.of(actor.congress).filter(person=actor.person).values("matter")
    # Opinions recommended to the deputy are somebody else's matters, and have a page of their own.
    rows = Matter.objects.of(actor.congress).filter(pk__in=parts).exclude(procedure=PETITION)
    place = Mark.read(after)
    if place and (instant := place.instant()):
        rows = rows.filter(opened_at__lte=instant).exclude(opened_at=instant, id__gte=place.key)
    found = list(rows.select_related("responsible").order_by("-opened_at", "-id")[: limit + 1])
    shown = found[:limit]
    return Page(shown, mark(shown[-1].opened_at, shown[-1].pk) if len(found) > limit else None)


def is_party(actor: Actor, matter: Matter) -> bool:
    """Whether the matter is the deputy's own: they proposed it or signed it. No statement."""
    return actor.person in standing.parties_of(matter).bound.values()


def insider(actor: Actor, matter: Matter) -> Actor:
    """The deputy, who reads the whole ledger of what they are party to; of an opinion only what is public in it."""
    if matter.procedure == PETITION:
        return actor
    sees_all = is_party(actor, matter) or not matter.is_public  # what is not public is seen by its parties only
    return replace(actor, matters=actor.matters | {matter.pk}) if sees_all else actor


def state_of(matter: Matter) -> State:
    """Where a matter stands."""
    state = procedure_of(matter).states[matter.state]
    return State(words(state.text), "closed" if state.final else "todo" if state.initial else "doing")


def name_of(action: Action) -> str:
    """What a step is called on a phone, where confirming one's own draft and putting it forward are one."""
    return _("确认并提出") if action.name == "confirm" else words(action.text)


def task_of(item: WorkItem, today: date) -> Task:
    """One thing that waits for the deputy."""
    matter = item.matter
    verb = name_of(procedure_of(matter).action(item.verb))
    due = due_on(item.sort_due, today) if item.sort_due != NO_LIMIT else None
    note = f"{matter.number} {matter.responsible.short}" if matter.responsible else matter.number
    return Task(f"{verb}：{matter.title}" if lang() == "zh" else f"{verb}: {matter.title}", url_of(matter), note, due)


def line_of(matter: Matter, today: date) -> AgendaItem:
    """One line of a list of matters: when, what, with whom, where it stands and the next date."""
    who = matter.responsible.short if matter.responsible else ""
    due = next(iter(dues(matter, today)), None)
    day = due[1].date if due else None
    note = who if day is None else _("%(who)s 最迟 %(day)s") % {"who": who, "day": short_date(day, today)}
    return AgendaItem(
        short_date(matter.opened_on, today), matter.title, url_of(matter), matter.number, note.strip(), state_of(matter)
    )


def dues(matter: Matter, today: date) -> list[tuple[str, Due]]:
    """The clocks that run, soonest first, each with its reasons; the deputy's own rights too. No statement."""
    return running(matter, today, rights=True)


def timeline(matter: Matter, ledger: Sequence[Entry], today: date) -> list[TimelineEntry]:
    """What happened, newest first. At most one statement for the names of bodies."""
    names = _names(ledger, matter)
    return [_entry(matter, entry, names, today) for entry in reversed(ledger)]


def _names(ledger: Iterable[Entry], matter: Matter) -> dict[str, str]:
    known = {str(body.pk): body.name for body in (matter.responsible,) if body}
    wanted = {str(entry.data["body"]) for entry in ledger if entry.data.get("body")} - known.keys()
    if wanted:
        rows = Body.objects.of(matter.congress_id).filter(pk__in=[UUID(key) for key in wanted])
        known |= {str(key): name for key, name in rows.values_list("pk", "name")}
    return known


def _entry(matter: Matter, entry: Entry, names: Mapping[str, str], today: date) -> TimelineEntry:
    action = procedure_of(matter).action(entry.action)
    told = {} if entry.action in SHOWN_ABOVE else entry.data
    said = [_said(action, name, value, names) for name, value in told.items()]
    if matter.procedure == PETITION:
        said = [covered(each) for each in said]
    who = entry.actor_office or entry.actor_name
    cited = [basis_of(rule).text for rule in action.rules[:1]]
    return TimelineEntry(
        short_date(entry.on, today),
        words(action.text),
        text=Truncator(_("；").join(part for part in said if part)).chars(300),
        meta=[part for part in (who, *cited) if part],
    )


def _said(action: Action, name: str, value: object, names: Mapping[str, str]) -> str:
    field = next((item for item in action.fields if item.name == name), None)
    if field is None or field.type == "person":
        return ""
    if field.type in {"body", "unit"}:
        return names.get(str(value), "")
    if field.choices:
        return next((words(choice.text) for choice in field.choices if choice.name == value), "")
    return cn_date(date.fromisoformat(str(value))) if field.type == "date" else str(value)


def said_in(ledger: Sequence[Entry], action: str, name: str) -> str:
    """What the last entry of an action says under `name`, as the reply or the facts of a suggestion."""
    return next((str(entry.data.get(name) or "") for entry in reversed(ledger) if entry.action == action), "")
