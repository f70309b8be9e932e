"""Managed texts: taken in after a look, corrected with a reason, published, and all of it on record."""

from __future__ import annotations

import hashlib
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from lvzhi.records.documents.store import Ready, place_of
from lvzhi.records.jobs import worker
from lvzhi.records.people.actor import Actor, system
from lvzhi.work.statutes import imports, originals, queries
from lvzhi.work.statutes.models import Change, Edition, Original, Work
from tests.core.law.test_parts import part
from tests.core.law.test_readers import word
from tests.faces.desk.conftest import SignIn
from tests.fixtures.district import NOW, District, _person
from tests.fixtures.statutes import ALL, OLD_FILING, RULES_2018, RULES_2024, Statutes, make_statutes

pytestmark = pytest.mark.django_db
MOST = 12
WORD = word("\n".join(line for line in RULES_2018.replace("# ", "").splitlines() if line))
FACTS = {
    "title": "云麓区人民代表大会常务委员会议事规则", "kind": "normative_document", "level": "district",
    "region": "云麓区",
    "organ": "云麓区人民代表大会常务委员会", "number": "", "day": "2018-03-01", "effective": "2018-04-01",
    "reason": "常委会通过",
}  # fmt: skip


def keeper(district: District) -> Actor:
    return _person(district.congress, "guoliheng", "郭立衡", "filing_review_office", None)


