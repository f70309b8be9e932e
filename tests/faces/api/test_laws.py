"""Programs read the law library: lists, editions, units, comparisons, files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import docx
import openpyxl
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from lxml import etree
from pytest_django import Settings
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from lvzhi.core import law
from lvzhi.faces.api.laws import answers
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import forget_congresses
from lvzhi.work.statutes.reading import SHELF
from tests.fixtures.district import NOW, TODAY, District
from tests.fixtures.statutes import RULES_2018, RULES_2024, Statutes, make_statutes

V1 = "/api/v1/laws/"
RULES = "云麓区人民代表大会常务委员会议事规则"
HERE = V1 + RULES
PAGE = f"/law/{RULES}"
SCHEMA = Path(__file__).parents[2] / "core" / "law" / "schemas" / "akomantoso30.xsd"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    """The API sees the day of the stories, and serves the district of the stories."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LVZHI_CONGRESS = "yunlu"
    forget_congresses()
    SHELF.clear()
    yield
    forget_congresses()


def ask(address: str, expected: int = 200, headers: dict[str, str] | None = None, **asked: str) -> HttpResponse:
    found = Client().get(address, asked, headers=headers or {})
    assert found.status_code == expected, found.content.decode()[:300]
    return found


def get(address: str, expected: int = 200, **asked: str) -> Any:
    return json.loads(ask(address, expected, **asked).content)


def test_the_list_gives_every_law_with_a_text_and_its_status(statutes: Statutes) -> None:
    found = get(V1)

    assert {row["key"]: row["status"] for row in found["laws"]} == {
        RULES: "in_force",
        "云麓区规范性文件备案办法": "repealed",
        "云麓区规范性文件备案审查办法": "in_force",
        "云麓区人民代表大会常务委员会街道工作委员会工作办法": "not_yet_in_force",
    }
    assert (found["on"], found["next"]) == (TODAY.isoformat(), None)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"status": "repealed"}, 1), ({"status": "in_force"}, 2), ({"status": "not_yet_in_force"}, 1),
        ({"status": "in_force", "on": "2019-01-01"}, 2), ({"status": "in_force", "on": "2012-01-01"}, 1),
        ({"q": "备案"}, 2), ({"q": "备案 审查"}, 1), ({"kind": "law"}, 0), ({"level": "district"}, 4),
        ({"region": "云麓区"}, 4), ({"region": "别处"}, 0), ({"q": "\x00"}, 4),
    ],
)  # fmt: skip
def test_the_list_is_narrowed_by_what_is_asked(statutes: Statutes, asked: dict[str, str], count: int) -> None:
    assert len(get(V1, **asked)["laws"]) == count


@pytest.mark.parametrize(
    "asked", [{"kind": "x"}, {"status": "amended"}, {"level": "x"}, {"on": "昨天"}, {"on": "2026-13-01"}]
)
def test_a_filter_that_is_not_known_is_refused_with_a_sentence(statutes: Statutes, asked: dict[str, str]) -> None:
    [error] = get(V1, 400, **asked)

    assert error["code"] == 400
    assert error["description"].endswith("。")


def test_pages_follow_one_another_without_gap_or_repeat(statutes: Statutes) -> None:
    whole = [row["key"] for row in get(V1)["laws"]]

    seen, address, pages = [], f"{V1}?limit=1", 0
    while address:
        response = ask(address.removeprefix("http://testserver"))
        found = json.loads(response.content)
        seen += [row["key"] for row in found["laws"]]
        address, pages = found["next"], pages + 1
        assert ("Link" in response.headers) == bool(address)

    assert seen == whole
    assert pages == 4


@pytest.mark.parametrize("after", ["x", "9" * 400, "1.", "\x00"])
def test_a_place_that_is_not_understood_begins_anew(statutes: Statutes, after: str) -> None:
    assert len(get(V1, after=after)["laws"]) == 4


def test_a_law_tells_of_its_editions_and_where_their_texts_are(statutes: Statutes) -> None:
    found = get(HERE)

    assert [(each["date"], each["status"], each["articles"]) for each in found["editions"]] == [
        ("2018-03-01", "amended", 4), ("2024-06-20", "in_force", 5),
    ]  # fmt: skip
    assert found["editions"] == get(f"{HERE}/editions")["editions"]
    assert found["editions"][1]["files"]["akn"] == f"http://testserver{quote(PAGE)}/@2024-06-20.akn".replace("%40", "@")
    assert get(HERE, on="2019-01-01")["editions"][0]["status"] == "in_force"


