"""The petition office and a body at work by keyboard: letters typed in, ten sorted in a row, an answer sent back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from lvzhi.records.matters.models import Matter
from lvzhi.records.people.actor import citizen
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import Answer, Opinion
from tests.fixtures.district import District
from tests.stories.conftest import Visitor, flaws, is_too_wide, today, work_off

pytestmark = pytest.mark.browser

LETTER = "听泉路晚上九点以后就没有公交了，下夜班只能走回家。"
GOOD = "自七月一日起，五路车末班延长到二十三点。"


def handed_in(district: District, count: int, **given: object) -> list[Opinion]:
    at, on = timezone.now(), today()
    made = []
    for number in range(count):
        words = actions.Words(
            subject=f"第{number + 1}封：夜里没有公交", text=f"{LETTER}这是第{number + 1}封。", **given
        )  # type: ignore[arg-type]
        receipt = actions.submit(
            congress=district.congress, words=words, actor=citizen(district.congress), on=on, at=at
        )
        made.append(receipt.opinion)
    work_off()
    return made


class Keys:
    """A keyboard that counts what is pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1


def test_a_paper_note_is_written_down_with_its_words_and_one_chord(
    served: tuple[District, str], arrive: Callable[..., Visitor]
) -> None:
    district, _address = served
    clerk = arrive()
    clerk.sign_in("yunlu-linzhiyuan")
    clerk.go("/desk/new/")
    keys = Keys(clerk.page)
    for text in (LETTER, "站牌倒在路边三天了，没有人来扶。"):
        # The words stand where the typing begins; nothing else must be filled in.
        assert clerk.page.evaluate("document.activeElement.name") == "text"
        clerk.page.keyboard.type(text)
        with clerk.page.expect_navigation():
            keys.press("Control+Enter")

    assert keys.pressed == 2
    assert Opinion.objects.of(district.congress).count() == 2
    titles = set(Matter.objects.of(district.congress).values_list("title", flat=True))
    assert titles == {"听泉路晚上九点以后就没有公交了，下夜班只能走回家", "站牌倒在路边三天了，没有人来扶"}
    assert clerk.page.locator(".receipt__code").count() == 1


def test_a_note_with_everything_takes_six_fields(served: tuple[District, str], arrive: Callable[..., Visitor]) -> None:
    district, _address = served
    clerk = arrive()
    clerk.sign_in("yunlu-linzhiyuan")
    clerk.go("/desk/new/")
    keys = Keys(clerk.page)
    clerk.page.keyboard.type(LETTER)
    clerk.page.wait_for_selector('[data-suggest-out] [data-value="transport"]')
    for typed in ("夜里没有公交车", "", "何远", "13900001234", "听泉路 8 号"):  # the subject was suggested meanwhile
        keys.press("Tab")
        if typed:
            clerk.page.keyboard.type(typed)
    with clerk.page.expect_navigation():
        keys.press("Control+Enter")

    opinion = Opinion.objects.of(district.congress).select_related("matter").get()
    assert (opinion.matter.title, opinion.matter.category) == ("夜里没有公交车", "transport")
    assert opinion.sender is not None
    assert keys.pressed == 6


def test_ten_letters_are_sorted_in_a_row_by_keyboard(
    served: tuple[District, str], arrive: Callable[..., Visitor]
) -> None:
    district, _address = served
    handed_in(district, 11)
    clerk = arrive()
    clerk.sign_in("yunlu-linzhiyuan")
    clerk.go("/desk/triage/")
    keys = Keys(clerk.page)
    # One by itself, then nine together.
    keys.press("j")
    with clerk.page.expect_navigation():
        keys.press("a")
    for _row in range(9):
        keys.press("j")
        keys.press("x")
    with clerk.page.expect_navigation():
        clerk.page.locator(".bulk--foot button").press("Enter")

    states = sorted(Matter.objects.of(district.congress).values_list("state", flat=True))
    assert states == ["received", *["transferred"] * 10]
    assert clerk.reads("已分派 9 件")
    assert keys.pressed == 20