def upload(client: Client, address: str, text: str | bytes, name: str = "rules.md") -> str:
    """Send a file; the sealed text of the page that shows it."""
    data = text.encode() if isinstance(text, str) else text
    answer = client.post(address, {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 200, answer.content.decode()[-3000:]
    found = re.search(r'name="text" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


def done_jobs() -> None:
    while worker.work(at=NOW + timedelta(days=400)):
        pass


def test_a_text_is_looked_at_stored_as_a_draft_and_published(district: District, sign_in: SignIn) -> None:
    client = sign_in(keeper(district))
    answer = client.post("/desk/laws/new/", {"file": SimpleUploadedFile("a.md", RULES_2018.encode())})
    shown = answer.content.decode()
    assert "还没有存" in shown
    assert 'value="2018-03-01"' in shown
    assert "第一条" in shown
    assert not Work.objects.of(district.congress).exists()

    sealed = upload(client, "/desk/laws/new/", RULES_2018)
    answer = client.post("/desk/laws/new/", {**FACTS, "text": sealed}, follow=True)
    assert "已存为草稿" in answer.content.decode()
    draft = Edition.objects.of(district.congress).with_source().get()
    assert (draft.state, draft.source, draft.reason) == ("draft", RULES_2018, "常委会通过")
    assert list(queries.works(district.congress.pk, on=date(2026, 6, 9))) == []

    answer = client.post(f"/desk/laws/editions/{draft.pk}/publish/", follow=True)
    assert "已公布" in answer.content.decode()
    done_jobs()
    draft.refresh_from_db()
    assert (draft.state, draft.is_linked) == ("published", True)
    verbs = Change.objects.of(district.congress).order_by("at", "pk").values_list("verb", "by_name")
    assert list(verbs) == [("drafted", "郭立衡"), ("published", "郭立衡")]


def test_what_was_mended_in_the_form_is_what_is_stored(district: District, sign_in: SignIn) -> None:
    client = sign_in(keeper(district))
    sealed = upload(client, "/desk/laws/new/", RULES_2018)
    told = {**FACTS, "number": "云人常〔2018〕3号", "effective": "2018-05-01", "text": sealed}

    client.post("/desk/laws/new/", told)

    draft = Edition.objects.of(district.congress).select_related("work").get()
    assert (draft.number, draft.effective) == ("云人常〔2018〕3号", date(2018, 5, 1))
    assert draft.work.number == "云人常〔2018〕3号"


def test_a_text_that_was_changed_on_its_way_is_not_stored(district: District, sign_in: SignIn) -> None:
    client = sign_in(keeper(district))
    sealed = upload(client, "/desk/laws/new/", RULES_2018)

    answer = client.post("/desk/laws/new/", {**FACTS, "text": sealed[:-3] + "abc"})

    assert "请重新上传" in answer.content.decode()
    assert not Edition.objects.of(district.congress).exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", "今天开会。".encode(), "没有在文件里找到法律文本"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 3000, "已经损坏，打不开"),
        ("a.md", b"", "这个文件是空的"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "已经损坏，打不开"),
    ],
)
def test_a_file_that_is_no_law_is_refused_with_a_sentence(
    district: District, sign_in: SignIn, name: str, data: bytes, said: str
) -> None:
    answer = sign_in(keeper(district)).post("/desk/laws/new/", {"file": SimpleUploadedFile(name, data)})

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_oddities_are_shown_by_line(district: District, sign_in: SignIn) -> None:
    text = RULES_2024.replace("第三条 常务", "三条 常务")
    answer = sign_in(keeper(district)).post("/desk/laws/new/", {"file": SimpleUploadedFile("a.md", text.encode())})

    assert "有 1 处存疑" in answer.content.decode()
    assert "缺“第”字" in answer.content.decode()


def test_oddities_are_said_in_the_language_of_the_reader(district: District, sign_in: SignIn) -> None:
    text = RULES_2024.replace("第三条 常务", "三条 常务")
    client = sign_in(keeper(district))
    client.cookies["django_language"] = "en"

    shown = client.post("/desk/laws/new/", {"file": SimpleUploadedFile("a.md", text.encode())}).content.decode()

    assert '“<span lang="zh-Hans">三条</span>” lacks the character 第; it was read as an article.' in shown
    assert "已按条文处理" not in shown


def test_a_correction_takes_the_place_of_the_edition_and_the_old_text_stays(
    statutes: Statutes, sign_in: SignIn
) -> None:
    client = sign_in(keeper(statutes.district))
    old = queries.editions_of(statutes.work("议事规则"))[0]
    address = f"/desk/laws/editions/{old.pk}/correct/"
    right = RULES_2018.replace("至少举行一次", "至少召开一次")
    shown = client.post(address, {"file": SimpleUploadedFile("a.md", right.encode())}).content.decode()
    assert "和已公布的文字有 1 处不同" in shown

    sealed = upload(client, address, right)
    refused = client.post(address, {"text": sealed, "reason": ""})
    assert refused.status_code == 422
    client.post(address, {"text": sealed, "reason": "排印错误"})
    draft = Edition.objects.of(statutes.district.congress).get(state="draft")
    assert (draft.day, draft.replaces_id, draft.reason) == (old.day, old.pk, "排印错误")
    client.post(f"/desk/laws/editions/{draft.pk}/publish/")
    done_jobs()

    old.refresh_from_db()
    assert old.state == "superseded"
    assert queries.editions_of(statutes.work("议事规则"))[0].pk == draft.pk
    (citing,) = queries.cited_by(statutes.work("议事规则"), "art_3")
    assert citing.cited_edition_id == draft.pk
    page = client.get(f"/desk/laws/works/{old.work_id}/").content.decode()
    assert "排印错误" in page
    assert "已被更正" in page
    assert "更正：2018年3月1日的版本" in page


def test_a_text_of_another_law_corrects_nothing(statutes: Statutes, sign_in: SignIn) -> None:
    client = sign_in(keeper(statutes.district))
    old = queries.editions_of(statutes.work("议事规则"))[0]
    address = f"/desk/laws/editions/{old.pk}/correct/"

    answer = client.post(address, {"text": upload(client, address, OLD_FILING), "reason": "换一份"})

    assert answer.status_code == 422
    assert "不是同一部" in answer.content.decode()


def test_a_draft_can_be_given_up_and_that_stays_on_record(district: District, sign_in: SignIn) -> None:
    client = sign_in(keeper(district))
    client.post("/desk/laws/new/", {**FACTS, "text": upload(client, "/desk/laws/new/", RULES_2018)})
    draft = Edition.objects.of(district.congress).get()

    client.post(f"/desk/laws/editions/{draft.pk}/drop/", {"reason": "传错了文件"})

    assert not Edition.objects.of(district.congress).exists()
    assert "传错了文件" in client.get("/desk/laws/changes/").content.decode()


def test_kind_and_repeal_are_mended_with_a_reason(statutes: Statutes, sign_in: SignIn) -> None:
    client = sign_in(keeper(statutes.district))
    work = statutes.work("议事规则")
    told = {"kind": "local_rule", "level": "district", "region": "云麓区", "organ": "", "number": ""}
    client.post(f"/desk/laws/works/{work.pk}/describe/", {**told, "reason": "种类认错了"})
    client.post(f"/desk/laws/works/{work.pk}/repeal/", {"since": "2026-06-01", "by": "", "reason": "常委会决定"})

    work.refresh_from_db()
    assert (work.kind, work.is_repealed, work.repealed_since) == ("local_rule", True, date(2026, 6, 1))
    page = client.get(f"/desk/laws/works/{work.pk}/").content.decode()
    assert "种类：规范性文件 → 地方政府规章" in page


def test_broken_citations_lead_to_their_place(statutes: Statutes, sign_in: SignIn) -> None:
    page = sign_in(keeper(statutes.district)).get("/desk/laws/broken/").content.decode()

    assert "没有这一条款" in page
    assert "第九条" in page
    assert "/law/%E4%BA%91%E9%BA%93%E5%8C%BA" in page
    assert "/@2022-09-08/art_2__para_1" in page


def test_only_the_keepers_may_take_texts_in_and_others_are_told_why(statutes: Statutes, sign_in: SignIn) -> None:
    client = sign_in(statutes.district.clerk)
    edition = queries.editions_of(statutes.work("议事规则"))[0]
    page = client.get("/desk/laws/").content.decode()
    assert "由备案审查工作机构和常委会办公室管理" in page
    for address in ("new/", f"editions/{edition.pk}/correct/", f"works/{edition.work_id}/describe/"):
        answer = client.get(f"/desk/laws/{address}")
        assert answer.status_code == 403
        assert "由备案审查工作机构和常委会办公室管理" in answer.content.decode()
    assert client.post(f"/desk/laws/editions/{edition.pk}/drop/", {"reason": "试试"}).status_code == 403


def test_a_published_edition_cannot_be_published_or_dropped_again(statutes: Statutes, sign_in: SignIn) -> None:
    client = sign_in(keeper(statutes.district))
    edition = queries.editions_of(statutes.work("议事规则"))[0]

    for step in ("publish/", "drop/"):
        answer = client.post(f"/desk/laws/editions/{edition.pk}/{step}", {"reason": "试试"}, follow=True)
        assert "这个版本已经公布，不能再改" in answer.content.decode()


@pytest.mark.parametrize("texts", [(RULES_2018,), ALL])
def test_the_pages_cost_the_same_few_statements(
    district: District, sign_in: SignIn, texts: tuple[str, ...], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    library = make_statutes(district, texts)
    client = sign_in(keeper(district))
    work = library.work("议事规则")
    edition = queries.editions_of(work)[0]
    for address in ("", "broken/", "changes/", "left-out/", f"works/{work.pk}/", f"editions/{edition.pk}/"):
        with django_assert_max_num_queries(MOST):
            assert client.get(f"/desk/laws/{address}").status_code == 200


def test_a_docx_from_the_national_database_is_taken_in(district: District, sign_in: SignIn) -> None:
    client = sign_in(keeper(district))

    answer = client.post("/desk/laws/new/", {"file": SimpleUploadedFile("议事规则.docx", WORD)})

    assert answer.status_code == 200
    assert "4 条" in answer.content.decode()


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


def test_the_file_of_a_text_is_given_back_as_it_came_with_its_sum(statutes: Statutes, sign_in: SignIn) -> None:
    district = statutes.district
    office = keeper(district)
    client = sign_in(office)
    edition = queries.editions_of(statutes.work("议事规则"))[0]
    other = word(RULES_2018.replace("# ", "").replace("至少", "最少"))
    address = f"/desk/laws/editions/{edition.pk}/correct/"
    client.post(address, {"text": upload(client, address, other, "规则 终稿.docx"), "reason": "校对"})
    draft = Edition.objects.of(district.congress).get(state="draft")
    (kept,) = draft.originals.all()

    page = client.get(f"/desk/laws/editions/{draft.pk}/").content.decode()
    assert f"/desk/laws/originals/{kept.pk}/" in page
    assert hashlib.sha256(other).hexdigest() in page
    assert "Word 文档" in page
    answer = client.get(f"/desk/laws/originals/{kept.pk}/")
    assert answer.getvalue() == other
    assert answer.headers["Content-Type"] == kept.media_type
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    clerk = sign_in(district.clerk)
    assert clerk.get(f"/desk/laws/originals/{kept.pk}/").status_code == 403  # nobody but the keepers reads a draft
    sign_in(office).post(f"/desk/laws/editions/{draft.pk}/publish/")
    shown = sign_in(district.clerk).get(f"/desk/laws/originals/{kept.pk}/")
    assert (shown.status_code, shown.getvalue()) == (200, other)


def test_an_original_of_another_congress_or_a_lost_one_is_not_found(
    statutes: Statutes, neighbour: District, sign_in: SignIn
) -> None:
    client = sign_in(keeper(statutes.district))
    edition = queries.editions_of(statutes.work("议事规则"))[0]
    originals.keep([(edition, Ready("a.html", "text/html", b"<p>1"))], at=NOW)
    (kept,) = edition.originals.all()
    address = f"/desk/laws/originals/{kept.pk}/"
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"], answer.getvalue()) == (200, "text/html", b"<p>1")

    place_of(kept.sha256).unlink()

    assert client.get(address).status_code == 404
    assert sign_in(neighbour.clerk).get(address).status_code in (403, 404)


def test_a_file_that_waited_too_long_is_asked_for_again(
    district: District, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(keeper(district))
    sealed = upload(client, "/desk/laws/new/", WORD, "a.docx")
    assert not Original.objects.of(district.congress).exists()

    monkeypatch.setattr("lvzhi.faces.desk.statutes.taking.clock.now", lambda: timezone.now() + timedelta(hours=4))
    answer = client.post("/desk/laws/new/", {**FACTS, "text": sealed})

    assert "看过的文件过期了，请重新上传" in answer.content.decode()
    assert not Edition.objects.of(district.congress).exists()


def test_a_form_sent_twice_keeps_one_original(district: District, sign_in: SignIn) -> None:
    client = sign_in(keeper(district))
    sealed = upload(client, "/desk/laws/new/", WORD, "a.docx")

    for _again in range(2):
        client.post("/desk/laws/new/", {**FACTS, "text": sealed})

    shas = {each.sha256 for each in Original.objects.of(district.congress)}
    assert shas == {hashlib.sha256(WORD).hexdigest()}
