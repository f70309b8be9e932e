"""A deputy receives three people in a row on the phone; while one speaks, there is no network."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from lvzhi.work.opinions.models import Opinion
from lvzhi.work.stations import actions
from lvzhi.work.stations.models import Visit
from tests.fixtures.district import District
from tests.fixtures.stations import Stations, make_stations
from tests.stories.conftest import Visitor, flaws, is_too_wide

pytestmark = pytest.mark.browser


def now_on(stations: Stations) -> str:
    """A slot that is on at this moment, with 周禾; returns its id. Near midnight it is one that ends with the day."""
    at = timezone.localtime()
    day = at.date()
    starts = max(at - timedelta(minutes=30), at.replace(hour=0, minute=0))
    ends = min(at + timedelta(hours=2), at.replace(hour=23, minute=59))
    wanted = actions.Time(day, starts.time(), ends.time(), stations.people[:1])
    return str(actions.set_slot(stations.pine, time=wanted, actor=stations.office, on=day).pk)


def visits(district: District) -> list[tuple[str, str]]:
    """What has been written down, in the order in which people came."""
    rows = Visit.objects.of(district.congress).order_by("at", "id")
    return list(rows.values_list("subject", "outcome"))


def wait_for_visits(district: District, deputy: Visitor, count: int) -> list[tuple[str, str]]:
    """What has been written down, once there is so much of it."""
    for _try in range(60):
        if len(found := visits(district)) >= count:
            return found
        deputy.page.wait_for_timeout(250)
    return visits(district)


def receive_offline(district: District, deputy: Visitor) -> None:
    """Receive the second one without a network, and let what was written down go off when it is back."""
    page = deputy.page

    # While the second one speaks there is no network: it is kept on the phone, and the list says so.
    page.context.set_offline(True)
    page.fill("[name=subject]", "老年卡丢了")
    page.get_by_label("当场答复了").check()
    page.fill("[name=answer]", "告诉她带身份证到街道大厅补办。")
    page.get_by_role("button", name="记好，下一位").click()
    page.locator("[data-waiting-list] li").wait_for()
    assert "老年卡丢了" in page.locator("[data-waiting-list]").inner_text()
    assert page.locator("[data-offline]").is_visible()
    assert page.locator("h1").inner_text() == "第 3 位"
    assert visits(district) == [("楼道里的灯", "carried")]
    assert flaws(page) == []

    # The network comes back: what waited goes off by itself, once, and the list is empty.
    page.context.set_offline(False)
    assert wait_for_visits(district, deputy, 2) == [("楼道里的灯", "carried"), ("老年卡丢了", "answered")]
    page.locator("[data-waiting]").wait_for(state="hidden")
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_deputy_receives_three_people_in_a_row_one_while_offline(
    served: tuple[District, str], arrive: Callable[..., Visitor]
) -> None:
    district, _address = served
    stations = make_stations(district)
    now_on(stations)
    deputy = arrive("phone")
    page = deputy.page

    # She comes to the station and checks in.
    deputy.sign_in("yunlu-zhouhe")
    deputy.go("/pocket/receptions")
    assert flaws(page) == []
    assert not is_too_wide(page)
    deputy.press("到了，签到")
    assert page.locator("h1").inner_text() == "第 1 位"
    assert flaws(page) == []
    assert not is_too_wide(page)

    # The first one's matter is written down, and he gets a number and a code.
    page.fill("[name=subject]", "楼道里的灯")
    page.fill("[name=text]", "三号楼楼道里的灯坏了一个月，没人修。")
    page.get_by_role("button", name="记好，下一位").click()
    page.locator("[data-kept-number]").filter(has_text="意").wait_for()
    assert page.locator("h1").inner_text() == "第 2 位"
    number = page.locator("[data-kept-number]").inner_text()

    receive_offline(district, deputy)

    # The third one comes; a missing answer is told in place, then it is written down.
    page.fill("[name=subject]", "孩子上学")
    page.get_by_role("button", name="记好，下一位").click()
    page.locator(".error-summary").wait_for()
    assert "请把他的原话写下来" in page.locator("main").inner_text()
    page.fill("[name=text]", "户口在外区，想问转学要什么材料。")
    page.get_by_role("button", name="记好，下一位").click()
    found = wait_for_visits(district, deputy, 3)
    assert found[-1] == ("孩子上学", "carried")

    # Both opinions lie with the office, from this station and this deputy.
    rows = Opinion.objects.of(district.congress).select_related("matter").order_by("id")
    assert [(each.station_id, each.deputy_id) for each in rows] == [
        (stations.pine.body_id, stations.deputies[0].person)
    ] * 2
    assert rows[0].matter.number == number


def test_the_form_works_without_scripts(served: tuple[District, str], arrive: Callable[..., Visitor]) -> None:
    district, _address = served
    stations = make_stations(district)
    now_on(stations)
    deputy = arrive("phone", script=False)
    deputy.sign_in("yunlu-zhouhe")
    deputy.go("/pocket/receive/songyingli")

    deputy.page.fill("[name=subject]", "楼道里的灯")
    deputy.page.fill("[name=text]", "三号楼楼道里的灯坏了一个月，没人修。")
    deputy.press("记好，下一位")

    assert deputy.page.locator("h1").inner_text() == "第 2 位"
    assert deputy.reads("请让他拍下来")
    assert visits(district) == [("楼道里的灯", "carried")]
