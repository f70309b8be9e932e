"""The office's pages of stations: nothing serious for axe, no sideways scrolling on a telephone, one heading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from lvzhi.work.stations import actions
from tests.fixtures.district import District
from tests.fixtures.stations import ELEVEN, NINE, make_stations
from tests.stories.conftest import Visitor, flaws, is_too_wide, today

pytestmark = pytest.mark.browser

PAGES = [
    "/desk/stations/", "/desk/stations/at/songyingli/", "/desk/stations/at/songyingli/edit/",
    "/desk/stations/at/songyingli/slots/", "/desk/stations/calls/", "/desk/rota/", "/desk/rota/?view=month",
    "/desk/rota/{slot}/", "/desk/months/", "/desk/months/new/", "/desk/months/{month}/",
]  # fmt: skip


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_page_of_stations_has_no_serious_flaw(
    served: tuple[District, str], arrive: Callable[..., Visitor], size: str
) -> None:
    district, _address = served
    stations = make_stations(district)
    day, at = today() + timedelta(days=1), timezone.now()
    slot, struck = (
        actions.set_slot(
            stations.pine, time=actions.Time(each, NINE, ELEVEN, stations.people[:2]), actor=stations.office, on=today()
        )
        for each in (day, day + timedelta(days=1))
    )
    booking = actions.Booking("楼道里的灯", "web:1", {"phone": "13900000412"})
    actions.book(slot, booking=booking, actor=district.clerk, on=today(), at=at)
    actions.cancel_slot(struck, reason="代表临时开会", actor=stations.office, on=today(), at=at)
    month = actions.plan_month(
        congress=district.congress, theme="养老", first_day=today(), last_day=today() + timedelta(days=29),
        stations=[stations.pine, stations.mill], actor=stations.office, on=today(), at=at,
    )  # fmt: skip
    visitor = arrive(size)
    visitor.sign_in("yunlu-tangshuyi")
    found: dict[str, list[str]] = {}

    for path in PAGES:
        visitor.go(path.format(slot=slot.pk, month=month.pk))
        problems = flaws(visitor.page)
        if is_too_wide(visitor.page):
            problems.append("scrolls sideways")
        if visitor.page.locator("h1").count() != 1:
            problems.append("not one main heading")
        if problems:
            found[path] = problems

    assert found == {}
