"""What programs read of the library: which laws there are, their editions, and single units."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.core import law as core
from lvzhi.core.law import Status, exports
from lvzhi.faces.api.laws import answers, finding, shown
from lvzhi.faces.api.laws.answers import Wrong, as_json
from lvzhi.faces.signin import clock
from lvzhi.faces.signin.acting import congress_of
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Kind, Level

PAGE, MOST = 50, 200
MOST_CITING = 100
STATUSES = (Status.IN_FORCE, Status.NOT_YET_IN_FORCE, Status.REPEALED)
MINUTES = 300
"""Lists change when a text is published; so long an older one may be shown."""


@require_safe
@answers.answered
def laws(request: HttpRequest) -> HttpResponseBase:
    """Laws with a published text, higher law first, a page at a time. One statement."""
    asked = request.GET
    on = answers.day_asked(request, "on") or clock.today()
    _one_of("kind", asked.get("kind", ""), Kind.values)
    _one_of("level", asked.get("level", ""), Level.values)
    _one_of("status", asked.get("status", ""), [str(each) for each in STATUSES])
    rows = queries.works(
        congress_of(request).pk,
        on=on,
        kind=asked.get("kind", ""),
        level=asked.get("level", ""),
        region=asked.get("region", "").replace("\x00", ""),
        status=asked.get("status", ""),
        words=asked.get("q", "").replace("\x00", "")[:100],
    )
    found = queries.page_of(
        rows, after=asked.get("after", "").replace("\x00", ""), limit=_limit(asked.get("limit", ""))
    )
    next_page = None
    if found.after:
        more = asked.copy()
        more["after"] = found.after
        next_page = f"{request.build_absolute_uri(request.path)}?{more.urlencode()}"
    response = as_json(
        {
            "on": on.isoformat(),
            "laws": [shown.as_work(request, work, on) for work in found.rows],
            "next": next_page,
        }
    )
    if next_page:
        response.headers["Link"] = f'<{next_page}>; rel="next"'
    response.headers["Cache-Control"] = f"public, max-age={MINUTES}"
    return response


@require_safe
@answers.answered
def law(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One law with its editions. Two statements."""
    on = answers.day_asked(request, "on") or clock.today()
    work = finding.work_named(request, slug)
    editions = queries.editions_of(work)
    value = shown.as_work(request, work, on)
    value["editions"] = [shown.as_edition(request, each, on) for each in editions]
    return answers.kept(request, lambda: as_json(value), of=(value,), modified=None, seconds=MINUTES)


@require_safe
@answers.answered
def editions(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The editions of a law, oldest first. Two statements."""
    on = answers.day_asked(request, "on") or clock.today()
    work = finding.work_named(request, slug)
    value = {"editions": [shown.as_edition(request, each, on) for each in queries.editions_of(work)]}
    return answers.kept(request, lambda: as_json(value), of=(value,), seconds=MINUTES)


@require_safe
@answers.answered
def unit(request: HttpRequest, slug: str, eid: str) -> HttpResponseBase:
    """One unit: its text, what it cites, and what cites it. At most five statements."""
    work = finding.work_named(request, slug)
    edition = finding.edition_asked(request, work)
    document = queries.document_of(edition)
    place = document.by_eid.get(core.placed(document, eid))
    if place is None:
        said = {"title": work.key, "day": edition.day.isoformat(), "eid": eid}
        raise Wrong(404, _("《%(title)s》%(day)s 的版本里没有 %(eid)s。") % said)
    value = shown.as_unit(request, edition, document, place)
    own, eid = document.units[place], document.units[place].eid
    inside = [row for row in queries.citations_in(edition) if own.start <= row.start < own.last]
    value["citations"] = [exports.as_values(each) for each in shown.cited_of(inside)]
    citing = list(queries.cited_by(work, eid)[: MOST_CITING + 1])
    value["cited_by"] = [shown.as_cited_by(request, row) for row in citing[:MOST_CITING]]
    value["cited_by_more"] = len(citing) > MOST_CITING
    return answers.kept(request, lambda: as_json(value), of=(value,), modified=edition.published_at, seconds=MINUTES)


def _one_of(name: str, said: str, known: list[str]) -> None:
    if said and said not in known:
        raise Wrong(400, _("%(name)s 只能是：%(known)s。") % {"name": name, "known": "、".join(known)})


def _limit(said: str) -> int:
    return min(max(int(said), 1), MOST) if said.isascii() and said.isdigit() and len(said) < 6 else PAGE
