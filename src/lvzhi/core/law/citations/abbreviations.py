"""Abbreviations that a text introduces itself: 《中华人民共和国刑法》（以下简称刑法）."""

from __future__ import annotations

from lvzhi.core.law.citations.grammar import ALIAS, SELF_NAMES
from lvzhi.core.law.names import is_lawful, normal


class Abbreviations:
    """What is short for what in one text. `bare` holds those written without 《》."""

    def __init__(self, text: str) -> None:
        self.quoted: dict[str, str] = {}
        self.bare: dict[str, str] = {}
        for found in ALIAS.finditer(text):
            title = _title_before(text, found.start())
            short = (found["a"] or found["b"]).strip()
            if not title or short.startswith("本") or short == title:
                continue
            if normal(short) != normal(title):  # 中华人民共和国刑法（以下简称刑法）: no abbreviation to undo
                self.quoted[normal(short)] = title
            if found["q"] not in ("《", "〈") and len(short) > 1 and is_lawful(short):
                self.bare[short] = title

    def full(self, title: str) -> str:
        """The full name, abbreviations undone; a circle of abbreviations ends where it began."""
        seen: set[str] = set()
        while (key := normal(title)) in self.quoted and key not in seen:
            seen.add(key)
            title = self.quoted[key]
        return title

    def places(self, text: str) -> list[tuple[int, int, str]]:
        """Where abbreviations stand, with full names. Those that end in 法 or 典 have anchors of their own."""
        found = []
        for short, title in self.bare.items():
            if short.endswith(("法", "典")):
                continue
            at = text.find(short)
            while at >= 0:
                end = at + len(short)
                # 条例 alone is short for one law only where an article of it is named, and 本条例 never is.
                plain = short in SELF_NAMES
                if text[at - 1 : at] not in ("本", "该", "《", "〈", "“", "称") and (
                    not plain or text[end : end + 1] == "第"
                ):
                    found.append((at, end, title))
                at = text.find(short, end)
        found.sort()
        return found

    def circles(self) -> tuple[str, ...]:
        """Abbreviations that lead back to themselves and so stand for nothing."""
        found = []
        for short in self.quoted:
            at, steps = short, 0
            while at in self.quoted and steps <= len(self.quoted):
                at = normal(self.quoted[at])
                steps += 1
                if at == short:
                    found.append(short)
                    break
        return tuple(found)


def _title_before(text: str, end: int) -> str:
    """The title that ends with the 》 at `end`, inner titles counted."""
    depth, at, floor = 0, end, max(0, end - 120)
    while at >= floor:
        if text[at] == "》":
            depth += 1
        elif text[at] == "《":
            depth -= 1
            if depth == 0:
                return text[at + 1 : end]
        at -= 1
    return ""
