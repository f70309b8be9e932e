"""The words of one unit cut into runs: what is cited, what is explained, and the rest."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from lvzhi.core.law.reading.model import Run, Sort, Term


class Words:
    """What can be followed in a text, asked stretch by stretch in the order of the text.

    A word the text explains is marked once in each article: `enter` begins a new one.
    """

    def __init__(self, source: str, cited: Sequence[tuple[int, int]], terms: Sequence[Term]) -> None:
        self.source = source
        self.cited = sorted((start, end, place) for place, (start, end) in enumerate(cited))
        self.starts = [start for start, _end, _place in self.cited]
        self.defined = sorted(terms, key=lambda term: term.start)
        self.defined_at = [term.start for term in self.defined]
        names: dict[str, list[Term]] = {}
        for term in terms:
            names.setdefault(term.name, []).append(term)
        self.names = names
        longest = sorted(names, key=len, reverse=True)
        self.pattern = re.compile("|".join(map(re.escape, longest))) if longest else None
        self.above: frozenset[str] = frozenset()
        self.seen: set[str] = set()

    def enter(self, above: Iterable[str]) -> None:
        """Begin an article; `above` are the ids of what it stands in, and its own."""
        self.above, self.seen = frozenset(above), set()

    def runs(self, start: int, end: int) -> tuple[Run, ...]:
        """The stretch from `start` to `end`, cut."""
        if not self._touches(start, end):
            return tuple(self._plain(start, end))
        found: list[Run] = []
        at = start
        for begin, stop, run in self._marked(start, end):
            found += self._plain(at, begin)
            found.append(run)
            at = stop
        found += self._plain(at, end)
        return tuple(found)

    def _touches(self, start: int, end: int) -> bool:
        """Whether anything is cited or introduced in the stretch: most stretches hold neither."""
        at, term = bisect_left(self.starts, start), bisect_left(self.defined_at, start)
        return (
            (at < len(self.starts) and self.starts[at] < end)
            or (at > 0 and self.cited[at - 1][1] > start)
            or (term < len(self.defined) and self.defined_at[term] < end)
        )

    def _marked(self, start: int, end: int) -> Iterator[tuple[int, int, Run]]:
        """Citations and introduced words of the stretch, in order and without overlap."""
        marks: list[tuple[int, int, Run]] = []
        for place in range(max(0, bisect_left(self.starts, start) - 1), len(self.starts)):
            first, last, which = self.cited[place]
            if first >= end:
                break
            begin, stop = max(start, first), min(end, last)
            if begin < stop:
                marks.append((begin, stop, Run(Sort.CITATION, self.source[begin:stop], begin, cited=which)))
        for place in range(bisect_left(self.defined_at, start), len(self.defined)):
            term = self.defined[place]
            if term.end > end:
                break
            marks.append((term.start, term.end, Run(Sort.DEFINED, term.name, term.start, term=term)))
        at = start
        for begin, stop, run in sorted(marks, key=lambda mark: mark[:2]):
            if begin >= at:
                yield begin, stop, run
                at = stop

    def _plain(self, start: int, end: int) -> Iterator[Run]:
        """Words between marks; those the text explains elsewhere are marked at their first use in the article."""
        at = start
        for match in self.pattern.finditer(self.source, start, end) if self.pattern else ():
            term = self._meant(match[0])
            if term is None or match[0] in self.seen:
                continue
            self.seen.add(match[0])
            if at < match.start():
                yield Run(Sort.PLAIN, self.source[at : match.start()], at)
            yield Run(Sort.TERM, match[0], match.start(), term=term)
            at = match.end()
        if at < end:
            yield Run(Sort.PLAIN, self.source[at:end], at)

    def _meant(self, name: str) -> Term | None:
        """The explanation that holds here: of the narrowest scope first; none inside the article that explains."""
        fitting = [term for term in self.names[name] if not term.scope or term.scope in self.above]
        if not fitting:
            return None
        term = max(fitting, key=lambda each: len(each.scope))
        return None if term.eid.partition("__para")[0] in self.above else term