def test_a_body_answers_point_by_point_is_sent_back_and_answers_again(
    served: tuple[District, str], arrive: Callable[..., Visitor]
) -> None:
    district, _address = served
    opinion = handed_in(district, 1, points=["夜里加车", "站牌挪近"])[0]
    at, on = timezone.now(), today()
    actions.transfer(opinion.matter_id, body=district.transport, actor=district.clerk, on=on, at=at)
    body, address = arrive(), f"/desk/matters/{opinion.matter_id}/"
    body.sign_in("yunlu-qiaoan")
    body.go(f"{address}answer/")
    body.page.fill("[name=point_1]", "您反映的问题已转相关部门。")
    body.page.fill("[name=point_2]", "请耐心等待。")
    body.page.wait_for_selector("[data-hints-out] .alert")  # the hint comes while it is written
    body.press("答复")
    assert body.reads("先送信访办公室核")
    body.press("就这样答复")
    assert body.reads("核过才发给来信人")

    clerk = arrive()
    clerk.sign_in("yunlu-linzhiyuan")
    clerk.go(f"{address}pass_answer/")
    assert clerk.page.locator(".cmp mark").count() >= 1
    clerk.page.fill("[name=reason]", "两点都没有说办了什么。")
    clerk.press("退回重答")

    body.go(f"{address}answer/")
    assert body.reads("两点都没有说办了什么。")
    body.page.fill("[name=point_1]", GOOD)
    body.page.fill("[name=point_2]", "站牌六月三十日前挪到小区门口。")
    body.press("答复")

    opinion.refresh_from_db()
    assert GOOD in opinion.reply
    verdicts = list(Answer.objects.of(district.congress).order_by("id").values_list("verdict", flat=True))
    assert verdicts == ["sent_back", "unchecked"]


def test_without_script_an_answer_is_given_and_an_opinion_is_sorted(
    served: tuple[District, str], arrive: Callable[..., Visitor]
) -> None:
    district, _address = served
    opinion = handed_in(district, 1)[0]
    clerk = arrive(script=False)
    clerk.sign_in("yunlu-linzhiyuan")
    clerk.go("/desk/triage/")
    clerk.press("照此分派")
    body = arrive(script=False)
    body.sign_in("yunlu-qiaoan")
    body.go(f"/desk/matters/{opinion.matter_id}/answer/")
    body.page.fill("[name=reply]", GOOD)
    body.press("答复")

    opinion.refresh_from_db()
    assert opinion.reply == GOOD


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_pages_of_the_office_are_for_everyone(
    served: tuple[District, str], arrive: Callable[..., Visitor], size: str
) -> None:
    district, _address = served
    first = handed_in(district, 3, points=["夜里加车", "站牌挪近"])[0]
    words = actions.Words(subject="没有活路了", text="跑了三年没有人管，我真的不想活了。")
    at, on = timezone.now(), today()
    actions.submit(congress=district.congress, words=words, actor=citizen(district.congress), on=on, at=at)
    for _n in range(6):
        advert = actions.Words(subject="专业代开", text="本公司专业代开发票，加微信领取优惠。")
        actions.submit(congress=district.congress, words=advert, actor=citizen(district.congress), on=on, at=at)
    work_off()
    topic = actions.reckon_topics(district.congress, today=on, at=at)[0]
    second = Opinion.objects.of(district.congress).order_by("id")[1]
    clerk = arrive(size)
    clerk.sign_in("yunlu-linzhiyuan")
    found: dict[str, object] = {}
    paths = [
        "/desk/", "/desk/triage/", "/desk/triage/suspected/", f"/desk/triage/{second.matter_id}/?number=意 2026-0001",
        "/desk/new/", "/desk/messages/", "/desk/topics/", f"/desk/topics/{topic.pk}/",
        f"/desk/matters/{first.matter_id}/", f"/desk/matters/{first.matter_id}/publish/",
    ]  # fmt: skip
    for path in paths:
        clerk.go(path)
        problems: list[str] = flaws(clerk.page)
        if is_too_wide(clerk.page):
            problems.append("scrolls sideways")
        if clerk.page.locator("h1").count() != 1:
            problems.append(f"{clerk.page.locator('h1').count()} main headings")
        if problems:
            found[path] = problems
    assert found == {}
