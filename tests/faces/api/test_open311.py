"""Programs read what the board shows and hand in what the form takes, in the words of GeoReport v2."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from jsonschema import Draft202012Validator
from pytest_django import Settings

from lvzhi.faces.api import keys
from lvzhi.faces.api.laws import description as laws
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import forget_congresses
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.models import Account
from lvzhi.work.opinions import actions
from lvzhi.work.opinions.models import Opinion
from lvzhi.work.opinions.queries import by_receipt
from tests.faces.portal.conftest import answered
from tests.faces.portal.test_filters import public
from tests.fixtures.district import NOW, TODAY, District

V2 = "/api/open311/v2"
GOOD = {"service_code": "transport", "address_string": "听泉路口", "description": "听泉路夜里没有公交车。下班只能走。"}


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    """The API sees the day of the stories, and serves the district of the stories."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LVZHI_CONGRESS = "yunlu"
    forget_congresses()
    yield
    forget_congresses()


def get(path: str, expected: int = 200, **asked: str) -> Any:
    """What an address answers in JSON."""
    found = Client().get(f"{V2}/{path}", asked)
    assert found.status_code == expected, found.content.decode()
    return json.loads(found.content)


def send(status: int = 201, form: str = "json", headers: dict[str, str] | None = None, **given: str) -> Any:
    """Hand a request in."""
    found = Client(enforce_csrf_checks=True).post(f"{V2}/requests.{form}", {**GOOD, **given}, headers=headers or {})
    assert found.status_code == status, found.content.decode()
    return json.loads(found.content) if form == "json" else ElementTree.fromstring(found.content)


def test_programs_read_only_what_is_published_and_covered(district: District, neighbour: District) -> None:
    sent = district.opinion("站台太暗", text="站台管理员王小明先生不开灯，电话13812345678。")
    actions.transfer(sent.opinion.matter_id, body=district.transport, actor=district.clerk, on=TODAY, at=NOW)
    actions.take(sent.opinion.matter_id, "publish", actor=district.clerk, on=TODAY, at=NOW)
    answered(district, subject="没公开的事", publish=False)
    answered(neighbour, subject="邻区的事")

    (row,) = get("requests.json")

    assert (row["service_request_id"], row["status"], row["title"]) == ("2026-0001", "open", "站台太暗")
    assert row["web_url"] == "http://testserver/opinions/2026-0001"
    for private in ("王小明", "13812345678", "林知远", "乔安"):
        assert private not in json.dumps(row, ensure_ascii=False)


def test_one_request_is_read_by_its_number_and_what_is_not_public_is_not_there(district: District) -> None:
    answered(district, subject="公开的事", rated=True)
    answered(district, subject="没公开的事", publish=False)

    (row,) = get("requests/2026-0001.json")
    (error,) = get("requests/2026-0002.json", 404)

    assert (row["status"], row["result_rating"], row["agency_responsible"]) == ("closed", "solved", "区交通局")
    assert error == {"code": 404, "description": "没有编号是 2026-0002 的公开意见。"}


def test_staff_see_no_more_through_the_api_than_anybody(district: District) -> None:
    answered(district, publish=False)
    client = Client()
    client.force_login(Account.objects.get(pk=district.clerk.account))

    assert json.loads(client.get(f"{V2}/requests.json").content) == []


