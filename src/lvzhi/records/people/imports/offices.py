"""Planning the office on a row: which of the person's offices it is, and what would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from lvzhi.records.people.actor import BODY_ROLES
from lvzhi.records.people.imports.columns import BODY, CONSTITUENCY, ROLE, SINCE, TERM, TITLE, UNTIL
from lvzhi.records.people.imports.draft import Draft, ordinal
from lvzhi.records.people.imports.facts import Facts, overlap
from lvzhi.records.people.imports.plan import Setting
from lvzhi.records.people.models import Body, Constituency, Membership, Person, Term

NEVER_GIVEN = frozenset({"citizen", "system"})
"""Roles nobody holds by appointment."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says of an office; None and "" where it says nothing."""

    role: str
    body: Body | None
    term: Term | None
    area: Constituency | None
    title: str
    since: date | None
    until: date | None


class OfficeWork:
    """The offices as they would be."""

    def __init__(self, setting: Setting, facts: Facts) -> None:
        self.setting = setting
        self.facts = facts
        self.roles = {key: name for key, name in setting.roles.items() if key not in NEVER_GIVEN}
        self.areas = dict(facts.constituencies)
        self.new_areas: list[Constituency] = []
        self.made: list[Membership] = []
        self.changed: list[Membership] = []

    def plan(self, draft: Draft, person: Person) -> None:
        """Note what the row says of the office, and the office it would make or change."""
        said = _Said(
            role=self._role(draft),
            body=self._body(draft),
            term=self._term(draft),
            area=self._area(draft),
            title=draft.text(TITLE, limit=60),
            since=draft.day(SINCE),
            until=draft.day(UNTIL),
        )
        name = self.roles.get(said.role, "")
        if draft.errors:
            draft.values |= {ROLE: name, BODY: str(said.body or ""), TITLE: said.title}
            return
        office = self._held(draft, person, said)
        if draft.errors:
            return
        before = len(draft.changes)
        if office is None:
            begins = said.since or self._begin(draft, said.term)
            office = Membership(congress=self.setting.congress, person=person, role=said.role, since=begins)
            draft.settle(ROLE, "", name)
            self._settle(draft, office, said, old_since="")
            self.made.append(office)
            return
        draft.settle(ROLE, name, name)
        self._settle(draft, office, said, old_since=office.since.isoformat())
        if len(draft.changes) > before:
            self.changed.append(office)

    def write(self) -> None:
        """At most three statements, more only where the database bounds their length."""
        if self.new_areas:
            Constituency.objects.bulk_create(self.new_areas)
        if self.made:
            Membership.objects.bulk_create(self.made)
        if self.changed:
            fields = ["body", "title", "term", "constituency", "since", "until"]
            Membership.objects.of(self.setting.congress).bulk_update(self.changed, fields)

    def _settle(self, draft: Draft, office: Membership, said: _Said, *, old_since: str) -> None:
        """Put what the row says into the office; what it leaves empty stays."""
        old_body = self.facts.bodies.get(office.body_id) if office.body_id else None
        old_term, old_area = self.facts.term_of(office), self.facts.constituency_of(office)
        old_until, old_title = office.until, office.title
        office.body = said.body or old_body
        office.term = said.term or old_term
        office.constituency = said.area or old_area
        office.title = said.title or old_title
        office.since, office.until = said.since or office.since, said.until or old_until
        draft.settle(BODY, str(old_body or ""), str(office.body or ""))
        draft.settle(TITLE, old_title, office.title)
        draft.settle(CONSTITUENCY, str(old_area or ""), str(office.constituency or ""))
        draft.settle(TERM, _ordinal_name(old_term), _ordinal_name(office.term))
        draft.settle(SINCE, old_since, office.since.isoformat())
        draft.settle(UNTIL, str(old_until or ""), str(office.until or ""))
        self._judge(draft, office)

    def _judge(self, draft: Draft, office: Membership) -> None:
        """What an office may not be."""
        name = self.roles[office.role]
        if office.until and office.until < office.since:
            sentence = _("截止 %(until)s 早于起始 %(since)s。")
            draft.error(UNTIL, sentence % {"until": office.until, "since": office.since})
        if office.role in BODY_ROLES and office.body is None:
            draft.error(BODY, _("“%(role)s”要写明所在机构。") % {"role": name})
        if office.role == "supervised_body" and office.body and not office.body.is_supervised:
            sentence = _("“%(body)s”不是监督对象，里面不能有“%(role)s”的职务。")
            draft.error(BODY, sentence % {"body": office.body.name, "role": name})

    def _begin(self, draft: Draft, term: Term | None) -> date:
        """The first day of an office whose row gives none: that of its term, else the day of the import."""
        begins = term.starts if term else self.setting.on
        draft.notice(SINCE, _("没有填写起始，按 %(day)s 计。") % {"day": begins.isoformat()})
        return begins

    def _held(self, draft: Draft, person: Person, said: _Said) -> Membership | None:
        """The person's office this row is about; None for a new one.

        The same role in the same body on the same first day is the same office. Failing that, an office that
        overlaps the row's period is the same office with a corrected date, unless it belongs to another term.
        A row without a first day means the office of its term, else the one held on the day of the import.
        """
        offices = self.facts.offices.get(person.pk, [])
        same = [o for o in offices if o.role == said.role and (said.body is None or o.body_id == said.body.pk)]
        found = [office for office in same if office.since == said.since]
        if not found:
            same = [o for o in same if said.term is None or o.term_id in (None, said.term.pk)]
            if said.since is not None:
                found = [office for office in same if overlap(office, said.since, said.until)]
            else:
                of_term = [o for o in same if said.term is not None and o.term_id == said.term.pk]
                found = of_term or [office for office in same if overlap(office, self.setting.on, None)]
        if len(found) > 1:
            draft.error(SINCE, _("这个人有几段同样的任职，分不清是哪一段。请写明所在机构和起始。"))
        return found[0] if found else None

    def _role(self, draft: Draft) -> str:
        text = draft.text(ROLE, limit=60, required=True)
        keys = [key for key, name in self.roles.items() if text in (key, name)]
        if text and not keys:
            sentence = _("没有“%(role)s”这个职务。可以填：%(known)s。")
            draft.error(ROLE, sentence % {"role": text, "known": "、".join(self.roles.values())})
        if len(keys) > 1:
            sentence = _("“%(role)s”可以指几个职务，请填代码：%(keys)s。")
            draft.error(ROLE, sentence % {"role": text, "keys": "、".join(keys)})
        role = keys[0] if keys else ""
        if role == "operator" and "operator" not in self.setting.actor.roles:
            sentence = _("“%(role)s”的职务只能由平台运营者自己导入。")
            draft.error(ROLE, sentence % {"role": self.roles[role]})
        return role

    def _body(self, draft: Draft) -> Body | None:
        text = draft.text(BODY, limit=80)
        found = self.facts.bodies_named(text) if text else []
        if text and not found:
            sentence = _("找不到机构“%(body)s”。请填已有机构的编号、名称或简称，或者先导入机构。")
            draft.error(BODY, sentence % {"body": text})
        if len(found) > 1:
            sentence = _("有几个机构的简称都是“%(body)s”，请填编号：%(keys)s。")
            draft.error(BODY, sentence % {"body": text, "keys": "、".join(body.slug for body in found)})
        return found[0] if found else None

    def _term(self, draft: Draft) -> Term | None:
        text = draft.text(TERM, limit=20)
        number = ordinal(text)
        term = self.facts.terms.get(number) if number else None
        if text and term is None:
            known = "、".join(_ordinal_name(term) for term in self.facts.terms.values()) or _("（还没有）")
            sentence = _("没有“%(term)s”这一届。已有：%(known)s。")
            draft.error(TERM, sentence % {"term": text, "known": known})
        return term

    def _area(self, draft: Draft) -> Constituency | None:
        """The constituency by number or name. An unknown number makes a new one, an unknown name does not."""
        text = draft.text(CONSTITUENCY, limit=80)
        if not text:
            return None
        if named := next((area for area in self.areas.values() if area.name == text), None):
            self._tell_new(draft, named)
            return named
        number = ordinal(text)
        if number is None:
            sentence = _("找不到选区“%(area)s”。请填选区号，如“第14选区”；还没有的选区号会新建。")
            draft.error(CONSTITUENCY, sentence % {"area": text})
            return None
        if number not in self.areas:
            area = Constituency(congress=self.setting.congress, number=number, name=f"第{number}选区")
            self.areas[number] = area
            self.new_areas.append(area)
        self._tell_new(draft, self.areas[number])
        return self.areas[number]

    def _tell_new(self, draft: Draft, area: Constituency) -> None:
        if area.number not in self.facts.constituencies:
            draft.notice(CONSTITUENCY, _("%(area)s还没有，将新建。") % {"area": area.name})


def _ordinal_name(term: Term | None) -> str:
    return f"第{term.ordinal}届" if term else ""
