"""Personal data: sealed, read through one door, deleted in time, resealed under a new key."""

from __future__ import annotations

import base64
from datetime import date, timedelta

import pytest
from pytest_django import Settings

from lvzhi.records.base.sealed import CannotUnseal, KeyRing, key_ring
from lvzhi.records.people import door
from lvzhi.records.people.models import PersonalReading, PersonalRecord
from lvzhi.work.opinions.models import Opinion
from tests.fixtures.district import NOW, TODAY, District

NAME, PHONE = "何小满", "10012345678"


def _record(district: District) -> PersonalRecord:
    receipt = district.opinion(particulars={"name": NAME, "phone": PHONE})
    sender = receipt.opinion.sender
    assert sender is not None
    return sender


def test_nothing_of_a_sender_lies_readable_in_the_database(district: District) -> None:
    record = _record(district)

    raw = bytes(PersonalRecord.objects.of(district.congress).get(pk=record.pk).sealed)

    assert NAME.encode() not in raw
    assert PHONE.encode() not in raw


def test_whoever_reads_is_written_down_with_the_purpose(district: District) -> None:
    record = _record(district)

    found = door.read(record, actor=district.clerk, purpose="电话核实地点", at=NOW)

    reading = PersonalReading.objects.of(district.congress).get()
    assert found == {"name": NAME, "phone": PHONE}
    assert (reading.reader_name, reading.purpose) == ("林知远", "电话核实地点")


@pytest.mark.parametrize("who", ["driver", "deputy"])
def test_a_body_or_a_deputy_cannot_open_the_door(district: District, who: str) -> None:
    record = _record(district)

    with pytest.raises(door.DoorClosed, match="工作人员"):
        door.read(record, actor=getattr(district, who), purpose="看看", at=NOW)

    assert not PersonalReading.objects.of(district.congress).exists()


def test_a_neighbouring_office_cannot_open_the_door(district: District, neighbour: District) -> None:
    with pytest.raises(door.DoorClosed):
        door.read(_record(district), actor=neighbour.clerk, purpose="看看", at=NOW)


def test_reading_without_a_purpose_is_refused(district: District) -> None:
    with pytest.raises(door.DoorClosed, match="用途"):
        door.read(_record(district), actor=district.clerk, purpose="  ", at=NOW)


def test_particulars_are_deleted_when_their_time_is_up_and_the_reading_stays(district: District) -> None:
    record = _record(district)
    door.read(record, actor=district.clerk, purpose="电话核实地点", at=NOW)
    assert record.kept_until is not None
    assert door.expire(today=record.kept_until) == 0

    assert door.expire(today=record.kept_until + timedelta(days=1)) == 1

    assert not PersonalRecord.objects.of(district.congress).exists()
    assert PersonalReading.objects.of(district.congress).get().record is None
    assert Opinion.objects.of(district.congress).get().sender is None


def test_a_new_key_reseals_everything_and_the_old_one_still_finds_the_receipt(
    district: District, settings: Settings
) -> None:
    record = _record(district)
    new = base64.b64encode(b"n" * 32).decode()
    settings.LVZHI_DATA_KEYS = f"new:{new},{settings.LVZHI_DATA_KEYS}"

    after = door.reseal(batch=1)

    assert after == record.pk
    assert door.reseal(after=after, batch=1) is None
    record.refresh_from_db()
    assert bytes(record.sealed).startswith(b"new:")
    assert door.read(record, actor=district.clerk, purpose="核实", at=NOW)["name"] == NAME


def test_a_sealed_text_moved_to_another_row_does_not_open() -> None:
    ring = key_ring("k:" + base64.b64encode(b"a" * 32).decode())
    sealed = ring.seal(NAME, bound_to="one")

    assert ring.unseal(sealed, "one") == NAME
    with pytest.raises(CannotUnseal, match="belong"):
        ring.unseal(sealed, "another")


@pytest.mark.parametrize("setting", ["", "k", "k:", "k:!!!", "k:" + base64.b64encode(b"short").decode()])
def test_a_key_that_cannot_be_right_is_refused_at_once(setting: str) -> None:
    with pytest.raises(ValueError, match=r"LVZHI_DATA_KEYS|base64|padding|Only"):
        KeyRing.parse(setting)


def test_five_years_from_a_leap_day_is_a_day_that_exists(district: District) -> None:
    assert date(2024, 2, 29) < TODAY
    assert _record(district).kept_until == date(2031, 6, 9)
