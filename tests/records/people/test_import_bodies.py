"""Importing bodies: found by number, placed under one another, never in a circle."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from lvzhi.records.people.imports import Change, ImportRefused, Preview
from lvzhi.records.people.models import Body
from tests.records.people.conftest import Office, make_congress

HOUSING = {
    "编号": "housing",
    "名称": "云麓区住房和城乡建设委员会",
    "简称": "区住建委",
    "类别": "政府工作部门",
    "上级": "",
}
TRANSPORT = {
    "编号": "transport",
    "名称": "云麓区交通局",
    "简称": "区交通局",
    "类别": "department",
    "上级": "",
}
GOVERNMENT = {"编号": "gov", "名称": "云麓区人民政府", "简称": "", "类别": "一府一委两院", "上级": ""}


def sentences(planned: Preview, row: int = 0) -> list[tuple[str, str]]:
    return [(error.column, error.sentence) for error in planned.rows[row].errors]


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def many(first: int, last: int, **changes: str) -> list[dict[str, str]]:
    return [HOUSING | {"编号": f"b{n}", "名称": f"第{n}局", "简称": f"{n}局"} | changes for n in range(first, last)]


def test_a_preview_of_bodies_writes_nothing(office: Office) -> None:
    before = office.snapshot()
    planned = office.preview("bodies", HOUSING, TRANSPORT, TRANSPORT | {"编号": "x1", "类别": "公司"})
    assert planned.counts == {"new": 1, "change": 0, "same": 0, "error": 2}
    assert office.snapshot() == before


def test_a_body_may_stand_under_one_further_down_the_table(office: Office) -> None:
    rows = [HOUSING | {"上级": "云麓区人民政府"}, TRANSPORT | {"上级": "gov"}, GOVERNMENT]
    result = office.do("bodies", *rows)
    assert result.counts == {"new": 2, "change": 1, "same": 0, "error": 0}
    government = Body.objects.of(office.congress).get(slug="gov")
    assert (government.kind, government.short) == (Body.Kind.SUPERVISED, "云麓区人民政府")
    assert {body.slug for body in Body.objects.of(office.congress).filter(parent=government)} == {
        "housing",
        "transport",
    }
    before = office.snapshot()
    assert office.do("bodies", *rows).counts == {"new": 0, "change": 0, "same": 3, "error": 0}
    assert office.snapshot() == before


def test_a_changed_body_keeps_what_the_row_leaves_empty(office: Office) -> None:
    planned = office.preview("bodies", TRANSPORT | {"名称": "云麓区交通运输局", "简称": ""})
    assert planned.rows[0].changes == (Change("名称", "云麓区交通局", "云麓区交通运输局"),)
    office.apply(planned)
    body = Body.objects.of(office.congress).get(slug="transport")
    assert (body.name, body.short, body.kind) == ("云麓区交通运输局", "区交通局", "department")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"类别": ""}, ("类别", "“类别”没有填写。")),
        ({"上级": "区长"}, ("上级", "找不到上级机构“区长”。请填已有机构的编号或名称。")),
        ({"名称": "云麓区交通局"}, ("名称", "名称“云麓区交通局”已经是编号 transport 的机构在用。")),
        ({"名称": "长" * 31, "简称": ""}, ("简称", "名称超过 30 个字，请另填简称。")),
        ({"编号": ""}, ("编号", "“编号”没有填写。")),
        (
            {"上级": "housing"},
            ("上级", "上级关系绕成了一圈：“云麓区住房和城乡建设委员会”最后成了自己的上级。"),
        ),
    ],
)
def test_what_is_wrong_with_a_body_is_said(office: Office, changes: dict[str, str], expected: tuple[str, str]) -> None:
    assert sentences(office.preview("bodies", HOUSING | changes)) == [expected]


def test_an_unknown_kind_is_refused_with_the_known_ones(office: Office) -> None:
    sentence = sentences(office.preview("bodies", HOUSING | {"类别": "公司"}))[0][1]
    assert sentence.startswith("没有“公司”这个类别。可以填：一府一委两院、政府工作部门、")


def test_a_circle_through_several_bodies_is_refused(office: Office) -> None:
    planned = office.preview("bodies", HOUSING | {"上级": "transport"}, TRANSPORT | {"上级": "housing"})
    assert [row.action for row in planned.rows] == ["error", "error"]


def test_two_rows_with_one_name_are_refused(office: Office) -> None:
    planned = office.preview("bodies", HOUSING, HOUSING | {"编号": "housing-2"})
    assert sentences(planned, 1) == [("名称", "第 2 行和第 3 行用了同一个名称 云麓区住房和城乡建设委员会。")]


def test_bodies_of_another_congress_are_not_seen(office: Office) -> None:
    other = make_congress("songling")
    Body.objects.create(congress=other, slug="gov", name="别处的政府", short="别处", kind=Body.Kind.SUPERVISED)
    assert office.preview("bodies", GOVERNMENT).rows[0].action == "new"
    assert sentences(office.preview("bodies", HOUSING | {"上级": "gov"}))[0][0] == "上级"


def test_kinds_are_chinese_in_the_plan_whatever_the_reader_reads(office: Office) -> None:
    with override("en"):
        english = office.preview("bodies", HOUSING)
    assert english.rows[0].values["类别"] == "政府工作部门"
    assert english.fingerprint == office.preview("bodies", HOUSING).fingerprint


def test_half_a_good_file_of_bodies_imports_nothing(office: Office) -> None:
    before = office.snapshot()
    with pytest.raises(ImportRefused, match="整个文件都没有导入"):
        office.do("bodies", HOUSING, GOVERNMENT | {"上级": "没有"})
    assert office.snapshot() == before


def test_bodies_are_previewed_in_one_query_and_written_in_as_many_for_fifty_as_for_one(
    office: Office,
) -> None:
    assert queries(lambda: office.preview("bodies", *many(0, 1))) == 1
    assert queries(lambda: office.preview("bodies", *many(0, 50))) == 1
    one = office.preview("bodies", *many(0, 1))
    fifty = office.preview("bodies", *many(1, 51))
    assert queries(lambda: office.apply(one)) == queries(lambda: office.apply(fifty))
    one = office.preview("bodies", *many(0, 1, 上级="transport"))
    fifty = office.preview("bodies", *many(1, 51, 上级="transport"))
    assert queries(lambda: office.apply(fifty)) <= queries(lambda: office.apply(one)) + 2
