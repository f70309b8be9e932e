"""The office keeps stations, sets the rota, watches the month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import docx as library
import pytest
from django.test import Client

from lvzhi.records.people.actor import Actor
from lvzhi.records.people.models import PersonalReading
from lvzhi.work.stations import actions
from lvzhi.work.stations.models import Campaign, Seat, Slot, Station
from tests.fixtures.district import NOW, TODAY
from tests.fixtures.stations import Stations

SignIn = Callable[[Actor], Client]


@pytest.fixture
def desk(stations: Stations, sign_in: SignIn) -> Client:
    """The deputies' office at its desk."""
    return sign_in(stations.office)


def slots(stations: Stations) -> list[date]:
    """The days on the rota of the first station."""
    rows = Slot.objects.of(stations.district.congress).standing().filter(station=stations.pine)
    return list(rows.order_by("date").values_list("date", flat=True))


ROW = {
    "first": "2026-06-16",
    "last": "2026-06-30",
    "weekdays": ["1"],
    "starts": "09:00",
    "ends": "11:00",
    "places": "6",
}


def test_every_tuesday_is_set_in_one_form(stations: Stations, desk: Client) -> None:
    stations.slot(day=date(2026, 6, 23), deputies=[])

    answer = desk.post("/desk/stations/at/songyingli/slots/", ROW, follow=True)

    page = answer.content.decode()
    assert "已排 2 场" in page
    assert "没有排的 1 天：6月23日 09:00 到 11:00 已经排了一场，请错开时间。" in page
    assert slots(stations) == [date(2026, 6, 16), date(2026, 6, 23), date(2026, 6, 30)]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"weekdays": []}, "请选星期几"),
        ({"last": ""}, "请写排到哪一天"),
        ({"last": "2026-06-01"}, "不能早于第一天"),
        ({"ends": "08:00"}, "结束时间要晚于开始时间"),
        ({"places": "99"}, "40"),
        ({"first": "1826-06-16"}, "日期不在可用的范围内"),
        ({"starts": "25:99"}, "有效"),
    ],
)
def test_a_row_that_cannot_be_says_what_to_mend(stations: Stations, desk: Client, given: dict, why: str) -> None:
    answer = desk.post("/desk/stations/at/songyingli/slots/", {**ROW, **given})

    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert slots(stations) == []


def test_a_station_is_set_up_and_changed(stations: Stations, desk: Client) -> None:
    facts = {
        "name": "井台代表联络站", "slug": "jingtai", "kind": "station", "street": stations.street.pk,
        "address": "井台胡同1号", "is_open": "on",
    }  # fmt: skip

    made = desk.post("/desk/stations/new/", facts, follow=True)
    again = desk.post("/desk/stations/new/", facts)
    desk.post("/desk/stations/at/jingtai/edit/", {**facts, "address": "井台胡同2号"})

    assert "已设站：井台代表联络站" in made.content.decode()
    assert "已经用过了" in again.content.decode()
    assert Station.objects.of(stations.district.congress).get(body__slug="jingtai").address == "井台胡同2号"


def test_a_community_of_another_street_is_refused(stations: Stations, desk: Client) -> None:
    from lvzhi.records.people.models import Body

    congress = stations.district.congress
    other = Body.objects.create(
        congress=congress, slug="office-x", name="云台街道", short="云台街道", kind="subdistrict_office"
    )
    facts = {
        "name": "松影里代表联络站", "kind": "station", "street": other.pk, "community": stations.community.pk,
        "address": "松影里", "is_open": "on",
    }  # fmt: skip

    answer = desk.post("/desk/stations/at/songyingli/edit/", facts)

    assert "这个社区不在所选的街道" in answer.content.decode()


def test_a_closure_in_the_month_is_shown_as_a_gap_and_leaves_the_calls(stations: Stations, desk: Client) -> None:
    campaign, slot = stations.month(), stations.slot()
    stations.book(slot, phone="13900000412")

    desk.post(
        "/desk/stations/at/songyingli/close/",
        {"first_day": TODAY, "last_day": TODAY + timedelta(days=29), "reason": "装修"},
    )

    month = desk.get(f"/desk/months/{campaign.pk}/").content.decode()
    calls = desk.get("/desk/stations/calls/").content.decode()
    assert "停用：装修" in month
    assert "没有排班的站 2 个" in month
    assert "2026 年接待不到 2 次的代表 3 名" in month
    assert "本站停用：装修。请另约时间" in calls


