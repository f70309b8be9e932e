"""What numbers a text without articles: the headings, or a list that runs through the whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lvzhi.core.law.structure.drafts import Line
from lvzhi.core.law.structure.lines import Style, marker, words_at


@dataclass(slots=True)
class Tops:
    """The style of the numbered clauses, None when headings are the clauses; `last` is the last number seen."""

    style: Style | None = None
    headings_are_clauses: bool = False
    last: int = 0


def tops(lines: Sequence[Line], headings: Collection[int], *, plain: bool) -> Tops:
    """Find what numbers the text. `plain` is False inside an annex, whose lists stay lists."""
    if not plain:
        return Tops()
    headed = [at for at in sorted(headings) if marker(lines[at].text, words_at(lines[at].text))]
    first: dict[Style, list[int]] = {}
    style: Style | None = None
    for at, line in enumerate(lines):
        if at in headings:
            continue
        mark = marker(line.text, words_at(line.text))
        if mark is None or mark.style is None or not mark.number.isdigit():
            continue
        if style is None and mark.number == "1":
            style = mark.style
        if mark.style is style:
            first.setdefault(style, []).append(at)
    if not headed:
        return Tops(style)
    if style is not None and len(headed) > 1:
        behind = [at for at in first[style] if at > headed[1]]
        if behind:
            mark = marker(lines[behind[0]].text, words_at(lines[behind[0]].text))
            if mark is not None and mark.number != "1":  # the list runs on across headings
                return Tops(style)
    return Tops(None, headings_are_clauses=True)
