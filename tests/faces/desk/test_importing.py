"""Bringing in a table at the desk: guessed columns, a preview, progress, the rows that could not be taken."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lvzhi.records.jobs.worker import work
from lvzhi.work.opinions.models import MessageFile, Opinion
from tests.faces.desk.conftest import SignIn
from tests.fixtures.district import District

TABLE = (
    "留言编号,主题,说了什么,时间\r\nA-1,夜里没有公交车,听泉路晚上九点以后就没有公交了。,2026-06-01\r\n"
    "A-2,时间写坏了,这一行的时间读不出来。,昨天\r\n"
).encode()


def upload(district: District, sign_in: SignIn) -> tuple[Client, str]:
    client = sign_in(district.clerk)
    answer = client.post("/desk/messages/", {"file": SimpleUploadedFile("留言.csv", TABLE)})
    assert answer.status_code == 302
    return client, answer["Location"]


def test_a_column_that_was_not_guessed_is_chosen_and_the_rest_is_taken(district: District, sign_in: SignIn) -> None:
    client, address = upload(district, sign_in)
    asked = client.get(address).content.decode()
    assert "请先选好这几列：内容" in asked
    columns = {"column_id": "留言编号", "column_subject": "主题", "column_time": "时间", "column_text": "说了什么"}

    page = client.post(address, {**columns, "do": "look"}).content.decode()
    assert re.search(r"能导入</dt><dd>1 件", page)
    assert "留言时间「昨天」读不出来" in page
    client.post(address, {**columns, "do": "confirm", "as_dated": "on"})

    running = client.get(address)
    assert running["Refresh"] == "3"
    while work(at=timezone.now()):
        pass
    done = client.get(address)
    assert "导完了" in done.content.decode()
    assert "Refresh" not in done
    assert Opinion.objects.of(district.congress).get().matter.title == "夜里没有公交车"
    table = client.get(f"{address}rejected.csv").content.decode("utf-8-sig")
    assert "A-2" in table
    assert "读不出来" in table


def test_one_column_cannot_be_two_things(district: District, sign_in: SignIn) -> None:
    client, address = upload(district, sign_in)

    page = client.post(address, {"column_text": "主题", "column_subject": "主题", "column_time": "时间"})

    assert page.status_code == 422
    assert "这一列选了两次" in page.content.decode()


def test_a_file_that_is_no_table_says_why(district: District, sign_in: SignIn) -> None:
    client = sign_in(district.clerk)

    for name, data in (
        ("留言.pdf", b"%PDF-1.4"),
        ("留言.xlsx", b"PK\x03\x04 no"),
        ("空.csv", b""),
        ("空.jsonl", b"\n"),
    ):
        page = client.post("/desk/messages/", {"file": SimpleUploadedFile(name, data)})
        assert page.status_code == 422, name
    assert MessageFile.objects.of(district.congress).count() == 0


def test_only_the_petition_office_imports(district: District, sign_in: SignIn) -> None:
    assert sign_in(district.driver).get("/desk/messages/").status_code == 403


def test_anothers_file_is_not_there_before_it_is_confirmed(
    district: District, neighbour: District, sign_in: SignIn
) -> None:
    _client, address = upload(district, sign_in)

    assert sign_in(neighbour.clerk).get(address).status_code == 404
