"""The filing and review office takes in a text, publishes it and puts it right; without script too; for everyone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Edition
from tests.fixtures.district import District, _person
from tests.fixtures.statutes import RULES_2018, RULES_2024, make_statutes
from tests.stories.conftest import Visitor, flaws, is_too_wide, work_off

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("script", [True, False])
def test_a_text_is_taken_in_published_and_put_right(
    served: tuple[District, str], arrive: Callable[..., Visitor], tmp_path: Path, script: bool
) -> None:
    district, _address = served
    _person(district.congress, "guoliheng", "郭立衡", "filing_review_office", None)
    first, second = tmp_path / "rules.md", tmp_path / "rules2.md"
    first.write_text(RULES_2024, "utf-8")
    second.write_text(RULES_2024.replace("至少举行一次", "至少召开一次"), "utf-8")
    office = arrive(script=script)
    office.sign_in("yunlu-guoliheng")

    office.go("/desk/laws/")
    office.page.get_by_role("link", name="上传").click()
    office.page.set_input_files("input[type=file]", first)
    office.press("看结构")
    assert office.reads("第一条至第五条") or office.reads("第五条")
    office.page.fill("input[name=reason]", "常委会修订")
    office.press("存为草稿")
    assert office.reads("已存为草稿")
    confirm(office, "公布", script)
    assert office.reads("已公布")
    work_off()

    office.press("更正")
    office.page.set_input_files("input[type=file]", second)
    office.press("看结构")
    assert office.reads("和已公布的文字有 1 处不同")
    assert office.page.locator("main ins").inner_text() == "召开"
    office.page.fill("input[name=reason]", "校对错误")
    office.press("存为草稿")
    confirm(office, "公布", script)
    work_off()

    office.go("/desk/laws/changes/")
    assert office.reads("校对错误")
    assert office.reads("更正：2024年6月20日的版本")
    (work,) = queries.works(district.congress.pk, on=Edition.objects.of(district.congress)[0].day)
    (edition,) = queries.editions_of(work)
    assert edition.reason == "校对错误"


def confirm(visitor: Visitor, name: str, script: bool) -> None:
    """Open the panel of a step that cannot be taken back, and take it."""
    visitor.page.locator(f"main summary:has-text('{name}'), main .page-head button:has-text('{name}')").first.click()
    button = visitor.page.get_by_role("button", name=name, exact=True)
    button.last.click()
    visitor.page.wait_for_load_state()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_page_of_managed_texts_has_no_serious_flaw(
    served: tuple[District, str], arrive: Callable[..., Visitor], size: str, tmp_path: Path
) -> None:
    district, _address = served
    library = make_statutes(district)
    _person(district.congress, "guoliheng", "郭立衡", "filing_review_office", None)
    work = library.work("议事规则")
    edition = queries.editions_of(work)[0]
    office = arrive(size)
    office.sign_in("yunlu-guoliheng")
    changed = tmp_path / "a.md"
    changed.write_text(RULES_2018.replace("至少举行一次", "至少召开一次").replace("第三条 列席", "三条 列席"), "utf-8")
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        problems = flaws(office.page)
        if is_too_wide(office.page):
            problems.append("scrolls sideways")
        if office.page.locator("h1").count() != 1:
            problems.append("not one main heading")
        if problems:
            found[name] = problems

    for path in ("", "broken/", "changes/", "left-out/", "new/", f"works/{work.pk}/", f"works/{work.pk}/describe/",
                 f"works/{work.pk}/repeal/", f"editions/{edition.pk}/"):  # fmt: skip
        office.go(f"/desk/laws/{path}")
        look(path)
    for path in ("new/", f"editions/{edition.pk}/correct/"):
        office.go(f"/desk/laws/{path}")
        office.page.set_input_files("input[type=file]", changed)
        office.press("看结构")
        look(f"{path} looked at")
    office.page.fill("input[name=reason]", "校对错误")
    office.press("存为草稿")
    look("a draft")

    assert found == {}
