"""The form in three steps: photos that survive a correction, places, names, hints that hold nothing up."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from lvzhi.faces.signin import clock
from lvzhi.records.documents import holding
from lvzhi.records.documents.models import Attachment
from lvzhi.records.documents.store import place_of
from lvzhi.records.matters.models import Link
from lvzhi.records.people.models import Body
from lvzhi.records.search.index import rebuild
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import Opinion
from tests.faces.portal.conftest import TEXT, Resident, answered, number_and_code
from tests.fixtures.district import NOW, TODAY, District


def photo(name: str = "台阶.jpg", colour: str = "grey") -> SimpleUploadedFile:
    """A small picture, as a phone sends it."""
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def body(district: District, slug: str, kind: str, parent: Body | None = None, *, active: bool = True) -> Body:
    """A street, community or station."""
    return Body.objects.create(
        congress=district.congress, slug=slug, name=slug, short=slug, kind=kind, parent=parent, active=active
    )


def only(district: District) -> Opinion:
    """The one opinion there is."""
    return Opinion.objects.of(district.congress).select_related("matter").get()


def test_photos_chosen_once_are_kept_while_a_word_is_missing(district: District, resident: Resident) -> None:
    page = resident.client.post("/opinions/new", {"subject": "台阶太高", "text": "", "photos": [photo()]})
    shown = page.content.decode()
    ticket = re.search(r'name="held" value="([^"]+)"', shown)
    assert page.status_code == 400
    assert "照片收到了。请再写一两句" in shown
    assert ticket, shown

    sent = resident.submit(held=[ticket[1]])

    number_and_code(sent)
    assert [row.name for row in Attachment.objects.of(district.congress)] == ["台阶.jpg"]
    assert place_of(Attachment.objects.of(district.congress).get().sha256).exists()


def test_a_photo_left_too_long_is_asked_for_again_in_words(
    district: District, resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = resident.client.post("/opinions/new", {"subject": "台阶太高", "text": "", "photos": [photo()]})
    ticket = re.search(r'name="held" value="([^"]+)"', page.content.decode())
    assert ticket
    later = NOW + holding.HELD_FOR
    monkeypatch.setattr(clock, "now", lambda: later)

    again = resident.submit(held=[ticket[1]])

    assert again.status_code == 400
    assert "先前选的照片放得太久" in again.content.decode()
    assert not Opinion.objects.of(district.congress).exists()


@pytest.mark.parametrize("ticket", ["", "x", "AAAA", "🙂", "a" * 5000])
def test_a_made_up_ticket_brings_no_file(district: District, resident: Resident, ticket: str) -> None:
    page = resident.submit(held=[ticket])

    assert page.status_code == 400
    assert not Attachment.objects.of(district.congress).exists()


def test_the_same_photo_chosen_three_times_is_one_file(district: District, resident: Resident) -> None:
    resident.submit(photos=[photo("一.jpg"), photo("二.jpg"), photo("三.jpg")])

    assert Attachment.objects.of(district.congress).count() == 1


def test_a_community_says_which_street_it_is(district: District, resident: Resident) -> None:
    street = body(district, "听泉街道", Body.Kind.SUBDISTRICT)
    community = body(district, "松影里社区", Body.Kind.COMMUNITY, street)

    resident.submit(community=str(community.pk), place="3 号楼门口")

    opinion = only(district)
    assert (opinion.matter.area, opinion.community, opinion.place) == (street, community, "3 号楼门口")


def test_a_community_of_another_street_is_asked_about(district: District, resident: Resident) -> None:
    street, other = body(district, "听泉街道", Body.Kind.SUBDISTRICT), body(district, "云台街道", Body.Kind.SUBDISTRICT)
    community = body(district, "松影里社区", Body.Kind.COMMUNITY, street)

    page = resident.submit(area=str(other.pk), community=str(community.pk))

    assert page.status_code == 400
    assert "松影里社区在听泉街道，请核对一下街道和社区" in page.content.decode()


def test_the_code_of_a_station_fills_in_where_and_which_way(district: District, resident: Resident) -> None:
    street = body(district, "听泉街道", Body.Kind.SUBDISTRICT)
    station = body(district, "songying", Body.Kind.STATION, street)

    shown = resident.client.get("/opinions/new", {"station": "songying"})
    resident.submit(station="songying", area=str(street.pk))

    assert f'<option value="{street.pk}" selected>' in shown.content.decode()
    assert "您扫的是「songying」的码" in shown.content.decode()
    assert (only(district).station, only(district).channel) == (station, "station")


def test_a_station_closed_in_the_month_still_passes_the_opinion_on(district: District, resident: Resident) -> None:
    body(district, "songying", Body.Kind.STATION, active=False)

    shown = resident.client.get("/opinions/new", {"station": "songying"}).content.decode()
    number_and_code(resident.submit(station="songying"))

    assert "已经不再接待" in shown
    assert (only(district).station, only(district).channel) == (None, "web")


@pytest.mark.parametrize("slug", ["nowhere", "transport", "\x00", "🙂", "a" * 900])
def test_a_code_that_names_no_station_opens_the_plain_form(district: District, slug: str) -> None:
    shown = Client().get("/opinions/new", {"station": slug})

    assert shown.status_code == 200
    assert "您扫的是" not in shown.content.decode()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"named": "no", "phone": "13900000041"}, "您选了不留名，又写了称呼或者电话"),
        ({"named": "yes"}, "要我们告诉您，请写一个能打通的电话"),
        ({"named": "maybe"}, "选择"),
    ],
)
def test_what_contradicts_itself_is_asked_about(
    district: District, resident: Resident, given: dict[str, str], told: str
) -> None:
    page = resident.submit(**given)

    assert page.status_code == 400
    assert told in page.content.decode()
    assert not Opinion.objects.of(district.congress).exists()


def test_others_who_said_the_same_are_shown_and_may_be_joined(district: District, resident: Resident) -> None:
    answered(district, subject="听泉路夜里没有公交车")
    answered(district, subject="听泉路夜里没有公交车啊", publish=False)
    list(rebuild())

    draft = {"subject": "听泉路夜里没有公交车坐", "text": TEXT}
    shown = resident.client.post("/opinions/new", {**draft, "look": "1"}).content.decode()
    part = resident.client.post("/opinions/look", draft).content.decode()
    resident.submit(**draft, like="意 2026-0001")

    for found in (shown, part):
        assert "已经有人说过差不多的事" in found
        assert 'value="意 2026-0001"' in found
        assert "2026-0002" not in found
    link = Link.objects.of(district.congress).select_related("source", "target").get()
    assert (link.kind, link.source.number, link.target.number) == ("same_as", "意 2026-0003", "意 2026-0001")


def test_joining_what_is_not_public_is_left_out_without_a_word(district: District, resident: Resident) -> None:
    answered(district, publish=False)

    number_and_code(resident.submit(like="意 2026-0001"))

    assert not Link.objects.of(district.congress).exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("请打电话给我13812345678，听泉路没有公交", "「13812345678」像电话"),
        ("身份证号11010519491231002X，办不了公交卡", "像身份证号"),
        ("物业经理王小明先生态度恶劣，不修路灯", "「王小明」像姓名"),
    ],
)
def test_what_is_personal_is_pointed_out_and_sent_all_the_same(
    district: District, resident: Resident, text: str, told: str
) -> None:
    hinted = resident.client.post("/opinions/look", {"subject": "公交", "text": text}).content.decode()
    number_and_code(resident.submit(text=text))

    assert told in hinted
    assert only(district).text == text


def test_looking_too_often_says_nothing_and_breaks_nothing(district: District, resident: Resident) -> None:
    words = {"subject": "公交", "text": "请打电话给我13812345678"}
    for _time in range(60):
        resident.client.post("/opinions/look", words)

    page = resident.client.post("/opinions/look", words)

    assert (page.status_code, page.content.decode().strip()) == (200, "")


def test_the_receipt_has_a_code_to_scan_that_holds_no_secret(
    district: District, resident: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lvzhi.faces.portal.views import receipt

    drawn: list[str] = []
    real = receipt.qr_svg
    monkeypatch.setattr(receipt, "qr_svg", lambda text, label: drawn.append(text) or real(text, label))

    page = resident.submit()
    number, code = number_and_code(page)

    assert drawn == ["http://testserver/opinions/follow?number=2026-0001"]
    assert number == "意 2026-0001"
    assert code.replace("-", "") not in drawn[0].replace("-", "")
    assert '<svg class="qr"' in page.content.decode()
    assert 'value="2026-0001"' in Client().get("/opinions/follow?number=2026-0001").content.decode()


def test_the_holder_reads_back_what_was_sent_and_adds_photos_later(district: District, resident: Resident) -> None:
    number, code = number_and_code(resident.submit(photos=[photo()]))
    resident.open(number, code)
    key = only(district).matter_id
    resident.client.post(
        f"/opinions/mine/{key}/supplement",
        {"supplement-supplement": "又拍了一张。", "supplement-photos": [photo("二.jpg", "red")]},
    )

    shown = resident.client.get(f"/opinions/mine/{key}").content.decode()
    links = re.findall(rf"/opinions/mine/{key}/files/[0-9a-f-]+", shown)
    files = [resident.client.get(link) for link in links]
    sizes = [len(b"".join(file.streaming_content)) for file in files]

    assert len(links) == 2
    assert all(sizes)
    assert [file["Content-Type"] for file in files] == ["image/jpeg", "image/jpeg"]
    assert all("sandbox" in file["Content-Security-Policy"] for file in files)
    assert Client().get(links[0]).status_code == 404


def test_a_file_of_the_office_is_not_given_to_the_holder(district: District, resident: Resident) -> None:
    from lvzhi.records.documents.store import keep

    number, code = number_and_code(resident.submit())
    resident.open(number, code)
    matter = only(district).matter
    inside = keep(matter, None, "内部.txt", "情绪激动。".encode(), district.clerk, NOW)

    shown = resident.client.get(f"/opinions/mine/{matter.pk}").content.decode()

    assert "内部.txt" not in shown
    assert resident.client.get(f"/opinions/mine/{matter.pk}/files/{inside.pk}").status_code == 404


def test_a_wrong_set_aside_is_objected_to_with_the_receipt(district: District, resident: Resident) -> None:
    number, code = number_and_code(resident.submit())
    key = only(district).matter_id
    actions.take(key, "set_aside", actor=district.clerk, on=TODAY, at=NOW, data={"reason": "advertisement"})

    told = resident.open(number, code).content.decode()
    done: Any = resident.client.post(f"/opinions/mine/{key}/restore", {"restore-reason": "我说的是真事。"}, follow=True)

    assert "没有作为意见办理：广告推销" in told
    assert "要求恢复" in told
    assert "已经恢复办理" in done.content.decode()
    assert only(district).matter.state == "received"


def test_a_second_round_is_told_with_both_answers(district: District, resident: Resident) -> None:
    number, code = number_and_code(resident.submit())
    key = only(district).matter_id
    actions.transfer(key, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    actions.answer(key, reply="七月一日起听泉路夜里加两班车。", actor=district.driver, on=TODAY, at=NOW)
    resident.open(number, code)
    resident.client.post(f"/opinions/mine/{key}/rate", {"rate-result": "partly", "rate-process": "satisfied"})
    resident.client.post(f"/opinions/mine/{key}/reopen", {"reopen-reason": "周末还是没有车。"})
    actions.answer(key, reply="七月五日起周末夜里也加两班车。", actor=district.driver, on=TODAY, at=NOW)

    shown = resident.client.get(f"/opinions/mine/{key}").content.decode()

    assert "您评价了：解决了一部分" in shown
    assert "重新办理（第 2 轮，期限重新算）" in shown
    assert "周末还是没有车。" in shown
    assert "七月一日起听泉路夜里加两班车。" in shown
    assert shown.count("七月五日起周末夜里也加两班车。") == 1
    assert "问题解决了没有" in shown
    assert shown.index("问题解决了没有") < shown.index("对办理过程满意不满意")


def test_files_put_aside_are_deleted_when_their_time_is_over(tmp_path: Any, settings: Any) -> None:
    settings.HOME = tmp_path
    from lvzhi.records.documents.store import Ready

    held = holding.hold(Ready("一.txt", "text/plain", b"1"), at=NOW)
    (place,) = (tmp_path / "held").iterdir()

    assert holding.take(held.ticket, at=NOW) == Ready("一.txt", "text/plain", b"1")
    late = NOW.fromtimestamp(place.stat().st_mtime, NOW.tzinfo) + holding.HELD_FOR * 2
    assert holding.drop_old(at=late) == 1
    assert holding.take(held.ticket, at=NOW) is None


@pytest.mark.parametrize("once", ["0197f0f0-0000-7000-8000-000000000001", ""])
def test_a_form_taken_with_photos_twice_is_one_opinion_or_two(
    district: District, resident: Resident, once: str
) -> None:
    resident.submit(once=once, photos=[photo()])
    resident.submit(once=once, photos=[photo()])

    assert Opinion.objects.of(district.congress).count() == (1 if once else 2)
