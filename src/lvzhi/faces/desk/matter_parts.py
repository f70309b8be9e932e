"""The parts of a matter's page, made from records already read: no statement here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from lvzhi.core.procedure import Action, Explanation, Field, Option, Procedure
from lvzhi.core.trust import BrokenChain, verify_chain
from lvzhi.faces.design.chips import cell, seal
from lvzhi.faces.design.deadlines import basis_of, due_of, written_basis
from lvzhi.faces.design.shapes import Column, Due, File, Link, NextAction, Party, ProcedureStep, Row, TimelineEntry
from lvzhi.faces.design.wording import cn_date, cn_time, local_day, short_date
from lvzhi.faces.desk.reach import Bound
from lvzhi.records.documents.models import Attachment, IssuedPaper
from lvzhi.records.matters.ledger import content
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.models import Link as Thread
from lvzhi.records.matters.procedures import words
from lvzhi.records.people.actor import BODY_ROLES

LONGEST_PATH = 12
KINDS = {"image/": "图", "excel": "表", "sheet": "表", "csv": "表"}


def steps_of(procedure: Procedure, matter: Matter, entries: Sequence[Entry], today: date) -> list[ProcedureStep]:
    """Where the matter has been, where it stands, and where its main actions lead."""
    been: list[tuple[str, date]] = []
    for entry in entries:
        if not been or been[-1][0] != entry.to_state:
            been.append((entry.to_state, entry.on))
    if not been or been[-1][0] != matter.state:
        been.append((matter.state, matter.opened_on))
    found = [
        ProcedureStep(words(procedure.states[name].text), short_date(on, today), "done")
        for name, on in been[:-1]
        if name in procedure.states
    ]
    name, on = been[-1]
    now = _("%(day)s起") % {"day": short_date(on, today)}
    final = procedure.states[name].final
    found.append(ProcedureStep(words(procedure.states[name].text), short_date(on, today) if final else now, "now"))
    return found + _ahead(procedure, matter.state)


def _ahead(procedure: Procedure, state: str) -> list[ProcedureStep]:
    """The states the main actions lead to, those reached in the same number of acts in one step."""
    seen, front = {state}, [state]
    found: list[ProcedureStep] = []
    while len(found) < LONGEST_PATH:
        targets = [action.target(name) for name in front for action in procedure.actions_from(name) if action.primary]
        front = [name for name in dict.fromkeys(targets) if name not in seen]
        if not front:
            break
        seen.update(front)
        found.append(ProcedureStep(_("／").join(words(procedure.states[name].text) for name in front)))
    return found


def next_actions(
    matter: Matter,
    procedure: Procedure,
    options: Sequence[Option],
    clocks: Sequence[Explanation],
    roles: frozenset[str],
    today: date,
) -> tuple[list[NextAction], list[NextAction]]:
    """What the reader may do or will be able to do, and apart from it what is for others to do."""
    mine, others, primary = [], [], True
    pointless = "publish" if matter.is_public else "unpublish"
    for option in sorted(options, key=lambda each: (not each.allowed, not each.action.primary)):
        action = option.action
        if action.name == pointless:
            continue
        main = option.allowed and action.primary and primary
        primary = primary and not main
        item = NextAction(
            title=words(action.text),
            label=words(action.text),
            primary=main,
            url=reverse("desk-act", args=[matter.pk, action.name]),
            note=words(action.hint) if action.hint else "",
            due=_met_by(procedure, action, clocks, today),
            basis=basis_of(action.rules[0]) if action.rules else None,
            why_not="" if option.allowed else _("还不能做：%(why)s") % {"why": words(option.why_not)},
        )
        if roles.isdisjoint(action.by):
            acting = [procedure.roles[role] for role in action.by if role != "system" and role in procedure.roles]
            who = _("、").join(words(role.text) for role in acting)
            others.append(NextAction(item.title, item.label, why_not=_("由%(who)s办") % {"who": who}))
        else:
            mine.append(item)
    return mine, others


def _met_by(procedure: Procedure, action: Action, clocks: Sequence[Explanation], today: date) -> Due | None:
    """The soonest running deadline this action meets."""
    running = [item for item in clocks if item.value.status == "running" and item.due]
    found = [item for item in running if action.name in procedure.clock(item.clock).met_by]
    return due_of(min(found, key=lambda item: item.due or date.max), today) if found else None


def clock_rows(
    procedure: Procedure, matter: Matter, clocks: Sequence[Explanation], names: Mapping[str, str], today: date
) -> tuple[list[Column], list[Row]]:
    """Every clock of the matter, the running ones first, each opening to its reasons; `names` are its parties'."""
    order = {"running": 0, "paused": 1, "met": 2}
    shown = sorted(clocks, key=lambda item: (order.get(item.value.status, 3), item.due or date.max))
    columns = [Column(_("要做的事")), Column(_("谁做")), Column(_("期限")), Column(_("依据"))]
    rows = [
        Row(
            [
                words(item.text),
                _holder(procedure, matter, procedure.clock(item.clock).holder, names),
                due_of(item, today),
                basis_of(item.citation),
            ]
        )
        for item in shown
    ]
    return columns, rows


def _holder(procedure: Procedure, matter: Matter, role: str, names: Mapping[str, str]) -> str:
    """Who has to act: a bound party or else the responsible body by its name, an office by what it is called."""
    if bound := names.get(matter.bound.get(role, "")):
        return bound
    if role in BODY_ROLES and matter.responsible:
        return matter.responsible.short
    return words(procedure.roles[role].text).removeprefix("常委会")


