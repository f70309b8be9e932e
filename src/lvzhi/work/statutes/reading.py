"""From a stored edition to its structure: parsed when it is asked for, and kept while memory allows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from threading import Lock
from typing import Final

from lvzhi.core import law
from lvzhi.core.law.structure.assemble import assemble, joined, numbers
from lvzhi.work.statutes.models import Edition

MOST: Final = 3_000_000
"""So many characters of parsed texts are kept in a process: a tenth of the national law, some 60 MB."""


class Shelf:
    """Parsed texts, the longest unused put away first. A text is known by its digest and the name of its file."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self._held: OrderedDict[tuple[str, str], law.Document] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: tuple[str, str]) -> law.Document | None:
        """The text, when it is at hand."""
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found

    def put(self, key: tuple[str, str], document: law.Document) -> None:
        """Keep a text; older ones make room."""
        with self._lock:
            if key in self._held:
                return
            self._held[key] = document
            self._size += len(document.source)
            while self._size > self.most and len(self._held) > 1:
                _key, old = self._held.popitem(last=False)
                self._size -= len(old.source)

    def clear(self) -> None:
        """Put everything away."""
        with self._lock:
            self._held.clear()
            self._size = 0


SHELF = Shelf()


def key_of(edition: Edition) -> tuple[str, str]:
    """What tells one parsed text from another: the date in a file's name is part of what is read."""
    return edition.digest, edition.file_name


def document_of(edition: Edition) -> law.Document:
    """The structure of an edition. One statement, none when the text is loaded or was read lately.

    Parsing takes some ms, for a law of 1,200 articles some 60.
    """
    found = SHELF.get(key_of(edition))
    if found is None:
        found = parsed(edition.source, edition.file_name, edition.parts)
        SHELF.put(key_of(edition), found)
    return found


def parsed(source: str, name: str, parts: list[tuple[str, int]] | list[list[object]]) -> law.Document:
    """Parse a text; `parts` are the names and lengths of the files it was put together from."""
    return assemble(_pieces(source, parts)) if parts else law.parse(source, name)


def _pieces(source: str, parts: list[tuple[str, int]] | list[list[object]]) -> tuple[law.Document, ...]:
    documents, start = [], 0
    for part, length in parts:
        end = start + int(str(length))
        documents.append(law.parse(source[start:end], str(part)))
        start = end
    return tuple(documents)


def parts_of(edition: Edition) -> tuple[law.Document, ...]:
    """The files an edition was put together from; the text itself where it came in one. As many statements as above."""
    return _pieces(edition.source, edition.parts) if edition.parts else (document_of(edition),)


def with_parts(edition: Edition, more: Iterable[law.Document]) -> tuple[law.Document, ...] | None:
    """The parts of an edition with some more, in order; None where these are no parts of it (see `core.law`)."""
    held: tuple[law.Document, ...] | None = parts_of(edition)
    for each in more:
        held = joined(held, each) if held else None
    return held


def loses(edition: Edition, document: law.Document) -> bool:
    """Whether a text in the place of the edition would take articles away."""
    return not numbers(document_of(edition)) <= numbers(document)
