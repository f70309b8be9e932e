"""A resident looks for a rule, reads it as of an earlier day, follows a citation, compares, copies."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from tests.fixtures.district import District
from tests.fixtures.statutes import make_statutes
from tests.stories.conftest import Visitor, flaws, is_too_wide

pytestmark = pytest.mark.browser
RULES = "云麓区人民代表大会常务委员会议事规则"
FILING = "云麓区规范性文件备案审查办法"
PAGES = [
    "/law/", "/law/?q=民主集中制", "/law/?q=没有这样的话", "/law/?kind=normative_document", f"/law/{RULES}/",
    f"/law/{RULES}/@2018-03-01/", f"/law/{RULES}/@2024-06-20/?diff=1", f"/law/{RULES}/@2024-06-20/print",
    f"/law/{RULES}/cited/", f"/law/{RULES}/cited/?unit=art_3", f"/law/{FILING}/", "/law/云麓区规范性文件备案办法/",
    f"/law/{RULES}/@2024-06-20/art_4", f"/law/{RULES}/@2024-06-20/art_3__para_2",
    f"/law/{RULES}/compare/2018-03-01..2024-06-20",
    "/law/各级人民代表大会常务委员会监督法/art_3",
]  # fmt: skip


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_page_of_the_law_library_has_no_serious_flaw(
    served: tuple[District, str], arrive: Callable[..., Visitor], size: str
) -> None:
    make_statutes(served[0])
    visitor = arrive(size)
    found: dict[str, list[str]] = {}

    for path in PAGES:
        visitor.go(path)
        problems = flaws(visitor.page)
        if is_too_wide(visitor.page):
            problems.append("scrolls sideways")
        if visitor.page.locator("h1").count() != 1:
            problems.append("not one main heading")
        if problems:
            found[path] = problems

    assert found == {}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_resident_finds_reads_and_compares(
    served: tuple[District, str], arrive: Callable[..., Visitor], script: bool
) -> None:
    make_statutes(served[0])
    resident = arrive("desktop", script=script)
    page = resident.page

    # From the search to the article.
    resident.go("/law/")
    page.fill("#law-q", "民主集中制")
    page.locator(".lawfind .btn--primary").click()
    assert resident.reads("第二条")
    page.locator("a.lawhit__no").first.click()
    assert resident.reads(f"《{RULES}》（2024）第二条")

    # The whole text, and what it said in 2020.
    resident.press("在全文里看")
    assert page.url.endswith("#art_2")
    page.fill("#law-on", "2020-05-01")
    resident.press("看这一天")
    assert "@2018-03-01" in page.url
    assert resident.reads("已被修改") is False
    assert resident.reads("按 2020年5月1日 这一天看")
    assert resident.reads("现行有效")

    # What the new edition changed, article by article.
    resident.go(f"/law/{RULES}/")
    page.get_by_label("标出和上一版不同的地方").check()
    resident.press("看这一版")
    assert page.locator("article ins").count() > 0
    page.get_by_role("link", name="和上一版逐条对照").click()
    assert resident.reads("原第二条改为第三条，内容未修改。")

    # Who cites an article, and what it said before.
    resident.go(f"/law/{RULES}/")
    resident.press("看谁引用了它")
    assert resident.reads(f"《{FILING}》")
    resident.go(f"/law/{RULES}/art_4")
    page.get_by_text("看此前的条文").click()
    assert page.locator(".lawformer del").is_visible()

    # A law whose text is not held is named all the same.
    resident.go(f"/law/{RULES}/")
    page.locator("#art_1 a.ref").first.click()
    assert resident.reads("本库没有收录这部法的文本")


def test_with_script_a_citation_shows_its_text_and_an_article_its_notes(
    served: tuple[District, str], arrive: Callable[..., Visitor]
) -> None:
    make_statutes(served[0])
    resident = arrive()
    page = resident.page
    resident.go(f"/law/{RULES}/")

    # By the keyboard: the focus alone opens the preview, Escape closes it.
    link = page.locator("#art_4 a.ref").first
    page.locator("#art_4 a.law__no").focus()
    page.keyboard.press("Tab")
    panel = page.locator("#law-preview")
    panel.wait_for(state="visible")
    assert "会议由主任召集并主持。" in panel.inner_text()
    assert link.get_attribute("aria-describedby") == "law-preview"
    assert flaws(page) == []
    page.keyboard.press("Escape")
    assert panel.is_hidden()

    # The number of an article brings its notes beside the text.
    page.locator("#art_3 a.law__no").click()
    notes = page.locator("[data-notes]")
    notes.get_by_text(f"《{FILING}》第一条").wait_for()
    assert page.url.endswith("#art_3")
    assert flaws(page) == []

    # The slider goes from the first day in force until today, and takes the day and the edition along.
    slide = page.get_by_label("拖到哪一天")
    slide.focus()
    page.keyboard.press("Home")
    assert page.locator("#law-on").input_value() == "2018-04-01"
    assert page.locator("input[name=edition][value='2018-03-01']").is_checked()
    page.keyboard.press("End")
    assert page.locator("input[name=edition][value='2024-06-20']").is_checked()

    # Copying says that it was done.
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    notes.get_by_role("button", name="复制", exact=True).click()
    page.get_by_text("已复制", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"《{RULES}》（2024）第三条"


def test_suggestions_are_walked_through_by_the_keyboard(
    served: tuple[District, str], arrive: Callable[..., Visitor]
) -> None:
    make_statutes(served[0])
    resident = arrive()
    page = resident.page
    resident.go("/law/")

    page.locator("#law-q").press_sequentially("云麓区规范")
    page.locator("#law-suggested li").first.wait_for()
    assert page.locator("#law-q").get_attribute("aria-expanded") == "true"
    assert flaws(page) == []
    page.keyboard.press("ArrowDown")
    assert page.locator("#law-q").get_attribute("aria-activedescendant") == "law-suggested-0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/law/**")
    assert resident.reads("规范性文件")


def test_a_finger_sees_what_a_citation_says_before_it_follows(
    served: tuple[District, str], arrive: Callable[..., Visitor], browser: Browser
) -> None:
    make_statutes(served[0])
    context = browser.new_context(
        viewport={"width": 360, "height": 780}, locale="zh-CN", has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(f"{served[1]}/law/{RULES}/")
    link, panel = page.locator("#art_4 a.ref").first, page.locator("#law-preview")

    link.tap()
    panel.wait_for(state="visible")
    assert "会议由主任召集并主持。" in panel.inner_text()
    assert flaws(page) == []
    panel.get_by_role("button", name="关上").tap()
    assert panel.is_hidden()

    link.tap()
    panel.get_by_role("link", name="去看这一条").tap()
    assert page.url.endswith("#art_3__para_2")
    context.close()
