"""Registering a letter, a visit or a call: the day it came, the sealed sender, the receipt shown once."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lvzhi.records.documents.models import Attachment
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.models import Body
from lvzhi.work.opinions import queries
from lvzhi.work.opinions.models import Opinion
from tests.faces.desk.conftest import SignIn
from tests.fixtures.district import District


def filled(**changes: object) -> dict[str, object]:
    given = {
        "channel": "visit", "received_on": "2026-06-05", "subject": "夜里没有公交车", "name": "何远",
        "text": "听泉路晚上九点以后就没有公交了。", "phone": "13900001234", "once": str(uuid4()),
    }  # fmt: skip
    return {**given, **changes}


def test_the_receipt_opens_the_matter_and_the_clock_runs_from_the_day_it_came(
    district: District, sign_in: SignIn
) -> None:
    page = sign_in(district.clerk).post("/desk/new/", filled())
    text = page.content.decode()
    receipt = page.context["receipt"]
    assert receipt.code in text
    assert "no-store" in page["Cache-Control"]
    opinion = queries.by_receipt(district.congress.pk, receipt.number, receipt.code)
    assert opinion is not None
    assert (opinion.channel, opinion.is_anonymous) == ("visit", False)
    assert opinion.matter.next_due is not None
    assert opinion.matter.next_due.isoformat() == "2026-06-22"  # the fifteenth day, 20 June, is a Saturday of 端午
    shown = sign_in(district.clerk).get(f"/desk/matters/{opinion.matter_id}/").content.decode()
    assert receipt.code not in shown
    assert "13900001234" not in shown


def test_pressing_twice_registers_once(district: District, sign_in: SignIn) -> None:
    client, data = sign_in(district.clerk), filled()
    client.post("/desk/new/", data)
    again = client.post("/desk/new/", data, follow=True)
    assert "这件已经登记过了" in again.content.decode()
    assert Opinion.objects.of(district.congress).count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"received_on": "2026-06-10"}, "收到日期不能晚于今天"),
        ({"received_on": "1900-01-01"}, "请核对年份"),
        ({"received_on": "2026-13-01"}, "有效的日期"),
        ({"subject": "车"}, "一句话说是什么事"),
        ({"channel": "pigeon"}, "怎么来的"),
        ({"category": "nothing"}, "类别"),
        ({"text": "短"}, "原话"),
    ],
)
def test_what_cannot_be_registered_says_why(
    district: District, sign_in: SignIn, changes: dict[str, object], said: str
) -> None:
    refused = sign_in(district.clerk).post("/desk/new/", filled(**changes))
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert Matter.objects.of(district.congress).count() == 0


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("夜里没有公交车。下夜班只能走回家。", "夜里没有公交车"),
        (
            "听泉路晚上九点以后就没有公交了，下夜班的人很多，网约车要等二十多分钟还加价。",
            "听泉路晚上九点以后就没有公交了",
        ),
        ("车" * 80, "车" * 29 + "…"),
    ],
)
def test_without_a_subject_the_first_sentence_is_it(
    district: District, sign_in: SignIn, text: str, subject: str
) -> None:
    sign_in(district.clerk).post("/desk/new/", filled(subject="", text=text))

    assert Matter.objects.of(district.congress).get().title == subject


def test_the_next_form_keeps_the_way_and_the_street_and_shows_the_last_code(
    district: District, sign_in: SignIn
) -> None:
    street = Body.objects.create(
        congress=district.congress,
        slug="office-tingquan",
        name="听泉街道办事处",
        short="听泉",
        kind="subdistrict_office",
    )
    client = sign_in(district.clerk)

    page = client.post("/desk/new/", filled(channel="letter", area=str(street.pk), do="next"))

    assert page.status_code == 200
    assert page.context["receipt"].code in page.content.decode()
    initial = page.context["form"].initial
    assert (initial["channel"], initial["area"]) == ("letter", str(street.pk))
    assert not initial.get("text")
    assert "13900001234" not in page.content.decode()


def test_the_scanned_letter_is_kept_with_it_and_a_bad_file_stops_everything(
    district: District, sign_in: SignIn
) -> None:
    client = sign_in(district.clerk)
    bad = SimpleUploadedFile("信.exe", b"MZ" + b"0" * 400)
    refused = client.post("/desk/new/", filled(photo=bad))
    assert refused.status_code == 422
    assert Matter.objects.of(district.congress).count() == 0

    client.post("/desk/new/", filled(photo=SimpleUploadedFile("信.txt", "原件说明".encode())))

    assert Attachment.objects.of(district.congress).get().matter == Matter.objects.of(district.congress).get()


def test_the_words_typed_so_far_suggest_a_subject(district: District, sign_in: SignIn) -> None:
    client = sign_in(district.clerk)

    said = client.post("/desk/new/suggest/", {"text": "听泉路晚上没有公交，道路也坏了。"}).content.decode()

    assert 'data-value="transport"' in said
    assert "公交" in said
    assert client.post("/desk/new/suggest/", {"text": " "}).content.decode().strip() == ""
    assert Matter.objects.of(district.congress).count() == 0


def test_without_a_name_it_is_anonymous(district: District, sign_in: SignIn) -> None:
    sign_in(district.clerk).post("/desk/new/", filled(name="", phone=""))
    assert Opinion.objects.of(district.congress).get().is_anonymous


def test_only_the_petition_office_registers(district: District, sign_in: SignIn) -> None:
    for actor in (district.driver, district.researcher):
        refused = sign_in(actor).get("/desk/new/")
        assert refused.status_code == 403
        assert "来信来访由信访工作机构登记" in refused.content.decode()


def test_nothing_changes_by_looking(district: District, sign_in: SignIn) -> None:
    client = sign_in(district.clerk)
    matter = district.matter()
    for address in ("", "transfer/", "register/", "publish/"):
        client.get(f"/desk/matters/{matter.pk}/{address}")
    client.get("/desk/new/")
    matter.refresh_from_db()
    assert matter.version == 1
