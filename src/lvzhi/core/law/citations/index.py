"""The reverse index: what cites this unit, and what is broken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from lvzhi.core.law.citations.abbreviations import Abbreviations
from lvzhi.core.law.citations.find import find
from lvzhi.core.law.citations.model import Citation
from lvzhi.core.law.citations.resolve import Catalogue, Resolution, resolve
from lvzhi.core.law.library import Library
from lvzhi.core.law.names import normal
from lvzhi.core.law.structure import Document


@dataclass(frozen=True, slots=True)
class Citing:
    """One citation seen from its target: which work, edition and unit cites, and where in its text."""

    work: str
    edition: date | None
    unit: str
    start: int
    end: int


def cites(document: Document, catalogue: Catalogue, names: frozenset[str], on: date | None = None) -> list[Resolution]:
    """Every citation of one text, found and resolved."""
    circles = Abbreviations(document.source).circles()
    return [resolve(citation, document, catalogue, on, circles) for citation in find(document, names)]


class CitedBy:
    """What cites what. Built once from resolved citations; asked by work and unit."""

    def __init__(self) -> None:
        self._by_unit: dict[str, dict[str, list[Citing]]] = defaultdict(lambda: defaultdict(list))
        self._by_work: dict[str, list[Citing]] = defaultdict(list)
        self.broken: list[tuple[Citing, Resolution]] = []

    def add(self, document: Document, resolutions: Iterable[Resolution]) -> None:
        """Take in the citations of one text."""
        own = normal(document.metadata.title) if document.metadata.title else document.name
        for resolution in resolutions:
            citation: Citation = resolution.citation
            citing = Citing(own, document.metadata.edition, citation.unit, citation.start, citation.end)
            if resolution.is_broken:
                self.broken.append((citing, resolution))
            if not resolution.work:
                continue
            self._by_work[resolution.work].append(citing)
            for eid in resolution.eids:
                self._by_unit[resolution.work][eid].append(citing)

    def unit(self, work: str, eid: str, *, below: bool = True) -> Iterator[Citing]:
        """What cites this unit; with `below` also what cites a part of it (art_30 includes art_30__para_2)."""
        units = self._by_unit.get(work, {})
        yield from units.get(eid, ())
        if below:
            for each, found in units.items():
                if each.startswith(f"{eid}__"):
                    yield from found

    def work(self, work: str) -> tuple[Citing, ...]:
        """Everything that cites a work or any part of it."""
        return tuple(self._by_work.get(work, ()))


def index(library: Library) -> CitedBy:
    """The reverse index of everything a library holds."""
    names = library.names()
    found = CitedBy()
    for work in library.works.values():
        for expression in work.expressions:
            found.add(expression.document, cites(expression.document, library, names))
    return found
