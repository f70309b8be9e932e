"""The file between upload and confirmation: sealed, short-lived, one person's, imported once."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest

from lvzhi.core.table import TableRefused, write_table
from lvzhi.records.people.imports import (
    COLUMNS,
    ImportRefused,
    Result,
    Uploaded,
    confirm,
    drop_old,
    export_errors_csv,
    template_csv,
    upload,
)
from lvzhi.records.people.models import Membership, Person
from lvzhi.records.people.models_imports import PendingImport
from lvzhi.records.people.rules import may_import_people
from tests.records.people.conftest import AT, DEPUTY, ON, ROLES, Office, deputy, make_congress


def sent(office: Office, *rows: dict[str, str]) -> Uploaded:
    data = write_table(COLUMNS["people"], [[row[c] for c in COLUMNS["people"]] for row in rows]).encode("utf-8-sig")
    return upload("people", "名单.csv", data, congress=office.congress, actor=office.clerk, on=ON, at=AT, roles=ROLES)


def confirmed(office: Office, up: Uploaded, minutes: int = 5) -> Result:
    assert up.pending is not None
    at = AT + timedelta(minutes=minutes)
    return confirm(up.pending.pk, congress=office.congress, actor=office.clerk, at=at, roles=ROLES)


def test_an_upload_imports_nothing_and_keeps_the_file_sealed(office: Office) -> None:
    before = office.snapshot()
    up = sent(office, DEPUTY, deputy(19))
    assert office.snapshot() == before
    kept = PendingImport.objects.of(office.congress).get()
    assert (kept.name, kept.uploader_name, kept.applied_at) == ("名单.csv", "唐书怡", None)
    assert "乔之19".encode() not in bytes(kept.sealed)
    assert kept.fingerprint == up.preview.fingerprint


def test_confirming_imports_what_was_shown_and_wipes_the_file(office: Office) -> None:
    result = confirmed(office, sent(office, DEPUTY, deputy(19)))
    assert result.counts == {"new": 1, "change": 0, "same": 1, "error": 0}
    assert Person.objects.of(office.congress).filter(slug="D-19").exists()
    kept = PendingImport.objects.of(office.congress).get()
    assert (bytes(kept.sealed), kept.counts["new"]) == (b"", 1)
    assert kept.applied_at == AT + timedelta(minutes=5)


def test_a_second_click_imports_nothing_more(office: Office) -> None:
    up = sent(office, deputy(19))
    confirmed(office, up)
    with pytest.raises(ImportRefused, match="已经导入") as refused:
        confirmed(office, up)
    assert refused.value.code == "applied"


def test_a_file_with_errors_is_not_kept(office: Office) -> None:
    up = sent(office, deputy(19, 职务="村长"))
    assert up.pending is None
    assert not PendingImport.objects.of(office.congress).exists()


def test_a_file_is_kept_for_an_hour(office: Office) -> None:
    up = sent(office, deputy(19))
    with pytest.raises(ImportRefused, match="超过一小时"):
        confirmed(office, up, minutes=61)
    assert drop_old(at=AT + timedelta(minutes=59)) == 0
    assert drop_old(at=AT + timedelta(minutes=61)) == 1


def test_what_was_imported_stays_on_record(office: Office) -> None:
    confirmed(office, sent(office, deputy(19)))
    assert drop_old(at=AT + timedelta(days=9)) == 0


def test_a_file_is_confirmed_by_its_sender_in_its_congress_only(office: Office) -> None:
    up = sent(office, deputy(19))
    assert up.pending is not None
    elsewhere = make_congress("songling")
    for congress, actor in [
        (office.congress, office.operator),
        (elsewhere, replace(office.clerk, congress=elsewhere.pk)),
    ]:
        with pytest.raises(ImportRefused, match="找不到这次上传的文件"):
            confirm(up.pending.pk, congress=congress, actor=actor, at=AT, roles=ROLES)
    with pytest.raises(ImportRefused, match="找不到这次上传的文件"):
        confirm(uuid4(), congress=office.congress, actor=office.clerk, at=AT, roles=ROLES)


def test_what_changed_after_the_look_stops_the_import_and_keeps_the_file(office: Office) -> None:
    up = sent(office, DEPUTY | {"职务名称": "主任医师"}, deputy(19))
    Membership.objects.of(office.congress).update(title="护士长")
    with pytest.raises(ImportRefused, match="有了变化"):
        confirmed(office, up)
    assert PendingImport.objects.of(office.congress).get().applied_at is None


def test_who_lost_the_office_meanwhile_cannot_confirm(office: Office) -> None:
    up = sent(office, deputy(19))
    office.clerk = replace(office.clerk, roles=frozenset({"deputy"}))
    with pytest.raises(ImportRefused, match="请联系其中一家"):
        confirmed(office, up)


def test_a_file_that_is_no_table_is_refused(office: Office) -> None:
    with pytest.raises(TableRefused, match=r"只接收 \.xlsx 或 \.csv"):
        upload(
            "people",
            "名单.pdf",
            b"%PDF",
            congress=office.congress,
            actor=office.clerk,
            on=ON,
            at=AT,
            roles=ROLES,
        )


def test_the_report_has_every_row_and_no_cell_that_runs(office: Office) -> None:
    planned = office.preview(
        "people",
        DEPUTY,
        DEPUTY | {"编号": "", "姓名": "沈"},
        deputy(19, 所在机构="=cmd|x"),
        deputy(20, 选区="40"),
    )
    lines = list(csv.reader(StringIO(export_errors_csv(planned))))
    assert lines[0] == ["行", "编号", "处理", "列", "说明"]
    assert {line[0] for line in lines[1:]} == {"2", "3", "4", "5"}
    assert ["5", "D-20", "新增", "选区", "第40选区还没有，将新建。"] in lines
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)


def test_the_report_shows_changes_from_old_to_new(office: Office) -> None:
    planned = office.preview("people", DEPUTY | {"职务名称": "主任医师", "截止": "2026-05-31"})
    lines = list(csv.reader(StringIO(export_errors_csv(planned))))
    assert lines[1:] == [
        ["2", "D-018", "修改", "职务名称", "医生 → 主任医师"],
        ["2", "D-018", "修改", "截止", "（空） → 2026-05-31"],
    ]


def test_a_template_has_the_columns_and_nothing_else() -> None:
    assert list(csv.reader(StringIO(template_csv("bodies")))) == [["编号", "名称", "简称", "类别", "上级"]]


def test_the_rule_says_who_may_import(office: Office) -> None:
    assert may_import_people.allows(office.clerk, office.congress)
    assert may_import_people.allows(office.operator, office.congress)
    deputy_actor = replace(office.clerk, roles=frozenset({"deputy", "petition_office"}))
    assert "请联系其中一家" in may_import_people.why_not(deputy_actor, office.congress)
    assert "本级人大" in may_import_people.why_not(office.clerk, make_congress("songling"))
