"""Messages from tables: columns found by their headings, rows replayed, a crash in between costs nothing."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook

from lvzhi.records.jobs.models import Job
from lvzhi.records.jobs.worker import work
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.models import Account
from lvzhi.work.opinions import imports
from lvzhi.work.opinions.models import MessageFile, Opinion
from tests.fixtures.district import NOW, TODAY, District

HEAD = [
    "工单编号",
    "诉求标题",
    "诉求内容",
    "来电时间",
    "承办单位",
    "办理结果",
    "办结时间",
    "是否解决",
    "满意度",
    "备注",
]
ROWS = [
    ["G-1", "夜里没有公交车", "听泉路晚上九点以后就没有公交了。", "2026-05-04 10:20", "区交通局",
     "自六月一日起末班延长到二十三点。", "2026-05-20", "已解决", "满意", ""],
    ["G-2", "站牌倒了", "公交站牌倒在路边三天了。", "2026/6/1", "区交通局", "", "", "", "", "催过一次"],
    ["G-2", "又一件", "编号用重了的一件事情。", "2026/6/1", "", "", "", "", "", ""],
    ["G-4", "时间写坏了", "这一行的时间读不出来。", "昨天", "", "", "", "", "", ""],
]  # fmt: skip


def workbook() -> bytes:
    book, out = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, *ROWS):
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def table(encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(row) for row in (HEAD, *ROWS)).encode(encoding)


def take(district: District, rows: list[imports.Message | imports.Broken], **options: bool) -> imports.Outcome:
    plan = imports.Plan.of(district.congress, today=TODAY, options=imports.Options(as_dated=True, **options))
    outcome = imports.Outcome()
    for row in rows:
        imports.take(row, plan, outcome)
    return outcome


def test_columns_are_known_by_their_headings() -> None:
    found = imports.guess(HEAD)

    assert found == {
        "id": "工单编号", "subject": "诉求标题", "text": "诉求内容", "time": "来电时间", "body": "承办单位",
        "reply": "办理结果", "reply_time": "办结时间", "result": "是否解决", "process": "满意度",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"), [("热线.xlsx", workbook()), ("热线.csv", table()), ("热线.csv", table("gb18030"))]
)
def test_a_table_is_replayed_with_its_bodies_answers_and_ratings(district: District, name: str, data: bytes) -> None:
    outcome = take(district, imports.read_file(name, data))

    assert (outcome.taken, outcome.answered, outcome.waiting, outcome.rated, outcome.made_up) == (2, 1, 1, 1, 0)
    assert [(number, key) for number, key, _why in outcome.rejected] == [(4, "G-2"), (5, "G-4")]
    first = Opinion.objects.of(district.congress).select_related("matter").get(source_id="import:G-1")
    assert (first.matter.responsible, first.matter.state) == (district.transport, "archived")
    assert (first.result_rating, first.process_rating, first.is_synthetic_rating) == ("solved", "satisfied", False)
    assert first.matter.opened_on == date(2026, 5, 4)


def test_the_same_table_twice_is_once(district: District) -> None:
    take(district, imports.read_file("热线.csv", table()))

    again = take(district, imports.read_file("热线.csv", table()))

    assert (again.taken, again.known) == (0, 2)


def test_a_table_without_ids_is_known_by_its_words(district: District) -> None:
    data = "内容,时间\r\n听泉路晚上没有公交车。,2026-06-01\r\n听泉路晚上没有公交车。,2026-06-01\r\n".encode()

    outcome = take(district, imports.read_file("a.csv", data))

    assert (outcome.taken, len(outcome.rejected)) == (1, 1)
    assert take(district, imports.read_file("a.csv", data)).known == 1


def test_a_made_up_rating_says_so(district: District) -> None:
    rows = imports.read_file("热线.csv", table().replace("已解决,满意".encode(), b","))

    outcome = take(district, rows, rates=True)

    assert (outcome.rated, outcome.made_up) == (1, 1)
    assert Opinion.objects.of(district.congress).get(source_id="import:G-1").is_synthetic_rating


def test_an_import_that_acts_merges_what_is_the_same_and_takes_the_suggested_body(district: District) -> None:
    data = (
        "id,内容,时间\r\n1,听泉路晚上九点以后就没有公交了，下夜班只能走回家，道路也黑。,2026-06-01\r\n"
        "2,听泉路晚上九点以后就没有公交了，下夜班只能走回家去，道路也黑。,2026-06-02\r\n"
    ).encode()

    outcome = take(district, imports.read_file("a.csv", data), acts=True)

    assert (outcome.taken, outcome.merged, outcome.classified) == (2, 1, 1)
    lead, member = Opinion.objects.of(district.congress).select_related("matter").order_by("id")
    assert (lead.matter.responsible, lead.matter.category) == (district.transport, "transport")
    assert member.merged_into == lead


def confirmed(district: District) -> MessageFile:
    kept = imports.upload("热线.xlsx", workbook(), congress=district.congress, actor=district.clerk, at=NOW)
    seen = imports.preview(kept)
    assert (seen.good, seen.broken_count, seen.answered) == (2, 2, 1)
    return imports.confirm(
        kept.pk, columns=seen.columns, options=imports.Options(as_dated=True), congress=district.congress,
        actor=district.clerk, at=NOW,
    )  # fmt: skip


def test_the_worker_takes_a_confirmed_file_in_chunks_and_wipes_it(
    district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lvzhi.work.opinions.imports.kept.CHUNK", 1)
    kept = confirmed(district)

    while work(at=NOW):
        pass

    kept.refresh_from_db()
    assert (kept.done, kept.total, kept.counts["taken"]) == (2, 2, 2)
    assert (bytes(kept.sealed), kept.finished_at) == (b"", NOW)
    assert len(kept.rejected) == 2
    assert not Job.objects.of(district.congress).filter(kind="messages-confirmed").exists()


def test_rows_taken_before_a_crash_are_not_taken_again(district: District) -> None:
    kept = confirmed(district)
    take(district, imports.read_file("热线.xlsx", workbook()))

    while work(at=NOW):
        pass

    kept.refresh_from_db()
    assert (kept.counts["taken"], kept.counts["known"]) == (0, 2)
    assert Matter.objects.of(district.congress).count() == 2


def test_nobody_confirms_another_persons_file_and_none_is_confirmed_twice(district: District) -> None:
    kept = confirmed(district)

    with pytest.raises(imports.ImportRefused, match="不用再次确认"):
        imports.confirm(
            kept.pk, columns={}, options=imports.Options(), congress=district.congress, actor=district.clerk, at=NOW
        )
    with pytest.raises(imports.ImportRefused, match="由信访工作机构导入"):
        imports.upload("a.csv", table(), congress=district.congress, actor=district.driver, at=NOW)
    assert Account.objects.get(pk=district.clerk.account).pk == kept.uploader_id
