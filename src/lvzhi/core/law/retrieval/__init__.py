"""Articles found by words, phrase, name and number, or a layperson's question."""

from lvzhi.core.law.retrieval.building import build
from lvzhi.core.law.retrieval.cutting import candidates, of_document, of_library
from lvzhi.core.law.retrieval.index import Index
from lvzhi.core.law.retrieval.model import Article, Filter, Hit, IndexRefused, Report, Suggestion

__all__ = [
    "Article",
    "Filter",
    "Hit",
    "Index",
    "IndexRefused",
    "Report",
    "Suggestion",
    "build",
    "candidates",
    "of_document",
    "of_library",
]
