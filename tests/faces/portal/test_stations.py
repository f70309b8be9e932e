"""Finding a station, booking a place, cancelling it: with nothing but a browser."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from lvzhi.faces.portal.stations.calendar import ical
from lvzhi.records.people.models import PersonalRecord
from lvzhi.work.stations import actions, queries
from lvzhi.work.stations.models import Appointment, Slot
from tests.fixtures.district import NOW, TODAY
from tests.fixtures.stations import Stations

MAP = {
    "width": 586, "height": 344, "lines": ["M18 196C120 176 176 196 226 144"],
    "areas": [{"slug": "office-tingquan", "name": "听泉街道", "x": 292, "y": 88, "path": "M190 18L372 26L388 128Z"}],
}  # fmt: skip


@pytest.fixture
def client() -> Client:
    """Somebody with a browser."""
    return Client()


def book(client: Client, slot: Slot, **given: Any) -> Any:
    """Send the form of a booking, and follow to the receipt."""
    words = {"once": str(uuid4()), "purpose": "楼道里的灯不亮", **given}
    return client.post(f"/stations/{slot.station.body.slug}/book/{slot.pk}", words, follow=True)


def receipt_of(response: Any) -> tuple[str, str]:
    """What stands on a receipt."""
    page = response.content.decode()
    number = re.search(r"约 \d{4}-\d{4}", page)
    code = re.search(r'receipt__code">([A-Z0-9-]{9})<', page)
    assert number, page
    assert code, page
    return number[0], code[1]


def test_the_map_shows_what_the_list_says_and_the_list_stands_without_it(stations: Stations, client: Client) -> None:
    congress = stations.district.congress
    assert "<svg viewBox" not in client.get("/stations/").content.decode().split("<main")[1]
    congress.settings = {"map": MAP}
    congress.save()
    from lvzhi.faces.signin.acting import forget_congresses

    forget_congresses()
    page = client.get("/stations/").content.decode()

    assert 'aria-label="听泉街道，2 个联络站"' in page
    assert page.count('<circle class="pin"') == 2
    assert "松影里12号院一层" in page


@pytest.mark.parametrize("path", ['M0 0L1 1"/><script>', "javascript:alert(1)", "M" + "1" * 3000])
def test_a_drawing_that_is_none_is_left_out(stations: Stations, client: Client, path: str) -> None:
    congress = stations.district.congress
    congress.settings = {"map": {**MAP, "areas": [{**MAP["areas"][0], "path": path}]}}
    congress.save()

    page = client.get("/stations/").content.decode()

    assert 'class="map"' not in page
    assert "松影里代表联络站" in page


def test_a_station_says_who_receives_when_and_that_it_is_shut(stations: Stations, client: Client) -> None:
    stations.slot(topic="养老驿站")

    page = client.get("/stations/songyingli/").content.decode()
    assert "周禾代表" in page
    assert "养老驿站，还有 6 个位置可约" in page
    actions.close_station(
        stations.pine, first_day=TODAY, last_day=None, reason="水管检修", actor=stations.office, on=TODAY, at=NOW
    )
    page = client.get("/stations/songyingli/").content.decode()

    assert "停用中：水管检修" in page
    assert "恢复时间未定：水管检修。请到别的站，或者在网上说。" in page
    assert "取消了" in page


def test_a_booking_leads_to_a_receipt_and_its_code_cancels_it(stations: Stations, client: Client) -> None:
    slot = stations.slot()

    number, code = receipt_of(book(client, slot, name="张三", phone="139 0000 0412"))

    opened = client.post("/stations/booking", {"number": number, "code": code.lower()})
    assert "楼道里的灯不亮" in opened.content.decode()
    assert "张三" not in opened.content.decode()
    done = client.post("/stations/booking", {"number": number, "code": code, "cancel": "1"})
    assert "预约已经取消" in done.content.decode()
    assert Appointment.objects.of(stations.district.congress).get().status == "cancelled"


def test_a_wrong_code_opens_nothing_and_tries_are_counted(stations: Stations, client: Client, settings: Any) -> None:
    settings.LVZHI_FOLLOW_LIMIT = 2
    number, _code = receipt_of(book(client, stations.slot()))

    answers = [client.post("/stations/booking", {"number": number, "code": "ABCD-2345"}) for _try in range(3)]

    assert "编号或者查询码不对" in answers[0].content.decode()
    assert "试得太多了" in answers[2].content.decode()


def test_the_same_form_sent_twice_gives_one_booking_and_one_receipt(stations: Stations, client: Client) -> None:
    slot, once = stations.slot(), str(uuid4())

    first, second = book(client, slot, once=once), book(client, slot, once=once)

    assert receipt_of(first) == receipt_of(second)
    assert Appointment.objects.of(stations.district.congress).count() == 1


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"purpose": ""}, "请用一句话写明想说什么事"),
        ({"phone": "12"}, "这不像一个电话号码"),
        ({"website": "http://spam.example"}, "有一栏本来不该填"),
        ({"purpose": "路" * 201}, "200"),
    ],
)
def test_bad_input_is_told_above_what_was_typed(stations: Stations, client: Client, given: dict, why: str) -> None:
    answer = book(client, stations.slot(), **given)

    assert answer.status_code == 400
    assert why in answer.content.decode()
    assert not Appointment.objects.of(stations.district.congress).exists()


def test_a_programme_cannot_book_every_place(stations: Stations, client: Client) -> None:
    slot = stations.slot(places=20)

    answers = [book(client, slot) for _each in range(12)]

    assert [answer.status_code for answer in answers[-2:]] == [429, 429]
    assert Appointment.objects.of(stations.district.congress).count() == 10


def test_the_particulars_are_nowhere_but_sealed(stations: Stations, client: Client) -> None:
    book(client, stations.slot(), name="张三", phone="13900000412")

    record = PersonalRecord.objects.of(stations.district.congress).get()

    assert b"13900000412" not in bytes(record.sealed)
    for path in ("/stations/", "/stations/songyingli/", "/stations/calendar.ics"):
        assert "13900000412" not in client.get(path).content.decode()


def test_a_full_slot_offers_no_booking_but_the_way_in(stations: Stations, client: Client) -> None:
    slot = stations.slot(places=1)
    book(client, slot)

    page = client.get("/stations/songyingli/").content.decode()

    assert "约满了，直接来也行" in page
    assert f"/book/{slot.pk}" not in page


def test_the_poster_is_a_pdf_whose_words_are_the_stations(stations: Stations, client: Client) -> None:
    answer = client.get("/stations/songyingli/poster.pdf?size=a3")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert client.get("/stations/nowhere/poster.pdf").status_code == 404


def test_the_code_of_the_poster_opens_the_form_with_the_station(stations: Stations, client: Client) -> None:
    page = client.get("/opinions/new?station=songyingli").content.decode()

    assert "松影里代表联络站" in page


def test_the_calendar_folds_its_lines_and_keeps_what_was_cancelled(stations: Stations, client: Client) -> None:
    struck = stations.slot(topic="题目；带分号, 逗号" + "很长" * 15)
    actions.cancel_slot(struck, reason="代表临时开会", actor=stations.office, on=TODAY, at=NOW)
    stations.slot(day=TODAY + timedelta(days=8))

    answer = client.get("/stations/songyingli/calendar.ics")

    lines = answer.content.decode().split("\r\n")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines.count("BEGIN:VEVENT") == 2
    assert "STATUS:CANCELLED" in lines
    assert "DTSTART:20260610T010000Z" in lines
    unfolded = answer.content.decode().replace("\r\n ", "")
    assert "SUMMARY:松影里代表联络站 周禾" in unfolded
    assert "\\, 逗号" in unfolded


def test_an_empty_calendar_is_one_too(stations: Stations) -> None:
    slots = queries.upcoming(stations.district.congress.pk, station=None, today=TODAY)

    assert ical(slots, name="空", host="yunlu.example", now=NOW).endswith("END:VCALENDAR\r\n")


@pytest.mark.parametrize("slots", [1, 5])
def test_a_stations_page_costs_the_same_however_long_its_rota(
    stations: Stations, client: Client, slots: int, django_assert_max_num_queries: Any
) -> None:
    for place in range(slots):
        stations.slot(day=TODAY + timedelta(days=place + 1), deputies=stations.people)
    client.get("/stations/songyingli/")

    with django_assert_max_num_queries(14):
        client.get("/stations/songyingli/")