def test_a_unit_comes_with_its_words_its_citations_and_who_cites_it(statutes: Statutes) -> None:
    found = get(f"{HERE}/units/art_4")

    assert found["text"] == "第四条 列席人员的范围，按照本规则第三条第二款的召集人决定。"
    assert (found["edition"], found["cited_as"][-3:]) == ("2024-06-20", "第四条")
    assert [row["eids"] for row in found["citations"]] == [["art_3__para_2"]]
    assert [each["eid"] for each in found["children"]] == ["art_4__para_1"]
    [citing] = get(f"{HERE}/units/art_3")["cited_by"]
    assert (citing["work"], citing["unit"]) == ("云麓区规范性文件备案审查办法", "art_1__para_1")


def test_a_unit_is_given_in_the_edition_that_is_asked_for(statutes: Statutes) -> None:
    before = get(f"{HERE}/units/art_2", edition="2018-03-01")
    on = get(f"{HERE}/units/art_2", on="2020-01-01")

    assert before == on
    assert before["text"].startswith("第二条 常务委员会会议每两个月至少举行一次。")
    assert get(f"{HERE}/units/art_2")["text"] == "第二条 常务委员会坚持民主集中制。"


def test_two_editions_are_compared_row_by_row(statutes: Statutes) -> None:
    found = get(f"{HERE}/compare", old="2018-03-01", new="2024-06-20")

    assert [row["note"] for row in found["rows"]][1:3] == ["新增。", "原第二条改为第三条，内容未修改。"]
    assert found["figures"]["added"] == 1
    address = found["rows"][2]["new"][0]["address"]
    assert address == str(law.Address(RULES, law.address_of("x(2024-06-20)").edition, "art_3"))


MISSING = [
    f"{V1}没有的法", f"{HERE}/editions/2019-01-01", f"{HERE}/units/art_99", f"{HERE}/units/art_2?edition=2019-01-01",
    f"{HERE}/units/art_2?on=2001-01-01", f"{PAGE}/@2019-01-01.akn", f"{PAGE}/@2019-99-99.txt",
    f"{PAGE}/compare/2018-03-01..2020-01-01.docx", f"{HERE}/compare?old=2018-03-01&new=2020-01-01",
    f"{V1}没有的法/units/art_1", f"{V1}%00", "/law/%00/@2019-01-01.akn",
]  # fmt: skip


@pytest.mark.parametrize("address", MISSING)
def test_what_is_not_there_is_refused_with_a_sentence(statutes: Statutes, address: str) -> None:
    [error] = get(address, 404)

    assert error["code"] == 404
    assert error["description"].endswith("。")


def test_a_comparison_needs_both_days(statutes: Statutes) -> None:
    assert get(f"{HERE}/compare", 400, old="2018-03-01")[0]["code"] == 400


def test_the_text_comes_as_a_file_in_four_forms(statutes: Statutes) -> None:
    files = {form: ask(f"{PAGE}/@2024-06-20.{form}") for form in ("akn", "json", "txt", "md")}

    assert files["txt"].content.decode() == RULES_2024
    assert [unit.eid for unit in law.parse(files["md"].content.decode()).units if unit.eid] == [
        unit.eid for unit in law.parse(RULES_2024).units if unit.eid
    ]
    assert "".join(unit["text"] for unit in json.loads(files["json"].content)["units"]) == RULES_2024
    etree.XMLSchema(etree.parse(str(SCHEMA))).assertValid(etree.fromstring(files["akn"].content))
    assert files["akn"].headers["Content-Type"] == "application/akn+xml; charset=utf-8"
    assert quote(f"{RULES}(2024-06-20).md", safe="") in files["md"].headers["Content-Disposition"]


