"""Texts that an import brought and that wait: compared, taken, dismissed, joined."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from lvzhi.records.people.actor import system
from lvzhi.work.statutes import imports, queries
from lvzhi.work.statutes.models import Edition
from tests.core.law.test_parts import part
from tests.faces.desk.conftest import SignIn
from tests.faces.desk.texts import keeper, upload
from tests.fixtures.district import NOW, District
from tests.fixtures.statutes import RULES_2018

pytestmark = pytest.mark.django_db
MOST = 12


def imported(district: District, folder: Path, **texts: str) -> None:
    """Run an import over files of these names and texts."""
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
    imports.run(district.congress, [folder], actor=system(district.congress), at=NOW, step=lambda *_: None)


OTHER = RULES_2018.replace("至少举行一次", "至少召开一次")


def test_a_correction_of_an_import_is_compared_and_taken(district: District, sign_in: SignIn, tmp_path: Path) -> None:
    imported(district, tmp_path, a=RULES_2018, b=OTHER)
    client = sign_in(keeper(district))
    waiting = Edition.objects.of(district.congress).get(state="draft")
    page = client.get("/desk/laws/").content.decode()
    assert "待核对的更正" in page
    assert f"/desk/laws/editions/{waiting.pk}/" in page
    page = client.get(f"/desk/laws/editions/{waiting.pk}/").content.decode()
    assert "和已公布的文字有 1 处不同" in page
    assert "<del>举行</del>" in page
    assert "<ins>召开</ins>" in page
    against = re.search(r'name="take-against" value="([0-9a-f]{64})"', page)
    assert against

    refused = client.post(f"/desk/laws/editions/{waiting.pk}/accept/", {"take-reason": "", "take-against": against[1]})
    answer = client.post(
        f"/desk/laws/editions/{waiting.pk}/accept/",
        {"take-reason": "公报如此", "take-against": against[1]},
        follow=True,
    )

    assert refused.status_code == 422
    assert "已采用并公布" in answer.content.decode()
    (edition,) = queries.editions_of(waiting.work)
    assert (edition.pk, edition.reason) == (waiting.pk, "公报如此")
    assert "公报如此" in client.get("/desk/laws/changes/").content.decode()
    assert "待核对的更正" not in client.get("/desk/laws/").content.decode()


def test_a_correction_of_an_import_is_dismissed_and_the_published_text_stays(
    district: District, sign_in: SignIn, tmp_path: Path
) -> None:
    imported(district, tmp_path, a=RULES_2018, b=OTHER)
    client = sign_in(keeper(district))
    waiting = Edition.objects.of(district.congress).get(state="draft")

    assert client.post(f"/desk/laws/editions/{waiting.pk}/dismiss/", {"leave-reason": ""}).status_code == 422
    answer = client.post(f"/desk/laws/editions/{waiting.pk}/dismiss/", {"leave-reason": "网站排错"}, follow=True)

    assert "没有采用，已公布的文字不变" in answer.content.decode()
    assert "核对后不采用：2018年3月1日的版本" in answer.content.decode()
    assert [each.state for each in Edition.objects.of(district.congress)] == ["published"]
    again = client.post(f"/desk/laws/editions/{waiting.pk}/dismiss/", {"leave-reason": "网站排错"})
    assert again.status_code == 404


def test_a_correction_that_waits_cannot_be_published_unseen_nor_an_edition_be_dismissed(
    district: District, sign_in: SignIn, tmp_path: Path
) -> None:
    imported(district, tmp_path, a=RULES_2018, b=OTHER)
    client = sign_in(keeper(district))
    waiting = Edition.objects.of(district.congress).get(state="draft")
    published = Edition.objects.of(district.congress).get(state="published")

    unseen = client.post(f"/desk/laws/editions/{waiting.pk}/publish/", follow=True).content.decode()
    wrong = client.post(f"/desk/laws/editions/{published.pk}/dismiss/", {"leave-reason": "试试"}, follow=True)

    assert "请先对照，写明原因再采用" in unseen
    assert "这个版本已经公布，不能再改" in wrong.content.decode()
    clerk = sign_in(district.clerk)
    assert clerk.get(f"/desk/laws/editions/{waiting.pk}/").status_code == 403
    assert clerk.post(f"/desk/laws/editions/{waiting.pk}/accept/", {"take-reason": "试试"}).status_code == 403
    assert "待核对的更正" not in clerk.get("/desk/laws/").content.decode()


def test_a_part_is_shown_joined_to_the_text_it_corrects(district: District, sign_in: SignIn, tmp_path: Path) -> None:
    imported(district, tmp_path, a=part(1, 3).source)
    client = sign_in(keeper(district))
    published = Edition.objects.of(district.congress).get()
    address = f"/desk/laws/editions/{published.pk}/correct/"

    shown = client.post(address, {"file": SimpleUploadedFile("b.md", part(4, 6).source.encode())}).content.decode()
    assert "已经和库里其余的部分接成全文" in shown
    assert "6 条" in shown
    torn = client.post(address, {"file": SimpleUploadedFile("c.md", part(3, 5).source.encode())}).content.decode()
    assert "这份文件只有一部分条文（第三条至第五条）" in torn
    client.post(address, {"text": upload(client, address, part(4, 6).source), "reason": "补齐"})

    draft = Edition.objects.of(district.congress).get(state="draft")
    assert (draft.articles, len(draft.parts)) == (6, 2)


def test_an_unfinished_text_says_what_it_waits_for(district: District, sign_in: SignIn, tmp_path: Path) -> None:
    imported(district, tmp_path, a=part(4, 6, "巷道").source)
    client = sign_in(keeper(district))
    draft = Edition.objects.of(district.congress).get()

    assert "还缺部分" in client.get("/desk/laws/").content.decode()
    page = client.get(f"/desk/laws/editions/{draft.pk}/").content.decode()
    assert "这部文件还缺部分条文" in page
    assert "这里缺条文" in page


@pytest.mark.parametrize("count", [1, 5])
def test_lists_with_corrections_cost_the_same_few_statements(
    district: District, sign_in: SignIn, tmp_path: Path, count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    others = {f"b{n}": RULES_2018.replace("至少", f"至少{n}") for n in range(count)}
    imported(district, tmp_path, a=RULES_2018, **others)
    client = sign_in(keeper(district))
    waiting = Edition.objects.of(district.congress).filter(state="draft")[0]

    for address in ("", f"works/{waiting.work_id}/", f"editions/{waiting.pk}/"):
        with django_assert_max_num_queries(MOST):
            assert client.get(f"/desk/laws/{address}").status_code == 200
