"""The interface in English: a whole catalogue, and no Chinese interface words on any page of any role.

What people wrote stays as they wrote it: titles, opinions, names of people and bodies. So do the names and articles of
Chinese laws, which have no official English. Everything else a page says must be English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils.translation import gettext, override
from pytest_django import Settings

import lvzhi
from lvzhi.faces.signin import clock
from lvzhi.records.matters.models import Matter
from lvzhi.records.people.models import Congress
from tests.faces.test_permission_matrix import World, _patterns, _sign_in
from tests.fixtures.district import NOW, TODAY, District

CATALOGUE = Path(lvzhi.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
HAN = re.compile(r"[\u3400-\u9fff]+")
GAPS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>")
READ_ALOUD = ("alt", "aria-label", "data-label", "placeholder", "title", "content")
"""Attributes a reader meets as words."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "use", "wbr"}
NUMBER = re.compile(r"[意建报检询备审选会约线]\s?(\d{4}-\d{1,6}|\d{3})|第\d{1,3}选区")
CITATION = re.compile(
    r"[\u3400-\u9fff]*《(?:[^《》]|《[^《》]*》)+》(?:办法(?=\s*第))?"
    r"|[\u3400-\u9fff]+(?:法|法典|条例|办法|规定|规则|意见)(?=\s*第)"
)
ARTICLE = re.compile(
    r"第[一二三四五六七八九十百零]+条(?:之[一二三四五])?(?:第[一二三四五六七八九十]+[款项]|[至、])*(?:（参照）)?"
)
STAMP = re.compile(r"[法规制内]:")
"""The four stamps, where the style page explains them."""
STYLE_PAGE = "design:guide"
"""A gallery of invented Chinese content."""


