"""Importing people: what a row means, what it may not say, and that a look changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from lvzhi.core.table import Limits, read_table
from lvzhi.records.people.actor import Actor
from lvzhi.records.people.imports import Change, ImportRefused, Preview, preview
from lvzhi.records.people.models import Account, Body, Constituency, Membership, Person
from tests.records.people.conftest import DEPUTY, ON, ROLES, Office, deputy, make_congress


def sentences(planned: Preview, row: int = 0) -> list[tuple[str, str]]:
    return [(error.column, error.sentence) for error in planned.rows[row].errors]


def only_error(office: Office, **changes: str) -> tuple[str, str]:
    planned = office.preview("people", deputy(50, **changes))
    assert planned.rows[0].action == "error"
    assert len(planned.rows[0].errors) == 1, planned.rows[0].errors
    return sentences(planned)[0]


def test_a_preview_writes_nothing(office: Office) -> None:
    before = office.snapshot()
    planned = office.preview("people", DEPUTY, deputy(19), deputy(20, 选区="第40选区"), deputy(21, 职务=""))
    assert planned.counts == {"new": 2, "change": 0, "same": 1, "error": 1}
    assert office.snapshot() == before


def test_a_new_person_gets_an_office_and_an_account_that_signs_in_by_code_only(office: Office) -> None:
    office.do("people", deputy(19))
    person = Person.objects.of(office.congress).select_related("account").get(slug="D-19")
    held = Membership.objects.of(office.congress).select_related("body", "term", "constituency").get(person=person)
    assert person.account is not None
    assert (person.account.username, person.account.email, person.account.name) == (
        "qiao19",
        "q19@yunlu.example",
        "乔之19",
    )
    assert not person.account.has_usable_password()
    assert (held.role, held.title, held.since, held.until) == ("deputy", "医生", date(2021, 12, 1), None)
    assert (str(held.body), held.term and held.term.ordinal, str(held.constituency)) == (
        "听泉街道代表组",
        7,
        "第14选区",
    )


def test_a_second_import_of_the_same_file_finds_everything_the_same(office: Office) -> None:
    rows = [DEPUTY, deputy(19, 起始=""), deputy(20, 选区="40", 用户名="", 电子邮箱="", 届次="", 起始="")]
    office.do("people", *rows)
    before = office.snapshot()
    result = office.do("people", *rows)
    assert result.counts == {"new": 0, "change": 0, "same": 3, "error": 0}
    assert office.snapshot() == before


def test_half_a_good_file_imports_nothing(office: Office) -> None:
    before = office.snapshot()
    planned = office.preview("people", deputy(19), deputy(20, 选区="第40选区"), deputy(21, 职务="村长"))
    with pytest.raises(ImportRefused, match="有 1 行不能导入，整个文件都没有导入") as refused:
        office.apply(planned)
    assert refused.value.code == "errors"
    assert office.snapshot() == before


def test_what_changes_is_shown_from_old_to_new_and_then_written(office: Office) -> None:
    planned = office.preview("people", DEPUTY | {"姓名": "沈明祺", "职务名称": "主任医师", "截止": "2026年5月31日"})
    assert planned.rows[0].action == "change"
    assert planned.rows[0].changes == (
        Change("姓名", "沈明琪", "沈明祺"),
        Change("职务名称", "医生", "主任医师"),
        Change("截止", "", "2026-05-31"),
    )
    office.apply(planned)
    held = Membership.objects.of(office.congress).select_related("person__account").get()
    assert held.person.account is not None
    assert (held.title, held.until, held.person.name) == ("主任医师", date(2026, 5, 31), "沈明祺")
    assert held.person.account.name == "沈明祺"


def test_an_empty_cell_and_a_missing_column_change_nothing(office: Office) -> None:
    planned = office.preview(
        "people", dict.fromkeys(DEPUTY, "") | {"编号": "D-018", "姓名": "沈明琪", "职务": "deputy"}
    )
    assert planned.counts["same"] == 1
    assert office.preview("people", {"编号": "D-018", "姓名": "沈明琪", "职务": "deputy"}).counts["same"] == 1


def test_a_corrected_first_day_does_not_make_a_second_office(office: Office) -> None:
    office.do("people", DEPUTY | {"起始": "2021-12-15"})
    assert [m.since for m in Membership.objects.of(office.congress)] == [date(2021, 12, 15)]


def test_an_office_of_another_term_is_another_office(office: Office) -> None:
    planned = office.preview("people", DEPUTY | {"届次": "6", "起始": "", "截止": "2021-11-30"})
    assert planned.rows[0].action == "change"
    assert Change("职务", "", "人大代表") in planned.rows[0].changes
    office.apply(planned)
    held = Membership.objects.of(office.congress).order_by("since")
    assert [(m.since, m.until) for m in held] == [
        (date(2016, 12, 1), date(2021, 11, 30)),
        (date(2021, 12, 1), None),
    ]


def test_a_second_office_is_added_to_the_person(office: Office) -> None:
    office.do("people", DEPUTY | {"职务": "主任会议", "所在机构": "", "起始": "2024-01-10"})
    person = Person.objects.of(office.congress).get(slug="D-018")
    assert sorted(m.role for m in Membership.objects.of(office.congress).filter(person=person)) == [
        "council",
        "deputy",
    ]


def test_an_unknown_constituency_number_is_made_once_and_said(office: Office) -> None:
    planned = office.preview("people", deputy(19, 选区="第四十选区"), deputy(20, 选区="40"))
    assert [row.notices[0].sentence for row in planned.rows] == ["第40选区还没有，将新建。"] * 2
    office.apply(planned)
    assert [a.number for a in Constituency.objects.of(office.congress).order_by("number")] == [14, 40]


def test_an_office_without_a_first_day_begins_with_its_term_or_on_the_day_of_import_and_says_so(
    office: Office,
) -> None:
    planned = office.preview("people", deputy(19, 起始=""), deputy(20, 起始="", 届次=""))
    assert [row.values["起始"] for row in planned.rows] == ["2021-12-01", "2026-06-09"]
    assert planned.rows[1].notices[0].sentence == "没有填写起始，按 2026-06-09 计。"


def test_two_rows_with_one_number_are_both_refused_and_name_each_other(office: Office) -> None:
    planned = office.preview("people", deputy(19), deputy(20), deputy(19, 姓名="安嘉树", 用户名="an"))
    assert [row.action for row in planned.rows] == ["error", "new", "error"]
    assert sentences(planned, 0) == [("编号", "第 2 行和第 4 行用了同一个编号 D-19。")]
    assert sentences(planned, 2) == sentences(planned, 0)


def test_three_rows_with_one_number_are_told_together(office: Office) -> None:
    planned = office.preview("people", *[deputy(19, 用户名=name) for name in ("a", "b", "c")])
    assert sentences(planned, 1) == [("编号", "第 2、3、4 行用了同一个编号 D-19。")]


def test_two_offices_of_one_person_in_one_file_are_refused_with_the_way_out(office: Office) -> None:
    planned = office.preview(
        "people", DEPUTY | {"用户名": ""}, DEPUTY | {"用户名": "", "职务": "council", "所在机构": ""}
    )
    assert planned.rows[1].notices[-1].sentence == "一个人有两个职务的，请把第二个职务放在另一个文件里导入。"


@pytest.mark.parametrize(
    ("changes", "column", "sentence"),
    [
        (
            {"所在机构": "区水务局"},
            "所在机构",
            "找不到机构“区水务局”。请填已有机构的编号、名称或简称，或者先导入机构。",
        ),
        ({"所在机构": "", "职务": "supervised_body"}, "所在机构", "“一府一委两院及其部门”要写明所在机构。"),
        (
            {"职务": "supervised_body"},
            "所在机构",
            "“听泉街道代表组”不是监督对象，里面不能有“一府一委两院及其部门”的职务。",
        ),
        ({"职务": "operator"}, "职务", "“平台运营者”的职务只能由平台运营者自己导入。"),
        ({"姓名": ""}, "姓名", "“姓名”没有填写。"),
        ({"姓名": "长" * 61}, "姓名", "“姓名”最多 60 个字，现在有 61 个字。"),
        ({"编号": "代表19"}, "编号", "编号 代表19 里只能有英文字母、数字、连字符和下划线。"),
        ({"选区": "松影里"}, "选区", "找不到选区“松影里”。请填选区号，如“第14选区”；还没有的选区号会新建。"),
        ({"届次": "第九届"}, "届次", "没有“第九届”这一届。已有：第6届、第7届。"),
        ({"起始": "1900-01-01"}, "起始", "1900年1月1日不在可用的范围内（1949年至2100年）。"),
        ({"起始": "去年"}, "起始", "“去年”不是日期。请写成 2026-03-05 这样的格式。"),
        ({"截止": "2021-11-30"}, "截止", "截止 2021-11-30 早于起始 2021-12-01。"),
        ({"电子邮箱": "不是地址"}, "电子邮箱", "“不是地址”不是电子邮箱地址。"),
        ({"用户名": ""}, "用户名", "填了电子邮箱，也请填用户名。"),
        ({"用户名": "乔 安"}, "用户名", "用户名 乔 安 里只能有英文字母、数字和 . @ + - _。"),
        ({"用户名": "TangShuyi"}, "用户名", "用户名 TangShuyi 已经有人使用。"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_in_one_sentence(
    office: Office, changes: dict[str, str], column: str, sentence: str
) -> None:
    assert only_error(office, **changes) == (column, sentence)


def test_an_unknown_role_is_refused_with_the_known_ones_and_nobody_is_made_a_citizen(office: Office) -> None:
    column, sentence = only_error(office, 职务="村长")
    assert (column, sentence.startswith("没有“村长”这个职务。可以填：人大代表、")) == ("职务", True)
    assert "群众" not in sentence
    assert "系统" not in sentence
    assert only_error(office, 职务="system")[0] == "职务"


def test_a_formula_in_a_cell_is_refused(office: Office) -> None:
    table = read_table("a.csv", "编号,姓名,职务\nD-9,=cmd|x,deputy\n".encode(), limits=Limits())
    planned = preview("people", table, congress=office.congress, actor=office.clerk, on=ON, roles=ROLES)
    assert sentences(planned) == [("姓名", "这一格像公式（以 =、+、-、@ 等开头），不能导入。请改成普通文字。")]


def test_invisible_signs_are_removed_with_a_notice(office: Office) -> None:
    planned = office.preview("people", deputy(19, 姓名="安\u202e嘉\u200b树"))
    assert planned.rows[0].values["姓名"] == "安嘉树"
    assert [n.sentence for n in planned.rows[0].notices] == ["去掉了这一格里看不见的字符，请核对。"]


def test_one_username_in_two_rows_is_refused_whatever_its_case(office: Office) -> None:
    planned = office.preview("people", deputy(19, 用户名="qiao"), deputy(20, 用户名="Qiao"))
    assert sentences(planned, 1) == [("用户名", "第 2 行和第 3 行用了同一个用户名 Qiao。")]


def test_a_short_name_of_two_bodies_asks_for_the_number(office: Office) -> None:
    Body.objects.create(congress=office.congress, slug="group-b", name="另一个组", short="听泉组", kind=Body.Kind.GROUP)
    assert only_error(office) == (
        "所在机构",
        "有几个机构的简称都是“听泉组”，请填编号：group-b、group-tingquan。",
    )


def test_the_name_of_an_account_is_not_its_address_only_an_operator_changes_that(office: Office) -> None:
    row = DEPUTY | {"电子邮箱": "new@yunlu.example"}
    refused = office.preview("people", row)
    assert sentences(refused) == [("用户名", "已有账号的用户名和电子邮箱只能由平台运营者修改。请留空或保持原样。")]
    office.do("people", row, actor=office.operator)
    assert Account.objects.get(username="shenmingqi").email == "new@yunlu.example"


def test_an_account_of_two_congresses_is_changed_by_neither(office: Office) -> None:
    account = Account.objects.get(username="shenmingqi")
    Person.objects.create(congress=make_congress("mingchuan"), slug="c-1", name="沈明琪", account=account)
    planned = office.preview("people", DEPUTY | {"用户名": "shen"}, actor=office.operator)
    assert "还用于别的人大" in sentences(planned)[0][1]


def test_an_operator_gets_an_account_only_from_an_operator(office: Office) -> None:
    office.do("people", deputy(19, 职务="operator", 用户名="", 电子邮箱=""), actor=office.operator)
    planned = office.preview("people", deputy(19, 起始="2020-01-01"))
    assert sentences(planned) == [("用户名", "平台运营者的账号只能由平台运营者导入。")]


def test_a_username_of_another_congress_is_taken_too(office: Office) -> None:
    account = Account.objects.create_user("faraway", None, name="远方")
    Person.objects.create(congress=make_congress("mingchuan"), slug="c-1", name="远方", account=account)
    assert only_error(office, 用户名="FarAway")[1] == "用户名 FarAway 已经有人使用。"


def test_people_of_another_congress_are_neither_seen_nor_touched(office: Office) -> None:
    other = make_congress("songling")
    Person.objects.create(congress=other, slug="D-19", name="别处的人")
    assert office.preview("people", deputy(19)).rows[0].action == "new"
    office.do("people", deputy(19))
    assert Person.objects.of(other).get().name == "别处的人"


def test_a_preview_that_no_longer_holds_is_refused(office: Office) -> None:
    planned = office.preview("people", DEPUTY | {"职务名称": "主任医师"}, deputy(19))
    Membership.objects.of(office.congress).update(title="护士长")
    before = office.snapshot()
    with pytest.raises(ImportRefused, match="预览之后，资料有了变化") as refused:
        office.apply(planned)
    assert refused.value.code == "changed"
    assert office.snapshot() == before


def test_the_readers_language_does_not_change_the_plan(office: Office) -> None:
    with override("en"):
        english = office.preview("people", DEPUTY, deputy(19, 起始="x")).fingerprint
    assert office.preview("people", DEPUTY, deputy(19, 起始="x")).fingerprint == english


def test_only_those_who_keep_the_lists_may_look_or_import(office: Office) -> None:
    driver = Actor(office.congress.pk, "乔安", frozenset({"supervised_body"}))
    stranger = Actor(make_congress("songling").pk, "别处", frozenset({"operator"}))
    with pytest.raises(ImportRefused, match="请联系其中一家") as refused:
        office.preview("people", DEPUTY, actor=driver)
    assert refused.value.code == "not_allowed"
    with pytest.raises(ImportRefused, match="只能导入本级人大"):
        office.preview("people", DEPUTY, actor=stranger)
    with pytest.raises(ImportRefused, match="请联系其中一家"):
        office.apply(office.preview("people", DEPUTY), actor=driver)


def test_columns_may_have_other_names_and_unused_ones_are_said(office: Office) -> None:
    planned = office.preview("people", {"slug": "D-018", "name": "沈明琪", "role": "deputy", "性别": "女"})
    assert planned.notices == ("这些列没有用到：性别。",)
    assert planned.ready


def test_missing_and_double_columns_are_refused(office: Office) -> None:
    with pytest.raises(ImportRefused, match="表格缺少这些列：编号、职务。可以用的列是：编号、姓名、"):
        office.preview("people", {"姓名": "沈明琪"})
    with pytest.raises(ImportRefused, match="“姓名\\*”和“name”两列是同一个意思"):
        office.preview("people", {"姓名*": "沈明琪", "name": "x", "编号": "a", "职务": "deputy"})


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        act()
    return len(captured)


def test_a_preview_asks_as_much_for_fifty_rows_as_for_one(office: Office) -> None:
    one = queries(lambda: office.preview("people", deputy(100)))
    many = queries(lambda: office.preview("people", *[deputy(n, 选区=str(n)) for n in range(100, 150)]))
    assert one == many == 7


def test_an_import_writes_fifty_rows_in_as_many_statements_as_one(office: Office) -> None:
    def statements(*numbers: int) -> int:
        planned = office.preview("people", *[deputy(n, 选区=str(n)) for n in numbers])
        return queries(lambda: office.apply(planned))

    one, many = statements(100), statements(*range(101, 151))
    assert one == many

    def changes(*numbers: int) -> int:
        planned = office.preview("people", *[deputy(n, 姓名="改名", 职务名称="改职", 选区=str(n)) for n in numbers])
        return queries(lambda: office.apply(planned))

    assert changes(*range(101, 151)) <= changes(100) + 12
