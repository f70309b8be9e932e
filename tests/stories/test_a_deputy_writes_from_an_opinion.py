"""A deputy writes on the phone from what a citizen said, and the citizen sees it; then a round of re-visits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from lvzhi.records.matters.models import Matter
from lvzhi.records.people.actor import citizen
from lvzhi.records.people.models import Person
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.actions import revisits
from lvzhi.work.opinions.queries import revisits as read
from tests.fixtures.district import District, _person
from tests.stories.conftest import Visitor, flaws, is_too_wide, today, work_off

pytestmark = pytest.mark.browser


def test_a_citizens_words_become_a_deputys_suggestion(
    served: tuple[District, str], arrive: Callable[..., Visitor]
) -> None:
    district, _address = served
    words = actions.Words(subject="夜里没有公交车", text="听泉路晚上九点以后就没有公交了，下夜班只能走回家。")
    now = timezone.now()
    receipt = actions.submit(
        congress=district.congress, words=words, actor=citizen(district.congress), on=today(), at=now
    )
    matter = receipt.opinion.matter

    # The clerk registers it and recommends it to the deputy.
    deputy = Person.objects.of(district.congress).get(slug="zhouhe")
    for action, data in (("register", {}), ("recommend", {"deputy": deputy})):
        actions.take(matter.pk, action, actor=district.clerk, on=today(), at=timezone.now(), data=data)
    work_off()

    # The deputy finds it on the phone and writes a suggestion from it.
    phone = arrive("phone")
    phone.sign_in("yunlu-zhouhe")
    phone.go("/pocket/")
    phone.press("推荐给我的")
    phone.press("夜里没有公交车")
    assert phone.reads("听泉路晚上九点以后")
    assert flaws(phone.page) == []
    phone.press("据此写建议")
    assert phone.page.input_value("[name=title]") == "夜里没有公交车"
    assert flaws(phone.page) == []
    assert not is_too_wide(phone.page)
    phone.page.fill("[name=title]", "增设夜间公交")
    phone.page.fill("[name=proposal]", "五路车末班延到二十三点。")
    phone.press("提出建议")
    assert phone.reads("由 1 件群众意见引出")
    suggestion = Matter.objects.of(district.congress).get(procedure="deputy_suggestion")
    assert suggestion.number in phone.page.inner_text("h1")
    work_off()

    # The citizen opens the receipt, and sees what came of the words.
    holder = arrive("phone")
    holder.go("/opinions/follow")
    holder.page.fill("[name=number]", receipt.number)
    holder.page.fill("[name=code]", receipt.code)
    holder.page.locator("main form[method=post] button[type=submit]").last.click()
    holder.page.wait_for_load_state()
    assert holder.reads("由此引出")
    assert holder.reads(suggestion.number)
    assert not holder.reads("增设夜间公交"), "a suggestion that is not public is told by its number alone"


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_pages_of_a_round_are_for_everyone(
    served: tuple[District, str], arrive: Callable[..., Visitor], size: str
) -> None:
    district, _address = served
    district.congress.settings = {"petition": {"answer_check": "none"}}
    district.congress.save()
    before, at = today() - timedelta(days=1), timezone.now() - timedelta(days=1)
    for place in range(3):
        words = actions.Words(
            subject=f"第 {place} 个站台没有灯", text="晚上等车看不见。", particulars={"phone": "13800000001"}
        )
        sender = citizen(district.congress)
        key = actions.submit(congress=district.congress, words=words, actor=sender, on=before, at=at).opinion.matter_id
        actions.transfer(key, body=district.transport, actor=district.clerk, on=before, at=at)
        actions.answer(key, reply="灯已经装好，昨天亮了。", actor=district.driver, on=before, at=at)
    caller = _person(district.congress, "tangshuyi", "唐书怡", "deputy_office", None)
    found = revisits.plan_round(
        congress=district.congress, answered_from=before, answered_until=before, size=2, actor=caller, on=before, at=at
    )
    revisits.publish_list(
        key=found.pk, seed_source="双色球开奖号码", seed_due_on=today(), actor=caller, on=before, at=at
    )
    desk, stranger = arrive(size), arrive(size)
    desk.sign_in("yunlu-tangshuyi")

    # The seed is known today, and entered; the first who was drawn is called.
    desk.go(f"/desk/revisits/{found.pk}/")
    assert flaws(desk.page) == []
    desk.page.fill("[name=seed]", "03 08 14 17 22 31 + 09")
    desk.press("录入并抽签")
    case = read.cases(found)[0]
    desk.go(f"/desk/revisits/cases/{case.pk}/")
    desk.press("看电话")
    assert desk.reads("13800000001")
    assert flaws(desk.page) == []
    desk.page.get_by_label("没有解决").check(force=True)
    desk.press("记下")
    problems = {}
    for visitor, path in (
        (desk, "/desk/revisits/"), (desk, "/desk/revisits/new/"), (desk, f"/desk/revisits/{found.pk}/"),
        (stranger, "/revisits/"), (stranger, f"/revisits/{found.number}"),
    ):  # fmt: skip
        visitor.go(path)
        wrong = flaws(visitor.page) + (["scrolls sideways"] if is_too_wide(visitor.page) else [])
        if wrong or visitor.page.locator("h1").count() != 1:
            problems[path] = wrong

    assert problems == {}
    assert stranger.reads("说没有解决")
    assert re.search(r"[0-9a-f]{64}", stranger.page.locator("main").inner_text())
