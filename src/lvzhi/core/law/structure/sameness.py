"""Whether two texts say the same, whatever kind of file each came in."""

from __future__ import annotations

from typing import Final

from lvzhi.core.law.structure.model import Document, Level

_FRAME: Final = frozenset({Level.TITLE, Level.HISTORY, Level.NOTE, Level.MARK, Level.CONTENTS})


def body_words(document: Document) -> str:
    """The words that are law: without title, history and contents, white space and the signs of headings.

    Two files of one edition, a .docx and a page of a site, differ in those alone.
    """
    pieces = (document.source[unit.start : unit.end] for unit in document.units if unit.level not in _FRAME)
    return "".join("".join(piece.lstrip("# \t\u3000").split()) for piece in pieces)
