"""Articles found by words, phrase, name and number, or a layperson's question."""

from lvzhi.core.law.retrieval.building import build
from lvzhi.core.law.retrieval.cutting import candidates, of_document, of_library
from lvzhi.core.law.retrieval.endpoint import Endpoint, EndpointRefused
from lvzhi.core.law.retrieval.index import Index
from lvzhi.core.law.retrieval.learned import Model
from lvzhi.core.law.retrieval.model import Article, Filter, Hit, IndexRefused, Report, Suggestion
from lvzhi.core.law.retrieval.training import train
from lvzhi.core.law.retrieval.trees import TreesRefused

__all__ = [
    "Article",
    "Endpoint",
    "EndpointRefused",
    "Filter",
    "Hit",
    "Index",
    "IndexRefused",
    "Model",
    "Report",
    "Suggestion",
    "TreesRefused",
    "build",
    "candidates",
    "of_document",
    "of_library",
    "train",
]
