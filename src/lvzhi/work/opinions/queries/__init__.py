"""Every reading of opinions, each with its number of statements."""

from lvzhi.work.opinions.queries.alike import alike
from lvzhi.work.opinions.queries.board import BOARD_PAGE, board, published
from lvzhi.work.opinions.queries.figures import YearFigures, kept_figures, year_figures
from lvzhi.work.opinions.queries.flood import surges
from lvzhi.work.opinions.queries.raised import Raised, Voices, raised_by, recommended, voices_of
from lvzhi.work.opinions.queries.reading import (
    by_receipt,
    files_for_the_holder,
    grave_notice,
    of_matter,
    search_text,
    visible,
    with_opinion,
)
from lvzhi.work.opinions.queries.sorting import (
    FRESH,
    QUEUE_PAGE,
    Likely,
    Suspects,
    by_number,
    fresh,
    in_danger,
    likely,
    moderated,
    same_words,
    suspected,
    to_compare,
    with_the_words_of,
)

__all__ = [
    "BOARD_PAGE",
    "FRESH",
    "QUEUE_PAGE",
    "Likely",
    "Raised",
    "Suspects",
    "Voices",
    "YearFigures",
    "alike",
    "board",
    "by_number",
    "by_receipt",
    "files_for_the_holder",
    "fresh",
    "grave_notice",
    "in_danger",
    "kept_figures",
    "likely",
    "moderated",
    "of_matter",
    "published",
    "raised_by",
    "recommended",
    "same_words",
    "search_text",
    "surges",
    "suspected",
    "to_compare",
    "visible",
    "voices_of",
    "with_opinion",
    "with_the_words_of",
    "year_figures",
]
