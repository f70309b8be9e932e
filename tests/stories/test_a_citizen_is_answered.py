"""A citizen says that the night bus is missing, and follows it until it is answered."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from lvzhi.records.matters.ledger import verify
from lvzhi.records.matters.models import Matter
from tests.fixtures.district import District
from tests.stories.conftest import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_the_loop_from_the_first_word_to_the_rating(
    served: tuple[District, str], arrive: Callable[..., Visitor], script: bool
) -> None:
    district, _address = served
    # She writes on her telephone, and is given a number and a code.
    citizen = arrive("phone", script=script)
    citizen.go("/opinions/new")
    citizen.page.fill("[name=subject]", "夜里没有公交车")
    citizen.page.fill("[name=text]", "听泉路晚上九点以后就没有公交了，下夜班只能走回家。")
    if script:
        citizen.press("下一步：在哪里")
        citizen.press("下一步：您是谁")
    citizen.press("送出意见")
    said = citizen.page.locator("main").inner_text()
    number = re.search(r"意 \d{4}-\d{4}", said)
    code = re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", said)
    assert number, said
    assert code, said

    # The clerk passes it on to the transport bureau.
    clerk = arrive(script=script)
    clerk.sign_in("yunlu-linzhiyuan")
    clerk.go("/desk/")
    clerk.page.get_by_role("link", name="夜里没有公交车").first.click()
    clerk.page.wait_for_load_state()
    matter = Matter.objects.of(district.congress).get()
    clerk.go(f"/desk/matters/{matter.pk}/transfer/")
    clerk.page.select_option("[name=body]", label="区交通局")
    clerk.page.locator("main form[method=post] button[type=submit]").last.click()
    clerk.page.wait_for_load_state()
    assert clerk.reads("区交通局")

    # The bureau answers.
    bureau = arrive(script=script)
    bureau.sign_in("yunlu-qiaoan")
    bureau.go(f"/desk/matters/{matter.pk}/answer/")
    bureau.page.fill("[name=reply]", "自七月一日起，末班车延长到二十三点。")
    bureau.page.locator("main button[name=do][value=send]").click()
    bureau.page.wait_for_load_state()

    # She opens her receipt, reads the answer and rates it.
    citizen.go("/opinions/follow")
    citizen.page.fill("[name=number]", number.group())
    citizen.page.fill("[name=code]", code.group())
    citizen.page.locator("main form[method=post] button[type=submit]").last.click()
    citizen.page.wait_for_load_state()
    assert citizen.reads("末班车延长到二十三点")
    citizen.page.locator("[name$=result][value=solved]").check(force=True)
    citizen.page.locator("[name$=process][value=satisfied]").check(force=True)
    citizen.press("送出评价")
    citizen.page.wait_for_load_state()

    matter.refresh_from_db()
    assert (matter.state, verify(matter)) == ("archived", 4)
