"""What can be written into an address: queries, page marks, ids, hosts, places to go back to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as budget
from hypothesis import strategies as st

from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.paging import Mark
from tests.bad_input.conftest import Place, complaint, counts, once
from tests.bad_input.hostile import OUTSIDE, PLACES, RAW_QUERIES, TEXTS

READ: dict[str, tuple[str, tuple[str, ...]]] = {
    "/opinions/": (
        "visitor", ("q", "category", "topic", "street", "community", "state", "year", "after"),
    ),
    "/opinions/feed.rss": ("visitor", ("category", "street", "state")),
    "/figures/": ("visitor", ("year",)),
    "/subscribe": ("visitor", ("category", "street", "community")),
    "/opinions/follow": ("visitor", ("number",)),
    "/opinions/new": ("visitor", ("station", "like")),
    "/opinions/receipt": ("visitor", ("slip", "number")),
    "/signin/": ("visitor", ("next",)),
    "/signin/phone": ("visitor", ("next",)),
    "/desk/": ("linzhiyuan", ("tab", "procedure", "after")),
    "/desk/matters/": (
        "linzhiyuan", ("procedure", "state", "category", "body", "late", "open", "number", "after"),
    ),
    "/desk/matters.csv": ("linzhiyuan", ("procedure", "state", "category", "body", "late", "open", "number")),
    "/desk/search/": ("linzhiyuan", ("q", "procedure", "before")),
    "/desk/people/": ("linzhiyuan", ("q", "body", "role", "after")),
    "/desk/notices/": ("linzhiyuan", ("after",)),
    "/desk/readings/": ("linzhiyuan", ("after",)),
    "/pocket/mine": ("zhouhe", ("after",)),
    "/pocket/search": ("zhouhe", ("q", "after")),
    "/pocket/notices": ("zhouhe", ("after",)),
}  # fmt: skip
"""Every page that reads its query, as whom it is opened, and what it reads."""
CHOSEN = ("nul", "bidi", "script", "sql", "path", "huge number", "nobody's id", "no id")
"""Enough for what is compared with a list of known words."""


def _tried(name: str) -> Iterable[str]:
    return (called for called, text in TEXTS.items() if len(text) < 2000) if name in {"q", "number", "next"} else CHOSEN


def _queries(names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        values = PLACES.values() if name in {"after", "before"} else map(TEXTS.__getitem__, _tried(name))
        yield from (urlencode({name: value}) for value in values)
        if "q" in names and name in {"after", "before"}:
            yield from (urlencode({"q": "公交", name: value}) for value in PLACES.values())
        if "late" in names and name == "after":
            yield from (urlencode({"late": "1", name: value}) for value in PLACES.values())
    yield from RAW_QUERIES


@pytest.mark.parametrize("address", READ)
def test_a_page_opens_whatever_its_address_asks_for(place: Place, address: str) -> None:
    who, names = READ[address]
    client, before, found = place.client(who), counts(), []
    for query in _queries(names):
        try:
            response = client.get(f"{address}?{query}")
            wrong = complaint(response)
            if not wrong and response.status_code not in (200, 302):
                wrong = f"status {response.status_code}"
        except Exception as error:
            wrong = f"{type(error).__name__}: {error}"
        if wrong:
            found.append(f"{query[:80]}: {wrong[:160]}")

    assert "\n".join(found) == ""
    assert counts() == before


@budget(max_examples=200, deadline=None)
@given(st.text(max_size=80) | st.datetimes().map(lambda at: f"{at.isoformat()}+23:59_{UUID(int=0)}"))
def test_any_page_mark_is_an_instant_that_can_be_stored_or_none(text: str) -> None:
    found = Mark.read(text)

    if found is not None and (instant := found.instant()) is not None:
        assert instant.utcoffset() is not None
        assert not instant.utcoffset()


@budget(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text(max_size=60))
def test_any_words_can_be_searched_for(place: Place, asked: str) -> None:
    query = urlencode({"q": asked}, errors="replace")
    for who, address in (("visitor", "/opinions/"), ("linzhiyuan", "/desk/search/"), ("zhouhe", "/pocket/search")):
        assert complaint(place.client(who).get(f"{address}?{query}")) == ""


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for part in resolver.url_patterns:
        namespace = f"{prefix}{part.namespace}:" if isinstance(part, URLResolver) and part.namespace else prefix
        if isinstance(part, URLResolver):
            yield from _patterns(part, namespace)
        elif part.name:
            yield f"{prefix}{part.name}", part


def _keyed() -> list[str]:
    return sorted({name for name, part in _patterns(get_resolver()) if "key" in part.pattern.converters})


@pytest.mark.parametrize("who", ["visitor", "holder", "zhouhe", "qiaoan", "linzhiyuan", "operator"])
def test_an_id_of_another_congress_is_as_if_it_were_not_there(place: Place, who: str) -> None:
    client, before = place.client(who), counts()
    other = place.neighbour
    entry = place.foreign.entries.get()
    person = other.clerk.person
    keys = [place.foreign.pk, place.foreign_file.pk, other.transport.pk, person, entry.pk, other.congress.pk, once()]
    for name in _keyed():
        for key in keys:
            given = {"key": key, "action": "withdraw"} if name.endswith("-act") else {"key": key}
            given |= {"file": key} if name == "portal-file" else {}
            given |= {"slug": "nowhere"} if name in ("desk-station-reopen", "portal-book") else {}
            address = reverse(name, kwargs=given)
            for response in (client.get(address), client.post(address, {"purpose": "看看", "version": "1"})):
                assert complaint(response) == "", (name, key)
                assert response.status_code in (302, 403, 404, 405), (name, key, response.status_code)
    assert counts() == before


@pytest.mark.parametrize("field", ["area", "category"])
def test_a_street_of_another_congress_cannot_be_chosen(place: Place, field: str) -> None:
    before = counts()
    sent = {
        "once": once(), "subject": "站台太暗", "text": "站台晚上太暗，看不清。", "channel": "letter",
        "received_on": "2026-06-08", field: str(place.neighbour.transport.pk),
    }  # fmt: skip
    for who, address in (("visitor", "/opinions/new"), ("linzhiyuan", "/desk/new/")):
        response = place.client(who).post(address, sent)

        assert response.status_code in (400, 422)
        assert complaint(response) == ""
    assert counts() == before


def test_a_matter_cannot_be_handed_to_a_body_of_another_congress(place: Place) -> None:
    before = counts()
    address = reverse("desk-act", args=[place.fresh.pk, "transfer"])

    response = place.client("linzhiyuan").post(
        address, {"version": place.fresh.version, "body": str(place.neighbour.transport.pk)}
    )

    assert response.status_code == 422
    assert complaint(response) == ""
    assert counts() == before


def test_a_receipt_of_another_congress_opens_nothing_here(place: Place) -> None:
    elsewhere = place.neighbour.opinion("另一个区的事")

    response = place.client("visitor").post("/opinions/follow", {"number": elsewhere.number, "code": elsewhere.code})

    assert response.status_code == 400
    assert complaint(response) == ""


@pytest.mark.parametrize("target", OUTSIDE)
def test_nobody_is_sent_to_another_site(place: Place, target: str) -> None:
    for address in ("/signin/", "/signin/phone"):
        response = place.client("linzhiyuan").get(f"{address}?{urlencode({'next': target})}")
        assert _stays(response.headers.get("Location", "/")), response.headers
    fresh = Client()
    sent = {"username": "yunlu-qiaoan", "password": "云麓区的一条小路 42"}
    response = fresh.post(f"/signin/?{urlencode({'next': target})}", sent)
    assert response.status_code == 302
    assert _stays(response.headers["Location"])
    response = fresh.post("/design/look", {"theme": "dark", "next": target}, headers={"referer": target})
    assert complaint(response) == ""
    assert _stays(response.headers["Location"])


def _stays(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc and not address.startswith(("//", "/\\", "\\"))


@pytest.mark.parametrize("target", ["abc", "desk", "signout", "?x", "#", "账号", "a" * 1500, "%00", "."])
def test_a_strange_place_to_go_back_to_is_no_error(place: Place, target: str) -> None:
    for address in ("/signin/", "/signin/phone"):
        response = place.client("linzhiyuan").get(f"{address}?{urlencode({'next': target})}")

        assert response.status_code == 302
        assert _stays(response.headers["Location"])


ABSENT = [
    "/%00",
    "/%ff%fe", "/opinions/%ED%A0%80", "/desk/matters/%2e%2e/", "/static/..%2f..%2fetc/passwd", "/static/%00.css",
    "/opinions/２０２６-０００１", "/opinions/2026-9999999", "/opinions/2026-0000", "/desk/people/import/../../x.csv",
    "/desk/people/import/%3Cscript%3E.csv", "/password/reset/%00/x-y", "/password/reset/_/set-password",
    "/password/reset/__8/a-b", "/" + "a" * 8000, "/;/", "/.env", "/.git/config", "//evil.example/", "/\\evil.example",
]  # fmt: skip


def test_an_address_that_is_not_there_says_so(place: Place) -> None:
    for path in ABSENT:
        response = place.client("linzhiyuan").get(path)

        assert complaint(response) == "", path
        assert response.status_code in (200, 302, 400, 403, 404), path
        assert _stays(response.headers.get("Location", "/")), path


@pytest.mark.parametrize("headers", [
    {"host": "evil.example"}, {"host": "testserver:99999999"}, {"host": "a" * 5000}, {"host": "te st"}, {"host": ""},
    {"x-forwarded-host": "evil.example"}, {"x-forwarded-for": "'; DROP TABLE x"}, {"x-forwarded-for": "," * 500},
    {"x-forwarded-for": "fe80::1%eth0, ::ffff:1.2.3.4"}, {"x-forwarded-proto": "https"}, {"x-original-url": "/desk/"},
    {"user-agent": "\x01<script>" + "x" * 5000}, {"accept-language": "x" * 5000}, {"accept-language": "../../etc"},
    {"cookie": "sessionid=" + "A" * 4000}, {"cookie": "sessionid=../../x; csrftoken=;; theme=<script>"},
    {"cookie": "django_language=../../etc/passwd; messages=zzz"}, {"referer": "http://["}, {"origin": "http://["},
    {"range": "bytes=99999999-1"}, {"if-modified-since": "yesterday"}, {"content-length": "abc"},
])  # fmt: skip
def test_headers_do_no_harm(place: Place, headers: dict[str, str], settings: Any) -> None:
    settings.LVZHI_PROXIES = int("x-forwarded-for" in headers)
    before = counts()
    sent = {"once": once(), "subject": "站", "text": "短"}
    for response in (
        Client().get("/", headers=headers),
        Client().post("/opinions/new", sent, headers=headers),
        Client().post("/signin/", {"username": "x", "password": "y"}, headers=headers),
        Client().post("/design/look", {"theme": "dark"}, headers=headers),
        Client().post("/password/reset", {"email": "niemand@yunlu.example"}, headers=headers),
    ):
        assert complaint(response) == ""
        assert b"evil.example" not in response.content
        assert "evil.example" not in response.headers.get("Location", "")
    assert {**counts(), "Job": before["Job"]} == before


def test_nothing_of_the_other_congress_is_counted_or_exported(place: Place) -> None:
    rows = Matter.objects.of(place.district.congress).count()

    lines = b"".join(place.client("linzhiyuan").get("/desk/matters.csv").streaming_content).decode().strip()

    assert len(lines.splitlines()) == rows + 1
