"""Upwards at the desk: a clue raised by the buttons, and the thread on both pages."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lvzhi.records.matters.models import Link, Matter
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.actions.raising import ClueWords, raise_clue
from lvzhi.work.opinions.models import Clue, HotTopic, Opinion
from tests.faces.desk.conftest import SignIn
from tests.fixtures.district import NOW, TODAY, District, _person

WORDS = {"use": "topic", "title": "夜间公交覆盖不足", "what": "多个街道反映晚上九点以后没有公交。", "is_public": "on"}


@pytest.fixture
def clerk(district: District, sign_in: SignIn) -> Client:
    """The petition office's clerk."""
    return sign_in(district.clerk)


def asked(*opinions: Opinion, **change: object) -> dict[str, object]:
    return {**WORDS, "once": str(uuid4()), "opinions": [str(each.pk) for each in opinions], **change}


def test_a_clue_is_raised_from_an_opinions_page_and_both_pages_show_the_thread(
    district: District, clerk: Client
) -> None:
    opinion = district.opinion().opinion
    page = clerk.get(f"/desk/matters/{opinion.matter_id}/").content.decode()
    assert f"/desk/matters/{opinion.matter_id}/raise/" in page

    done = clerk.post(f"/desk/matters/{opinion.matter_id}/raise/", asked(opinion), follow=True)

    clue = Clue.objects.of(district.congress).select_related("matter").get()
    there, here = done.content.decode(), clerk.get(f"/desk/matters/{opinion.matter_id}/").content.decode()
    assert "由 1 件群众意见引出" in there
    assert f"/desk/matters/{opinion.matter_id}/" in there
    assert f"监督线索 {clue.matter.number}" in here
    assert f"/desk/matters/{clue.matter_id}/" in here
    assert "夜间公交覆盖不足" in clerk.get("/desk/clues/").content.decode()


def test_the_same_form_sent_twice_raises_one_clue(district: District, clerk: Client) -> None:
    opinion = district.opinion().opinion
    words = asked(opinion)

    clerk.post(f"/desk/matters/{opinion.matter_id}/raise/", words)
    again = clerk.post(f"/desk/matters/{opinion.matter_id}/raise/", words, follow=True)

    assert "没有重复提" in again.content.decode()
    assert Clue.objects.of(district.congress).count() == 1


def test_a_hot_topic_raises_a_clue_from_all_its_opinions(district: District, clerk: Client) -> None:
    opinions = [district.opinion(f"夜里没有公交车 {place}").opinion for place in range(3)]
    topic = HotTopic.objects.create(
        congress=district.congress, week=TODAY, rank=1, title="夜间公交", size=3, reckoned_at=NOW
    )
    topic.opinions.set(opinions)

    page = clerk.get(f"/desk/clues/new/?topic={topic.pk}").content.decode()
    clerk.post(f"/desk/clues/new/?topic={topic.pk}", asked(*opinions[:2]))

    assert page.count("checked") >= 3
    assert Link.objects.of(district.congress).filter(kind="raised").count() == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"what": "请打 13800000001 找她。"}, "个人信息「13800000001」"),
        ({"title": "公交"}, ""),
        ({"use": "gossip"}, ""),
        ({"opinions": []}, "至少选一件意见"),
    ],
)
def test_a_clue_that_is_refused_keeps_what_was_typed(
    district: District, clerk: Client, change: dict[str, object], said: str
) -> None:
    opinion = district.opinion().opinion

    refused = clerk.post(f"/desk/matters/{opinion.matter_id}/raise/", asked(opinion, **change))

    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert Clue.objects.of(district.congress).count() == 0


@pytest.mark.parametrize("query", ["", "?matter=x&topic=y", "?topic={}"])
def test_nothing_is_raised_from_nothing(clerk: Client, query: str) -> None:
    assert clerk.get("/desk/clues/new/" + query.format(uuid4())).status_code == 404


