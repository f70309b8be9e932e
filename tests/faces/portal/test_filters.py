"""The board narrowed: by subject, place, standing and year, in feeds as on the page; and the thread upwards."""

from __future__ import annotations

from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from lvzhi.records.jobs.worker import work
from lvzhi.records.matters.models import Link, Matter
from lvzhi.records.people.actor import citizen
from lvzhi.records.people.models import Body
from lvzhi.records.search.index import rebuild
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import Opinion, Posting
from tests.faces.portal.conftest import Resident
from tests.faces.portal.test_form import body
from tests.fixtures.district import NOW, TODAY, District

ATOM = "{http://www.w3.org/2005/Atom}"


def titles(path: str, **asked: str) -> list[str]:
    """What the board shows."""
    return [item.title for item in Client().get(path, asked).context["items"]]


def public(district: District, subject: str, **given: object) -> Matter:
    """A published opinion; `result` rates it, `place` puts it somewhere, `year` is when it was published."""
    result, place, category = given.pop("result", ""), given.pop("place", None), given.pop("category", "")
    sent = district.opinion(subject, area=place, category=category)
    key = sent.opinion.matter_id
    actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    if result:
        reply = f"自七月一日起，末班车延长到二十三点，来信「{subject}」。"
        actions.answer(key, reply=reply, actor=district.driver, on=TODAY, at=NOW)
        holder = citizen(district.congress, matters=frozenset({key}))
        actions.rate(key, result=str(result), process="satisfied", actor=holder, on=TODAY, at=NOW)
    at = given.get("at", NOW)
    assert isinstance(at, datetime)
    actions.take(key, "publish", actor=district.clerk, on=TODAY, at=at)
    return Matter.objects.of(district.congress).get(pk=key)


@pytest.fixture
def two_streets(district: District) -> tuple[Body, Body]:
    """Two streets."""
    return body(district, "tingquan", Body.Kind.SUBDISTRICT), body(district, "yuntai", Body.Kind.SUBDISTRICT)


def test_each_filter_narrows_and_they_narrow_together(district: District, two_streets: tuple[Body, Body]) -> None:
    here, there = two_streets
    public(district, "甲事", place=here, category="transport", result="solved")
    public(district, "乙事", place=here, category="housing", result="not")
    public(district, "丙事", place=there, category="transport")

    assert titles("/opinions/") == ["丙事", "乙事", "甲事"]
    assert titles("/opinions/", street="tingquan") == ["乙事", "甲事"]
    assert titles("/opinions/", category="transport") == ["丙事", "甲事"]
    assert titles("/opinions/", state="solved") == ["甲事"]
    assert titles("/opinions/", state="not") == ["乙事"]
    assert titles("/opinions/", state="in_hand") == ["丙事"]
    assert titles("/opinions/", street="tingquan", category="transport", state="solved", year="2026") == ["甲事"]
    assert titles("/opinions/", street="yuntai", state="solved") == []


def test_a_year_begins_at_midnight_where_the_congress_is(district: District) -> None:
    utc = NOW.tzinfo
    public(district, "去年最后一刻", at=datetime(2025, 12, 31, 15, 59, tzinfo=utc))
    public(district, "今年第一刻", at=datetime(2025, 12, 31, 16, 0, tzinfo=utc))

    assert titles("/opinions/", year="2026") == ["今年第一刻"]
    assert titles("/opinions/", year="2025") == ["去年最后一刻"]


@pytest.mark.parametrize(
    "query",
    [
        "state=all",
        "year=9999",
        "year=²",
        "street=nowhere",
        "community=x",
        "category=无",
        "topic=",
        "state=%00",
        "year=",
    ],
)
def test_a_filter_nobody_knows_is_dropped(district: District, query: str) -> None:
    public(district, "甲事")

    assert titles(f"/opinions/?{query}") == ["甲事"]


def test_filters_stay_while_paging_and_searching(district: District, two_streets: tuple[Body, Body]) -> None:
    here, there = two_streets
    for number in range(22):
        public(district, f"公交第{number:02}件", place=here)
    public(district, "公交别处", place=there)
    list(rebuild())

    first = Client().get("/opinions/", {"street": "tingquan"})
    second = Client().get(first.context["older"])
    found = titles("/opinions/", street="yuntai", q="公交")

    assert "street=tingquan" in first.context["older"]
    assert len(first.context["items"]) + len(second.context["items"]) == 22
    assert found == ["公交别处"]


