"""Two editions of a law as the rows of a three-column table: 旧, 新, 说明."""

from __future__ import annotations

from collections.abc import Sequence

from lvzhi.core.law.compare.align import Link, align
from lvzhi.core.law.compare.model import Change, Mark, Piece, Row, Side
from lvzhi.core.law.compare.wording import pieces
from lvzhi.core.law.structure import Document, Level

_CHAPTERS = (Level.PART, Level.SUBPART, Level.CHAPTER, Level.SECTION)


def compare(old: Document, new: Document) -> list[Row]:
    """Compare two editions article by article, in the order of the new one.

    Every article of both stands in exactly one row. Texts without articles are compared by their numbered clauses; a
    text without either is one row as a whole.
    """
    before, after = _sides(old), _sides(new)
    chapters = frozenset(side.chapter for side in after)
    links = align([side.text for side in before], [side.text for side in after])
    return [_row(link, before, after, chapters) for link in links]


def _sides(document: Document) -> list[Side]:
    if not document.articles:
        whole = "\n".join(
            document.source[unit.start : unit.end].strip()
            for unit in document.units if unit.level in (Level.PARAGRAPH, Level.ITEM, Level.POINT)
        )  # fmt: skip
        return [Side("", "全文", whole, "")] if whole else []
    found = []
    for place in document.articles:
        unit = document.units[place]
        above = [each for each in document.above(place) if each.level in _CHAPTERS]
        chapter = above[0].heading or above[0].label if above else ""
        text = "\n".join(line.strip() for line in document.words(unit).splitlines() if line.strip())
        found.append(Side(unit.eid, unit.label.strip(" \u3000"), text, "".join(chapter.split())))
    return found


def _row(link: Link, before: Sequence[Side], after: Sequence[Side], chapters: frozenset[str]) -> Row:
    old, new = tuple(before[at] for at in link.old), tuple(after[at] for at in link.new)
    if not old or not new:
        mark = Mark.DELETED if old else Mark.INSERTED
        change = Change.DELETED if old else Change.ADDED
        side = (old or new)[0]
        text = (Piece(mark, side.text),) if side.text else ()
        return Row(change, old, new, "删除。" if old else "新增。", text, 0.0, moved=False)
    shown = pieces("\n".join(side.text for side in old), "\n".join(side.text for side in new))
    changed = any(piece.mark is not Mark.SAME and piece.text.strip() for piece in shown)
    change = _change(old, new, changed=changed)
    note = _note(change, old, new, changed=changed, where=_where(link, old[0].chapter, new[0].chapter, chapters))
    return Row(change, old, new, note, shown, round(link.likeness, 4), link.moved)


def _change(old: tuple[Side, ...], new: tuple[Side, ...], *, changed: bool) -> Change:
    if len(new) > 1:
        return Change.SPLIT
    if len(old) > 1:
        return Change.MERGED
    if changed:
        return Change.AMENDED
    return Change.SAME if old[0].label == new[0].label else Change.RENUMBERED


def _where(link: Link, old: str, new: str, chapters: frozenset[str]) -> str:
    """Where an article went that stands out of its former order; a chapter that got a new name is no new place."""
    if not link.moved:
        return ""
    return f"，由“{old}”移至“{new}”" if new and old != new and old in chapters else "，位置有调整"


def _note(change: Change, old: tuple[Side, ...], new: tuple[Side, ...], *, changed: bool, where: str) -> str:
    """The explanation, one Chinese sentence."""
    were, are = "、".join(side.label for side in old), "、".join(side.label for side in new)
    amended = "，并修改" if changed else ""
    if change is Change.SPLIT:
        return f"原{were}分为{are}{where}{amended}。"
    if change is Change.MERGED:
        return f"原{were}合并为{are}{where}{amended}。"
    if change is Change.SAME:
        return f"未修改{where}。"
    if change is Change.RENUMBERED:
        return f"原{were}改为{are}{where}，内容未修改。"
    return f"修改{where}。" if were == are else f"原{were}改为{are}{where}，并修改。"
