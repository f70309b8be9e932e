"""Every article named on screen leads to its text."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lvzhi.faces.design import chips
from lvzhi.faces.design.articles import article_url
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import forget_congresses
from lvzhi.records.people.models import Account
from lvzhi.work.opinions import actions
from tests.fixtures.district import NOW, TODAY, District
from tests.fixtures.statutes import Statutes


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LVZHI_CONGRESS = "yunlu"
    forget_congresses()
    yield
    forget_congresses()


class Seals(HTMLParser):
    """The seals of a page: words and address of each; and whether a link stands inside another."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.links = 0
        self.nested = False
        self._seal: list[str] | None = None
        self._href = ""
        self._depth = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self.nested = self.nested or self.links > 0
            self.links += 1
        classes = (given.get("class") or "").split()
        if "seal" in classes and "seal--internal" not in classes:
            self._seal, self._href, self._depth = [], given.get("href") or "", 0
        elif self._seal is not None and tag in ("span", "a"):
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.links -= 1
        if self._seal is not None and tag in ("span", "a"):
            if self._depth == 0:
                self.found.append(("".join(self._seal), unquote(self._href)))
                self._seal = None
            else:
                self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._seal is not None:
            self._seal.append(data)


def seals(address: str, account: object = None) -> list[tuple[str, str]]:
    client = Client()
    if account is not None:
        client.force_login(Account.objects.get(pk=account))
    response = client.get(address)
    assert response.status_code == 200, address
    page = Seals(response.content.decode())
    assert not page.nested, f"a link inside a link on {address}"
    return page.found


def test_every_article_on_the_pages_of_a_matter_leads_to_its_text(district: District) -> None:
    matter = district.matter()
    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    district.opinion("站台没有灯")  # this one waits for the clerk
    pages = {
        "matter": (f"/desk/matters/{matter.pk}/", district.clerk.account),
        "worklist": ("/desk/", district.clerk.account),
        "about": (reverse("portal-about"), None),
        "new": (reverse("portal-new"), None),
    }

    for name, (address, account) in pages.items():
        found = seals(address, account)
        assert found, name
        assert [words for words, href in found if not href.startswith("/law/")] == [], name


def test_a_deadline_leads_to_its_article_at_the_edition_of_the_procedure(district: District) -> None:
    matter = district.matter()
    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)

    links = {href for _words, href in seals(f"/desk/matters/{matter.pk}/", district.clerk.account)}

    assert "/law/信访工作条例/@2022-02-25/art_23__para_2" in links


def test_a_seal_that_a_template_writes_out_leads_to_the_law_in_force() -> None:
    assert article_url("地方组织法", "第五十条") == article_url(
        "地方各级人民代表大会和地方各级人民政府组织法", "第五十条"
    )
    assert 'href="/law/' in chips.seal("个人信息保护法 第十七条")


def test_a_practice_of_the_house_leads_nowhere() -> None:
    assert article_url("") == ""
    assert "href" not in chips.seal({"text": "本会做法", "kind": "internal", "url": "/law/x/"})


ITEMS = """# 云麓区楼道照明办法

2025年3月1日 云麓区第八届人民代表大会常务委员会第二十五次会议通过

第一条 物业服务人应当：

（一）巡查；

（二）修复。
"""


def test_an_item_whose_paragraph_is_not_named_is_found(statutes: Statutes) -> None:
    statutes.publish(ITEMS)
    address = article_url("云麓区楼道照明办法(2025-03-01)", "第一条第二项")

    found = Client().get(address, follow=True)

    assert found.status_code == 200
    assert unquote(found.redirect_chain[0][0]).endswith("/@2025-03-01/art_1__para_1__item_2")
    api = Client().get("/api/v1/laws/云麓区楼道照明办法/units/art_1__item_2").json()
    assert (api["eid"], api["text"]) == ("art_1__para_1__item_2", "（二）修复。")


def test_an_edition_that_is_not_held_has_a_page_that_tells_law_article_and_edition(statutes: Statutes) -> None:
    rules = "云麓区人民代表大会常务委员会议事规则"

    found = Client().get(article_url(f"{rules}(2010-01-01)", "第九条第二款"))

    text = found.content.decode()
    assert found.status_code == 200
    for words in (rules, "第九条第二款", "2010年1月1日", "本库没有收录这个版本的文本"):
        assert words in text
