"""Planning a table of people: the person, the office on the row, and the account."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lvzhi.core.table import Table
from lvzhi.records.people.imports.accounts import AccountWork
from lvzhi.records.people.imports.columns import KEY, NAME, ROLE, USERNAME, cell
from lvzhi.records.people.imports.draft import Draft, refuse_repeats
from lvzhi.records.people.imports.facts import gather
from lvzhi.records.people.imports.offices import OfficeWork
from lvzhi.records.people.imports.plan import Planned, Setting
from lvzhi.records.people.models import Person


def plan_people(table: Table, places: dict[str, str], setting: Setting) -> Planned:
    """Compare every row with the people, offices and accounts of the congress.

    One row is one office of one person. An empty cell leaves what is there unchanged.
    """
    facts = gather(setting.congress, (cell(row, places, USERNAME) for row in table.rows))
    offices = OfficeWork(setting, facts)
    accounts = AccountWork(setting, facts)
    made: list[Person] = []
    changed: list[Person] = []
    drafts: list[Draft] = []
    for row in table.rows:
        draft = Draft(row, places)
        drafts.append(draft)
        name = draft.text(NAME, limit=60, required=True)
        person = facts.people.get(draft.key)
        draft.new = person is None
        if person is None:
            person = Person(congress=setting.congress, slug=draft.key)
            made.append(person)
        before = (person.name, person.account_id)
        draft.settle(NAME, person.name, name)
        offices.plan(draft, person)
        accounts.plan(draft, person, name)
        person.name = name
        if not draft.new and before != (person.name, person.account_id):
            changed.append(person)
    refuse_repeats(drafts, KEY)
    refuse_repeats(drafts, USERNAME, ignore_case=True)
    _explain_two_offices(drafts)

    def write() -> None:
        accounts.write()
        if made:
            Person.objects.bulk_create(made)
        if changed:
            Person.objects.of(setting.congress).bulk_update(changed, ["name", "account"])
        offices.write()

    return Planned(tuple(draft.plan() for draft in drafts), write)


def _explain_two_offices(drafts: list[Draft]) -> None:
    """Two rows with one number are either a slip or one person's two offices: say how to tell the second."""
    seen: dict[tuple[str, str], Draft] = {}
    for draft in drafts:
        same = seen.setdefault((draft.key, draft.values[NAME]), draft)
        if draft.key and same is not draft and same.values.get(ROLE) != draft.values.get(ROLE):
            draft.notice(KEY, _("一个人有两个职务的，请把第二个职务放在另一个文件里导入。"))
