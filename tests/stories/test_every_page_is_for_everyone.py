"""Every page a role meets: nothing serious for axe, no sideways scrolling on a narrow telephone, one heading."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lvzhi.records.people.actor import Actor, citizen
from lvzhi.work.opinions import actions
from tests.fixtures.district import District
from tests.stories.conftest import Visitor, flaws, is_too_wide, today, work_off

pytestmark = pytest.mark.browser

PUBLIC = [
    "/clues/", "/revisits/",
    "/opinions/2026-0002", "/figures/", "/subscribe", "/opendata", "/opinions/?q=公交&state=in_hand",
    "/", "/opinions/", "/opinions/new", "/opinions/follow", "/about", "/privacy", "/accessibility", "/signin/",
    "/signin/phone", "/password/reset", "/design/", "/nothing-here", "/stations/", "/stations/booking",
]  # fmt: skip
OFFICE = [
    "/desk/clues/", "{matter}raise/",
    "/desk/", "/desk/?kind=watch", "/desk/matters/", "/desk/search/?q=公交", "/desk/new/", "/desk/people/",
    "/desk/people/import/", "/desk/notices/", "/desk/readings/", "/account/", "{matter}", "{matter}transfer/",
]  # fmt: skip
BODY = ["/desk/", "/desk/matters/", "{matter}", "{matter}answer/"]
DEPUTY = ["/pocket/", "/pocket/opinions", "/pocket/new"]

CASES = [("-", PUBLIC), ("yunlu-linzhiyuan", OFFICE), ("yunlu-qiaoan", BODY), ("yunlu-zhouhe", DEPUTY)]


def _matters(district: District) -> str:
    """A matter that waits for the office, and one that was passed on; returns the address of the second."""
    from django.utils import timezone

    at, on = timezone.now(), today()
    clerk: Actor = district.clerk
    keys = []
    for subject in ("夜里没有公交车", "公交站牌倒在路边"):
        words = actions.Words(subject=subject, text="听泉路晚上九点以后就没有公交了，下夜班只能走回家。")
        sender = citizen(district.congress)
        keys.append(
            actions.submit(congress=district.congress, words=words, actor=sender, on=on, at=at).opinion.matter_id
        )
    actions.transfer(keys[1], body=district.transport, actor=clerk, on=on, at=at)
    actions.take(keys[1], "publish", actor=clerk, on=on, at=at)
    actions.reckon_tables(district.congress, today=on, at=at)
    work_off()
    return f"/desk/matters/{keys[1]}/"


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize(("who", "paths"), CASES, ids=["public", "office", "body", "deputy"])
def test_a_page_has_no_serious_flaw(
    served: tuple[District, str], arrive: Callable[..., Visitor], who: str, paths: list[str], size: str
) -> None:
    district, _address = served
    matter = _matters(district)
    visitor = arrive(size)
    if who != "-":
        visitor.sign_in(who)
    found: dict[str, object] = {}

    for path in paths:
        visitor.go(path.format(matter=matter))
        problems: list[str] = flaws(visitor.page)
        if is_too_wide(visitor.page):
            problems.append("scrolls sideways")
        if visitor.page.locator("h1").count() != 1:
            problems.append(f"{visitor.page.locator('h1').count()} main headings")
        if problems:
            found[path] = problems

    assert found == {}
