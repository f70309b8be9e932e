"""One unit of a law: its words, its neighbours, who cites it, and how it is cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from lvzhi.core.law import Document, Level, placed
from lvzhi.core.law.reading import Block, citation_label, short_title, spelled, unit_label
from lvzhi.core.law.structure.model import CONTAINERS
from lvzhi.faces.design.shapes import Link
from lvzhi.faces.portal.law import keeping
from lvzhi.faces.portal.law.addresses import HERE, cited_url, compare_url, in_text_url, law_url
from lvzhi.faces.portal.law.comparison import is_changed, row_of
from lvzhi.faces.portal.law.drawing import draw_unit
from lvzhi.faces.portal.law.marking import marked_lines
from lvzhi.faces.portal.law.texts import Text, text_of
from lvzhi.faces.portal.law.views.citing import grouped
from lvzhi.faces.portal.law.views.shared import crumbs, day_or_404, elsewhere, find_work, not_held, part
from lvzhi.faces.portal.law.words import UNSURE, standing_words, state_of
from lvzhi.faces.portal.shell import page
from lvzhi.faces.signin import clock
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Edition, Work

MOST = 20
FEW = 6
_WHOLE = (Level.ARTICLE, Level.CLAUSE, Level.PREAMBLE, Level.ANNEX)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit with its own address and the words by which it is cited."""

    label: str
    citation: str
    url: str
    current: bool


@gzip_page
@require_safe
def unit(request: HttpRequest, slug: str, eid: str, day: str = "") -> HttpResponseBase:
    """A unit on its page; `?part=preview` gives the panel of a link, `?part=notes` what stands beside the text.

    Ten statements, five for a preview.
    """
    work = find_work(request, slug)
    if isinstance(work, str):
        rest = f"@{day}/{eid}" if day else eid
        return elsewhere(request, work, rest) if work else not_held(request, slug, None, eid, day)
    edition = queries.edition_of(work, day_or_404(day)) if day else queries.edition_shown(work, clock.today())
    if edition is None:
        return not_held(request, slug, work, eid, day)
    return keeping.kept(request, [edition], lambda: _made(request, edition, eid, day))


def _made(request: HttpRequest, edition: Edition, eid: str, day: str) -> HttpResponse:
    text, work = text_of(edition), edition.work
    block = text.block(eid)
    if block is None and (meant := placed(text.document, eid)):  # 第三十一条第一项: the item's 款 is not named
        return elsewhere(request, work.slug, f"@{day}/{meant}" if day else meant)
    if block is None:
        return _missing(request, text, eid)
    wanted = request.GET.get("part", "")
    context = _context(request, text, block)
    if wanted == "preview":
        return part(request, "preview", context)
    context |= _notes(work, text, eid, FEW if wanted == "notes" else MOST)
    if wanted == "notes":
        return part(request, "notes", context)
    whole = text.block(context["article_eid"])
    context["drawn"] = draw_unit(whole or block, text.ways(same_page=False))
    context["crumbs"] = crumbs(work, Link(context["label"]))
    return page(request, "law/unit", context, current=HERE)


def _missing(request: HttpRequest, text: Text, eid: str) -> HttpResponse:
    """The edition has no such unit: say which law was asked, and lead to it."""
    edition, asked = text.edition, request.GET.get("as", "")
    if request.GET.get("part") == "preview" or asked:
        articles = text.document.articles
        last = text.document.units[articles[-1]].eid if articles else ""
        context = {
            "name": short_title(edition.title),
            "label": citation_label(text.document, "", edition.day),
            "unit": spelled(eid),
            "last": unit_label(text.document, last),
            "unsure": UNSURE.get(asked, ""),
            "text_url": law_url(edition.work.slug, edition.day),
            "crumbs": crumbs(edition.work),
        }
        if request.GET.get("part") == "preview":
            return part(request, "missing_preview", context)
        return page(request, "law/missing", context, current=HERE, status=404)
    raise Http404(_("这一版没有这一条。请核对条号，或者从这部法的目录里找。"))


