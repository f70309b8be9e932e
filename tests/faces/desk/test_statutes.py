"""Managed texts: taken in after a look, corrected with a reason, published, and all of it on record."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Change, Edition, Work
from tests.faces.desk.conftest import SignIn
from tests.faces.desk.texts import FACTS, WORD, done_jobs, keeper, upload
from tests.fixtures.district import District
from tests.fixtures.statutes import ALL, OLD_FILING, RULES_2018, RULES_2024, Statutes, make_statutes

pytestmark = pytest.mark.django_db
MOST = 12


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
