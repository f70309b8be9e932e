"""Laws named without 《》: which name ends at a place of a text, and for which law it stands."""

from __future__ import annotations

from collections.abc import Collection

from lvzhi.core.law.citations import grammar as g

_SHORTEST = 4
"""An ending of a name with fewer characters may be any word."""


class BareNames:
    """The names of laws that are known and those a text introduces; `titles` are the laws it cited in 《》 so far."""

    def __init__(self, names: Collection[str], introduced: dict[str, str]) -> None:
        self.names = names
        self.introduced = introduced
        self.titles: set[str] = set()
        self._lengths, self._endings = _prepared(names)
        if introduced:
            self._lengths = _lengths({*introduced, *names})

    def at(self, text: str, end: int) -> tuple[int, str] | None:
        """Where the longest name that ends at `end` begins, and the law's full name; None for no name."""
        for length in self._lengths.get(text[end - 2 : end], ()):
            name = text[end - length : end]
            if text.startswith(g.NO_NAME, end):
                return None
            if full := self.introduced.get(name):
                return end - length, full
            if name in self.names and _is_meant(text, name, end):
                begin = self._longer(text, end - length, end)
                return (begin, self._in_full(text[begin:end])) if begin < end - length else (begin, name)
        return None

    def _longer(self, text: str, begin: int, end: int) -> int:
        """Where the ending of another law's name begins that stands here: 调解仲裁法 is not 仲裁法."""
        start = begin
        while text[start - 1 : end] in self._endings:
            start -= 1
        return start if begin - start > 1 else begin

    def _in_full(self, ending: str) -> str:
        """The one title cited before that ends so; the ending itself where there is none or several do."""
        fitting = [title for title in self.titles if title.endswith(ending)]
        return fitting[0] if len(fitting) == 1 else ending


def _is_meant(text: str, name: str, end: int) -> bool:
    """Whether a name is a law's here: 医疗机构的管理办法 are any measures, and 市场价格法 is a way of reckoning."""
    if name.endswith("办法"):
        return text.startswith("第", end)
    return g.VALUATION.search(text, max(0, end - 5), end) is None


def _lengths(names: Collection[str]) -> dict[str, tuple[int, ...]]:
    """The lengths of names by their last two characters, longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        if len(name) > 1:
            found.setdefault(name[-2:], set()).add(len(name))
    return {ending: tuple(sorted(lengths, reverse=True)) for ending, lengths in found.items()}


def _endings(names: Collection[str]) -> frozenset[str]:
    """What the names of laws end in, the whole names left out."""
    laws = [name for name in names if name.endswith(("法", "典"))]
    return frozenset(name[at:] for name in laws for at in range(1, len(name) - _SHORTEST + 1))


_LAST: list[tuple[Collection[str], dict[str, tuple[int, ...]], frozenset[str]]] = []


def _prepared(names: Collection[str]) -> tuple[dict[str, tuple[int, ...]], frozenset[str]]:
    """What the names are looked up by; for the same collection as last time it is not made anew for every text."""
    if not _LAST or _LAST[0][0] is not names:
        _LAST[:] = [(names, _lengths(names), _endings(names))]
    return _LAST[0][1], _LAST[0][2]
