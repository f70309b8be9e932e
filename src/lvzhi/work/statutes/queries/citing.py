"""Citations from both ends, and those that lead nowhere."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from lvzhi.work.statutes.models import Citation, Edition, Work
from lvzhi.work.statutes.models.citation import CitationQuerySet


def cited_by(work: Work, eid: str = "", *, below: bool = True) -> CitationQuerySet:
    """What published texts say of a work or one of its units, newest text first; no statement until it is read.

    With `eid` also what cites a part of it (art_30 includes art_30__para_2) unless `below` is False. Each has
    `edition` and its `work` loaded. What a text cites of itself is left out. Slice it for a page.
    """
    rows = Citation.objects.of(work.congress_id).standing().filter(cited=work).exclude(name="")
    if eid:
        whole = Q(eid=eid)
        rows = rows.filter(whole | Q(eid__startswith=f"{eid}__") if below else whole)
    else:
        rows = rows.filter(nth=0)
    rows = rows.select_related("edition__work").defer("edition__source")  # megabytes, where a list needs names
    return rows.order_by("-edition__day", "edition__work__key", "start")


def citations_in(edition: Edition) -> list[Citation]:
    """Every citation of a text in its order; `cited` and `cited_edition` loaded. One statement.

    The second and later units of a range have `nth` above 0 and the same offsets.
    """
    rows = Citation.objects.of(edition.congress_id).filter(edition=edition)
    rows = rows.select_related("cited", "cited_edition", "edition").defer("cited_edition__source", "edition__source")
    return list(rows.order_by("start", "nth"))


def cited_day(citation: Citation) -> date | None:
    """The edition that is meant: the one looked at, else the last day of change known by then. No statement.

    `cited`, `cited_edition` and `edition` are loaded. None where nothing is known of the law's days.
    """
    if citation.cited_edition is not None:
        return citation.cited_edition.day
    if citation.cited is None:
        return None
    by = citation.edition.effective
    return max((day for day in citation.cited.change_days if day <= by), default=None)


def broken(congress: UUID, *, outcome: str = "", newest_on: date | None = None) -> CitationQuerySet:
    """Citations of published texts that lead nowhere, by citing work and place; no statement until it is read.

    `outcome` names one kind, also those that are no fault of the text (law_unknown). With `newest_on` only texts that
    are in force that day or later. Each has `edition`, its `work`, `cited` and `cited_edition` loaded.
    """
    rows = Citation.objects.of(congress).standing()
    rows = rows.filter(outcome=outcome, nth=0) if outcome else rows.broken()
    if newest_on is not None:
        still = Q(edition__closed_on=None) | Q(edition__closed_on__gt=newest_on)
        gone = Q(edition__work__is_repealed=True) & (
            Q(edition__work__repealed_since=None) | Q(edition__work__repealed_since__lte=newest_on)
        )
        rows = rows.filter(still).exclude(gone)
    rows = rows.select_related("edition__work", "cited", "cited_edition")
    return rows.order_by("edition__work__rank", "edition__work__key", "edition__day", "start")
