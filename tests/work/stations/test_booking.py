"""A citizen's booking: the last place goes to one, the code opens it, the phone stays sealed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from lvzhi.records.jobs.models import Job
from lvzhi.records.jobs.worker import work
from lvzhi.records.people.models import PersonalRecord
from lvzhi.work.stations import actions, queries
from lvzhi.work.stations.actions import ActRefused
from lvzhi.work.stations.models import Appointment, Message
from tests.fixtures.district import NOW, TODAY
from tests.fixtures.stations import Stations

pytestmark = pytest.mark.django_db


def test_a_booking_gives_a_number_and_a_code_that_open_it(stations: Stations) -> None:
    slot = stations.slot()

    booked = stations.book(slot, name="张三", phone="13900000412")

    congress = stations.district.congress.pk
    assert booked.number == "约 2026-0001"
    assert (
        queries.booking_by_code(congress, "约 2026-0001", booked.code.lower().replace("-", " ")) == booked.appointment
    )
    assert queries.booking_by_code(congress, "约 2026-0001", "ABCD-2345") is None
    assert queries.booking_by_code(congress, "约 2026-0009", booked.code) is None


def test_who_booked_lies_sealed_and_goes_when_its_time_is_up(stations: Stations) -> None:
    slot = stations.slot()

    appointment = stations.book(slot, name="张三", phone="13900000412").appointment

    record = PersonalRecord.objects.of(stations.district.congress).get()
    assert appointment.visitor == record
    assert b"13900000412" not in bytes(record.sealed)
    assert record.kept_until == slot.date + timedelta(days=90)
    assert "张三" not in str(vars(appointment))


def test_nobody_must_give_a_name(stations: Stations) -> None:
    assert stations.book(stations.slot()).appointment.visitor is None


def test_the_last_place_goes_to_one_and_the_next_hears_what_to_do(stations: Stations) -> None:
    slot = stations.slot(places=1)
    stations.book(slot)

    with pytest.raises(ActRefused, match="约满了。不预约也可以来"):
        stations.book(slot)

    assert Appointment.objects.of(slot.congress_id).count() == 1


def test_the_database_itself_gives_a_place_once(stations: Stations) -> None:
    first = stations.book(stations.slot()).appointment

    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(
            congress_id=first.congress_id, slot=first.slot, place=first.place, number="约 2026-0099", code_hash="x",
            purpose="路灯", source_id="web:other", booked_at=NOW,
        )  # fmt: skip


def test_the_same_form_books_once_and_gives_the_same_receipt(stations: Stations) -> None:
    slot = stations.slot()

    first, second = stations.book(slot, once="web:a"), stations.book(slot, once="web:a")

    assert (first.number, first.code) == (second.number, second.code)
    assert Appointment.objects.of(slot.congress_id).count() == 1


def test_a_cancelled_place_is_free_again(stations: Stations) -> None:
    slot = stations.slot(places=1)
    booked = stations.book(slot)

    actions.cancel_booking(booked.appointment, at=NOW)

    assert stations.book(slot).appointment.place == 0


def test_what_has_passed_is_not_cancelled(stations: Stations) -> None:
    booked = stations.book(stations.slot())

    with pytest.raises(ActRefused, match="已经过去了，不用取消"):
        actions.cancel_booking(booked.appointment, at=NOW + timedelta(days=2))


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"purpose": " "}, "请用一句话写明想说什么事"),
        ({"purpose": "路" * 201}, "200"),
        ({"at": datetime(2026, 6, 10, 2, 0, tzinfo=UTC)}, "已经开始，不用预约，直接来就行"),
        ({"at": datetime(2026, 6, 10, 9, 0, tzinfo=UTC)}, "已经过去了"),
    ],
)
def test_a_booking_that_cannot_be_says_what_to_do(stations: Stations, given: dict, why: str) -> None:
    slot = stations.slot()

    with pytest.raises(ActRefused, match=why):
        stations.book(slot, **given)


def test_a_slot_without_places_is_for_whoever_comes(stations: Stations) -> None:
    with pytest.raises(ActRefused, match="不用预约，直接来就行"):
        stations.book(stations.slot(places=0))


def test_a_cancelled_slot_takes_no_booking(stations: Stations) -> None:
    slot = stations.slot()
    actions.cancel_slot(slot, reason="代表临时开会", actor=stations.office, on=TODAY, at=NOW)

    with pytest.raises(ActRefused, match="这一场取消了：代表临时开会"):
        stations.book(slot)


def test_a_visitor_is_reminded_the_day_before_and_once(stations: Stations) -> None:
    slot = stations.slot(day=TODAY + timedelta(days=6))
    booked = stations.book(slot)
    job = Job.objects.of(stations.district.congress).get(kind="appointment-booked")
    assert job.run_at == datetime(2026, 6, 14, 1, 0, tzinfo=UTC)

    assert work(at=job.run_at - timedelta(minutes=1)) == 0
    work(at=job.run_at)

    message = booked.appointment.messages.get()
    assert message.kind == "reminder"
    assert message.text.startswith("6月15日 09:00，松影里代表联络站，松影里12号院一层。")


def test_who_cancelled_is_not_reminded(stations: Stations) -> None:
    booked = stations.book(stations.slot(day=TODAY + timedelta(days=6)))
    actions.cancel_booking(booked.appointment, at=NOW)

    work(at=datetime(2026, 6, 14, 1, 0, tzinfo=UTC))

    assert not Message.objects.of(stations.district.congress).exists()


def test_who_came_is_noted_by_the_deputy_or_the_keeper_and_not_beforehand(stations: Stations) -> None:
    appointment = stations.book(stations.slot()).appointment
    that_day = TODAY + timedelta(days=1)

    with pytest.raises(ActRefused, match="还没有到那一天"):
        actions.note_arrival(appointment, came=True, actor=stations.keeper, on=TODAY)
    with pytest.raises(ActRefused, match="街道人大工委管理"):
        actions.note_arrival(appointment, came=True, actor=stations.deputies[1], on=that_day)
    actions.note_arrival(appointment, came=False, actor=stations.deputies[0], on=that_day)

    assert Appointment.objects.of(appointment.congress_id).get().status == "no_show"


def test_times_are_shared_out_over_the_places(stations: Stations) -> None:
    slot = stations.slot(places=4)

    appointments = [stations.book(slot).appointment for _each in range(3)]

    assert [slot.time_of(each.place) for each in appointments] == [time(9), time(9, 30), time(10)]
