"""Who cites a law or one of its units: a page at a time, the newest citing text first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lvzhi.core.law.reading import short_title, spelled
from lvzhi.faces.design.shapes import Link
from lvzhi.faces.portal.law.addresses import HERE, cited_url, law_url
from lvzhi.faces.portal.law.views.shared import crumbs, elsewhere, find_work, not_held
from lvzhi.faces.portal.shell import page
from lvzhi.faces.signin import clock
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Citation

PAGE = 50


@dataclass(slots=True)
class Place:
    """An article that cites, where its first citation stands, and what it cites there in its order."""

    label: str
    url: str
    cites: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Citing:
    """A text that cites, and its articles that do."""

    title: str
    url: str
    kind: str
    year: int
    places: dict[str, Place] = field(default_factory=dict)


@require_safe
def cited(request: HttpRequest, slug: str) -> HttpResponse:
    """The citations of a law, `?unit=` of one unit with all in it; `?after=` a further page. Three statements."""
    work = find_work(request, slug)
    if isinstance(work, str):
        return elsewhere(request, work, "cited/") if work else not_held(request, slug, None)
    today, eid = clock.today(), request.GET.get("unit", "")
    unit = spelled(eid)
    eid = eid if unit else ""
    after = request.GET.get("after", "").replace("\x00", "")
    found = queries.citing_page(work, eid, on=today, after=after, limit=PAGE)
    here = cited_url(work.slug, eid)
    more = f"{here}{'&' if eid else '?'}{urlencode({'after': found.after})}"
    context = {
        "work": work,
        "name": short_title(work.title),
        "unit": unit,
        "total": queries.cited_now(work, eid, on=today).count(),
        "groups": list(grouped(found.rows, eid)),
        "older": more if found.after else "",
        "first": here if after else "",
        "back_url": law_url(work.slug, None, eid),
        "law_url": here if not eid else cited_url(work.slug),
        "crumbs": crumbs(work, Link(_("谁引用了它"))),
    }
    return page(request, "law/cited", context, current=HERE)


def grouped(rows: Iterable[Citation], eid: str) -> Iterator[Citing]:
    """Citations by citing text and article, in their order. What is cited is told where it is not `eid` itself."""
    group, last = None, None
    for row in rows:
        source = row.edition
        if group is None or last != source.pk:
            if group is not None:
                yield group
            kind, url = str(source.work.get_kind_display()), law_url(source.work.slug, source.day)
            group, last = Citing(short_title(source.title), url, kind, source.day.year), source.pk
        article = row.unit.partition("__")[0]  # whether its paragraph is the only one, the text alone could tell
        place = group.places.setdefault(
            article, Place(spelled(article) or _("正文"), law_url(source.work.slug, source.day, row.unit))
        )
        cites = spelled(row.eid) if row.eid != eid else ""
        if cites and cites not in place.cites:
            place.cites.append(cites)
    if group is not None:
        yield group
