"""A citizen photographs a step, says so without a name, calls the answer half a solution, and is heard again."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from PIL import Image

from lvzhi.records.documents.models import Attachment
from lvzhi.records.matters.ledger import verify
from lvzhi.records.matters.models import Matter
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import Opinion
from tests.fixtures.district import District
from tests.stories.conftest import Visitor, flaws, is_too_wide, today

pytestmark = pytest.mark.browser

FIRST = "七月十日前在松影里三号楼门口装好扶手，台阶加一段坡道。"
SECOND = "坡道七月二十日前加宽到一米二，扶手同时延长。"


def _answered(district: District, key: object, reply: str) -> None:
    matter = Matter.objects.of(district.congress).get(pk=key)
    if matter.state == "received":
        actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=today(), at=timezone.now())
    actions.answer(matter.pk, reply=reply, actor=district.driver, on=today(), at=timezone.now())


def _handed_in(citizen: Visitor, picture: Path, *, script: bool) -> tuple[str, str]:
    """Three steps: what with a photo, where, who; returns number and code of the receipt."""
    page = citizen.page
    citizen.go("/opinions/new")
    page.fill("[name=subject]", "楼门口的台阶没有扶手")
    page.fill("[name=text]", "三号楼门口三级台阶，没有扶手也没有坡道，推轮椅上不去。")
    page.set_input_files("[name=photos]", str(picture))
    if script:
        assert not page.locator("[name=place]").is_visible()
        citizen.press("下一步：在哪里")
    page.fill("[name=place]", "松影里三号楼")
    if script:
        citizen.press("下一步：您是谁")
        assert not page.locator("[name=phone]").is_visible()
    page.locator("[name=named][value=no]").check()
    citizen.press("送出意见")
    said = page.locator("main").inner_text()
    number, code = re.search(r"意 \d{4}-\d{4}", said), re.search(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b", said)
    assert number, said
    assert code, said
    return number[0], code[0]


def _opened(citizen: Visitor, number: str, code: str) -> None:
    citizen.go("/opinions/follow")
    citizen.page.fill("[name=number]", number)
    citizen.page.fill("[name=code]", code)
    citizen.press("看办理情况")


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_half_a_solution_is_handled_again(
    served: tuple[District, str], arrive: Callable[..., Visitor], tmp_path: Path, script: bool
) -> None:
    district, _address = served
    picture = tmp_path / "台阶.jpg"
    Image.new("RGB", (320, 240), "grey").save(picture, "JPEG")

    # She hands it in on her telephone, without a name, and takes a receipt home.
    citizen = arrive("phone", script=script)
    number, code = _handed_in(citizen, picture, script=script)
    assert citizen.page.locator("svg.qr").is_visible()
    opinion = Opinion.objects.of(district.congress).get()
    assert (opinion.is_anonymous, opinion.place) == (True, "松影里三号楼")
    assert Attachment.objects.of(district.congress).count() == 1

    # The bureau answers; she looks it up anonymously and calls it partly solved.
    _answered(district, opinion.matter_id, FIRST)
    _opened(citizen, number, code)
    assert citizen.reads(FIRST)
    citizen.page.locator("[name$=result][value=partly]").check(force=True)
    citizen.page.locator("[name$=process][value=basically]").check(force=True)
    citizen.press("送出评价")
    assert citizen.reads("谢谢您的评价")

    # What is left undone goes back, and the second round has its own answer.
    citizen.page.locator("details:has([name$=reason]) > summary").click()
    citizen.page.fill("[name$=reason]", "坡道太窄，轮椅还是上不去。")
    citizen.press("要求重新办理")
    assert citizen.reads("第 2 轮")
    _answered(district, opinion.matter_id, SECOND)
    _opened(citizen, number, code)

    for told in (SECOND, FIRST, "您评价了：解决了一部分", "第 2 轮", "台阶.jpg"):
        assert citizen.reads(told), told
    if script:  # both are asked of the page by a script
        assert flaws(citizen.page) == []
        assert not is_too_wide(citizen.page)
    matter = Matter.objects.of(district.congress).get()
    assert (matter.state, verify(matter)) == ("result_returned", 6)


def test_the_way_back_goes_a_step_back_and_the_hints_arrive(
    served: tuple[District, str], arrive: Callable[..., Visitor]
) -> None:
    citizen = arrive("phone")
    page = citizen.page
    citizen.go("/opinions/new")
    citizen.press("下一步：在哪里")
    assert page.locator("[name=subject]").get_attribute("aria-invalid") == "true"
    page.fill("[name=subject]", "夜里没有公交车")
    page.fill("[name=text]", "听泉路夜里没有公交，请打13812345678找我。")
    citizen.press("下一步：在哪里")

    page.get_by_text("「13812345678」像电话").wait_for()
    page.go_back()

    assert page.locator("[name=subject]").is_visible()
    assert page.locator("[name=subject]").input_value() == "夜里没有公交车"
    assert not page.locator("[name=place]").is_visible()