def test_requests_are_narrowed_and_read_page_by_page(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lvzhi.faces.api.reading.PAGE", 2)
    for number in range(5):
        public(district, f"第{number}件", category="transport")
    public(district, "解决的事", category="housing", result="solved")

    first = Client().get(f"{V2}/requests.json", {"service_code": "transport"})
    seen, link = [each["title"] for each in json.loads(first.content)], first.headers.get("Link", "")
    while link:
        page = Client().get(link.removeprefix("<").split(">")[0].removeprefix("http://testserver"))
        seen += [each["title"] for each in json.loads(page.content)]
        link = page.headers.get("Link", "")

    assert seen == [f"第{number}件" for number in (4, 3, 2, 1, 0)]
    assert [each["title"] for each in get("requests.json", status="closed")] == ["解决的事"]


def test_several_are_read_by_their_numbers_and_by_their_days(district: District) -> None:
    for subject in ("第一件", "第二件"):
        public(district, subject)

    named = get("requests.json", service_request_id="2026-0002,2026-0099")
    before = get("requests.json", end_date="2026-06-08")
    that_day = get("requests.json", start_date="2026-06-09", end_date="2026-06-10T00:00:00+08:00")

    assert [each["title"] for each in named] == ["第二件"]
    assert (before, len(that_day)) == ([], 2)


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"status": "好"}, 400), ({"start_date": "昨天"}, 400), ({"service_code": "x"}, 404),
     ({"end_date": "9" * 40}, 400), ({"jurisdiction_id": "songling"}, 404), ({"start_date": "2026-13-01"}, 400)],
)  # fmt: skip
@pytest.mark.parametrize("form", ["json", "xml"])
def test_what_cannot_be_read_is_told_as_an_error_object(
    district: District, asked: dict[str, str], status: int, form: str
) -> None:
    found = Client().get(f"{V2}/requests.{form}", asked)

    assert found.status_code == status
    text = found.content.decode()
    if form == "json":
        (error,) = json.loads(text)
        assert (error["code"], bool(error["description"])) == (status, True)
    else:
        assert ElementTree.fromstring(found.content).findtext("error/code") == str(status)


@pytest.mark.parametrize("after", ["x", "2026-06-09_x", "\x00", "9" * 400])
def test_a_mangled_place_shows_the_first_page(district: District, after: str) -> None:
    public(district, "第一件")

    assert len(get("requests.json", after=after)) == 1


def test_xml_says_the_same_as_json(district: District) -> None:
    answered(district, subject="带<尖>括号&的事", rated=True)

    (row,) = get("requests.json")
    element = ElementTree.fromstring(Client().get(f"{V2}/requests.xml").content).find("request")

    assert element is not None
    said = {child.tag: child.text or "" for child in element}
    assert said == {name: "" if value is None else str(value) for name, value in row.items()}


def test_a_program_hands_in_an_opinion_and_gets_number_and_code(district: District) -> None:
    (row,) = send(first_name="小满", last_name="王", phone="13900000041")

    opinion = by_receipt(district.congress.pk, f"意 {row['service_request_id']}", row["lookup_code"])
    assert opinion
    assert (opinion.matter.title, opinion.matter.category) == ("听泉路夜里没有公交车", "transport")
    assert (opinion.place, opinion.is_anonymous, opinion.may_publish) == ("听泉路口", False, False)
    assert "王小满" not in str(bytes(opinion.sender.sealed)) if opinion.sender else False
    assert get("requests.json") == []


def test_xml_can_be_handed_in_too(district: District) -> None:
    element = send(form="xml", lat="31.2304", long="121.4737", address_string="")

    assert element.findtext("request/service_request_id") == "2026-0001"
    assert Opinion.objects.of(district.congress).get().place == "北纬 31.23040，东经 121.47370"


@pytest.mark.parametrize(
    ("given", "status", "told"),
    [
        ({"service_code": ""}, 400, "service_code"),
        ({"service_code": "x"}, 404, "services"),
        ({"description": ""}, 400, "description"),
        ({"description": "短"}, 400, "两个字"),
        ({"description": "长" * 5001}, 400, "现在有 5001 字"),
        ({"address_string": ""}, 400, "address_string"),
        ({"address_string": "", "lat": "1"}, 400, "lat 和 long 要都写"),
        ({"address_string": "", "lat": "nan", "long": "2"}, 400, "lat 要在"),
        ({"address_string": "", "lat": "91", "long": "2"}, 400, "lat 要在"),
        ({"address_string": "长" * 121}, 400, "最多 120 字"),
        ({"api_key": "x"}, 403, "api_key"),
        ({"jurisdiction_id": "songling"}, 404, "yunlu"),
    ],
)
def test_what_is_wrong_with_a_request_is_told_in_a_sentence(
    district: District, given: dict[str, str], status: int, told: str
) -> None:
    (error,) = send(status, **given)

    assert error["code"] == status
    assert told in error["description"]
    assert not Opinion.objects.of(district.congress).exists()


