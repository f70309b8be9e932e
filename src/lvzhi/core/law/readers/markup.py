"""The tags and words of a page, in one pass however broken the page is.

The standard library's parser searches the rest of the page again for every tag that is not closed: for a page of 100 kB
made to that end it takes half a minute. Here every character is looked at a few times at most. Attributes are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from html import unescape

_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)(?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+>")
_RAW = frozenset({"script", "style"})
"""Elements whose content is no markup."""


class Piece(Enum):
    """What a piece of a page is."""

    OPEN = auto()
    CLOSE = auto()
    WORDS = auto()


def pieces(markup: str) -> Iterator[tuple[Piece, str]]:
    """Tags by their names in small letters, and the words between them, in order.

    A comment without an end hides nothing: what follows it is read. `<` that opens no tag is a word.
    """
    at = begun = 0
    comments_end = tags_end = True  # whether there can still be another --> or >
    while (at := markup.find("<", at)) >= 0:
        if markup.startswith("<!--", at):
            end = markup.find("-->", at + 4) if comments_end else -1
            comments_end = end >= 0
            width = end + 3 - at if comments_end else 4
        elif markup.startswith(("<!", "<?"), at):
            end = markup.find(">", at) if tags_end else -1
            tags_end = end >= 0
            width = end + 1 - at if tags_end else 2
        else:
            found = _TAG.match(markup, at) if tags_end else None
            if found is None:
                tags_end = tags_end and markup.find(">", at) >= 0
                at += 1
                continue
            if begun < at:
                yield Piece.WORDS, unescape(markup[begun:at])
            name = found[2].lower()
            yield (Piece.CLOSE if found[1] else Piece.OPEN), name
            at = begun = found.end()
            if not found[1] and markup.startswith("/>", at - 2):
                yield Piece.CLOSE, name
            elif name in _RAW and not found[1]:
                close = re.compile(f"</{name}", re.IGNORECASE).search(markup, at)
                at = begun = close.start() if close else len(markup)
            continue
        if begun < at:
            yield Piece.WORDS, unescape(markup[begun:at])
        at = begun = at + width
    if begun < len(markup):
        yield Piece.WORDS, unescape(markup[begun:])