def test_who_booked_is_read_for_a_purpose_and_the_reading_is_kept(stations: Stations, sign_in: SignIn) -> None:
    booking = stations.book(stations.slot(), name="张三", phone="13900000412").appointment
    address = f"/desk/bookings/{booking.pk}/visitor/"

    shown = sign_in(stations.office).post(address, {"purpose": "告诉他改期"})
    refused = sign_in(stations.keeper).post(address, {"purpose": "告诉他改期"})
    blank = sign_in(stations.office).post(address, {"purpose": " "}, follow=True)

    assert "13900000412" in shown.content.decode()
    assert refused.status_code == 403
    assert "13900000412" not in blank.content.decode()
    reading = PersonalReading.objects.of(stations.district.congress).get()
    assert (reading.reader_name, reading.purpose) == ("唐书怡", "告诉他改期")


def test_the_street_committee_moves_its_slot_and_no_other(stations: Stations, sign_in: SignIn) -> None:
    slot = stations.slot()
    words = {"day": "2026-06-11", "starts": "14:00", "ends": "16:00", "reason": "会场另有安排"}

    refused = sign_in(stations.neighbour_keeper).post(f"/desk/rota/{slot.pk}/move/", words)
    done = sign_in(stations.keeper).post(f"/desk/rota/{slot.pk}/move/", words, follow=True)

    assert refused.status_code == 403
    assert "已改期" in done.content.decode()
    assert slots(stations) == [date(2026, 6, 11)]


def test_attendance_is_noted_under_the_keepers_name(stations: Stations, sign_in: SignIn) -> None:
    from datetime import time

    slot = stations.slot(day=TODAY, starts=time(9), ends=time(9, 30))
    person = stations.people[0]

    sign_in(stations.keeper).post(f"/desk/rota/{slot.pk}/attendance/", {"person": person.pk, "came": "yes"})

    seat = Seat.objects.of(stations.district.congress).get()
    assert seat.came_at is not None
    assert seat.noted_by_id == stations.keeper.account


def test_a_month_is_planned_announced_and_reported_from_the_desk(stations: Stations, desk: Client) -> None:
    desk.post("/desk/months/new/", {"theme": "养老", "first_day": "2026-06-10", "last_day": "2026-07-09"})
    campaign = Campaign.objects.of(stations.district.congress).select_related("matter").get()
    assert campaign.parts.count() == 2

    form = desk.get(f"/desk/matters/{campaign.matter_id}/announce/").content.decode()
    desk.post(
        f"/desk/matters/{campaign.matter_id}/announce/",
        {"version": campaign.matter.version, "last_day": "2026-07-09"},
    )
    report = desk.get(f"/desk/months/{campaign.pk}/report.docx")

    campaign.matter.refresh_from_db()
    assert "公告活动方案" in form
    assert campaign.matter.state == "announced"
    paper = campaign.matter.papers.get()
    assert paper.kind == "contact_month_plan"
    words = "".join(each.text for each in library.Document(BytesIO(b"".join(report.streaming_content))).paragraphs)
    assert "代表联系选民月活动" in words


def test_two_months_at_once_are_refused_in_the_form(stations: Stations, desk: Client) -> None:
    stations.month()

    answer = desk.post("/desk/months/new/", {"theme": "停车", "first_day": "2026-06-20", "last_day": "2026-07-09"})

    assert answer.status_code == 422
    assert "请错开日期" in answer.content.decode()


def test_a_street_committee_reports_to_the_office(stations: Stations, sign_in: SignIn) -> None:
    campaign = stations.month()
    actions.take(campaign.matter_id, "announce", actor=stations.office, on=TODAY, at=NOW)

    sign_in(stations.keeper).post(f"/desk/months/{campaign.pk}/street/", {"note": "本街道两个站都已排好。"})

    entry = campaign.matter.entries.get(action="report_street")
    assert (entry.actor_name, entry.data["note"]) == ("郝敏", "本街道两个站都已排好。")


@pytest.mark.parametrize(
    "path", ["/desk/rota/?day=31-31-31", "/desk/rota/?day=9999-12-31&view=month", "/desk/rota/?street=%00x"]
)
def test_an_odd_address_shows_the_rota_of_today(desk: Client, path: str) -> None:
    assert desk.get(path).status_code == 200


@pytest.mark.parametrize("rows", [1, 6])
def test_the_month_costs_the_same_however_much_is_on(
    stations: Stations, desk: Client, rows: int, django_assert_max_num_queries
) -> None:
    campaign = stations.month()
    for place in range(rows):
        stations.slot(day=TODAY + timedelta(days=place + 1), deputies=stations.people)
    desk.get(f"/desk/months/{campaign.pk}/")

    with django_assert_max_num_queries(32):
        desk.get(f"/desk/months/{campaign.pk}/")
