"""A deputy receives several people in a row; a form that comes twice, or late, counts once."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lvzhi.faces.signin import clock
from lvzhi.records.people.models import PersonalRecord
from lvzhi.work.opinions.models import Opinion
from lvzhi.work.opinions.queries import by_receipt
from lvzhi.work.stations.actions import cancel_slot
from lvzhi.work.stations.models import Seat, Visit
from tests.faces.pocket.conftest import SignIn
from tests.fixtures.district import NOW, TODAY
from tests.fixtures.stations import Stations

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def phone(stations: Stations, sign_in: SignIn) -> Client:
    """The phone of the deputy 周禾, where the stations are."""
    return sign_in(stations.deputies[0])


def fields(**given: Any) -> dict[str, Any]:
    """One person's form as it is sent."""
    return {
        "once": str(uuid4()), "subject": "楼道里的灯", "outcome": "carried", "text": "三号楼楼道里的灯坏了一个月。",
        "category": "", **given,
    }  # fmt: skip


def visits(stations: Stations) -> list[tuple[str, str]]:
    """What was written down, in order."""
    rows = Visit.objects.of(stations.district.congress).order_by("id")
    return list(rows.values_list("subject", "outcome"))


def test_a_deputy_checks_in_and_goes_on_to_receive(stations: Stations, phone: Client) -> None:
    slot = stations.slot(day=TODAY, starts=time(10))

    answer = phone.post(f"/pocket/receptions/{slot.pk}/come", follow=True)

    assert answer.redirect_chain[0][0] == f"/pocket/receive/songyingli?slot={slot.pk}"
    assert Seat.objects.of(stations.district.congress).get().came_at == NOW
    assert "2026 年您接待了 1 次" in phone.get("/pocket/receptions").content.decode()


def test_people_follow_one_another_and_each_gets_a_receipt(stations: Stations, phone: Client) -> None:
    first = phone.post("/pocket/receive/songyingli", fields(phone="13900000412")).content.decode()
    second = phone.post(
        "/pocket/receive/songyingli", fields(subject="老年卡", outcome="answered", text="", answer="告诉他去街道补办。")
    ).content.decode()

    opinion = Opinion.objects.of(stations.district.congress).select_related("matter").get()
    assert opinion.matter.number in first
    assert "第 3 位" in second
    assert visits(stations) == [("楼道里的灯", "carried"), ("老年卡", "answered")]
    assert (opinion.station, opinion.community) == (stations.pine.body, stations.community)
    assert (opinion.deputy_id, opinion.channel) == (stations.deputies[0].person, "station")
    assert opinion.matter.area == stations.street
    assert opinion.sender == PersonalRecord.objects.of(stations.district.congress).get()


def test_a_form_sent_again_gives_the_same_receipt_and_counts_once(stations: Stations, phone: Client) -> None:
    words = fields()

    first = phone.post("/pocket/receive/songyingli", words, **JSON).json()
    second = phone.post("/pocket/receive/songyingli", words, **JSON).json()

    assert first == second
    assert visits(stations) == [("楼道里的灯", "carried")]
    found = by_receipt(stations.district.congress.pk, first["number"], first["code"])
    assert found is not None


def test_what_was_kept_offline_for_two_days_keeps_its_day(
    stations: Stations, phone: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = NOW + timedelta(days=2)
    monkeypatch.setattr(clock, "now", lambda: later)
    monkeypatch.setattr(clock, "today", lambda: later.date())

    phone.post("/pocket/receive/songyingli", fields(at=NOW.isoformat()), **JSON)

    visit = Visit.objects.of(stations.district.congress).select_related("matter").get()
    entry = visit.matter.entries.get()
    assert (visit.on, visit.at) == (TODAY, NOW)
    assert entry.data["received_on"] == TODAY.isoformat()
    assert entry.on == later.date()


@pytest.mark.parametrize("at", ["", "yesterday", "9999-12-31T23:59:59+00:00", "2026-06-09T02:00:00"])
def test_a_telephone_whose_clock_is_wrong_is_taken_at_the_servers(stations: Stations, phone: Client, at: str) -> None:
    assert phone.post("/pocket/receive/songyingli", fields(at=at), **JSON).status_code == 200

    assert Visit.objects.of(stations.district.congress).get().on == TODAY


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"text": "灯"}, "text", "请把他的原话写下来"),
        ({"subject": ""}, "subject", "请用一句话写明什么事"),
        ({"outcome": "answered", "answer": ""}, "answer", "请写明怎么答的"),
        ({"once": "not-a-key"}, "once", "UUID"),
    ],
)
def test_what_is_missing_is_told_and_nothing_is_stored(
    stations: Stations, phone: Client, given: dict, field: str, why: str
) -> None:
    answer = phone.post("/pocket/receive/songyingli", fields(**given), **JSON)

    assert answer.status_code == 422
    assert why in " ".join(answer.json()["errors"][field])
    assert visits(stations) == []
    assert not Opinion.objects.of(stations.district.congress).exists()


def test_another_deputys_form_is_not_taken_over(stations: Stations, sign_in: SignIn, phone: Client) -> None:
    words = fields()
    phone.post("/pocket/receive/songyingli", words, **JSON)

    answer = sign_in(stations.deputies[1]).post("/pocket/receive/songyingli", words, **JSON)

    assert answer.status_code == 422
    assert "别的代表交过了" in answer.json()["errors"]["__all__"][0]


def test_a_slot_that_was_cancelled_is_shown_with_its_reason(stations: Stations, phone: Client) -> None:
    from lvzhi.work.stations import actions

    actions.cancel_slot(stations.slot(), reason="会场另有安排", actor=stations.office, on=TODAY, at=NOW)

    page = phone.get("/pocket/receptions").content.decode()

    assert "取消了" in page
    assert "会场另有安排" in page


@pytest.mark.parametrize("people", [1, 5])
def test_the_form_costs_the_same_however_many_were_received(
    stations: Stations, phone: Client, people: int, django_assert_max_num_queries: Any
) -> None:
    for each in range(people):
        phone.post("/pocket/receive/songyingli", fields(subject=f"第{each}件事"), **JSON)

    with django_assert_max_num_queries(8):
        page = phone.get("/pocket/receive/songyingli").content.decode()

    assert f"今天在这里接待了 {people} 位" in page


def test_a_slot_that_fell_out_is_in_the_notices_and_leads_to_the_receptions(stations: Stations, phone: Client) -> None:
    slot = stations.slot(day=TODAY + timedelta(days=2))
    cancel_slot(slot, reason="会场停电", actor=stations.office, on=TODAY, at=NOW)

    shown = phone.get("/pocket/notices").content.decode()

    assert "的接待取消了，您不用去：会场停电。" in shown
    assert 'href="/pocket/receptions"' in shown
