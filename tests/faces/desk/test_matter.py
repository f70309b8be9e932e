"""One matter's page: what each reader sees, how it is acted on, and what is refused."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from lvzhi.records.documents.models import Attachment, IssuedPaper
from lvzhi.records.documents.store import place_of
from lvzhi.records.matters.models import Entry, Matter
from lvzhi.records.people.models import PersonalReading
from lvzhi.work.opinions import actions
from tests.faces.desk.conftest import SignIn
from tests.fixtures.district import NOW, TODAY, District

MOST = 14
PARTICULARS = {"name": "何远", "phone": "13900001234"}


def photo() -> bytes:
    out = BytesIO()
    picture = Image.new("RGB", (40, 30), "green")
    exif = picture.getexif()
    exif[0x010F] = "phone of somebody"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()


def transferred(district: District) -> Matter:
    receipt = district.opinion(particulars=PARTICULARS)
    return actions.transfer(
        receipt.opinion.matter_id, body=district.transport, actor=district.clerk, on=TODAY, at=NOW
    ).matter


def entries(matter: Matter) -> list[str]:
    rows = Entry.objects.of(matter.congress_id).filter(matter=matter).order_by("seq")
    return [entry.action for entry in rows]


@pytest.mark.parametrize("reminders", [0, 20])
def test_the_page_costs_the_same_with_few_entries_and_with_many(
    district: District, sign_in: SignIn, reminders: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    matter = transferred(district)
    for _n in range(reminders):
        actions.take(matter.pk, "remind", actor=district.clerk, on=TODAY, at=NOW)
    client = sign_in(district.clerk)
    with django_assert_max_num_queries(MOST):
        page = client.get(f"/desk/matters/{matter.pk}/")
    text = page.content.decode()
    assert text.count('class="tl__i"') == 2 + reminders
    assert text[text.index("<main") : text.index("</main>")].count("btn--primary") == 1


def test_every_running_clock_says_why(district: District, sign_in: SignIn) -> None:
    text = sign_in(district.clerk).get(f"/desk/matters/{transferred(district).pk}/").content.decode()
    assert "接收单位书面告知信访人" in text
    assert "满十五日" in text or "十五日" in text
    assert "6月24日" in text


def test_the_body_that_answers_sees_the_words_and_never_the_person(district: District, sign_in: SignIn) -> None:
    matter = transferred(district)
    client = sign_in(district.driver)
    text = client.get(f"/desk/matters/{matter.pk}/").content.decode()
    assert "下夜班只能走回家" in text
    assert "来信人信息只给本级人大信访工作机构看" in text
    refused = client.post(f"/desk/matters/{matter.pk}/sender/", {"purpose": "想知道是谁"})
    assert refused.status_code == 403
    assert "来信人信息只给本级人大信访工作机构看" in refused.content.decode()
    assert PersonalReading.objects.of(district.congress).count() == 0


def test_a_body_without_a_part_finds_nothing_there(district: District, sign_in: SignIn) -> None:
    matter = transferred(district)
    client = sign_in(district.builder)
    paper = IssuedPaper.objects.of(district.congress).first()
    assert paper is not None
    for address in (f"/desk/matters/{matter.pk}/", f"/desk/matters/{matter.pk}/answer/", f"/desk/papers/{paper.pk}"):
        assert client.get(address).status_code == 404


def test_another_congress_is_not_there(district: District, neighbour: District, sign_in: SignIn) -> None:
    matter = transferred(district)
    client = sign_in(neighbour.clerk)
    for address in ("", "transfer/", "attach/", "sender/"):
        method = client.post if address in {"attach/", "sender/"} else client.get
        assert method(f"/desk/matters/{matter.pk}/{address}").status_code == 404
    assert client.get(f"/desk/matters/{uuid4()}/").status_code == 404


def test_reading_the_sender_needs_a_purpose_and_is_written_down(district: District, sign_in: SignIn) -> None:
    matter = transferred(district)
    client = sign_in(district.clerk)
    address = f"/desk/matters/{matter.pk}/sender/"
    assert "13900001234" not in client.get(f"/desk/matters/{matter.pk}/").content.decode()
    assert client.get(address).status_code == 405
    assert client.post(address, {"purpose": " "}).status_code == 422
    shown = client.post(address, {"purpose": "电话告知办理结果"})
    assert "13900001234" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    readings = client.get("/desk/readings/").content.decode()
    assert "电话告知办理结果" in readings
    assert f"{matter.number} 的来信人" in readings


def test_the_form_says_what_will_follow(district: District, sign_in: SignIn) -> None:
    matter = district.matter()
    text = sign_in(district.clerk).get(f"/desk/matters/{matter.pk}/transfer/").content.decode()
    assert "转送函、告知书" in text
    assert "接收单位书面告知信访人" in text
    assert 'datetime="2026-06-24"' in text
    assert "区交通局" in text
    assert "城市建设环境保护办公室" not in text
    assert entries(matter) == ["submit"]


def test_transferring_tells_what_happened_and_until_when(district: District, sign_in: SignIn) -> None:
    matter = district.matter()
    data = {"version": 1, "body": district.transport.pk, "note": "请了解夜间客流。"}
    done = sign_in(district.clerk).post(f"/desk/matters/{matter.pk}/transfer/", data, follow=True)
    assert done.redirect_chain == [(f"/desk/matters/{matter.pk}/", 302)]
    assert "已转送区交通局，期限 6月24日" in done.content.decode()
    assert entries(matter) == ["submit", "transfer"]


def test_whoever_comes_late_is_told_who_was_quicker(district: District, sign_in: SignIn) -> None:
    matter = district.matter()
    actions.take(matter.pk, "register", actor=district.clerk, on=TODAY, at=NOW)
    data = {"version": 1, "body": district.transport.pk, "note": "我写了很久的一段话"}
    late = sign_in(district.clerk).post(f"/desk/matters/{matter.pk}/transfer/", data)
    text = late.content.decode()
    assert late.status_code == 409
    assert "林知远刚刚办了「登记」" in text
    assert "我写了很久的一段话" in text
    assert 'name="version" value="2"' in text
    assert entries(matter) == ["submit", "register"]


@pytest.mark.parametrize("until", ["2026-02-30", "0001-01-01", "9999-12-31", "昨天"])
def test_a_date_that_cannot_be_is_refused_in_the_form(district: District, sign_in: SignIn, until: str) -> None:
    matter = transferred(district)
    actions.take(matter.pk, "accept", actor=district.driver, on=TODAY, at=NOW)
    data = {"version": 3, "reason": "情况复杂", "approved_by": "局长", "until": until}
    refused = sign_in(district.driver).post(f"/desk/matters/{matter.pk}/extend/", data)
    assert refused.status_code == 422
    assert "field--error" in refused.content.decode()
    assert entries(matter)[-1] == "accept"


def test_what_is_missing_is_asked_for_at_its_field(district: District, sign_in: SignIn) -> None:
    matter = transferred(district)
    refused = sign_in(district.driver).post(f"/desk/matters/{matter.pk}/answer/", {"version": 2, "reply": "  "})
    assert refused.status_code == 422
    assert "请填写答复内容" in refused.content.decode()


def test_an_action_of_another_office_is_forbidden_with_the_reason(district: District, sign_in: SignIn) -> None:
    matter = transferred(district)
    client = sign_in(district.driver)
    assert client.get(f"/desk/matters/{matter.pk}/remind/").status_code == 403
    refused = client.post(f"/desk/matters/{matter.pk}/remind/", {"version": 2})
    assert refused.status_code == 403
    assert "常委会信访工作机构" in refused.content.decode()
    assert entries(matter)[-1] == "transfer"


def test_what_cannot_be_done_yet_says_why(district: District, sign_in: SignIn) -> None:
    matter = transferred(district)
    actions.take(matter.pk, "accept", actor=district.driver, on=TODAY, at=NOW)
    page = sign_in(district.driver).get(f"/desk/matters/{matter.pk}/")
    assert "还不能做" in page.content.decode()
    again = sign_in(district.driver).get(f"/desk/matters/{matter.pk}/accept/")
    assert again.status_code == 200
    assert "还不能做" in again.content.decode()


def test_an_action_nobody_knows_is_not_there(district: District, sign_in: SignIn) -> None:
    matter = district.matter()
    client = sign_in(district.clerk)
    assert client.get(f"/desk/matters/{matter.pk}/dance/").status_code == 404
    assert client.get(f"/desk/matters/{matter.pk}/submit/").status_code == 404


def test_what_is_published_is_the_senders_words_with_what_was_covered(district: District, sign_in: SignIn) -> None:
    receipt = district.opinion(text="我叫何远，听泉路晚上没有公交。", may_publish=True)
    matter = receipt.opinion.matter
    actions.take(matter.pk, "register", actor=district.clerk, on=TODAY, at=NOW)

    data = {"covers": [actions.Cover("text", 2, 2, "name")]}
    actions.take(matter.pk, "publish", actor=district.clerk, on=TODAY, at=NOW, data=data)

    stranger = sign_in(district.builder).get(f"/desk/matters/{matter.pk}/").content.decode()
    assert "〕，听泉路晚上没有公交。" in stranger
    assert "何远" not in stranger
    receipt.opinion.refresh_from_db()
    assert receipt.opinion.text == "我叫何远，听泉路晚上没有公交。"
    assert [(each.part, each.start, each.length) for each in receipt.opinion.redactions.all()] == [("text", 2, 2)]


def test_a_photo_is_kept_without_what_the_phone_wrote_into_it(district: District, sign_in: SignIn) -> None:
    matter = transferred(district)
    client = sign_in(district.driver)
    for _twice in range(2):
        file = SimpleUploadedFile("站牌.jpg", photo(), "image/png")
        done = client.post(f"/desk/matters/{matter.pk}/attach/", {"file": file}, follow=True)
        assert "已加上「站牌.jpg」" in done.content.decode()
    (kept,) = Attachment.objects.of(district.congress)
    assert (kept.media_type, kept.added_by) == ("image/jpeg", "乔安")
    assert b"phone of somebody" not in place_of(kept.sha256).read_bytes()
    got = client.get(f"/desk/files/{kept.pk}")
    assert b"".join(got.streaming_content) == place_of(kept.sha256).read_bytes()
    assert got["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%AB%99")
    assert (got["X-Content-Type-Options"], got["Content-Type"]) == ("nosniff", "image/jpeg")
    assert got["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("办法.exe", b"MZ\x90\x00" + b"x" * 100, "这是一个程序文件"),
        ("图.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "不接收网页或 SVG 图形"),
        ("照片.png", photo(), "文件扩展名是 .png，内容却是"),
        ("半个.pdf", b"%PDF-1.4 no", "已经损坏，打不开"),
    ],
)
def test_a_file_that_may_not_come_in_is_refused_with_a_sentence(
    district: District, sign_in: SignIn, name: str, data: bytes, said: str
) -> None:
    matter = transferred(district)
    file = SimpleUploadedFile(name, data)
    refused = sign_in(district.driver).post(f"/desk/matters/{matter.pk}/attach/", {"file": file})
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert Attachment.objects.of(district.congress).count() == 0


def test_a_file_is_not_given_to_a_stranger(district: District, neighbour: District, sign_in: SignIn) -> None:
    matter = transferred(district)
    file = SimpleUploadedFile("说明.txt", "夜间客流数据".encode())
    sign_in(district.driver).post(f"/desk/matters/{matter.pk}/attach/", {"file": file})
    kept = Attachment.objects.of(district.congress).get()
    assert sign_in(district.builder).get(f"/desk/files/{kept.pk}").status_code == 404
    assert sign_in(neighbour.clerk).get(f"/desk/files/{kept.pk}").status_code == 404
    place_of(kept.sha256).unlink()
    lost = sign_in(district.clerk).get(f"/desk/files/{kept.pk}")
    assert lost.status_code == 404


def test_a_paper_can_be_read_and_taken_away(district: District, sign_in: SignIn) -> None:
    transferred(district)
    paper = IssuedPaper.objects.of(district.congress).get(kind="transfer_letter")
    client = sign_in(district.driver)
    shown = client.get(f"/desk/papers/{paper.pk}").content.decode()
    assert "paper__org" in shown
    assert "区交通局：" in shown
    word = client.get(f"/desk/papers/{paper.pk}.docx")
    assert b"".join(word.streaming_content).startswith(b"PK")
    assert word["X-Content-Type-Options"] == "nosniff"
    pdf = client.get(f"/desk/papers/{paper.pk}.pdf")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")


def test_the_clerk_links_two_matters_and_both_pages_show_it(district: District, sign_in: SignIn) -> None:
    clerk = sign_in(district.clerk)
    first, second = district.matter("夜里没有公交车"), district.matter("公交站牌倒了")

    page = clerk.post(f"/desk/matters/{first.pk}/link/", {"kind": "raised", "number": second.number}, follow=True)

    assert f"已连上 {second.number}" in page.content.decode()
    assert second.number in page.content.decode()
    assert first.number in clerk.get(f"/desk/matters/{second.pk}/").content.decode()


def test_a_number_nobody_has_is_said_at_the_field(district: District, sign_in: SignIn) -> None:
    clerk = sign_in(district.clerk)
    matter = district.matter()

    page = clerk.post(f"/desk/matters/{matter.pk}/link/", {"kind": "raised", "number": "意 1999-1"})

    assert page.status_code == 422
    assert "没有编号是「意 1999-1」的事项" in page.content.decode()
