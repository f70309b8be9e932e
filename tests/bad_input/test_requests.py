"""Requests that are broken as requests: bodies, content types, methods, missing tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from lvzhi.records.people.models import Account
from tests.bad_input.conftest import Place, complaint, counts, once
from tests.bad_input.hostile import TEN_MEGABYTES

SENDING = {
    "/opinions/new": "visitor", "/opinions/follow": "visitor", "/opinions/rate": "visitor", "/signin/": "visitor",
    "/signin/phone": "visitor", "/password/reset": "visitor", "/design/look": "visitor", "/desk/new/": "linzhiyuan",
    "/desk/people/import/": "deputyoffice", "/desk/people/import/confirm/": "deputyoffice",
    "/pocket/new": "zhouhe", "/account/password": "linzhiyuan",
}  # fmt: skip
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b"
BODIES: dict[str, tuple[bytes, str]] = {
    "JSON": (b'{"subject": "x"}', "application/json"),
    "plain": (b"subject=x", "text/plain"),
    "no type": (b"subject=x", ""),
    "XML": (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', "text/xml"),
    "bad UTF-8": (b"subject=%ff%fe\xff\xfe&text=\xc0\xaf", FORM),
    "half characters": (b"subject=%ED%A0%80abc&text=%ED", FORM),
    "other charset": ("subject=夜里".encode("utf-16"), f"{FORM}; charset=utf-16"),
    "no charset": (b"subject=x", f"{FORM}; charset=nonsense"),
    "a codec that is no charset": (b"subject=%41", f"{FORM}; charset=hex"),
    "GBK": ("subject=夜里没有公交车".encode("gbk"), f"{FORM}; charset=gbk"),
    "too many fields": ("&".join(f"f{n}=1" for n in range(1500)).encode(), FORM),
    "only signs": (b"&&&===&=&;;;%%%", FORM),
    "no boundary": (b"--b\r\n", "multipart/form-data"),
    "bad boundary": (b"--b\r\n", "multipart/form-data; boundary=" + "\u00e9"),
    "long boundary": (b"x", "multipart/form-data; boundary=" + "b" * 300),
    "cut short": (b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nabc', MULTIPART),
    "no names": (b"--b\r\nContent-Disposition: form-data\r\n\r\nabc\r\n--b--\r\n", MULTIPART),
    "no headers": (b"--b\r\n\r\n\r\n--b\r\n\r\n--b--", MULTIPART),
    "bad base64": (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!\xff=\r\n--b--\r\n", MULTIPART,
    ),
    "a file as a field": (
        b'--b\r\nContent-Disposition: form-data; name="subject"; filename="a.txt"\r\n\r\nabc\r\n--b--\r\n', MULTIPART,
    ),
    "a strange part charset": (
        b'--b\r\nContent-Disposition: form-data; name="subject"\r\nContent-Type: text/plain; charset=hex\r\n\r\n'
        b"\xff\r\n--b--\r\n", MULTIPART,
    ),
    "a multipart codec that is no charset": (
        b'--b\r\nContent-Disposition: form-data; name="subject"\r\n\r\nabc\r\n--b--\r\n', f"{MULTIPART}; charset=hex",
    ),
    "long name": (
        b'--b\r\nContent-Disposition: form-data; name="' + b"n" * 20_000 + b'"\r\n\r\nabc\r\n--b--\r\n', MULTIPART,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_cannot_be_read_stores_nothing(place: Place, what: str) -> None:
    body, content_type = BODIES[what]
    before = counts()
    for address, who in SENDING.items():
        response = place.client(who).generic("POST", address, body, content_type=content_type)

        assert complaint(response) == "", address
    assert counts() == before


def test_a_body_beyond_every_limit_is_refused_with_a_sentence(place: Place) -> None:
    before = counts()

    response = Client().post("/opinions/new", b"text=" + b"x" * (TEN_MEGABYTES + (3 << 20)), content_type=FORM)

    assert response.status_code == 400
    assert complaint(response) == ""
    assert counts() == before


@pytest.mark.parametrize("length", ["-1", "0", ""])
def test_a_wrong_length_is_no_error(place: Place, length: str) -> None:
    before = counts()
    for content_type in (FORM, MULTIPART):
        response = Client().post("/opinions/new", b"text=x", content_type=content_type, CONTENT_LENGTH=length)

        assert complaint(response) == ""
    assert counts() == before


@pytest.mark.parametrize(("address", "who"), SENDING.items())
def test_without_a_token_nothing_is_stored(place: Place, address: str, who: str) -> None:
    client = Client(enforce_csrf_checks=True)
    if who != "visitor":
        client.force_login(Account.objects.get(username=f"yunlu-{who}"))
    before = counts()
    sent = {"once": once(), "subject": "站台太暗", "text": "站台晚上太暗，看不清。", "title": "x"}
    for token in ("", "x", "\x00" * 32, "A" * 64, "é" * 64):
        client.cookies["csrftoken"] = "B" * 32
        response = client.post(address, {**sent, "csrfmiddlewaretoken": token})

        assert response.status_code == (302 if address == "/design/look" else 403)
        assert complaint(response) == ""
    assert counts() == before


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for part in resolver.url_patterns:
        namespace = f"{prefix}{part.namespace}:" if isinstance(part, URLResolver) and part.namespace else prefix
        if isinstance(part, URLResolver):
            yield from _patterns(part, namespace)
        elif part.name:
            yield f"{prefix}{part.name}", part


def _arguments(place: Place, part: URLPattern) -> dict[str, Any]:
    known = {
        "key": place.fresh.pk,
        "action": "withdraw",
        "kind": "people",
        "slug": "2026-0001",
        "file": place.fresh.pk,
        "form": "docx" if "docx" in str(part.pattern) else "json",
        "number": "2026-0001",
        "day": "2024-11-08",
        "old": "2006-08-27",
        "new": "2024-11-08",
        "days": "2006-08-27..2024-11-08",
        "eid": "art_1",
    }
    known |= {"uidb64": "eA", "token": "set-password"}
    wanted = [*part.pattern.converters, *part.pattern.regex.groupindex]
    return {name: known.get(name, "x") for name in wanted}


@pytest.mark.parametrize("who", ["visitor", "linzhiyuan"])
def test_a_method_nobody_uses_is_refused_with_words_and_changes_nothing(place: Place, who: str) -> None:
    client, before, found = place.client(who), counts(), []
    for name, part in _patterns(get_resolver()):
        address = reverse(name, kwargs=_arguments(place, part))
        for method in ("PUT", "DELETE", "X" * 50):
            if name == "password-reset-confirm":
                continue  # the framework's own view tells every method that the link does not count
            try:
                response = client.generic(method, address, b"x=1", content_type=FORM)
                wrong = complaint(response)
                if not wrong and response.status_code < 300:
                    wrong = f"status {response.status_code}"
            except Exception as error:
                wrong = f"{type(error).__name__}: {error}"
            if wrong:
                found.append(f"{method} {name}: {wrong}")
    assert "\n".join(found) == ""
    assert counts() == before


def test_what_only_a_button_may_do_is_not_done_by_looking(place: Place) -> None:
    before = counts()
    for name, part in _patterns(get_resolver()):
        response = place.client("linzhiyuan").get(reverse(name, kwargs=_arguments(place, part)))

        assert complaint(response) == "", name
    assert counts() == before
