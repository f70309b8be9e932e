"""The rota: what can be set, what stands in the way, and who hears of a change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from lvzhi.records.notices.models import Delivery, Notice
from lvzhi.records.notices.tell import tell_of
from lvzhi.work.stations import actions, queries
from lvzhi.work.stations.actions import ActRefused, Time
from lvzhi.work.stations.models import Appointment, Closure, Message, Slot
from tests.fixtures.district import NOW, TODAY, District
from tests.fixtures.stations import ELEVEN, NINE, TOMORROW, Stations

pytestmark = pytest.mark.django_db
WEDNESDAY, THURSDAY = date(2026, 6, 10), date(2026, 6, 11)


def test_a_row_of_tuesdays_is_set_at_once_and_skips_what_stands_in_the_way(stations: Stations) -> None:
    stations.slot(day=date(2026, 6, 23), starts=time(10), ends=time(12), deputies=stations.people[1:2])
    Closure.objects.create(
        congress=stations.district.congress, station=stations.pine, first_day=date(2026, 6, 30),
        last_day=date(2026, 7, 1), reason="装修", made_at=NOW,
    )  # fmt: skip
    wanted = Time(TODAY, NINE, ELEVEN, stations.people[:1])

    row = actions.set_row(
        stations.pine, first=TODAY, last=date(2026, 7, 7), weekdays={1}, time=wanted, actor=stations.office, on=TODAY
    )

    assert [slot.date for slot in row.made] == [date(2026, 6, 9), date(2026, 6, 16), date(2026, 7, 7)]
    assert row.left_out == [
        (date(2026, 6, 23), "6月23日 10:00 到 12:00 已经排了一场，请错开时间。"),
        (date(2026, 6, 30), "6月30日本站停用：装修"),
    ]


def test_a_row_leaves_out_public_holidays_but_keeps_the_weekends_that_were_asked_for(stations: Stations) -> None:
    wanted = Time(TODAY, NINE, ELEVEN)

    row = actions.set_row(
        stations.pine, first=date(2026, 6, 13), last=date(2026, 6, 20), weekdays={4, 5}, time=wanted,
        actor=stations.office, on=TODAY,
    )  # fmt: skip

    assert [slot.date for slot in row.made] == [date(2026, 6, 13)]
    assert [why for _day, why in row.left_out] == ["6月19日是法定节假日（端午）", "6月20日是法定节假日（端午）"]


def test_deputies_take_turns_when_asked_to(stations: Stations) -> None:
    wanted = Time(TODAY, NINE, ELEVEN, stations.people)

    row = actions.set_row(
        stations.pine, first=TODAY, last=date(2026, 7, 1), weekdays={2}, time=wanted, actor=stations.office, on=TODAY,
        in_turn=True,
    )  # fmt: skip

    assert [[seat.person.name for seat in slot.seats.all()] for slot in row.made] == [
        ["周禾"], ["沈明琪"], ["乔之安"], ["周禾"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"starts": ELEVEN, "ends": NINE}, "结束时间要晚于开始时间"),
        ({"starts": time(0), "ends": time(23, 59)}, "最长十小时"),
        ({"day": TODAY - timedelta(days=1)}, "不能给过去的日子排班"),
        ({"day": TODAY + timedelta(days=401)}, "核对年份"),
        ({"places": 41}, "最多预约 40 人"),
    ],
)
def test_an_impossible_time_is_refused_with_what_to_mend(stations: Stations, given: dict, why: str) -> None:
    with pytest.raises(ActRefused, match=why):
        stations.slot(**given)


def test_a_deputy_does_not_sit_in_two_places_at_once(stations: Stations) -> None:
    stations.slot(stations.pine)

    with pytest.raises(ActRefused, match="周禾那时已经排在松影里代表联络站"):
        stations.slot(stations.mill, starts=time(10), ends=time(12))

    assert stations.slot(stations.mill, starts=ELEVEN, ends=time(12)).pk


def test_only_a_deputy_of_that_day_is_put_on_the_rota(stations: Stations, neighbour: District) -> None:
    stranger = stations.people[0].__class__.objects.of(neighbour.congress).get(slug="zhouhe")

    with pytest.raises(ActRefused, match="周禾在那一天不是本级人大代表"):
        stations.slot(deputies=[stranger])


def test_the_street_committee_keeps_its_own_stations_and_no_others(stations: Stations) -> None:
    wanted = Time(WEDNESDAY, NINE, ELEVEN)

    made = actions.set_slot(stations.pine, time=wanted, actor=stations.keeper, on=TODAY)
    with pytest.raises(ActRefused, match="街道人大工委管理"):
        actions.set_slot(stations.pine, time=Time(THURSDAY, NINE, ELEVEN), actor=stations.neighbour_keeper, on=TODAY)
    with pytest.raises(ActRefused, match="街道人大工委管理"):
        actions.cancel_slot(made, reason="换人", actor=stations.deputies[0], on=TODAY, at=NOW)

    assert queries.stations_kept_by(stations.keeper) == [stations.mill, stations.pine]
    assert queries.stations_kept_by(stations.neighbour_keeper) == []
    assert queries.stations_kept_by(stations.district.clerk) == [stations.mill, stations.pine]


def test_a_moved_slot_takes_its_bookings_along_and_tells_everyone(stations: Stations) -> None:
    slot = stations.slot()
    booked = stations.book(slot, name="张三", phone="13900000412")

    moved = actions.move_slot(
        slot,
        day=THURSDAY,
        starts=time(14),
        ends=time(16),
        reason="会场另有安排",
        actor=stations.office,
        on=TODAY,
        at=NOW,
    )

    slot.refresh_from_db()
    appointment = Appointment.objects.of(slot.congress_id).get()
    assert (slot.is_cancelled, slot.moved_to, appointment.slot, appointment.status) == (True, moved, moved, "booked")
    assert [seat.person.name for seat in moved.seats.all()] == ["周禾"]
    message = Message.objects.of(slot.congress_id).get()
    assert message.appointment == booked.appointment
    assert message.text == "您约的接待从6月10日 09:00改到6月11日 14:00：会场另有安排。来不了的，请凭查询码取消。"


def test_a_cancelled_slot_frees_its_time_and_cancels_its_bookings(stations: Stations) -> None:
    slot = stations.slot()
    stations.book(slot)

    actions.cancel_slot(slot, reason="代表临时开会", actor=stations.office, on=TODAY, at=NOW)

    assert Appointment.objects.of(slot.congress_id).get().status == "cancelled"
    assert stations.slot().pk != slot.pk
    with pytest.raises(ActRefused, match="已经取消了"):
        actions.cancel_slot(slot, reason="代表临时开会", actor=stations.office, on=TODAY, at=NOW)


def test_the_deputies_of_a_slot_are_told_once_that_it_moved_or_fell_out(stations: Stations) -> None:
    slot, other = stations.slot(deputies=stations.people[:2]), stations.slot(day=THURSDAY)

    moved = actions.move_slot(
        slot, day=THURSDAY, starts=time(14), ends=time(16), reason="会场另有安排", actor=stations.office, on=TODAY,
        at=NOW,
    )  # fmt: skip
    actions.cancel_slot(other, reason="代表临时开会", actor=stations.office, on=TODAY, at=NOW)

    told = Notice.objects.of(moved.congress_id).order_by("id")
    first, second = (each.account for each in stations.deputies[:2])
    assert [(each.account_id, each.text) for each in told.filter(account=first)] == [
        (first, "松影里代表联络站的接待从6月10日 09:00改到6月11日 14:00：会场另有安排。"),
        (first, "6月11日 09:00松影里代表联络站的接待取消了，您不用去：代表临时开会。"),
    ]
    assert told.filter(account=second).count() == 1
    assert Delivery.objects.of(moved.congress_id).filter(notice__in=told).count() == 3
    again = told.filter(account=second).get()
    tell_of([again.account], about=again.about, text="又说一遍", congress=moved.congress_id, at=NOW)
    assert told.filter(account=second).get().text == again.text


def test_what_is_cancelled_says_why(stations: Stations) -> None:
    with pytest.raises(ActRefused, match="请写明原因"):
        actions.cancel_slot(stations.slot(), reason="  ", actor=stations.office, on=TODAY, at=NOW)


def test_a_station_that_is_shut_strikes_out_its_slots_and_leaves_the_calls_to_make(stations: Stations) -> None:
    slot, later = stations.slot(), stations.slot(day=date(2026, 7, 1))
    stations.book(slot, phone="13900000412")

    struck = actions.close_station(
        stations.pine, first_day=TODAY, last_day=date(2026, 6, 30), reason="水管检修", actor=stations.keeper, on=TODAY,
        at=NOW,
    )  # fmt: skip

    assert struck == [slot]
    later.refresh_from_db()
    assert not later.is_cancelled
    calls = queries.calls_to_make(stations.office, now=NOW)
    assert [each.text for each in calls] == [
        "6月10日 09:00松影里代表联络站的接待取消了：本站停用：水管检修。请另约时间，也可以在网上说。"
    ]
    assert queries.calls_to_make(stations.neighbour_keeper, now=NOW) == []
    actions.note_told(calls[0], actor=stations.keeper, at=NOW)
    assert queries.calls_to_make(stations.office, now=NOW) == []
    with pytest.raises(ActRefused, match="6月10日本站停用：水管检修"):
        stations.slot()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"first_day": TODAY - timedelta(days=1)}, "从今天或者以后"),
        ({"last_day": TODAY - timedelta(days=1)}, "不能早于第一天"),
        ({"reason": "\u200b"}, "请写明原因"),
    ],
)
def test_a_closure_that_cannot_be_is_refused(stations: Stations, given: dict, why: str) -> None:
    wanted = {"first_day": TODAY, "last_day": None, "reason": "检修", **given}

    with pytest.raises(ActRefused, match=why):
        actions.close_station(stations.pine, actor=stations.office, on=TODAY, at=NOW, **wanted)

    assert not Closure.objects.of(stations.district.congress).exists()


def test_a_station_opens_again_the_day_it_is_reopened(stations: Stations) -> None:
    actions.close_station(
        stations.pine, first_day=TODAY, last_day=None, reason="检修", actor=stations.office, on=TODAY, at=NOW
    )
    closure = queries.closures(stations.pine, today=TODAY)[0]
    later = TODAY + timedelta(days=3)

    actions.reopen_station(closure, actor=stations.office, on=later)

    assert stations.pine in type(stations.pine).objects.of(stations.district.congress).open_on(later)
    assert stations.pine not in type(stations.pine).objects.of(stations.district.congress).open_on(TODAY)


def test_the_database_refuses_a_slot_that_ends_before_it_starts(stations: Stations) -> None:
    with pytest.raises(IntegrityError, match="a_slot_ends_after_it_starts"), transaction.atomic():
        Slot.objects.create(
            congress=stations.district.congress, station=stations.pine, date=TODAY, starts=ELEVEN, ends=NINE
        )


def test_places_do_not_shrink_below_what_is_booked(stations: Stations) -> None:
    slot = stations.slot(places=3)
    stations.book(slot)
    stations.book(slot)

    with pytest.raises(ActRefused, match="已经有人约了第 2 个位置"):
        actions.edit_slot(
            slot, time=Time(slot.date, NINE, ELEVEN, stations.people[:1], "", 1), actor=stations.office, on=TODAY
        )


def test_a_changed_slot_keeps_the_seat_of_who_has_come(stations: Stations) -> None:
    slot = stations.slot(day=TODAY, starts=time(9, 30))
    actions.come(slot, actor=stations.deputies[0], at=NOW)

    actions.edit_slot(
        slot, time=Time(TODAY, NINE, ELEVEN, stations.people[1:2], "停车", 4), actor=stations.office, on=TODAY
    )

    assert sorted(seat.person.name for seat in slot.seats.all()) == ["周禾", "沈明琪"]
    assert (slot.topic, slot.places) == ("停车", 4)


@given(places=st.integers(1, 40), hours=st.integers(1, 8))
def test_booked_places_follow_one_another_within_the_slot(places: int, hours: int) -> None:
    slot = Slot(date=TODAY, starts=time(9), ends=time(9 + hours), places=places)

    times = [slot.time_of(place) for place in range(places)]

    assert times == sorted(times)
    assert times[0] == slot.starts
    assert times[-1] < slot.ends


@pytest.mark.parametrize("rows", [1, 4])
def test_the_rota_costs_two_statements_however_long(stations: Stations, rows: int, django_assert_num_queries) -> None:
    for place in range(rows):
        stations.slot(day=TODAY + timedelta(days=place + 1), deputies=stations.people)

    with django_assert_num_queries(2):
        found = queries.rota(stations.district.congress.pk, first=TODAY, last=TODAY + timedelta(days=30))
        drawn = [(slot.station.body.short, [seat.person.name for seat in slot.sitting], slot.taken) for slot in found]

    assert drawn == [("松影里代表联络站", ["周禾", "沈明琪", "乔之安"], 0)] * rows


@pytest.mark.parametrize("rows", [1, 4])
def test_the_directory_costs_three_statements_however_long(
    stations: Stations, rows: int, django_assert_num_queries
) -> None:
    for place in range(rows):
        stations.slot(day=TODAY + timedelta(days=place + 1))

    with django_assert_num_queries(3):
        found = queries.directory(stations.district.congress.pk, today=TODAY)
        drawn = [(each.body.name, each.street.short, len(each.soon), len(each.shut_now)) for each in found]

    assert drawn == [("南磨坊代表联络站", "听泉街道", 0, 0), ("松影里代表联络站", "听泉街道", rows, 0)]


def test_a_neighbour_sees_nothing_of_the_stations(stations: Stations, neighbour: District) -> None:
    stations.slot()

    assert queries.directory(neighbour.congress.pk, today=TODAY) == []
    assert queries.rota(neighbour.congress.pk, first=TODAY, last=TODAY + timedelta(days=30)) == []
    with pytest.raises(ActRefused, match="没有这一场接待"):
        actions.book(
            Slot.objects.of(stations.district.congress).get(),
            booking=actions.Booking("路灯", "web:x"),
            actor=neighbour.clerk,
            on=TODAY,
            at=datetime(2026, 6, 9, tzinfo=UTC),
        )
    assert TOMORROW > TODAY
