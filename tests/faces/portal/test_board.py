"""What the public reads: only what was published, without a person in it."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.test import Client

from lvzhi.records.matters.models import Matter
from lvzhi.records.search.index import rebuild
from lvzhi.work.opinions import actions
from tests.faces.portal.conftest import answered
from tests.fixtures.district import NOW, TODAY, District


def _page(path: str, **asked: str) -> str:
    found = Client().get(path, asked)
    assert found.status_code == 200
    return str(found.content.decode())


def test_the_board_shows_only_what_was_published(district: District, neighbour: District) -> None:
    answered(district, subject="公开的事")
    answered(district, subject="没公开的事", publish=False)
    answered(neighbour, subject="邻区的事")

    shown = _page("/opinions/")

    assert "公开的事" in shown
    assert "没公开的事" not in shown
    assert "邻区的事" not in shown


def test_a_story_tells_the_thread_without_names_or_private_words(district: District) -> None:
    matter = answered(district, rated=True)

    shown = _page(f"/opinions/{matter.number[2:]}")

    assert "〔个人信息〕只能走回家" in shown
    assert "区交通局答复了" in shown
    assert "来信人评价：解决了" in shown
    for private in ("下夜班", "我住三号楼", "林知远", "乔安"):
        assert private not in shown


def test_a_story_that_is_not_public_is_not_there(district: District, neighbour: District) -> None:
    answered(district, publish=False)
    answered(neighbour)

    assert Client().get("/opinions/2026-0001").status_code == 404


def test_what_was_taken_down_is_gone_from_board_story_search_and_feed(district: District) -> None:
    matter = answered(district, subject="要撤下的事")
    list(rebuild())
    data = {"reason": "涉及个人信息"}
    actions.take(matter.pk, "unpublish", actor=district.clerk, on=TODAY, at=NOW, data=data)

    for path in ("/", "/opinions/", "/opinions/?q=撤下的事", "/opinions/feed.atom"):
        assert "要撤下的事" not in Client().get(path).content.decode().replace("「要撤下的事」", "")
    assert Client().get("/opinions/2026-0001").status_code == 404


def test_search_finds_only_public_matters_and_shows_only_public_words(district: District) -> None:
    answered(district, subject="公开的公交")
    answered(district, subject="没公开的公交", publish=False)
    list(rebuild())

    shown = _page("/opinions/", q="公交")

    assert "公开的公交" in shown
    assert "没公开的公交" not in shown


@pytest.mark.parametrize("asked", ["'", '"', "%", "*", "\x00", "🙂", "a" * 5000, "AND OR NOT", "\u202e"])
def test_no_search_words_break_the_page(district: District, asked: str) -> None:
    answered(district)

    assert Client().get("/opinions/", {"q": asked}).status_code == 200


@pytest.mark.parametrize(
    "query", ["category=无", "after=x", "after=2026-06-09_x", "q=公交&after=abc", "q=公交&after=99999999999999999999"]
)
def test_a_mangled_address_shows_the_first_page(district: District, query: str) -> None:
    answered(district)

    assert Client().get(f"/opinions/?{query}").status_code == 200


def test_the_board_goes_on_where_the_page_ended(district: District) -> None:
    for number in range(23):
        answered(district, subject=f"第{number:02}件")

    first = Client().get("/opinions/")
    second = Client().get(first.context["older"])

    titles = [item.title for page in (first, second) for item in page.context["items"]]
    assert len(titles) == len(set(titles)) == 23
    assert second.context["older"] == ""


def test_the_feed_can_be_read_by_a_reader(district: District) -> None:
    answered(district, subject="进了订阅的事")

    found = Client().get("/opinions/feed.atom")

    entries = ElementTree.fromstring(found.content).findall("{http://www.w3.org/2005/Atom}entry")
    assert found["Content-Type"].startswith("application/atom+xml")
    assert len(entries) == 1
    assert "进了订阅的事" in found.content.decode()


def test_staff_see_no_more_on_the_portal_than_anybody(district: District) -> None:
    from lvzhi.records.people.models import Account

    answered(district, subject="没公开的事", publish=False)
    list(rebuild())
    client = Client()
    client.force_login(Account.objects.get(pk=district.clerk.account))

    assert "没公开的事" not in client.get("/opinions/", {"q": "公开"}).content.decode()
    assert client.get("/opinions/2026-0001").status_code == 404


def test_the_front_page_tells_a_story_and_the_figures(district: District) -> None:
    answered(district, subject="有始有终的事", rated=True)

    shown = _page("/")

    assert "有始有终的事" in shown
    assert "来信人评价：解决了" in shown
    assert "件群众意见" in shown


def test_the_front_page_of_the_first_day_says_what_will_happen(district: District) -> None:
    assert "您说的事，会这样走" in _page("/")


def test_the_procedure_now_in_force_is_published_with_its_articles(district: District) -> None:
    district.congress.settings = {"address": "听泉路 1 号", "phone": "000-0000-0000", "reception_hours": "工作日上午"}
    district.congress.save()

    shown = _page("/about")

    for told in ("听泉路 1 号", "工作日上午", "第二十三条第二款", "十五日", "六十日", "北京市信访条例"):
        assert told in shown


def test_the_privacy_page_tells_what_the_law_asks(district: District) -> None:
    shown = _page("/privacy")

    for told in ("个人信息保护法", "处理者", "5 年", "删除"):
        assert told in shown


@pytest.mark.parametrize("path", ["/accessibility", "/robots.txt", "/opinions/new", "/opinions/follow"])
def test_every_other_page_opens_without_a_cookie(district: District, path: str) -> None:
    assert Client().get(path).status_code == 200


def test_public_pages_set_no_cookie(district: District) -> None:
    answered(district)

    for path in ("/", "/opinions/", "/opinions/2026-0001", "/about"):
        assert not Client().get(path).cookies


def test_pages_speak_english_on_request(district: District) -> None:
    matter: Matter = answered(district)
    client = Client(headers={"accept-language": "en"})

    assert 'lang="en"' in client.get(f"/opinions/{matter.number[2:]}").content.decode()
