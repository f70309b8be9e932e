"""From an address to the rows behind it, or the sentence why there are none."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from lvzhi.core.law import normal
from lvzhi.faces.api.laws.answers import Wrong, day_asked
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Edition, Work


def work_named(request: HttpRequest, slug: str) -> Work:
    """The work. One statement. Raises Wrong."""
    found = queries.work_of(congress_of(request).pk, slug)
    if found is None:
        raise Wrong(404, _("库中没有“%(name)s”。请从 /api/v1/laws/ 里选一部。") % {"name": normal(slug)[:60]})
    return found


def edition_named(work: Work, day: str) -> Edition:
    """The published edition of that day. One statement. Raises Wrong."""
    try:
        found = queries.edition_of(work, date.fromisoformat(day))
    except ValueError:
        found = None
    if found is None:
        raise Wrong(404, _("《%(title)s》没有 %(day)s 的版本。") % {"title": work.key, "day": day})
    return found


def edition_asked(request: HttpRequest, work: Work) -> Edition:
    """The edition that `edition` or `on` names, by default the one in force today. One or two statements."""
    if (day := day_asked(request, "edition")) is not None:
        return edition_named(work, day.isoformat())
    if (on := day_asked(request, "on")) is not None:
        found = queries.edition_on(work, on)
        if found is None:
            said = {"title": work.key, "day": on.isoformat()}
            raise Wrong(404, _("库中没有《%(title)s》在 %(day)s 施行的版本。") % said)
        return found
    found = queries.edition_shown(work, clock.today())
    if found is None:
        raise Wrong(404, _("库中只有《%(title)s》的名称，没有文本。") % {"title": work.key})
    return found