class _Words(HTMLParser):
    """The words of a page that are the interface's own to say."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[tuple[str, bool]] = []

    @property
    def _hidden(self) -> bool:
        return any(hides for _tag, hides in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        hides = (
            tag in {"script", "style"}
            or (tag != "html" and given.get("lang", "").startswith("zh"))
            or "said" in given.get("class", "").split()
            or given.get("aria-hidden") == "true"  # the stamp of a seal, the sign of the house
        )
        if not hides and not self._hidden:
            self.found += [given[name] for name in READ_ALOUD if given.get(name)]
        if tag not in VOID:
            self.open.append((tag, hides))

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _hides in self.open]
        if tag in names:
            del self.open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.found.append(" ".join(data.split()))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _strings(each)


def _without_laws(text: str) -> str:
    """The text without citations: 《监督法(2024-11-08)》第十五条."""
    return ARTICLE.sub("", CITATION.sub("", text))


def _kept() -> list[str]:
    """Everything Chinese that stands in the database: what people wrote, names, and rules as the ledger cites them."""
    found: set[str] = set()
    for model in apps.get_models():
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, (models.CharField, models.TextField, models.JSONField))
        ]
        rows = model._base_manager.values_list(*fields) if fields else []
        found.update(text for text in _strings(list(rows)) if HAN.search(_without_laws(text)))
    for congress in Congress.objects.all():  # the names a congress gives rise to
        found |= {f"{congress.name}常务委员会", congress.name.removesuffix("人民代表大会")}
    return sorted(found, key=len, reverse=True)


def _foreign(page: str, kept: list[str]) -> list[str]:
    """Chinese words a page says of itself, each in the sentence where it stands."""
    reader = _Words()
    reader.feed(page)
    found = []
    for text in reader.found:
        left = text
        for each in kept:
            left = left.replace(each, "")
        left = NUMBER.sub("", _without_laws(left))
        if HAN.search(left):
            found.append(f"{HAN.findall(left)} in: {text[:120]}")
    return list(dict.fromkeys(found))


@pytest.fixture
def world(district: District, neighbour: District, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    settings.LVZHI_CONGRESS = district.congress.slug
    return World(district, neighbour)


def _english(world: World, role: str) -> Client:
    client = Client(headers={"accept-language": "en-GB,en;q=0.8,zh;q=0.5"})
    _sign_in(client, world.roles()[role])
    return client


def _entries() -> list[polib.POEntry]:
    return list(polib.pofile(str(CATALOGUE)))


def _said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_sentence_of_the_interface_has_its_english() -> None:
    waiting = [entry.msgid for entry in _entries() if entry.fuzzy or not all(_said(entry))]

    assert waiting == []


def test_a_translation_keeps_the_gaps_and_the_markup_of_its_sentence() -> None:
    broken = [
        entry.msgid
        for entry in _entries()
        for said in _said(entry)
        if sorted(GAPS.findall(said)) != sorted(GAPS.findall(entry.msgid))
    ]

    assert broken == []


def test_no_translation_is_left_in_chinese() -> None:
    texts = [said for entry in _entries() for said in _said(entry)]

    assert [said for said in texts if HAN.search(STAMP.sub("", NUMBER.sub("", said)))] == []


def test_the_machine_reads_the_same_catalogue_as_the_translator() -> None:
    """A stale compiled catalogue shows old words: `make install` compiles it."""
    with override("en"):
        stale = [entry.msgid for entry in _entries() if not entry.msgid_plural and gettext(entry.msgid) != entry.msgstr]

    assert stale == []


ROLES = ["visitor", "citizen", "deputy", "asked body", "working body", "clerk", "council", "operator"]


def _leftover(client: Client, address: str, sent: dict[str, str] | None, kept: list[str]) -> list[str]:
    """Chinese words of the page an address answers with."""
    response = client.get(address, follow=True) if sent is None else client.post(address, sent, follow=True)
    page = response.content.decode()
    assert '<html lang="en"' in page, address
    return _foreign(page, kept)


@pytest.mark.parametrize("role", ROLES)
def test_every_address_speaks_english_to_whoever_asks_for_it(world: World, role: str) -> None:
    client, kept = _english(world, role), _kept()
    found = {}

    for name in sorted({name for name, _pattern in _patterns(get_resolver())} - {STYLE_PAGE}):
        try:
            address = reverse(name, kwargs=world.arguments(name))
        except NoReverseMatch:  # the permission matrix insists that the world knows every address
            continue
        response = client.get(address)
        if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
            assert '<html lang="en"' in response.content.decode()
            if words := _foreign(response.content.decode(), kept):
                found[name] = words
        elif response.streaming:
            b"".join(response.streaming_content)  # reads the file to its end, which closes it

    assert found == {}


EMPTY_FORMS = [
    ("visitor", "portal-new"), ("visitor", "portal-follow"), ("visitor", "signin"), ("visitor", "password-reset"),
    ("clerk", "desk-new"), ("clerk", "desk-act"), ("clerk", "desk-sender"), ("clerk", "desk-attach"),
    ("clerk", "account-password"), ("operator", "desk-import"), ("deputy", "pocket-new"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "name"), EMPTY_FORMS)
def test_a_refused_form_says_in_english_what_to_do(world: World, role: str, name: str) -> None:
    address = reverse(name, kwargs=world.arguments(name))

    assert _leftover(_english(world, role), address, {}, _kept()) == []


def test_the_holder_of_a_receipt_reads_the_whole_story_in_english(world: World) -> None:
    receipt = world.district.opinion("路口的灯太暗", particulars={"name": "何晴", "phone": "13800000000"})
    client = _english(world, "visitor")

    words = _leftover(client, reverse("portal-follow"), {"number": receipt.number, "code": receipt.code}, _kept())

    assert words == []


def test_a_deputy_reads_a_suggestion_in_english(world: World) -> None:
    client = _english(world, "deputy")
    sent = {"title": "关于增加夜班公交的建议", "facts": "听泉路晚上九点以后没有公交。", "proposal": "增开一条夜班线。"}
    client.post(reverse("pocket-new"), {**sent, "then": "send"})
    mine = Matter.objects.everywhere("the only suggestion").get(procedure="deputy_suggestion")
    kept = _kept()

    for address in [reverse("pocket-home"), reverse("pocket-mine"), reverse("pocket-matter", args=[mine.pk])]:
        assert _leftover(client, address, None, kept) == []


def test_whoever_asks_for_nothing_reads_chinese(world: World) -> None:
    page = Client().get("/").content.decode()

    assert '<html lang="zh-Hans"' in page
    assert "提意见" in page
