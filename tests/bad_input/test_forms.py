"""Every form, every field, every hostile value: a sentence and nothing stored, or something clean stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from lvzhi.records.matters.models import Matter
from lvzhi.records.matters.procedures import procedure_of, registry
from tests.bad_input.conftest import Place, complaint, counts, once, unclean, without_trace
from tests.bad_input.hostile import DATES, TEN_MEGABYTES, TEXTS, UNWANTED
from tests.fixtures.district import TODAY

CHOICES = ("no id", "nobody's id", "huge number", "nul", "too long")
"""Enough for fields whose values are chosen from a list."""
TELLING = ("too long", "nul", "bidi", "only zero width")
"""Enough for words that are read in the same way as others."""
FREE = frozenset({"subject", "purpose", "username", "title"})
"""Fields that every value is tried on."""
OFFICES = {"petition_office": "linzhiyuan", "supervised_body": "qiaoan", "deputy_office": "deputyoffice"}
"""Who of the fixture holds which office at the desk."""


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
    yield Form("visitor", "/opinions/rate", {
        "number": number, "code": code, "result": "solved", "process": "satisfied", "comment": "好",
    })  # fmt: skip
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
            given[item.name] = str((place.district.study if action.name == "assign" else place.district.transport).pk)
        elif item.type == "person":
            given[item.name] = str(place.district.deputy.person)
        elif item.type == "date":
            given[item.name] = "2026-06-09"
        elif item.type == "bool":
            given[item.name] = "on"
        elif item.type != "file":
            given[item.name] = "请按规定办理。"
    return given


def procedure_forms(place: Place) -> Iterator[tuple[Form, bool]]:
    """The form of every action, once: where it can be taken, which is said, else where it is refused."""
    found: dict[tuple[str, str], tuple[Form, bool]] = {}
    for matter in (place.fresh, place.passed_on, place.answered, *place.suggestions):
        for action in procedure_of(matter).actions.values():
            key = (matter.procedure, action.name)
            for form in _ways(place, matter, action):
                if key not in found or not found[key][1]:
                    found[key] = (form, _is_taken(place, form))
    yield from found.values()


def _is_taken(place: Place, form: Form) -> bool:
    client = place.client(form.who)
    with without_trace():
        return bool(client.post(form.url, form.good).status_code == 302)


def _ways(place: Place, matter: Matter, action: Any) -> Iterator[Form]:
    """Where this action of this matter can be sent to, and by whom."""
    good = {**_values(place, action), "version": str(matter.version)}
    if action.name == "publish":
        good["public_text"] = "听泉路晚上没有公交车。"
    for role, who in OFFICES.items():
        if role in action.by and not action.creates and not action.system:
            yield Form(who, reverse("desk-act", args=[matter.pk, action.name]), good)
    if {"deputy", "lead_deputy"} & set(action.by) and not action.creates:
        yield Form("zhouhe", reverse("pocket-act", args=[matter.pk, action.name]), good)
    if "citizen" in action.by and action.name in ("rate", "supplement", "reopen", "withdraw"):
        given = {f"{action.name}-{name}": value for name, value in good.items() if name != "version"}
        yield Form("holder", reverse("portal-act", args=[matter.pk, action.name]), given)


def opening_forms(place: Place) -> Iterator[Form]:
    """The forms that open a matter from the desk, as their addresses are listed there."""
    for who in ("deputyoffice", "tangyue", "operator"):
        listed = place.client(who).get(reverse("desk-open")).content.decode()
        for name, action in re.findall(r'"/desk/open/([\w-]+)/([\w-]+)/"', listed):
            asked = registry().get(name, TODAY, place.district.congress.region).action(action)
            given = {"once": once(), "title": "关于夜班公交的报告", "working_body": str(place.district.study.pk)}
            yield Form(who, reverse("desk-open-form", args=[name, action]), {**given, **_values(place, asked)})


def place_taken(place: Place, form: Form) -> bool:
    """Whether right values go through here."""
    client = place.client(form.who)
    with without_trace():
        return client.post(form.url, form.good).status_code == 302


def _ways(place: Place, matter: Matter, action: Any) -> Iterator[Form]:
    """Where this action of this matter can be sent to, and by whom."""
    good = {**_values(place, action), "version": str(matter.version)}
    if action.name == "publish":
        good["public_text"] = "听泉路晚上没有公交车。"
    url, pocket = (reverse(name, args=[matter.pk, action.name]) for name in ("desk-act", "pocket-act"))
    seen = [who for who in ("linzhiyuan", "qiaoan", "deputyoffice") if place.client(who).get(url).status_code == 200]
    for who in seen[:1]:
        yield Form(who, url, good)
    if not seen and place.client("zhouhe").get(pocket).status_code == 200:
        yield Form("zhouhe", pocket, good)
    if matter.pk in place.receipts and action.name in ("rate", "supplement", "reopen", "withdraw"):
        given = {f"{action.name}-{name}": value for name, value in good.items() if name != "version"}
        yield Form("holder", reverse("portal-act", args=[matter.pk, action.name]), given)


def attempts(form: Form) -> Iterator[tuple[str, dict[str, Any]]]:
    """The right form with one wrong value at a time, in pairs of what it is called and what is sent."""
    for name, right in form.good.items():
        chosen = str(right).isascii() and len(str(right)) > 2 and name not in {"username", "phone", "email", "code"}
        dated = name.endswith(("_on", "date", "day", "until"))
        tried = (*DATES, *CHOICES) if dated else CHOICES if chosen else tuple(TEXTS) if name in FREE else TELLING
        for called in tried:
            yield f"{name}={called}", {**form.good, name: TEXTS.get(called, called)}
        yield f"{name} missing", {key: value for key, value in form.good.items() if key != name}
    yield "all twice", {name: [right, "x"] for name, right in form.good.items()}
    yield "all strange", {**form.good, "is_staff": "1", "congress": once(), "id": once(), "state": "archived"}


def outcome(place: Place, form: Form, sent: dict[str, Any], before: dict[str, int], *, dirty: bool) -> str:
    """What went wrong with one sending; empty where it was refused with a sentence or taken in clean."""
    client = place.client(form.who)
    try:
        with without_trace():
            response = client.post(form.url, sent)
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
    found, before = [], counts()
    for form in list(forms):
        for called, sent in attempts(form):
            dirty = any(isinstance(value, str) and UNWANTED.search(value) for value in sent.values())
            if wrong := outcome(place, form, sent, before, dirty=dirty):
                found.append(f"{form.name}: {called}: {wrong}")
    return found


def test_every_plain_form_answers_every_hostile_value_with_a_sentence(place: Place) -> None:
    assert "\n".join(_failures(place, plain_forms(place))) == ""


def test_every_form_of_a_procedure_answers_every_hostile_value_with_a_sentence(place: Place) -> None:
    forms = list(procedure_forms(place))

    assert {form.who for form, is_taken in forms if is_taken} == {*OFFICES.values(), "holder", "zhouhe"}
    assert sum(is_taken for _form, is_taken in forms) > 20
    assert "\n".join(_failures(place, (form for form, is_taken in forms if is_taken))) == ""


def test_a_step_that_cannot_be_taken_now_is_refused_with_a_sentence_whatever_is_sent(place: Place) -> None:
    found, before = [], counts()
    for form in (form for form, is_taken in procedure_forms(place) if not is_taken):
        for called in ("nul", "too long"):
            sent = dict.fromkeys(form.good, TEXTS[called])
            found.append(outcome(place, form, {**sent, "version": form.good.get("version", "")}, before, dirty=True))
        found.append(outcome(place, form, form.good, before, dirty=False))
    assert "\n".join(filter(None, found)) == ""


def test_every_form_that_opens_a_matter_answers_every_hostile_value_with_a_sentence(place: Place) -> None:
    forms = list(opening_forms(place))

    assert forms
    assert "\n".join(_failures(place, iter(forms))) == ""


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
    assert counts() == before
