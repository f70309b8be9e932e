"""A citizen books a place from the station's page on the phone, and hears when it is moved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from django.utils import timezone

from lvzhi.work.stations import actions
from lvzhi.work.stations.models import Appointment, Slot
from tests.fixtures.district import District
from tests.fixtures.stations import make_stations
from tests.stories.conftest import Visitor, flaws, is_too_wide, today

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_citizen_books_a_slot_from_the_station_page_on_the_phone(
    served: tuple[District, str], arrive: Callable[..., Visitor], script: bool
) -> None:
    district, _address = served
    stations = make_stations(district)
    day = today() + timedelta(days=3)
    wanted = actions.Time(day, time(9), time(11), stations.people[:1], "养老驿站", 4)
    actions.set_slot(stations.pine, time=wanted, actor=stations.office, on=today())
    citizen = arrive("phone", script=script)
    page = citizen.page

    # From the directory to the station, and to the form.
    citizen.go("/stations/")
    assert script is False or flaws(page) == []
    assert not is_too_wide(page)
    citizen.press("松影里代表联络站")
    assert citizen.reads("周禾代表")
    assert script is False or flaws(page) == []
    assert not is_too_wide(page)
    page.locator("a.btn--small", has_text="约").click()
    assert script is False or flaws(page) == []

    # A phone number that is none is told; then the place is booked.
    page.fill("[name=purpose]", "老人家门口没有坡道")
    page.fill("[name=phone]", "12")
    citizen.press("约好")
    assert citizen.reads("这不像一个电话号码")
    page.fill("[name=phone]", "13900000412")
    citizen.press("约好")
    assert citizen.reads("约好了，请收好这张回执")
    assert script is False or flaws(page) == []
    code = page.locator(".receipt__code").inner_text()

    # The office moves the slot; number and code tell the citizen, who cancels.
    slot = Slot.objects.of(district.congress).select_related("station__body").get()
    actions.move_slot(
        slot, day=day + timedelta(days=1), starts=time(14), ends=time(16), reason="会场另有安排", actor=stations.office,
        on=today(), at=timezone.now(),
    )  # fmt: skip
    citizen.go("/stations/booking")
    page.fill("[name=number]", Appointment.objects.of(district.congress).get().number)
    page.fill("[name=code]", code)
    citizen.press("看预约")
    assert citizen.reads("会场另有安排")
    assert script is False or flaws(page) == []
    citizen.press("取消预约")
    assert citizen.reads("预约已经取消")
    assert Appointment.objects.of(district.congress).get().status == "cancelled"
