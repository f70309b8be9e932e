"""Two editions in one text: what went is `<del>`, what came `<ins>`, and what can be followed stays a link."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from lvzhi.core.law import Mark, Row
from lvzhi.core.law.reading import Block, Run

_TAGS = {Mark.DELETED: "del", Mark.INSERTED: "ins"}
Followed = tuple[int, int, str]
"""Where a link begins and ends in the new words of a row, and its opening tag."""


def marked_lines(row: Row, *, old: bool = True, new: bool = True, followed: Sequence[Followed] = ()) -> list[str]:
    """The words of a row as lines of HTML; each side can be left out. `followed`: links in order, without overlap."""
    ends = [] if _new_words(row) != "\n".join(side.text for side in row.new) else list(followed)
    lines, opened = [""], -1
    for mark, text, link in _cut(row, ends):
        if (mark is Mark.DELETED and not old) or (mark is Mark.INSERTED and not new):
            continue
        if opened >= 0 and link != opened:
            lines[-1] += "</a>"
            opened = -1
        if text == "\n":
            lines.append("")
            continue
        if link >= 0 and opened < 0:
            lines[-1] += ends[link][2]
            opened = link
        tag, words = _TAGS.get(mark), escape(text, quote=False)
        lines[-1] += f"<{tag}>{words}</{tag}>" if tag else words
    if opened >= 0:
        lines[-1] += "</a>"
    return [line for line in lines if line]


def _new_words(row: Row) -> str:
    return "".join(piece.text for piece in row.pieces if piece.mark is not Mark.DELETED)


def _cut(row: Row, ends: Sequence[Followed]) -> Iterator[tuple[Mark, str, int]]:
    """The pieces cut at lines and at the ends of links: mark, words or a line's end, and the link's place or -1.

    What was deleted inside a link is inside it still.
    """
    at, which = 0, 0
    for piece in row.pieces:
        for part in _parts(piece.text):
            if piece.mark is Mark.DELETED:
                inside = which < len(ends) and ends[which][0] < at < ends[which][1] and part != "\n"
                yield piece.mark, part, which if inside else -1
                continue
            start, stop = at, at + len(part)
            at = stop
            while start < stop:
                while which < len(ends) and ends[which][1] <= start:
                    which += 1
                begin, end = ends[which][:2] if which < len(ends) else (stop, stop)
                cut = min(stop, begin if start < begin else end)
                yield (
                    piece.mark,
                    part[len(part) - (stop - start) : len(part) - (stop - cut)],
                    which if start >= begin else -1,
                )
                start = cut


def _parts(text: str) -> Iterator[str]:
    for at, line in enumerate(text.split("\n")):
        if at:
            yield "\n"
        if line:
            yield line


def placed_runs(block: Block, text: str) -> list[tuple[int, int, Run]]:
    """Where the runs of an article stand in its words as they are compared (`Side.text`), by counting what is no space.

    Empty where the two do not hold the same words: then nothing is said rather than something wrong.
    """
    shown: list[tuple[str, Run | None]] = list(_shown(block, first=True))
    places = [at for at, char in enumerate(text) if not char.isspace()]
    if [char for words, _ in shown for char in words] != [text[at] for at in places]:
        return []
    found, at = [], 0
    for words, run in shown:
        if run is not None and words:
            found.append((places[at], places[at + len(words) - 1] + 1, run))
        at += len(words)
    return found


def _shown(block: Block, *, first: bool) -> Iterator[tuple[str, Run | None]]:
    """The words of a block and all in it, white space left out, each with its run; the article's number left out."""
    if not first:
        yield "".join(block.label.split()), None
    for run in block.runs:
        yield "".join(run.text.split()), run
    for row in block.rows:
        yield "".join("".join(row).split()), None
    for inner in block.blocks:
        yield from _shown(inner, first=False)
