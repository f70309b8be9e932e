"""The ledger only grows, numbers have no gaps, and of two hands one wins."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from lvzhi.core.trust import BrokenChain
from lvzhi.records.matters.ledger import verify
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.matters.numbering import next_serial
from lvzhi.records.matters.refusals import ActRefused
from lvzhi.work.opinions import actions
from tests.fixtures.district import NOW, TODAY, District, make_district


def test_an_entry_cannot_be_changed_even_by_sql(district: District) -> None:
    matter = district.matter()

    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE matters_entry SET note = 'changed'")

    assert verify(matter) == 1


def test_an_entry_cannot_be_removed_even_by_sql(district: District) -> None:
    matter = district.matter()

    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM matters_entry")

    assert matter.entries.count() == 1


def test_a_forged_entry_breaks_the_chain(district: District) -> None:
    matter = district.matter()
    forged = Entry(
        congress=district.congress, matter=matter, seq=2, action="answer", to_state="replied", on=TODAY, at=NOW
    )
    forged.previous_hash, forged.hash = matter.last_hash, "0" * 64
    forged.save()

    with pytest.raises(BrokenChain, match="Entry 2"):
        verify(matter)


def test_a_ledger_whose_end_was_cut_off_is_found_out(district: District) -> None:
    matter = district.matter()
    actions.take(matter.pk, "register", actor=district.clerk, on=TODAY, at=NOW)
    matter.refresh_from_db()
    matter.last_hash = "f" * 64

    with pytest.raises(BrokenChain, match="does not end"):
        verify(matter)


def test_a_rolled_back_act_gives_its_number_back(district: District) -> None:
    with pytest.raises(RuntimeError, match="power cut"), transaction.atomic():
        district.opinion()
        raise RuntimeError("power cut")

    assert district.opinion().number == "意 2026-0001"


def test_a_series_gives_several_numbers_at_once(district: District) -> None:
    assert next_serial(district.congress.pk, "函", 2026, 3) == 1
    assert next_serial(district.congress.pk, "函", 2026) == 4
    assert next_serial(district.congress.pk, "函", 2027) == 1


def _together(count: int, work: Callable[[int], None]) -> None:
    gate = threading.Barrier(count)

    def run(place: int) -> None:
        gate.wait()
        try:
            work(place)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_numbers_have_neither_gap_nor_repeat_when_many_write_at_once() -> None:
    district = make_district()
    numbers: list[str] = []

    _together(8, lambda place: numbers.append(district.opinion(subject=f"第 {place} 件事").number))

    assert sorted(numbers) == [f"意 2026-{place:04d}" for place in range(1, 9)]


@pytest.mark.django_db(transaction=True)
def test_of_two_clerks_who_press_at_once_one_wins_and_the_other_is_told() -> None:
    district = make_district()
    matter = district.matter()
    outcomes: list[str] = []

    def press(place: int) -> None:
        body = (district.transport, district.housing)[place]
        try:
            actions.transfer(matter.pk, body=body, actor=district.clerk, on=TODAY, at=NOW, version=1)
            outcomes.append("won")
        except ActRefused as refusal:
            outcomes.append(str(refusal))

    _together(2, press)

    assert sorted(outcomes)[0] == "won"
    assert "林知远刚刚办了「转送」" in sorted(outcomes)[1]
    assert Matter.objects.of(district.congress).get(pk=matter.pk).entries.count() == 2
