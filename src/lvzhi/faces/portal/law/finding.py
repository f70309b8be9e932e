"""From what somebody types to articles: by the index, or without one by reading the texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

import rjieba
from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from lvzhi.core.law import Document, Status, normal, retrieval
from lvzhi.core.law.names import KNOWN_SHORT
from lvzhi.core.law.reading import unit_label
from lvzhi.core.law.retrieval import asking
from lvzhi.faces.portal.law.addresses import law_url
from lvzhi.faces.portal.law.contents import article_eid
from lvzhi.faces.portal.law.views.shared import day_of
from lvzhi.records.people.models import Congress
from lvzhi.work.statutes import indexing, queries
from lvzhi.work.statutes.models import Kind, Level, Work

MOST_WORDS = 200
_HITS = 60
_IN_GROUP = 3
_AROUND = 46
"""Letters shown before and after the first word that was looked for."""
_ALL = "all"
_SPACE = re.compile(r"\s+")
_QUOTED = re.compile(r"[“\"「]([^“”\"「」]{2,60})[”\"」]")


@dataclass(frozen=True, slots=True)
class Asked:
    """The search as the address has it. `status` empty means in force on the day `on`."""

    words: str = ""
    kind: str = ""
    level: str = ""
    region: str = ""
    status: str = ""
    on: date | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words narrows the search."""
        return bool(self.kind or self.level or self.region or self.status or self.on)


def read(given: QueryDict) -> Asked:
    """The search out of an address; what is not offered is left out."""
    kind, level, status = given.get("kind", ""), given.get("level", ""), given.get("status", "")
    return Asked(
        given.get("q", "").replace("\x00", "").strip()[:MOST_WORDS],
        kind if kind in Kind.values else "",
        level if level in Level.values else "",
        given.get("region", "").replace("\x00", "")[:40],
        status if status in (_ALL, *(each.value for each in Status)) else "",
        day_of(given.get("on", "")),
    )


@dataclass(frozen=True, slots=True)
class Found:
    """An article found: its name, its address, the headings above it, and the words around what was looked for."""

    label: str
    url: str
    path: str
    snippet: SafeString
    exact: bool = False


@dataclass(slots=True)
class Group:
    """What was found in one law."""

    work: Work
    url: str
    shown: list[Found] = field(default_factory=list)
    rest: list[Found] = field(default_factory=list)

    def add(self, found: Found) -> None:
        """The first few are shown, the others fold."""
        (self.shown if len(self.shown) < _IN_GROUP else self.rest).append(found)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search gave. `indexed` tells whether the index answered, `articles` how many were found."""

    groups: tuple[Group, ...]
    articles: int
    indexed: bool
    full: bool


def find(congress: Congress, asked: Asked, *, today: date) -> Outcome:
    """Articles that answer, grouped by law, the law with the best answer first. One statement with an index."""
    index = indexing.index_of(congress)
    hits = list(_by_index(congress, index, asked, today) if index else _by_reading(congress, asked, today))
    groups: dict[str, Group] = {}
    for work, found in hits:
        group = groups.setdefault(work.key, Group(work, law_url(work.slug)))
        group.add(found)
    return Outcome(tuple(groups.values()), len(hits), index is not None, len(hits) >= _HITS)


def _by_index(congress: Congress, index: retrieval.Index, asked: Asked, today: date) -> Iterator[tuple[Work, Found]]:
    hits = index.search(asked.words, limit=_HITS, where=_filter(asked, today))
    works = queries.works_by_key(congress.pk, {hit.work for hit in hits})
    for hit in hits:
        work, day = works.get(hit.work), day_of(hit.edition)
        if work is None or day is None:
            continue
        snippet = snippet_of(hit.text, looked_for(asked.words, hit.why, hit.text))
        yield work, Found(hit.label, law_url(work.slug, day, hit.eid), hit.path, snippet, hit.exact)


def _filter(asked: Asked, today: date) -> retrieval.Filter:
    def one(value: str) -> frozenset[str]:
        return frozenset({value} if value else ())

    statuses, on = asked.status, asked.on
    if not statuses or statuses == Status.IN_FORCE:
        statuses, on = "", on or today
    return retrieval.Filter(
        kinds=one(asked.kind), levels=one(asked.level), regions=one(asked.region),
        statuses=one("" if statuses == _ALL else statuses), on=on,
    )  # fmt: skip


def _by_reading(congress: Congress, asked: Asked, today: date) -> Iterator[tuple[Work, Found]]:
    """Without an index: the texts that hold every word, and in them the articles that hold most of them."""
    words = tuple(dict.fromkeys(asked.words.split()))[:5]
    on = None if asked.status and asked.status != Status.IN_FORCE else asked.on or today
    held = queries.holding(
        congress.pk, words, on=on, kind=asked.kind, level=asked.level, region=asked.region
    ) if words else []  # fmt: skip
    for edition in held:
        document = queries.document_of(edition)
        for eid, text in _articles_with(document, words):
            url = law_url(edition.work.slug, edition.day, eid)
            yield edition.work, Found(unit_label(document, eid), url, "", snippet_of(text, words))


def _articles_with(document: Document, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Articles that hold all of the words, or where none does those that hold any; at most eight."""
    texts = [(unit.eid, document.words(unit)) for unit in (document.units[place] for place in document.articles)]
    whole = [each for each in texts if all(word in each[1] for word in words)]
    yield from (whole or [each for each in texts if any(word in each[1] for word in words)])[:8]


