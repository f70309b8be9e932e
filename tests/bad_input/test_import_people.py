"""Tables of people and bodies: rows that cannot be, files that are none, and a confirmation that is not one's own."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lvzhi.core.table import write_table
from lvzhi.records.people.models import Person
from lvzhi.records.people.models_imports import PendingImport
from tests.bad_input.conftest import Place, complaint, counts, once, unclean
from tests.bad_input.hostile import TEXTS

HEAD = ["编号", "姓名", "职务", "起始", "截止", "所在机构", "用户名", "电子邮箱"]
GOOD = ["d-900", "何家宝", "人大代表", "2021-12-01", "", "", "", ""]


def upload(
    place: Place, *rows: list[str], head: list[str] = HEAD, who: str = "deputyoffice", encoding: str = "utf-8"
) -> Any:
    """Send a table of people."""
    data = "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in (head, *rows)).encode(encoding, "surrogatepass")
    file = SimpleUploadedFile("名单.csv", data, "text/csv")
    return place.client(who).post("/desk/people/import/", {"kind": "people", "file": file})


def confirm(place: Place, key: str, who: str = "deputyoffice") -> Any:
    """Confirm an upload."""
    return place.client(who).post("/desk/people/import/confirm/", {"pending": key}, follow=True)


@pytest.mark.parametrize("column", range(len(HEAD)))
def test_a_hostile_cell_imports_nothing_or_something_clean(place: Place, column: int) -> None:
    found = []
    for called, value in TEXTS.items():
        if len(value) > 5_000 or '"' in value:
            continue
        row = [*GOOD[:column], value, *GOOD[column + 1 :]]
        before = counts()

        response = upload(place, row, ["d-901", "周小禾", *GOOD[2:]])

        if wrong := complaint(response):
            found.append(f"{called}: {wrong}")
        changed = {name for name, n in counts().items() if n != before[name]}
        if changed - {"PendingImport"}:
            found.append(f"{called}: looking changed {changed}")
    assert "\n".join(found) == ""
    assert unclean() == []


@pytest.mark.parametrize(("rows", "says"), [
    ([GOOD, GOOD], "第 2 行和第 3 行"),
    ([[*GOOD[:3], "1900-01-01", *GOOD[4:]]], "1900"),
    ([[*GOOD[:3], "2999-12-31", *GOOD[4:]]], "2999"),
    ([[*GOOD[:3], "2026-02-30", *GOOD[4:]]], "2"),
    ([[*GOOD[:3], "2026-05-01", "2025-05-01", *GOOD[5:]]], "截止"),
    ([["=1+1", *GOOD[1:]]], "公式"),
    ([[GOOD[0], "@SUM(A1)", *GOOD[2:]]], "公式"),
    ([[*GOOD[:2], "皇帝", *GOOD[3:]]], "职务"),
    ([[*GOOD[:5], "没有的机构", *GOOD[6:]]], "没有的机构"),
], ids=["one number", "1900", "2999", "30 February", "ends first", "formula", "at", "role", "body"])  # fmt: skip
def test_a_row_that_cannot_be_is_named_and_nothing_can_be_confirmed(
    place: Place, rows: list[list[str]], says: str
) -> None:
    before = counts()

    response = upload(place, *rows)

    page = response.content.decode()
    assert complaint(response) == ""
    assert says in page
    assert 'name="pending"' not in page
    assert counts() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_table_in_any_usual_encoding_is_read(place: Place, encoding: str) -> None:
    upload(place, GOOD, encoding=encoding)
    key = PendingImport.objects.of(place.district.congress).get().pk

    response = confirm(place, str(key))

    assert complaint(response) == ""
    assert Person.objects.of(place.district.congress).get(slug="d-900").name == "何家宝"


@pytest.mark.parametrize("what", ["nobody's", "another's", "twice", "no id", "foreign congress's"])
def test_only_ones_own_upload_can_be_confirmed_and_once(place: Place, what: str) -> None:
    upload(place, GOOD)
    key = str(PendingImport.objects.of(place.district.congress).get().pk)
    who = "operator" if what == "another's" else "deputyoffice"
    if what == "twice":
        confirm(place, key)
    if what == "foreign congress's":
        PendingImport.objects.of(place.district.congress).update(congress=place.neighbour.congress)
    before = counts()

    response = confirm(place, {"nobody's": once(), "no id": "x"}.get(what, key), who)

    assert complaint(response) == ""
    assert response.status_code in (200, 403, 404)
    assert counts() == before


@pytest.mark.parametrize("data", [
    write_table(["编号"], [["d-1"]]), write_table(["编号", "编号"], [["d-1", "x"]]), write_table(HEAD, []),
    '编号,姓名,职务\r\n"d-1,何家宝,人大代表', "编号,姓名,职务\r\n" + "x," * 500,
    "编号,姓名,职务\r\n" + "d,n,r\r\n" * 60_000,
    "编号,姓名,职务\r\nd-1," + "长" * 200_000 + ",人大代表", "\x00" * 100, "", "编号;姓名\t职务",
], ids=lambda data: repr(data[:20]))  # fmt: skip
def test_a_table_that_is_none_is_refused_with_a_sentence(place: Place, data: str) -> None:
    before = counts()
    file = SimpleUploadedFile("名单.csv", data.encode(), "text/csv")

    response = place.client("deputyoffice").post("/desk/people/import/", {"kind": "people", "file": file})

    assert response.status_code == 422
    assert complaint(response) == ""
    assert counts() == before


def test_a_supervised_body_imports_nobody(place: Place) -> None:
    before = counts()

    response = upload(place, GOOD, who="qiaoan")

    assert response.status_code == 403
    assert complaint(response) == ""
    assert counts() == before
