"""The filing and review office takes in a text, publishes it and puts it right; without script too; for everyone."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from lvzhi.records.people.actor import system
from lvzhi.work.statutes import imports, queries
from lvzhi.work.statutes.models import Edition
from tests.core.law.test_parts import part
from tests.core.law.test_readers import word
from tests.fixtures.district import NOW, District, _person
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


@pytest.mark.parametrize("script", [True, False])
def test_other_words_of_an_import_are_compared_then_taken_or_dismissed(
    served: tuple[District, str], arrive: Callable[..., Visitor], tmp_path: Path, script: bool
) -> None:
    district, _address = served
    _person(district.congress, "guoliheng", "郭立衡", "filing_review_office", None)
    for name, words in (("a", "举行"), ("b", "召开"), ("c", "召集")):
        (tmp_path / f"{name}.md").write_text(RULES_2018.replace("至少举行一次", f"至少{words}一次"), "utf-8")
    imports.run(district.congress, [tmp_path], actor=system(district.congress), at=NOW, step=lambda *_: None)
    work_off()
    office = arrive(script=script)
    office.sign_in("yunlu-guoliheng")

    # One of two is dismissed: the published text stays.
    office.go("/desk/laws/")
    table = office.page.locator("section", has_text="待核对的更正").locator("table")
    assert table.locator("tbody tr").count() == 2
    table.locator("tr", has_text="c.md").get_by_role("link").click()
    assert office.page.locator("main ins").inner_text() == "召集"
    office.page.fill("input[name=leave-reason]", "网站排错")
    office.press("不采用")
    assert office.reads("没有采用，已公布的文字不变")

    # The other is taken, with a reason.
    office.go("/desk/laws/")
    office.page.locator("tr", has_text="b.md").get_by_role("link").click()
    office.press("采用并公布")
    assert office.page.locator("[aria-invalid=true]").count() == 1
    office.page.fill("input[name=take-reason]", "公报文字如此")
    office.press("采用并公布")
    assert office.reads("已采用并公布")
    work_off()

    office.go("/desk/laws/changes/")
    assert office.reads("公报文字如此")
    assert office.reads("网站排错")
    (edition,) = Edition.objects.of(district.congress).published().with_source()
    assert "至少召开一次" in edition.source
    office.go("/desk/laws/")
    assert office.page.locator("section", has_text="待核对的更正").count() == 0


@pytest.mark.parametrize("script", [True, False])
def test_the_file_a_text_came_in_is_given_back_letter_for_letter(
    served: tuple[District, str], arrive: Callable[..., Visitor], tmp_path: Path, script: bool
) -> None:
    district, _address = served
    _person(district.congress, "guoliheng", "郭立衡", "filing_review_office", None)
    path = tmp_path / "议事规则.docx"
    path.write_bytes(word("\n".join(line for line in RULES_2018.replace("# ", "").splitlines() if line)))
    office = arrive(script=script)
    office.sign_in("yunlu-guoliheng")

    office.go("/desk/laws/new/")
    office.page.set_input_files("input[type=file]", path)
    office.press("看结构")
    office.page.fill("input[name=reason]", "常委会通过")
    office.press("存为草稿")
    confirm(office, "公布", script)
    work_off()

    row = office.page.locator("section", has_text="原件").locator("tbody tr")
    assert hashlib.sha256(path.read_bytes()).hexdigest() in row.inner_text()
    assert "Word 文档" in row.inner_text()
    if script:  # axe runs in the page
        assert flaws(office.page) == []
    assert not is_too_wide(office.page)
    with office.page.expect_download() as waiting:
        row.get_by_role("link").click()
    assert waiting.value.suggested_filename == "议事规则.docx"
    assert Path(waiting.value.path()).read_bytes() == path.read_bytes()


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
    (tmp_path / "b.md").write_text(RULES_2018.replace("每两个月", "每季度"), "utf-8")
    (tmp_path / "c.md").write_text(part(4, 6, "巷道").source, "utf-8")
    imports.run(district.congress, [tmp_path / "b.md", tmp_path / "c.md"], actor=system(district.congress), at=NOW,
                step=lambda *_: None)  # fmt: skip
    for draft in Edition.objects.of(district.congress).filter(state="draft"):
        office.go(f"/desk/laws/editions/{draft.pk}/")
        look(draft.file_name)
    office.go("/desk/laws/")
    look("a list with what waits")
    for path in ("new/", f"editions/{edition.pk}/correct/"):
        office.go(f"/desk/laws/{path}")
        office.page.set_input_files("input[type=file]", changed)
        office.press("看结构")
        look(f"{path} looked at")
    office.page.fill("input[name=reason]", "校对错误")
    office.press("存为草稿")
    look("a draft")

    assert found == {}