def test_a_covered_name_cannot_be_searched_for(district: District) -> None:
    sent = district.opinion("站台太暗", text="站台管理员王小明先生不开灯，晚上看不清。")
    actions.transfer(sent.opinion.matter_id, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    actions.take(sent.opinion.matter_id, "publish", actor=district.clerk, on=TODAY, at=NOW)
    list(rebuild())

    assert titles("/opinions/", q="王小明") == []
    assert titles("/opinions/", q="站台") == ["站台太暗"]


def test_cards_say_solved_first_then_satisfied_and_how_many_say_the_same(district: District) -> None:
    lead, second, third = (district.opinion(each) for each in ("公交太少", "五路车太少", "末班车太早"))
    actions.transfer(lead.opinion.matter_id, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    for each in (second, third):
        data = {"lead": lead.number}
        actions.take(each.opinion.matter_id, "merge", actor=district.clerk, on=TODAY, at=NOW, data=data)
    key = lead.opinion.matter_id
    actions.answer(key, reply="自七月一日起五路车夜里加两班。", actor=district.driver, on=TODAY, at=NOW)
    holder = citizen(district.congress, matters=frozenset({key}))
    actions.rate(key, result="partly", process="unsatisfied", actor=holder, on=TODAY, at=NOW)
    actions.take(key, "publish", actor=district.clerk, on=TODAY, at=NOW)

    shown = Client().get("/opinions/").content.decode()

    assert "解决了一部分 · 不满意" in shown
    assert "还有 2 人反映同一件事" in shown
    assert "还有 2 人反映同一件事" in Client().get(f"/opinions/{lead.number[2:]}").content.decode()


def test_a_line_follows_its_opinion_once_the_worker_has_been_there(district: District) -> None:
    matter = public(district, "甲事", result="solved")
    holder = citizen(district.congress, matters=frozenset({matter.pk}))
    data = {"reason": "车又停了。"}
    actions.take(matter.pk, "reopen", actor=holder, on=TODAY, at=NOW, data=data)
    assert titles("/opinions/", state="solved") == ["甲事"]

    while work(at=NOW):
        pass

    assert titles("/opinions/", state="solved") == []
    assert titles("/opinions/", state="in_hand") == ["甲事"]


def test_a_merged_story_says_so_and_leads_to_the_one_that_was_answered(district: District) -> None:
    lead = public(district, "公交太少")
    member = district.opinion("五路车太少")
    key = member.opinion.matter_id
    actions.take(key, "merge", actor=district.clerk, on=TODAY, at=NOW, data={"lead": lead.number})
    actions.take(key, "publish", actor=district.clerk, on=TODAY, at=NOW)

    shown = Client().get(f"/opinions/{member.number[2:]}").content.decode()

    assert "和同一件事的其他意见一并办理" in shown
    assert f'href="/opinions/{lead.number[2:]}"' in shown


@pytest.mark.parametrize(("path", "tag"), [("/opinions/feed.atom", f"{ATOM}entry"), ("/opinions/feed.rss", ".//item")])
def test_feeds_follow_the_same_filters(district: District, two_streets: tuple[Body, Body], path: str, tag: str) -> None:
    public(district, "甲事", place=two_streets[0], category="transport")
    public(district, "乙事", place=two_streets[1], category="transport")

    every = ElementTree.fromstring(Client().get(path).content)
    one = ElementTree.fromstring(Client().get(path, {"street": "yuntai", "category": "transport"}).content)

    assert len(every.findall(tag)) == 2
    assert len(one.findall(tag)) == 1
    assert "乙事" in ElementTree.tostring(one, "unicode")
    assert "出行和停车、yuntai" in ElementTree.tostring(one, "unicode")


def _raise(matter: Matter, district: District, *, is_public: bool) -> Matter:
    target = district.opinion("夜间公交专项" if is_public else "还在酝酿的事").opinion.matter
    if is_public:
        Matter.objects.of(district.congress).filter(pk=target.pk).update(is_public=True, published_at=NOW)
    Link.objects.create(
        congress=district.congress, source=matter, target=target, kind=Link.Kind.RAISED, since=date(2026, 6, 1)
    )
    return target


def test_the_thread_upwards_tells_the_public_only_of_what_is_public(district: District) -> None:
    matter = public(district, "甲事", result="solved")
    shown_one, hidden = _raise(matter, district, is_public=True), _raise(matter, district, is_public=False)
    beyond = _raise(shown_one, district, is_public=True)

    story = Client().get(f"/opinions/{matter.number[2:]}").content.decode()

    assert "由这句话引出的" in story
    assert shown_one.number in story
    assert beyond.number in story
    assert hidden.number not in story
    assert "还在酝酿的事" not in story


def test_whoever_holds_the_receipt_learns_that_something_came_of_it_but_not_its_title(
    district: District, resident: Resident
) -> None:
    sent = district.opinion()
    hidden = _raise(sent.opinion.matter, district, is_public=False)

    shown = resident.open(sent.number, sent.code).content.decode()

    assert "由您这句话引出的" in shown
    assert hidden.number in shown
    assert "现在：已收到，等待登记" in shown
    assert "还在酝酿的事" not in shown


def test_the_board_can_be_written_anew_from_what_is_public(district: District) -> None:
    public(district, "甲事", result="solved")
    public(district, "乙事")
    district.opinion("没公开的")
    before = list(Posting.objects.of(district.congress).order_by("id").values())
    Posting.objects.of(district.congress).update(standing="not")

    assert actions.post_all(district.congress) == 2

    assert list(Posting.objects.of(district.congress).order_by("id").values()) == before
    assert Opinion.objects.of(district.congress).count() == 3
