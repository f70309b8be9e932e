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
from django.urls import get_resolver, reverse
from django.utils.translation import gettext, override
from pytest_django import Settings

import lvzhi
from lvzhi.faces.signin import clock
from tests.faces.test_permission_matrix import World, _patterns, _sign_in
from tests.fixtures.district import NOW, TODAY, District

CATALOGUE = Path(lvzhi.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"
HAN = re.compile(r"[\u3400-\u9fff]+")
GAPS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>")
READ_ALOUD = ("alt", "aria-label", "data-label", "placeholder", "title", "content")
"""Attributes a reader meets as words."""
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "use", "wbr"}
NUMBER = re.compile(r"[意建报检询备审选会]\s?(\d{4}-\d{1,6}|\d{3})")
CITATION = re.compile(r"《[^》]+》|[\u3400-\u9fff]+(?:法|法典|条例|办法|规定|规则|意见)(?=\s*第)")
ARTICLE = re.compile(r"第[一二三四五六七八九十百零]+条(?:之[一二三四五])?(?:第[一二三四五六七八九十]+[款项])*")
QUOTED = ()
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
        found.update(text for text in _strings(list(rows)) if HAN.search(text))
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
        left = NUMBER.sub("", ARTICLE.sub("", CITATION.sub("", left)))
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
        entry.msgid for entry in _entries() for said in _said(entry) if sorted(GAPS.findall(said)) != sorted(GAPS.findall(entry.msgid))
    ]

    assert broken == []


def test_no_translation_is_left_in_chinese() -> None:
    left = [said for entry in _entries() for said in _said(entry) if HAN.search(NUMBER.sub("", said)) and said not in QUOTED]

    assert left == []


def test_the_machine_reads_the_same_catalogue_as_the_translator() -> None:
    """A stale compiled catalogue shows old words: `make install` compiles it."""
    with override("en"):
        stale = [entry.msgid for entry in _entries() if not entry.msgid_plural and gettext(entry.msgid) != entry.msgstr]

    assert stale == []


ROLES = ["visitor", "citizen", "deputy", "asked body", "working body", "clerk", "council", "operator"]


@pytest.mark.parametrize("role", ROLES)
def test_every_address_speaks_english_to_whoever_asks_for_it(world: World, role: str) -> None:
    client, kept = _english(world, role), _kept()
    found = {}

    for name in sorted({name for name, _pattern in _patterns(get_resolver())} - {STYLE_PAGE}):
        response = client.get(reverse(name, kwargs=world.arguments(name)))
        if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
            assert '<html lang="en"' in response.content.decode()
            if words := _foreign(response.content.decode(), kept):
                found[name] = words

    assert found == {}
