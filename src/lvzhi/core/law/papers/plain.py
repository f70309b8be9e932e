"""A comparison paper as plain text, for golden copies and for who reads by ear: 〔删〕…〔/删〕, 〔增〕…〔/增〕."""

from __future__ import annotations

from collections.abc import Sequence

from lvzhi.core.law.compare import Mark, Piece
from lvzhi.core.law.papers.model import HEADS, LEGEND, Cell, Comparison

_MARKS = {Mark.SAME: ("", ""), Mark.DELETED: ("〔删〕", "〔/删〕"), Mark.INSERTED: ("〔增〕", "〔/增〕")}


def comparison_text(paper: Comparison) -> str:
    """The whole paper, a block to each row."""
    blocks = ["\n".join((paper.heading, *head_lines(paper)))]
    for line in paper.lines:
        columns = zip(HEADS, (_column(line.old), _column(line.new), line.note), strict=True)
        blocks.append("\n".join(f"{head}：{words}" for head, words in columns))
    return "\n\n".join(blocks) + "\n"


def head_lines(paper: Comparison) -> tuple[str, ...]:
    """What stands under the title: editions, figures, what the marks mean, the day."""
    shown = "本表只列有变动的条文。" if paper.changed_only else "本表列出全部条文。"
    made = f"{paper.made.year}年{paper.made.month}月{paper.made.day}日"
    return (f"原文：{paper.old}　　新文：{paper.new}　　制表：{made}", paper.figures.sentence() + shown, LEGEND)


def _column(cells: Sequence[Cell]) -> str:
    return "\n".join("　".join((cell.label, "\n".join(_line(line) for line in cell.lines))) for cell in cells) or "—"


def _line(pieces: Sequence[Piece]) -> str:
    return "".join(f"{_MARKS[piece.mark][0]}{piece.text}{_MARKS[piece.mark][1]}" for piece in pieces)
