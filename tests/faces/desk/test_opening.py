"""Beginning matters of other procedures: who may, what is asked, what it costs, and that twice is once."""

from __future__ import annotations

from uuid import uuid4

from pytest_django import DjangoAssertNumQueries

from lvzhi.core.procedure import ClockEvent, ClockRun, explain
from lvzhi.faces.desk.matter_parts import clock_rows
from lvzhi.faces.desk.reach import parties_of
from lvzhi.records.matters.models import Matter, WorkItem
from lvzhi.records.matters.procedures import procedure_of, work_calendar
from tests.faces.desk.conftest import SignIn
from tests.fixtures.district import TODAY, District, _person

FORM = "/desk/open/special_report/schedule/"
LIST_COSTS = 7
FORM_COSTS = 9
OPENING_COSTS = 32


def filled(district: District, **changes: object) -> dict[str, object]:
    given = {
        "once": str(uuid4()), "topic": "公共交通夜间线网", "body": str(district.transport.pk),
        "meeting_date": "2026-08-27", "working_body": str(district.study.pk),
    }  # fmt: skip
    return {**given, **changes}


def test_the_list_shows_what_ones_office_may_begin_and_nothing_that_has_its_own_page(
    district: District, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(district.researcher)
    with django_assert_max_num_queries(LIST_COSTS):
        text = client.get("/desk/open/").content.decode()
    assert FORM in text
    assert "听取和审议专项工作报告" in text
    assert "/desk/open/petition/" not in text
    assert "/desk/open/data_protection/" not in text


def test_only_those_who_may_begin_something_are_shown_the_way(district: District, sign_in: SignIn) -> None:
    assert "/desk/open/" in sign_in(district.researcher).get("/desk/").content.decode()
    assert "/desk/open/" not in sign_in(district.driver).get("/desk/").content.decode()
    refused = sign_in(district.driver).get("/desk/open/")
    assert refused.status_code == 403
    assert "没有由您新建的事项" in refused.content.decode()


def test_the_form_asks_for_one_title_and_the_bodies_it_concerns(
    district: District, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(district.researcher)
    with django_assert_max_num_queries(FORM_COSTS):
        page = client.get(FORM)
    form = page.context["form"]
    assert list(form.fields) == ["once", "topic", "body", "meeting_date", "working_body"]
    assert set(form.fields["body"].queryset) == {district.transport, district.housing}
    assert form.initial["working_body"] == district.study.pk


def test_a_procedure_without_a_line_of_its_own_asks_for_a_title(district: District, sign_in: SignIn) -> None:
    operator = _person(district.congress, "zhanghuaian", "张怀安", "operator", None)
    page = sign_in(operator).get("/desk/open/data_protection/plan_processing/")
    assert list(page.context["form"].fields)[:2] == ["once", "title"]


def test_opening_binds_both_bodies_and_puts_the_work_on_their_lists(
    district: District, sign_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(district.researcher)
    with django_assert_max_num_queries(OPENING_COSTS):
        answer = client.post(FORM, filled(district))
    matter = Matter.objects.of(district.congress).get(procedure="special_report")
    assert answer.headers["Location"] == f"/desk/matters/{matter.pk}/"
    assert (matter.title, matter.responsible) == ("公共交通夜间线网", district.transport)
    assert matter.bound == {"working_body": str(district.study.pk)}
    assert WorkItem.objects.of(district.congress).filter(holder=f"working_body:{district.study.pk}").exists()
    assert "公共交通夜间线网" in client.get(answer.headers["Location"]).content.decode()


def test_pressing_twice_opens_once(district: District, sign_in: SignIn) -> None:
    client, data = sign_in(district.researcher), filled(district)
    client.post(FORM, data)
    again = client.post(FORM, data, follow=True)
    assert "没有重复新建" in again.content.decode()
    assert Matter.objects.of(district.congress).count() == 1


def test_what_is_missing_is_asked_for_and_nothing_is_opened(district: District, sign_in: SignIn) -> None:
    refused = sign_in(district.researcher).post(FORM, filled(district, topic="", body=""))
    assert refused.status_code == 422
    assert "请填写议题" in refused.content.decode()
    assert not Matter.objects.of(district.congress).exists()


def test_a_body_of_another_district_cannot_be_chosen(district: District, neighbour: District, sign_in: SignIn) -> None:
    for name in ("body", "working_body"):
        stranger = neighbour.transport if name == "body" else neighbour.study
        refused = sign_in(district.researcher).post(FORM, filled(district, **{name: str(stranger.pk)}))
        assert refused.status_code == 422
    assert not Matter.objects.of(district.congress).exists()


def test_what_is_not_ones_to_begin_is_refused_and_what_does_not_exist_is_not_there(
    district: District, sign_in: SignIn
) -> None:
    clerk = sign_in(district.clerk)
    refused = clerk.post(FORM, filled(district))
    assert refused.status_code == 403
    assert "常委会办公室" in refused.content.decode()
    for address in ("petition/submit", "deputy_suggestion/draft", "special_report/close", "nothing/at-all"):
        assert clerk.get(f"/desk/open/{address}/").status_code == 404
    assert not Matter.objects.of(district.congress).exists()


def test_a_report_begins_while_only_letters_are_received(district: District, sign_in: SignIn) -> None:
    client = sign_in(district.researcher)
    client.post(FORM, filled(district))
    report = Matter.objects.of(district.congress).get()
    facts = dict(client.get(f"/desk/matters/{report.pk}/").context["facts"])
    assert "开始" in facts
    assert {"收到", "类别", "地点"}.isdisjoint(facts)


def test_the_clocks_of_a_report_name_the_body_that_prepares_it(district: District, sign_in: SignIn) -> None:
    client = sign_in(district.researcher)
    client.post(FORM, filled(district))
    report = Matter.objects.of(district.congress).get()
    procedure = procedure_of(report)
    begun = ClockRun("publish_report").with_event(ClockEvent("started", "publish_report", TODAY, "", "hear"))
    item = explain(procedure, "publish_report", begun, work_calendar(), {}, ())
    _columns, rows = clock_rows(procedure, report, [item], parties_of(report).names, TODAY)
    assert [row.cells[1] for row in rows] == [district.study.short]
