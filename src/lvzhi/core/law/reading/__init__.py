"""A text as a reader sees it: blocks inside blocks, what can be followed in their words, and how a unit is called."""

from lvzhi.core.law.reading.blocks import lay_out
from lvzhi.core.law.reading.definitions import definitions
from lvzhi.core.law.reading.labels import citation_label, short_title, spelled, unit_label
from lvzhi.core.law.reading.model import Block, Entry, Reading, Run, Sort, Term

__all__ = [
    "Block",
    "Entry",
    "Reading",
    "Run",
    "Sort",
    "Term",
    "citation_label",
    "definitions",
    "lay_out",
    "short_title",
    "spelled",
    "unit_label",
]
