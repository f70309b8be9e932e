"""Every read of the law library."""

from lvzhi.work.statutes.queries.citing import broken, citations_in, cited_by, cited_day
from lvzhi.work.statutes.queries.editions import edition_of, edition_on, edition_shown, editions_of, published_editions
from lvzhi.work.statutes.queries.pages import WorkPage, page_of
from lvzhi.work.statutes.queries.reading import (
    Cited,
    Held,
    cited_counts,
    cited_now,
    held,
    holding,
    library_state,
    newest,
    places_cited,
    works_by_key,
)
from lvzhi.work.statutes.queries.works import edition_status, status, work_of, works
from lvzhi.work.statutes.reading import document_of

__all__ = [
    "Cited",
    "Held",
    "WorkPage",
    "broken",
    "citations_in",
    "cited_by",
    "cited_counts",
    "cited_day",
    "cited_now",
    "document_of",
    "edition_of",
    "edition_on",
    "edition_shown",
    "edition_status",
    "editions_of",
    "held",
    "holding",
    "library_state",
    "newest",
    "page_of",
    "places_cited",
    "published_editions",
    "status",
    "work_of",
    "works",
    "works_by_key",
]
