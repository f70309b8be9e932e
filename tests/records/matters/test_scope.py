"""Who sees which matter, and what happens to a query that does not say for whom it is."""

from __future__ import annotations

import pytest

from lvzhi.records.base.scope import UnscopedQuery
from lvzhi.records.matters import queries
from lvzhi.records.matters.models import Entry, Matter, WorkItem
from lvzhi.records.people.actor import citizen
from lvzhi.work.opinions import actions
from tests.fixtures.district import NOW, TODAY, District


@pytest.mark.parametrize(
    "read",
    [
        lambda: list(Matter.objects.all()),
        lambda: Matter.objects.filter(state="received").count(),
        lambda: Entry.objects.first(),
        lambda: WorkItem.objects.filter(kind="act").exists(),
        lambda: Matter.objects.filter(state="received").update(state="archived"),
        lambda: WorkItem.objects.all().delete(),
        lambda: next(Matter.objects.all().iterator()),
        lambda: Matter.objects.values_list("pk").in_bulk(),
    ],
)
def test_a_query_without_a_scope_raises(db: None, read: object) -> None:
    assert callable(read)
    with pytest.raises((UnscopedQuery, TypeError), match=r"no scope|in_bulk"):
        read()


def test_everywhere_wants_a_reason(db: None) -> None:
    with pytest.raises(UnscopedQuery, match="reason"):
        Matter.objects.everywhere("")


def test_a_body_sees_only_what_was_given_to_it(district: District) -> None:
    given, other = district.matter("听泉路没有公交"), district.matter("望川桥的路灯坏了")
    actions.transfer(given.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    actions.transfer(other.pk, body=district.housing, actor=district.clerk, on=TODAY, at=NOW)

    assert list(Matter.objects.visible_to(district.driver)) == [Matter.objects.of(district.congress).get(pk=given.pk)]


def test_a_neighbour_sees_nothing_and_a_receipt_shows_one(district: District, neighbour: District) -> None:
    matter = district.matter()
    holder = citizen(district.congress, matters=frozenset({matter.pk}))

    assert not Matter.objects.visible_to(neighbour.clerk).exists()
    assert not Matter.objects.visible_to(citizen(district.congress)).exists()
    assert Matter.objects.visible_to(holder).count() == 1


def test_publishing_shows_a_matter_to_everyone_and_unpublishing_hides_it(district: District) -> None:
    matter = district.matter()
    for action in ("register", "publish"):
        actions.take(matter.pk, action, actor=district.clerk, on=TODAY, at=NOW)
    assert Matter.objects.visible_to(citizen(district.congress)).count() == 1

    actions.take(matter.pk, "unpublish", actor=district.clerk, on=TODAY, at=NOW, data={"reason": "来信人要求撤下"})

    assert Matter.objects.visible_to(citizen(district.congress)).count() == 0


@pytest.mark.parametrize("rows", [1, 12])
def test_lists_cost_the_same_however_long(district: District, rows: int, django_assert_num_queries: object) -> None:
    assert callable(django_assert_num_queries)
    for place in range(rows):
        district.matter(f"第 {place} 件事")

    with django_assert_num_queries(1):
        page = queries.worklist(district.clerk)
        assert [item.matter.title for item in page.rows if item.matter.responsible is None]
    with django_assert_num_queries(1):
        assert len(queries.matters(district.clerk, queries.Filters(), today=TODAY).rows) == rows
    with django_assert_num_queries(1):
        assert queries.counts(district.clerk, today=TODAY).act == rows


def test_pages_follow_one_another_without_gap_or_repeat(district: District) -> None:
    for place in range(7):
        district.matter(f"第 {place} 件事")
    seen: list[str] = []
    after: str | None = ""

    while after is not None:
        page = queries.matters(district.clerk, queries.Filters(), today=TODAY, after=after, limit=3)
        seen += [matter.number for matter in page.rows]
        after = page.after

    assert sorted(seen) == [f"意 2026-{place:04d}" for place in range(1, 8)]
    assert len(seen) == 7


def test_the_worklist_pages_by_due_date(district: District) -> None:
    for place in range(5):
        district.matter(f"第 {place} 件事")

    first = queries.worklist(district.clerk, limit=3)
    second = queries.worklist(district.clerk, limit=3, after=first.after or "")

    assert (len(first.rows), len(second.rows), second.after) == (3, 2, None)
    assert not {item.pk for item in first.rows} & {item.pk for item in second.rows}


@pytest.mark.parametrize(
    "after", ["", "_", "x_y", "2026-01-01_nonsense", "2026-01-01", "9999-99-99_00000000-0000-0000-0000-000000000000"]
)
def test_a_mangled_page_mark_shows_the_first_page(district: District, after: str) -> None:
    district.matter()

    assert len(queries.matters(district.clerk, queries.Filters(), today=TODAY, after=after).rows) == 1
    assert len(queries.worklist(district.clerk, after=after).rows) == 1