@pytest.mark.parametrize("given", ["\x00", "\u202e", "🙂" * 40, "<script>", "' OR 1=1 --"])
def test_hostile_words_are_taken_as_words(district: District, given: str) -> None:
    (row,) = send(
        description=f"听泉路夜里没有公交车{given}", address_string=f"听泉路{given}", phone=given, last_name=given
    )

    assert row["lookup_code"]
    assert "\x00" not in Opinion.objects.of(district.congress).get().text


def test_the_same_request_sent_twice_is_one_opinion(district: District) -> None:
    first, second = send(headers={"Idempotency-Key": "7"}), send(200, headers={"Idempotency-Key": "7"})

    assert first[0]["service_request_id"] == second[0]["service_request_id"]
    assert second[0]["lookup_code"] is None
    assert Opinion.objects.of(district.congress).count() == 1


def test_an_address_shares_its_quota_with_the_form_and_a_key_has_its_own(
    district: District, settings: Settings
) -> None:
    settings.LVZHI_SUBMIT_LIMIT, settings.LVZHI_KEY_LIMIT = 2, 1
    key = keys.new_key()
    district.congress.settings = {keys.SETTING: {"hotline": keys.digest(key)}}
    district.congress.save()
    forget_congresses()
    words = {"subject": "夜里没有公交车", "text": "听泉路晚上没有公交。"}
    assert Client().post("/opinions/new", words).status_code == 303
    send()

    (full,) = send(429)
    (with_key,) = send(api_key=key)
    (used_up,) = send(429, api_key=key)

    assert "请过" in full["description"]
    assert with_key["lookup_code"]
    assert used_up["code"] == 429


def test_the_services_are_the_subjects_of_the_congress(district: District) -> None:
    rows = get("services.json")

    assert {"service_code": "transport", "service_name": "出行和停车"}.items() <= rows[1].items()
    assert all(row["metadata"] is False for row in rows)
    assert get("discovery.json")[0]["endpoints"][0]["url"] == f"http://testserver{V2}"


def test_every_answer_is_as_the_description_says(district: District) -> None:
    answered(district, rated=True)
    public(district, "第二件")
    document = json.loads(Client().get("/api/openapi.json").content)
    schemas = document["components"]["schemas"]
    seen = {
        "Request": get("requests.json") + get("requests/2026-0001.json"),
        "Service": get("services.json"),
        "Discovery": get("discovery.json"),
        "Created": send(),
        "Error": get("requests.json", 400, status="x") + send(403, api_key="x"),
    }

    for name, rows in seen.items():
        for row in rows:
            Draft202012Validator(schemas[name]).validate(row)
    assert seen.keys() == schemas.keys() - laws.schemas().keys()  # those are held in test_laws


def test_every_address_of_the_api_is_described(district: District) -> None:
    paths = json.loads(Client().get("/api/openapi.json").content)["paths"]
    names = {part.name for resolver in get_resolver().url_patterns if str(resolver.pattern) == "api/"
             for part in resolver.url_patterns}  # fmt: skip

    described = {name for name in names if name != "api-openapi"}
    assert len([path for path in paths if path.startswith("/api/open311/")]) == len(described)


@pytest.mark.parametrize(("path", "most"), [("requests.json", 3), ("requests/2026-0001.json", 2), ("services.json", 1)])
def test_an_answer_costs_the_same_with_one_row_and_with_thirty(district: District, path: str, most: int) -> None:
    def cost() -> int:
        forget_congresses()
        with CaptureQueriesContext(connection) as asked:
            get(path)
        return len(asked)

    public(district, "第一件")
    one = cost()
    for number in range(29):
        public(district, f"又一件{number}")

    assert cost() == one <= most


def test_reading_sets_no_cookie_and_may_be_read_by_any_page(district: District) -> None:
    found = Client().get(f"{V2}/requests.json")

    assert not found.cookies
    assert found.headers["Access-Control-Allow-Origin"] == "*"


def test_a_flood_through_the_api_is_taken_in_and_flagged(district: District, settings: Settings) -> None:
    settings.LVZHI_SUBMIT_LIMIT, settings.LVZHI_FLOOD_SAME = 100, 3
    for _time in range(4):
        send()

    flags = Matter.objects.of(district.congress).order_by("number").values_list("opinion__is_suspected", flat=True)
    assert list(flags) == [False, False, False, True]