def looked_for(asked: str, why: Iterable[str], text: str) -> list[str]:
    """The words to mark in an article: a phrase in quotation marks alone; else what was typed and what decided.

    Of two letters that only meet where two words of the question touch (房〔东不〕退) nothing is marked, nor a part of
    a word that stands there whole.
    """
    quoted = [phrase for phrase in _QUOTED.findall(asked) if phrase in text]
    if quoted:
        return quoted
    typed = [word.strip('“”"「」') for word in asked.split()]
    whole = [word for word in typed if len(word) > 2 and word in text]
    ends = {0}
    for word in rjieba.cut(asked, False):
        ends.add(max(ends) + len(word))
    apart = {asked[start:end] for start in ends for end in ends if start < end}
    decided = [word for word in why if word in apart or word not in asked]
    return [*typed, *(word for word in decided if not any(word in each for each in whole))]


def snippet_of(text: str, words: Iterable[str]) -> SafeString:
    """The words around the first that was looked for, all that were looked for marked."""
    flat = _SPACE.sub(" ", text).strip()
    wanted = sorted({word for word in words if word.strip() and len(word) < 40}, key=len, reverse=True)
    # Words that touch are marked as one stretch.
    pattern = re.compile(f"(?:{'|'.join(map(re.escape, wanted))})+", re.IGNORECASE) if wanted else None
    first = pattern.search(flat) if pattern else None
    start = max(0, first.start() - _AROUND) if first else 0
    if start < 12:
        start = 0
    end = min(len(flat), (first.end() if first else 0) + 2 * _AROUND + (_AROUND - min(start, _AROUND)))
    piece = flat[start:end]
    marked, at = [], 0
    for match in pattern.finditer(piece) if pattern else ():
        marked.append(f"{escape(piece[at : match.start()])}<mark>{escape(match[0])}</mark>")
        at = match.end()
    shown = "".join(marked) + escape(piece[at:])
    return mark_safe(f"{'…' if start else ''}{shown}{'…' if end < len(flat) else ''}")  # noqa: S308 - escaped above


def jump(congress: Congress, words: str, *, today: date) -> str:
    """The address of the article that a law's name with a number asks for (民法典 1043); empty for other words.

    At most four statements; none where no number stands in the words.
    """
    asked = asking.read(words)
    if not asked.number or not asked.name:
        return ""
    work = named(congress, asked.name)
    edition = queries.edition_shown(work, today) if work else None
    if work is None or edition is None:
        return ""
    eid = article_eid(queries.document_of(edition), asked.number)
    return law_url(work.slug, edition.day, eid) if eid else law_url(work.slug)


def named(congress: Congress, name: str) -> Work | None:
    """The work of this very name, long or short. One or two statements."""
    key = normal(name)
    works = queries.works_by_key(congress.pk, {key, KNOWN_SHORT.get(key, key)})
    return works.get(KNOWN_SHORT.get(key, key)) or works.get(key)


def suggestions(congress: Congress, typed: str, *, today: date) -> list[dict[str, str]]:
    """What somebody may be about to type: laws by name, articles once a number is begun. One statement."""
    if not typed.strip():
        return []
    index = indexing.index_of(congress)
    if index is not None:
        found = index.suggest(typed, 8)
        works = queries.works_by_key(congress.pk, {each.work for each in found})
        return [
            {"text": each.text, "url": _suggested_url(works[each.work], each.text)}
            for each in found if each.work in works
        ]  # fmt: skip
    rows = queries.works(congress.pk, on=today, words=typed)[:8]
    return [{"text": work.key, "url": law_url(work.slug)} for work in rows]


def _suggested_url(work: Work, text: str) -> str:
    label = text.removeprefix(work.key)
    number = asking.read(text).number if label else ""
    return law_url(work.slug, None, f"art_{number}") if number else law_url(work.slug)
