"""An edition with all that is needed to show it: its structure, the layout of its words, and where citations lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lvzhi.core.law import Document, normal
from lvzhi.core.law.reading import Block, Reading, lay_out
from lvzhi.faces.portal.law.addresses import law_url
from lvzhi.faces.portal.law.drawing import Ways, find_block
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Edition, Outcome

_KEPT = 12
"""So many laid out texts are kept in a process; the longest law takes some 10 MB."""


class _Source:
    """A document by what tells it from others, so that a cache need not compare whole texts."""

    __slots__ = ("document", "key")

    def __init__(self, document: Document, key: tuple[str, str]) -> None:
        self.document, self.key = document, key

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Source) and other.key == self.key


@lru_cache(maxsize=_KEPT)
def _laid_out(source: _Source, spans: tuple[tuple[int, int], ...]) -> Reading:
    return lay_out(source.document, spans)


@dataclass(frozen=True)
class Text:
    """One edition as it is read. `links` are the addresses its citations lead to, in their order."""

    edition: Edition
    document: Document
    reading: Reading
    links: tuple[str, ...]

    def ways(self, *, same_page: bool) -> Ways:
        """What stands around its words; on a page of its own a unit's neighbours are reached by their addresses."""
        here = law_url(self.edition.work.slug, self.edition.day)  # once: a long law has thousands of units

        def cited(place: int) -> str:
            href = self.links[place] if 0 <= place < len(self.links) else ""
            return here + href[1:] if href.startswith("#") and not same_page else href

        return Ways(cited, here.__add__, same_page=same_page)

    def block(self, eid: str) -> Block | None:
        """The block of a unit, or None."""
        return find_block(self.reading, eid)


def text_of(edition: Edition) -> Text:
    """An edition ready to be shown. Two statements, one when the text was read lately; `work` is loaded."""
    document = queries.document_of(edition)
    spans: list[tuple[int, int]] = []
    links: list[str] = []
    for citation in queries.places_cited(edition):
        spans.append((citation.start, citation.end))
        links.append(_leads_to(citation, edition))
    reading = _laid_out(_Source(document, (edition.digest, edition.file_name)), tuple(spans))
    return Text(edition, document, reading, tuple(links))


def _leads_to(citation: queries.Cited, edition: Edition) -> str:
    """The address behind a citation: in this text, in another, or the page that says it is not held."""
    if citation.number and not citation.slug:
        return ""
    unsure = "" if citation.outcome in (Outcome.FOUND, Outcome.UNREAD, Outcome.LAW_UNKNOWN) else citation.outcome
    ask = f"?as={unsure}" if unsure else ""
    if not citation.name:
        return f"#{citation.eid}" if citation.eid and not unsure else ""
    if citation.slug is None:
        return law_url(normal(citation.name).replace("/", "-"), None, citation.eid) + ask
    if citation.edition == edition.pk and citation.eid and not unsure:
        return f"#{citation.eid}"
    return law_url(citation.slug, citation.day, citation.eid) + ask


def labels_of(editions: Sequence[Edition]) -> list[str]:
    """What made each edition, from the newest history that tells: 通过, 修订 or 修正. One statement, often none."""
    if not editions:
        return []
    known = {event.day: event.act for event in queries.document_of(editions[-1]).metadata.history if event.day}
    return [known[edition.day].value if edition.day in known else "" for edition in editions]