def timeline(
    procedure: Procedure,
    entries: Sequence[Entry],
    bound: Bound,
    papers: Sequence[IssuedPaper],
    attachments: Sequence[Attachment],
    today: date,
) -> list[TimelineEntry]:
    """The ledger, newest first, with the papers and files of each entry."""
    belonging: dict[object, list[Link]] = {}
    for paper in papers:
        belonging.setdefault(paper.entry_id, []).append(Link(paper.title, reverse("desk-paper", args=[paper.pk])))
    for file in attachments:
        belonging.setdefault(file.entry_id, []).append(Link(file.name, reverse("desk-file", args=[file.pk])))
    return [_entry(procedure, entry, bound, belonging.get(entry.pk, []), today) for entry in reversed(entries)]


def _entry(procedure: Procedure, entry: Entry, bound: Bound, links: list[Link], today: date) -> TimelineEntry:
    action = procedure.actions.get(entry.action)
    title = words(action.text) if action else entry.action
    rules = [written_basis(rule) for rule in entry.rules]
    who = " ".join(filter(None, [entry.actor_office, entry.actor_name]))
    # A citizen's name is not for everyone who reads the ledger, even where the entry kept it.
    if not who or (not entry.actor_office and action and "citizen" in action.by):
        who = _("来信人")
    meta = [who, _("第 %(n)s 号记录") % {"n": entry.seq}]
    if rules:
        meta += [seal(rules[0], wrap=True), *(cell(Link(str(rule.text), rule.url)) for rule in rules[1:])]
    return TimelineEntry(
        when=short_date(entry.on, today),
        sub=cn_time(entry.at)
        if local_day(entry.at) == entry.on
        else _("%(day)s 记") % {"day": short_date(entry.at, today)},
        title=title,
        text=_said(action, entry, bound.names),
        meta=meta,
        links=links,
        hash=f"{entry.hash[:4]}…{entry.hash[-4:]}",
    )


def _said(action: Action | None, entry: Entry, names: Mapping[str, str]) -> str:
    """What was filled in, as one reads it."""
    parts = [] if action is None else [_filled(field, entry.data.get(field.name), names) for field in action.fields]
    return "　".join(filter(None, [*parts, entry.note]))


def _filled(field: Field, value: object, names: Mapping[str, str]) -> str:
    if value in (None, "", False):
        return ""
    text = str(value)
    if field.type in {"choice", "rating"}:
        text = next((words(choice.text) for choice in field.choices if choice.name == value), text)
    elif field.type in {"body", "unit", "person"}:
        text = names.get(text, "")
    elif field.type == "date":
        text = cn_date(date.fromisoformat(text))
    elif field.type == "bool":
        text = _("是")
    return _("%(field)s：%(value)s") % {"field": words(field.text), "value": text} if text else ""


def chain_is_whole(entries: Sequence[Entry]) -> bool:
    """Whether the ledger still carries the hashes it was written with."""
    try:
        verify_chain((entry.previous_hash, content(entry), entry.hash) for entry in entries)
    except BrokenChain:
        return False
    return True


def party_list(procedure: Procedure, bound: Bound, matter: Matter, today: date) -> list[Party]:
    """Bodies and people with a part in the matter."""
    named = {"responsible": _("承办")}
    found = []
    for row in bound.rows:
        name = row.body.name if row.body else row.person.name if row.person else ""
        known = procedure.roles.get(row.role)
        role = named.get(row.role) or (words(known.text) if known else row.role)
        if row.role == "responsible" and row.body_id != matter.responsible_id:
            role = _("曾经承办")
        since = _("%(day)s起") % {"day": short_date(row.since, today)}
        found.append(Party((row.body.short if row.body else name).lstrip("区市县")[:1] or "·", name, role, since))
    return found


def file_list(attachments: Sequence[Attachment], today: date) -> list[File]:
    """Attachments with who added them."""
    return [
        File(
            item.name,
            reverse("desk-file", args=[item.pk]),
            kind=next((mark for part, mark in KINDS.items() if part in item.media_type), "文"),
            meta=_("，").join(filter(None, [item.added_by, short_date(item.added_at, today), size_words(item.size)])),
        )
        for item in attachments
    ]


def size_words(size: int) -> str:
    """A size in bytes for a reader: 12 KB, 3.4 MB."""
    return f"{size / (1 << 20):.1f} MB" if size >= 1 << 20 else f"{max(1, size >> 10)} KB"


def thread_rows(matter: Matter, links: Sequence[Thread]) -> list[tuple[str, Link]]:
    """Other matters this one led to or came from, said from this end."""
    back = {
        Thread.Kind.RAISED: _("引自"),
        Thread.Kind.PROMPTED: _("促成它的"),
        Thread.Kind.LED_TO: _("转自"),
        Thread.Kind.YIELDED: _("来自"),
        Thread.Kind.TRACKED_IN: _("跟踪的事项"),
        Thread.Kind.SAME_AS: _("与之同类"),
    }
    found = []
    for link in links:
        out = link.source_id == matter.pk
        other = link.target if out else link.source
        word = str(link.get_kind_display()) if out else back[Thread.Kind(link.kind)]
        found.append((word, Link(f"{other.number} {other.title}", reverse("desk-matter", args=[other.pk]))))
    return found
