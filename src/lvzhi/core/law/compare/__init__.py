"""Two editions of a law side by side."""

from lvzhi.core.law.compare.align import Link, align
from lvzhi.core.law.compare.model import Change, Mark, Piece, Row, Side
from lvzhi.core.law.compare.table import compare
from lvzhi.core.law.compare.wording import pieces

__all__ = ["Change", "Link", "Mark", "Piece", "Row", "Side", "align", "compare", "pieces"]
