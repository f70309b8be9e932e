"""Receiving people: a check-in counts, a rota does not; a form sent twice counts once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from lvzhi.work.stations import actions, queries
from lvzhi.work.stations.actions import ActRefused, Received
from lvzhi.work.stations.models import Seat, Visit
from tests.fixtures.district import NOW, TODAY
from tests.fixtures.stations import Stations

pytestmark = pytest.mark.django_db


def local(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    """A moment by the station's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def test_a_deputy_checks_in_and_out(stations: Stations) -> None:
    slot = stations.slot(day=TODAY)

    actions.come(slot, actor=stations.deputies[0], at=local(8, 55))
    actions.come(slot, actor=stations.deputies[0], at=local(9, 30))
    seat = actions.leave(slot, actor=stations.deputies[0], at=local(10, 50))

    assert (seat.came_at, seat.left_at, seat.noted_by) == (local(8, 55), local(10, 50), None)


@pytest.mark.parametrize("at", [local(7, 59), local(11, 1), local(9, day=TODAY + timedelta(days=1))])
def test_nobody_checks_in_at_another_time(stations: Stations, at: datetime) -> None:
    slot = stations.slot(day=TODAY)

    with pytest.raises(ActRefused, match="签到从开始前一小时起"):
        actions.come(slot, actor=stations.deputies[0], at=at)

    assert not Seat.objects.of(slot.congress_id).filter(came_at__isnull=False).exists()


def test_a_deputy_who_is_not_on_the_rota_may_come_too(stations: Stations) -> None:
    slot = stations.slot(day=TODAY)

    actions.come(slot, actor=stations.deputies[2], at=local(9))

    assert sorted(seat.person.name for seat in slot.seats.all()) == ["乔之安", "周禾"]


def test_only_deputies_receive(stations: Stations) -> None:
    slot = stations.slot(day=TODAY)

    with pytest.raises(ActRefused, match="只有本级人大代表"):
        actions.come(slot, actor=stations.office, at=local(9))


def test_who_forgot_to_check_in_is_noted_by_the_office_under_its_name(stations: Stations) -> None:
    slot = stations.slot(day=TODAY)

    with pytest.raises(ActRefused, match="还没有开始"):
        actions.note_attendance(slot, person=stations.people[0], came=True, actor=stations.keeper, at=local(8))
    seat = actions.note_attendance(slot, person=stations.people[0], came=True, actor=stations.keeper, at=local(12))

    assert (seat.came_at, seat.noted_by_id) == (local(9), stations.keeper.account)


def test_leaving_before_coming_is_refused(stations: Stations) -> None:
    with pytest.raises(ActRefused, match="还没有签到"):
        actions.leave(stations.slot(day=TODAY), actor=stations.deputies[0], at=local(10))


def received(once: str = "p:1", **given: object) -> Received:
    wanted = {"subject": "楼道里的灯", "at": NOW, "answer": "当场联系物业，今天修。", **given}
    return Received(once=once, **wanted)


def test_a_person_answered_on_the_spot_is_written_down_without_a_name(stations: Stations) -> None:
    slot = stations.slot(day=TODAY)

    visit = actions.receive(
        stations.pine, slot=slot, received=received(), matter=None, actor=stations.deputies[0], at=NOW
    )

    assert (visit.outcome, visit.answer, visit.on, visit.slot) == ("answered", "当场联系物业，今天修。", TODAY, slot)


def test_a_form_that_arrives_twice_counts_once(stations: Stations) -> None:
    first = actions.receive(
        stations.pine, slot=None, received=received(), matter=None, actor=stations.deputies[0], at=NOW
    )

    again = actions.receive(
        stations.pine, slot=None, received=received(), matter=None, actor=stations.deputies[0], at=NOW
    )

    assert again == first
    assert Visit.objects.of(stations.district.congress).count() == 1
    with pytest.raises(ActRefused, match="别的代表交过了"):
        actions.receive(stations.pine, slot=None, received=received(), matter=None, actor=stations.deputies[1], at=NOW)


