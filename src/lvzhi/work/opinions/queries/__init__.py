"""Every reading of opinions, each with its number of statements."""

from lvzhi.work.opinions.queries.board import BOARD_PAGE, board, published
from lvzhi.work.opinions.queries.figures import YearFigures, kept_figures, year_figures
from lvzhi.work.opinions.queries.reading import by_receipt, of_matter, search_text, visible

__all__ = [
    "BOARD_PAGE",
    "YearFigures",
    "board",
    "by_receipt",
    "kept_figures",
    "of_matter",
    "published",
    "search_text",
    "visible",
    "year_figures",
]
