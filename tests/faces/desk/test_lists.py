"""Lists: all matters and their export, search, notices, people, and who read personal data."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from lvzhi.faces.desk import matters
from lvzhi.records.jobs import worker
from lvzhi.records.notices.models import Notice
from lvzhi.records.people.actor import actor_of, citizen
from lvzhi.records.people.models import Account, Membership, Person
from lvzhi.work.opinions import actions
from tests.faces.desk.conftest import SignIn
from tests.fixtures.district import NOW, TODAY, District

MOST = 10


def done_jobs() -> None:
    while worker.work(at=NOW + timedelta(minutes=1)):
        pass


def rows_of(answer: object) -> list[list[str]]:
    data = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(data)))


@pytest.mark.parametrize("count", [1, 60])
def test_the_list_costs_the_same_few_statements(
    district: District, sign_in: SignIn, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(count):
        district.matter()
    client = sign_in(district.clerk)
    with django_assert_max_num_queries(MOST):
        page = client.get("/desk/matters/?procedure=petition&open=1")
    assert len(page.context["rows"]) == min(count, 50)
    assert bool(page.context["older"]) == (count > 50)


def test_filters_stand_in_the_address_and_narrow_list_and_export_alike(district: District, sign_in: SignIn) -> None:
    given = district.matter("转送给交通局的事")
    district.matter("还在登记的事")
    actions.transfer(given.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    client = sign_in(district.clerk)
    query = f"procedure=petition&state=transferred&body={district.transport.pk}&open=1"
    page = client.get(f"/desk/matters/?{query}").content.decode()
    assert "转送给交通局的事" in page
    assert "还在登记的事" not in page
    table = rows_of(client.get(f"/desk/matters.csv?{query}"))
    assert [row[1] for row in table] == ["题目", "转送给交通局的事"]
    late = client.get("/desk/matters/?late=1").content.decode()
    assert "没有符合条件的事项" in late


@pytest.mark.parametrize(
    "query", ["body=nobody", "after=x", "open=7", "number=%00", "state=%27%22", "procedure=nothing"]
)
def test_an_address_nobody_wrote_does_no_harm(district: District, sign_in: SignIn, query: str) -> None:
    district.matter()
    assert sign_in(district.clerk).get(f"/desk/matters/?{query}").status_code == 200


def test_a_formula_in_a_title_leaves_as_text(district: District, sign_in: SignIn) -> None:
    district.matter('=HYPERLINK("http://x","点我")')
    table = rows_of(sign_in(district.clerk).get("/desk/matters.csv"))
    assert table[1][1].startswith("'=HYPERLINK")


def test_an_export_that_stops_says_so(district: District, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matters, "CHUNK", 2)
    monkeypatch.setattr(matters, "MOST_EXPORTED", 4)
    for _n in range(5):
        district.matter()
    table = rows_of(sign_in(district.clerk).get("/desk/matters.csv"))
    assert len(table) == 6
    assert "只导出了前 4 件" in table[-1][0]


def test_a_body_exports_only_what_it_may_see(district: District, neighbour: District, sign_in: SignIn) -> None:
    district.matter()
    neighbour.matter("松岭区的事")
    assert len(rows_of(sign_in(district.driver).get("/desk/matters.csv"))) == 1
    mine = rows_of(sign_in(district.clerk).get("/desk/matters.csv"))
    assert [row[1] for row in mine[1:]] == ["夜里没有公交车"]


def test_search_marks_the_words_and_keeps_markup_harmless(
    district: District, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    district.opinion("公交<script>", "听泉路的公交太少了，希望加密。")
    done_jobs()
    client = sign_in(district.clerk)
    with django_assert_max_num_queries(MOST):
        text = client.get("/desk/search/", {"q": "公交"}).content.decode()
    assert "<mark>公交</mark>&lt;script&gt;" in text
    assert "没有找到「飞机」" in client.get("/desk/search/", {"q": "飞机"}).content.decode()
    assert client.get("/desk/search/", {"q": "公交", "before": "x" * 30}).status_code == 200
    assert "写上要找的词" in client.get("/desk/search/").content.decode()
    assert "没有找到" in sign_in(district.driver).get("/desk/search/", {"q": "公交"}).content.decode()


@pytest.mark.parametrize("asked", ["意 2026-0001", "意2026-1", " 意 2026-0001 "])
def test_a_number_opens_its_matter(district: District, neighbour: District, sign_in: SignIn, asked: str) -> None:
    matter = district.matter()
    answer = sign_in(district.clerk).get("/desk/search/", {"q": asked})
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/matters/{matter.pk}/")
    assert sign_in(neighbour.clerk).get("/desk/search/", {"q": asked}).status_code == 200


def test_notices_are_read_by_those_they_were_for(district: District, sign_in: SignIn) -> None:
    matter = district.matter()
    district.matter("另一件")
    done_jobs()
    client = sign_in(district.clerk)
    page = client.get("/desk/notices/").content.decode()
    assert "夜里没有公交车" in page
    assert "未读" in page
    notice = Notice.objects.of(district.congress).filter(matter=matter).get()
    address = f"/desk/notices/{notice.pk}/read/"
    assert client.get(address).status_code == 405
    assert sign_in(district.driver).post(address).status_code == 404
    assert client.post(address)["Location"] == f"/desk/matters/{matter.pk}/"
    assert Notice.objects.of(district.congress).filter(read_at=None).count() == 1
    client.post("/desk/notices/read/")
    assert "未读" not in client.get("/desk/notices/").content.decode()


def test_people_are_found_by_name_body_and_office(
    district: District, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(district.clerk)
    with django_assert_max_num_queries(MOST):
        everybody = client.get("/desk/people/").content.decode()
    assert all(name in everybody for name in ("林知远", "乔安", "周禾"))
    by_body = client.get(f"/desk/people/?body={district.transport.pk}&role=supervised_body").content.decode()
    assert "乔安" in by_body[by_body.index("<main") :]
    assert "沈木" not in by_body
    assert "没有找到这样的人" in client.get("/desk/people/?q=无此人").content.decode()
    assert sign_in(district.driver).get("/desk/people/").status_code == 403


def test_a_person_is_shown_with_past_offices(district: District, neighbour: District, sign_in: SignIn) -> None:
    person = Person.objects.of(district.congress).get(slug="qiaoan")
    Membership.objects.create(
        congress=district.congress, person=person, body=district.housing, role="supervised_body", title="科员",
        since=date(2019, 1, 1), until=date(2021, 11, 30),
    )  # fmt: skip
    text = sign_in(district.clerk).get(f"/desk/people/{person.pk}/").content.decode()
    assert "科员" in text
    assert "2021年11月30日" in text
    assert "至今" in text
    assert sign_in(neighbour.clerk).get(f"/desk/people/{person.pk}/").status_code == 404


def test_a_body_sees_its_own_page_and_no_other(district: District, sign_in: SignIn) -> None:
    matter = district.matter()
    actions.transfer(matter.pk, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    client = sign_in(district.driver)
    text = client.get(f"/desk/bodies/{district.transport.pk}/").content.decode()
    assert "夜里没有公交车" in text
    assert "乔安" in text
    assert client.get(f"/desk/bodies/{district.housing.pk}/").status_code == 403


def test_readings_are_for_the_petition_office_and_the_operator(district: District, sign_in: SignIn) -> None:
    assert sign_in(district.researcher).get("/desk/readings/").status_code == 403
    assert sign_in(district.driver).get("/desk/readings/").status_code == 403
    assert "还没有人看过" in sign_in(district.clerk).get("/desk/readings/").content.decode()


def registrar(district: District) -> object:
    account = Account.objects.create_user("office", "x" * 12, name="孟青")
    person = Person.objects.create(congress=district.congress, slug="mengqing", name="孟青", account=account)
    Membership.objects.create(congress=district.congress, person=person, role="general_office", since=date(2021, 12, 1))
    return actor_of(account, on=TODAY)


def table(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("人员.csv", "\n".join(["编号,姓名,职务", *rows]).encode("utf-8-sig"), "text/csv")


def test_people_come_in_by_a_table_that_was_looked_at_first(district: District, sign_in: SignIn) -> None:
    client = sign_in(registrar(district))
    seen = client.post("/desk/people/import/", {"kind": "people", "file": table("gaoshan,高山,人大代表")})
    assert "新增" in seen.content.decode()
    assert not Person.objects.of(district.congress).filter(slug="gaoshan").exists()
    done = client.post("/desk/people/import/confirm/", {"pending": seen.context["pending"].pk}, follow=True)
    assert "已导入：新增 1 行" in done.content.decode()
    assert Person.objects.of(district.congress).filter(slug="gaoshan").exists()
    again = client.post("/desk/people/import/confirm/", {"pending": seen.context["pending"].pk}, follow=True)
    assert "已经导入" in again.content.decode()


def test_a_table_with_a_bad_row_brings_in_nothing(district: District, sign_in: SignIn) -> None:
    client = sign_in(registrar(district))
    seen = client.post("/desk/people/import/", {"kind": "people", "file": table("gaoshan,高山,没有这种职务")})
    assert "有 1 行不能导入" in seen.content.decode()
    bad = client.post("/desk/people/import/", {"kind": "people", "file": SimpleUploadedFile("x.csv", b"\x00\x01")})
    assert bad.status_code == 422
    assert client.post("/desk/people/import/confirm/", {"pending": "x"}).status_code == 404
    assert "编号" in client.get("/desk/people/import/people.csv").content.decode("utf-8-sig")


def test_importing_is_for_those_who_keep_the_lists(district: District, sign_in: SignIn) -> None:
    refused = sign_in(district.clerk).get("/desk/people/import/")
    assert refused.status_code == 403
    assert "只有常委会办公室" in refused.content.decode()


def test_a_public_matter_of_others_shows_a_body_what_the_public_sees(district: District, sign_in: SignIn) -> None:
    words = actions.Words(subject="路灯坏了", text="我是何远，路灯坏了三盏。")
    matter = actions.submit(
        congress=district.congress, words=words, actor=citizen(district.congress), on=TODAY, at=NOW
    ).opinion.matter
    actions.take(matter.pk, "register", actor=district.clerk, on=TODAY, at=NOW)
    data = {"covers": [actions.Cover("text", 2, 2, "name")]}
    actions.take(matter.pk, "publish", actor=district.clerk, on=TODAY, at=NOW, data=data)
    done_jobs()
    client = sign_in(district.builder)
    assert "何远" not in client.get("/desk/search/", {"q": "路灯"}).content.decode()
    assert "路灯坏了三盏。" in client.get(f"/desk/matters/{matter.pk}/").content.decode()
