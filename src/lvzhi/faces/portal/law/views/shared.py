"""What the pages of one law have in common: finding the law, its trail of crumbs, and the page for what is not held."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from lvzhi.core.law import is_lawful, normal
from lvzhi.core.law.names import KNOWN_SHORT
from lvzhi.core.law.reading import short_title, spelled
from lvzhi.faces.design.shapes import Link
from lvzhi.faces.design.wording import cn_date
from lvzhi.faces.portal.law.addresses import HERE, cited_url, law_url
from lvzhi.faces.portal.law.words import UNSURE, repeal_words
from lvzhi.faces.portal.shell import page
from lvzhi.faces.signin.acting import congress_of
from lvzhi.work.statutes import queries
from lvzhi.work.statutes.models import Edition, Work


def day_of(text: str) -> date | None:
    """A day as it stands in an address or a form; None for what is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def day_or_404(text: str) -> date:
    """A day from an address."""
    found = day_of(text)
    if found is None:
        raise Http404
    return found


def find_work(request: HttpRequest, slug: str) -> Work | str:
    """The work of this name, or the name under which it is held (监督法, 中华人民共和国立法法), or an empty string.

    One statement, two for a name that is none.
    """
    congress = congress_of(request)
    found = queries.work_of(congress.pk, slug)
    if found is not None:
        return found
    other = KNOWN_SHORT.get(normal(slug), normal(slug))
    return other if other != slug and queries.work_of(congress.pk, other) else ""


def elsewhere(request: HttpRequest, name: str, rest: str) -> HttpResponse:
    """Lead to the same page under the law's whole name."""
    asked = request.GET.urlencode()
    return HttpResponseRedirect(f"{law_url(name)}{rest}{'?' + asked if asked else ''}")


def edition_or_404(work: Work, day: str) -> Edition:
    """The published edition of that very day. One statement."""
    found = queries.edition_of(work, day_or_404(day))
    if found is None:
        raise Http404(_("本库没有收录这一天的版本，可以在这部法的页面上看有哪些版本。"))
    return found


def crumbs(work: Work, *last: Link) -> list[Link]:
    """首页 / 查法规 / its kind / the law / what follows."""
    kind = f"{reverse(HERE)}?{urlencode({'kind': work.kind})}"
    trail = [Link(_("首页"), reverse("portal-front")), Link(_("查法规"), reverse(HERE))]
    trail.append(Link(work.get_kind_display(), kind))
    name = short_title(work.title)
    return [*trail, Link(name, law_url(work.slug)), *last] if last else [*trail, Link(name)]


def not_held(request: HttpRequest, slug: str, work: Work | None, eid: str = "", day: str = "") -> HttpResponse:
    """The page for a law of which no text is held: what was cited, what is known, and what to do.

    A work that is known is a page; a name nobody knows is a 404 that still says what was asked for.
    """
    name = work.title if work else slug
    edition = day_of(day)
    if work is None and not is_lawful(name):
        raise Http404
    context = {
        "name": short_title(name),
        "unit": spelled(eid),
        "edition": cn_date(edition) if edition else "",
        "others_url": law_url(work.slug) if work and edition else "",
        "work": work,
        "repeal": repeal_words(work) if work and work.is_repealed else "",
        "unsure": UNSURE.get(request.GET.get("as", ""), ""),
        "cited_url": cited_url(work.slug, eid) if work else "",
        "search_url": f"{reverse(HERE)}?{urlencode({'q': short_title(name)})}",
        "crumbs": [Link(_("首页"), reverse("portal-front")), Link(_("查法规"), reverse(HERE)), Link(short_title(name))],
    }
    status = 200 if work else 404
    if request.GET.get("part") == "preview":
        return part(request, "not_held_preview", context)
    return page(request, "law/not_held", context, current=HERE, status=status)


def part(request: HttpRequest, name: str, context: Mapping[str, Any]) -> HttpResponse:
    """A piece of a page, for the panel it is shown in; not for search engines."""

    answer = render(request, f"portal/law/{name}.html", context)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
