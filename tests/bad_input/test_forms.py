"""Every form, every field, every hostile value: a sentence and nothing stored, or something clean stored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.procedures import procedure_of
from tests.bad_input.conftest import Place, complaint, counts, once, unclean, without_trace
from tests.bad_input.hostile import TEN_MEGABYTES, TEXTS, UNWANTED

CHOICES = ("no id", "nobody's id", "huge number", "sql", "nul", "bidi", "too long", "list")
"""Enough for fields whose values are chosen from a list."""


@dataclass
class Form:
    """Somewhere to send, by whom, and what would be right."""

    who: str
    url: str
    good: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.who} {self.url.split('?')[0].rstrip('/').rsplit('/', 1)[-1]}"


def plain_forms(place: Place) -> Iterator[Form]:
    """The forms that do not come out of a procedure."""
    number, code = next((each.number, each.code) for each in place.receipts.values())
    yield Form("visitor", "/opinions/new", {
        "once": once(), "subject": "站台太暗", "text": "听泉路的站台晚上太暗，看不清车牌。", "category": "transport",
        "area": str(place.area.pk), "name": "何家宝", "phone": "13800000000", "may_publish": "on", "website": "",
    })  # fmt: skip
    yield Form("visitor", "/opinions/follow", {"number": number, "code": code})
    yield Form("visitor", "/opinions/rate", {"number": number, "code": code, "rating": "satisfied", "comment": "好"})
    yield Form("linzhiyuan", "/desk/new/", {
        "once": once(), "channel": "letter", "received_on": "2026-06-08", "subject": "站台太暗",
        "text": "听泉路的站台晚上太暗，看不清车牌。", "category": "transport", "area": str(place.area.pk),
        "name": "何家宝", "phone": "13800000000", "address": "听泉路三号", "may_publish": "on",
    })  # fmt: skip
    yield Form("linzhiyuan", f"/desk/matters/{place.fresh.pk}/sender/", {"purpose": "电话告知办理结果"})
    yield Form("deputyoffice", "/desk/people/import/confirm/", {"pending": once()})
    yield Form("zhouhe", "/pocket/new", {
        "title": "关于夜班公交的建议", "facts": "夜里没有公交车。", "proposal": "增开夜班车。", "then": "keep",
    })  # fmt: skip
    yield Form("visitor", "/signin/", {"username": "yunlu-linzhiyuan", "password": "云麓区的一条小路 43"})
    yield Form("visitor", "/signin/code", {"code": "123456"})
    yield Form("visitor", "/signin/enrol", {"code": "123456"})
    yield Form("visitor", "/signin/phone", {"phone": "13800000000"})
    yield Form("visitor", "/signin/phone/code", {"code": "123456"})
    yield Form("visitor", "/password/reset", {"email": "linzhiyuan@yunlu.example"})
    yield Form("linzhiyuan", "/account/password", {
        "old_password": "x", "new_password1": "一句很长的新密码 77", "new_password2": "一句很长的新密码 77",
    })  # fmt: skip
    yield Form("linzhiyuan", "/account/totp", {"do": "prove", "code": "123456"})
    yield Form("visitor", "/design/look", {"theme": "dark", "language": "en", "next": "/"})


def _values(place: Place, action: Any) -> dict[str, Any]:
    """Something right for every field an action asks for."""
    given: dict[str, Any] = {}
    for item in action.fields:
        if item.choices:
            given[item.name] = item.choices[0].name
        elif item.type == "body":
            given[item.name] = str(place.district.transport.pk)
        elif item.type == "person":
            given[item.name] = str(place.district.deputy.person)
        elif item.type == "date":
            given[item.name] = "2026-06-09"
        elif item.type == "bool":
            given[item.name] = "on"
        elif item.type != "file":
            given[item.name] = "请按规定办理。"
    return given


def procedure_forms(place: Place) -> Iterator[Form]:
    """The form of every action that is open to somebody on one of the matters."""
    for matter in (place.fresh, place.passed_on, place.answered, place.suggestion):
        for action in procedure_of(matter).actions.values():
            good = {**_values(place, action), "version": str(matter.version)}
            if action.name == "publish":
                good["public_text"] = "听泉路晚上没有公交车。"
            for who in ("linzhiyuan", "qiaoan", "deputyoffice"):
                url = reverse("desk-act", args=[matter.pk, action.name])
                if _is_open(place, who, url):
                    yield Form(who, url, good)
                    break
            else:
                yield from _for_the_sender_or_deputy(place, matter, action.name, good)


def _is_open(place: Place, who: str, url: str) -> bool:
    page = place.client(who).get(url)
    return page.status_code == 200 and b"why-not" not in page.content


def _for_the_sender_or_deputy(place: Place, matter: Matter, action: str, good: dict[str, Any]) -> Iterator[Form]:
    pocket = reverse("pocket-act", args=[matter.pk, action])
    if place.client("zhouhe").get(pocket).status_code == 200:
        yield Form("zhouhe", pocket, good)
    elif matter.pk in place.receipts and action in ("rate", "supplement", "reopen", "withdraw"):
        given = {f"{action}-{name}": value for name, value in good.items() if name != "version"}
        yield Form("holder", reverse("portal-act", args=[matter.pk, action]), given)


def attempts(form: Form) -> Iterator[tuple[str, dict[str, Any]]]:
    """The right form with one wrong value at a time, in pairs of what it is called and what is sent."""
    for name, right in form.good.items():
        chosen = str(right).isascii() and len(str(right)) > 2 and name not in {"username", "phone", "email", "code"}
        for called, value in TEXTS.items():
            if not chosen or called in CHOICES or name.endswith(("_on", "date", "day", "until")):
                yield f"{name}={called}", {**form.good, name: value}
        yield f"{name} twice", {**form.good, name: [right, "x"]}
        yield f"{name} missing", {key: value for key, value in form.good.items() if key != name}
    yield "all strange", {**form.good, "is_staff": "1", "congress": once(), "id": once(), "state": "archived"}


def outcome(place: Place, form: Form, sent: dict[str, Any], *, dirty: bool) -> str:
    """What went wrong with one sending; empty where it was refused with a sentence or taken in clean."""
    before = counts()
    try:
        with without_trace():
            response = place.client(form.who).post(form.url, sent)
            after = counts()
            wrong = complaint(response)
            if not wrong and response.status_code >= 400 and after != before:
                wrong = f"stored by half: { {k: (before[k], n) for k, n in after.items() if before[k] != n} }"
            if not wrong and dirty and after != before:
                wrong = "、".join(unclean())
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:160]}"
    return wrong


def _failures(place: Place, forms: Iterator[Form]) -> list[str]:
    found = []
    for form in list(forms):
        for called, sent in attempts(form):
            dirty = any(isinstance(value, str) and UNWANTED.search(value) for value in sent.values())
            if wrong := outcome(place, form, sent, dirty=dirty):
                found.append(f"{form.name}: {called}: {wrong}")
    return found


def test_every_plain_form_answers_every_hostile_value_with_a_sentence(place: Place) -> None:
    assert _failures(place, plain_forms(place)) == []


def test_every_form_of_a_procedure_answers_every_hostile_value_with_a_sentence(place: Place) -> None:
    forms = list(procedure_forms(place))

    assert {form.who for form in forms} >= {"linzhiyuan", "qiaoan", "holder", "zhouhe"}
    assert _failures(place, iter(forms)) == []


@pytest.mark.parametrize(("who", "url", "name"), [
    ("visitor", "/opinions/new", "text"), ("visitor", "/opinions/follow", "code"),
    ("linzhiyuan", "/desk/new/", "text"), ("zhouhe", "/pocket/new", "facts"), ("visitor", "/signin/", "password"),
])  # fmt: skip
def test_ten_megabytes_of_text_are_refused_with_a_sentence(place: Place, who: str, url: str, name: str) -> None:
    form = next(form for form in plain_forms(place) if (form.who, form.url) == (who, url))
    before = counts()

    response = place.client(who).post(url, {**form.good, name: "字" * (TEN_MEGABYTES // 3)})

    assert 400 <= response.status_code < 500
    assert complaint(response) == ""
    assert len(response.content) < TEN_MEGABYTES
    assert counts() == before