def _context(request: HttpRequest, text: Text, block: Block) -> dict[str, Any]:
    """The unit's words and its names."""
    edition, eid, today = text.edition, block.eid, clock.today()
    article = _article_of(text.document, eid)
    label = unit_label(text.document, eid) or _("题注")
    status = queries.edition_status(edition, today)
    is_short = block.level not in CONTAINERS
    return {
        "work": edition.work,
        "edition": edition,
        "eid": eid,
        "name": short_title(edition.title),
        "label": label,
        "citation": citation_label(text.document, eid, edition.day),
        "article_eid": article,
        "unit_drawn": draw_unit(block, text.ways(same_page=False)) if is_short else "",
        "heading": "" if is_short else block.words,
        "span": "" if is_short else _span(text.document, eid),
        "path": _path(text, eid),
        "state": state_of(status),
        "standing": standing_words(edition, [], today),
        "unsure": UNSURE.get(request.GET.get("as", ""), ""),
        "unit_url": law_url(edition.work.slug, edition.day, eid),
        "text_url": in_text_url(edition.work.slug, edition.day, eid),
    }


def _span(document: Document, eid: str) -> str:
    """From which to which article a chapter goes."""
    place = document.by_eid[eid]
    unit = document.units[place]
    labels = [
        unit_label(document, each.eid)
        for each in (document.units[at] for at in document.articles)
        if unit.start < each.start < unit.last
    ]
    return "—".join(dict.fromkeys((labels[0], labels[-1]))) if labels else ""


def _article_of(document: Document, eid: str) -> str:
    """The article, clause or annex in which a unit stands; the unit itself where it stands in none."""
    above = [unit.eid for unit in document.above(document.by_eid[eid]) if unit.level in _WHOLE and unit.eid]
    return above[0] if above else eid


def _path(text: Text, eid: str) -> list[Link]:
    """The headings above a unit, from the part down."""
    document, edition = text.document, text.edition
    above = [unit for unit in document.above(document.by_eid[eid]) if unit.level in CONTAINERS and unit.eid]
    above = [unit for unit in above if unit.eid != eid]
    return [
        Link(
            " ".join(each for each in ("".join(unit.label.split()), unit.heading) if each),
            in_text_url(edition.work.slug, edition.day, unit.eid),
        )
        for unit in reversed(above)
    ]


def _notes(work: Work, text: Text, eid: str, most: int) -> dict[str, Any]:
    """Who cites the unit, what it was before, its parts, and the articles beside it. Three statements."""
    document, edition, today = text.document, text.edition, clock.today()
    citing = list(queries.cited_now(work, eid, on=today)[: most + 1])
    editions = queries.editions_of(work)
    former = max((each for each in editions if each.day < edition.day), key=lambda each: each.day, default=None)
    article = _article_of(document, eid)
    return {
        "citing": list(grouped(citing[:most], eid)),
        "more": queries.cited_now(work, eid, on=today).count() if len(citing) > most else 0,
        "cited_url": cited_url(work.slug, eid),
        "places": [] if document.units[document.by_eid[eid]].level in CONTAINERS else _places(text, article, eid),
        "former": _former(former, edition, article) if former else None,
        "before": _beside(text, article, -1),
        "after": _beside(text, article, 1),
        "page_url": law_url(work.slug, edition.day, eid),
    }


def _places(text: Text, article: str, current: str) -> list[Place]:
    """The article and every paragraph and item in it, each with its address."""
    document, edition = text.document, text.edition
    block = text.block(article)
    found: list[Place] = []
    for each in block.walk() if block else ():
        if not each.eid:
            continue
        label = unit_label(document, each.eid)
        if label and label not in {place.label for place in found}:
            url = law_url(edition.work.slug, edition.day, each.eid)
            citation = citation_label(document, each.eid, edition.day)
            found.append(Place(label, citation, url, each.eid == current))
    return found if len(found) > 1 else []


def _former(former: Edition, edition: Edition, article: str) -> dict[str, Any] | None:
    """What the article was in the edition before."""
    row = row_of(former, edition, article)
    if row is None:
        return None
    slug, asked = edition.work.slug, "" if is_changed(row) else "?all=1"
    lines = marked_lines(row, new=False) if row.old and is_changed(row) else []
    return {
        "note": row.note,
        "url": f"{compare_url(slug, former.day, edition.day)}{asked}#{article}",
        "year": former.day.year,
        "links": [Link(side.label, law_url(slug, former.day, side.eid)) for side in row.old],
        "lines": [mark_safe(line) for line in lines],  # noqa: S308 - escaped by `marked_lines`
    }


def _beside(text: Text, article: str, step: int) -> Link | None:
    """The article before or after."""
    document, edition = text.document, text.edition
    order = [document.units[place] for place in document.articles]
    at = next((place for place, unit in enumerate(order) if unit.eid == article), None)
    if at is None or not 0 <= at + step < len(order):
        return None
    other = order[at + step]
    label = unit_label(document, other.eid)
    return Link(label, law_url(edition.work.slug, edition.day, other.eid))
