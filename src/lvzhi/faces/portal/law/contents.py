"""The table of contents of a law as a list of links, and the way to one article by its number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from lvzhi.core.law import Document, to_int
from lvzhi.core.law.reading import Entry, Reading

_MOST_LISTED = 120
"""Up to so many articles are listed one by one; of a longer law each chapter says from which to which it goes."""
_ARTICLE = re.compile(
    r"第?\s*(?P<n>[〇零一二三四五六七八九十百千两\d０-９]{1,9})\s*条?\s*(?:[之\-]\s*(?P<s>[一二三四五六七八九十\d]{1,3}))?"
)


def draw_contents(reading: Reading, document: Document) -> SafeString:
    """The contents as nested lists; a text without chapters lists its articles."""
    listed = len(document.articles) <= _MOST_LISTED
    if reading.contents:
        return mark_safe("".join(_list(reading.contents, listed=listed)))  # noqa: S308 - every word is escaped
    units = [document.units[place] for place in document.articles]
    if len(units) < 2 or not listed:
        return SafeString("")
    rows = "".join(f'<li><a href="#{unit.eid}">{_label(unit.label)}</a></li>' for unit in units)
    return mark_safe(f"<ol>{rows}</ol>")  # noqa: S308 - as above


def _label(text: str) -> str:
    return escape("".join(text.split()).rstrip("、．."))


def _list(entries: Sequence[Entry], *, listed: bool) -> Iterator[str]:
    yield "<ol>"
    for entry in entries:
        words = escape(" ".join(each for each in (entry.label, entry.heading) if each))
        span = ""
        if entry.first and not entry.entries:
            between = entry.first if entry.first == entry.last else f"{entry.first}—{entry.last}"
            span = f'<small class="toc__span">{escape(between)}</small>'
        yield f'<li><a href="#{entry.eid}">{words}{span}</a>'
        if entry.entries:
            yield from _list(entry.entries, listed=listed)
        if listed and entry.articles:
            yield '<ol class="toc__arts">'
            yield from (f'<li><a href="#{eid}">{escape(label)}</a></li>' for eid, label in entry.articles)
            yield "</ol>"
        yield "</li>"
    yield "</ol>"


def article_eid(document: Document, typed: str) -> str:
    """The id of the article somebody asks for by number (1043, 第一千零四十三条, 264之一); empty for none."""
    found = _ARTICLE.fullmatch(typed.strip())
    if found is None:
        return ""
    try:
        number = str(to_int(found["n"])) + (f"-{to_int(found['s'])}" if found["s"] else "")
    except ValueError:
        return ""
    return next((eid for eid in (f"art_{number}", f"cl_{number}") if eid in document.by_eid), "")
