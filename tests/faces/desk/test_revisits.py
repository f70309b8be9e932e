"""Re-visits at the desk: from the plan to the last call, by the buttons."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from lvzhi.core.trust import verify_draw
from lvzhi.faces.signin import clock
from lvzhi.records.people.models import PersonalReading
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import RevisitCase, RevisitRound
from tests.faces.desk.conftest import SignIn
from tests.fixtures.district import NOW, TODAY, District, _person
from tests.fixtures.revisits import LATER, LATER_ON, PHONE, SEED, answered

DATES = {"answered_from": "2026-05-01", "answered_until": TODAY.isoformat(), "size": "2", "stratified_by": ""}


@pytest.fixture
def office(district: District, sign_in: SignIn) -> Client:
    """Somebody of the deputies' office at the desk."""
    return sign_in(_person(district.congress, "tangshuyi", "唐书怡", "deputy_office", None))


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day on which the seed is known."""
    monkeypatch.setattr(clock, "today", lambda: LATER_ON)
    monkeypatch.setattr(clock, "now", lambda: LATER)


def waiting(office: Client) -> RevisitRound:
    """A round whose list is published."""
    office.post("/desk/revisits/new/", DATES)
    found = RevisitRound.objects.everywhere("the only one").get()
    announced = {"seed_source": "双色球开奖号码", "seed_due_on": LATER_ON.isoformat()}
    office.post(f"/desk/revisits/{found.pk}/list/", announced)
    return RevisitRound.objects.everywhere("the only one").get()


def drawn(office: Client, monkeypatch: pytest.MonkeyPatch) -> list[RevisitCase]:
    """Who was drawn, a few days later."""
    found = waiting(office)
    later(monkeypatch)
    office.post(f"/desk/revisits/{found.pk}/draw/", {"seed": SEED})
    return list(RevisitCase.objects.everywhere("the only ones").order_by("position"))


def test_a_round_is_planned_published_drawn_asked_and_closed(
    district: District, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(district, 3)

    first, second = drawn(office, monkeypatch)
    page = office.get(f"/desk/revisits/{first.round_id}/").content.decode()
    assert "还有 2 件没有问" in page
    office.post(f"/desk/revisits/cases/{first.pk}/", {"result": "solved", "note": "亮了"})
    said = office.post(f"/desk/revisits/cases/{second.pk}/", {"result": "not", "note": "没有亮"}, follow=True)
    assert "已经告诉信访办公室" in said.content.decode()
    office.post(f"/desk/revisits/{first.round_id}/close/")

    closed = RevisitRound.objects.everywhere("the only one").get()
    page = office.get(f"/desk/revisits/{closed.pk}/").content.decode()
    assert closed.closed_on == LATER_ON
    assert "50.0%" in page
    assert "2 人里 1 人" in page


def test_the_number_is_shown_once_and_the_reading_is_written_down(
    district: District, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(district, 2)
    case = drawn(office, monkeypatch)[0]

    sheet = office.get(f"/desk/revisits/cases/{case.pk}/").content.decode()
    told = office.post(f"/desk/revisits/cases/{case.pk}/contact/").content.decode()
    again = office.get(f"/desk/revisits/cases/{case.pk}/").content.decode()

    assert (PHONE["phone"] in sheet, PHONE["phone"] in told, PHONE["phone"] in again) == (False, True, False)
    assert PersonalReading.objects.of(district.congress).get().reader_name == "唐书怡"


def test_the_seed_is_not_asked_for_before_its_day(district: District, office: Client) -> None:
    answered(district, 2)
    found = waiting(office)

    page = office.get(f"/desk/revisits/{found.pk}/").content.decode()
    refused = office.post(f"/desk/revisits/{found.pk}/draw/", {"seed": SEED})

    assert "在那以前不能抽签" in page
    assert 'name="seed"' not in page
    assert refused.status_code == 422
    assert RevisitCase.objects.everywhere("none").count() == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"size": "0"}, ""),
        ({"answered_until": "2027-01-01"}, "不能晚于今天"),
        ({"answered_from": "2026-06-09", "answered_until": "2026-06-01"}, "不能早于开始日期"),
        ({"stratified_by": "age"}, ""),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_what_was_typed(
    district: District, office: Client, change: dict[str, str], said: str
) -> None:
    refused = office.post("/desk/revisits/new/", DATES | change)

    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert RevisitRound.objects.of(district.congress).count() == 0


def test_whoever_acted_on_the_matter_is_sent_to_a_colleague(
    district: District, office: Client, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    opinion = answered(district, 1)[0]
    meddler = _person(district.congress, "fangjing", "方静川", "general_office", None)
    from dataclasses import replace

    before = replace(meddler, roles=frozenset({"petition_office"}))
    actions.take(opinion.matter_id, "note", actor=before, on=TODAY, at=NOW, data={"note": "问过交通局"})
    monkeypatch.setitem(DATES, "size", "1")
    case = drawn(office, monkeypatch)[0]
    client = sign_in(meddler)

    sheet = client.get(f"/desk/revisits/cases/{case.pk}/").content.decode()
    asked = client.post(f"/desk/revisits/cases/{case.pk}/contact/")
    said = client.post(f"/desk/revisits/cases/{case.pk}/", {"result": "solved"})

    assert "您经手过" in sheet
    assert (asked.status_code, said.status_code) == (403, 422)
    assert "您经手过" in client.get(f"/desk/revisits/{case.round_id}/").content.decode()


def test_anyone_repeats_the_draw_from_the_public_page(
    district: District, office: Client, monkeypatch: pytest.MonkeyPatch, settings: object
) -> None:
    settings.LVZHI_CONGRESS = "yunlu"  # type: ignore[attr-defined]
    answered(district, 3)
    stranger = Client()
    found = waiting(office)
    sealed = json.loads(stranger.get("/revisits/2026-01.json").content)
    early = stranger.get("/revisits/2026-01").content.decode()
    later(monkeypatch)
    office.post(f"/desk/revisits/{found.pk}/draw/", {"seed": SEED})

    record = json.loads(stranger.get("/revisits/2026-01.json").content)
    page = stranger.get("/revisits/2026-01").content.decode()
    checker = stranger.get("/revisits/check_draw.py").content.decode()

    assert (sealed["list_sha256"], sealed["seed"], sealed["drawn"]) == (record["list_sha256"], "", [])
    assert "在那以前谁也不知道会抽到谁" in early
    assert verify_draw(record) == 2
    assert all(number in page for number in record["drawn"])
    assert (SEED in page, record["list_sha256"] in page) == (True, True)
    space: dict[str, object] = {"__name__": "checker"}
    exec(checker, space)
    assert space["check"](record) == ""  # type: ignore[operator]
    assert PHONE["phone"] not in page + json.dumps(record)
    assert "第 2026-01 轮" in stranger.get("/revisits/").content.decode()


def test_a_planned_round_is_nobodys_business_yet(district: District, office: Client, settings: object) -> None:
    settings.LVZHI_CONGRESS = "yunlu"  # type: ignore[attr-defined]
    office.post("/desk/revisits/new/", DATES)

    assert Client().get("/revisits/2026-01").status_code == 404
    assert Client().get("/revisits/2026-01.json").status_code == 404
    assert "第 2026-01 轮" not in Client().get("/revisits/").content.decode()


def test_a_reopened_matter_is_recorded_as_such(
    district: District, office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(district, 2)
    case = drawn(office, monkeypatch)[0]
    actions.take(
        case.opinion.matter_id, "reopen", actor=district.clerk, on=LATER_ON, at=LATER, data={"reason": "灯又灭了。"}
    )

    sheet = office.get(f"/desk/revisits/cases/{case.pk}/").content.decode()
    office.post(f"/desk/revisits/cases/{case.pk}/", {"result": "reopened"})

    assert 'value="solved"' not in sheet
    assert RevisitCase.objects.of(district.congress).get(pk=case.pk).result == "reopened"
