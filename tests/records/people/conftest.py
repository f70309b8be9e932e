"""A congress with an office, one department, one group and one deputy; and the ways of handing it a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import pytest

from lvzhi.core.table import Limits, Table, read_table, write_table
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.imports import Kind, Preview, Result, apply, preview
from lvzhi.records.people.models import Account, Body, Congress, Constituency, Membership, Person, Term

ON = date(2026, 6, 9)
AT = datetime(2026, 6, 9, 2, 0, tzinfo=UTC)
ROLES = {
    "citizen": "群众",
    "deputy": "人大代表",
    "deputy_office": "代表工作机构",
    "general_office": "常委会办公室",
    "supervised_body": "一府一委两院及其部门",
    "council": "主任会议",
    "operator": "平台运营者",
    "system": "系统",
}


def table_of(*rows: dict[str, str]) -> Table:
    """A table as it would come out of a file; the columns are those any row has."""
    headers = list(dict.fromkeys(header for row in rows for header in row))
    text = write_table(headers, [[row.get(header, "") for header in headers] for row in rows])
    return read_table("名单.csv", text.encode(), limits=Limits())


@dataclass
class Office:
    """The congress under test and its secretary for deputies."""

    congress: Congress
    clerk: Actor
    operator: Actor
    counted: list[type[Congress | Body | Person | Membership | Account | Constituency]] = field(
        default_factory=lambda: [Congress, Body, Person, Membership, Account, Constituency]
    )

    def preview(self, kind: Kind, *rows: dict[str, str], actor: Actor | None = None) -> Preview:
        return preview(kind, table_of(*rows), congress=self.congress, actor=actor or self.clerk, on=ON, roles=ROLES)

    def apply(self, planned: Preview, actor: Actor | None = None) -> Result:
        return apply(planned, actor=actor or self.clerk, congress=self.congress, at=AT)

    def do(self, kind: Kind, *rows: dict[str, str], actor: Actor | None = None) -> Result:
        return self.apply(self.preview(kind, *rows, actor=actor), actor)

    def snapshot(self) -> list[int]:
        """How many rows each table has, in every congress."""
        return [model._base_manager.count() for model in self.counted]


def make_congress(slug: str) -> Congress:
    return Congress.objects.create(slug=slug, name=f"{slug}人民代表大会", short=slug, level=Congress.Level.DISTRICT)


@pytest.fixture
def office(db: None) -> Office:
    """明川市云麓区, sixth and seventh term, one deputy with an account."""
    congress = make_congress("yunlu")
    bodies = [
        ("deputy-office", "代表工作委员会", "代表工委", Body.Kind.DEPUTY_OFFICE),
        ("group-tingquan", "听泉街道代表组", "听泉组", Body.Kind.GROUP),
        ("transport", "云麓区交通局", "区交通局", Body.Kind.DEPARTMENT),
    ]
    made = {
        slug: Body.objects.create(congress=congress, slug=slug, name=name, short=short, kind=kind)
        for slug, name, short, kind in bodies
    }
    Term.objects.create(congress=congress, ordinal=6, starts=date(2016, 12, 1), ends=date(2021, 12, 1))
    seventh = Term.objects.create(congress=congress, ordinal=7, starts=date(2021, 12, 1))
    area = Constituency.objects.create(congress=congress, number=14, name="第14选区")
    account = Account.objects.create_user("shenmingqi", None, name="沈明琪", email="shen@yunlu.example")
    person = Person.objects.create(congress=congress, slug="D-018", name="沈明琪", account=account)
    Membership.objects.create(
        congress=congress, person=person, body=made["group-tingquan"], role="deputy", title="医生",
        term=seventh, constituency=area, since=date(2021, 12, 1),
    )  # fmt: skip
    writer = Account.objects.create_user("tangshuyi", None, name="唐书怡")
    return Office(
        congress=congress,
        clerk=Actor(congress.pk, "唐书怡", frozenset({"deputy_office"}), account=writer.pk),
        operator=Actor(congress.pk, "章怀安", frozenset({"operator"})),
    )


DEPUTY = {
    "姓名": "沈明琪",
    "编号": "D-018",
    "所在机构": "听泉组",
    "职务": "人大代表",
    "职务名称": "医生",
    "选区": "第14选区",
    "届次": "第七届",
    "起始": "2021-12-01",
    "截止": "",
    "用户名": "shenmingqi",
    "电子邮箱": "shen@yunlu.example",
}


def deputy(number: int, **changes: str) -> dict[str, str]:
    """A row for a deputy not yet known."""
    own = {
        "姓名": f"乔之{number}",
        "编号": f"D-{number}",
        "用户名": f"qiao{number}",
        "电子邮箱": f"q{number}@yunlu.example",
    }
    return DEPUTY | own | changes