def test_an_opinion_of_another_congress_is_not_offered(district: District, neighbour: District, clerk: Client) -> None:
    other = neighbour.opinion().opinion

    assert clerk.get(f"/desk/clues/new/?matter={other.matter_id}").status_code == 404
    assert clerk.get(f"/desk/matters/{other.matter_id}/raise/").status_code == 404


def test_the_council_decides_by_the_buttons_of_the_clues_own_page(district: District, sign_in: SignIn) -> None:
    opinion = district.opinion().opinion
    words = ClueWords("inquiry", "夜间公交覆盖不足", "多个街道反映晚上九点以后没有公交。")
    clue = raise_clue(
        congress=district.congress, opinions=[opinion.pk], words=words, actor=district.clerk, on=TODAY, at=NOW
    ).matter
    office = sign_in(_person(district.congress, "fangjing", "方静川", "general_office", None))

    given = office.post(f"/desk/matters/{clue.pk}/assign/", {"version": 1, "body": str(district.study.pk)})
    study = sign_in(district.researcher)
    adopted = study.post(f"/desk/matters/{clue.pk}/adopt/", {"version": 2, "decision": "列入年度计划。"})

    assert (given.status_code, adopted.status_code) == (302, 302)
    assert Matter.objects.of(district.congress).get(pk=clue.pk).state == "adopted"
    assert "由 1 件群众意见引出" in study.get(f"/desk/matters/{clue.pk}/").content.decode()


def test_a_page_costs_the_same_with_one_voice_and_with_twenty(district: District, clerk: Client) -> None:
    def clue_of(count: int) -> Matter:
        opinions = [district.opinion(f"夜里没有公交车 {count} {place}").opinion for place in range(count)]
        words = ClueWords("topic", f"夜间公交覆盖不足 {count}", "多个街道反映晚上九点以后没有公交。")
        return raise_clue(
            congress=district.congress, opinions=[each.pk for each in opinions], words=words, actor=district.clerk,
            on=TODAY, at=NOW,
        ).matter  # fmt: skip

    few, many = clue_of(1), clue_of(20)
    counts = []
    for clue in (few, few, many):
        with CaptureQueriesContext(connection) as asked_for:
            assert clerk.get(f"/desk/matters/{clue.pk}/").status_code == 200
        counts.append(len(asked_for))

    assert counts[1] == counts[2]


def test_clues_are_not_opened_from_the_list_of_all_procedures(district: District, clerk: Client) -> None:
    del district
    assert clerk.get("/desk/open/supervision_clue/propose/").status_code == 404


def test_a_citizen_reads_the_clue_they_raised(district: District, settings: object) -> None:
    settings.LVZHI_CONGRESS = "yunlu"  # type: ignore[attr-defined]
    hidden, public = district.opinion("王府巷没有路灯", "夜里看不见路。"), district.opinion()
    actions.take(public.opinion.matter_id, "register", actor=district.clerk, on=TODAY, at=NOW)
    actions.take(public.opinion.matter_id, "publish", actor=district.clerk, on=TODAY, at=NOW)
    words = ClueWords("topic", "夜间出行不便", "夜里没有灯也没有车。")
    clue = raise_clue(
        congress=district.congress, opinions=[hidden.opinion.pk, public.opinion.pk], words=words, actor=district.clerk,
        on=TODAY, at=NOW,
    ).matter  # fmt: skip

    page = Client().get(f"/clues/{clue.number.removeprefix('线 ')}").content.decode()

    assert "由 2 件群众意见引出" in page
    assert (public.number in page, hidden.number in page, "王府巷" in page) == (True, False, False)
    assert "夜间出行不便" in Client().get("/clues/").content.decode()
    Matter.objects.of(district.congress).filter(pk=clue.pk).update(is_public=False, published_at=None)
    assert Client().get(f"/clues/{clue.number.removeprefix('线 ')}").status_code == 404