def test_what_arrives_late_keeps_the_day_on_which_it_was_said(stations: Stations) -> None:
    slot = stations.slot(day=TODAY)
    later = NOW + timedelta(days=2)

    visit = actions.receive(
        stations.pine, slot=slot, received=received(), matter=None, actor=stations.deputies[0], at=later
    )
    future = actions.receive(
        stations.pine, slot=slot, received=received("p:2", at=NOW + timedelta(days=9)), matter=None,
        actor=stations.deputies[0], at=later,
    )  # fmt: skip

    assert (visit.on, visit.slot) == (TODAY, slot)
    assert (future.on, future.slot) == (TODAY + timedelta(days=2), None)
    with pytest.raises(ActRefused, match="两个星期"):
        actions.receive(
            stations.pine, slot=slot, received=received("p:3"), matter=None, actor=stations.deputies[0],
            at=NOW + timedelta(days=15),
        )  # fmt: skip


def test_an_answer_on_the_spot_is_written_out(stations: Stations) -> None:
    with pytest.raises(ActRefused, match="请写明怎么答的"):
        actions.receive(
            stations.pine, slot=None, received=received(answer=""), matter=None, actor=stations.deputies[0], at=NOW
        )


def test_an_opinion_that_is_carried_on_is_tied_to_the_visit(stations: Stations) -> None:
    matter = stations.district.matter()

    visit = actions.receive(
        stations.pine, slot=None, received=received(answer=""), matter=matter, actor=stations.deputies[0], at=NOW
    )

    assert (visit.outcome, visit.matter) == ("carried", matter)


def attend(stations: Stations, *days: date, hour: int = 9) -> None:
    for day in days:
        slot = actions.set_slot(
            stations.pine,
            time=actions.Time(day, time(hour), time(hour + 1), stations.people[:1]),
            actor=stations.office,
            on=day,
        )
        actions.come(slot, actor=stations.deputies[0], at=local(hour, day=day))


def counted(stations: Stations, until: date = date(2026, 12, 31), month_counts: int = 1) -> dict[str, int]:
    found = queries.reception_days(stations.district.congress.pk, year=2026, until=until, month_counts=month_counts)
    return {person.name: found.get(person.pk, 0) for person in stations.people}


def test_a_rota_without_a_check_in_counts_for_nothing(stations: Stations) -> None:
    stations.slot(day=TODAY)

    assert counted(stations) == {"周禾": 0, "沈明琪": 0, "乔之安": 0}


def test_two_slots_on_one_day_are_one_reception_day(stations: Stations) -> None:
    attend(stations, TODAY, hour=9)
    attend(stations, TODAY, hour=14)

    assert counted(stations)["周禾"] == 1


def test_the_month_counts_once_however_often_a_deputy_sat_in_it(stations: Stations) -> None:
    campaign = stations.month(date(2026, 6, 8), date(2026, 6, 30))
    attend(stations, date(2026, 6, 9), date(2026, 6, 10), date(2026, 6, 11), date(2026, 7, 8))
    assert counted(stations)["周禾"] == 4  # planned only: there is no month yet

    actions.take(campaign.matter_id, "announce", actor=stations.office, on=date(2026, 6, 8), at=NOW)

    assert counted(stations)["周禾"] == 2
    assert counted(stations, month_counts=2)["周禾"] == 3
    assert counted(stations, until=date(2026, 7, 1))["周禾"] == 1


def test_a_reception_of_another_year_does_not_count(stations: Stations) -> None:
    attend(stations, date(2025, 12, 30))

    assert counted(stations)["周禾"] == 0


@pytest.mark.parametrize("days", [1, 3])
def test_counting_a_year_costs_two_statements(stations: Stations, days: int, django_assert_num_queries) -> None:
    attend(stations, *(TODAY + timedelta(days=place) for place in range(days)))

    with django_assert_num_queries(2):
        found = queries.reception_days(
            stations.district.congress.pk, year=2026, until=date(2026, 12, 31), month_counts=1
        )

    assert list(found.values()) == [days]
