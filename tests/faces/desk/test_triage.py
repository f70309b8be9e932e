"""The queue of fresh opinions: one screen, one post, nothing done behind anybody's back."""

from __future__ import annotations

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lvzhi.records.jobs.worker import work
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.work.opinions.models import Apart, Opinion, Triage
from tests.faces.desk.conftest import SignIn
from tests.fixtures.district import District

QUEUE = "/desk/triage/"
SUSPECTED = "/desk/triage/suspected/"
ADVERT = "本公司专业代开发票，点数低，加微信领取优惠。"
MOST = 16


def work_off() -> None:
    while work(at=timezone.now()):
        pass


def suggest(opinion: Opinion, district: District, score: float = 0.9) -> None:
    """The worker's suggestion, as a model would have made it."""
    Triage.objects.of(district.congress).update_or_create(
        opinion=opinion,
        defaults={
            "congress": district.congress,
            "categories": [{"key": "transport", "score": score, "words": ["公交"]}],
            "bodies": [{"body": str(district.transport.pk), "score": score, "words": ["公交"]}],
            "made_at": timezone.now(),
        },
    )


def form_of(opinion: Opinion, district: District, **more: object) -> dict[str, object]:
    key = opinion.matter_id
    return {
        f"version-{key}": "1", f"category-{key}": "transport", f"body-{key}": str(district.transport.pk), **more,
    }  # fmt: skip


def stands(opinion: Opinion) -> Matter:
    return Matter.objects.of(opinion.congress_id).get(pk=opinion.matter_id)


@pytest.mark.parametrize("rows", [1, 15])
def test_the_queue_costs_the_same_with_one_and_with_many(
    district: District, sign_in: SignIn, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(rows):
        district.opinion(f"夜里没有公交车之{place}")
    work_off()
    client = sign_in(district.clerk)

    with django_assert_max_num_queries(MOST):
        page = client.get(QUEUE)

    assert page.content.decode().count('class="case"') == rows


def test_one_post_accepts_the_suggestion_and_hands_over(district: District, sign_in: SignIn) -> None:
    opinion = district.opinion().opinion
    suggest(opinion, district)
    client = sign_in(district.clerk)
    assert "<mark>公交</mark>" in client.get(QUEUE).content.decode()

    answer = client.post(QUEUE, form_of(opinion, district, one=str(opinion.matter_id)), follow=True)

    assert "已交区交通局" in answer.content.decode()
    assert (stands(opinion).state, stands(opinion).category) == ("transferred", "transport")


def test_in_bulk_only_what_is_sure_enough_is_passed_on(district: District, sign_in: SignIn) -> None:
    sure, unsure = district.opinion().opinion, district.opinion("站牌倒了").opinion
    suggest(sure, district, 0.93)
    suggest(unsure, district, 0.55)
    sent = {
        **form_of(sure, district), **form_of(unsure, district),
        "pick": [str(sure.matter_id), str(unsure.matter_id)], "least": "80", "do": "all",
    }  # fmt: skip

    text = sign_in(district.clerk).post(QUEUE, sent, follow=True).content.decode()

    assert (stands(sure).state, stands(unsure).state) == ("transferred", "received")
    assert "有 1 件建议的把握不够" in text


def test_a_body_chosen_against_the_suggestion_counts_as_sure(district: District, sign_in: SignIn) -> None:
    opinion = district.opinion().opinion
    suggest(opinion, district, 0.5)
    sent = form_of(opinion, district, pick=str(opinion.matter_id), least="95")
    sent[f"body-{opinion.matter_id}"] = str(district.housing.pk)

    sign_in(district.clerk).post(QUEUE, sent)

    assert stands(opinion).responsible == district.housing


def test_what_somebody_else_has_just_done_is_not_done_again(district: District, sign_in: SignIn) -> None:
    opinion = district.opinion().opinion
    client, sent = sign_in(district.clerk), form_of(opinion, district, one=str(opinion.matter_id))
    client.post(QUEUE, sent)

    text = client.post(QUEUE, sent, follow=True).content.decode()

    assert "刚刚办了" in text
    assert Entry.objects.of(district.congress).filter(matter=opinion.matter_id, action="transfer").count() == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"body": ""}, "没有选办理单位"),
        ({"body": "not-a-body"}, "没有选办理单位"),
        ({"category": "nothing"}, "没有这个类别"),
        ({"points": "\n".join(f"第 {n} 件事" for n in range(20))}, "最多列 12 点"),
    ],
)
def test_what_cannot_be_passed_on_says_why_and_stays(
    district: District, sign_in: SignIn, change: dict[str, str], said: str
) -> None:
    opinion = district.opinion().opinion
    sent = form_of(opinion, district, one=str(opinion.matter_id))
    sent |= {f"{name}-{opinion.matter_id}": value for name, value in change.items()}

    text = sign_in(district.clerk).post(QUEUE, sent, follow=True).content.decode()

    assert said in text
    assert stands(opinion).version == 1