def test_the_exported_text_links_to_what_it_cites_under_the_names_of_the_files(statutes: Statutes) -> None:
    address = "/law/云麓区规范性文件备案审查办法/@2022-09-08.akn"
    citing = etree.fromstring(ask(address).content)
    cited = etree.fromstring(ask(f"{PAGE}/@2018-03-01.akn").content)

    named = cited.find(f".//{AKN}FRBRExpression/{AKN}FRBRuri").get("value")
    assert f"{named}#art_3" in [each.get("href") for each in citing.iter(f"{AKN}ref")]
    inside = etree.fromstring(ask(f"{PAGE}/@2024-06-20.akn").content)
    assert "#art_3__para_2" in [each.get("href") for each in inside.iter(f"{AKN}ref")]


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/json"), ("*/*", "application/json"), ("application/akn+xml", "application/akn+xml"),
        ("text/xml", "application/akn+xml"), ("text/plain", "text/plain"),
        ("text/markdown;q=0.5, text/plain;q=0.1", "text/markdown"),
    ],
)  # fmt: skip
def test_the_form_of_a_text_is_what_the_reader_accepts(statutes: Statutes, accept: str, media: str) -> None:
    found = ask(f"{HERE}/editions/2024-06-20", headers={"Accept": accept} if accept else {})

    assert found.headers["Content-Type"].split(";")[0] == media
    assert "Accept" in found.headers["Vary"]


def test_a_form_that_is_not_offered_is_refused(statutes: Statutes) -> None:
    assert ask(f"{HERE}/editions/2024-06-20", 406, headers={"Accept": "image/png"})


FILES = [f"{PAGE}/@2024-06-20.{form}" for form in ("akn", "json", "txt", "md")] + [
    f"{HERE}/editions/2024-06-20", f"{HERE}/units/art_3", HERE, f"{HERE}/editions",
    f"{HERE}/compare?old=2018-03-01&new=2024-06-20", f"{PAGE}/compare/2018-03-01..2024-06-20.docx",
]  # fmt: skip


@pytest.mark.parametrize("address", FILES)
def test_who_has_an_answer_is_told_that_it_still_holds(statutes: Statutes, address: str) -> None:
    first = ask(address)

    again = ask(address, 304, headers={"If-None-Match": first.headers["ETag"]})

    assert again.content == b""
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "public" in first.headers["Cache-Control"]


def test_an_edition_is_dated_by_its_publication_and_may_be_kept_a_day(statutes: Statutes) -> None:
    first = ask(f"{PAGE}/@2024-06-20.txt")

    assert ask(f"{PAGE}/@2024-06-20.txt", 304, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert first.headers["Cache-Control"] == "public, max-age=86400"


def test_a_corrected_text_has_another_tag(statutes: Statutes) -> None:
    from lvzhi.work.statutes import actions
    from lvzhi.work.statutes.models import Edition

    before = ask(f"{PAGE}/@2024-06-20.txt").headers["ETag"]
    old = (
        Edition.objects.of(statutes.district.congress).published().get(work=statutes.work("议事规则"), day="2024-06-20")
    )
    corrected = law.parse(RULES_2024.replace("民主集中制", "民主集中制原则"), "test.md")
    later = NOW + timedelta(days=1)
    edition = actions.correct(old, document=corrected, reason="漏了两个字", actor=statutes.keeper, at=later)
    actions.publish(edition, actor=statutes.keeper, at=later)

    found = ask(f"{PAGE}/@2024-06-20.txt", headers={"If-None-Match": before})

    assert "民主集中制原则" in found.content.decode()


def test_the_comparison_is_a_paper_that_opens(statutes: Statutes) -> None:
    word = docx.Document(BytesIO(ask(f"{PAGE}/compare/2018-03-01..2024-06-20.docx").content))
    book = openpyxl.load_workbook(BytesIO(ask(f"{PAGE}/compare/2018-03-01..2024-06-20.xlsx").content))
    changes = docx.Document(BytesIO(ask(f"{PAGE}/compare/2018-03-01..2024-06-20.docx?changes=1").content))

    assert word.paragraphs[0].text == f"《{RULES}》修改对照表"
    assert "制表：2026年6月9日" in word.paragraphs[1].text
    assert len(word.tables[0].rows) == book.active.max_row - 4 == 6
    assert len(changes.tables[0].rows) < 6


def test_whoever_takes_everything_at_once_is_asked_to_wait(statutes: Statutes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_HEAVY", 2)
    for _time in range(2):
        ask(f"{PAGE}/@2024-06-20.txt")

    [error] = get(f"{PAGE}/@2024-06-20.txt", 429)

    assert "分钟" in error["description"]


def test_a_draft_and_the_neighbours_rules_are_not_there(statutes: Statutes, neighbour: District) -> None:
    from lvzhi.work.statutes import actions

    make_statutes(neighbour, (RULES_2018.replace("云麓区", "邻区"),))
    draft = law.parse(RULES_2024.replace("2024年6月20日", "2025年6月20日"), "test.md")
    actions.draft(congress=statutes.district.congress, document=draft, reason="准备修订", actor=statutes.keeper, at=NOW)

    assert get(f"{V1}邻区人民代表大会常务委员会议事规则", 404)
    assert get(f"{HERE}/editions/2025-06-20", 404)
    assert len(get(HERE)["editions"]) == 2


COSTS = [
    (V1, 1), (HERE, 2), (f"{HERE}/editions", 2), (f"{HERE}/units/art_3", 5), (f"{PAGE}/@2024-06-20.txt", 4),
    (f"{PAGE}/@2024-06-20.akn", 5), (f"{HERE}/compare?old=2018-03-01&new=2024-06-20", 6),
]  # fmt: skip


@pytest.mark.parametrize(("address", "most"), COSTS)
def test_an_answer_costs_the_same_however_much_there_is(statutes: Statutes, address: str, most: int) -> None:
    def cost() -> int:
        ask(address)
        SHELF.clear()
        with CaptureQueriesContext(connection) as asked:
            ask(address)
        return len(asked)

    before = cost()
    for number in range(12):
        statutes.publish(RULES_2018.replace("议事规则", f"第{number}号规则"))
        statutes.publish(
            RULES_2024.replace("2024年6月20日", f"2025年1月{number + 1}日").replace(
                "第二条 常务委员会坚持", f"第二条 依照《{RULES}》第三条，常务委员会坚持"
            )
        )
    statutes.link()

    assert cost() == before <= most


def test_reading_sets_no_cookie_and_may_be_read_by_any_page(statutes: Statutes) -> None:
    for address in (V1, f"{PAGE}/@2024-06-20.akn"):
        found = ask(address)
        assert not found.cookies
        assert found.headers["Access-Control-Allow-Origin"] == "*"


def validator(document: dict[str, Any], name: str) -> Draft202012Validator:
    """A schema of the description with its links to the others."""
    whole = Resource(contents=document, specification=DRAFT202012)
    registry = Registry().with_resource("urn:api", whole)
    return Draft202012Validator({"$ref": f"urn:api#/components/schemas/{name}"}, registry=registry)


def test_every_answer_is_as_described(statutes: Statutes) -> None:
    document = json.loads(Client().get("/api/openapi.json").content)

    seen = {
        "Laws": get(V1, limit="2"),
        "Law": get(HERE),
        "Editions": get(f"{HERE}/editions"),
        "LawText": get(f"{HERE}/editions/2024-06-20"),
        "Unit": get(f"{HERE}/units/art_3"),
        "Comparison": get(f"{HERE}/compare", old="2018-03-01", new="2024-06-20"),
        "CitedBy": get(f"{HERE}/units/art_3")["cited_by"][0],
        "LawWork": get(V1)["laws"][0],
        "LawEdition": get(HERE)["editions"][0],
        "Error": get(f"{V1}没有的法", 404)[0],
    }

    wrong = {name: [each.message for each in validator(document, name).iter_errors(seen[name])] for name in seen}
    assert {name: messages for name, messages in wrong.items() if messages} == {}


def test_every_address_of_the_library_is_described(statutes: Statutes) -> None:
    paths = json.loads(Client().get("/api/openapi.json").content)["paths"]
    [laws] = [each for each in get_resolver().url_patterns if "api.laws" in str(getattr(each, "urlconf_name", ""))]

    described = [path for path in paths if path.startswith(("/api/v1/laws/", "/law/"))]
    assert len(described) == len(laws.url_patterns)


@given(st.text(max_size=30))
def test_a_works_key_and_its_title_have_the_same_address(title: str) -> None:
    assert law.slug(law.normal(title)) == law.slug(title)
