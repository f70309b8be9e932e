"""Every read of the law library."""

from lvzhi.work.statutes.queries.citing import broken, citations_in, cited_by, cited_day
from lvzhi.work.statutes.queries.editions import edition_of, edition_on, edition_shown, editions_of, published_editions
from lvzhi.work.statutes.queries.pages import CitingPage, WorkPage, citing_page, page_of
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
    settled_state,
    works_by_key,
)
from lvzhi.work.statutes.queries.works import edition_status, status, work_of, works
from lvzhi.work.statutes.reading import document_of

__all__ = [
    "Cited",
    "CitingPage",
    "Held",
    "WorkPage",
    "broken",
    "citations_in",
    "cited_by",
    "cited_counts",
    "cited_day",
    "cited_now",
    "citing_page",
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
    "settled_state",
    "status",
    "work_of",
    "works",
    "works_by_key",
]
