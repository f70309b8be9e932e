"""Texts of law cut into the articles that are searched.

Two cuts. `of_library` follows the structure that was read, for every edition held: what people search. `candidates`
follows the rule by which a set of questions with known answers was made (lines that begin with 第X条, else with 一、,
else the whole text; the newest edition of each name), so that figures can be compared with other people's.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from lvzhi.core.law.library import Expression, Library
from lvzhi.core.law.names import normal
from lvzhi.core.law.numerals import to_chinese, to_int
from lvzhi.core.law.retrieval.model import Article
from lvzhi.core.law.structure import Document, Kind, Level, Unit
from lvzhi.core.law.structure.model import CONTAINERS

WHOLE = "全文"
_ARTICLE = re.compile(r"^\s*(第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?)", re.MULTILINE)
_CLAUSE = re.compile(r"^\s*([一二三四五六七八九十百]+)、", re.MULTILINE)
_LABEL = re.compile(r"第(?P<number>[^条]+)条(?:之(?P<more>.+))?")
_FIRST = date.min


def label_of(number: str) -> str:
    """第二百六十四条之一 for 264-1."""
    main, _, more = number.partition("-")
    return f"第{to_chinese(int(main))}条" + (f"之{to_chinese(int(more))}" if more else "")


def number_of(label: str) -> str:
    """264-1 for 第二百六十四条之一; empty for a label that is no article's."""
    found = _LABEL.fullmatch(label)
    if not found:
        return ""
    try:
        return str(to_int(found["number"])) + (f"-{to_int(found['more'])}" if found["more"] else "")
    except ValueError:
        return ""


def level_of(kind: Kind) -> str:
    """`national` or `local`, by the kind of the text."""
    return "local" if kind in (Kind.LOCAL_REGULATION, Kind.LOCAL_RULE) else "national"


def path_of(document: Document, unit: Unit) -> tuple[str, ...]:
    """The headings above a unit, from the part down."""
    found = []
    place = unit.parent
    while place >= 0:
        above = document.units[place]
        if above.level in CONTAINERS and above.heading:
            found.append(above.heading)
        place = above.parent
    return tuple(reversed(found))


def of_document(document: Document, **about: object) -> Iterator[Article]:
    """The articles of one text by its structure. `about` are further fields of `Article`, the same for all."""
    title = document.metadata.title
    common = {
        "work": normal(title), "title": title, "edition": document.metadata.edition,
        "kind": document.metadata.kind.value, "level": level_of(document.metadata.kind),
        "region": document.metadata.region, "since": document.metadata.effective, **about,
    }  # fmt: skip
    for place in document.articles:
        unit = document.units[place]
        is_article = unit.level is Level.ARTICLE
        label = label_of(unit.number) if is_article else unit.label.strip().rstrip("、．.")
        yield Article(
            label=label, text=document.words(unit), eid=unit.eid, number=unit.number if is_article else "",
            path=path_of(document, unit), **common,  # type: ignore[arg-type]
        )  # fmt: skip
    if not document.articles:
        yield Article(label=WHOLE, text=document.source.strip(), **common)  # type: ignore[arg-type]


def of_library(library: Library, on: date) -> Iterator[Article]:
    """The articles of every edition held, with its status on a day and the days on which it is in force."""
    for work in library.works.values():
        for place, expression in enumerate(work.expressions):
            yield from of_document(
                expression.document, work=work.key, edition=expression.edition, since=expression.effective,
                until=_until(library, work.expressions[place + 1 :], expression),
                status=library.edition_status(expression, on).value,
            )  # fmt: skip


def _until(library: Library, later: list[Expression], expression: Expression) -> date | None:
    work = library.works[expression.work]
    days = [start for each in later if (start := each.effective or each.edition)]
    days += [day for day in work.changes if expression.edition and day > expression.edition]
    if work.repeal and work.repeal.on:
        days.append(work.repeal.on)
    return min((day for day in days if day > (expression.effective or _FIRST)), default=None)


def candidates(documents: Iterable[Document]) -> list[Article]:
    """The articles among which a question's answers are looked for, in the order of laws and numbers; keys are unique.

    Local regulations must be left out by the caller. Parts of one law in several files all count.
    """
    grouped: dict[str, list[Document]] = defaultdict(list)
    for document in documents:
        grouped[normal(document.metadata.title)].append(document)
    found: dict[str, Article] = {}
    for work, texts in grouped.items():
        held = Library(texts).works.get(work)
        if held is None:
            continue
        newest = held.expressions[-1].document
        whole = [newest] if held.expressions else []
        for document in whole:
            for article in _lines(work, document):
                found.setdefault(article.key, article)
    return list(found.values())


def _lines(work: str, document: Document) -> Iterator[Article]:
    source = document.source
    marks = list(_ARTICLE.finditer(source)) or list(_CLAUSE.finditer(source))
    spans = [(mark[1], mark.end(), mark.start(1)) for mark in marks] or [(WHOLE, 0, 0)]
    about = document.metadata
    for place, (label, start, begins) in enumerate(spans):
        unit = document.units[document.at(begins)]
        end = spans[place + 1][2] if place + 1 < len(spans) else len(source)
        if unit.level in (Level.ARTICLE, Level.CLAUSE) and unit.last > start:
            end = min(end, unit.last)  # not the heading of the next chapter
        yield Article(
            work=work, title=about.title, label=label, text=source[start:end].strip(), edition=about.edition,
            eid=unit.eid, number=number_of(label), path=path_of(document, unit), kind=about.kind.value,
            level=level_of(about.kind), region=about.region, since=about.effective,
        )  # fmt: skip
