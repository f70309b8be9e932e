"""What stands in a comparison paper, before anyone decides how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lvzhi.core.law.compare import Change, Mark, Piece, Row, Side, compare
from lvzhi.core.law.structure import Act, Document, Metadata

HEADS = ("原文", "新文", "说明")
LEGEND = "删去的文字加删除线，新增的文字加下划线；没有标记的文字两个版本相同。"
_DONE = {
    Act.ADOPTED: "通过", Act.APPROVED: "批准", Act.PROMULGATED: "公布", Act.AMENDED: "修正", Act.REVISED: "修订",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One article in one column: its number as written, and its lines, each a row of pieces."""

    label: str
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the paper: the articles of both editions, and the note."""

    change: Change
    old: tuple[Cell, ...]
    new: tuple[Cell, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Figures:
    """How many articles there are, and what became of them. Counted in rows of the table but for the first two."""

    before: int
    after: int
    added: int
    deleted: int
    amended: int
    split: int
    merged: int
    renumbered: int
    same: int

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Figures:
        """Counted from the rows of a comparison."""
        counts = dict.fromkeys(Change, 0)
        for row in rows:
            counts[row.change] += 1
        return cls(
            sum(len(row.old) for row in rows), sum(len(row.new) for row in rows), counts[Change.ADDED],
            counts[Change.DELETED], counts[Change.AMENDED], counts[Change.SPLIT], counts[Change.MERGED],
            counts[Change.RENUMBERED], counts[Change.SAME],
        )  # fmt: skip

    def sentence(self) -> str:
        """The line under the title; what did not happen is not named."""
        named = (
            ("新增{}条", self.added), ("删除{}条", self.deleted), ("修改{}条", self.amended), ("拆分{}处", self.split),
            ("合并{}处", self.merged), ("只改条号{}条", self.renumbered), ("未动{}条", self.same),
        )  # fmt: skip
        told = "、".join(words.format(count) for words, count in named if count)
        return f"原文{self.before}条，新文{self.after}条" + (f"：{told}。" if told else "。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A comparison of two editions. `old` and `new` name them, `made` is the day of the paper."""

    title: str
    old: str
    new: str
    made: date
    figures: Figures
    lines: tuple[Line, ...]
    changed_only: bool

    @property
    def heading(self) -> str:
        """The title of the paper."""
        return f"《{self.title}》修改对照表"


def comparison(old: Document, new: Document, *, made: date, changed_only: bool = False) -> Comparison:
    """Compare two editions for a paper made on a day; `changed_only` leaves out what stayed as it was.

    What was only renumbered stays in: who cites the law needs it. The figures always count everything.
    """
    rows = compare(old, new)
    shown = [row for row in rows if not (changed_only and row.change is Change.SAME and not row.moved)]
    return Comparison(
        title=new.metadata.title,
        old=edition_words(old.metadata),
        new=edition_words(new.metadata),
        made=made,
        figures=Figures.of(rows),
        lines=tuple(_line(row) for row in shown),
        changed_only=changed_only,
    )


def edition_words(about: Metadata) -> str:
    """An edition as people name it: 2024年11月8日修正的文本."""
    day = about.edition
    if day is None:
        return "日期不明的文本"
    acts = [event.act for event in about.history if event.day == day and event.act in _DONE]
    return f"{day.year}年{day.month}月{day.day}日{_DONE[acts[-1]] if acts else ''}的文本"


def _line(row: Row) -> Line:
    if row.change in (Change.SAME, Change.RENUMBERED) or not (row.old and row.new):
        mark = Mark.SAME if row.old and row.new else Mark.DELETED if row.old else Mark.INSERTED
        return Line(row.change, _whole(row.old, mark), _whole(row.new, mark), row.note)
    return Line(
        row.change, _column(row.pieces, row.old, Mark.INSERTED), _column(row.pieces, row.new, Mark.DELETED), row.note
    )


def _whole(sides: Sequence[Side], mark: Mark) -> tuple[Cell, ...]:
    return tuple(_cell(side, [Piece(mark, side.text)] if side.text else []) for side in sides)


def _column(pieces: Sequence[Piece], sides: Sequence[Side], left_out: Mark) -> tuple[Cell, ...]:
    """The pieces of one column, cut where an article ends, in the column's own letters.

    What is the same is written in a comparison as the new text writes it; here the old keeps its own marks.
    """
    kept = [piece for piece in pieces if piece.mark is not left_out]
    text = "\n".join(side.text for side in sides)
    if sum(len(piece.text) for piece in kept) != len(text):
        text = "".join(piece.text for piece in kept)
        if len(sides) > 1:
            return _whole(sides, Mark.SAME)
    marked: list[tuple[Mark, int]] = []
    at = 0
    for piece in kept:
        at += len(piece.text)
        marked.append((piece.mark, at))
    found, start = [], 0
    for side in sides:
        end = start + len(side.text) if len(sides) > 1 else len(text)
        found.append(_cell(side, _between(marked, text, start, end)))
        start = end + 1
    return tuple(found)


def _between(marked: Sequence[tuple[Mark, int]], text: str, start: int, end: int) -> list[Piece]:
    found, begun = [], 0
    for mark, stop in marked:
        first, last = max(begun, start), min(stop, end)
        if first < last:
            found.append(Piece(mark, text[first:last]))
        begun = stop
    return found


def _cell(side: Side, pieces: Sequence[Piece]) -> Cell:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        if first:
            lines[-1].append(Piece(piece.mark, first))
        for each in rest:
            lines.append([Piece(piece.mark, each)] if each else [])
    return Cell(side.label, tuple(tuple(line) for line in lines if line))