def test_another_congress_cannot_be_sorted_from_here(district: District, neighbour: District, sign_in: SignIn) -> None:
    opinion = neighbour.opinion().opinion

    sign_in(district.clerk).post(QUEUE, form_of(opinion, district, one=str(opinion.matter_id)))

    assert stands(opinion).version == 1


def test_danger_stands_above_everything_on_the_queue_and_on_the_worklist(district: District, sign_in: SignIn) -> None:
    district.opinion()
    receipt = district.opinion("没有活路了", "跑了三年没有人管，我真的不想活了。")
    client = sign_in(district.clerk)

    for address in (QUEUE, "/desk/"):
        text = client.get(address).content.decode()
        main = text[text.index("<main") :]
        assert main.index("有轻生迹象") < main.index("夜里没有公交车")
        assert "请马上联系本人" in main
    client.post(
        f"/desk/matters/{receipt.opinion.matter_id}/attend/",
        {"version": "1", "contact": "已打电话，社区民警到家，人没有事。"},
    )

    assert "先看这些" not in client.get("/desk/").content.decode()
    assert "没有活路了" in client.get(QUEUE).content.decode()


def test_a_flood_of_one_text_is_one_line_and_one_decision(district: District, sign_in: SignIn) -> None:
    for _n in range(9):
        district.opinion("专业代开", ADVERT)
    work_off()
    client = sign_in(district.clerk)
    page = client.get(SUSPECTED).content.decode()
    assert "同样的 9 件" in page
    assert "像广告或者推销。" in page
    digest = Opinion.objects.of(district.congress).values_list("fingerprint", flat=True)[0]

    client.post(SUSPECTED, {"pick": digest, "do": "set_aside", "reason": "advertisement"})

    states = Matter.objects.of(district.congress).values_list("state", flat=True)
    assert set(states) == {"set_aside"}
    log = b"".join(client.get("/desk/triage/suspected.csv")).decode()
    assert log.count("不作为意见办理") == 9
    assert "广告推销" in log


def test_nothing_is_set_aside_without_a_reason(district: District, sign_in: SignIn) -> None:
    opinion = district.opinion("专业代开", ADVERT).opinion
    work_off()

    text = (
        sign_in(district.clerk)
        .post(SUSPECTED, {"pick": opinion.fingerprint, "do": "set_aside", "reason": ""}, follow=True)
        .content.decode()
    )

    assert "请选为什么不作为意见办理" in text
    assert stands(opinion).state == "received"


def test_side_by_side_the_common_words_are_marked_and_the_two_become_one(district: District, sign_in: SignIn) -> None:
    first = district.opinion().opinion
    second = district.opinion(text="听泉路晚上九点以后就没有公交了，下夜班的只能走回家去。").opinion
    work_off()
    client = sign_in(district.clerk)

    page = client.get(f"{QUEUE}{second.matter_id}/").content.decode()
    assert "<mark>公交" in page
    client.post(f"{QUEUE}{second.matter_id}/", {"do": "merge", "number": stands(first).number})

    second.refresh_from_db()
    assert second.merged_into_id == first.pk


def test_not_the_same_thing_is_remembered(district: District, sign_in: SignIn) -> None:
    first, second = district.opinion().opinion, district.opinion().opinion
    work_off()
    client = sign_in(district.clerk)

    client.post(f"{QUEUE}{second.matter_id}/", {"do": "apart", "number": stands(first).number})

    assert Apart.objects.of(district.congress).count() == 2
    assert "没有可能相同的意见" in client.get(f"{QUEUE}{second.matter_id}/").content.decode()


def test_what_cannot_be_merged_says_why_before_anybody_presses(district: District, sign_in: SignIn) -> None:
    from lvzhi.work.opinions import actions
    from tests.fixtures.district import NOW, TODAY

    first, second = district.opinion().opinion, district.opinion().opinion
    actions.transfer(first.matter_id, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    actions.answer(first.matter_id, reply="自七月一日起延长到二十三点。", actor=district.driver, on=TODAY, at=NOW)
    number = stands(first).number

    page = sign_in(district.clerk).get(f"{QUEUE}{second.matter_id}/", {"number": number}).content.decode()

    assert f"{number} 已经答复，不能再并入" in page


def test_only_the_petition_office_sorts(district: District, sign_in: SignIn) -> None:
    for actor in (district.driver, district.researcher):
        refused = sign_in(actor).get(QUEUE)
        assert refused.status_code == 403
        assert "由信访工作机构甄别分派" in refused.content.decode()
